"""Laws of sittings, sources, permanent links and people in the browser: all that may be seen, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from remembrancer.memory.views import SpeechView
from remembrancer.model import OWNER, PUBLIC, Person
from remembrancer.office import Office
from remembrancer.office.changing import keeping
from remembrancer.office.registers.registered import Registered
from remembrancer.office.showing import course, shown
from tests.read.test_cleaned import ATTACKS, acts
from tests.web import commons
from tests.web.conftest import SLUG

PDF = "minutes/2024-01-16.pdf"
"""A document of the demo that has a closed part."""

CLOSED = ("Dunmore", "wage", "settlement")
FERRY = "ferry-board"
HOUSE = r"""
language = "en"

[sitting]
path = ['(?P<key>(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}))\.\w+$']

[[classes]]
heading = "In closed session:.*"
class = "members"
"""
MINUTES = """# Ferry Board, 6 May 2024

Present: Ivy Lark (chair), Hal Moss

## 1. Ropes

**Hal Moss:** The ropes are rotten <script>alert(1)</script> and {{ request.user }}.

## 2. In closed session: the ferryman

**Ivy Lark:** The ferryman Quennell drinks.

## 3. Any other business

**Percy Vane:** The gulls steal my lunch.

**Hal Moss:** Have you tried a lid?

**Percy Vane:** They can open lids.
"""
SECRETS = ("Quennell", "drinks", "closed session", "ferryman")


@pytest.fixture(scope="module")
def ferry(django: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An office of its own, with a long sitting, an undated one, a page full of attacks and a closed item."""
    directory = tmp_path_factory.mktemp("ferry")
    long = "# Ferry Board, 3 June 2024\n\nPresent: Hal Moss\n\n" + "".join(
        f"## {item}. Item {item}\n\n" + "".join(f"**Hal Moss:** Word {item} {n}.\n\n" for n in range(50))
        for item in range(1, 41)
    )
    attacks = "".join(f"<p>Line {at}. {attack}</p>" for at, attack in enumerate(ATTACKS) if "plaintext" not in attack)
    papers = {
        "2024-05-06.md": MINUTES,
        "2024-06-03.md": long,
        "paint.md": "# Ferry Board, notes\n\nPresent: Ivy Lark, Hal Moss\n\n## 1. Paint\n\n**Ivy Lark:** It peels.\n",
        "attack.html": f"<!doctype html><html><body><h1>Attack</h1>{attacks}</body></html>",
    }
    with Office.create(directory / "office", "Ferry Board", HOUSE) as office:
        for name, text in papers.items():
            (directory / name).write_text(text, encoding="utf-8")
            list(keeping.take_in(office.body(), OWNER, [keeping.File(directory / name, name)]))
    yield directory / "office"


