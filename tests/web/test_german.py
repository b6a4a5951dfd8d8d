"""Laws of a language beside English: whoever looks at a page in German reads no English of the program, and what the
office says in English is said in German or marked as English."""

from __future__ import annotations

import ast
import re
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import lxml.html
import pytest
from babel.messages.pofile import read_po

from remembrancer.model import Computed, Severity, Vote
from remembrancer.record.entries import KINDS
from remembrancer.rules import Numbers, outcome, parse, question_of, quorum
from remembrancer.saying import NOTHING, Day, Sentence, Term
from tests.test_saying import PLACE, calls, modules
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


VOTE = Vote("v", "s", "2031-05-01", "", "", "", "", "tally", "", Computed("", NOTHING), (("yes", 9), ("no", 2)))
SENTENCES = [
    (Sentence("In force from its adoption."), "In Kraft ab dem Beschluss."),
    ("line 120", "Zeile 120"),
    (
        "page 3 has 20,000 characters without a break; it is kept as one text.",
        "Seite 3 hat 20,000 Zeichen ohne Umbruch;",
    ),
    (
        outcome(parse('name = "Rules"\n[[majorities]]\nneeds = "two-thirds"\ncite = ["1"]\n'), question_of(VOTE)).why,
        "9 dafür, 2 dagegen; zwei Drittel (Abstimmende): mindestens 8; angenommen",
    ),
    (
        quorum(parse('name = "Rules"\nseats = 12\n[quorum]\nneeds = "1/3"\ncite = ["1"]\n'), Numbers(8)).computed.why,
        "8 von 12 sind anwesend (Sitze); beschlussfähig mit: 1/3 (Sitze), also 4; gegeben",
    ),
    (
        Sentence("Was the motion %(motion)s %(outcome)s?", motion="“Bench”", outcome=Term("outcome", "carried")),
        "Wurde der Antrag “Bench” angenommen?",
    ),
    (Sentence("the decision of %(day)s", day=Day("2031-05-01")), "der Beschluss vom 1. Mai 2031"),
]


@pytest.mark.parametrize(("told", "german"), SENTENCES)
def test_a_sentence_of_the_office_is_said_in_the_page_s_language(django: None, told: str, german: str) -> None:
    from remembrancer.interfaces.web.showing.sayings import said

    assert (said(told, "de") or "").startswith(german)


def test_a_sentence_that_the_language_has_not_is_marked_as_english(django: None) -> None:
    from django.utils.translation import override

    from remembrancer.interfaces.web.templatetags.record import said

    with override("de"):
        assert said("Something <new>.") == '<span lang="en">Something &lt;new&gt;.</span>'
    with override("en"):
        assert said("Something new.") == "Something new."


def test_an_english_page_says_days_and_words_of_the_record_as_people_do(django: None) -> None:
    from remembrancer.interfaces.web.showing.sayings import said

    told = Sentence("%(force)s since %(day)s", force=Term("force", "in-force"), day=Day("2031-05-01"))
    assert said(told, "en") == "in force since 1 May 2031"


def test_what_a_reader_left_in_the_record_is_found_again_by_its_template(django: None) -> None:
    from remembrancer.interfaces.web.showing.sayings import REMARK, said

    with CATALOG.open("rb") as file:
        remarks = [str(each.id) for each in read_po(file, locale="de") if each.context == REMARK]
    assert remarks
    for each in remarks:
        filled = {name: "7" if len(name) == 1 else "B-7" for name in PLACE.findall(each)}
        assert said(each % filled if filled else each, "de"), each


def test_every_kind_of_entry_and_of_finding_has_a_name(django: None) -> None:
    from remembrancer.interfaces.web.showing.naming import NAMES

    assert sorted(KINDS) == sorted(NAMES["entry"])
    assert sorted(codes()) == sorted(NAMES["finding"])


CODE = re.compile(r"[a-z]+(-[a-z]+)*")
FINDERS = frozenset(("Finding", "finding", "notice", "_about", "_of", "_noticed", "_MalformedError"))
"""What makes a finding or a notice: the code is the first that it is given, or the second after the row."""


def codes() -> set[str]:
    """The codes of findings and notices, as the sources have them."""
    trees = [tree for name, tree in modules() if name.startswith(("read/", "record/", "register/"))]
    given = [each for tree in trees for call in calls(tree, FINDERS) for each in call.args[:2]]
    given += [
        key.value
        for tree in trees
        for call in calls(tree, frozenset(("Notice", "Noticed", "fact")))
        for key in call.keywords
        if key.arg == "code"
    ]
    chosen = [each for one in given for each in ((one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,))]
    parts = [each.value for each in chosen if isinstance(each, ast.Constant)]
    return {each for each in parts if isinstance(each, str) and CODE.fullmatch(each)} - set(get_args(Severity))
