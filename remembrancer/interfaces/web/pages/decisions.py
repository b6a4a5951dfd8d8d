"""Decisions, each with its words, force, vote and family; motions, votes, actions, and certified extracts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from remembrancer.interfaces.web.admitting.asking import Asking, asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.admitting.typed import day, number
from remembrancer.interfaces.web.pages.register import KINDS, Choice
from remembrancer.interfaces.web.showing.drawing import picture
from remembrancer.interfaces.web.showing.quoting import Excerpt, whole
from remembrancer.memory.analysis import fold
from remembrancer.model import Action, Decision, Motion, Vote
from remembrancer.office.registers.family import family
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registered_views import ActionView, DecisionView, VoteView
from remembrancer.office.registers.standing import standings
from remembrancer.office.showing import certified, procedure
from remembrancer.office.showing.evidence import evidence
from remembrancer.register.rows import Row
from remembrancer.rules.rulebook import bounds

PAGE = 50
"""Decisions, or actions, on one page."""

AnyRow = TypeVar("AnyRow", bound=Row)


class Listed(NamedTuple):
    """A decision in a list, with the beginning of its words."""

    view: DecisionView
    words: Excerpt


class Promise(NamedTuple):
    """An action, and whether its day had gone by on the day asked for without its being known to be done."""

    view: ActionView
    words: Excerpt
    overdue: bool


def decisions(request: HttpRequest, body: str) -> HttpResponse:
    """The decisions of a ``year``, ``kind`` and ``outcome``, of one ``matter``, with the words or the number of ``q``;
    with ``told`` those that were worked out from prose alone. The latest stand first."""
    asking = asking_of(request)
    registered = Registered(asking.bureau, asking.principal)
    wanted = {name: request.GET.get(name, "") for name in ("year", "kind", "outcome", "matter")}
    words = request.GET.get("q", "").strip()[:200]
    inferred = request.GET.get("told") == "inferred"
    rows = [row for row in registered.register.decisions if row.stated != inferred]
    sought = fold(words).split()
    rows = [row for row in rows if all(word in fold(_words(row)) for word in sought)] if sought else rows
    found = [row for row in rows if _fits(row, wanted)]
    shown = _paged(request, sorted(found, key=lambda row: (row.date, row.id), reverse=True))
    views = map(registered.decision, shown.pop("rows"))
    shown |= {
        "registered": registered,
        "listed": [Listed(view, whole(view.text)) for view in views],
        "wanted": wanted,
        "query": words,
        "alone": inferred,
        "inferred": sum(not row.stated for row in registered.register.decisions),
        "years": sorted(_choices(rows, wanted, "year"), reverse=True),
        "kinds": [Choice(kind, str(KINDS.get(kind, kind)), n) for kind, _, n in _choices(rows, wanted, "kind")],
        "outcomes": _choices(rows, wanted, "outcome"),
    }
    return render(request, "pages/decisions.html", shown)


def decision(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """A decision, with its force ``on`` a day, today where none is named."""
    asking = asking_of(request)
    on = bounds(day(request.GET.get("on", "")))[1] if request.GET.get("on", "").strip() else ""
    registered = Registered(asking.bureau, asking.principal, day=on)
    row = _one(registered, Decision, identity)
    if row.id != identity:
        return redirect("decision", body=body, identity=row.id)
    view, known = registered.decision(row), standings(asking.bureau, asking.principal)
    motion, vote = registered.register.get(row.motion), registered.register.get(row.vote)
    kin = family(registered.register, known, row, registered.day)
    shown = {
        "registered": registered,
        "view": view,
        "on": on,
        "done": known.done.get(row.id, ()),
        "motion": registered.motion(motion) if isinstance(motion, Motion) else None,
        "vote": registered.vote(vote) if isinstance(vote, Vote) else None,
        "explained": procedure.explained(asking.bureau, asking.principal, vote.id) if isinstance(vote, Vote) else None,
        "picture": picture(kin, row.id) if kin.ties else None,
        "family": kin,
    }
    return render(request, "pages/decision.html", shown)


def vote(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """A vote: each ballot by its choice, what was declared, what the rules make of it."""
    asking = asking_of(request)
    registered = Registered(asking.bureau, asking.principal)
    row = _one(registered, Vote, identity)
    if row.id != identity:
        return redirect("vote", body=body, identity=row.id)
    shown = {
        "registered": registered,
        "view": registered.vote(row),
        "explained": procedure.explained(asking.bureau, asking.principal, row.id),
        "decided": [each.id for each in registered.register.linked(row.id) if isinstance(each, Decision)],
    }
    return render(request, "pages/vote.html", shown)


def motion(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """A motion: its words, who moved it, what amends it and what came of it."""
    asking = asking_of(request)
    registered = Registered(asking.bureau, asking.principal)
    row = _one(registered, Motion, identity)
    if row.id != identity:
        return redirect("motion", body=body, identity=row.id)
    linked = registered.register.linked(row.id)
    votes = dict.fromkeys((row.vote, *(each.id for each in linked if isinstance(each, Vote))))
    shown = {
        "registered": registered,
        "view": registered.motion(row),
        "votes": [_vote(registered, each) for each in votes if each],
        "amendments": [registered.motion(each) for each in linked if isinstance(each, Motion)],
        "decided": [each.id for each in linked if isinstance(each, Decision)],
    }
    return render(request, "pages/motion.html", shown)


def actions(request: HttpRequest, body: str) -> HttpResponse:
    """Who promised what by when: those of one ``owner``, those not known to be done with ``open``; overdue as of
    ``on``, today where none is named."""
    asking = asking_of(request)
    registered = Registered(asking.bureau, asking.principal)
    owner, waiting = request.GET.get("owner", ""), bool(request.GET.get("open"))
    on = bounds(day(request.GET.get("on", "")) or registered.day)[1]
    rows = [row for row in registered.register.actions if not row.date or bounds(row.date)[0] <= on]
    of_owner = [row for row in rows if owner in ("", _owner(row))]
    found = [row for row in of_owner if not (waiting and row.done)]
    shown = _paged(request, sorted(found, key=lambda row: (row.due or row.date, row.id), reverse=True))
    owners = Counter(filter(None, map(_owner, rows)))
    names = {_owner(row): row.label for row in rows}
    shown |= {
        "registered": registered,
        "listed": [_promise(registered, row, on) for row in shown.pop("rows")],
        "owner": owner,
        "owners": [Choice(each, names[each], count) for each, count in owners.most_common(20)],
        "open": waiting,
        "undone": sum(not row.done for row in of_owner),
        "overdue": sum(_is_overdue(row, on) for row in of_owner),
        "on": on,
    }
    return render(request, "pages/actions.html", shown)


def extract(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """The certified extract of a decision, to read, print and take along."""
    made = _extract(asking_of(request), identity)
    return render(request, "pages/extract.html", {"made": made, "identity": identity})


def extract_file(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """The same as a file of plain text, with its proof."""
    made = _extract(asking_of(request), identity)
    return _download(f"{_name(made)}.txt", made.text)


def proof_file(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """The proof of an extract alone, as programs that check it take it."""
    return _download(f"{identity}.proof.txt", _extract(asking_of(request), identity).proof)


def evidence_file(request: HttpRequest, body: str, identity: str) -> HttpResponse:
    """All that proves an extract, with what checks it: one archive."""
    asking = asking_of(request)
    made = _extract(asking, identity)
    proving = b"".join(evidence(asking.bureau, asking.principal, made))
    return _download(f"{_name(made)}.zip", proving, "application/zip")


def _name(made: certified.Extract) -> str:
    return slugify(f"extract {made.body} {made.decision.number or made.date}") or "extract"


def _download(name: str, data: str | bytes, media: str = "text/plain; charset=utf-8") -> HttpResponse:
    kept = content_disposition_header(True, name)
    return HttpResponse(data, content_type=media, headers={"Content-Disposition": kept or "attachment"})


def _one(registered: Registered, kind: type[AnyRow], identity: str) -> AnyRow:
    """The row of an id, also a former one; not found where there is none that may be seen."""
    row = registered.register.get(identity)
    if not isinstance(row, kind):
        raise Http404
    return row


def _extract(asking: Asking, identity: str) -> certified.Extract:
    registered = Registered(asking.bureau, asking.principal)
    row = _one(registered, Decision, identity)
    return certified.extract(asking.bureau, asking.principal, registered, row.id)


def _vote(registered: Registered, identity: str) -> VoteView:
    row = registered.register.get(identity)
    assert isinstance(row, Vote), "a motion's vote is a vote"
    return registered.vote(row)


def _promise(registered: Registered, row: Action, on: str) -> Promise:
    view = registered.action(row)
    return Promise(view, whole(view.text), _is_overdue(row, on))


def _is_overdue(row: Action, on: str) -> bool:
    return bool(row.due) and not row.done and bounds(row.due)[1] < on


def _owner(row: Action) -> str:
    """Who an action is of: somebody's id, else the name as written."""
    return row.owner or row.label


