"""Does a spoken sentence find the claim that somebody has checked before?

    REMEMBRANCER_RECORDS=... python bench/claims.py [--vectors]

``known-lie-debates`` (in the records): sentences of debates, each joined by journalists to a claim they had checked.
All claims, with the titles of the articles about them, are the rows of one table, read as the only source of an
office; each sentence is a query of what ``search --json`` prints, and a hit is right if it lies in the row of its
claim. Beside it, in the same run, plain BM25 over the claims alone, as published, and over the same rows. ``--vectors``
asks again with the extra ``vectors``.

The figures are also given apart for half of the debates, by hash of the file's name (``seen``, on which constants were
chosen), and the other (``aside``); a sentence may stand for several claims, and only one of them can come first. Hits
in the order of the table, and a shuffled ranking, must score badly: the bench tries that first.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from plain import Plain
from records import records

from remembrancer.interfaces.cli import run
from remembrancer.memory.vectors import minilm
from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.office.embedding import SWITCH, build

FLOOR = 0.55
FIRST = 20

csv.field_size_limit(10**9)


class Claim(NamedTuple):
    text: str
    title: str


class Spoken(NamedTuple):
    """A sentence of a debate, the number of its claim, and whether its debate was put aside."""

    sentence: str
    claim: int
    aside: bool


class Figures(NamedTuple):
    first: float
    mrr: float
    asked: int


Ranking = Callable[[str], Sequence[int]]
"""From a sentence to the numbers of claims, best first."""


def read(folder: Path) -> tuple[list[Claim], list[Spoken]]:
    """Every claim once, and every sentence that was joined to one."""
    claims: dict[str, Claim] = {}
    rows = []
    for path in sorted((folder / "fact-checking").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [(path.name, row) for row in csv.DictReader(file)]
    for _, row in rows:
        text = row["verified_claim"].strip()
        claims.setdefault(text, Claim(text, row["verified_claim_article_title"].strip()))
    for path in sorted((folder / "verified-claims").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for fields in csv.reader(file):
                claims.setdefault(fields[1].strip(), Claim(fields[1].strip(), fields[6].strip()))
    numbers = {text: number for number, text in enumerate(claims)}
    spoken = [Spoken(row["sentence"], numbers[row["verified_claim"].strip()], is_aside(name)) for name, row in rows]
    return list(claims.values()), spoken


def is_aside(name: str) -> bool:
    return sha256(name.encode()).digest()[-1] % 2 == 0


class Searched:
    """Search in an office that holds the claims, a row each."""

    def __init__(self, directory: Path, claims: Sequence[Claim]) -> None:
        table = directory / "claims.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(claims)
        self._office = str(directory / "office")
        with Office.create(Path(self._office), "Claims", 'language = "en"\n') as office:
            list(take_in(office.body(), OWNER, [File(table, table.name)]))
        self._ends = ends_of_rows(claims)
        self.refused = 0

    def with_vectors(self, sentence: str) -> list[int]:
        """The same by words and meaning."""
        os.environ[SWITCH] = "on"
        found = self(sentence)
        os.environ[SWITCH] = "off"
        return found

    def make_vectors(self) -> None:
        with Office(Path(self._office)) as office:
            build(office.body())

    def __call__(self, sentence: str) -> list[int]:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(out):
            code = run(["search", "-o", self._office, "--json", "-n", str(FIRST), "--", sentence])
        out.flush()
        if code:
            self.refused += 1
            return []
        hits = json.loads(out.buffer.getvalue())
        return list(dict.fromkeys(self._row(hit["spans"][0]["start"]) for hit in hits))

    def _row(self, start: int) -> int:
        return sum(end <= start for end in self._ends)


def ends_of_rows(claims: Sequence[Claim]) -> list[int]:
    """Where the row of each claim ends in the table, in bytes."""
    out = io.StringIO(newline="")
    writer, ends = csv.writer(out), []
    for claim in claims:
        writer.writerow(claim)
        ends.append(len(out.getvalue().encode()))
    return ends


def scored(ranking: Ranking, spoken: Sequence[Spoken]) -> Figures:
    places = []
    for each in spoken:
        found = list(ranking(each.sentence))[:FIRST]
        places.append(found.index(each.claim) + 1 if each.claim in found else 0)
    count = max(1, len(places))
    first, mrr = sum(place == 1 for place in places), sum(1 / place for place in places if place)
    return Figures(round(first / count, 4), round(mrr / count, 4), len(places))


def self_test() -> list[str]:
    """What the scoring does not see, of a ranking that is shuffled, always the same or empty."""
    spoken = [Spoken(str(number), number, False) for number in range(100)]
    chance = random.Random(3)
    wrong = [] if scored(lambda sentence: [int(sentence)], spoken) == Figures(1, 1, 100) else ["a right ranking"]
    if scored(lambda _: chance.sample(range(100), 100), spoken).first > 0.1:
        wrong.append("a shuffled ranking")
    if scored(lambda _: range(100), spoken).first > 0.01:
        wrong.append("the order of the table")
    if scored(lambda _: [], spoken) != Figures(0, 0, 100):
        wrong.append("an empty ranking")
    return wrong


def remembered(ranking: Ranking) -> Ranking:
    known: dict[str, Sequence[int]] = {}
    return lambda sentence: known[sentence] if sentence in known else known.setdefault(sentence, ranking(sentence))


def measured(claims: Sequence[Claim], spoken: Sequence[Spoken], scratch: Path, vectors: bool) -> dict[str, Any]:
    published = Plain([claim.text for claim in claims], k1=1.2, stop=frozenset())
    rows = Plain([" ".join(claim) for claim in claims], k1=1.2, stop=frozenset())
    search = Searched(scratch, claims)
    rankings = {
        "ours": remembered(search),
        "plain": remembered(published.ranked),
        "plain_rows": remembered(rows.ranked),
    }
    if vectors:
        search.make_vectors()
        rankings["vectors"] = remembered(search.with_vectors)
    halves = {
        "all": spoken,
        "seen": [each for each in spoken if not each.aside],
        "aside": [each for each in spoken if each.aside],
    }
    figures: dict[str, Any] = {
        half: {name: scored(ranking, some)._asdict() for name, ranking in rankings.items()}
        for half, some in halves.items()
    }
    return {"claims": len(claims), "refused": search.refused, **figures}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--vectors", action="store_true", help="ask again with vectors")
    vectors = options.parse_args().vectors and minilm.installed()
    os.environ[SWITCH] = "off"
    assert not self_test(), self_test()
    claims, spoken = read(records() / "known-lie-debates" / "dev")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        figures = measured(claims, spoken, Path(scratch), vectors)
    for half in ("all", "seen", "aside"):
        for name, each in figures[half].items():
            print(f"{half:>6} {name:>10}: first {each['first']:.3f}, MRR {each['mrr']:.3f} of {each['asked']}")
    print(json.dumps(figures))
    return 0 if figures["all"]["ours"]["first"] >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
