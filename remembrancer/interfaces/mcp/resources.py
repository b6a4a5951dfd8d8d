"""What permanent ids name, as text with its source lines: for assistants that read rather than call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from remembrancer.interfaces.mcp.reception import SCHEME, Asked, Reception
from remembrancer.interfaces.web.admitting.needs import Need
from remembrancer.memory.views import ElementView, FindingView, SittingView
from remembrancer.model import Action, Decision, Exit, Fault, Matter, Motion, Person, Quote, Vote
from remembrancer.office.asking import quoting
from remembrancer.office.registers.registered import Registered
from remembrancer.office.showing import locating, shown, withheld


class Offered(NamedTuple):
    """A resource: the method that reads it, what it asks of its caller, and what it is."""

    name: str
    need: Need
    description: str
    media: str = "text/plain"


RESOURCES: Mapping[str, Offered] = {
    f"{SCHEME}://bodies": Offered("bodies", "everyone", "The bodies of this office: the slug and the name of each."),
    f"{SCHEME}://{{body}}/sittings": Offered("sittings", "everyone", "The sittings of a body: date, id and title."),
    f"{SCHEME}://{{body}}/{{identity}}": Offered(
        "identified",
        "everyone",
        "What a permanent id names, word for word, with its source: a speech, text, item, sitting, decision, motion, "
        "vote, matter or action; of the SHA-256 of a source or rendition the whole text, whose bytes the spans count.",
    ),
}
"""The address of every resource, or its template; one without a row does not exist."""

SHA256 = re.compile(r"[0-9a-f]{64}")
RULE = "\n\n"
"""Between the parts of a text."""


class Resources:
    """The resources, each a method; the office is asked by way of the reception."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def bodies(self) -> str:
        """The bodies of this office."""
        return "\n".join(f"{slug}: {name}" for slug, name in self._reception.bodies())

    def sittings(self, body: str) -> str:
        """The sittings of a body, earliest first."""
        with self._asked("sittings", body) as asked:
            lines = shown.sittings(asked.bureau, asked.principal)
            told = [_joined(", ".join(each.dates), each.id, each.title, each.venue) for each in lines]
            known = withheld.closed(asked.bureau, asked.principal)
            return "\n".join([*told, *(_joined("closed", each.title, each.ground) for each in known)])

    def identified(self, body: str, identity: str) -> str:
        """What a permanent id names."""
        with self._asked("identified", body) as asked:
            if SHA256.fullmatch(identity):
                return asked.bureau.view(quoting.of_rendition(asked.bureau, asked.principal, identity)).data.decode()
            located = locating.locate(asked.bureau, asked.principal, identity)
            if located is None:
                raise shown.nothing(asked.bureau, asked.principal, identity)
            if located.kind in ("passage", "source"):
                return _passage(asked, identity)
            if located.kind == "sitting":
                return _sitting(asked, identity)
            return _row(asked, located.id)

    @contextmanager
    def _asked(self, name: str, body: str) -> Iterator[Asked]:
        """The reading of a resource; what is wrong with it is told to the assistant."""
        need = next(each.need for each in RESOURCES.values() if each.name == name)
        try:
            with self._reception.asked(body, need) as asked:
                yield asked
        except Fault as fault:
            error = ResourceNotFoundError if fault.exit_code is Exit.REFUSED else ResourceError
            raise error(" ".join(filter(None, (fault.what, fault.advice)))) from fault


def _passage(asked: Asked, identity: str) -> str:
    """An element, and what stands under it where it is an item, with its source line; a finding says what it is."""
    view = shown.show(asked.bureau, asked.principal, identity)
    if isinstance(view, ElementView):
        return RULE.join([*map(_element, (view.element, *view.under)), _source(asked, view)])
    assert isinstance(view, FindingView), "all kinds of things that stand in a document"
    return RULE.join((_joined(view.code, view.path, view.place), _joined(view.message, view.advice)))


def _element(view: Any) -> str:
    said = getattr(view, "text", "") or _joined(getattr(view, "number", ""), getattr(view, "title", ""))
    speaker = getattr(view, "speaker", "")
    return f"{speaker}: {said}" if speaker else str(said)


def _source(asked: Asked, view: ElementView) -> str:
    """Where an element stands, and where to look it up."""
    where = _joined(view.date, view.path, view.element.place, view.authority)
    return f"Source: {where}\n{asked.link(view.element.id)}"


def _sitting(asked: Asked, identity: str) -> str:
    """What a sitting had on its order of business; its words are read item by item."""
    view = shown.show(asked.bureau, asked.principal, identity)
    assert isinstance(view, SittingView), "the id of a sitting"
    items = [_joined(each.id, each.number, each.title, each.ground) for each in view.items]
    head = _joined(", ".join(view.dates), view.title, view.venue, view.authority)
    return RULE.join(filter(None, (head, "\n".join(items), asked.link(view.id))))


def _row(asked: Asked, identity: str) -> str:
    """A row of the register: what it is, the words that prove it, and where to look it up."""
    registered = Registered(asked.bureau, asked.principal)
    row = registered.register.get(identity)
    match row:
        case Decision():
            view: Any = registered.decision(row)
            head = _joined(view.date, view.kind, view.number, view.title, view.outcome, view.force or "")
        case Motion():
            view = registered.motion(row)
            head = _joined(view.date, view.mover, view.seconder, view.outcome)
        case Vote():
            view = registered.vote(row)
            head = _joined(view.date, view.question, view.declared, *(f"{key} {n}" for key, n in view.counts.items()))
        case Action():
            view = registered.action(row)
            head = _joined(view.date, view.owner, view.due)
        case Matter():
            return _matter(asked, registered, row)
        case _:
            assert isinstance(row, Person), "all kinds of rows that have an address"
            return RULE.join((_joined(row.name, *row.labels), asked.link(row.id)))
    return RULE.join(filter(None, (head, *_quotes(asked, view.spans), asked.link(view.id))))


def _matter(asked: Asked, registered: Registered, row: Matter) -> str:
    view = registered.matter(row)
    decided = [_joined(each.date, each.id, each.kind, each.number, each.status_to) for each in view.decisions]
    debated = [_joined(each.date, each.sitting, each.item, each.title) for each in view.debates]
    head = _joined(view.number, view.title, view.status)
    return RULE.join(filter(None, (head, "\n".join(decided), "\n".join(debated), asked.link(view.id))))


def _quotes(asked: Asked, spans: Sequence[Quote]) -> Iterator[str]:
    """Each quotation, with the document that it stands in."""
    for each in spans:
        seen = asked.bureau.seen_source(asked.principal, each.source)
        path = seen.source.path if seen else ""
        authority = seen.source.authority if seen else ""
        yield f"“{each.quote}”\nSource: {_joined(path, authority, f'bytes {each.start}-{each.end}', each.rendition)}"


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
