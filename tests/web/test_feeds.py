"""Laws of feeds and calendars: well-formed, with names for ever; they tell what their reader may see and nothing else;
a secret address opens one thing and, once revoked, nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from lxml import etree

from remembrancer.write import atom, calendar
from remembrancer.write.atom import ATOM, Entry, Feed
from remembrancer.write.calendar import Held
from tests.conftest import carry_out
from tests.web.conftest import SLUG

FEEDS = f"/{SLUG}/feeds"
NAMES = {"a": ATOM}


def valid(data: bytes) -> Any:
    """A feed that has what RFC 4287 asks for."""
    feed = etree.fromstring(data)
    assert feed.tag == f"{{{ATOM}}}feed"
    for each in (feed, *feed.findall("a:entry", NAMES)):
        for needed in ("id", "title", "updated"):
            (found,) = each.findall(f"a:{needed}", NAMES)
            assert found.text
        assert each.findall("a:link[@rel='alternate']", NAMES)
    ids = feed.xpath("//a:entry/a:id/text()", namespaces=NAMES)
    assert len(ids) == len(set(ids))
    assert feed.findall("a:author/a:name", NAMES)
    return feed


@pytest.mark.parametrize("name", ["sittings", "decisions"])
def test_what_everybody_may_see_is_a_feed_that_changes_when_the_record_does(browser_as, name: str) -> None:
    told = browser_as().get(f"{FEEDS}/{name}.atom")
    assert told.headers["Content-Type"].startswith("application/atom+xml")
    assert len(valid(told.content)) > 4
    again = browser_as().get(f"{FEEDS}/{name}.atom", HTTP_IF_NONE_MATCH=told.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_member_who_is_signed_in_is_given_the_public_s_feed(browser_as) -> None:
    for name in ("sittings.atom", "decisions.atom", "sittings.ics"):
        assert browser_as("owner").get(f"{FEEDS}/{name}").content == browser_as().get(f"{FEEDS}/{name}").content


def test_what_is_closed_is_in_no_public_feed_and_in_a_member_s_own(
    browser_as, office_directory: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "2025-02-25.md"
    text = "# Wyvern committee, 25 February 2025\n\nPresent: Ann Bell (chair), Ben Rook\n\n## 1. The weir\n\n"
    paper.write_text(f"{text}RESOLVED: That the wyvern be left to sleep.\n")
    assert carry_out("read", str(paper), "--class", "members", "-o", str(office_directory)).code == 0
    client = browser_as("member")
    own = made(client, "")
    for name in ("sittings.atom", "decisions.atom", "sittings.ics"):
        told = browser_as().get(f"{FEEDS}/{name}").content
        assert b"yvern" not in told
        assert b"20250225" not in told
        assert b"2025-02-25" not in told
    assert b"20250225" in browser_as().get(own).content


def made(client: Any, watch: str) -> str:
    """A new secret address."""
    told = client.post(f"{FEEDS}/add", {"watch": watch})
    assert told.status_code == 200
    return str(told.context["secret"]).partition("://")[2].partition("/")[2].join(("/", ""))


def test_a_secret_address_opens_one_thing_until_it_is_revoked(browser_as) -> None:
    client = browser_as("member")
    client.post(f"/{SLUG}/watches/add", {"kind": "search", "q": "allotments"})
    (kept,) = [each for each in client.get(f"{FEEDS}/").context["watches"] if each.query == "allotments"]
    address = made(client, str(kept.id))
    assert len(valid(browser_as().get(address).content)) > 3
    secret = address.rpartition("/")[2].removesuffix(".atom")
    assert browser_as().get(f"{FEEDS}/own/{secret}.ics").status_code == 404
    shown = browser_as().get(f"/api/v1/{SLUG}/sittings", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert shown.status_code == 403
    for each in client.get(f"{FEEDS}/").context["own"]:
        assert browser_as("chair").post(f"{FEEDS}/{each.number}/revoke").status_code == 404
        assert client.post(f"{FEEDS}/{each.number}/revoke").status_code == 303
    assert browser_as().get(address).status_code == 404


def test_nobody_makes_a_secret_address_and_nobody_one_for_another_s_watch(browser_as) -> None:
    assert browser_as().post(f"{FEEDS}/add").status_code == 302
    client = browser_as("chair")
    client.post(f"/{SLUG}/watches/add", {"kind": "search", "q": "bandstand"})
    (kept,) = [each for each in client.get(f"{FEEDS}/").context["watches"] if each.query == "bandstand"]
    assert browser_as("owner").post(f"{FEEDS}/add", {"watch": kept.id}).status_code == 404


def test_the_calendar_parses_and_has_each_dated_sitting_once(browser_as) -> None:
    told = browser_as().get(f"{FEEDS}/sittings.ics")
    events = list(Calendar.from_ical(told.content).walk("VEVENT"))
    names = [str(each["uid"]) for each in events]
    assert names
    assert len(names) == len(set(names))


def test_days_that_follow_each_other_are_one_event_and_inexact_ones_none() -> None:
    link = "https://office.example/id"
    held = [
        Held("one@x", "Fair", ("2024-03-07/2024-03-09",), "Hall", link, "2024-04-01T00:00:00Z"),
        Held("two@x", "Diet", ("2024-03-07", "2024-03-08", "2024-04-02"), "", link, "2024-04-01T00:00:00Z"),
        Held("three@x", "Moot", ("2024", "2024-03"), "", link, "2024-04-01T00:00:00Z"),
    ]
    events = list(Calendar.from_ical(calendar.write("Body", held)).walk("VEVENT"))
    spans = {str(each["uid"]): (each["dtstart"].dt, each["dtend"].dt - timedelta(days=1)) for each in events}
    assert spans == {
        "one@x": (date(2024, 3, 7), date(2024, 3, 9)),
        "two@x": (date(2024, 3, 7), date(2024, 3, 8)),
        "two@x-2024-04-02": (date(2024, 4, 2), date(2024, 4, 2)),
    }


def test_whatever_the_record_says_is_well_formed_and_means_what_it_said() -> None:
    words = "<script>&amp;\x0b\x00]]> ü \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")
    entry = Entry("x/1", words, "https://office.example/id", "2024-04-01T00:00:00Z", words)
    feed = valid(atom.write(Feed("x", words, "Body", "https://office.example", "", (entry,))))
    assert feed.findtext("a:entry/a:content", namespaces=NAMES) == words.replace("\x0b", " ").replace("\x00", " ")
    assert atom.name("x/1") == atom.name("x/1") != atom.name("x/2")
