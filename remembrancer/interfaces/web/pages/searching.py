"""*Search*: the passages of the record as one types, what narrows them with counts, and each in its context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from remembrancer.interfaces.narrowing import narrowed
from remembrancer.interfaces.web.admitting.asking import Asking, asking_of
from remembrancer.interfaces.web.admitting.faults import LOOKING, told, waited
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.typed import number
from remembrancer.interfaces.web.showing.naming import name_of
from remembrancer.interfaces.web.showing.quoting import found
from remembrancer.interfaces.web.showing.words import words_of
from remembrancer.memory.query import parse
from remembrancer.model import AUTHORITIES, BeingMade, Exit, Fault
from remembrancer.office.asking import faceting, suggesting
from remembrancer.office.asking.faceting import Facet, Facets, Order
from remembrancer.queries import Filters
from remembrancer.saying import Sentence

PAGE = 10
"""Passages on one page."""

NARROWING = ("from", "to", "speaker", "item", "sitting", "kind", "authority")
"""The fields of the address that narrow a search, beside its words."""

ORDERS = (("relevance", _("best first")), ("newest", _("newest first")), ("oldest", _("oldest first")))


class Wanted(NamedTuple):
    """A search as its address says it."""

    query: str
    filters: Filters
    authority: str
    order: Order
    page: int


class Chosen(NamedTuple):
    """What a search is narrowed to, as a person reads it."""

    field: str
    title: str


class Group(NamedTuple):
    """The values of one field that narrow a search; ``named`` is the group of their names, empty where they are as the
    record writes them."""

    title: object
    field: str
    facets: tuple[Facet, ...]
    named: str = ""


def search(request: HttpRequest, body: str) -> HttpResponse:
    """The box, what narrows the search, and what was found; while one types, what was found alone."""
    asking = asking_of(request)
    partial = request.headers.get("HX-Request-Type") == "partial"
    template = "pages/found.html" if partial else "pages/search.html"
    query = request.GET.get("q", "").strip()
    narrowing = {name: request.GET[name] for name in NARROWING if request.GET.get(name)}
    shown: dict[str, Any] = {"query": query, "narrowed": narrowing, "orders": ORDERS, "partial": partial}
    try:
        wanted = _wanted(request, query)
        shown |= {"order": wanted.order}
        shown |= _found(asking, wanted) if query or narrowing else {}
    except Fault as fault:
        if isinstance(fault, BeingMade) and not partial:
            return told(request, fault)
        return waited(render(request, template, shown | {"problem": fault}, status=LOOKING[fault.exit_code]))
    return render(request, template, shown)


def suggest(request: HttpRequest, body: str) -> HttpResponse:
    """Names that begin as what was typed, as the options of the box."""
    asking = asking_of(request)
    names = suggesting.names(asking.bureau, asking.principal, request.GET.get("q", ""))
    return render(request, "pages/suggestions.html", {"names": names})


def _wanted(request: HttpRequest, query: str) -> Wanted:
    """The search that an address asks for; a Fault (usage) where it asks for what there is not."""
    get = request.GET.get
    filters = narrowed(*(get(name, "") for name in ("from", "to", "speaker", "sitting", "item", "kind")))
    order = cast(Order, _one_of(get("sort", ""), get_args(Order)) or "relevance")
    return Wanted(query, filters, _one_of(get("authority", ""), AUTHORITIES), order, number(request, "page"))


def _one_of(told: str, choices: tuple[str, ...]) -> str:
    if told and told not in choices:
        raise Fault(
            Exit.USAGE,
            Sentence("%(told)s is none of them.", told=repr(told)),
            Sentence("Use %(list)s.", list=", ".join(choices)),
        )
    return told


def _found(asking: Asking, wanted: Wanted) -> Mapping[str, Any]:
    """What was found, page by page."""
    first = (wanted.page - 1) * PAGE
    result = faceting.find(
        asking.bureau, asking.principal, wanted.query, wanted.filters, wanted.authority, wanted.order, first, PAGE
    )
    tree = parse(wanted.query) if wanted.query else None
    return {
        "chosen": [Chosen(*each) for each in _chosen(wanted, result.facets)],
        "hits": [found(hit, tree, result.titles.get(hit.id, "")) for hit in result.hits],
        "total": result.total,
        "more": result.more,
        "groups": [group for group in _groups(result.facets, words_of(asking.bureau)) if group.facets],
        "page": wanted.page,
        "first": first + 1,
        "last": first + len(result.hits),
        "next": wanted.page + 1 if first + PAGE < result.total else 0,
    }


def _chosen(wanted: Wanted, facets: Facets) -> Iterator[tuple[str, str]]:
    """Each field that narrows the search, with what it is narrowed to; a sitting by its day and title."""
    filters = wanted.filters
    if filters.since:
        yield "from", pgettext("a day", "from %s") % filters.since
    if filters.until:
        yield "to", pgettext("a day", "to %s") % filters.until
    yield from ((name, getattr(filters, name)) for name in ("speaker", "item") if getattr(filters, name))
    if filters.sitting:
        here = next((each for each in facets.sittings if each.value == filters.sitting), None)
        yield "sitting", f"{here.date} {here.title}".strip() if here else filters.sitting
    if filters.kind:
        yield "kind", name_of("kind", filters.kind)
    if wanted.authority:
        yield "authority", name_of("authority", wanted.authority)


def _groups(facets: Facets, words: Mapping[str, str]) -> list[Group]:
    return [
        Group(_("Year"), "year", facets.years),
        Group(_("Speaker"), "speaker", facets.speakers),
        Group(capfirst(words["item"]), "item", facets.items),
        Group(capfirst(words["sitting"]), "sitting", facets.sittings),
        Group(_("Kind"), "kind", facets.kinds, "kind"),
        Group(_("Authority"), "authority", facets.authorities, "authority"),
    ]


urls = [path("search", search, name="search"), path("search/suggestions", suggest, name="suggest")]
ROUTES: Routes = {"search": "everyone", "suggest": "everyone"}
