"""Laws of the truth of answers: every quotation is the bytes its principal may read, nothing is told from after the day
asked for, and what was removed is gone from whatever is told or kept."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marlow import APRIL, CLOSED, MARCH, MIXED, PARTS, closed_by_ruling, founded, questions, read

from remembrancer.interfaces import shapes
from remembrancer.memory.cite import letters
from remembrancer.model import OWNER, PUBLIC, Exit, Fault, Principal, Quote
from remembrancer.office import Office
from remembrancer.office.asking import watching
from remembrancer.office.asking.answering import Told, ask, names_of
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import keeping
from remembrancer.office.registers.registrar import register_of
from remembrancer.office.showing.auditing import blob
from remembrancer.plain import plain
from remembrancer.read.dates import days

MEMBER = Principal("member:Ada Quill")
CLERK = Principal("role:clerk")
PRINCIPALS = (PUBLIC, MEMBER, CLERK, OWNER)
QUESTIONS = tuple(questions())
TOKEN = re.compile(r"[^\W_]+")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Open minutes, minutes with a closed item, and closed ones."""
    with filled(tmp_path_factory.mktemp("proof")) as made:
        yield made


def filled(directory: Path, parts: str = PARTS) -> Office:
    office = founded(directory / "office")
    bureau, papers = office.body(), directory / "papers"
    read(bureau, papers, {"minutes/2024-03-05.md": MARCH, "minutes/2024-04-09.md": APRIL})
    read(bureau, papers, {"minutes/2024-06-11.md": MIXED.format(title="Narwhal purchase", words=parts)})
    closed_by_ruling(bureau, "existence")
    read(bureau, papers, {"minutes/2024-05-14.md": CLOSED}, "role:clerk")
    return office


def quotations(told: Told) -> Iterator[tuple[tuple[Quote, ...], str | None]]:
    """All that is quoted, with the text that is made of it where there is one."""
    for fact in (*told.facts, *told.conflicts):
        yield fact.spans, None
    for hit in (*told.answer, *(each.speech for each in told.debate)):
        yield hit.spans, hit.text
        yield ((hit.window,) if hit.window else ()), None
    for each in told.debate:
        yield each.shown_by, None
    for claim in told.reported:
        yield claim.spans, None


def dates(told: Told) -> Iterator[str]:
    """The dates of all that is told."""
    yield from (fact.date for fact in (*told.facts, *told.conflicts))
    yield from (hit.date for hit in told.answer)
    yield from (each.speech.date for each in told.debate)


@pytest.mark.parametrize("principal", PRINCIPALS, ids=lambda each: each.name)
def test_every_quotation_is_the_bytes_of_a_text_that_its_reader_may_read(office: Office, principal: Principal) -> None:
    bureau, blobs = office.body(), {}
    checked = 0
    for question in QUESTIONS:
        for spans, text in quotations(ask(bureau, principal, question)):
            for span in spans:
                if span.rendition not in blobs:
                    blobs[span.rendition] = blob(bureau, principal, span.rendition)
                assert blobs[span.rendition][span.start : span.end] == span.quote.encode()
                checked += 1
            if text is not None:
                assert text == plain([span.quote for span in spans])
    assert checked > 100


def test_an_id_of_something_closed_is_refused_as_one_that_never_was(office: Office) -> None:
    bureau = office.body()
    for principal in (PUBLIC, MEMBER):
        seen = {row.id for row in register_of(bureau, principal).rows()}
        closed = [row.id for row in register_of(bureau, OWNER).rows() if row.id not in seen]
        assert closed
        for identity in closed:
            never = f"{identity.partition('-')[0]}-aaaaaaaaaaaaaaaa"
            said = [refusal(bureau, principal, each).replace(each, "ID") for each in (identity, never)]
            assert said[0] == said[1]
            assert "ID" in said[0]


def refusal(bureau: Bureau, principal: Principal, about: str) -> str:
    with pytest.raises(Fault) as raised:
        ask(bureau, principal, "What was decided?", about=about)
    assert raised.value.exit_code == Exit.REFUSED
    return f"{raised.value.what} {raised.value.advice}"


@pytest.mark.parametrize("as_of", ["2024-03-04", "2024-03-31", "2024-05", "2024"])
def test_nothing_that_is_told_is_of_after_the_day_asked_for(office: Office, as_of: str) -> None:
    limit = days(as_of)
    assert limit is not None
    for question in QUESTIONS[::2]:
        told = ask(office.body(), OWNER, question, as_of)
        for date in filter(None, dates(told)):
            held = days(date)
            assert held is not None
            assert held.first <= limit.last, (question, told.sentence)
        if as_of == "2024-03-04":
            assert told.status == "silent", (question, told)


