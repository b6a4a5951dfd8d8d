"""Laws of pages that are kept: what nobody in particular is shown is, byte for byte, what would be made for them now;
nothing of anybody else's is among it; and what changes in the record, the house or the office shows at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.changing import keeping
from remembrancer.record.log import SystemClock
from tests.web import commons
from tests.web.conftest import SLUG as DEMO

FENCE = "allocated for a fence"
STRANGER = {"cookie": "other=1"}
"""What makes a visitor somebody in particular, to whom nothing that is kept is given."""


class Answer(NamedTuple):
    """What an application answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Get = Callable[..., Answer]


async def called(application: Any, path: str, headers: Mapping[str, str], gone: asyncio.Event) -> Answer:
    """What an application answers to a browser that leaves when ``gone`` is set."""
    address, _, query = path.partition("?")
    told = {"host": "localhost", **headers}
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": address, "query_string": query.encode()}
    scope |= {"headers": [(name.encode(), value.encode()) for name, value in told.items()], "client": ("127.0.0.1", 1)}
    asked, sent = [{"type": "http.request", "body": b"", "more_body": False}], list[dict[str, Any]]()

    async def receive() -> dict[str, Any]:
        if asked:
            return asked.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        await asyncio.sleep(0)

    await application(scope, receive, send)
    answered = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], answered, b"".join(each.get("body", b"") for each in sent[1:]))


class Served(NamedTuple):
    """An office whose pages are kept."""

    directory: Path
    kept: Any
    get: Get


