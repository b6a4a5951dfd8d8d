"""Laws of every page that has an address of its own, whoever sees it: it is well made, has one heading of the first
rank, names its fields, and holds no script, style or handler of its own, which its policy would refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import lxml.html
import pytest

from tests.web.conftest import SLUG

ROLES = ("", "member", "clerk", "auditor", "owner")
FIELDS = "//input[not(@type='hidden' or @type='submit')] | //select | //textarea"


def addresses() -> Iterator[str]:
    """The address of every route that asks for nothing but the body."""
    from django.urls import NoReverseMatch, reverse

    from remembrancer.interfaces.web.routes import ROUTES

    for name in ROUTES:
        for arguments in ([], [SLUG]):
            try:
                yield reverse(name, args=arguments)
            except NoReverseMatch:
                continue


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_well_made(browser_as: Callable[..., Any], role: str) -> None:
    browser, wrong = browser_as(role), {}
    for address in sorted(set(addresses())):
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