def test_of_a_closed_item_the_public_is_told_title_day_and_ground_and_nothing_else(office: Office) -> None:
    told = ask(office.body(), PUBLIC, "What was decided about the purchase?")
    assert told.status == "silent"
    assert told.sentence.endswith(
        "Of “A purchase”, on 11 June 2024, the open record shows no more than that it is closed: standing order 3."
    )
    assert not (told.facts or told.answer or told.debate or told.conflicts or told.readings)
    assert "A purchase" not in ask(office.body(), PUBLIC, "What of the purchase?", "2024-06-10").sentence
    assert "A purchase" not in ask(office.body(), MEMBER, "What was decided about the purchase?").sentence


def unproven(told: Told) -> list[str]:
    """Numbers of sentence and value that stand neither in a quotation nor in a date and count nothing that is shown."""
    quoted = " ".join(span.quote for spans, _ in quotations(told) for span in spans)
    dated = " ".join(dates(told)).replace("-", " ")
    known = {each.lstrip("0") for each in TOKEN.findall(f"{quoted} {dated}")}
    spans = sum(len(fact.spans) for fact in told.facts)
    counts = {str(number) for number in range(max(spans, len(told.facts), len(told.answer)) + 1)}
    value = " ".join(told.value) if isinstance(told.value, tuple) else str(told.value or "")
    said = [] if told.kind == "passages" or told.status != "answered" else TOKEN.findall(f"{told.sentence} {value}")
    return [each for each in said if each.isdigit() and each.lstrip("0") not in known | counts]


@pytest.mark.parametrize("principal", [PUBLIC, OWNER], ids=lambda each: each.name)
def test_every_number_that_is_told_is_quoted_or_a_date_or_a_count(office: Office, principal: Principal) -> None:
    answers = [ask(office.body(), principal, each) for each in QUESTIONS]
    assert not [(each.question, each.sentence, wrong) for each in answers if (wrong := unproven(each))]


# What was removed


def removed(office: Office) -> tuple[Bureau, str]:
    """Ask and watch what is closed, then redact it; the bureau and the item's id."""
    bureau = office.body()
    for query, is_question in (("What was decided about the narwhal purchase?", True), ("hide", False)):
        watching.add(bureau, office.work, OWNER, query, question=is_question)
    keeping.redact(bureau, OWNER, bureau.catalog.sources()[-1].sha, "Court order 6")
    for ran in watching.run(bureau, office.work, OWNER):
        watching.noted(office.work, ran)
    names_of(bureau, register_of(bureau, OWNER), frozenset({"en"}))
    item = next(row for row in register_of(bureau, OWNER).decisions if row.number == "2024/92").item
    keeping.redact(bureau, OWNER, item, "Court order 7")
    return bureau, item


def test_what_was_redacted_is_told_by_nobody_and_kept_in_no_file(tmp_path: Path) -> None:
    """In the process that redacts, in its memory, and in one that opens the office afterwards."""
    with filled(tmp_path) as office:
        removed(office)
        gone = ["That Resolution 2024/6 is repealed and", "it bites", "feed the"]
        for again in (office, Office(office.directory)):
            told = [ask(again.body(), OWNER, each) for each in QUESTIONS[::3]]
            told += [ran.news for ran in watching.run(again.body(), again.work, OWNER)]
            said = repr(told)
            assert not [words for words in gone if words in said]
            again.close()
        kept = [path for path in office.directory.rglob("*") if path.is_file()]
        assert not [(path, words) for path in kept for words in gone if words.encode() in path.read_bytes()]


def test_a_watch_tells_that_an_answer_changed_whose_words_it_had_to_forget(tmp_path: Path) -> None:
    with filled(tmp_path) as office:
        removed(office)
        first, other = [ran.news for ran in watching.run(office.body(), office.work, OWNER)]
        assert first.before is not None
        assert (first.before.status, first.before.sentence) == ("answered", watching.FORGOTTEN)
        shapes.dump("watch-run", [first, other])


def test_nothing_that_was_redacted_stays_in_memory(tmp_path: Path) -> None:
    with filled(tmp_path, PARTS.replace("Obadiah Crake", "Ignatius Vole")) as office:
        assert names_of(office.body(), register_of(office.body(), OWNER), frozenset({"en"}))
        words = "repealed and Ignatius Vole"
        assert list(holders(words))
        removed(office)
        gc.collect()
        assert not list(holders(words))


def holders(words: str) -> Iterator[Any]:
    """What of the program's own types holds a text with these words."""
    for each in gc.get_objects():
        if str(type(each).__module__).startswith("remembrancer.") and any(
            isinstance(part, str) and words in part for part in gc.get_referents(each)
        ):
            yield each


def test_those_who_may_see_are_told(office: Office) -> None:
    """The failing case of the laws above: whoever may read what is closed is told of it."""
    assert "Zelda Wyvern" in repr(ask(office.body(), CLERK, "Who moved the narwhal purchase?"))
    assert letters("be painted green") in letters(repr(ask(office.body(), PUBLIC, "What of the heron hide?")))
