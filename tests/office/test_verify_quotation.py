"""Laws of checking a quotation: what the record says holds, wherever it is looked for; one letter, sign or cut word
more does not; and nobody learns by asking what is closed to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from marlow import APRIL, CLOSED, MARCH, founded, read

from remembrancer.model import OWNER, PUBLIC, Exit, Fault
from remembrancer.office.asking.quoting import LONGEST, verify_quotation
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.registrar import register_of
from remembrancer.plain import plain
from remembrancer.queries import Filters

SAID = "I cannot support this proposal, since the bats of the towpath would leave and never come back."
OPEN = {
    "minutes/2024-03-05.md": MARCH,
    "minutes/2024-04-09.md": APRIL,
    "minutes/2024-06-11.md": "# Marlow Reach Board, 11 June 2024\n\n**Ada Quill:** It is *quite* unable to\nfloat.\n",
}


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    directory = tmp_path_factory.mktemp("quoting")
    with founded(directory / "office") as made:
        read(made.body(), directory / "papers", OPEN)
        read(made.body(), directory / "closed", {"minutes/2024-05-14.md": CLOSED}, "members")
        yield made.body()


def test_every_hit_of_a_search_can_be_quoted_by_its_words_its_id_or_its_span(bureau: Bureau) -> None:
    hits = bureau.search(OWNER, "towpath OR lamps OR board", Filters(), 100)
    assert len(hits) > 5
    for hit in hits:
        assert verify_quotation(bureau, OWNER, hit.text).holds
        told = verify_quotation(bureau, OWNER, hit.text, identity=hit.id)
        assert told.holds
        assert told.id == hit.id
        assert verify_quotation(bureau, OWNER, hit.text, rendition=hit.spans[0].rendition).holds
        for span in hit.spans:
            exact = verify_quotation(bureau, OWNER, span.quote, span.rendition, span.start, span.end)
            assert (exact.how, exact.where) == ("exact", (span,))


def test_what_is_quoted_leads_back_to_its_bytes(bureau: Bureau) -> None:
    for quote in (SAID, SAID[:30].rpartition(" ")[0], "It is quite unable to float."):
        told = verify_quotation(bureau, PUBLIC, quote)
        assert told.holds
        for span in told.where:
            assert bureau.renditions.get(span.rendition)[span.start : span.end] == span.quote.encode()
        read_there = plain([span.quote for span in told.where]).replace("*", "")
        assert read_there.rstrip(".") == quote.rstrip(".")


@pytest.mark.parametrize("at", range(2, len(SAID), 7))
def test_one_letter_that_differs_is_told_with_what_stands_there(bureau: Bureau, at: int) -> None:
    if not SAID[at].isalnum():
        return
    altered = f"{SAID[:at]}{'q' if SAID[at] != 'q' else 'z'}{SAID[at + 1 :]}"
    told = verify_quotation(bureau, PUBLIC, altered)
    assert (told.holds, told.differs) == (False, "letters")
    assert plain([span.quote for span in told.nearest]).rstrip(".") == SAID.rstrip(".")


def test_a_sign_that_differs_is_told(bureau: Bureau) -> None:
    told = verify_quotation(bureau, PUBLIC, SAID.replace(",", ""))
    assert (told.holds, told.differs) == (False, "signs")


@pytest.mark.parametrize("quote", ["able to float", "quite unable to flo", "he bats of the towpath"])
def test_no_word_is_cut(bureau: Bureau, quote: str) -> None:
    assert not verify_quotation(bureau, PUBLIC, quote).holds


def test_words_that_stand_elsewhere_are_not_this_speech_s(bureau: Bureau) -> None:
    hit = bureau.search(PUBLIC, "bats", Filters(), 1)[0]
    assert not verify_quotation(bureau, PUBLIC, "the osier bed", identity=hit.id).holds
    assert verify_quotation(bureau, PUBLIC, "the osier bed").holds


def test_the_words_that_prove_a_row_may_be_quoted_by_its_id(bureau: Bureau) -> None:
    decision = next(row for row in register_of(bureau, PUBLIC).decisions if row.number == "2024/3")
    told = verify_quotation(bureau, PUBLIC, "That £1,200 be allocated for lamps on the towpath.", identity=decision.id)
    assert told.holds
    assert told.id == decision.id
    assert not verify_quotation(bureau, PUBLIC, "That £2,200 be allocated", identity=decision.id).holds


def test_a_sitting_and_a_source_are_looked_through_whole(bureau: Bureau) -> None:
    hit = bureau.search(PUBLIC, "bats", Filters(), 1)[0]
    assert verify_quotation(bureau, PUBLIC, SAID, identity=hit.sitting).id == hit.id
    assert verify_quotation(bureau, PUBLIC, SAID, identity=hit.spans[0].source).id == hit.id


def test_what_is_closed_is_absent_and_its_ids_are_nobody_s(bureau: Bureau) -> None:
    hits = [hit for hit in bureau.search(OWNER, "", Filters(), 100) if not _seen_by_public(bureau, hit.id)]
    assert hits
    for hit in hits:
        if len(hit.text.split()) > 5:
            told = verify_quotation(bureau, PUBLIC, hit.text)
            assert not told.holds
        for named in ({"identity": hit.id}, {"rendition": hit.spans[0].rendition}, {"identity": hit.sitting}):
            with pytest.raises(Fault) as closed:
                verify_quotation(bureau, PUBLIC, hit.text, **named)
            with pytest.raises(Fault) as none:
                verify_quotation(bureau, PUBLIC, hit.text, **{key: _other(value) for key, value in named.items()})
            assert closed.value.exit_code == none.value.exit_code == Exit.REFUSED
            assert closed.value.advice == none.value.advice


def _seen_by_public(bureau: Bureau, identity: str) -> bool:
    return identity in {hit.id for hit in bureau.search(PUBLIC, "", Filters(), 1000)}


def _other(name: str) -> str:
    return name[:-1] + ("a" if name[-1] != "a" else "b")


@pytest.mark.parametrize("quote", ["", " … ", "?!", "x" * (LONGEST + 1)])
def test_what_has_no_words_or_too_many_is_no_quotation(bureau: Bureau, quote: str) -> None:
    with pytest.raises(Fault) as fault:
        verify_quotation(bureau, PUBLIC, quote)
    assert fault.value.exit_code == Exit.USAGE


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (10**12, None), (5, 5), (9, 2)])
def test_a_span_outside_of_the_text_holds_nothing(bureau: Bureau, start: int, end: int | None) -> None:
    hit = bureau.search(PUBLIC, "bats", Filters(), 1)[0]
    told = verify_quotation(bureau, PUBLIC, "bats", hit.spans[0].rendition, start, end)
    assert (told.holds, told.differs) == (False, "absent")
