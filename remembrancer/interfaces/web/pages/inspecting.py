"""*Sign-ins and refusals*: the journal of the whole office, for its owner and its auditor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts import journal
from remembrancer.interfaces.web.accounts.models import Account, Occurrence
from remembrancer.interfaces.web.accounts.recent import recently
from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.finding import whole_number
from remembrancer.interfaces.web.admitting.needs import Routes

PAGE = 50


class Shown(NamedTuple):
    """A line, and what the account that it concerns is called; empty where there is none any more."""

    line: Occurrence
    name: str


@never_cache
@require_safe
def signing(request: HttpRequest, body: str) -> HttpResponse:
    """The lines by pages, newest first, all or those about one thing."""
    asking = asking_of(request)
    what = request.GET.get("what", "")
    found = journal.lines(asking.office, asking.principal, what if what in journal.WHAT else "")
    page = Paginator(found, PAGE).get_page(whole_number(request, "page"))
    shown = {"lines": page, "shown": _named(page.object_list), "what": what, "kinds": journal.WHAT}
    return render(request, "pages/journal.html", shown | {"days": settings.JOURNAL_DAYS})


@never_cache
@require_safe
@recently
def signing_lines(request: HttpRequest, body: str) -> StreamingHttpResponse:
    """Every line as JSON Lines, to be kept elsewhere."""
    asking = asking_of(request)
    found = journal.lines(asking.office, asking.principal)
    kept = {"Content-Disposition": 'attachment; filename="sign-ins.jsonl"'}
    return StreamingHttpResponse(journal.exported(found), content_type="application/jsonl", headers=kept)


def _named(lines: Iterable[Occurrence]) -> list[Shown]:
    listed = list(lines)
    keys = {line.account.removeprefix("account:") for line in listed}
    names = {each.principal: str(each) for each in Account.objects.filter(key__in=keys)}
    return [Shown(line, names.get(line.account, "")) for line in listed]


urls = [
    path("owner/sign-ins", signing, name="journal"),
    path("owner/sign-ins.jsonl", signing_lines, name="journal_lines"),
]
ROUTES: Routes = {"journal": "inspect", "journal_lines": "inspect"}
