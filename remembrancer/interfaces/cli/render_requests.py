"""What a person reads of requests for information: what is due, what may answer, what went out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from remembrancer.interfaces.cli.lines import Line
from remembrancer.interfaces.cli.render import DIM, ID, SHORT, STRONG, WARN, count, indented, joined

if TYPE_CHECKING:
    from remembrancer.office.desk.considering import Added, Considered
    from remembrancer.office.desk.copies import Answered, CheckedFile
    from remembrancer.office.desk.requests import Determination

Parts = Iterator[Line]


def opened(value: Mapping[str, Any]) -> Parts:
    due = f" It is due on {value['due']}." if value["due"] else ""
    yield Line(Text(f"Request {value['number']} is open.{due}", STRONG))
    yield Line(Text(f"Next: remembrancer request add {value['number']} --search QUERY", DIM))


def requests(value: Sequence[Mapping[str, Any]]) -> Parts:
    if not value:
        yield Line(Text("There are no requests."))
    for each in value:
        yield Line(_headed(each), f"{each['number']:>4}  ")


def _headed(value: Mapping[str, Any]) -> Text:
    who = value["requester"] or "(forgotten)"
    about = f"about {value['about']}" if value["about"] else ""
    came = f"received {value['received']}"
    due = f"due {value['due']}" if value["due"] and not value["outcome"] else ""
    ended = f"{value['outcome']} {value['closed']}" if value["outcome"] else "open"
    return joined([(who, STRONG), (value["kind"], ""), (about, ""), (came, ""), (due, WARN), (ended, "")])


def request(value: Mapping[str, Any]) -> Parts:
    yield Line(Text(f"Request {value['number']}", STRONG))
    yield Line(_headed(value))
    if value["text"]:
        yield Line(Text(f"“{value['text']}”"), "  ")
    for query in value["searched"]:
        yield indented(Text(f"searched: {query}"), 2)
    yield indented(Text(_counted(value)), 2)
    if value["held"]:
        shown = ", ".join(sha[:SHORT] for sha in value["held"])
        yield indented(Text.assemble("held: ", (shown, ID)), 2)
    if value["note"]:
        yield indented(Text(value["note"]), 2)
    for name, sha in value["files"].items():
        yield indented(Text(f"{sha}  {name}"), 2)._replace(fixed=True)


def _counted(value: Mapping[str, Any]) -> str:
    return f"{count(value['passages'], 'passage')}, {value['determined']} determined"


def added(value: Added) -> Parts:
    yield Line(Text(f"{count(value.found, 'passage')} found, {value.new} of them new.", STRONG))
    yield Line(Text(f"Entry {value.entry} of the record says so.", DIM))


def review(value: Mapping[str, Any], limit: int) -> Parts:
    yield from request(value["request"])
    yield from _listed(value["passages"], limit)
    for identity in value["gone"]:
        yield indented(Text.assemble("removed from the record since: ", (identity, ID)), 2)
    if value["proposed"]:
        yield Line(Text())
        yield Line(Text(f"Proposed: {count(len(value['proposed']), 'passage')} that name {value['request']['about']}"))
        yield from _listed(value["proposed"], limit)
        yield Line(Text())
        yield Line(Text(f"Take them: remembrancer request add {value['request']['number']} --proposed", DIM))


def _listed(passages: Sequence[Considered], limit: int) -> Parts:
    for each in passages[:limit]:
        yield Line(Text())
        yield from _considered(each)
    if len(passages) > limit:
        yield Line(Text())
        yield Line(Text(f"And {len(passages) - limit} more: -n {len(passages)}", DIM))


def _considered(each: Considered) -> Parts:
    """The words, where they stand and who may see them, then what was determined."""
    said = f"{each.speaker}: " if each.speaker else ""
    yield indented(Text(f"{said}“{each.text}”"), 2)
    closed = (each.visibility, WARN if each.visibility != "open" else "")
    where = ", ".join(filter(None, (each.path, each.place)))
    yield indented(joined([(each.date or "undated", ""), (where, DIM), closed, (each.id, ID)]))
    if each.others:
        yield indented(Text(f"also named: {', '.join(each.others)}", WARN))
    yield indented(_determination(each.determination))


def _determination(said: Determination | None) -> Text:
    if said is None:
        return Text("not determined", WARN)
    if said.action == "redact":
        parts = "; ".join(f"“{part.words}” ({_why(part.reason, part.ground)})" for part in said.parts)
        return joined([("redact", STRONG), (parts, ""), (f"{said.by}, {said.at[:10]}, entry {said.entry}", DIM)])
    why = _why(said.reason, said.ground)
    return joined([(said.action, STRONG), (why, ""), (f"{said.by}, {said.at[:10]}, entry {said.entry}", DIM)])


def _why(reason: str, ground: str) -> str:
    return ", ".join(filter(None, (ground, reason)))


def answered(value: Answered) -> Parts:
    yield Line(Text(f"Request {value.request} is closed: {value.outcome}.", STRONG))
    if value.files:
        counts = (count(value.documents, "document"), count(value.passages, "passage"), count(value.closed, "part"))
        yield Line(Text(f"The copy is in {value.directory}: {counts[1]} of {counts[0]}; {counts[2]} closed."))
        check = f"remembrancer request show {value.request} --check {value.directory}"
        yield Line(Text(f"Whether a copy is this one: {check}", DIM))
    yield Line(Text(f"Entry {value.entry} of the record says so.", DIM))


def checked(value: Sequence[CheckedFile]) -> Parts:
    same = all(each.state == "same" for each in value)
    yield Line(Text("The copy is what went out." if same else "The copy is not what went out.", STRONG))
    for each in value:
        yield indented(joined([(each.state, "" if each.state == "same" else WARN), (each.name, "")]), 2)