def _served(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    from remembrancer.interfaces.web.serving import answering
    from remembrancer.interfaces.web.serving.kept import Kept

    kept, now = Kept(directory), SystemClock().now()
    monkeypatch.setattr(SystemClock, "now", lambda _: now)  # Another day would be another state.
    monkeypatch.setattr(answering, "kept_pages", lambda: kept)
    pages = answering.Pages()

    def get(path: str, **headers: str) -> Answer:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(called(pages, path, told, asyncio.Event()))

    with commons.serving(directory, monkeypatch):
        yield Served(directory, kept, get)
        kept.close()


@pytest.fixture
def demo(django: None, office_directory: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The demo's office."""
    yield from _served(office_directory, monkeypatch)


@pytest.fixture
def weald(django: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """An office of its own, with closed documents, in which the accounts of the demo hold their roles."""
    directory = commons.founded(tmp_path, closed=True)
    commons.grant_roles(directory)
    yield from _served(directory, monkeypatch)


def pages_of(get: Get, few: int = 2) -> list[str]:
    """The pages of the demo that nobody in particular is led to from page to page; of one kind a few."""
    from django.urls import resolve

    found, kinds = list[str](), dict[tuple[str, ...], int]()
    next_ones = [f"/{DEMO}/", f"/{DEMO}/search?q=budget", f"/{DEMO}/feeds/sittings.atom"]
    for path in next_ones:  # It grows on the way.
        address, _, query = path.partition("?")
        kind = resolve(address).view_name, *sorted(re.findall(r"(?:^|&)([^=&]*)", query))
        if path in found or len(kind) > 3 or kinds.get(kind, 0) >= few or kind[0] in ("record_download", "as-it-came"):
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        found.append(path)
        answer = get(path, **STRANGER)
        if answer.headers.get("content-type", "").startswith("text/html"):
            named = re.findall(rf'href="(/{DEMO}/[^"#]*|\?[^"#]*)', answer.text)
            next_ones += [(address + each if each[0] == "?" else each).replace("&amp;", "&") for each in named]
    return found


def shown(answer: Answer) -> tuple[int, bytes, dict[str, str]]:
    """An answer without the tag, which is given to what is kept alone."""
    return answer.status, answer.body, {name: value for name, value in answer.headers.items() if name != "etag"}


def test_every_public_page_is_what_would_be_made_for_the_visitor_now(demo: Served) -> None:
    paths = pages_of(demo.get)
    kept = 0
    for path in paths:
        made = demo.get(path, **STRANGER)
        first, again = demo.get(path), demo.get(path)
        assert first == again or "csrf" in made.text, path
        assert shown(first) == shown(made) or "csrf" in made.text, path
        kept += "etag" in again.headers
    assert kept > 30


@pytest.mark.parametrize(
    "told",
    [{"cookie": "language=de"}, {"accept_language": "de"}, {"cookie": "look=dark"}, {"host": "127.0.0.1"}],
)
def test_what_a_browser_says_of_itself_is_another_page(demo: Served, told: dict[str, str]) -> None:
    plain = demo.get(f"/{DEMO}/register/")
    other = demo.get(f"/{DEMO}/register/", **told)
    stranger = {**told, "cookie": f"{told.get('cookie', '')}; other=1"}
    assert other.body != plain.body
    assert shown(demo.get(f"/{DEMO}/register/", **told)) == shown(demo.get(f"/{DEMO}/register/", **stranger))
    assert demo.get(f"/{DEMO}/register/") == plain


def test_a_part_of_a_page_is_not_taken_for_the_whole(demo: Served) -> None:
    whole = demo.get(f"/{DEMO}/search?q=budget")
    part = demo.get(f"/{DEMO}/search?q=budget", hx_request_type="partial")
    assert "<html" in whole.text
    assert "<html" not in part.text


def test_who_has_a_page_is_told_that_it_is_the_same(demo: Served) -> None:
    page = demo.get(f"/{DEMO}/register/")
    again = demo.get(f"/{DEMO}/register/", if_none_match=page.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", page.headers["etag"])
    weak = demo.get(f"/{DEMO}/register/", if_none_match=f"W/{page.headers['etag']}")
    assert weak.status == 304, "as behind a proxy that compresses"
    assert demo.get(f"/{DEMO}/register/", if_none_match='"other"').status == 200
    assert demo.get(f"/{DEMO}/register/", if_none_match=page.headers["etag"], **STRANGER).status == 200


def test_what_is_wrong_is_not_kept(demo: Served) -> None:
    for path in (f"/{DEMO}/sittings/nothing", f"/{DEMO}/id/nothing", f"/{DEMO}/desk/", "/nowhere/", "/account/login/"):
        assert "etag" not in demo.get(path).headers, path
    assert demo.get(f"/{DEMO}/", host="elsewhere.example").status == 400


def session(browser_as: Callable[[str], Any], role: str) -> str:
    return f"session={browser_as(role).cookies['session'].value}"


def test_nobody_is_given_what_was_made_for_somebody(weald: Served, browser_as: Callable[[str], Any]) -> None:
    paths = [f"/{commons.SLUG}/{each}" for each in ("", "decisions/", "matters/", "search?q=contract", "people/")]
    for role in ("owner", "clerk", "member"):
        signed_in = session(browser_as, role)
        for path in paths:
            theirs = weald.get(path, cookie=signed_in)
            nobodys = weald.get(path)
            assert "etag" not in theirs.headers
            assert theirs.body != nobodys.body
            assert not [word for word in commons.secrets_from("") if word in nobodys.body], path


def test_somebody_is_not_given_what_is_kept_for_nobody(weald: Served, browser_as: Callable[[str], Any]) -> None:
    path = f"/{commons.SLUG}/decisions/"
    assert commons.SECRETS["members"][2] not in weald.get(path).text
    assert commons.SECRETS["members"][2] in weald.get(path, cookie=session(browser_as, "member")).text


def test_a_record_that_grew_shows_at_once(weald: Served, tmp_path: Path) -> None:
    path = f"/{commons.SLUG}/sittings/"
    assert "2024-11-05" not in weald.get(path).text
    document = tmp_path / "2024-11-05.md"
    document.write_text("# Weald Commons, 5 November 2024\n\nPresent: Ada Quill\n\n## 1. Bonfire\n\nNoted.\n")
    with Office(weald.directory) as office:
        list(keeping.take_in(office.body(), OWNER, [keeping.File(document, "minutes/2024-11-05.md")]))
    assert "2024-11-05" in weald.get(path).text


def _fence(office: Office) -> str:
    bureau = office.body()
    seen = next(each for each in bureau.all_seen(OWNER) if each.source.path.endswith("2024-03-05.md"))
    return next(speech.id for speech in bureau.view(seen).proceedings.speeches)


def test_what_is_closed_is_gone_at_once(weald: Served) -> None:
    path, words = f"/{commons.SLUG}/search?q=geese", "walk into the road"
    assert words in weald.get(path).text
    with Office(weald.directory) as office:
        keeping.classify(office.body(), OWNER, _fence(office), "members", "", "")
    assert words not in weald.get(path).text


def test_what_is_redacted_is_gone_at_once(weald: Served) -> None:
    path, words = f"/{commons.SLUG}/search?q=geese", "walk into the road"
    assert words in weald.get(path).text
    with Office(weald.directory) as office:
        bureau = office.body()
        source = next(each for each in bureau.all_seen(OWNER) if each.source.path.endswith("2024-03-05.md")).source.sha
        keeping.redact(bureau, OWNER, source, "an order of a court")
    assert words not in weald.get(path).text


def test_a_new_house_and_a_new_name_show_at_once(weald: Served) -> None:
    path = f"/{commons.SLUG}/sittings/"
    before = weald.get(path).text
    assert "Assemblies" not in before
    with Office(weald.directory) as office:
        office.body().set_house(OWNER, commons.HOUSE + '\n[pages.en]\nsitting = ["assembly", "assemblies"]\n')
        office.body().rename(OWNER, "Weald and Down")
    assert "Assemblies" in weald.get(path).text
    assert "Weald and Down" in weald.get(path).text


def test_another_body_shows_at_once(weald: Served) -> None:
    path = f"/{commons.SLUG}/"
    assert "All bodies" not in weald.get(path).text
    with Office(weald.directory) as office:
        office.add_body("Down Commons")
    assert "All bodies" in weald.get(path).text


def test_a_page_made_while_the_office_changed_is_not_kept(weald: Served) -> None:
    from django.http import HttpResponse

    from remembrancer.interfaces.web.serving.kept import Made

    settings = weald.directory / "remembrancer.toml"
    before = settings.read_text()

    async def changing() -> Made:
        settings.write_text(f"{before}\n# changed\n")
        return Made(HttpResponse("half old, half new"), "sittings")

    async def steady() -> Made:
        return Made(HttpResponse("new"), "sittings")

    def answer(make: Callable[[], Awaitable[Made]]) -> bytes:
        scope = {"method": "GET", "scheme": "http", "path": f"/{commons.SLUG}/sittings/", "query_string": b""}
        return bytes(asyncio.run(weald.kept.answer({**scope, "headers": [(b"host", b"localhost")]}, make)).content)

    assert answer(changing) == b"half old, half new"
    settings.write_text(before)
    assert answer(steady) == b"new"
    assert answer(changing) == b"new"


def test_answers_that_a_language_model_ordered_are_not_kept(weald: Served) -> None:
    weald.get(f"/{commons.SLUG}/search?q=geese")
    assert len(weald.kept) == 1
    settings = weald.directory / "remembrancer.toml"
    told = '\n[language_model]\nurl = "http://127.0.0.1:9"\nmodel = "none"\nsees = "public"\n'
    settings.write_text(settings.read_text() + told)
    weald.get(f"/{commons.SLUG}/search?q=pond")
    assert len(weald.kept) == 1


def test_no_more_is_kept_than_there_is_room_for(weald: Served) -> None:
    from django.http import HttpResponse

    from remembrancer.interfaces.web.serving.kept import Kept, Made

    room = Kept(weald.directory, 1_000_000)

    async def made(size: int) -> Made:
        return Made(HttpResponse(b"." * size), "search")

    def asked(words: int, size: int = 90_000) -> None:
        scope = {"method": "GET", "scheme": "http", "path": f"/{commons.SLUG}/search", "headers": [(b"host", b"here")]}
        asyncio.run(room.answer({**scope, "query_string": b"q=%d" % words}, lambda: made(size)))

    for words in range(30):
        asked(words)
        asked(0)
    assert len(room) == 10
    asked(99, 500_000)
    assert len(room) == 10, "one page does not make all others go"
    room.close()
    assert len(room) == 0


def test_what_is_kept_is_for_everybody_by_the_table_of_routes(django: None) -> None:
    from remembrancer.interfaces.web.routes import ROUTES
    from remembrancer.interfaces.web.serving import kept

    assert {name for name in kept.ROUTES if ROUTES[name] != "everyone"} == set()
    assert kept.IN_WORDS < kept.ROUTES
    assert not kept.ROUTES & {"own-feed", "own-calendar", "events", "record_download"}


def test_who_leaves_a_download_gives_back_what_it_took(weald: Served) -> None:
    from remembrancer.interfaces.web.serving import streaming
    from remembrancer.interfaces.web.serving.answering import Pages

    async def left() -> Answer:
        gone = asyncio.Event()
        gone.set()
        return await called(Pages(), f"/{commons.SLUG}/record/download", {}, gone)

    for _ in range(streaming.AT_ONCE + 1):
        assert asyncio.run(left()).status == 200
    whole = weald.get(f"/{commons.SLUG}/record/download")
    assert whole.body.startswith(b"PK")
    assert whole.status == 200
