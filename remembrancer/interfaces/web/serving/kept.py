"""Whole pages kept for visitors who are nobody in particular, so that what everybody asks for is made once.

A page is kept under all that it is made of: its address, what the visitor's browser says of language and look, and the
state of the record - how many entries it has, the office's settings, the quarter of an hour. There is no invalidation
to get wrong: in another state what was kept is not found. Who shows a session, a token or any other cookie is given
nothing of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, parse_cookie
from django.http.response import HttpResponseBase
from django.utils.translation import get_language_from_request
from starlette.types import Scope

from remembrancer.interfaces.web.serving import opened
from remembrancer.interfaces.web.serving.headers import tells_of
from remembrancer.interfaces.web.settings import OFFICE
from remembrancer.interfaces.web.showing import looking
from remembrancer.model import Fault
from remembrancer.office import SETTINGS, Office

ROUTES = frozenset(
    (
        *("ask", "search", "suggest", "sittings", "sitting", "sources", "source", "source-page"),
        *("register", "decisions", "decision", "vote", "motion", "actions", "matters", "matter", "people", "person"),
        *("record", "removals", "entry", "feeds", "feed-sittings", "feed-decisions", "calendar"),
    )
)
"""The pages that are made of the record alone and are the same for everybody who is not signed in."""

IN_WORDS = frozenset(("ask", "search"))
"""Those for which vectors or a language model are asked as well, where the office uses them: these are no record."""

MOST = 64 * 1024 * 1024
"""Bytes of all pages kept; those asked for longest ago go first."""

TOLD = frozenset((b"host", b"x-forwarded-proto", b"hx-request-type"))
"""Headers that change a page as they are written."""

LOOKED_AT = TOLD | {b"cookie", b"accept-language", b"authorization"}
"""Headers that are looked at at all; who gives one of them twice is given nothing that was kept."""

SAME = ("Cache-Control", "ETag", "Last-Modified", "Vary")
"""Headers of the answer that a page is still the one that somebody has."""


class Asked(NamedTuple):
    """What a page is made of beside the record, as a request of nobody says it."""

    slug: str
    path: str
    query: bytes
    scheme: str
    told: tuple[tuple[bytes, bytes], ...]
    language: str
    look: str


class State(NamedTuple):
    """What every page of a body is made of: the office's settings, the number of entries, the day. Where that begins
    the house says, which would have to be looked up; somewhere it does with each quarter of an hour."""

    settings: bytes
    entries: int
    quarter: str


class Page(NamedTuple):
    """A page that is kept: in which state it was made, what is answered, and what who has it already is answered."""

    state: State
    whole: HttpResponse
    unchanged: HttpResponse

    def answer(self, has: str) -> HttpResponse:
        """The page, or that it is the one of which somebody told the tag."""
        return self.unchanged if tells_of(has, self.whole.headers["ETag"]) else self.whole


class Made(NamedTuple):
    """What was answered, and the route where everybody may be given it."""

    response: HttpResponseBase
    route: str = ""


def asked_by_nobody(scope: Scope) -> Asked | None:
    """What nobody in particular asks for; None where a request says more about who asks, or is for no body's page."""
    slug, within, _ = scope["path"].removeprefix("/").partition("/")
    headers = [(name, value) for name, value in scope["headers"] if name in LOOKED_AT]
    told = dict(headers)
    if scope["method"] != "GET" or not (slug and within) or b"authorization" in told or len(told) < len(headers):
        return None
    cookies = parse_cookie(told.get(b"cookie", b"").decode("latin-1"))
    if cookies.keys() - {looking.COOKIE, settings.LANGUAGE_COOKIE_NAME}:
        return None
    chosen, accepts = cookies.get(settings.LANGUAGE_COOKIE_NAME, ""), told.get(b"accept-language", b"")
    language, look = _language(chosen, accepts.decode("latin-1")), cookies.get(looking.COOKIE, "")
    mattering = tuple(sorted(each for each in headers if each[0] in TOLD))
    return Asked(slug, scope["path"], scope["query_string"], scope["scheme"], mattering, language, look)


