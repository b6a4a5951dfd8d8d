"""Matters move as the bodies of shipped houses write it: in a committee's conclusions, by a group's polls."""

from __future__ import annotations

from pathlib import Path

import pytest

from remembrancer.read import house as houses
from remembrancer.register.document import read_document
from remembrancer.register.facts import AnyFact, Resolved
from remembrancer.register.passes import consent, heard, ladders, matters, polls, spoken

HOUSES = Path(__file__).parents[2] / "examples" / "houses"
COMMITTEE = houses.parse((HOUSES / "tc39.toml").read_text(encoding="utf-8"))
GROUP = houses.parse((HOUSES / "wasm.toml").read_text(encoding="utf-8"))
NOTES = """# 6th May 2031 | 140th Meeting

**Attendees:**

| Name     | Abbreviation | Organization |
| -------- | ------------ | ------------ |
| Ann Abel | ANL          | Lamp Works   |

## Secretary's Report

ANL: The lamps of stage 2.7 were paid for.

## Quiet Lamps for Stage 2.7 (or 3)

Presenter: Ann Abel (ANL)

- [proposal](https://github.com/tc39/proposal-quiet-lamps)

ANL: I would like to ask for stage 2.7.

### Speaker's Summary of Key Points

- Asked for Stage 2.7 or 3; the drawings are complete.
- Stage 3 reviewers were found.

### Conclusion

- Quiet Lamps advances to Stage 2.7
- Bea Bond and Cal Cole to review for Stage 3

## Fog Horns: update and 2.7

ANL: We are at stage 2 since 2029.

### Speaker's Summary of Key Points

- The horns were heard.

### Conclusion

- Consensus on 2.7, conditional on a test by Bea Bond

## Harbour Bells for Stage 4

ANL: They ring.

### Conclusion

- Harbour Bells is at Stage 4

## Tide Tables update

ANL: Nothing new.

### Conclusion

- Tide Tables is at Stage 2
- No progress to stage 2.7 today
"""
PATH = "meetings/2031-05/may-6.md"
TABLE = "|SF|F|N|A|SA|\n|--|-|-|-|--|\n|11|18|9|0|0|\n"
CALL = f"""# Agenda for the May 6 video call

- **When**: 2031-05-06

## Agenda items

1. Proposals and discussions
   1. Phase 4 vote: quiet lamps

## Meeting Notes

### Attendees

- Ann Abel
- Bea Bond

### Proposals and discussions

#### Phase 4 vote: Quiet lamps (Ann Abel, 10 min)

AA: presenting

**Poll for phase 4**

{TABLE}
#### POLL: Advancing [Fog horns](https://github.com/WebAssembly/fog-horns) to Phase 3 [10 min]

BB: Any objections?

(no objections)

#### Harbour bells and tide tables proposals: vote for phase 2

AA: presenting

{TABLE}
#### Signal flags: Phase 1 → Phase 2 (Bea Bond)

BB: We could move to phase 2 soon.

Signal flags moved to phase 2 by unanimous consent.

#### Beacons, towards phase 3

AA: For phase 3, we need drawings.

Poll: should beacons be green?

{TABLE}
"""


def moved(text: str, path: str, house: houses.House) -> list[Resolved]:
    document = read_document(text.encode(), path, house)
    found: list[AnyFact] = []
    for each in (polls.find, spoken.find, consent.find, heard.find, matters.find, ladders.find):
        found.extend(each(document, tuple(found)))
    steps = [fact for fact in found if isinstance(fact, Resolved) and fact.rule.startswith("ladders.")]
    return sorted(steps, key=lambda fact: (fact.position, fact.title))


def concluded(words: str, title: str = "Quiet Lamps") -> list[tuple[str, str]]:
    said = "ANL: I present.\n\nBEA: Good.\n\nANL: Thanks."
    text = f"# 6th May 2031\n\n## {title}\n\n{said}\n\n### Conclusion\n\n{words}\n"
    return [(fact.title, fact.status_to) for fact in moved(text, PATH, COMMITTEE)]


def test_a_committees_conclusions_move_to_half_rungs_and_to_where_the_title_asked_to_be() -> None:
    steps = moved(NOTES, PATH, COMMITTEE)
    assert [(fact.title, fact.status_to, fact.stated) for fact in steps] == [
        ("Quiet Lamps", "Stage 2.7", True),
        ("Fog Horns", "Stage 2.7", True),
        ("Harbour Bells", "Stage 4", True),
    ]
    assert steps[1].conditions == ("conditional on a test by Bea Bond",)


def test_a_groups_polls_and_consents_are_stated() -> None:
    steps = moved(CALL, "main/2031/CG-05-06.md", GROUP)
    assert [(fact.title.lower(), fact.status_to, fact.stated) for fact in steps] == [
        ("quiet lamps", "Phase 4", True),
        ("fog horns", "Phase 3", True),
        ("harbour bells", "Phase 2", True),
        ("tide tables", "Phase 2", True),
        ("signal flags", "Phase 2", True),
    ]


@pytest.mark.parametrize(("counts", "moves"), [("1|17|19|0|0", 1), ("2|3|30|0|0", 0), ("9|9|9|2|2", 0)])
def test_who_is_neutral_stops_nothing_while_many_are_in_favour(counts: str, moves: int) -> None:
    item = f"#### Buoys: poll for phase 2\n\nAA: presenting\n\n|SF|F|N|A|SA|\n|--|-|-|-|--|\n|{counts}|\n"
    call = CALL.partition("#### ")[0] + item
    assert len(moved(call, "main/2031/CG-05-06.md", GROUP)) == moves


