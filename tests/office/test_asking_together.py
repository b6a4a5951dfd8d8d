"""Laws of processes that use one office at once: what one reads the other tells with its next answer, and whatever is
told meanwhile is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from marlow import APRIL, MARCH, founded, read

from remembrancer.memory.cite import check
from remembrancer.model import OWNER
from remembrancer.office.asking.answering import ask
from remembrancer.queries import Filters

READER = """
import sys
from pathlib import Path
from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.changing.keeping import File, take_in

with Office(Path(sys.argv[1])) as office:
    for path in map(Path, sys.argv[2:]):
        list(take_in(office.body(), OWNER, [File(path, f"minutes/{path.name}")]))
        print(path.stem, flush=True)
"""
BIRDS = ("bittern", "curlew", "dunlin", "egret", "fulmar")


def minutes(month: int, bird: str) -> str:
    return f"""# Marlow Reach Board, 2 {("July", "August", "September", "October", "November")[month]} 2024

Present: Ada Quill (chair), Ben Rook

## 1. The {bird}

Moved by Ada Quill, seconded by Ben Rook: That the {bird} be counted.

Carried unanimously.

RESOLVED 2024/{month + 20}: That the {bird} be counted.
"""


def test_what_another_process_reads_is_told_with_the_next_answer(tmp_path: Path) -> None:
    with founded(tmp_path / "office") as office:
        bureau = office.body()
        read(bureau, tmp_path / "papers", {"minutes/2024-03-05.md": MARCH, "minutes/2024-04-09.md": APRIL})
        paths = []
        for month, bird in enumerate(BIRDS):
            paths.append(tmp_path / f"2024-{month + 7:02}-02.md")
            paths[-1].write_text(minutes(month, bird), encoding="utf-8")
        reader = subprocess.Popen(
            [sys.executable, "-c", READER, str(office.directory), *map(str, paths)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert reader.stdout is not None
        while reader.poll() is None and len(list(bureau.catalog.sources())) < len(BIRDS):
            told = ask(bureau, OWNER, "What was decided about the towpath lighting?")
            assert told.status == "answered"
            for hit in told.answer:
                assert check(hit, bureau.renditions.get(hit.spans[0].rendition)) == ""
        for bird, line in zip(BIRDS, reader.stdout, strict=False):
            assert line.strip()
            assert ask(bureau, OWNER, f"Who moved the {bird}?").value == "Ada Quill"
            assert bureau.search(OWNER, bird, Filters())
        out, err = reader.communicate()
        assert (reader.returncode, err) == (0, ""), out
