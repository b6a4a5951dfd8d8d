"""Laws of Ask: the answer with its evidence, what is worked out called so, and silence said with what to try."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from remembrancer.memory.cite import Hit
from remembrancer.model import PUBLIC, Authority, Quote
from remembrancer.office import Office
from remembrancer.office.asking.answering import FactView, Speaking, Told, ask
from remembrancer.office.registers.registered_views import ClaimView
from tests.web.conftest import SLUG

QUESTIONS = (
    "What was the vote on the floodlights?",
    "What was decided about the Mill Lane footbridge?",
    "Who was present on 19 March 2024?",
    "How did Cllr Ashdown vote on the skate park?",
    "What was said about barbecues?",
    "Who is Margaret Hale?",
)


def text_of(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


def told(office_directory: Any, question: str) -> Told:
    with Office(office_directory) as office:
        return ask(office.body(), PUBLIC, question)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_page_says_what_the_terminal_says(
    browser_as: Callable[..., Any], office_directory: Any, question: str
) -> None:
    answer = told(office_directory, question)
    page = text_of(browser_as().get(f"/{SLUG}/", {"q": question}))
    assert answer.sentence in page
    for hit in answer.answer:
        assert f'href="/{SLUG}/id/{hit.id}"' in page
    for reading in answer.readings:
        assert reading.title in page
    for speaking in answer.debate:
        assert f'href="/{SLUG}/id/{speaking.speech.id}"' in page


def test_one_of_several_readings_is_chosen_by_a_link(browser_as: Callable[..., Any], office_directory: Any) -> None:
    answer = told(office_directory, "How did Margaret Hale vote on the skate park?")
    assert answer.status == "ambiguous"
    browser = browser_as()
    page = text_of(browser.get(f"/{SLUG}/", {"q": answer.question}))
    for reading in answer.readings:
        assert f"about={reading.row}" in page
        chosen = browser.get(f"/{SLUG}/", {"q": answer.question, "about": reading.row})
        assert "Which do you mean?" not in text_of(chosen)


def test_silence_says_what_can_be_tried_and_invents_nothing(browser_as: Callable[..., Any]) -> None:
    page = text_of(browser_as().get(f"/{SLUG}/", {"q": "What was decided about dragons?"}))
    assert "silent on" in page
    assert "What you can try" in page
    assert "<blockquote" not in page


def test_the_examples_are_about_the_register_and_are_answered(browser_as: Callable[..., Any]) -> None:
    browser = browser_as()
    page = text_of(browser.get(f"/{SLUG}/"))
    asked = re.findall(r'class="title" href="(\?q=[^"]+)"', page)
    assert len(asked) == 3
    for query in asked:
        assert "silent on" not in text_of(browser.get(f"/{SLUG}/{query}"))


def test_a_day_bounds_what_is_looked_at_and_what_is_no_day_is_a_sentence(browser_as: Callable[..., Any]) -> None:
    browser, question = browser_as(), "What was the vote on the floodlights?"
    assert "yes 5, no 5" in text_of(browser.get(f"/{SLUG}/", {"q": question}))
    before = text_of(browser.get(f"/{SLUG}/", {"q": question, "as-of": "2023-01-01"}))
    assert ("yes 5, no 5" in before, "What you can try" in before) == (False, True)
    wrong = browser.get(f"/{SLUG}/", {"q": question, "as-of": "soon"})
    assert (wrong.status_code, "is no date" in text_of(wrong)) == (400, True)


def test_who_is_signed_in_can_watch_the_question(browser_as: Callable[..., Any]) -> None:
    question = {"q": "What was the vote on the floodlights?"}
    assert "Watch this question" not in text_of(browser_as().get(f"/{SLUG}/", question))
    assert "Watch this question" in text_of(browser_as("member").get(f"/{SLUG}/", question))


def test_the_rooms_are_those_that_may_be_entered(browser_as: Callable[..., Any]) -> None:
    assert f'href="/{SLUG}/watches"' not in text_of(browser_as().get(f"/{SLUG}/"))
    assert f'href="/{SLUG}/watches"' in text_of(browser_as("member").get(f"/{SLUG}/"))


def test_look_and_language_are_kept_in_cookies_and_nothing_else_is_set(browser_as: Callable[..., Any]) -> None:
    browser = browser_as()
    assert not browser.get(f"/{SLUG}/").cookies
    kept = browser.post("/look", {"look": "dark", "language": "de", "next": f"/{SLUG}/"})
    assert (kept.status_code, kept.headers["Location"]) == (303, f"/{SLUG}/")
    page = text_of(browser.get(f"/{SLUG}/"))
    assert '<html lang="de" dir="ltr" data-look="dark">' in page
    assert "Die Akten fragen" in page
    away = browser.post("/look", {"look": "", "language": "en", "next": "https://elsewhere.example/"})
    assert away.headers["Location"] == "/"


def test_the_house_has_its_own_words(django: None) -> None:
    from django.utils.translation import override

    from remembrancer.interfaces.web.showing.words import words_of

    class Housed:
        def house_toml(self) -> str:
            return '[pages.en]\nsitting = ["meeting", "meetings"]\n'

    with override("en"):
        words = words_of(Housed())  # type: ignore[arg-type]
    assert (words["sittings"], words["decision"]) == ("meetings", "decision")


def test_what_differs_stands_side_by_side_what_is_worked_out_and_what_is_hearsay_is_called_so(django: None) -> None:
    page = re.sub("</?mark>", "", shown(invented()))
    assert "The record says two things" in page
    assert page.index("the bridge costs £300") < page.index("the bridge costs £400")
    assert "worked out from prose" in page
    assert re.search(r'class="label warn">draft<', page)
    assert "Said against it" in page
    assert "as far as the words show" in page
    assert "B. Bell ← C. Cole" in page
    assert "2 independent origins" in page


def invented() -> Told:
    """An answer in which there is everything that an answer can have."""

    def quotes(words: str) -> tuple[Quote, ...]:
        return (Quote("a" * 64, "b" * 64, 0, len(words), words),)

    def hit(identity: str, words: str) -> Hit:
        where = ("line 3", "A. Able", "", "2031-05-01", "")
        return Hit(identity, "speech", words, *where, "approved", 1.0, "minutes/2031.md", quotes(words))

    def fact(value: str, authority: Authority) -> FactView:
        words = quotes(f"the bridge costs {value}")
        what = ("amount", value, "decision-aaaaaaaaaaaaaaaa", "The bridge", "2031-05-01")
        return FactView(*what, False, False, authority, "minutes/2031.md", "line 3", words)

    return Told(
        "How much is the bridge?",
        "answered",
        "amount",
        "£300",
        "The record gives £300.",
        (hit("decision-aaaaaaaaaaaaaaaa", "the bridge costs £300"),),
        (fact("£300", "approved"),),
        (fact("£400", "draft"),),
        (Speaking("against", "voted no", False, (), hit("speech-aaaaaaaaaaaaaaaa", "It is too dear.")),),
        (),
        (ClaimView("the old bridge fell", (("B. Bell", "C. Cole"),), ("x", "y"), ()),),
    )


def shown(answer: Told) -> str:
    from django.template.loader import render_to_string
    from django.utils.translation import override

    from remembrancer.interfaces.web.pages import asking

    context = {"slug": SLUG, "question": answer.question, **asking.answer(answer)}
    with override("en"):
        return unescape(render_to_string("pages/answer.html", context))
