"""*Ask*: one box, the answer with its evidence, or silence said kindly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _

from remembrancer.interfaces.web.admitting import faults
from remembrancer.interfaces.web.admitting.asking import Asking, asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.typed import day
from remembrancer.interfaces.web.showing.quoting import Excerpt, Shown, answered, proving, quoted, whole
from remembrancer.interfaces.web.showing.words import quoted_in
from remembrancer.model import Fault
from remembrancer.office.asking import answering
from remembrancer.office.asking.answering import FactView, Speaking, Told
from remembrancer.office.asking.suggesting import examples

LIMIT = 5
"""Passages shown of an answer."""

FEW = 3
"""Most rows that the sentence tells one by one."""

SIDES = ("for", "against", "")


class Row(NamedTuple):
    """What the facts of one row on one day say."""

    first: FactView
    values: tuple[str, ...]


class Conflict(NamedTuple):
    """A fact of another document that says otherwise, in its words."""

    fact: FactView
    words: Excerpt


class Speech(NamedTuple):
    """A speech of the debate, and why it stands on its side."""

    quotation: Shown
    speaking: Speaking


class Side(NamedTuple):
    """The speeches for, against, or on neither side."""

    stance: str
    speeches: tuple[Speech, ...]


def ask(request: HttpRequest, body: str) -> HttpResponse:
    """The box, and under it the answer to ``q`` as of ``as-of``, about the row ``about`` where one was chosen."""
    asking = asking_of(request)
    question, as_of = request.GET.get("q", "").strip(), day(request.GET.get("as-of", ""))
    shown: dict[str, Any] = {"question": question, "as_of": as_of}
    if not question:
        return render(request, "pages/ask.html", shown | {"examples": example_questions(asking)})
    about = request.GET.get("about", "")
    try:
        told = answering.ask(asking.bureau, asking.principal, question, as_of, LIMIT, about)
    except Fault as fault:
        return faults.told(request, fault, faults.LOOKING)
    return render(request, "pages/ask.html", shown | answer(told))


def answer(told: Told) -> dict[str, Any]:
    """What the page shows of an answer."""
    return {
        "told": told,
        "in_question": quoted_in(told.language),
        "rows": rows(told),
        "inferred": any(not fact.stated and not fact.confirmed for fact in told.facts),
        "evidence": list(_evidence(told)),
        "conflicts": [Conflict(fact, quoted(fact.spans[:1], "", [fact.value])) for fact in told.conflicts],
        "debate": list(_debate(told.debate)),
    }


def rows(told: Told) -> list[Row]:
    """The facts of each row and day, where these are many and the sentence does not tell them all."""
    by_row: dict[tuple[str, str], list[FactView]] = {}
    for fact in told.facts:
        by_row.setdefault((fact.row, fact.date), []).append(fact)
    if len(by_row) <= FEW or all(fact.value in told.sentence for fact in told.facts):
        return []
    return [Row(facts[0], tuple(dict.fromkeys(fact.value for fact in facts))) for facts in by_row.values()]


def example_questions(asking: Asking) -> list[str]:
    """Questions about the latest rows of the register, in a language that the documents are in."""
    found = examples(asking.bureau, asking.principal)
    if not any(found):
        return []
    languages = asking.bureau.languages(asking.principal)
    own = (translation.get_language() or "en").partition("-")[0]
    language = own if own in languages else next(iter(sorted(languages & {"de", "en"})), own)
    with translation.override(language):
        asked = (
            _("What was decided on “%s”?") % found.decided if found.decided else "",
            _("What was the vote on “%s”?") % found.voted if found.voted else "",
            _("What did %s say?") % found.mover if found.mover else "",
        )
    return [question for question in asked if question]


def _evidence(told: Told) -> Iterator[Shown]:
    """The words that prove the facts, or the passages where words answer."""
    for hit in told.answer:
        facts = [fact for fact in told.facts if fact.row == hit.id]
        if facts:
            yield proving(hit, told.question, [fact.value for fact in facts], facts[0].title)
        else:
            yield answered(hit, told.question)


def _debate(debate: Sequence[Speaking]) -> Iterator[Side]:
    for stance in SIDES:
        speeches = tuple(
            Speech(Shown(whole(each.speech.text), each.speech), each) for each in debate if each.stance == stance
        )
        if speeches:
            yield Side(stance, speeches)


urls = [path("", ask, name="ask")]
ROUTES: Routes = {"ask": "everyone"}
