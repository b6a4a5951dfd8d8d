"""Where the letters of real records go: files read, letters accounted for, letters in speeches and items.

    python bench/letters.py [SOURCE...] [--json FILE] [--default]

Reads every file under each source of ``$REMEMBRANCER_RECORDS`` with its house from ``examples/houses``. ``spoken``
is the share of letters, markup aside, inside a speech or an item: of every file of the source, and under
``sittings`` of those files in which the reader found a sitting (``sat`` of them; a licence, a budget or a list of
persons has none, and a sitting that was overlooked is missing there). The proceedings of some sources have a floor.
Files are told apart as ``open`` and ``kept`` (by the hash of their path), so that rules can be written on one half
and judged on the other. Exit code 1 when a file crashes, a letter is in no element or in two, or a floor is missed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from records import house_of, records

from remembrancer.model import Reading
from remembrancer.read import choose
from remembrancer.read.account import UnaccountedError, account
from remembrancer.read.house import DEFAULT, House

PROCEEDINGS = {
    "tc39-notes": "dev/meetings/",
    "wasm-meetings": "dev/",
    "qmsum": "dev/data/",
    "ethereum-pm": "dev/",
    "parlamint-es-ga": "dev/TEI_XML_TXT/",
    "uk-assemblies-week": "dev/scrapedxml/",
    "rust-lang-team": "dev/",
    "rust-leadership-council": "dev/minutes/",
    "london-ontario-council": "dev/content/",
}
"""Where in a source its proceedings are, without licences, budgets and lists: the floor is for these."""

FLOOR = 0.97
LARGEST = 30_000_000


@dataclass
class Tally:
    """Sums over the files of a source; ``faults`` name each file that crashed or lost a letter."""

    source: str
    half: str
    files: int = 0
    unread: int = 0
    bytes: int = 0
    seconds: float = 0.0
    letters: int = 0
    in_speech: int = 0
    in_item: int = 0
    other: int = 0
    markup: int = 0
    in_findings: int = 0
    sat: int = 0
    sat_letters: int = 0
    sat_spoken: int = 0
    judged: int = 0
    judged_spoken: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def spoken(self) -> float:
        return share(self.in_speech + self.in_item, self.letters - self.markup)

    @property
    def of_sittings(self) -> float:
        """The share in speeches and items within the files that the reader took for a sitting's."""
        return share(self.sat_spoken, self.sat_letters)

    @property
    def of_proceedings(self) -> float | None:
        """The share in speeches and items within the source's proceedings; None where there is no floor."""
        return share(self.judged_spoken, self.judged) if self.source in PROCEEDINGS else None

    @property
    def speed(self) -> float:
        return self.bytes / 1e6 / self.seconds if self.seconds else 0.0


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def half_of(path: str) -> str:
    return "kept" if hashlib.sha256(path.encode()).hexdigest()[0] in "01234" else "open"


def measure(root: Path, source: str, with_houses: bool) -> Iterator[Tally]:
    """The open and the kept half of a source."""
    halves = {half: Tally(source, half) for half in ("open", "kept")}
    for path in sorted(found for found in (root / source).rglob("*") if found.is_file()):
        name = path.relative_to(root).as_posix()
        if path.stat().st_size <= LARGEST:
            count(halves[half_of(name)], path.read_bytes(), name, house_of(name) if with_houses else DEFAULT)
    yield from halves.values()


def count(tally: Tally, data: bytes, name: str, house: House) -> None:
    """Read one file into the tally."""
    tally.files += 1
    tally.bytes += len(data)
    started = time.process_time()
    try:
        reading = choose(data, name, house).reader.read(data, name, house)
    except Exception as error:
        tally.faults.append(f"{name}: {type(error).__name__}: {error}")
        return
    finally:
        tally.seconds += time.process_time() - started
    if reading.reader.startswith("unread"):
        tally.unread += 1
        if not reading.proceedings.findings:
            tally.faults.append(f"{name}: has no reader, and no finding says so")
    add(tally, reading, name)


def add(tally: Tally, reading: Reading, name: str) -> None:
    """Add the account of a reading; one that does not add up is a fault."""
    try:
        found = account(reading)
    except UnaccountedError as error:
        tally.faults.append(f"{name}: {error}")
        return
    for part in ("letters", "in_speech", "in_item", "other", "markup", "in_findings"):
        setattr(tally, part, getattr(tally, part) + getattr(found, part))
    if reading.proceedings.sittings:
        tally.sat += 1
        tally.sat_letters += found.letters - found.markup
        tally.sat_spoken += found.in_speech + found.in_item
    if name.startswith(f"{tally.source}/{PROCEEDINGS.get(tally.source, '')}"):
        tally.judged += found.letters - found.markup
        tally.judged_spoken += found.in_speech + found.in_item


def catches_a_dropped_letter() -> bool:
    """The bench's own failing case: a reading that has lost a text must be caught."""
    tally = Tally("none", "open")
    data = b"# Minutes\n\nAll were there.\n"
    reading = choose(data, "minutes.md", DEFAULT).reader.read(data, "minutes.md", DEFAULT)
    short = replace(reading.proceedings, texts=reading.proceedings.texts[:-1])
    add(tally, replace(reading, proceedings=short), "minutes.md")
    return bool(tally.faults)


def misses_floor(tally: Tally) -> bool:
    return tally.of_proceedings is not None and tally.of_proceedings < FLOOR


def line(tally: Tally) -> str:
    judged = tally.of_proceedings
    verdict = "" if judged is None else f"  {judged:.2%} of its proceedings {'ok' if judged >= FLOOR else 'MISSED'}"
    return (
        f"{tally.source:36} {tally.half:5} {tally.files:6} {tally.unread:6} {tally.letters:12,} {tally.spoken:8.2%} "
        f"{tally.sat:5} {tally.of_sittings:8.2%} {tally.speed:7.2f} {len(tally.faults):6}{verdict}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sources", nargs="*")
    parser.add_argument("--json", type=Path, help="also write the tallies here")
    parser.add_argument("--default", action="store_true", help="read without houses")
    options = parser.parse_args()
    root = records()
    if not catches_a_dropped_letter():
        print("The bench does not see a dropped letter: nothing it says can be believed.")
        return 1
    sources = options.sources or sorted(found.name for found in root.iterdir() if found.is_dir())
    print(
        f"{'source':36} {'half':5} {'files':>6} {'unread':>6} {'letters':>12} {'spoken':>8} "
        f"{'sat':>5} {'sittings':>8} {'MB/s':>7} {'faults':>6}"
    )
    tallies = []
    for source in sources:
        for tally in measure(root, source, not options.default):
            if tally.files:
                tallies.append(tally)
                print(line(tally), *(f"\n    {fault}" for fault in tally.faults[:5]), flush=True)
    if options.json:
        told = [
            {**asdict(tally), "spoken": tally.spoken, "of_sittings": tally.of_sittings, "mb_per_second": tally.speed}
            for tally in tallies
        ]
        options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    missed = [tally for tally in tallies if tally.faults or misses_floor(tally)]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
