"""What goes with a certified extract proves it to whoever has nothing of ours, and gives nobody more than is theirs."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from remembrancer.interfaces.cli.writing import write_new
from remembrancer.model import OWNER, PUBLIC, Decision, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.registered import Registered
from remembrancer.office.showing.certified import extract
from remembrancer.office.showing.evidence import evidence
from remembrancer.record import keys
from tests.web.conftest import SLUG


@pytest.fixture(scope="module")
def bureau(office_directory: Path, django: None) -> Iterator[Bureau]:
    with Office(office_directory) as office:
        yield office.body(SLUG)


def unpacked(bureau: Bureau, principal: Principal, row: Decision, where: Path) -> Path:
    made = extract(bureau, principal, Registered(bureau, principal), row.id)
    with zipfile.ZipFile(io.BytesIO(b"".join(evidence(bureau, principal, made)))) as archive:
        archive.extractall(where)
    return where


def checked(directory: Path, *key: str) -> subprocess.CompletedProcess[str]:
    """Run the script that travels with an extract where nothing of ours can be imported."""
    command = [sys.executable, "-I", "-S", str(directory / "check.py"), *key]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8", cwd=directory.parent)


def decisions(bureau: Bureau, principal: Principal) -> tuple[Decision, ...]:
    return Registered(bureau, principal).register.decisions


def test_every_extract_of_everybody_is_checked_without_our_code(bureau: Bureau, tmp_path: Path) -> None:
    for principal in (PUBLIC, OWNER):
        rows = decisions(bureau, principal)
        for row in rows[:: len(rows) // 8]:
            told = checked(unpacked(bureau, principal, row, tmp_path / principal.name / row.id))
            assert told.returncode == 0, told.stdout + told.stderr
            assert "exactly as they stand in the record" in told.stdout and "signed by the key" in told.stdout


def test_one_altered_byte_of_any_file_is_noticed(bureau: Bureau, tmp_path: Path) -> None:
    row = next(each for each in decisions(bureau, PUBLIC) if each.vote)
    whole = unpacked(bureau, PUBLIC, row, tmp_path / "whole")
    names = [each.relative_to(whole) for each in sorted(whole.rglob("*")) if each.is_file()]
    proving = [name for name in names if name.name not in ("extract.txt", "check.py")]
    assert {name.parts[0] for name in proving} == {"quotations.json", "texts", "entries", "keys"}
    for number, name in enumerate(proving):
        damaged = shutil.copytree(whole, tmp_path / str(number))
        data = bytearray((damaged / name).read_bytes())
        data[_place(name, bytes(data))] ^= 1
        (damaged / name).write_bytes(data)
        assert checked(damaged).returncode != 0, name


def _place(name: Path, data: bytes) -> int:
    """Where a byte says something: within the words of a quotation, the bits of a key, else the middle."""
    if name.name == "quotations.json":
        return data.index(b'"quote": "') + 12
    return data.rindex(b"+") + 10 if name.suffix == ".vkey" else len(data) // 2


def test_an_extract_that_says_otherwise_is_refused(bureau: Bureau, tmp_path: Path) -> None:
    for number, row in enumerate(each for each in decisions(bureau, PUBLIC) if "£" in each.text):
        directory = unpacked(bureau, PUBLIC, row, tmp_path / str(number))
        sheet = directory / "extract.txt"
        sheet.write_text(sheet.read_text(encoding="utf-8").replace("£", "$"), encoding="utf-8")
        told = checked(directory)
        assert told.returncode != 0 and "the extract does not have these words" in told.stderr


def test_a_quotation_that_another_text_holds_is_refused(bureau: Bureau, tmp_path: Path) -> None:
    """Who brings their own text with its own right hash has no entry that names it."""
    directory = unpacked(bureau, PUBLIC, decisions(bureau, PUBLIC)[0], tmp_path / "forged")
    told = json.loads((directory / "quotations.json").read_text(encoding="utf-8"))
    text = b"That the mill be sold."
    name = sha256(text).hexdigest()
    (directory / "texts" / name).write_bytes(text)
    forged = {"of": "decision", "quote": text.decode(), "rendition": name, "start": 0, "end": len(text)}
    told["quotations"].append(forged | {"entry": told["quotations"][0]["entry"]})
    (directory / "quotations.json").write_text(json.dumps(told), encoding="utf-8")
    answer = checked(directory)
    assert answer.returncode != 0 and "names another text" in answer.stderr


def test_a_head_that_another_key_signed_is_refused(bureau: Bureau, tmp_path: Path) -> None:
    directory = unpacked(bureau, PUBLIC, decisions(bureau, PUBLIC)[0], tmp_path / "signed")
    keys.create_signer(tmp_path / "other", "remembrancer/elsewhere")
    told = checked(directory, str(next((tmp_path / "other").glob("*.vkey"))))
    assert told.returncode != 0 and "was not signed by the key" in told.stderr


def test_the_public_gets_no_text_but_its_own(bureau: Bureau, tmp_path: Path) -> None:
    """Of a document that is closed in part it gets the rendition in which that part is not."""
    seen = {each.source.sha: each.row.rendition for each in bureau.all_seen(PUBLIC)}
    for row in decisions(bureau, PUBLIC):
        directory = unpacked(bureau, PUBLIC, row, tmp_path / row.id)
        assert {each.name for each in (directory / "texts").iterdir()} <= set(seen.values())


def test_no_file_that_is_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "kept.zip").write_bytes(b"mine")
    with pytest.raises(Fault, match="cannot be written"):
        write_new(tmp_path / "kept.zip", [b"other"])
    assert (tmp_path / "kept.zip").read_bytes() == b"mine"
