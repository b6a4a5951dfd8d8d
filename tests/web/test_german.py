"""Laws of a language beside English: whoever looks at a page in German reads no English of the program, and what the
office says in English is said in German or marked as English."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from babel.messages.pofile import read_po

from tests.web.conftest import SLUG
from tests.web.test_every_page import ROLES, addresses

CATALOG = (
    Path(__file__).resolve().parents[2]
    / "remembrancer"
    / "interfaces"
    / "web"
    / "locale"
    / "de"
    / "LC_MESSAGES"
    / "django.po"
)
SPOKEN = ("aria-label", "title", "placeholder", "alt", "value")


@pytest.fixture(scope="module")
def english() -> frozenset[str]:
    """The texts of the pages that are others in German."""
    with CATALOG.open("rb") as file:
        catalog = read_po(file, locale="de")
    singular = {each.id: each.string for each in catalog if isinstance(each.id, str) and each.id and " " in each.id}
    return frozenset(text for text, german in singular.items() if german != text)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_shows_english_words_of_the_program(
    browser_as: Callable[..., Any], english: frozenset[str], role: str
) -> None:
    left = {
        address: found
        for address, page in pages(browser_as(role))
        if (found := sorted({text for text in texts(page) if text in english}))
    }
    assert left == {}


def pages(browser: Any) -> Iterator[tuple[str, Any]]:
    """Every page that has an address of its own, and one of each kind that they lead to, in German."""
    from django.urls import Resolver404, resolve

    waiting = deque(sorted(set(addresses())))
    seen: set[str] = set()
    while waiting:
        address = waiting.popleft().partition("#")[0]
        try:
            name = resolve(address.partition("?")[0]).view_name
        except Resolver404:
            continue
        if name in seen or "logout" in name:
            continue
        seen.add(name)
        answer = browser.get(address, headers={"accept-language": "de"})
        if answer.status_code != 200 or answer.streaming:
            continue
        if answer.content.lstrip().startswith(b"<!doctype"):
            page: Any = lxml.html.document_fromstring(answer.content.decode())
            waiting.extend(each for each in page.xpath("//a/@href") if each.startswith("/"))
            yield address, page


def texts(page: Any) -> Iterator[str]:
    """What a page says, without quotations, code and what it marks as English."""
    assert page.get("lang") == "de"
    for each in page.iter():
        if not isinstance(each.tag, str) or each.xpath(
            "ancestor-or-self::*[self::script or self::textarea or self::pre or self::blockquote or @lang='en']"
        ):
            continue
        yield from (told.strip() for told in (each.text, *(child.tail for child in each)) if told)
        yield from (each.get(name, "").strip() for name in SPOKEN)


def test_the_language_of_what_is_quoted_is_told(browser_as: Callable[..., Any]) -> None:
    answer = browser_as().get(f"/{SLUG}/search?q=footbridge", headers={"accept-language": "de"})
    page: Any = lxml.html.document_fromstring(answer.content.decode())
    quotations = page.xpath("//blockquote")
    assert quotations
    assert {each.get("lang") for each in quotations} == {"en"}


OWN_WORDS = """
[pages.en]
sitting = ["meeting", "meetings"]
[pages.de]
sitting = ["Zusammenkunft", "Zusammenkünfte"]
"""


class Bureau:
    """One whose house has words of its own."""

    def house_toml(self) -> str:
        return OWN_WORDS


def test_a_house_has_its_own_words_in_each_language(django: None) -> None:
    from django.utils.translation import override

    from remembrancer.interfaces.web.showing.words import words_of

    bureau: Any = Bureau()
    for language, one, several in (("en", "meeting", "meetings"), ("de", "Zusammenkunft", "Zusammenkünfte")):
        with override(language):
            words = words_of(bureau)
        assert (words["sitting"], words["sittings"]) == (one, several)


SENTENCES = [
    ("In force from its adoption.", "In Kraft ab dem Beschluss."),
    ("line 120", "Zeile 120"),
    (
        "9 for, 2 against; a majority of those voting: at least 6; carried",
        "9 dafür, 2 dagegen; Mehrheit (Abstimmende): mindestens 6; angenommen",
    ),
    (
        "8 of 12 seats are present; the quorum is 1/3 of the seats: 4; met",
        "8 von 12 sind anwesend (Sitze); beschlussfähig mit: 1/3 (Sitze), also 4; gegeben",
    ),
    (
        "Was the motion “Bench” carried?",
        "Wurde der Antrag “Bench” angenommen?",
    ),
]


@pytest.mark.parametrize(("told", "german"), SENTENCES)
def test_a_sentence_of_the_office_is_said_in_the_page_s_language(django: None, told: str, german: str) -> None:
    from remembrancer.interfaces.web.showing.sayings import said

    assert said(told, "de") == german


def test_a_sentence_that_the_language_has_not_is_marked_as_english(django: None) -> None:
    from django.utils.translation import override

    from remembrancer.interfaces.web.templatetags.record import said

    with override("de"):
        assert said("Something <new>.") == '<span lang="en">Something &lt;new&gt;.</span>'
    with override("en"):
        assert said("Something new.") == "Something new."


def test_every_saying_is_found_again_with_its_places_filled(django: None) -> None:
    from remembrancer.interfaces.web.showing.sayings import EVERY, said

    for saying in EVERY:
        places = {name: "7" if len(name) == 1 else "repeals" if name == "verb" else "2024" for name in names(saying)}
        assert said(saying % places, "de"), saying


def names(saying: str) -> list[str]:
    import re

    return re.findall(r"%\((\w+)\)s", saying)
