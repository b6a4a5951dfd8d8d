"""An invented body, Oakenholt, and its register, for questions about it."""

from __future__ import annotations

from dataclasses import replace

from remembrancer.model import (
    Computed,
    Debate,
    Decision,
    Matter,
    Membership,
    Motion,
    Person,
    Presence,
    Quorum,
    Rung,
    Vote,
)
from remembrancer.register.rows import Register

UNCOUNTED = Computed("", "")


def person(identity: str, name: str, *labels: str, role: str = "", since: str = "", until: str = "") -> Person:
    seats = (Membership(identity, role, "", since, until),) if role else ()
    return Person(identity, name, (name, *labels), "member", seats)


def matter(
    identity: str, title: str, number: str = "", *others: str, keys: tuple[str, ...] = (), status: str = ""
) -> Matter:
    rungs = (Rung("2031-05-06", status),) if status else ()
    debates = (Debate("sitting-may", "2031-05-06", f"item-{identity}", title),)
    return Matter(identity, title, number, (title, *others), keys, "stage", status, rungs, debates)


def decision(
    identity: str, date: str, title: str, text: str, number: str = "", of: str = "", motion: str = ""
) -> Decision:
    return Decision(
        identity, f"sitting-{date}", date, "", of, "adopt", "sitting", "carried", text, number, title, motion=motion
    )


PEOPLE = (
    person("p-bell", "Cllr Anna Bell", "AB", role="Chair", since="2030-05-01", until="2031-04-30"),
    person("p-cole", "Cllr Peter Cole"),
    person("p-cole2", "Cllr Ruth Cole"),
    person("p-bazhanov", "Boris Bazhanov"),
    person("p-mueller", "Karin Müller", "KMR"),
    person("p-okafor", "J. Okafor"),
)

MATTERS = (
    matter("m-bridge", "Mill Lane footbridge", "", "Repair of the Mill Lane footbridge"),
    matter("m-park", "Priory Park lighting", "2031/07", status="Stage 2"),
    matter("m-playground", "Playground in Priory Park"),
    matter("m-chain", "Optional chaining", "", keys=("link:proposal-optional-chaining",), status="Stage 4"),
    matter("m-pipeline", "Pipeline operator", status="Stage 1"),
    matter("m-comprehension", "Array comprehensions", status="Withdrawn"),
    matter("m-find", "Array.prototype.findLast", status="Stage 3"),
    matter("m-sewer", "An ordinance on the lease of sewers", "Ordinance No. 54-89"),
    matter("m-sewer2", "An ordinance amending attachment B to Ordinance No. 54-89", "Ordinance No. 61-98"),
    matter("m-reading", "Interpretation", keys=("dated:interpretation 2031-03-04",)),
    matter("m-radweg", "Radweg an der Uferstraße", "A0123/31"),
    matter("m-budget", "Budget 2032"),
    matter("m-minutes", "Minutes of 6 May 2031"),
    matter("m-orgel", "Реставрация органа"),
)

MOTIONS = (
    Motion("mo-1", "sitting-2031-05-06", "2031-05-06", "", "m-bridge", "That the footbridge be repaired.", "12"),
    Motion("mo-2", "sitting-2031-06-03", "2031-06-03", "", "", "That bee hives be set up behind the old library."),
)

DECISIONS = (
    decision(
        "d-bridge", "2031-05-06", "", "The footbridge is to be repaired for £42,500.", "2031/14", "m-bridge", "mo-1"
    ),
    decision("d-fence", "2030-02-05", "Fence of the cemetery", "The fence is to be painted.", "2030/02"),
    decision("d-gate", "2030-02-05", "Gate of the cemetery", "The gate is to be painted.", "2030/03"),
)

VOTES = (Vote("v-1", "sitting-2031-05-06", "2031-05-06", "", "m-bridge", "mo-1", "", "show", "carried", UNCOUNTED),)

QUORUMS = (Quorum("sitting-2031-06-03", "2031-06-03", None, 9, 5, UNCOUNTED),)


def register() -> Register:
    """Its rows, with somebody who took the chair at one sitting only."""
    chaired = Presence("p-okafor", "sitting-2030-02-05", "2030-02-05", True, "Chair")
    people = tuple(replace(each, presences=(chaired,)) if each.id == "p-okafor" else each for each in PEOPLE)
    return Register(people, MATTERS, MOTIONS, VOTES, DECISIONS, quorums=QUORUMS)
