"""Operations: watches, the caller's own stored searches and questions, and what is new."""

from __future__ import annotations

from typing import Any, Literal

from ninja import P, QueryEx, Router, Schema
from pydantic import Field

from remembrancer.interfaces import telling
from remembrancer.interfaces.rest.operations import operation
from remembrancer.interfaces.rest.parameters import Called, Day
from remembrancer.interfaces.web.admitting.asking import Asking
from remembrancer.model import PassageKind
from remembrancer.office.asking import watching
from remembrancer.office.asking.watching import Ran
from remembrancer.queries import Filters

router = Router()
TAG = "Watches"
Most = QueryEx[int, P(ge=1, le=100, description="How many new passages at most.")]


class Wanted(Schema):
    """A search or a question to keep. A question takes no filters; without a name it is called by its words."""

    query: str = Field(min_length=1, max_length=2000)
    kind: Literal["search", "ask"] = "search"
    name: str = Field("", max_length=100, pattern=r"^[^/]*$")
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    speaker: str = Field("", max_length=1000)
    sitting: str = Field("", max_length=200)
    item: str = Field("", max_length=1000)
    passages: PassageKind | Literal[""] = ""


@operation(router, "GET", "/{body}/watches", "watches")
def watches(asking: Asking) -> Any:
    """List the caller's own watches."""
    return _listed(asking)


@operation(router, "POST", "/{body}/watches", "add-watch")
def add(asking: Asking, told: Wanted) -> Any:
    """Keep a search or a question, to be told what is new. Answers with it."""
    filters = Filters(
        since=told.since or "",
        until=told.until or "",
        speaker=told.speaker,
        sitting=told.sitting,
        item=told.item,
        kind=told.passages,
    )
    question, name = told.kind == "ask", told.name.strip()
    made = watching.add(
        asking.bureau,
        asking.office.work,
        asking.principal,
        told.query,
        question=question,
        name=name,
        filters=filters,
    )
    return [telling.watch(made)]


@operation(router, "DELETE", "/{body}/watches/{name}", "remove-watch")
def remove(asking: Asking, name: Called) -> Any:
    """Forget a watch and what it has shown. Answers with those that are left."""
    watching.remove(asking.bureau, asking.office.work, asking.principal, name)
    return _listed(asking)


@operation(router, "GET", "/{body}/watches/{name}/news", "news")
def news(asking: Asking, name: Called, limit: Most = 10) -> Any:
    """Tell what is new since it was last noted; it stays new."""
    return [each.news for each in _ran(asking, name, limit)]


@operation(router, "POST", "/{body}/watches/{name}/news", "note-news")
def note(asking: Asking, name: Called, limit: Most = 10) -> Any:
    """Tell what is new and note it: what is told now is not new again."""
    ran = _ran(asking, name, limit)
    for each in ran:
        watching.noted(asking.office.work, each)
    return [each.news for each in ran]


def _ran(asking: Asking, name: str, limit: int) -> list[Ran]:
    return list(watching.run(asking.bureau, asking.office.work, asking.principal, name, limit))


def _listed(asking: Asking) -> Any:
    return [telling.watch(each) for each in watching.watches(asking.bureau, asking.office.work, asking.principal)]
