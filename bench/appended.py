"""How long until a speech that was appended is found, while others search?

    REMEMBRANCER_RECORDS=... python bench/appended.py [--passages 200000] [--speeches 100] [--quick]

An office is filled with documents grown from the records (``grown.py``) and indexed. Then, while another process
searches it some fifty times a second, speeches arrive one by one, each a small file: timed is from the reading of its
bytes until a search that begins after it has it as its first hit, by a word that stands nowhere else. Each entry is
durable before it is searched for.

Floor: p95 200 ms, and every speech found, in both halves, by turns. The last line is JSON; exit code 1 where a floor is
missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from grown import Document, documents, sentences
from records import records

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.queries import Filters, Group, Word

PAUSE = 0.25
"""Seconds between the end of a search and the next speech, which is shorter than anybody speaks."""

BREATH = 0.01
"""Seconds between the searches of the other process."""

FLOORS = {"p95_ms": 200.0, "lost": 0}
SPEECH = "{label}: I ask the members to note the word {word} before anybody moves to the next business.\n"


def write(document: Document, folder: Path) -> File:
    """A document as a file: each passage a paragraph that begins with its speaker's label."""
    name = f"{document.passages[0].date}-{document.name[:6]}.txt"
    told = [f"{each.speaker}: {document.data[slice(*each.spans[0])].decode()}" for each in document.passages]
    (folder / name).write_text("\n\n".join(told) + "\n", encoding="utf-8")
    return File(folder / name, name)


def filled(directory: Path, real: list[str], passages: int) -> None:
    """A new office with so many passages, indexed."""
    folder = directory.with_name("documents")
    folder.mkdir()
    began = time.perf_counter()
    with Office.create(directory, "Grown Assembly") as office:
        files = [write(each, folder) for each in documents(real, passages)]
        list(take_in(office.body(), OWNER, files))
        office.body().catch_up()
    print(f"{passages:,} passages read and indexed in {time.perf_counter() - began:,.0f} s", flush=True)


def append(bureau: Bureau, folder: Path, number: int) -> bool:
    """Take one speech in and search for it; whether it is the first hit."""
    word = f"wort{number}zeichen"
    file = folder / f"2031-01-{1 + number % 28:02}-{number}.txt"
    file.write_text(SPEECH.format(label=f"Speaker {number}", word=word), encoding="utf-8")
    list(take_in(bureau, OWNER, [File(file, file.name)]))
    hits = bureau.search(OWNER, Group((Word(word),)), Filters(), 10)
    return bool(hits) and word in hits[0].text


@contextmanager
def searching(directory: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that searches the office until it is told to end."""
    command = [sys.executable, __file__, "--searching", str(directory)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process


def search_on(directory: Path) -> None:
    """Search again and again until a line comes in; then say how many searches there were."""
    import threading

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), ended.set()), daemon=True).start()
    queries = ["report of the committee", "decision", "the proposal was adopted", '"in order to" members']
    with Office(directory) as office:
        bureau, count = office.body(), 0
        print("begun", flush=True)
        while not ended.is_set():
            bureau.search(OWNER, queries[count % len(queries)], Filters(), 10)
            count += 1
            time.sleep(BREATH)
    print(count, flush=True)


def measured(directory: Path, speeches: int) -> dict[str, Any]:
    """Append the speeches beside the other process, and time each."""
    folder = directory.with_name("speeches")
    folder.mkdir(exist_ok=True)
    took, lost = [], 0
    with searching(directory) as process, Office(directory) as office:
        bureau = office.body()
        bureau.search(OWNER, "report", Filters(), 10)
        for _ in range(speeches):
            time.sleep(PAUSE)
            number = bureau.log.size()  # Of an office that is used again, too, the words are new.
            began = time.perf_counter()
            lost += not append(bureau, folder, number)
            took.append(1000 * (time.perf_counter() - began))
        searches = process.communicate("end\n")[0].split()[-1]
    halves = [round(quantiles(half, n=100)[94], 1) for half in (took[::2], took[1::2])]
    figures = {"p50_ms": round(median(took), 1), "p95_ms": round(quantiles(took, n=100)[94], 1)}
    most = round(max(took), 1)
    return {**figures, "p95_halves_ms": halves, "most_ms": most, "lost": lost, "searches_beside": int(searches)}


def missed(figures: dict[str, Any]) -> list[str]:
    """The floors that do not hold."""
    wrong = [name for name, floor in FLOORS.items() if figures[name] > floor]
    return wrong + ([] if figures["searches_beside"] else ["searches_beside"])


def self_test() -> list[str]:
    """What is wrong with the bench itself: figures that must miss a floor, and do not."""
    good = {"p95_ms": 90.0, "lost": 0, "searches_beside": 9}
    bad: list[dict[str, Any]] = [{"p95_ms": 201.0}, {"lost": 1}, {"searches_beside": 0}]
    return [f"{change} passed" for change in bad if not missed(good | change)] + missed(good)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--passages", type=int, default=200_000)
    options.add_argument("--speeches", type=int, default=100)
    options.add_argument("--quick", action="store_true", help="5,000 passages and 20 speeches")
    options.add_argument("--office", type=Path, help="fill it here, or use the one that is here")
    options.add_argument("--searching", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.searching:
        search_on(given.searching)
        return 0
    passages, speeches = (5_000, 20) if given.quick else (given.passages, given.speeches)
    root = records()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        directory = given.office or Path(scratch) / "office"
        if not directory.exists():
            filled(directory, sentences(root), passages)
        figures = {"passages": passages, **measured(directory, speeches)}
    for name, figure in figures.items():
        print(f"{name:>16} {figure}")
    print(json.dumps(figures))
    for name in missed(figures):
        print(f"FAILED: {name} is {figures[name]}", file=sys.stderr)
    return 1 if missed(figures) else 0


if __name__ == "__main__":
    sys.exit(main())
