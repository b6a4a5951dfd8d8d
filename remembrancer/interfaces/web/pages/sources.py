"""The source beside the text, at the place: pictures of a PDF's pages, a page without what could act, or the words."""

from __future__ import annotations

import re
from posixpath import basename
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.finding import found, whole_number
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.serving.headers import tells_of
from remembrancer.model import Span, Spans
from remembrancer.office.showing import beside, locating, shown, withheld

AT = re.compile(r"\d{1,10}-\d{1,10}(?:,\d{1,10}-\d{1,10}){0,99}")
ALONE = "default-src 'none'; sandbox"
"""The policy of what is downloaded: if a browser shows it after all, nothing in it acts."""


def sources(request: HttpRequest, body: str) -> HttpResponse:
    """The documents of the record, by path."""
    asking = asking_of(request)
    listed = asking.bureau.derived(
        asking.principal, "sources", lambda: tuple(shown.sources(asking.bureau, asking.principal))
    )
    words = request.GET.get("q", "").casefold().split()
    named = [each for each in listed if all(word in each.path.casefold() for word in words)]
    size, number = 100, whole_number(request, "page")
    on_page = sorted(named, key=lambda each: each.path)[(number - 1) * size : number * size]
    told = {"sources": on_page, "count": len(named), "every": len(listed), "page": number}
    told |= {"pages": -(-len(named) // size), "q": request.GET.get("q", "")}
    return render(request, "pages/sources.html", told | {"closed": withheld.closed(asking.bureau, asking.principal)})


def source(request: HttpRequest, body: str, sha: str) -> HttpResponse:
    """A page of a source: by its number, or at ``START-END`` (several, parted by commas), or at the id of an element.
    ``in`` is how the hash of the rendition begins whose bytes are counted: in another there is no such place."""
    asking = asking_of(request)
    bureau, principal, at = asking.bureau, asking.principal, request.GET.get("at", "")
    with found():
        view = beside.beside(bureau, principal, sha, _spans(request, sha, at), whole_number(request, "page", 0))
    told = {"view": view, "at": at, "asked": bool(at), "html": mark_safe(view.html)}  # noqa: S308 - see read.cleaned
    return render(request, "pages/source.html", told | {"own": at if locating.ID.fullmatch(at) else ""})


def page_picture(request: HttpRequest, body: str, sha: str, number: int) -> HttpResponse:
    """A page of a PDF as a picture, which never changes; who asks must still be one who may see it."""
    asking = asking_of(request)
    tag = f'"{sha[:32]}-{number}"'
    with found():
        if not beside.is_whole(asking.bureau, asking.principal, sha):
            raise Http404
        if tells_of(request.headers.get("If-None-Match", ""), tag):
            return HttpResponseNotModified(headers={"ETag": tag})
        picture = beside.page_picture(asking.bureau, asking.principal, sha, number)
    if picture is None:
        raise Http404
    return HttpResponse(
        picture, content_type="image/png", headers={"ETag": tag, "Cache-Control": "private, max-age=600"}
    )


def original(request: HttpRequest, body: str, sha: str) -> HttpResponse:
    """The source as it came, to keep; the text of their circle for who does not see the whole of it."""
    asking = asking_of(request)
    with found():
        name, data = shown.as_it_came(asking.bureau, asking.principal, sha)
    kept = content_disposition_header(True, basename(name.replace("\\", "/")) or sha)
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={"Content-Disposition": kept or "attachment", "Content-Security-Policy": ALONE},
    )


def _spans(request: HttpRequest, sha: str, at: str) -> Spans:
    """The spans that an address names; none where it names none in this source, or those of another rendition."""
    asking = asking_of(request)
    if locating.ID.fullmatch(at):
        return locating.spans_of(asking.bureau, asking.principal, at, sha)
    if not AT.fullmatch(at):
        return ()
    seen = asking.bureau.seen_source(asking.principal, sha)
    if seen is not None and not seen.row.rendition.startswith(request.GET.get("in", "")):
        return ()
    return tuple(Span(*map(int, each.split("-"))) for each in at.split(","))


urls: list[Any] = [
    path("sources/", sources, name="sources"),
    path("sources/<slug:sha>", source, name="source"),
    path("sources/<slug:sha>/pages/<int:number>.png", page_picture, name="source-page"),
    path("sources/<slug:sha>/as-it-came", original, name="as-it-came"),
]
ROUTES: Routes = dict.fromkeys(("sources", "source", "source-page", "as-it-came"), "everyone")
