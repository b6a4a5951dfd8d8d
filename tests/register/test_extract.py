"""Extraction: the same for the same document; a fault of ours costs nobody their register."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from remembrancer.read.house import DEFAULT
from remembrancer.register import extract as extraction
from remembrancer.register.document import Document, read_document
from remembrancer.register.extract import PASSES, extract
from remembrancer.register.facts import AnyFact, Noticed, Voted

MINUTES = b"""# Alder Parish Council, 3 May 2031

## 1. Gate

Proposed by Cllr Ann Able, seconded by Cllr Bo Baker: that the gate be oiled. The motion was carried by 4 votes to 2.
"""


def failing(document: Document, found: Sequence[AnyFact]) -> list[AnyFact]:
    raise ValueError("no such gate")


@pytest.fixture
def document() -> Document:
    return read_document(MINUTES, "minutes/2031-05-03.md", DEFAULT)


def test_the_same_document_gives_the_same_facts(document: Document) -> None:
    assert extract(document) == extract(read_document(MINUTES, "minutes/2031-05-03.md", DEFAULT))


def test_no_two_facts_of_a_document_have_one_id(document: Document) -> None:
    ids = [fact.id for fact in extract(document)]
    assert len(ids) == len(set(ids))


def test_a_pass_that_fails_is_said_and_the_others_find_what_they_find(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "PASSES", (failing, *PASSES))
    with pytest.raises(ValueError, match="no such gate"):
        extract(document)
    facts = extract(document, forgiving=True)
    (fault,) = [fact for fact in facts if isinstance(fact, Noticed)]
    assert fault.code == "pass-fault"
    assert "no such gate" in fault.message
    assert any(isinstance(fact, Voted) for fact in facts)