def _words(row: Decision) -> str:
    return f"{row.number} {row.title} {row.status_to} {row.text}"


def _fits(row: Decision, wanted: dict[str, str], without: str = "") -> bool:
    return all(value in ("", _value(row, name)) for name, value in wanted.items() if name != without)


def _value(row: Decision, name: str) -> str:
    return (row.date[:4] or "-") if name == "year" else str(getattr(row, name))


def _choices(rows: Sequence[Decision], wanted: dict[str, str], name: str) -> list[Choice]:
    """The values of a field among what the other fields leave."""
    found = Counter(_value(row, name) for row in rows if _fits(row, wanted, without=name))
    return [Choice(value, value, count) for value, count in found.most_common() if value]


def _paged(request: HttpRequest, rows: Sequence[Any]) -> dict[str, Any]:
    """One page of rows, and which it is."""
    page = number(request, "page")
    on_page = rows[(page - 1) * PAGE : page * PAGE]
    return {
        "rows": on_page,
        "total": len(rows),
        "page": page,
        "first": (page - 1) * PAGE + 1,
        "end": (page - 1) * PAGE + len(on_page),
        "next": page + 1 if page * PAGE < len(rows) else 0,
    }


urls: list[Any] = [
    path("decisions/", decisions, name="decisions"),
    path("decisions/<slug:identity>", decision, name="decision"),
    path("decisions/<slug:identity>/extract", extract, name="extract"),
    path("decisions/<slug:identity>/extract.txt", extract_file, name="extract-file"),
    path("decisions/<slug:identity>/evidence.zip", evidence_file, name="evidence-file"),
    path("decisions/<slug:identity>/proof.txt", proof_file, name="proof-file"),
    path("votes/<slug:identity>", vote, name="vote"),
    path("motions/<slug:identity>", motion, name="motion"),
    path("actions/", actions, name="actions"),
]
ROUTES: Routes = dict.fromkeys(
    ("decisions", "decision", "extract", "extract-file", "evidence-file", "proof-file", "vote", "motion", "actions"),
    "everyone",
)
