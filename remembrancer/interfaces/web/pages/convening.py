"""The house and the rules of procedure: edited with checks as one types, tried on documents, put in force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.finding import found
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.onward import on_to
from remembrancer.interfaces.web.serving.carrier import carrier
from remembrancer.model import Exit, Fault
from remembrancer.office.changing import drafting
from remembrancer.office.registers import registrar
from remembrancer.office.running import upkeep
from remembrancer.office.showing import procedure
from remembrancer.rules import checked
from remembrancer.saying import Sentence

TOML = "application/toml; charset=utf-8"

MOST = 500_000
"""Letters of a house or a rulebook."""


def house(request: HttpRequest, body: str) -> HttpResponse:
    """The house to edit; sent back, what is wrong with it, what it would change, or that it is in force."""
    asking = asking_of(request)
    toml = _typed(request, asking.bureau.house_toml())
    shown: dict[str, Any] = {"toml": toml, "samples": drafting.samples(asking.bureau, asking.principal)}
    shown |= {"versions": drafting.versions(asking.bureau), "sample": request.POST.get("sample", "")}
    if request.method != "POST":
        return render(request, "pages/house.html", shown)
    wrong = drafting.wrong(toml)
    if wrong is None and request.POST.get("do") == "set":
        asking.bureau.set_house(asking.principal, toml)
        messages.success(request, _("The house is in force. Documents that were read before stay as they are."))
        return on_to("house", body)
    shown |= {"wrong": wrong, "checked": True}
    if wrong is None and request.POST.get("do") == "try":
        shown["effects"] = drafting.effects(asking.bureau, asking.principal, toml, request.POST.get("sample", ""))
        shown["changes"] = drafting.changes(asking.bureau.house_toml(), toml)
    return render(request, "pages/house.html", shown)


@require_POST
def house_checked(request: HttpRequest, body: str) -> HttpResponse:
    """What is wrong with a house that is being typed."""
    return render(request, "pages/parts/checked.html", {"wrong": drafting.wrong(_typed(request, "")), "checked": True})


@require_safe
def house_version(request: HttpRequest, body: str, entry: int) -> HttpResponse:
    """A house that was put in force, and what it changed of the one before."""
    with found():
        toml, before = drafting.version(asking_of(request).bureau, entry)
    shown = {"toml": toml, "entry": entry, "changes": drafting.changes(before, toml)}
    return render(request, "pages/house_version.html", shown)


@require_safe
def house_file(request: HttpRequest, body: str) -> HttpResponse:
    """The house in force, to keep as a file."""
    return _file(asking_of(request).bureau.house_toml(), "house.toml")


@require_POST
def read_again(request: HttpRequest, body: str) -> HttpResponse:
    """Have every document read again under the house in force."""
    asking = asking_of(request)
    number = upkeep.ask_to_read_again(asking.office, asking.bureau, asking.principal)
    carrier().begin()
    return on_to("job", body, number)


def rules(request: HttpRequest, body: str) -> HttpResponse:
    """The rules of procedure to edit, begun from one of ``from``; sent back, as with the house."""
    asking = asking_of(request)
    books = procedure.rulebooks(asking.bureau)
    named = request.GET.get("from", "")
    if named and named not in {book.name for book in books}:
        raise Fault(Exit.REFUSED, Sentence("There are no rules of that name."), Sentence("Choose one of those listed."))
    now = named or next((book.name for book in books if book.in_force), "")
    toml = _typed(request, procedure.shown(asking.bureau, now).toml if now else "")
    since = request.POST.get("since", "")
    shown: dict[str, Any] = {"books": books, "toml": toml, "since": since, "from": named}
    if request.method != "POST":
        return render(request, "pages/rules.html", shown)
    shown |= {"problems": checked.problems(toml), "checked": True}
    if request.POST.get("do") == "set" and not _errors(toml):
        registrar.set_rules(asking.bureau, asking.principal, toml, since, _("the rules"))
        messages.success(request, _("The rules are in force from their day on."))
        return on_to("rules", body)
    if not _errors(toml):
        shown["sentences"] = procedure.told(toml)
    return render(request, "pages/rules.html", shown)


@require_POST
def rules_checked(request: HttpRequest, body: str) -> HttpResponse:
    """What is wrong with rules that are being typed."""
    told = {"problems": checked.problems(_typed(request, "")), "checked": True}
    return render(request, "pages/parts/checked.html", told)


@require_safe
def rules_file(request: HttpRequest, body: str) -> HttpResponse:
    """The rules of a name, to keep as a file."""
    asking, named = asking_of(request), request.GET.get("name", "")
    if named not in {book.name for book in procedure.rulebooks(asking.bureau)}:
        raise Fault(Exit.REFUSED, Sentence("There are no rules of that name."), Sentence("Choose one of those listed."))
    return _file(procedure.shown(asking.bureau, named).toml, "rulebook.toml")


def _errors(toml: str) -> bool:
    return any(problem.severity == "error" for problem in checked.problems(toml))


def _typed(request: HttpRequest, default: str) -> str:
    """The TOML that was typed, or that a file holds which was chosen; line ends as they are written here."""
    if request.method != "POST":
        return default
    file = request.FILES.get("file")
    if file is not None and file.size:
        try:
            told = str(file.read(MOST + 1), "utf-8-sig")
        except UnicodeDecodeError:
            raise Fault(
                Exit.UNREADABLE, Sentence("The file is not text in UTF-8."), Sentence("Save it as UTF-8.")
            ) from None
    else:
        told = str(request.POST.get("toml", ""))
    if len(told) > MOST:
        raise Fault(
            Exit.USAGE,
            Sentence("This is too long for a house or for rules."),
            Sentence("Leave out what is not needed."),
        )
    return told.replace("\r\n", "\n")


def _file(toml: str, name: str) -> HttpResponse:
    return HttpResponse(toml, content_type=TOML, headers={"Content-Disposition": f'attachment; filename="{name}"'})


urls = [
    path("owner/house", house, name="house"),
    path("owner/house/check", house_checked, name="house_check"),
    path("owner/house/versions/<int:entry>", house_version, name="house_version"),
    path("owner/house.toml", house_file, name="house_file"),
    path("owner/house/read-again", read_again, name="house_read_again"),
    path("owner/rules", rules, name="rules"),
    path("owner/rules/check", rules_checked, name="rules_check"),
    path("owner/rules.toml", rules_file, name="rules_file"),
]
ROUTES: Routes = {
    "house": "convene",
    "house_check": "convene",
    "house_version": "convene",
    "house_file": "convene",
    "house_read_again": "take-in",
    "rules": "convene",
    "rules_check": "convene",
    "rules_file": "convene",
}