@pytest.fixture
def serving(django: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Has the test client served from another office than the demo's."""
    with ExitStack() as served:
        yield lambda office: served.enter_context(commons.serving(office, monkeypatch))


@pytest.fixture
def at_the_ferry(ferry: Path, serving: Callable[[Path], None], browser_as: Callable[..., Any]) -> Callable[..., Any]:
    """The test client at that office."""
    serving(ferry)
    return browser_as


def text_of(answer: Any) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def held(office: Path, day: str) -> str:
    with Office(office) as read:
        return next(line.id for line in course.calendar(read.body(), PUBLIC) if line.dates[:1] == (day,))


def source_at(office: Path, path: str) -> str:
    with Office(office) as read:
        return next(each.id for each in shown.sources(read.body(), OWNER) if each.path.endswith(path))


# Sittings.


def test_every_sitting_is_listed_the_undated_apart(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    page = at_the_ferry().get(f"/{FERRY}/sittings/").content.decode()
    with Office(ferry) as office:
        lines = course.calendar(office.body(), PUBLIC)
    assert not lines[-1].dates
    for line in lines:
        assert f"/{FERRY}/sittings/{line.id}" in page
        assert (page.index(line.id) > page.index('id="undated"')) == (not line.dates)


def test_a_year_is_a_table_in_which_each_day_leads_to_its_sitting(
    at_the_ferry: Callable[..., Any], ferry: Path
) -> None:
    page = at_the_ferry().get(f"/{FERRY}/sittings/?year=2024").content.decode()
    assert page.count("<table") == 2
    assert re.search(rf'<td><a href="/{FERRY}/sittings/{held(ferry, "2024-05-06")}"[^>]*>6</a></td>', page)


def test_few_sittings_are_shown_with_the_calendar_of_each_year(at_the_ferry: Callable[..., Any]) -> None:
    assert at_the_ferry().get(f"/{FERRY}/sittings/").content.decode().count("<table") == 2


@pytest.mark.parametrize(("language", "first"), [("en", "Monday"), ("de", "Montag"), ("pt-br", "domingo")])
def test_a_week_begins_as_the_language_has_it(django: None, language: str, first: str) -> None:
    from django.utils.safestring import SafeString
    from django.utils.translation import override

    from remembrancer.interfaces.web.showing.months import months, weekdays

    with override(language):
        (month,) = months(2024, {date(2024, 9, 1): SafeString("<b>1</b>"), date(2023, 1, 1): SafeString("")})
        assert next(weekdays())[1].casefold().startswith(first.casefold())
    empty = 0 if first == "domingo" else 6
    assert month.first == date(2024, 9, 1), "a Sunday"
    assert month.weeks.startswith("<tr>" + "<td></td>" * empty + "<td><b>1</b></td>")
    assert month.weeks.count("<td>") == 7 * month.weeks.count("<tr>")


@pytest.fixture(scope="module")
def quay(django: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of a body that sat twice on each of two days: once under two titles, once under none."""
    directory = tmp_path_factory.mktemp("quay")
    papers = {
        "2024-12-30-a.md": "# Yearly meeting\n\nPresent: Ivy Lark\n\n## 1. Rent\n\n**Ivy Lark:** It rises.\n",
        "2024-12-30-b.md": "# Urgent meeting\n\nPresent: Hal Moss\n\n## 1. Fire\n\n**Hal Moss:** The crane burned.\n",
        "2024-12-31-morning.md": "Present: Ivy Lark, Hal Moss\n\n**Ivy Lark:** The ice holds no cart.\n",
        "2024-12-31-evening.md": "Present: Percy Vane, Hal Moss\n\n**Percy Vane:** Rockets may be let off here.\n",
    }
    with Office.create(directory / "office", "Quay Board") as office:
        for name, text in papers.items():
            (directory / name).write_text(text, encoding="utf-8")
            list(keeping.take_in(office.body(), OWNER, [keeping.File(directory / name, name)]))
    return directory / "office"


def test_two_sittings_of_a_day_are_told_apart_wherever_they_are_listed(
    quay: Path, serving: Callable[[Path], None], browser_as: Callable[..., Any]
) -> None:
    serving(quay)
    with Office(quay) as office:
        lines = course.calendar(office.body(), PUBLIC)
    marks = {"Yearly meeting", "Urgent meeting", "2024-12-31-morning", "2024-12-31-evening"}
    page = browser_as().get("/quay-board/sittings/")
    links = dict(re.findall(r'<h3><a href="/quay-board/sittings/([^"]+)">(.*?)</a>', page.content.decode()))
    assert {unescape(re.sub("<[^>]+>", "", each)).partition("2024, ")[2] for each in links.values()} == marks
    assert set(links) == {line.id for line in lines}
    days = re.findall(r'<a href="#([^"]+)" class="several" aria-label="3[01]: (.*?); (.*?)">', page.content.decode())
    assert {mark for _, *both in days for mark in both} == marks
    assert all(f'<li id="{first}">' in page.content.decode() for first, *_ in days)
    for feed in ("sittings.atom", "sittings.ics"):
        told = browser_as().get(f"/quay-board/feeds/{feed}").content.decode()
        assert all(mark in told for mark in marks)
    titles = {text_of(browser_as().get(f"/quay-board/sittings/{line.id}")).split("·")[0] for line in lines}
    assert len(titles) == len(lines) == 4


@pytest.mark.parametrize("query", ["?year=99999", "?year=abc", "?year=0001", "?venue=nowhere", "?called=%00&year="])
def test_what_is_not_in_the_record_lists_without_fault(at_the_ferry: Callable[..., Any], query: str) -> None:
    assert at_the_ferry().get(f"/{FERRY}/sittings/{query}").status_code == 200


def test_a_long_sitting_comes_by_pages_and_whole_to_be_printed(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    address = f"/{FERRY}/sittings/{held(ferry, '2024-06-03')}"
    first = at_the_ferry().get(address)
    assert len(first.content) < 200_000
    assert "Word 1 0." in text_of(first)
    assert "Word 40 49." not in text_of(first)
    assert "Item 40" in text_of(first)
    assert text_of(at_the_ferry().get(f"{address}?whole=1")).count("Word ") == 2000


def test_the_link_of_a_speech_leads_to_the_page_that_has_it(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    with Office(ferry) as office:
        about = course.course(office.body(), PUBLIC, held(ferry, "2024-06-03"), size=0)
    speech = about.parts[-1].id
    answer = at_the_ferry().get(f"/{FERRY}/id/{speech}", follow=True)
    assert answer.redirect_chain[-1][0].endswith(f"#{speech}")
    assert f'id="{speech}"' in answer.content.decode()
    assert "Word 40 49." in text_of(answer)


def test_words_of_a_document_are_words_and_nothing_more(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    page = at_the_ferry().get(f"/{FERRY}/sittings/{held(ferry, '2024-05-06')}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; and {{ request.user }}" in page


def test_attendance_is_told_in_words(browser_as: Callable[..., Any], office_directory: Path) -> None:
    page = browser_as().get(f"/{SLUG}/sittings/{held(office_directory, '2024-10-22')}")
    told = " ".join(text_of(page).split())
    assert "Cllr Helen Fairclough Market Ward absent" in told
    assert "Cllr Gareth Llewellyn Riverside Ward present 20:15" in told


def test_what_prevails_is_said_and_the_draft_is_called_one(
    browser_as: Callable[..., Any], office_directory: Path
) -> None:
    identity = held(office_directory, "2024-10-22")
    page = browser_as().get(f"/{SLUG}/sittings/{identity}").content.decode()
    assert "prevails" in page
    draft = source_at(office_directory, "drafts/2024-10-22.md")
    assert f"?source={draft}" in page
    assert "another prevails" in browser_as().get(f"/{SLUG}/sittings/{identity}?source={draft}").content.decode()


def test_an_item_that_may_only_be_known_to_exist_shows_title_and_ground(
    ferry: Path, serving: Callable[[Path], None], browser_as: Callable[..., Any], tmp_path: Path
) -> None:
    copy = shutil.copytree(ferry, tmp_path / "office")
    with Office(copy) as office:
        bureau = office.body()
        whole = course.course(bureau, OWNER, held(copy, "2024-05-06"))
        closed = next(each.item.id for each in whole.headings if "ferryman" in each.item.title)
        keeping.classify(bureau, OWNER, closed, "existence", "A matter of staff", "Standing order 9")
    serving(copy)
    page = text_of(browser_as().get(f"/{FERRY}/sittings/{held(copy, '2024-05-06')}"))
    assert "A matter of staff" in page
    assert "Standing order 9" in page
    assert not any(secret in page for secret in SECRETS)


def test_the_undated_are_a_year_of_their_own(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    page = at_the_ferry().get(f"/{FERRY}/sittings/?year=undated").content.decode()
    with Office(ferry) as office:
        for line in course.calendar(office.body(), PUBLIC):
            assert (line.id in page) == (not line.dates)


# What is closed, and what is not there.


def everything_linked(client: Any, address: str, most: int = 400) -> dict[str, Any]:
    """Every page of these rooms that links lead to, from one on, with what it answers."""
    found: dict[str, Any] = {}
    ahead = [address]
    while ahead and len(found) < most:
        each = ahead.pop(0)
        if each in found:
            continue
        found[each] = client.get(each)
        if "text/html" in found[each].headers.get("Content-Type", ""):
            links = re.findall(r'(?:href|src)="([^"#]+)', found[each].content.decode())
            wanted = (unescape(link) for link in links)
            ahead += [
                link if link.startswith("/") else each.partition("?")[0] + link
                for link in wanted
                if re.match(rf"/{FERRY}/(sittings|sources|people|id)/|\?", link)
            ]
    return found


def test_nothing_closed_is_anywhere_the_public_can_go(at_the_ferry: Callable[..., Any]) -> None:
    found = everything_linked(at_the_ferry(), f"/{FERRY}/sittings/")
    assert len(found) > 50
    for address, answer in found.items():
        assert answer.status_code in (200, 302), address
        assert not any(secret.encode() in answer.content for secret in SECRETS), address


def test_the_owner_finds_what_the_public_does_not(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    with Office(ferry) as office:
        sha = next(each.id for each in shown.sources(office.body(), OWNER) if each.path == "2024-05-06.md")
    assert "Quennell" not in text_of(at_the_ferry().get(f"/{FERRY}/sources/{sha}"))
    kept = at_the_ferry().get(f"/{FERRY}/sources/{sha}/as-it-came")
    assert b"Quennell" not in kept.content
    assert kept.headers["Content-Disposition"].endswith('.md.txt"')


def test_closed_unknown_and_impossible_ids_are_answered_alike(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    with Office(ferry) as office:
        bureau = office.body()
        public = course.course(bureau, PUBLIC, held(ferry, "2024-05-06"))
        closed = {part.id for part in course.course(bureau, OWNER, public.id).parts} - {
            part.id for part in public.parts
        }
    assert closed
    ids = [*closed, *(f"{kind}-aaaaaaaaaaaaaaaa" for kind in ("speech", "item", "sitting")), "a" * 64, "nonesuch"]
    for room in ("id", "sittings", "sources", "people"):
        answers = {
            (answer.status_code, answer.content.decode().replace(identity, "ID"), tuple(sorted(answer.headers)))
            for identity in ids
            if (answer := at_the_ferry().get(f"/{FERRY}/{room}/{identity}"))
        }
        assert len(answers) == 1, room
        assert answers.pop()[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "sources/../record.db",
        "sources/%2e%2e/%2e%2e/keys",
        "sources/..%2f..%2fkeys",
        "id/../../account/",
        "sources/{sha}/pages/0.png",
        "sources/{sha}/pages/999999999999999999999.png",
        "sources/{sha}/pages/-1.png",
        "sources/{sha}/pages/1.png",
        "sources/{short}",
        "sittings/%00",
        "people/%F0%9F%90%A2",
    ],
)
def test_no_path_leads_out_of_the_rooms(at_the_ferry: Callable[..., Any], ferry: Path, path: str) -> None:
    sha = source_at(ferry, "paint.md")
    answer = at_the_ferry().get(f"/{FERRY}/{path.format(sha=sha, short=sha[:10])}")
    assert answer.status_code in (302, 404)


@pytest.mark.parametrize(
    "query",
    [
        "?at=9-1",
        "?at=0-99999999",
        "?at=1-2,",
        "?at=a",
        "?at=" + "1-2," * 5000,
        "?page=-1",
        "?page=9" * 3,
        "?in=%00&at=0-1",
    ],
)
def test_no_query_breaks_a_source(at_the_ferry: Callable[..., Any], ferry: Path, query: str) -> None:
    assert at_the_ferry().get(f"/{FERRY}/sources/{source_at(ferry, 'paint.md')}{query}").status_code == 200


# Sources.


def test_the_place_is_marked_in_the_text(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    sha = source_at(ferry, "paint.md")
    with Office(ferry) as office:
        at = shown.as_it_came(office.body(), PUBLIC, sha)[1].index(b"It peels")
    page = at_the_ferry().get(f"/{FERRY}/sources/{sha}?at={at}-{at + 8}&in={sha[:12]}").content.decode()
    assert '<mark id="mark">It peels</mark>' in page
    other = at_the_ferry().get(f"/{FERRY}/sources/{sha}?at={at}-{at + 8}&in=000000000000").content.decode()
    assert "<mark" not in other
    assert "is not in this text" in other


def test_a_page_that_attacks_is_shown_without_what_could_act(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    answer = at_the_ferry().get(f"/{FERRY}/sources/{source_at(ferry, 'attack.html')}")
    page = answer.content.decode()
    (document,) = re.findall(r'<div class="document"[^>]*>(.*?)</div></section>', page, re.DOTALL)
    assert "Line 0." in document
    assert acts(document) == []
    assert "Content-Security-Policy" not in answer.headers, "the page says nothing else than what all of them say"


def test_what_is_kept_is_never_shown_by_the_browser(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    answer = at_the_ferry().get(f"/{FERRY}/sources/{source_at(ferry, 'attack.html')}/as-it-came")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="attack.html"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"<script>" in answer.content


def test_a_pdf_with_a_closed_part_is_text_to_the_public_and_pictures_to_the_owner(
    browser_as: Callable[..., Any], office_directory: Path
) -> None:
    sha = source_at(office_directory, PDF)
    public = browser_as().get(f"/{SLUG}/sources/{sha}").content.decode()
    assert "<svg" not in public
    assert browser_as().get(f"/{SLUG}/sources/{sha}/pages/1.png").status_code == 404
    assert not browser_as().get(f"/{SLUG}/sources/{sha}/as-it-came").content.startswith(b"%PDF")
    owner = browser_as("owner").get(f"/{SLUG}/sources/{sha}?at=60-100").content.decode()
    assert re.search(r'<image href="[^"]*/pages/1.png"', owner)
    assert "<rect x=" in owner
    picture = browser_as("owner").get(f"/{SLUG}/sources/{sha}/pages/1.png")
    assert picture.content.startswith(b"\x89PNG")
    assert "private" in picture.headers["Cache-Control"]
    again = browser_as("owner").get(f"/{SLUG}/sources/{sha}/pages/1.png", HTTP_IF_NONE_MATCH=picture.headers["ETag"])
    assert again.status_code == 304
    stranger = browser_as().get(f"/{SLUG}/sources/{sha}/pages/1.png", HTTP_IF_NONE_MATCH=picture.headers["ETag"])
    assert stranger.status_code == 404


# People.


def test_the_public_is_neither_listed_nor_linked_nor_profiled(at_the_ferry: Callable[..., Any], ferry: Path) -> None:
    identity = held(ferry, "2024-05-06")
    assert "Percy Vane" not in text_of(at_the_ferry().get(f"/{FERRY}/people/"))
    with Office(ferry) as office:
        parts = course.course(office.body(), PUBLIC, identity).parts
    speech = next(each for each in parts if isinstance(each, SpeechView) and each.speaker == "Percy Vane")
    assert speech.person
    for role in ("", "owner"):
        assert at_the_ferry(role).get(f"/{FERRY}/people/{speech.person}").status_code == 404
        assert f"people/{speech.person}" not in at_the_ferry(role).get(f"/{FERRY}/sittings/{identity}").content.decode()
    led = at_the_ferry().get(f"/{FERRY}/id/{speech.person}")
    assert led.headers["Location"] == f"/{FERRY}/sittings/{identity}?at={speech.id}#{speech.id}"


def test_a_members_page_has_what_the_register_has(browser_as: Callable[..., Any], office_directory: Path) -> None:
    with Office(office_directory) as office:
        registered = Registered(office.body(), PUBLIC)
        row = next(each for each in registered.register.people if each.name.endswith("Helen Fairclough"))
        record = registered.person(registered.one(Person, row.id))
    page = browser_as().get(f"/{SLUG}/people/{row.id}").content.decode()
    assert page.count('<rect class="bar') == len(record.memberships)
    for ballot in record.ballots:
        assert f"/{SLUG}/id/{ballot.vote}" in page
    for each in (*record.motions, *record.seconded, *record.actions):
        assert f"/{SLUG}/id/{each.id}" in page
    for presence in record.attendance:
        assert f"/{SLUG}/sittings/{presence.sitting}" in page


def test_an_id_of_what_was_removed_says_that_it_was(
    ferry: Path, serving: Callable[[Path], None], browser_as: Callable[..., Any], tmp_path: Path
) -> None:
    copy = shutil.copytree(ferry, tmp_path / "office")
    with Office(copy) as office:
        bureau = office.body()
        parts = course.course(bureau, PUBLIC, held(copy, "2024-05-06")).parts
        gone = next(each.id for each in parts if isinstance(each, SpeechView) and "gulls" in each.text)
        keeping.redact(bureau, OWNER, gone, "Order 7 of the harbour court")
    serving(copy)
    answer = browser_as().get(f"/{FERRY}/id/{gone}")
    assert answer.status_code == 410
    assert "Order 7 of the harbour court" in text_of(answer)
    assert "gulls" not in text_of(browser_as().get(f"/{FERRY}/sittings/{held(copy, '2024-05-06')}"))


def test_of_a_document_removed_whole_who_could_read_a_part_is_told_of_it_and_of_no_more(
    ferry: Path, serving: Callable[[Path], None], browser_as: Callable[..., Any], tmp_path: Path
) -> None:
    copy = shutil.copytree(ferry, tmp_path / "office")
    with Office(copy) as office:
        bureau = office.body()
        sitting = held(copy, "2024-05-06")
        everything = {each.id for each in course.course(bureau, OWNER, sitting).parts if isinstance(each, SpeechView)}
        open_parts = {each.id for each in course.course(bureau, PUBLIC, sitting).parts if isinstance(each, SpeechView)}
        source = next(each.source.sha for each in bureau.all_seen(PUBLIC) if each.source.classes != ("open",))
        keeping.redact(bureau, OWNER, source, "Order 8 of the harbour court")
    serving(copy)
    assert everything - open_parts and open_parts
    told = {each: browser_as().get(f"/{FERRY}/id/{each}").status_code for each in (source, *everything)}
    assert {told[each] for each in (source, *open_parts)} == {410}
    assert {told[each] for each in everything - open_parts} == {404}


def test_people_are_found_by_their_name(browser_as: Callable[..., Any]) -> None:
    page = text_of(browser_as().get(f"/{SLUG}/people/?q=hale"))
    assert "Margaret Hale" in page
    assert "Fairclough" not in page
