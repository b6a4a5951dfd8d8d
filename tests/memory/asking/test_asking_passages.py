"""An answer is in the record's own words, and where the record says nothing the answer is silence."""

from __future__ import annotations

from typing import Any

import pytest

from remembrancer.memory.asking.passages import answering, named
from remembrancer.memory.cite import Hit, Renditions
from remembrancer.ports import Indexed
from remembrancer.queries import Filters
from remembrancer.testing import MemoryIndex, passage_of

SAID = {
    "s1": ("The swimming pool on Mill Lane will close in winter.", {"speaker": "AB", "person": "Ann Bell"}),
    "s2": ("Its repair would cost 42,000 pounds.", {"speaker": "Tom Cole", "item_title": "Swimming pool"}),
    "s3": ("Cars may not stand in Mill Lane on market days.", {"speaker": "Tom Cole", "date": "2023-02-07"}),
    "s4": ("The budget is carried.", {"speaker": "Chair", "date": "2024-03-05"}),
    "s5": ("I move the budget as printed, EIP-77 included.", {"speaker": "Ann Bell", "date": "2022-01-11"}),
    **{f"x{n}": (f"We now turn to paper {n} on the list.", {"speaker": "Chair"}) for n in range(20)},
}
ENTRIES = [passage_of(id, text, **fields) for id, (text, fields) in SAID.items()]


def asked(question: str, entries: list[Indexed] | None = None, **filters: Any) -> list[Hit]:
    index = MemoryIndex()
    with index.writing() as batch:
        batch.add(entries or ENTRIES)
        batch.commit(1)
    texts = {entry.passage.rendition: text for entry, (text, _) in zip(ENTRIES, SAID.values(), strict=True)}
    renditions = Renditions(lambda name: texts[name].encode())
    return answering([index], renditions, question, Filters(**filters))


def best(question: str, **filters: Any) -> str:
    hits = asked(question, **filters)
    return hits[0].id if hits else ""


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("When will the swimming pool be closed?", "s1"),
        ("What did Ann Bell say about the pool?", "s1"),
        ("What did Cole say about the swimming pool?", "s2"),
        ("What would the repair of the pool cost?", "s2"),
        ("Who said 42,000?", "s2"),
        ("May cars stand in Mill Lane?", "s3"),
        ("What did the council decide about the budget in 2024?", "s4"),
        ("What was said on 5 March 2024 about the budget?", "s4"),
        ("What happened to the budget on March 5th, 2024?", "s4"),
        ("What did the council decide in January 2022?", "s5"),
        ("What became of EIP-77?", "s5"),
        ('Did anyone say "as printed"?', "s5"),
    ],
)
def test_a_question_finds_the_passage_that_answers_it(question: str, found: str) -> None:
    assert best(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "What did the council decide about the library?",
        "When will the swimming pool in Eastham be closed?",
        "What did Ann Bell say about cars?",
        "Who said 43,000?",
        "What became of EIP-78?",
        "What was said about the budget in 2021?",
        "What was said about the budget on 6 March 2024?",
        'Did anyone say "as written"?',
        "How many nuclear submarines does the council own?",
    ],
)
def test_a_name_number_or_subject_the_record_does_not_hold_together_is_met_with_silence(question: str) -> None:
    assert asked(question) == []


def test_what_answers_is_in_the_words_of_the_record() -> None:
    hits = asked("What about the swimming pool?")
    assert len(hits) == 2 and all(hit.text == SAID[hit.id][0] for hit in hits)


def test_what_was_said_later_than_the_day_asked_for_is_no_answer() -> None:
    assert best("What of the budget?", as_of="2023") == "s5"
    assert best("What of the budget?", as_of="2021") == ""


def test_what_may_not_be_seen_is_no_answer_and_changes_none() -> None:
    closed = [*ENTRIES[:-1], ENTRIES[-1]._replace(passage=ENTRIES[-1].passage._replace(visibility="members"))]
    assert asked("What about paper 19?", closed) == []
    assert asked("What about paper 19?")


