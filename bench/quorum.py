"""Is what minutes say of the quorum found, and where they contradict themselves?

    REMEMBRANCER_RECORDS=... python bench/quorum.py [--show]
    python bench/quorum.py --self-test

Every sitting of an OASIS committee, minuted in Markdown, HTML and PDF from 2016 on. Each must get a verdict: what the
document says of the quorum beside what the rules make of its attendance list (``not determinable``, with the reason,
counts as one: these minutes seldom say how many voting members there are). ``judged/csaf-quorum.toml`` has sittings
read by hand: what is said must be read so, and every contradiction judged real must be found, and none that is not.
The words for the quorum were written with all of these in sight; the halves, by a hash of the path, are shown beside
each other so that it is seen whether one hangs behind. Floors: all sittings have a verdict; what is said, 1.00;
contradictions, recall 1.00 and precision 0.95 over those read. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from records import files, house_of, records

from remembrancer.model import Computed, Notice, Quorum
from remembrancer.register.document import read_document
from remembrancer.register.facts import AnyFact
from remembrancer.register.passes import attendance, seats
from remembrancer.register.resolving.checks import check
from remembrancer.register.resolving.computing import quorums
from remembrancer.register.resolving.people import people
from remembrancer.register.rows import Register
from remembrancer.rules.shipped import shipped

COMMITTEE = "oasis-csaf-tc/dev"
JUDGED = Path(__file__).parent / "judged" / "csaf-quorum.toml"
READ = (".md", ".html", ".pdf")
CODES = ("quorum-both-ways", "quorum-contradicted", "attendance-contradicts-quorum", "attendance-copied")
LEAST_PRECISION = 0.95


class Judged(NamedTuple):
    """One sitting read by hand; ``reached`` is None where the document says both."""

    path: str
    reached: bool | None
    contradiction: bool


class Told(NamedTuple):
    """What the program makes of one sitting."""

    quorum: Quorum | None
    notices: tuple[Notice, ...] = ()


class Figures(NamedTuple):
    """How much of what was judged by hand is told so."""

    judged: int
    said: int
    real: int
    found: int
    invented: int

    @property
    def holds(self) -> bool:
        precision = self.found / (self.found + self.invented) if self.found + self.invented else 1.0
        return self.said == self.judged and self.found == self.real and precision >= LEAST_PRECISION


def judged() -> list[Judged]:
    with JUDGED.open("rb") as file:
        rows = tomllib.load(file)["sittings"]
    return [Judged(row["path"], row.get("reached"), row["contradiction"]) for row in rows]


def tell(root: Path) -> dict[str, Told]:
    """What is made of every sitting, by the path of its document."""
    facts: list[AnyFact] = []
    paths: dict[str, str] = {}
    for file, path in files(root, COMMITTEE):
        if file.suffix in READ and "minutes" in path.lower():
            document = read_document(file.read_bytes(), path, house_of(path))
            facts += [*attendance.find(document, ()), *seats.find(document, ())]
            paths |= dict.fromkeys(document.sitting_ids, path.removeprefix(f"{COMMITTEE}/"))
    who = people(facts)
    verdicts = quorums(facts, who, [shipped()["oasis-committee"]])
    noticed = check(Register(quorums=verdicts), facts, who)
    by_sitting = {verdict.sitting: verdict for verdict in verdicts}
    return {
        path: Told(
            by_sitting.get(sitting),
            tuple(each for each in noticed if each.sitting == sitting and each.code in CODES),
        )
        for sitting, path in paths.items()
    }


def compare(told: Mapping[str, Told], read: Iterable[Judged]) -> Figures:
    """What was judged by hand against what is told."""
    kept = [(each, told.get(each.path, Told(None))) for each in read]
    return Figures(
        judged=len(kept),
        said=sum(one.quorum is not None and one.quorum.stated == each.reached for each, one in kept),
        real=sum(each.contradiction for each, _ in kept),
        found=sum(each.contradiction and bool(one.notices) for each, one in kept),
        invented=sum(not each.contradiction and bool(one.notices) for each, one in kept),
    )


def half(path: str) -> int:
    return sha256(path.encode()).digest()[0] % 2


def report(told: Mapping[str, Told], show: bool) -> dict[str, float]:
    """Print the figures and, if asked, every verdict."""
    if show:
        for path, one in sorted(told.items()):
            verdict = one.quorum
            said = (
                {True: "reached", False: "not reached", None: "not said, or both"}[verdict.stated] if verdict else "-"
            )
            print(f"  {path}\n    said: {said}; computed: {verdict.computed.why if verdict else 'no verdict'}")
            print("".join(f"    {each.code}: {each.message}\n" for each in one.notices), end="")
    with_verdict = sum(one.quorum is not None and bool(one.quorum.computed.why) for one in told.values())
    print(f"{with_verdict} of {len(told)} sittings have a verdict")
    print(f"notices: {dict(Counter(each.code for one in told.values() for each in one.notices))}")
    whole = compare(told, judged())
    for name, figures in (("all", whole), *((f"half {n}", compare(told, _of_half(n))) for n in (0, 1))):
        print(
            f"{name}: said as judged {figures.said} of {figures.judged}; "
            f"contradictions {figures.found} of {figures.real}, {figures.invented} invented"
        )
    return {
        "sittings": len(told),
        "with_verdict": with_verdict,
        "judged": whole.judged,
        "said_right": whole.said,
        "contradictions": whole.real,
        "contradictions_found": whole.found,
        "contradictions_invented": whole.invented,
        "holds": int(whole.holds and with_verdict == len(told) > 0),
    }


def _of_half(number: int) -> list[Judged]:
    return [each for each in judged() if half(each.path) == number]


def self_test() -> list[str]:
    """Which wrong answers were not seen to be wrong; a right one refused is one of them."""
    read = [Judged("a", True, False), Judged("b", None, True)]
    notice = Notice("n", CODES[0], "error", "both")
    right = {"a": Told(_verdict(True)), "b": Told(_verdict(None), (notice,))}
    wrong = {
        "a verdict read the other way": {**right, "a": Told(_verdict(False))},
        "a contradiction missed": {**right, "b": Told(_verdict(None))},
        "a contradiction invented": {**right, "a": Told(_verdict(True), (notice,))},
        "a sitting left out": {"b": right["b"]},
    }
    missed = [what for what, told in wrong.items() if compare(told, read).holds]
    return missed if compare(right, read).holds else [*missed, "a right answer was refused"]


def _verdict(stated: bool | None) -> Quorum:
    return Quorum("s", "", stated, None, None, Computed("not determinable", "why"))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--show", action="store_true", help="print the verdict on every sitting")
    options.add_argument("--self-test", action="store_true")
    given = options.parse_args()
    missed = self_test()
    if missed or given.self_test:
        print("\n".join(f"not caught: {what}" for what in missed) or "every wrong answer was caught")
        return 1 if missed else 0
    figures = report(tell(records()), given.show)
    print(json.dumps(figures))
    return 0 if figures["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
