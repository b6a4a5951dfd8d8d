"""The tools that an assistant may call. Their docstrings are what the assistant is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any, Literal

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from remembrancer.interfaces.dates import day
from remembrancer.interfaces.mcp.reception import Asked, Reception
from remembrancer.interfaces.mcp.results import (
    Answer,
    Found,
    InForce,
    Matter,
    Quotation,
    SittingPortion,
    result,
)
from remembrancer.interfaces.narrowing import narrowed
from remembrancer.interfaces.web.admitting.needs import Need
from remembrancer.model import Fault, PassageKind
from remembrancer.model import Matter as MatterRow
from remembrancer.office.asking import answering, quoting
from remembrancer.office.registers.registered import Registered, Wanted
from remembrancer.office.registers.registrar import Scope
from remembrancer.office.showing import portions

TOOLS: Mapping[str, Need] = {
    "ask": "everyone",
    "search": "everyone",
    "decisions_in_force": "everyone",
    "matter": "everyone",
    "sitting": "everyone",
    "verify_quotation": "everyone",
}
"""Every tool and what it asks of its caller; one without a row is offered to nobody. What each caller is told, the
office decides again for every call."""

DEEPEST = 1_000
"""How far into a list an assistant may turn the pages."""

Body = Annotated[str, Field(description="The slug of the body; empty where the office keeps only one.")]
AsOf = Annotated[
    str, Field(description="Only from sittings up to this day: 2024, 2024-03 or 2024-03-07; empty for today.")
]
Cursor = Annotated[str, Field(description="`next` of the result before, for what follows it.", pattern=r"^\d{0,4}$")]
Limit = Annotated[int, Field(ge=1, le=50, description="How many at most.")]


class Tools:
    """The tools, each a method; the office is asked by way of the reception."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def offered(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        """The tools that have a row in the table."""
        for name in TOOLS:
            yield name, getattr(self, name)

    def ask(
        self,
        question: Annotated[str, Field(description="One question, in the user's own words.", max_length=1_000)],
        body: Body = "",
        as_of: AsOf = "",
        about: Annotated[str, Field(description="`row` of one of the readings of an ambiguous answer.")] = "",
        limit: Limit = 3,
    ) -> Answer:
        """Answer a question from the body's record, in the record's own words.

        `status` is `answered` (the answer is `sentence`, proven by the spans of `answer` and `facts`), `silent` (the
        record does not say: tell the user so, and do not answer from elsewhere as if it did) or `ambiguous` (choose one
        of `readings`, or let the user choose, and ask again with its `row` as `about`). `conflicts` are documents that
        say otherwise: tell of them. A fact whose `stated` is false was worked out from prose and waits for the clerk.
        """
        with self._asked("ask", body) as asked:
            told = answering.ask(asked.bureau, asked.principal, question, day(as_of), limit, about)
            return result(Answer, told, asked)

    def search(
        self,
        query: Annotated[
            str, Field(description='Words, "phrases", AND, OR, NOT, speaker:NAME, item:WORD.', max_length=1_000)
        ],
        body: Body = "",
        since: Annotated[str, Field(description="Only sittings from this date on.")] = "",
        until: Annotated[str, Field(description="Only sittings up to this date.")] = "",
        speaker: Annotated[str, Field(description="Only what this speaker said.")] = "",
        sitting: Annotated[str, Field(description="Only in the sitting of this id.")] = "",
        item: Annotated[str, Field(description="Only under this item: its id, or words of its title.")] = "",
        kind: Annotated[PassageKind | Literal[""], Field(description="Only speeches, items or other text.")] = "",
        as_of: AsOf = "",
        limit: Limit = 5,
        cursor: Cursor = "",
    ) -> Found:
        """Find passages of the record by their words, best first: what was said and written, word for word, with
        speaker, date, place and source. Use `ask` first for a question."""
        first = _first(cursor)
        with self._asked("search", body) as asked:
            filters = narrowed(since, until, speaker, sitting, item, kind, as_of)
            hits = asked.bureau.search(asked.principal, query, filters, first + limit + 1)
            return result(Found, {"hits": hits[first : first + limit], "next": _next(first, limit, len(hits))}, asked)

    def decisions_in_force(
        self,
        on: Annotated[str, Field(description="The day, as 2024-03-07; empty for today.")] = "",
        body: Body = "",
        matter: Annotated[str, Field(description="Only of this matter: id, number or title.")] = "",
        limit: Limit = 5,
        cursor: Cursor = "",
    ) -> InForce:
        """List what the body had decided that was in force on a day, by date, each with its words, its vote, its
        provisions, and what it amends or repeals. Only decisions that the record states or a clerk has confirmed."""
        first = _first(cursor)
        with self._asked("decisions_in_force", body) as asked:
            registered = Registered(asked.bureau, asked.principal, Scope(day(on)))
            rows = registered.wanted(Wanted(matter=matter, force="in-force"))
            shown = [registered.decision(row) for row in rows[first : first + limit]]
            told = {"on": registered.day, "decisions": shown, "next": _next(first, limit, len(rows))}
            return result(InForce, told, asked)

    def matter(
        self,
        matter: Annotated[str, Field(description="Its id, number or title.")],
        body: Body = "",
        as_of: AsOf = "",
    ) -> Matter:
        """Tell the whole story of one matter: where it stands, the rungs it went through with their dates, what was
        decided on it, where it was debated, and what was reported of it at second hand."""
        with self._asked("matter", body) as asked:
            registered = Registered(asked.bureau, asked.principal, Scope(day(as_of)))
            return result(Matter, registered.matter(registered.one(MatterRow, matter)), asked)

    def sitting(
        self,
        sitting: Annotated[str, Field(description="Its id, or its day as 2024-03-07.")],
        body: Body = "",
        item: Annotated[str, Field(description="Only what stands under the item of this id.")] = "",
        limit: Limit = 10,
        cursor: Cursor = "",
    ) -> SittingPortion:
        """Show one sitting: venue, who was present, its items, and its speeches and texts in their order, some at a
        time. Name an item to read only what was said on it."""
        first = _first(cursor)
        with self._asked("sitting", body) as asked:
            whole = portions.sitting_called(asked.bureau, asked.principal, sitting)
            shown, after = portions.portion(whole, item, first, limit)
            return result(SittingPortion, {"sitting": shown, "next": "" if after is None else str(after)}, asked)

    def verify_quotation(
        self,
        quote: Annotated[str, Field(description="The words, without quotation marks around them.", max_length=10_000)],
        body: Body = "",
        id: Annotated[str, Field(description="Where it is said to stand: the id of a speech, decision, sitting.")] = "",
        rendition: Annotated[str, Field(description="Or the SHA-256 of the rendition or source.")] = "",
        start: Annotated[int | None, Field(ge=0, description="With a rendition: its first byte there.")] = None,
        end: Annotated[int | None, Field(ge=0, description="And the byte after its last.")] = None,
    ) -> Quotation:
        """Check that words stand in the record exactly as quoted, before quoting them to anybody. Where they do not
        hold, `nearest` is what the record says instead: quote that, or nothing."""
        with self._asked("verify_quotation", body) as asked:
            held = quoting.verify_quotation(asked.bureau, asked.principal, quote, rendition, start, end, id)
            return result(Quotation, held, asked)

    @contextmanager
    def _asked(self, name: str, body: str) -> Iterator[Asked]:
        """The call of a tool; what is wrong with it is told to the assistant."""
        try:
            with self._reception.asked(body, TOOLS[name]) as asked:
                yield asked
        except Fault as fault:
            raise ToolError(" ".join(filter(None, (fault.what, fault.advice)))) from fault


def _first(cursor: str) -> int:
    return min(int(cursor or 0), DEEPEST)


def _next(first: int, limit: int, found: int) -> str:
    """The cursor of what follows; empty where nothing does."""
    return str(first + limit) if found > first + limit and first + limit <= DEEPEST else ""
