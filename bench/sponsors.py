"""Who brings a proposal forward, and which sums of money are named?

    python bench/sponsors.py [--quick]     # REMEMBRANCER_RECORDS names the folder of records
    python bench/sponsors.py --self-test   # wrong names and wrong sums must be counted as wrong

Champions: the tables of a standards committee's public register, by a parse that shares nothing with the program,
against the register made of these tables and of all notes; each title is asked for as a person would. Authors: the
headers of enhancement proposals, by another parse, against theirs. Presenters: lines of the notes that say so. Sums:
sixty sentences of three bodies in ``judged/amounts.toml``, read by hand; the sentences were drawn at random after the
grammar was written. Halves are by a hash of the title, number, meeting or path; the rules for names were written
looking at tables and headers of both, those for sums at none of the sentences. ``--quick`` takes the notes of one year.

Floors: .95 for recall and precision of names in both halves, and for sentences whose sums are exact. The last line is
JSON; exit code 1 if a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from records import files, house_of, records

from remembrancer.model import PUBLIC, Fault, Matter
from remembrancer.office.registers.calling import find
from remembrancer.read import amounts
from remembrancer.read.house import House
from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Sponsored
from remembrancer.register.resolve import Context, resolve
from remembrancer.register.rows import Register

TABLES, NOTES, PROPOSALS = "tc39-proposals/dev", "tc39-notes/dev/meetings", "python-peps/dev"
JUDGED = Path(__file__).parent / "judged" / "amounts.toml"
FLOOR = 0.95

_CELL = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\[((?:[^\[\]`]|`[^`]*`)+)\](?:\([^)]*\)|\[[^\]]*\])?")
_BESIDE = re.compile(r"\([^()]*\)|<[^<>]*>")
_HEADER = re.compile(r"^Author:((?:.*\n)(?:[ \t]+.*\n)*)", re.MULTILINE)
_PRESENTER = re.compile(r"^\W*Presenters?:[ \t]*([A-Z][^(\[\n,:]*)", re.MULTILINE)


class Said(NamedTuple):
    """That somebody brings something forward: the key of what (a title, a number, a file), and the folded name."""

    what: str
    who: str


class Score(NamedTuple):
    """How many of the true pairs we have, and how many of ours are true, of one half."""

    true: int
    ours: int
    both: int

    @property
    def recall(self) -> float:
        return self.both / self.true if self.true else 0.0

    @property
    def precision(self) -> float:
        return self.both / self.ours if self.ours else 0.0


def folded(text: str) -> str:
    """Letters and digits alone, without accents and case."""
    bare = unicodedata.normalize("NFKD", text)
    return "".join(each for each in bare.casefold() if each.isalnum())


def half(what: str) -> int:
    return sha256(what.encode()).digest()[0] % 2


def scores(true: Iterable[Said], ours: Iterable[Said]) -> tuple[Score, Score]:
    """The score of each half."""
    told, known = set(true), set(ours)
    parts = [
        ({each for each in told if half(each.what) == n}, {each for each in known if half(each.what) == n})
        for n in (0, 1)
    ]
    first, second = (Score(len(one), len(other), len(one & other)) for one, other in parts)
    return first, second


def champions(text: str) -> Iterator[tuple[str, str]]:
    """Title and champion of each row of the tables of a page."""
    column = None
    for line in text.split("\n"):
        cells = [cell.strip() for cell in _CELL.split(line)[1:]]
        if not line.startswith("|") or set(line) <= set("|-: "):
            column = column if line.startswith("|") else None
        elif any(re.match(r"Champion", cell) for cell in cells):
            column = next(at for at, cell in enumerate(cells) if re.match(r"Champion", cell))
        elif column is not None and column < len(cells):
            title = _LINK.sub(r"\1", cells[0]).replace("`", "").replace("\\|", "|")
            for name in re.split(r"<br\s*/?>|,|&|\band\b", re.sub(r"\(.*\)", "", cells[column])):
                if name := _LINK.sub(r"\1", name).replace("&nbsp;", " ").strip():
                    yield title, name


def authors(text: str) -> Iterator[str]:
    """The authors that a proposal's header names."""
    header = _HEADER.search(text.partition("\n\n")[0] + "\n")
    for name in re.split(r",\s*", _BESIDE.sub("", " ".join(header[1].split()))) if header else ():
        if name.strip():
            yield name.strip()


def facts_of(root: Path, folder: str, house: House, suffixes: tuple[str, ...], only: str = "") -> list[AnyFact]:
    return [
        fact
        for file, path in files(root, folder)
        if file.suffix in suffixes and only in path
        for fact in extract(read_document(file.read_bytes(), path, house))
    ]


def of_tables(root: Path, register: Register) -> tuple[set[Said], set[Said]]:
    """The champions that the tables name, and ours of the matters that their titles mean, both by matter."""
    true: dict[str, set[str]] = defaultdict(set)
    ours: dict[str, set[str]] = defaultdict(set)
    for file, _ in files(root, TABLES):
        for title, name in champions(file.read_text(encoding="utf-8")) if file.suffix == ".md" else ():
            matter = asked(register, title)
            key = matter.id if matter else folded(title)
            true[key].add(folded(name))
            ours[key] |= (
                {folded(each.label) for each in matter.sponsorships if each.role == "champion"} if matter else set()
            )
    return _pairs(true), _pairs(ours)


