"""Laws of every page that has an address of its own, whoever sees it: it is well made, has one heading of the first
rank, names its fields, and holds no script, style or handler of its own, which its policy would refuse. A browser shows
it without fault, fits it on a phone, and has the same to read without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from tests.web.browsing import PHONE, faultless, too_wide
from tests.web.conftest import SLUG

ROLES = ("", "member", "clerk", "auditor", "owner")
FIELDS = "//input[not(@type='hidden' or @type='submit')] | //select | //textarea"
NO_PAGES = ("logout/", "/events", "/record/download")
"""How the addresses end that sign out or go on without an end."""

ELSEWHERE = (
    {"session_end", "token_revoke", "account_reset_password_from_key", "mfa_remove_webauthn", "mfa_edit_webauthn"}
    | {"watch_remove", "watch", "extract-file", "evidence-file", "proof-file", "own-calendar"}
    | {"own-feed", "feed-revoke", "source-page", "as-it-came", "link", "record_extends", "entry_envelope"}
    | {"entry_payload", "entry_proof", "entry_blob", "member_withdraw", "member_revoke", "any_token_revoke", "job"}
    | {"house_version", "take_back", "reading_job", "reading_progress", "reading_answer", "request", "request_add"}
    | {"request_determine", "request_close", "request_forget", "request_copy", "release"}
)
"""The routes of one thing that show no page of their own - forms, files, ways to another page - or whose thing must be
made first, as the tests of their rooms do."""


def things(office_directory: Path) -> dict[str, str]:
    """A page of one thing, for each route that shows one."""
    from remembrancer.model import PUBLIC
    from remembrancer.office import Office
    from remembrancer.office.registers.registered import Registered
    from remembrancer.office.showing import course, locating, shown

    with Office(office_directory) as office:
        bureau = office.body()
        registered = Registered(bureau, PUBLIC)
        found = registered.decisions()[0].id, registered.votes()[0].id, registered.motions()[0].id
        matter, person = registered.matters()[0].id, locating.followed(bureau, PUBLIC)[0].id
        sitting, source = course.calendar(bureau, PUBLIC)[0].id, shown.sources(bureau, PUBLIC)[0].id
    decision, vote, motion = found
    told = {"decision": f"decisions/{decision}", "extract": f"decisions/{decision}/extract", "vote": f"votes/{vote}"}
    told |= {"motion": f"motions/{motion}", "matter": f"matters/{matter}", "person": f"people/{person}"}
    told |= {"sitting": f"sittings/{sitting}", "source": f"sources/{source}", "entry": "record/entries/3"}
    return {name: f"/{SLUG}/{address}" for name, address in told.items()}


def test_no_page_of_a_thing_is_left_out(django: None, office_directory: Path) -> None:
    from remembrancer.interfaces.web.routes import ROUTES

    alone = {name for name in ROUTES if not name.startswith(("api:", "idp:")) and not list(addresses([name]))}
    shown = set(things(office_directory))
    assert alone - shown - ELSEWHERE == set()
    assert (shown | ELSEWHERE) - alone == set()


def addresses(names: Iterable[str] = ()) -> Iterator[str]:
    """The address of every route, or of those named, that asks for nothing but the body."""
    from django.urls import NoReverseMatch, reverse

    from remembrancer.interfaces.web.routes import ROUTES

    for name in names or ROUTES:
        for arguments in ([], [SLUG]):
            try:
                yield reverse(name, args=arguments)
            except NoReverseMatch:
                continue


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_well_made(browser_as: Callable[..., Any], office_directory: Path, role: str) -> None:
    browser, wrong = browser_as(role), {}
    for address in sorted({*addresses(), *things(office_directory).values()}):
        if "logout" in address:
            continue
        answer = browser.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            if text.lstrip().startswith("<!doctype"):
                wrong[address] = list(faults(lxml.html.document_fromstring(text)))
    assert wrong
    assert {address: found for address, found in wrong.items() if found} == {}


def pages_for(browser: Any, office_directory: Path) -> list[str]:
    """The pages that somebody may see."""
    every = sorted({*addresses(), *things(office_directory).values()})
    return [each for each in every if not each.endswith(NO_PAGES) and _is_page(browser.get(each))]


def _is_page(answer: Any) -> bool:
    told = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return told and answer.content.lstrip().startswith(b"<!doctype")


@pytest.mark.parametrize("role", [""])
def test_text_of_twice_the_size_fits_a_phone(
    page_as: Callable[..., Any], browser_as: Any, office_directory: Path, role: str
) -> None:
    page, wide = page_as(role), {}
    page.set_viewport_size(PHONE)
    for address in pages_for(browser_as(role), office_directory):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide[address] = too_wide(page)
    assert {address: found for address, found in wide.items() if found} == {}


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_without_fault_and_reads_alike_without_scripts(
    page_as: Callable[..., Any], browser_as: Any, office_directory: Path, role: str
) -> None:
    page, plain = page_as(role), page_as(role, java_script_enabled=False)
    for address in pages_for(browser_as(role), office_directory):
        page.goto(address)
        faultless(page)
        plain.goto(address)
        assert page.locator("main h2").all_text_contents() == plain.locator("main h2").all_text_contents(), address


def faults(page: Any) -> Iterator[str]:
    """What is wrong with one page."""
    ids = page.xpath("//@id")
    yield from (f"twice: #{each}" for each in set(ids) if ids.count(each) > 1)
    if len(page.xpath("//h1")) != 1:
        yield f"{len(page.xpath('//h1'))} headings of the first rank"
    if not page.xpath("string(//title)").strip():
        yield "no title"
    yield from (f"refers to nothing: {each}" for each in referred(page) if each not in ids)
    yield from (f"no name: {lxml.html.tostring(each)[:90]!r}" for each in page.xpath(FIELDS) if not named(each))
    yield from (f"no caption: {each.attrib}" for each in page.xpath("//table[not(caption) and not(@aria-labelledby)]"))
    yield from (f"no alternative: {each.get('src')}" for each in page.xpath("//img[not(@alt)]"))
    for each in page.iter():
        yield from (f"in the page: {name}" for name in each.attrib if name.startswith("on") or name == "style")
    yield from ("a script of its own" for _ in page.xpath("//script[not(@src) and not(@type='application/json')]"))
    yield from ("a style of its own" for _ in page.xpath("//style"))
    ranks = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4|//h5")]
    yield from (f"h{after} after h{before}" for before, after in pairwise(ranks) if after > before + 1)


def referred(page: Any) -> Iterator[str]:
    """The ids that something on a page refers to."""
    for each in page.xpath("//@aria-labelledby | //@aria-describedby | //@aria-controls | //label/@for | //@list"):
        yield from each.split()
    yield from (each[1:] for each in page.xpath("//a/@href[starts-with(., '#') and string-length(.) > 1]"))


def named(field: Any) -> bool:
    """Whether a field has a label, around it or for it, or is named by an attribute."""
    identity = field.get("id", "")
    return bool(
        field.get("aria-label")
        or field.get("aria-labelledby")
        or field.get("title")
        or field.xpath("ancestor::label")
        or (identity and field.xpath("//label[@for=$identity]", identity=identity))
    )
