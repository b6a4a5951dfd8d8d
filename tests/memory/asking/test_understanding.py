"""What questions ask: cases that a clerk can read, in ``cases/LANG.txt``, and laws that hold of any name.

A line of a case that begins with ``?`` is a question, the next what is understood. ``python
tests/memory/asking/test_understanding.py --accept`` writes what is understood now; then read the difference.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

import invented

from remembrancer.memory.analysis import fold
from remembrancer.memory.asking.question import Mention, Question
from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.tokens import tokens
from remembrancer.memory.asking.understanding.understand import understand

CASES = Path(__file__).parent / "cases"
TODAY = "2031-06-20"
LANGUAGES = ("en", "de")


@cache
def names() -> Names:
    return Names(invented.register(), LANGUAGES, "Oakenholt Town Council")


def asked(text: str) -> Question:
    return understand(text, names(), TODAY, LANGUAGES)


def cases() -> Iterator[tuple[str, str, str]]:
    """The language, the question, and what should be understood; empty where nobody accepted anything yet."""
    for path in sorted(CASES.glob("*.txt")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for line, after in zip(lines, [*lines[1:], ""], strict=True):
            if line.startswith("?"):
                yield path.stem, line.removeprefix("? "), after if after[:1] not in "?#" else ""


def outline(question: Question) -> str:
    """What is understood, in one line."""
    parts = [question.kind, *(name for name in ("closed", "negated", "compares") if getattr(question, name))]
    parts += [
        f"{name} {value}"
        for name in ("choice", "role", "listed", "sought", "rung", "act", "group")
        if (value := getattr(question, name))
    ]
    parts += [f"about {told(mention)}" for mention in question.about]
    parts += [f"who {told(mention)}" for mention in question.people]
    parts += [f"besides {told(mention)}" for mention in question.besides]
    parts += [f"when {question.period.first}..{question.period.last}"] if question.period else []
    parts += [f"at {' '.join(question.sittings)}"] if question.sittings else []
    parts += [f"unknown {', '.join(question.unknown)}"] if question.unknown else []
    parts += [f"rest {question.rest}"] if question.kind in ("passages", "said", "reason") else []
    return " · ".join(filter(None, parts))


def told(mention: Mention) -> str:
    return " or ".join(f"{each.row} ({each.how})" for each in best(mention)) or f"nothing ({mention.words})"


def best(mention: Mention) -> list[object]:
    return [each for each in mention.subjects if each.score == mention.subjects[0].score]


@pytest.mark.parametrize(("language", "question", "expected"), list(cases()), ids=lambda value: str(value)[:60])
def test_a_question_is_understood_as_the_case_says(language: str, question: str, expected: str) -> None:
    understood = asked(question)
    assert outline(understood) == expected
    assert understood.language == language


TITLED = [matter for matter in invented.MATTERS if len(tokens(matter.title)) > 1]
ABOUT = ("What became of {}?", "when was {} adopted", "Did we ever decide on {}?", "{} status")


def rows(question: Question) -> set[str]:
    return {each.row for mention in question.about for each in best(mention)}  # type: ignore[attr-defined]


@given(st.sampled_from(TITLED), st.sampled_from(ABOUT), st.sampled_from([str, str.lower, str.upper]))
@settings(max_examples=60, deadline=None)
def test_a_row_is_found_under_its_own_title_in_any_case(matter, wording, case) -> None:
    assert matter.id in rows(asked(wording.format(case(matter.title))))


LONG = [(matter, token.text) for matter in TITLED for token in tokens(matter.title) if len(token.text) > 7]


@given(st.sampled_from(LONG), st.sampled_from(ABOUT), st.data())
@settings(max_examples=80, deadline=None)
def test_a_row_is_found_with_one_letter_of_a_long_word_changed(long, wording, data) -> None:
    matter, word = long
    at = data.draw(st.integers(2, len(word) - 3))
    letter = data.draw(st.sampled_from("xzqk"))
    changed = word[:at] + letter + word[at + 1 :]
    assume(not names().holding(names().stem(fold(changed))))
    assert matter.id in rows(asked(wording.format(matter.title.replace(word, changed))))


SYLLABLES = st.lists(
    st.sampled_from(["vra", "qua", "zol", "fim", "dro", "gul", "nix", "pex", "tav", "wob"]), min_size=2, max_size=4
)
INVENTED = SYLLABLES.map("".join)


@given(INVENTED, INVENTED, st.sampled_from(ABOUT))
@settings(max_examples=60, deadline=None)
def test_a_name_that_never_was_is_no_row_and_told_as_unknown(one, other, wording) -> None:
    question = asked(wording.format(f"the {one} {other}"))
    assert not rows(question)
    assert f"{one} {other}" in question.unknown


@given(st.sampled_from(TITLED), INVENTED, st.sampled_from(ABOUT))
@settings(max_examples=60, deadline=None)
def test_a_title_that_goes_on_with_a_word_nobody_knows_is_not_that_row(matter, word, wording) -> None:
    assert matter.id not in rows(asked(wording.format(f"{matter.title} {word}")))


PLAIN = [matter for matter in TITLED if not any(map(str.isdigit, matter.title))]


@given(st.sampled_from(PLAIN), INVENTED)
@settings(max_examples=60, deadline=None)
def test_what_is_only_said_beside_a_whole_name_does_not_hide_it(matter, word) -> None:
    assert matter.id in rows(asked(f"{matter.title}, if my {word} serves - what is its status?"))
    assert matter.id not in rows(asked(f"{matter.title}, or the {word.title()} thing - what is its status?"))


@given(st.sampled_from(invented.PEOPLE), st.sampled_from(["How did {} vote?", "what did {} say", "Was {} present?"]))
@settings(max_examples=40, deadline=None)
def test_a_person_is_found_under_their_own_name(person, wording) -> None:
    mentioned = asked(wording.format(person.name)).people
    assert [each.row for each in best(mentioned[0])] == [person.id]  # type: ignore[attr-defined]


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_is_understood_somehow(text) -> None:
    question = asked(text)
    assert question.text == text
    assert all(mention.words for mention in (*question.about, *question.people))


@given(st.sampled_from([question for _, question, _ in cases()]), st.randoms())
@settings(max_examples=40, deadline=None)
def test_what_is_named_does_not_depend_on_the_order_of_the_rows(question, shuffler) -> None:
    register = invented.register()
    groups = {name: list(getattr(register, name)) for name in ("people", "matters", "motions", "votes", "decisions")}
    for group in groups.values():
        shuffler.shuffle(group)
    shuffled = Names(
        type(register)(**{name: tuple(group) for name, group in groups.items()}, quorums=register.quorums),
        LANGUAGES,
        "Oakenholt Town Council",
    )
    assert rows(understand(question, shuffled, TODAY, LANGUAGES)) == rows(asked(question))


def accept() -> None:
    """Write what is understood now beside each question."""
    for path in sorted(CASES.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.startswith(("?", "#")) or not line.strip()]
        made = [
            f"{line}\n    {outline(asked(line.removeprefix('? ')))}" if line.startswith("?") else line for line in kept
        ]
        path.write_text("\n".join(made) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__" and "--accept" in sys.argv:
    accept()