def _pairs(names: Mapping[str, set[str]]) -> set[Said]:
    return {Said(what, who) for what, every in names.items() for who in every}


def asked(register: Register, title: str) -> Matter | None:
    """The one matter of a title, if there is one."""
    try:
        row = find(register, PUBLIC, (Matter,), title)
    except Fault:
        return None
    return row if isinstance(row, Matter) else None


def of_headers(root: Path) -> tuple[set[Said], set[Said]]:
    """The authors that headers name, and ours, by number."""
    true: set[Said] = set()
    house = house_of(f"{PROPOSALS}/x")
    for file, _ in files(root, PROPOSALS):
        if number := re.fullmatch(r"pep-0*(\d+)\.(?:rst|txt)", file.name):
            true |= {Said(number[1], folded(name)) for name in authors(file.read_text(encoding="utf-8"))}
    register = resolve(facts_of(root, PROPOSALS, house, (".rst", ".txt")), Context(house=house))
    ours = {
        Said(key.rpartition(" ")[2], folded(each.label))
        for matter in register.matters
        for key in matter.keys
        if key.startswith("number:")
        for each in matter.sponsorships
        if each.role == "author"
    }
    return true, ours


def presenters(root: Path, facts: Iterable[AnyFact], only: str) -> tuple[set[Said], set[Said]]:
    """The first presenter of each line that says so, and ours, by source."""
    true = {
        Said(sha256(file.read_bytes()).hexdigest(), folded(match[1].partition(" and ")[0]))
        for file, path in files(root, NOTES)
        if file.suffix == ".md" and only in path
        for match in _PRESENTER.finditer(file.read_text(encoding="utf-8"))
    }
    found = (fact for fact in facts if isinstance(fact, Sponsored) and fact.role == "presenter")
    return true, {Said(fact.source, folded(fact.label)) for fact in found}


def sums_in(text: str) -> list[str]:
    """The sums of a sentence as the judged list writes them."""
    found = (f"{amounts.plain(each.value)} {each.currency}" for each in amounts.find(text, "en"))
    return sorted(dict.fromkeys(found))


def of_sums(root: Path) -> Counter[str]:
    """How many judged sentences there are in each half, and how many have exactly the sums that hands found."""
    counts: Counter[str] = Counter()
    with JUDGED.open("rb") as file:
        for row in tomllib.load(file)["sentences"]:
            text = (root / row["path"]).read_bytes()[row["start"] : row["end"]].decode()
            name = f"half {half(row['path'])}"
            counts[name] += 1
            counts[f"{name} exact"] += sums_in(text) == sorted(row["sums"])
    return counts


def shown(name: str, halves: tuple[Score, Score]) -> dict[str, float]:
    """Print the scores of both halves; the figures by name."""
    figures: dict[str, float] = {}
    for nth, each in enumerate(halves):
        print(
            f"{name:11} half {nth}: recall {each.recall:.4f} of {each.true}, "
            f"precision {each.precision:.4f} of {each.ours}"
        )
        figures |= {f"{name}_recall_{nth}": round(each.recall, 4), f"{name}_precision_{nth}": round(each.precision, 4)}
    return figures


def measure(root: Path, quick: bool) -> dict[str, float]:
    only = "/2021-" if quick else ""
    house = house_of(f"{NOTES}/x")
    noted = facts_of(root, NOTES, house, (".md",), only)
    register = resolve([*noted, *facts_of(root, TABLES, house, (".md",))], Context(house=house))
    figures = shown("champions", scores(*of_tables(root, register)))
    figures |= shown("authors", scores(*of_headers(root)))
    true, ours = presenters(root, noted, only)
    both = [
        Score(each.true, each.true, each.both) for each in scores(true, ours)
    ]  # Lines may name several; one counts.
    figures |= {key: value for key, value in shown("presenters", (both[0], both[1])).items() if "recall" in key}
    counts = of_sums(root)
    for nth in (0, 1):
        share = counts[f"half {nth} exact"] / max(counts[f"half {nth}"], 1)
        print(f"sums        half {nth}: exact in {share:.4f} of {counts[f'half {nth}']} sentences")
        figures[f"sums_{nth}"] = round(share, 4)
    return figures


def self_test() -> list[str]:
    """Which wrong answers were not counted as wrong."""
    true = {Said(each, "annable") for each in "abcdefgh"}
    swapped = scores(true, {Said(each.what, "benbaker") for each in true})
    silent = scores(true, ())
    missed = [
        name for name, halves in (("a wrong name", swapped), ("silence", silent)) if any(each.both for each in halves)
    ]
    if min(each.recall for each in scores(true, true)) < 1:
        missed.append("a right name was refused")
    if sums_in("a fee of $1,250.00") != ["1250 $"] or sums_in("Section 1,250 of 2024"):
        missed.append("a sum")
    return missed


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="the notes of one year")
    options.add_argument("--self-test", action="store_true")
    given = options.parse_args()
    missed = self_test()
    if missed or given.self_test:
        print("\n".join(f"not caught: {what}" for what in missed) or "every wrong answer was caught")
        return 1 if missed else 0
    figures = measure(records(), given.quick)
    print(json.dumps(figures))
    return 0 if min(figures.values()) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
