"""Operations of the clerk, the auditor and the owner: the queue, facts settled, documents taken in, classes, grants."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ninja import File, Form, P, QueryEx, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from remembrancer.interfaces import telling
from remembrancer.interfaces.rest.operations import operation
from remembrancer.interfaces.rest.parameters import After, Called, Limit
from remembrancer.interfaces.rest.replies import page
from remembrancer.interfaces.web.admitting.asking import Asking
from remembrancer.model import AUTHORITIES, Authority, Exit, Fault
from remembrancer.office.changing import granting, incoming, keeping, scanning
from remembrancer.office.desk import requests
from remembrancer.office.registers import registrar
from remembrancer.office.registers.registered import Registered
from remembrancer.office.showing import shown
from remembrancer.record.intake import Taken
from remembrancer.saying import Sentence, verbatim

router = Router()
TAG = "Desk"
MOST_BYTES = 50_000_000
"""Bytes of a document that is read at once; more is handed in on the clerk's desk."""

CLASS = r"^(open|existence|members|hidden|role:[a-z][a-z0-9-]*)$"


class Note(Schema):
    """Why; kept with the entry."""

    note: str = Field("", max_length=10_000)


class Correction(Note):
    """What is otherwise than the document has it, by field."""

    fields: dict[str, str] = Field(max_length=20)


class Classification(Schema):
    """Who may see something. Of what everybody may know to exist, ``title`` and ``ground`` are what they see."""

    id: str = Field(min_length=1, max_length=200)
    visibility: str = Field(alias="class", pattern=CLASS)
    title: str = Field("", max_length=1000)
    ground: str = Field("", max_length=1000)


class Document(Schema):
    """What is said of a document that is sent: the path that the record keeps (its name, where there is none), who may
    see it, and its authority where the house says none."""

    path: str = Field("", max_length=800)
    visibility: str = Field("", alias="class", pattern=f"^$|{CLASS}")
    authority: Authority | str = Field("", pattern=f"^({'|'.join(AUTHORITIES)})?$")


@operation(router, "GET", "/{body}/queue", "queue")
def queue(asking: Asking, limit: Limit = 100, after: After = "") -> Any:
    """List the inferred facts that wait for the clerk, those that matter most first."""
    return page(Registered(asking.bureau, asking.principal).queue(), after, limit)


@operation(router, "POST", "/{body}/facts/{identity}/confirm", "confirm")
def confirm(asking: Asking, identity: Called, told: Note) -> Any:
    """Say that an inferred fact is so. The same answer again adds no entry, and names the one that says so."""
    return registrar.confirm(asking.bureau, asking.principal, identity, told.note)._asdict()


@operation(router, "POST", "/{body}/facts/{identity}/dismiss", "dismiss")
def dismiss(asking: Asking, identity: Called, told: Note) -> Any:
    """Say that a fact is not so: it is left out of the register; the documents stay as they are."""
    return registrar.dismiss(asking.bureau, asking.principal, identity, told.note)._asdict()


@operation(router, "POST", "/{body}/facts/{identity}/correct", "correct")
def correct(asking: Asking, identity: Called, told: Correction) -> Any:
    """Say how a fact is otherwise than the document has it."""
    return registrar.correct(asking.bureau, asking.principal, identity, told.fields, told.note)._asdict()


@operation(router, "POST", "/{body}/classify", "classify")
def classify(asking: Asking, told: Classification) -> Any:
    """Say who may see a source, sitting, item, speech or text, in every version of its document."""
    bureau, principal = asking.bureau, asking.principal
    whole = shown.whole_id(bureau, principal, told.id)
    entry = keeping.classify(bureau, principal, whole, told.visibility, told.title, told.ground)
    return {"entry": entry, "already": False}


@operation(router, "POST", "/{body}/documents", "read")
def read(asking: Asking, file: File[UploadedFile], about: Form[Document]) -> Any:
    """Read a document into the record, and say what was found in it and what was not.

    The same document again adds nothing. It is read while one waits.
    """
    if (file.size or 0) > MOST_BYTES:
        raise Fault(
            Exit.USAGE,
            Sentence("The file is larger than %(n)s bytes.", n=format(MOST_BYTES, ",")),
            Sentence("Hand it in on the clerk's desk."),
        )
    bureau, path = asking.bureau, incoming.recorded_path(about.path or file.name or "")
    with TemporaryDirectory() as directory:
        kept = keeping.File(Path(directory) / "document", path)
        kept.path.write_bytes(file.read())
        if not scanning.passes(asking.office.web, kept.path):
            raise Fault(
                Exit.UNREADABLE,
                Sentence("The office's scanner did not let the document pass."),
                Sentence("Nothing of it is kept. Ask who runs the office."),
            )
        authority: Any = about.authority or None
        taken = list(
            keeping.take_in(bureau, asking.principal, [kept], "", about.visibility or None, authority=authority)
        )
    bureau.catch_up()
    if not any(each.readable for each in taken):
        raise Fault(
            Exit.UNREADABLE,
            Sentence("The document could not be read."),
            verbatim("; ".join(_wrong(taken))) or Sentence("Is it empty?"),
        )
    return {"files": [telling.file(each) for each in taken], "totals": incoming.totals(bureau, taken)}


@operation(router, "GET", "/{body}/grants", "grants")
def grants(
    asking: Asking,
    everything: QueryEx[bool, P(alias="all", description="Also those that have ended or not begun.")] = False,
    limit: Limit = 100,
    after: After = "",
) -> Any:
    """List who holds which role, and for which term."""
    found = granting.grants(asking.bureau, asking.principal, everything)
    return page(found, after, limit, key=lambda each: str(each.entry))


@operation(router, "GET", "/{body}/requests", "requests")
def listed(asking: Asking, limit: Limit = 100, after: After = "") -> Any:
    """List the requests for information, the open ones first."""
    found = page(requests.requests(asking.bureau, asking.principal), after, limit, key=lambda each: str(each.number))
    return found._replace(rows=[telling.request(each) for each in found.rows])


@operation(router, "GET", "/{body}/requests/{number}", "request")
def request(asking: Asking, number: int) -> Any:
    """Tell a request for information, and its answer."""
    return telling.request(requests.request(asking.bureau, asking.principal, number))


def _wrong(taken: list[Taken]) -> list[str]:
    return [finding.message for each in taken for finding in each.findings]
