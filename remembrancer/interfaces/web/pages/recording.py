"""*Record*: the log itself, its head, the proof of each entry, what was removed, and everything open to take away."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from remembrancer.access import DEEDS, ROLES
from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.finding import found
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.typed import number
from remembrancer.interfaces.web.serving import streaming
from remembrancer.model import Exit
from remembrancer.office.changing import granting, keeping
from remembrancer.office.showing import logged, proving

PLAIN, BYTES = "text/plain; charset=utf-8", "application/octet-stream"

SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
def record(request: HttpRequest, body: str) -> HttpResponse:
    """The head and the log, newest first, of one kind where ``kind`` names one."""
    asking = asking_of(request)
    kind, page = request.GET.get("kind", ""), number(request, "page")
    told = logged.lines(asking.bureau, asking.principal, kind, page)
    shown: dict[str, Any] = {"lines": told, "kind": kind, "page": page, "head": proving.head(asking.bureau)}
    shown |= {
        "keys": proving.verifiers(asking.bureau),
        "kinds": asking.bureau.kinds(),
        "origin": logged.origin(asking.bureau),
    }
    return render(request, "pages/record.html", shown)


@require_safe
def entry(request: HttpRequest, body: str, entry: int) -> HttpResponse:
    """One entry: its envelope, its payload as who asks may see it, and the proof that it is in the record."""
    asking = asking_of(request)
    with found():
        opened = logged.opened(asking.bureau, asking.principal, entry)
    payload = json.dumps(opened.line.payload, indent=2, ensure_ascii=False) if opened.line.payload is not None else ""
    shown = {"entry": opened, "payload": payload, "origin": logged.origin(asking.bureau)}
    return render(request, "pages/entry.html", shown | {"last": asking.bureau.log.size() - 1})


@require_safe
def removals(request: HttpRequest, body: str) -> HttpResponse:
    """What each redaction and disposal says of itself."""
    asking = asking_of(request)
    told = logged.removals(asking.bureau, asking.principal)
    return render(request, "pages/removals.html", {"removals": told})


@require_safe
def roles(request: HttpRequest, body: str) -> HttpResponse:
    """Who held which role on a day, by which entry, and what its holders may see and do."""
    asking = asking_of(request)
    on = request.GET.get("on", "") or asking.bureau.today()
    keeping.check_day(on)
    held = granting.grants(asking.bureau, asking.principal, all_of_them=True)
    shown = {"held": [each for each in held if each.held(on)], "ever": held, "on": on}
    deeds = {role: sorted(deed for deed, whose in DEEDS.items() if role in whose) for role in ROLES}
    return render(request, "pages/roles.html", shown | {"deeds": deeds})


@require_safe
def checkpoint(request: HttpRequest, body: str) -> HttpResponse:
    """The signed head, as monitors read it."""
    return HttpResponse(proving.head(asking_of(request).bureau).note, content_type=PLAIN)


@require_safe
def verifiers(request: HttpRequest, body: str) -> HttpResponse:
    """The public keys that check the head, one to a line."""
    told = proving.verifiers(asking_of(request).bureau)
    return HttpResponse("".join(f"{each}\n" for each in told), content_type=PLAIN)


@require_safe
def envelope(request: HttpRequest, body: str, entry: int) -> HttpResponse:
    """The very bytes that the tree hashes."""
    with found():
        return HttpResponse(logged.envelope(asking_of(request).bureau, entry), content_type="application/json")


@require_safe
def payload(request: HttpRequest, body: str, entry: int) -> HttpResponse:
    """The salt and the canonical payload of an entry that who asks may see."""
    asking = asking_of(request)
    with found():
        told = logged.payload(asking.bureau, asking.principal, entry)
    return HttpResponse(told, content_type=PLAIN, headers=SANDBOX)


@require_safe
def inclusion(request: HttpRequest, body: str, entry: int) -> HttpResponse:
    """The C2SP proof that an entry is under the head."""
    with found(Exit.USAGE):
        return HttpResponse(proving.inclusion(asking_of(request).bureau, entry).proof, content_type=PLAIN)


@require_safe
def consistency(request: HttpRequest, body: str, size: int) -> HttpResponse:
    """The proof that the head only added to an earlier one of so many entries."""
    with found(Exit.USAGE):
        return HttpResponse(proving.consistency(asking_of(request).bureau, size).proof, content_type=PLAIN)


@require_safe
def blob(request: HttpRequest, body: str, entry: int, name: str) -> HttpResponse:
    """The bytes of a blob that an entry names, to be kept and never shown as a page of the office."""
    asking = asking_of(request)
    with found():
        data = logged.blob(asking.bureau, asking.principal, entry, name)
    headers = {**SANDBOX, "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=BYTES, headers=headers)


@require_safe
def download(request: HttpRequest, body: str) -> HttpResponseBase:
    """Everything that is open, as plain files in one archive that anybody can verify."""
    slug = asking_of(request).bureau.slug
    if request.method == "HEAD":
        raise Http404
    return streaming.archive(request, f"{slug}.zip", lambda office: keeping.public_export(office.body(slug)))


urls = [
    path("checkpoint", checkpoint, name="checkpoint"),
    path("record/", record, name="record"),
    path("record/keys", verifiers, name="record_keys"),
    path("record/removals", removals, name="removals"),
    path("record/roles", roles, name="record_roles"),
    path("record/download", download, name="record_download"),
    path("record/extends/<int:size>", consistency, name="record_extends"),
    path("record/entries/<int:entry>", entry, name="entry"),
    path("record/entries/<int:entry>/envelope", envelope, name="entry_envelope"),
    path("record/entries/<int:entry>/payload", payload, name="entry_payload"),
    path("record/entries/<int:entry>/proof", inclusion, name="entry_proof"),
    path("record/entries/<int:entry>/blobs/<slug:name>", blob, name="entry_blob"),
]
ROUTES: Routes = {
    "checkpoint": "everyone",
    "record": "everyone",
    "record_keys": "everyone",
    "removals": "everyone",
    "record_roles": "audit",
    "record_download": "everyone",
    "record_extends": "everyone",
    "entry": "everyone",
    "entry_envelope": "everyone",
    "entry_payload": "everyone",
    "entry_proof": "everyone",
    "entry_blob": "everyone",
}