def test_what_is_split_off_is_not_known_by_the_address_of_the_whole() -> None:
    call = CALL.partition("#### ")[0] + (
        "#### Split dim lamps out from [lamps](https://github.com/WebAssembly/lamps)\n\nAA: yes.\n\n"
        "#### Lamps, by [address](https://github.com/WebAssembly/lamps)\n\nAA: yes.\n"
    )
    document = read_document(call.encode(), "main/2031/CG-05-06.md", GROUP)
    keys = {fact.mention.title: fact.mention.keys[0] for fact in matters.find(document, ())}
    assert keys == {
        "Split dim lamps out from lamps": "title:split dim lamps out from lamps",
        "Lamps, by address": "link:lamps",
    }


def test_what_a_conclusion_splits_off_is_a_matter_of_its_own() -> None:
    words = "Agreed that dim quiet lamps be split out from quiet lamps and demoted to stage 2; bright ones remain"
    assert concluded(words) == [("dim quiet lamps", "Stage 2")]


@pytest.mark.parametrize(
    "words",
    [
        "2.7",
        "Approved for 2.7",
        "Quiet Lamps enters Stage 2.7",
        "Quiet Lamps — Stage 2.7",
        "No objection to Stage 2.7",
        "No one objected to Stage 2.7",
        "All agreed: Quiet Lamps advances to Stage 2.7",
        "Consensus for Stage 2.7 but not for Stage 3",
        "Stage 2.7 proposal exploring the colours of lamps",
    ],
)
def test_a_half_rung_is_reached_however_it_is_put(words: str) -> None:
    assert concluded(words, "Quiet Lamps for Stage 2.7") == [("Quiet Lamps", "Stage 2.7")]


@pytest.mark.parametrize(
    "words",
    [
        "Quiet Lamps doesn't advance to Stage 2.7",
        "Leave Quiet Lamps at Stage 2.7",
        "No progression to Stage 2.7",
        "For Stage 2.7, mend the lamp",
        "In a future Stage 2.7 the lamp may be mended",
        "We can go to Stage 2.7 without the lamp",
        "Guidelines for Stage 2.7+ were written",
        "ANL feedback for stage 2.7: mend the lamp",
        "Blocked from advancement for Stage 2.7",
        "Stage 2.7 deferred",
        "Request for stage 2.7 withdrawn",
        "Agreed on the name of the stage 2.7 proposal",
        "The drawing has the number 2.7",
    ],
)
def test_what_only_speaks_of_a_half_rung_moves_nothing(words: str) -> None:
    assert concluded(words) == []


def test_where_a_title_says_that_a_matter_stands_it_asks_for_nothing() -> None:
    assert concluded("Consensus.", "Quiet Lamps Stage 3 update") == []
    assert concluded("Quiet Lamps is at Stage 3", "Quiet Lamps Stage 3 status") == []
    assert concluded("Consensus.", "Quiet Lamps: Stage 2 to Stage 2.7") == [("Quiet Lamps", "Stage 2.7")]


def test_all_of_what_a_title_lists_moves_where_the_conclusion_counts_them() -> None:
    three = concluded("All three proposals advance to Stage 4", "Bells, Horns, and Lamps for Stage 4")
    assert three == [("Bells", "Stage 4"), ("Horns", "Stage 4"), ("Lamps", "Stage 4")]
    assert concluded("two proposals, both stage 1", "Bells vs. horns") == [("Bells", "Stage 1"), ("horns", "Stage 1")]


def test_one_of_what_a_title_lists_is_a_matter_of_its_own() -> None:
    assert concluded("Tide tables: stage 3 acceptance", "Loud bells update, and tide tables") == [
        ("Tide tables", "Stage 3")
    ]
    assert concluded("lamp wires gets stage 1", "Lamp posts / wires") == [("lamp wires", "Stage 1")]


def test_a_line_of_code_names_what_the_rung_below_it_is_of() -> None:
    listed = "- `Harbour.Bell`\n  - Stage 2 acceptance\n- `ropeStyle/knotStyle`\n  - Stage 1 acceptance"
    assert concluded(listed, "Harbour.TideTable") == [
        ("Harbour.Bell", "Stage 2"),
        ("ropeStyle/knotStyle", "Stage 1"),
    ]


def test_a_speaker_is_no_matter() -> None:
    assert concluded("ANL will write it down and move this to the withdrawn proposals") == [
        ("Quiet Lamps", "Withdrawn")
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("3.1 2nd Report of the Harbour Committee", "2nd Report of the Harbour Committee"),
        ('"Review and mend the pier" harbour-board#41', "Review and mend the pier"),
        ("Review and mend the pier", "Review and mend the pier"),
        ("Harbour dues annual report", "Harbour dues annual report"),
        ("Harbour dues status report", "Harbour dues"),
    ],
)
def test_a_title_is_what_a_clerk_would_write(title: str, name: str) -> None:
    document = read_document(f"# 6th May 2031\n\n## {title}\n\nANL: yes.\n".encode(), PATH, COMMITTEE)
    assert [fact.mention.title for fact in matters.find(document, ())] == [name]


@pytest.mark.parametrize("title", ["Check-in", "Turn on recording", "Members who lost voting rights", "New bills"])
def test_what_every_sitting_does_is_no_matter(title: str) -> None:
    document = read_document(f"# 6th May 2031\n\n## {title}\n\nANL: yes.\n".encode(), PATH, COMMITTEE)
    assert list(matters.find(document, ())) == []