def route_for_all(request: HttpRequest, response: HttpResponseBase) -> str:
    """The route of an answer that may be given to everybody else who asks the same; empty of any other."""
    match = request.resolver_match
    for_all = (
        match is not None
        and match.view_name in ROUTES
        and response.status_code == 200
        and not (response.cookies or request.user.is_authenticated)
        and "no-store" not in response.headers.get("Cache-Control", "")
    )
    return match.view_name if match and for_all else ""


class Kept:
    """The pages kept for one office. Used by one thread, that of the loop."""

    def __init__(self, directory: Path, most: int = MOST) -> None:
        self._directory = directory
        self._most = most
        self._office: Office | None = None
        self._pages: OrderedDict[Asked, Page] = OrderedDict()
        self._held = 0

    def __len__(self) -> int:
        """How many pages are kept."""
        return len(self._pages)

    async def answer(self, scope: Scope, make: Callable[[], Awaitable[Made]]) -> HttpResponseBase:
        """What is answered to a request: a page that is kept, else one that ``make`` makes."""
        asked = asked_by_nobody(scope)
        state = self.state(asked.slug) if asked else None
        if asked is None or state is None:
            return (await make()).response
        page = self._found(asked, state)
        if page is None:
            made = await make()
            if not (made.route and isinstance(made.response, HttpResponse)) or self.state(asked.slug) != state:
                return made.response
            page = self._keep(asked, state, made.route, made.response)
        return page.answer(_value(scope, b"if-none-match"))

    def state(self, slug: str) -> State | None:
        """How a body stands now; None where there is none of that name, the office cannot be read, or its registers
        are being made: a page may do without them meanwhile."""
        if opened.lender().prepared_elsewhere.is_set():
            return None
        try:
            told = (self._directory / SETTINGS).read_bytes()
            self._office = self._office or Office(self._directory)
            self._office.refresh()
            bureau = self._office.body(slug)
            now = bureau.log.clock.now()
            return State(told, bureau.log.size(), f"{now[:14]}{int(now[14:16]) // 15}")
        except (OSError, Fault):
            return None

    def _found(self, asked: Asked, state: State) -> Page | None:
        """The page, if it was made in this state."""
        page = self._pages.get(asked)
        if page is None or page.state != state:
            return None
        self._pages.move_to_end(asked)
        return page

    def _keep(self, asked: Asked, state: State, route: str, response: HttpResponse) -> Page:
        """A page as it will be found from now on."""
        page = Page(state, response, _unchanged(response))
        if self._is_of_record(asked.slug, route) and _size(page) <= self._most // 8:
            self._drop(asked)
            self._pages[asked] = page
            self._held += _size(page)
            while self._held > self._most:
                self._drop(next(iter(self._pages)))
        return page

    def close(self) -> None:
        """Forget all."""
        self._pages.clear()
        self._held = 0
        if self._office is not None:
            self._office.close()
            self._office = None

    def _is_of_record(self, slug: str, route: str) -> bool:
        """Whether a page is made of the record alone, as the office is set."""
        bureau = self._office.body(slug) if self._office else None
        return route not in IN_WORDS or not (bureau is None or bureau.language_model or bureau.embedding.used())

    def _drop(self, asked: Asked) -> None:
        page = self._pages.pop(asked, None)
        self._held -= _size(page) if page else 0


def _size(page: Page) -> int:
    """About how much memory a page takes."""
    return len(page.whole.content) + 4096


def _unchanged(response: HttpResponse) -> HttpResponse:
    """The answer to who has the page already; the page is given a tag by which it is known."""
    if not response.has_header("ETag"):
        response.headers["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    return HttpResponseNotModified(headers={name: response.headers[name] for name in SAME if name in response.headers})


@lru_cache(1024)
def _language(chosen: str, accepts: str) -> str:
    """The language of a page for a browser that says this of itself."""
    request = HttpRequest()
    request.COOKIES = {settings.LANGUAGE_COOKIE_NAME: chosen}
    request.META = {"HTTP_ACCEPT_LANGUAGE": accepts}
    return str(get_language_from_request(request))


def _value(scope: Scope, name: bytes) -> str:
    """What a header says; empty where there is none."""
    return next((value.decode("latin-1") for told, value in scope["headers"] if told == name), "")


@cache
def kept_pages() -> Kept:
    """The pages kept of the office that this process serves."""
    return Kept(OFFICE)
