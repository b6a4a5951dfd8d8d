"""A hit is a quotation that its bytes prove; one that they do not prove is never returned."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from remembrancer.memory.cite import Hit, Renditions, check, letters
from remembrancer.memory.lookup import indexed
from remembrancer.memory.query import parse
from remembrancer.memory.search import search
from remembrancer.model import Exit, Fault, Passage, Quote, Span
from remembrancer.plain import plain
from remembrancer.ports import Indexed
from remembrancer.queries import Filters
from remembrancer.testing import MemoryIndex

NOTES = "# Märkte\n\n**AB:** We keep the *market* open, see [the plan](https://a.example/plan).\n\nCD: No.\n".encode()
NAME = sha256(NOTES).hexdigest()


def at(words: str) -> Span:
    start = NOTES.index(words.encode())
    return Span(start, start + len(words.encode()))


def passage(id: str, *words: str, **fields: str) -> Indexed:
    spans = tuple(at(part) for part in words)
    found = Passage(id, 0, "speech", "town", NAME, NAME, spans, language="en", path="notes.md", **fields)
    return indexed(found, plain([NOTES[span.start : span.end].decode() for span in spans]))


MARKET = passage("s1", " We keep the *market* open, see [the plan](", ").", place="line 3", speaker="AB", item="i1")


def index_of(*entries: Indexed) -> MemoryIndex:
    index = MemoryIndex()
    with index.writing() as batch:
        batch.add(entries)
        batch.commit(1)
    return index


def renditions(data: bytes = NOTES) -> Renditions:
    return Renditions({NAME: data}.__getitem__)


def test_a_hit_quotes_its_spans_and_its_text_is_made_of_them() -> None:
    [hit] = search([index_of(MARKET)], renditions(), parse("market plan"), Filters())
    assert hit.text == "We keep the market open, see the plan."
    assert (hit.id, hit.place, hit.speaker, hit.item, hit.path) == ("s1", "line 3", "AB", "i1", "notes.md")
    assert all(NOTES[span.start : span.end].decode() == span.quote for span in hit.spans)
    assert letters(hit.text) == letters("".join(span.quote for span in hit.spans))


def test_hits_of_several_indexes_are_ranked_together() -> None:
    closed = index_of(passage("s2", "CD: No.", visibility="members"), passage("s3", "Märkte", visibility="members"))
    filters = Filters(visible=frozenset({"open", "members"}))
    hits = search([index_of(MARKET), closed], renditions(), parse("market OR no"), filters, 5)
    assert {hit.id for hit in hits} == {"s1", "s2"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(search([index_of(MARKET), closed], renditions(), parse("market OR no"), filters, 1)) == 1


@pytest.mark.parametrize("data", [NOTES.replace(b"keep", b"shut"), NOTES + b" ", b""])
def test_bytes_that_are_not_those_of_their_name_are_never_quoted(data: bytes) -> None:
    with pytest.raises(Fault) as failed:
        search([index_of(MARKET)], renditions(data), parse("market"), Filters())
    assert failed.value.exit_code is Exit.CHECK_FAILED
    assert NAME in failed.value.what


def test_bytes_that_are_gone_are_never_quoted() -> None:
    with pytest.raises(Fault) as failed:
        search([index_of(MARKET)], Renditions({}.__getitem__), parse("market"), Filters())
    assert failed.value.exit_code is Exit.CHECK_FAILED


@pytest.mark.parametrize("span", [Span(0, 10_000), Span(3, 4), Span(9, 4), Span(-5, 4)])
def test_a_span_that_the_bytes_do_not_hold_fails_naming_source_and_place(span: Span) -> None:
    wrong = MARKET._replace(passage=MARKET.passage._replace(spans=(span,)))
    with pytest.raises(Fault, match=r"notes\.md, line 3") as failed:
        search([index_of(wrong)], renditions(), parse("market"), Filters())
    assert failed.value.exit_code is Exit.CHECK_FAILED


def proven() -> Hit:
    [hit] = search([index_of(MARKET)], renditions(), parse("market"), Filters())
    return hit


def test_the_check_passes_what_is_true() -> None:
    assert check(proven(), NOTES) == ""


def test_the_check_catches_an_altered_quotation_span_or_text() -> None:
    hit = proven()
    first, *rest = hit.spans
    altered = [
        replace(hit, spans=(replace(first, quote=first.quote.replace("keep", "shut")), *rest)),
        replace(hit, spans=(replace(first, start=first.start + 1), *rest)),
        replace(hit, spans=(Quote(NAME, NAME, 0, 10**6, first.quote), *rest)),
        replace(hit, text=hit.text + " Agreed."),
        replace(hit, text=hit.text.replace("open", "pone")),
    ]
    assert all(check(wrong, NOTES) for wrong in altered)


def test_renditions_are_read_once_and_the_least_used_forgotten() -> None:
    blobs = {sha256(data).hexdigest(): data for data in (b"a" * 60, b"b" * 60, b"c" * 60)}
    loads: list[str] = []

    def load(name: str) -> bytes:
        loads.append(name)
        return blobs[name]

    kept = Renditions(load, limit=130)
    one, two, three = blobs
    for name in (one, two, one, three, one, two):
        assert kept.get(name) == blobs[name]
    assert loads == [one, two, three, two]
    kept.forget(two)
    kept.get(two)
    assert loads[-1] == two and len(loads) == 5