@pytest.mark.parametrize(
    "question", ["", "?", "What did they say?", "What did the council decide?", "Who is the chair?"]
)
def test_a_question_that_names_nothing_meets_silence(question: str) -> None:
    assert asked(question) == []


def test_question_words_go_by_the_language_of_the_question() -> None:
    languages = frozenset({"de", "en"})
    assert [term.query.text for term in named("Was hat der Rat zum Haushalt beschlossen?", languages)] == [
        "Rat",
        "Haushalt",
        "beschlossen",
    ]
    assert [term.query.text for term in named("What was said of the war?", languages)] == ["war"]
    assert [term.needed for term in named("Wer baut das Haus?", frozenset({"de"}))] == [False, False]


@pytest.mark.parametrize(
    ("written", "language", "date"),
    [
        ("on 7 March 2024", "en", "2024-03-07"),
        ("on the 7th of March, 2024", "en", "2024-03-07"),
        ("on March 7, 2024", "en", "2024-03-07"),
        ("in march 2024", "en", "2024-03"),
        ("am 7. März 2024", "de", "2024-03-07"),
        ("el 7 de marzo de 2024", "es", "2024-03-07"),
        ("le 1er mars 2024", "fr", "2024-03-01"),
        ("in 2024", "en", "2024"),
        ("on 2024-03-07", "en", "2024-03-07"),
    ],
)
def test_a_date_in_words_is_the_date_it_says(written: str, language: str, date: str) -> None:
    assert [term.date for term in named(f"budget {written}", frozenset({language})) if term.date] == [date]


def listed(*rows: tuple[str, str, str, dict[str, Any]]) -> list[tuple[Indexed, str]]:
    """Passages of one document in order, each by its id, kind, text and other fields."""
    made = []
    for at, (identity, kind, text, fields) in enumerate(rows):
        entry = passage_of(identity, text, kind=kind, item="i1", at=at, **fields)
        made.append((entry._replace(passage=entry.passage._replace(source="minutes")), text))
    return made


def answers(question: str, document: list[tuple[Indexed, str]], limit: int = 5, **filters: Any) -> list[str]:
    index = MemoryIndex()
    with index.writing() as batch:
        batch.add([entry for entry, _ in document])
        batch.commit(1)
    texts = {entry.passage.rendition: text.encode() for entry, text in document}
    return [hit.id for hit in answering([index], Renditions(texts.__getitem__), question, Filters(**filters), limit)]


ROLL = listed(
    ("i1", "item", "Wardens", {}),
    ("t1", "text", "Wardens chosen for the harbour:", {}),
    ("t2", "text", "Ann Bell", {}),
    ("t3", "text", "Tom Cole", {}),
    ("t4", "text", "Wardens excused:", {}),
    ("t5", "text", "Eve Dunn", {}),
)


def test_what_a_colon_leads_to_comes_after_it_as_far_as_the_next_one() -> None:
    assert answers("Who were chosen for the harbour?", ROLL) == ["t1", "t2", "t3"]


def test_what_a_heading_leads_to_comes_after_it_where_there_is_room() -> None:
    orders = listed(("i1", "item", "Balance", {}), ("t1", "text", "412.50 in the chest", {}))
    assert answers("What is the balance?", orders) == ["i1", "t1"]
    assert answers("What is the balance?", orders, limit=1) == ["i1"]


def test_what_may_not_be_seen_is_led_to_by_nothing() -> None:
    closed = [
        (
            entry._replace(
                passage=entry.passage._replace(visibility="members" if entry.passage.id == "t2" else "open")
            ),
            text,
        )
        for entry, text in ROLL
    ]
    assert answers("Who were chosen for the harbour?", closed) == ["t1"]


def test_nothing_is_shown_twice() -> None:
    shown = answers("Which wardens were chosen, which were excused?", ROLL, limit=20)
    assert len(shown) == len(set(shown))
