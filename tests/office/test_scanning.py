"""Files that are handed in are shown to the scanner of the settings, and what it does not let pass is kept out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from remembrancer.model import Exit, Fault
from remembrancer.office import Office
from remembrancer.office.changing import incoming, scanning
from remembrancer.office.running import carrying
from tests.office.test_jobs import CLERK, MINUTES, handed

FINDS = "import sys, pathlib; sys.exit(b'EICAR' in pathlib.Path(sys.argv[1]).read_bytes())"
SCANNER = [sys.executable, "-c", FINDS]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office.create(tmp_path / "office", "Alder Board", 'language = "en"\n') as made:
        settings = tmp_path / "office" / "remembrancer.toml"
        told = f"\n[web]\nscan = {json.dumps(SCANNER)}\n"
        settings.write_text(settings.read_text(encoding="utf-8") + told, encoding="utf-8")
        made.refresh()
        yield made


def test_what_the_scanner_finds_is_told_and_nothing_of_it_is_kept(office: Office) -> None:
    number = handed(office, {"bad.md": b"# EICAR\n" + MINUTES, "good.md": MINUTES})
    carrying.carry_all(office)
    job = office.work.jobs.job("alder-board", number)
    bad, good = incoming.accounts(office.body(), CLERK, job, 0, 10)
    assert (bad.path, bad.source, bad.readable, bad.kept_out) == ("bad.md", "", False, True)
    assert (good.path, good.readable, good.kept_out) == ("good.md", True, False)
    assert [each.path for each in office.body().catalog.sources()] == ["good.md"]
    assert not list((office.directory / incoming.FOLDER).iterdir())


def test_without_a_scanner_everything_passes_and_one_that_cannot_be_run_lets_nothing_pass(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(MINUTES)
    assert scanning.passes({}, file)
    assert scanning.passes({"scan": SCANNER}, file)
    with pytest.raises(Fault) as fault:
        scanning.passes({"scan": [str(tmp_path / "nonesuch")]}, file)
    assert fault.value.exit_code is Exit.REFUSED
