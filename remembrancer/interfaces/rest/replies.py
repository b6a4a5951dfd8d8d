"""How a program is answered: JSON of a published shape or bytes, a strong ETag, the address of the next page.

An ETag is the hash of what is answered, so that it changes when that does and tells nothing else. Where the record has
gained no entry since an answer was made, the same caller who still has it is answered without making it again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from hashlib import sha256
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from remembrancer.interfaces import shapes
from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.serving.headers import tells_of
from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

ALONE = "default-src 'none'; sandbox"
"""The policy of what is answered: if a browser shows it after all, nothing in it acts."""

TAGS = 20_000
"""How many ETags are remembered."""


class Page(NamedTuple):
    """Some rows of a list, and from where the next page goes on; empty on the last."""

    rows: Sequence[Any]
    after: str


class Bytes(NamedTuple):
    """Bytes as the record has them, and the name of their file."""

    data: bytes
    name: str = ""


def by_id(row: Any) -> str:
    """What most rows are told apart by."""
    return str(row.id)


def page(rows: Sequence[Any], after: str, limit: int, key: Callable[[Any], str] = by_id) -> Page:
    """The rows that follow one of a list. Rows that come in between are left out; none of those that were there from
    the beginning is left out or told twice. A Fault (usage) where that row is not there any more."""
    first = 0
    if after:
        found = next((at for at, row in enumerate(rows) if key(row) == after), None)
        if found is None:
            raise Fault(
                Exit.USAGE,
                Sentence("What this page goes on from is not in the list."),
                Sentence("Begin again without `after`."),
            )
        first = found + 1
    shown = rows[first : first + limit]
    return Page(shown, key(shown[-1]) if shown and first + limit < len(rows) else "")


def reply(request: HttpRequest, shape: str, made: Any) -> HttpResponse:
    """The answer; without its content where the caller says that they have it."""
    response = _bytes(made) if isinstance(made, Bytes) else _json(request, shape, made)
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    if request.method != "GET":
        response.headers["Cache-Control"] = "no-store"
        return response
    tag = _tag(response)
    if _has(request, tag):
        return unchanged(tag)
    return _tagged(response, tag)


def unchanged(tag: str) -> HttpResponse:
    """That the caller has what would be answered."""
    response = HttpResponse(status=304)
    del response.headers["Content-Type"]
    return _tagged(response, tag)


def _bytes(made: Bytes) -> HttpResponse:
    response = HttpResponse(made.data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    return response


def _json(request: HttpRequest, shape: str, made: Any) -> HttpResponse:
    value = made.rows if isinstance(made, Page) else made
    response = HttpResponse(shapes.dump(shape, value) + b"\n", content_type="application/json")
    if isinstance(made, Page) and made.after:
        query = request.GET.copy()
        query["after"] = made.after
        response.headers["Link"] = f'<{quote(request.path)}?{query.urlencode()}>; rel="next"'
    return response


def _tag(response: HttpResponse) -> str:
    """A page with the same rows is another page where another follows."""
    link = response.headers.get("Link", "").encode()
    return f'"{sha256(link + response.content).hexdigest()[:32]}"'


def _tagged(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization, Cookie"
    return response


def _has(request: HttpRequest, tag: str) -> bool:
    return tells_of(request.headers.get("If-None-Match", ""), tag)


class Answered:
    """The ETags of what was answered last. What is asked again, by the same principal on the same day before the record
    has grown, is answered alike."""

    def __init__(self) -> None:
        self._tags: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()

    def tag(self, request: HttpRequest) -> str:
        """That of what the caller has and would be answered again; empty where it must be made."""
        with self._lock:
            tag = self._tags.get(asked(request), "")
        return tag if tag and _has(request, tag) else ""

    def keep(self, what: Hashable, response: HttpResponse) -> None:
        """Remember what was answered; ``what`` was asked before the answer was made."""
        with self._lock:
            self._tags[what] = response.headers["ETag"]
            while len(self._tags) > TAGS:
                self._tags.popitem(last=False)


def asked(request: HttpRequest) -> Hashable:
    """All that decides an answer made of the record alone."""
    asking = asking_of(request)
    size, today = asking.bureau.log.size(), asking.bureau.today()
    return asking.office.directory, asking.slug, size, asking.principal, request.get_full_path(), today
