"""A public list of matters says where each stands now: behind what was decided, and never against it."""

from __future__ import annotations

from itertools import permutations

import pytest

from remembrancer.model import Matter
from remembrancer.read import house as houses
from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Standing
from remembrancer.register.resolve import Context, resolve

HOUSE = houses.parse(
    r"""
language = "en"
[sitting]
path = ['minutes/(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})']
[sections]
conclusion = ["Conclusion"]
[matters]
link = ['example\.org/(?P<key>lamp-\w+)']
[[ladders]]
name = "step"
word = "step"
rungs = ["Step 0", "Step 1", "Step 2", "Step 3"]
aside = ["Inactive"]
lists = { "Finished proposals" = "Step 3" }
"""
)

LIST = """# Proposals

### Step 2 - Drawings

| Proposal                | Champion  |
| ----------------------- | --------- |
| [Signal lamps][signals] | Ann Dory  |
| [Oil store][store]      | Ben Mole  |

### Finished proposals

| Proposal         | Champion |
| ---------------- | -------- |
| [Ferry bell][bell] | Cid Pike |

### Steps to take

| Proposal  | Champion |
| --------- | -------- |
| Rope walk | Cid Pike |

[signals]: https://example.org/lamp-signals
[store]: https://example.org/lamp-store
[bell]: https://example.org/lamp-bell
"""

MINUTES = """# Meeting

## Signal lamps for step NUMBER

See [the drawings](https://example.org/lamp-signals).

ANN: may it go on?

### Conclusion

Step NUMBER
"""


def facts_of(text: str, path: str) -> tuple[AnyFact, ...]:
    return extract(read_document(text.encode(), path, HOUSE))


def matters_of(*told: tuple[AnyFact, ...], day: str = "") -> dict[str, Matter]:
    register = resolve([fact for facts in told for fact in facts], Context(house=HOUSE, day=day))
    return {matter.title: matter for matter in register.matters}


def stands(facts: tuple[AnyFact, ...]) -> list[tuple[str, str]]:
    return [(fact.mention.title, fact.status) for fact in facts if isinstance(fact, Standing)]


def test_what_is_listed_under_a_rung_stands_there_and_the_heading_is_evidence() -> None:
    document = read_document(LIST.encode(), "lists/README.md", HOUSE)
    facts = extract(document)
    assert stands(facts) == [("Signal lamps", "Step 2"), ("Oil store", "Step 2"), ("Ferry bell", "Step 3")]
    for fact in facts:
        if isinstance(fact, Standing):
            quoted = [document.data[mark.start : mark.end].decode() for mark in fact.marks]
            assert any(fact.mention.title in each for each in quoted)
            assert any("Drawings" in each or "Finished" in each for each in quoted)


def test_a_list_in_the_notes_of_a_sitting_only_asks() -> None:
    assert not stands(facts_of(LIST, "minutes/2031-05-04.md"))


@pytest.mark.parametrize(("decided", "status"), [("1", "Step 2"), ("2", "Step 2"), ("3", "Step 3")])
def test_a_list_adds_to_what_was_decided_and_never_takes_back(decided: str, status: str) -> None:
    minutes = facts_of(MINUTES.replace("NUMBER", decided), "minutes/2031-05-04.md")
    for told in permutations((minutes, facts_of(LIST, "lists/README.md"))):
        row = matters_of(*told)["Signal lamps"]
        assert row.status == status
        assert row.rungs[0].date == "2031-05-04"


def test_a_list_answers_nothing_about_the_past() -> None:
    listed = matters_of(facts_of(LIST, "lists/README.md"), day="2031-12-31")
    assert not any(matter.rungs for matter in listed.values())


def test_lists_that_disagree_say_nothing() -> None:
    other = facts_of(LIST.replace("Step 2 -", "Step 1 -"), "lists/old.md")
    rows = matters_of(facts_of(LIST, "lists/README.md"), other)
    assert (rows["Oil store"].status, rows["Ferry bell"].status) == ("", "Step 3")


def test_a_matter_is_called_what_its_list_calls_it() -> None:
    odd = MINUTES.replace("Signal lamps for step NUMBER", "What colour the glass may have").replace("NUMBER", "1")
    minutes = facts_of(odd, "minutes/2031-05-04.md")
    assert "Signal lamps" in matters_of(minutes, facts_of(LIST, "lists/README.md"))


FORMER = """# Inactive

| Proposal | Champion | Rationale |
| -------- | -------- | --------- |
| [Oil store][store] | Ben Mole | Withdrawn: REASON |

[store]: https://example.org/lamp-store
[gas]: https://example.org/lamp-gas
"""


def succeeded(reason: str) -> list[tuple[str, str, str]]:
    """What replaces what, as the matters of a list say."""
    rows = matters_of(facts_of(FORMER.replace("REASON", reason), "lists/inactive.md"))
    names = {row.id: row.title for row in rows.values()}
    return [(row.title, each.kind, names[each.target]) for row in rows.values() for each in row.relations]


@pytest.mark.parametrize(
    ("reason", "new"),
    [
        ("replaced with [Gas store][gas]", "Gas store"),
        ("in favor of the [Gas store][gas] proposal", "Gas store"),
        ("folded into [Gas store](https://example.org/lamp-gas); too dear", "Gas store"),
        ("superseded by Gas Store, which is dry", "Gas Store"),
    ],
)
def test_a_cell_that_names_what_a_matter_gave_way_to_states_that_it_replaces_it(reason: str, new: str) -> None:
    assert succeeded(reason) == [(new, "replaces", "Oil store")]


@pytest.mark.parametrize(
    "reason",
    [
        "not in favor of [Gas store][gas]",
        "likely replaced by [Gas store][gas]",
        "may be merged into [Gas store][gas]",
        "in favor of doing nothing",
        "[Gas store][gas] is cheaper",
    ],
)
def test_what_a_matter_may_give_way_to_does_not_replace_it(reason: str) -> None:
    assert succeeded(reason) == []
