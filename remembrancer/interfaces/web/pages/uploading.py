"""*Reading*: documents are handed in, read by a job while the pages stay quick, and accounted for letter by letter."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.finding import found, whole_number
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.onward import on_to
from remembrancer.interfaces.web.serving.carrier import carrier
from remembrancer.interfaces.web.serving.opened import lender
from remembrancer.model import AUTHORITIES, Exit, Fault
from remembrancer.office.changing import incoming
from remembrancer.office.changing.incoming import Handed
from remembrancer.office.jobs import Job
from remembrancer.saying import Sentence

MEGABYTE = 1024 * 1024
MOST_BYTES = 100 * MEGABYTE
"""Bytes of one file."""

CLASSES = ("open", "members", "role:clerk", "hidden")
"""Who may see what is handed in; a title alone is opened afterwards, where its words are known."""

PAGE = 25
"""Files whose account stands on one page."""

SECONDS = 0.5
"""How often a stream looks how far a job is."""

MOST_TOLD = 7200
"""After so many looks a stream ends, and a browser asks again."""

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

DOING = {
    "reading": gettext_lazy("Reading"),
    "indexing": gettext_lazy("Indexing"),
    "proposing a house": gettext_lazy("Looking how the documents are written"),
}


COUNTED = {
    "sittings": gettext_lazy("Sittings"),
    "items": gettext_lazy("Items"),
    "speeches": gettext_lazy("Speeches"),
    "attendance": gettext_lazy("Lines of attendance"),
    "findings": gettext_lazy("Findings"),
    "told": gettext_lazy("Letters in a speech or under an item"),
}


class Scratch(FileUploadHandler):
    """Writes what comes into a folder of the office, each file under its number. ``names`` are what the files are
    called, None for one that was too large; the folder is ``kept`` once a job has it."""

    def __init__(self, request: HttpRequest, folder: Path) -> None:
        super().__init__(request)
        self.folder = folder
        self.kept = False
        self.names: list[str | None] = []
        self.too_large: list[str] = []
        self._file: BinaryIO | None = None
        self._came = 0

    def new_file(self, *arguments: Any, **named: Any) -> None:
        super().new_file(*arguments, **named)
        self.names.append(self.file_name or "")
        self._file = (self.folder / incoming.numbered(len(self.names) - 1)).open("wb")
        self._came = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._came += len(raw_data)
        assert self._file is not None, "a file comes before its bytes"
        if self._came <= MOST_BYTES:
            self._file.write(raw_data)
            return
        self._file.close()
        Path(self._file.name).unlink()
        self.too_large.append(self.names[-1] or "")
        self.names[-1] = None
        raise SkipFile

    def file_complete(self, file_size: int) -> None:
        if self._file is not None and not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def upload_interrupted(self) -> None:
        if self._file is not None:
            self._file.close()


@csrf_exempt
def reading(request: HttpRequest, body: str) -> HttpResponse:
    """The place to drop documents, and what was read last; sent back, the documents themselves."""
    asking = asking_of(request)
    if request.method != "POST":
        jobs = incoming.readings(asking.office, asking.bureau, asking.principal)
        shown = {"classes": CLASSES, "authorities": AUTHORITIES, "jobs": jobs, "most": MOST_BYTES // MEGABYTE}
        return render(request, "pages/reading.html", shown | {"has_house": bool(asking.bureau.house_toml())})
    folder = incoming.new_folder(asking.office)
    scratch = Scratch(request, folder)
    request.upload_handlers = [scratch]
    try:
        _receive(request)
        answer = _hand_in(request, body, scratch)
    finally:
        if not scratch.kept:
            shutil.rmtree(folder, ignore_errors=True)
    if isinstance(answer, HttpResponseRedirect) and request.headers.get("Accept") == "application/json":
        # A script that followed the redirect itself would use up what the next page is to say.
        return JsonResponse({"address": answer.url})
    return answer


def _receive(request: HttpRequest) -> None:
    """Take what is sent; a Fault (usage) where it is too much."""
    try:
        assert request.POST is not None
    except TooManyFilesSent as error:
        raise Fault(
            Exit.USAGE, Sentence("These are more than 500 files."), Sentence("Hand them in in several parts.")
        ) from error
    except RequestDataTooBig as error:
        raise Fault(
            Exit.USAGE, Sentence("This is too much at once."), Sentence("Hand it in in several parts.")
        ) from error


@csrf_protect
def _hand_in(request: HttpRequest, body: str, scratch: Scratch) -> HttpResponse:
    """Make a job of what came, and say what was left out."""
    asking, told = asking_of(request), request.POST
    files = list(_files(scratch, told.getlist("path"), told.get("folder", "")))
    _say_left_out(request, scratch, files)
    if not files:
        return on_to("reading", body)
    visibility, authority = told.get("class", "open"), told.get("authority", "")
    asked = asking.office, asking.bureau, asking.principal
    number = incoming.hand_in(*asked, scratch.folder.name, files, visibility, authority)
    scratch.kept = True
    carrier().begin()
    return on_to("reading_job", body, number)


def _files(scratch: Scratch, paths: Sequence[str], folder: str) -> Iterator[Handed]:
    """What is to be read, under the paths that a browser told in the order of the files, else under their names."""
    told = paths if len(paths) == len(scratch.names) else [name or "" for name in scratch.names]
    for number, (name, said) in enumerate(zip(scratch.names, told, strict=True)):
        kept = incoming.recorded_path(said or name or "", folder)
        if name is not None and not incoming.is_hidden(kept):
            yield Handed(number, kept)


def _say_left_out(request: HttpRequest, scratch: Scratch, files: Sequence[Handed]) -> None:
    for name in scratch.too_large:
        said = {"name": name, "most": MOST_BYTES // MEGABYTE}
        messages.warning(request, _("“%(name)s” has more than %(most)s MB and was left out.") % said)
    hidden = len(scratch.names) - len(scratch.too_large) - len(files)
    if hidden:
        sentence = ngettext("%s hidden file was left out.", "%s hidden files were left out.", hidden)
        messages.warning(request, sentence % hidden)
    if not scratch.names:
        messages.warning(request, _("No files were handed in. Choose at least one."))


def job(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """How far the reading is; what it asks; what became of each file."""
    asking = asking_of(request)
    with found():
        known = incoming.reading(asking.office, asking.bureau, asking.principal, number)
    page = whole_number(request, "page")
    shown: dict[str, Any] = {"job": known, "doing": DOING.get(known.doing, ""), "page": page}
    if known.state == "done":
        shown["readable"] = known.result["totals"]["files"] - known.result["totals"]["unreadable"]
        start = (page - 1) * PAGE
        shown["accounts"] = incoming.accounts(asking.bureau, asking.principal, known, start, PAGE)
        shown["more"] = len(known.result["files"]) > start + PAGE
    if known.state == "asked":
        shown["compared"] = list(_compared(known))
    return render(request, "pages/reading_job.html", shown)


def _compared(known: Job) -> Iterator[tuple[str, int, int]]:
    """What the documents hold without and with the house that is proposed, as lines of a table."""
    without, with_it = known.result["without"], known.result["with_it"]
    for name, title in COUNTED.items():
        yield str(title), without[name], with_it[name]


def progress(request: HttpRequest, body: str, number: int) -> StreamingHttpResponse:
    """How far a job is, as Server-Sent Events, until it goes on no more."""
    asking = asking_of(request)
    with found():
        incoming.reading(asking.office, asking.bureau, asking.principal, number)
    told = _told(asking.bureau.slug, number)
    return StreamingHttpResponse(told, content_type="text/event-stream", headers=HEADERS)


async def _told(slug: str, number: int) -> AsyncIterator[str]:
    last = ""
    for _look in range(MOST_TOLD):
        known = await asyncio.to_thread(_job, slug, number)
        doing = str(DOING.get(known.doing, ""))
        said = json.dumps({"doing": doing, "done": known.done, "total": known.total, "pending": known.pending})
        if said != last:
            yield f"event: job\ndata: {said}\n\n"
        last = said
        if not known.pending:
            return
        await asyncio.sleep(SECONDS)


def _job(slug: str, number: int) -> Job:
    with lender().lent() as office:
        return office.work.jobs.job(slug, number)


@require_POST
def answer(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """What a clerk says of a house that was proposed (``house`` or ``plain``), or of files whose reading failed."""
    asking, said = asking_of(request), request.POST.get("answer", "")
    asked = asking.office, asking.bureau, asking.principal, number
    if said == "discard":
        incoming.discard(*asked)
        messages.success(request, _("The files were not read, and are not kept."))
        return on_to("reading", body)
    if said == "again":
        incoming.again(*asked)
    else:
        incoming.read_on(*asked, request.POST.get("toml", "") if said == "house" else "")
    carrier().begin()
    return on_to("reading_job", body, number)


urls: list[Any] = [
    path("desk/reading", reading, name="reading"),
    path("desk/reading/<int:number>", job, name="reading_job"),
    path("desk/reading/<int:number>/progress", progress, name="reading_progress"),
    path("desk/reading/<int:number>/answer", answer, name="reading_answer"),
]
ROUTES: Routes = dict.fromkeys(("reading", "reading_job", "reading_progress", "reading_answer"), "take-in")
