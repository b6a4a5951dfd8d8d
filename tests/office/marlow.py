"""An invented body for tests of who is told what: open minutes, and closed matter that stands in none of them.

Every closed name, number and sum of ``SECRETS`` is in the closed texts alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import File, classify, take_in
from remembrancer.testing import FixedClock

HOUSE = r"""
language = "en"

[sitting]
path = ['(?P<key>(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}))\.\w+$']

[authority]
"minutes/*" = "approved"
"drafts/*" = "draft"
"""

MARKS = """
[[classes]]
heading = "In closed session:.*"
class = "CLASS"
"""

MARCH = """# Marlow Reach Board, 5 March 2024

Present: Ada Quill (chair), Ben Rook, Cleo Tarn, Dov Ember

Apologies: Fay Holt

## 1. Towpath lighting

Moved by Ben Rook, seconded by Cleo Tarn: That £1,200 be allocated for lamps on the towpath.

Recorded vote

For (3): Ada Quill, Ben Rook, Cleo Tarn

Against (1): Dov Ember

RESOLVED 2024/3: That £1,200 be allocated for lamps on the towpath.

**Ben Rook:** I support the lamps because the towpath is dark and the school walks there every winter morning.

**Dov Ember:** I cannot support this proposal, since the bats of the towpath would leave and never come back.

ACTION: Cleo Tarn to ask three makers for the price of lamps by 1 May 2024.

## 2. Osier bed

**Cleo Tarn:** Ada Quill told us that the osier bed had been a gift of the basket makers of the lower town.
"""

APRIL = """# Marlow Reach Board, 9 April 2024

Present: Ada Quill (chair), Ben Rook, Cleo Tarn

Apologies: Dov Ember

## 1. Towpath lighting

Moved by Cleo Tarn, seconded by Ben Rook: That Resolution 2024/3 is repealed with effect from 1 June 2024.

Recorded vote

For (2): Cleo Tarn, Ben Rook

Against (1): Ada Quill

RESOLVED 2024/5: That Resolution 2024/3 is repealed with effect from 1 June 2024.

## 2. Heron hide

Moved by Ada Quill, seconded by Ben Rook: That the heron hide be painted green.

Carried unanimously.

RESOLVED 2024/6: That the heron hide be painted green.
"""

CLOSED = """# Marlow Reach Board, 14 May 2024

Present: Ada Quill (chair), Ben Rook, Cleo Tarn, Zelda Wyvern

## 1. Towpath lighting

Moved by Zelda Wyvern, seconded by Ada Quill: That Resolution 2024/5 is repealed and £88,000 be paid to Obadiah Crake.

Recorded vote

For (3): Zelda Wyvern, Ada Quill, Cleo Tarn

Against (1): Ben Rook

RESOLVED 2024/91: That Resolution 2024/5 is repealed and £88,000 be paid to Obadiah Crake.

**Zelda Wyvern:** I support the payment because Obadiah Crake wept at the lamps of the towpath for a whole winter.

ACTION: Ben Rook to pay Obadiah Crake by 1 July 2024.

## 2. Narwhal purchase

Moved by Ben Rook, seconded by Zelda Wyvern: That the board buy a narwhal from the heron hide for £77,000.

The motion was lost by 1 vote to 3.

**Ben Rook:** Cleo Tarn told us that the narwhal had been stolen from the osier bed.
"""

MIXED = """# Marlow Reach Board, 11 June 2024

Present: Ada Quill (chair), Ben Rook, Cleo Tarn

## 1. Heron hide

**Ada Quill:** The heron hide has been painted green by volunteers, and the board thanks them for their work.

## 2. In closed session: {title}

{words}

## 3. Osier bed

Moved by Ben Rook, seconded by Ada Quill: That the osier bed be cut every second winter.

Carried unanimously.

RESOLVED 2024/8: That the osier bed be cut every second winter.
"""

PARTS = """\
Moved by Cleo Tarn, seconded by Ada Quill: That Resolution 2024/6 is repealed and Obadiah Crake be paid £88,000.

Recorded vote

For (1): Cleo Tarn

Against (2): Ada Quill, Ben Rook

RESOLVED 2024/92: That Resolution 2024/6 is repealed and Obadiah Crake be paid £88,000.

**Ben Rook:** I cannot support the narwhal in the heron hide, and Zelda Wyvern told us that it bites.

ACTION: Ada Quill to feed the narwhal by 1 July 2024."""

OTHER = "**Ada Quill:** There is nothing to say."

SECRETS = ("Zelda", "Wyvern", "Obadiah", "Crake", "narwhal", "88,000", "77,000", "2024/91", "2024/92")
CLASSES = ("existence", "members", "role:clerk", "hidden")


OF_A_MATTER = (
    "What was decided about the {}?",
    "Was the {} approved?",
    "Is {} still in force?",
    "What was the vote on the {}?",
    "Who voted against the {}?",
    "Who moved the {}?",
    "How much was allocated for the {}?",
    "When was the {} decided?",
    "What repealed {}?",
    "Why the {}?",
    "Who spoke about the {}?",
    "the {}",
)
MATTERS = ("towpath lighting", "heron hide", "Resolution 2024/3", "towpth lightning")
CLOSED_MATTERS = ("narwhal purchase", "narwal", "Resolution 2024/92", "payment to Crake")
OF_A_PERSON = (
    "How did {} vote on the heron hide?",
    "What did {} say about the towpath?",
    "What did {} move?",
    "Was {} at the meeting of 14 May 2024?",
    "What is {} to do?",
    "Who told us of {}?",
)
PEOPLE = ("Ada Quill", "Clio Tarn")
CLOSED_PEOPLE = ("Zelda", "Obadia Crake")
OF_THE_BODY = (
    "How many motions were carried in 2024?",
    "Which decisions were made in May 2024?",
    "What was decided at the last meeting?",
    "Who was absent on 14 May 2024?",
    "How often did the board meet?",
    "Which resolutions are in force?",
    "Which motions were lost?",
    "What is still to be done?",
    "When was the last meeting?",
    "Was there a quorum on 11 June 2024?",
    "List the matters.",
)


def founded(directory: Path, marks: str = "") -> Office:
    """A new office of the board."""
    return Office.create(directory, "Marlow Reach Board", HOUSE + marks, FixedClock("2024-07-01T12:00:00Z"))


def read(bureau: Bureau, directory: Path, texts: Mapping[str, str], visibility: str | None = None) -> None:
    """Take texts in under the names they are given by; they are written under ``directory`` first."""
    given = []
    for name, text in texts.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        given.append(File(path, name))
    list(take_in(bureau, OWNER, given, visibility=visibility))


def closed_by_ruling(bureau: Bureau, visibility: str) -> None:
    """Close the item of ``MIXED`` that is to be closed."""
    for seen in list(bureau.all_seen(OWNER)):
        for item in bureau.view(seen).proceedings.items:
            if "In closed session" in item.title:
                classify(bureau, OWNER, item.id, visibility, "A purchase", "standing order 3")


def questions() -> Iterator[str]:
    """Questions of every kind on what is open and what is closed, names misspelled among them."""
    for ask in OF_A_MATTER:
        for matter in (*MATTERS, *CLOSED_MATTERS):
            yield ask.format(matter)
    for ask in OF_A_PERSON:
        for person in (*PEOPLE, *CLOSED_PEOPLE):
            yield ask.format(person)
    yield from OF_THE_BODY
