"""Operations: sittings, what was said there, the sources, the people, what readers noticed."""

from __future__ import annotations

from posixpath import basename
from typing import Any

from django.http import Http404
from ninja import P, QueryEx, Router

from remembrancer.interfaces.rest.operations import operation
from remembrancer.interfaces.rest.parameters import After, Called, Identity, Limit, Sha, Since, Until
from remembrancer.interfaces.rest.replies import Bytes, page
from remembrancer.interfaces.web.admitting.asking import Asking
from remembrancer.memory.query import date_range
from remembrancer.memory.views import ElementView, SittingLine, SittingView, SourceView
from remembrancer.model import Person
from remembrancer.office.bureau import Seen
from remembrancer.office.registers.registered import Registered
from remembrancer.office.showing import course, locating, shown, withheld

router = Router()
TAG = "Sittings"


@operation(router, "GET", "/{body}/sittings", "sittings")
def sittings(asking: Asking, since: Since = None, until: Until = None, limit: Limit = 100, after: After = "") -> Any:
    """List the sittings, earliest first, the undated last. What is closed and may be known to exist follows, by its
    public title and ground; having no day, it is not of any days that are asked for."""
    bureau, principal = asking.bureau, asking.principal
    lines = [each for each in course.calendar(bureau, principal) if _within(each, since or "", until or "")]
    closed = () if since or until else withheld.closed(bureau, principal)
    return page([*lines, *closed], after, limit)


@operation(router, "GET", "/{body}/sittings/{identity}", "sitting")
def sitting(asking: Asking, identity: Identity) -> Any:
    """Tell a sitting: who was there, its items, and all that was said, as the strongest document of each day has it."""
    return _of_kind(SittingView, shown.show(asking.bureau, asking.principal, identity))


@operation(router, "GET", "/{body}/elements/{identity}", "element")
def element(asking: Asking, identity: Identity) -> Any:
    """Tell an item with what stands under it, a speech or a text, in its place."""
    return _of_kind(ElementView, shown.show(asking.bureau, asking.principal, identity))


@operation(router, "GET", "/{body}/sources", "sources")
def sources(asking: Asking, limit: Limit = 100, after: After = "") -> Any:
    """List the files that were read, in the order in which they were recorded. What is closed and may be known to exist
    follows, by its public title and ground."""
    bureau, principal = asking.bureau, asking.principal
    seen = bureau.derived(principal, "programs: sources", lambda: tuple(bureau.all_seen(principal)))
    listed = [*seen, *withheld.closed(bureau, principal)]
    found = page(listed, after, limit, key=lambda each: each.source.sha if isinstance(each, Seen) else each.id)
    told = (shown.source_view(bureau, principal, each) if isinstance(each, Seen) else each for each in found.rows)
    return found._replace(rows=list(told))


@operation(router, "GET", "/{body}/sources/{sha}", "source")
def source(asking: Asking, sha: Sha) -> Any:
    """Tell a source: where it came from, its authority, what was not extracted from it."""
    return _of_kind(SourceView, shown.show(asking.bureau, asking.principal, sha))


@operation(router, "GET", "/{body}/sources/{sha}/as-it-came", "as-it-came")
def as_it_came(asking: Asking, sha: Sha) -> Any:
    """Give a source as it came; to who does not see the whole of it, the text that they see."""
    name, data = shown.as_it_came(asking.bureau, asking.principal, sha)
    return Bytes(data, basename(name.replace("\\", "/")) or sha)


@operation(router, "GET", "/{body}/people", "people")
def people(asking: Asking, limit: Limit = 100, after: After = "") -> Any:
    """List the members and officers, by name. The public is not listed: their speeches stand in their sittings."""
    bureau, principal = asking.bureau, asking.principal
    return page(bureau.derived(principal, "programs: people", lambda: _followed(asking)), after, limit)


@operation(router, "GET", "/{body}/people/{identity}", "person")
def person(asking: Asking, identity: Called) -> Any:
    """Tell a member's or officer's seats, attendance, motions, ballots and actions."""
    registered = Registered(asking.bureau, asking.principal)
    row = registered.one(Person, identity)
    if not locating.is_followed(row):
        raise shown.nothing(asking.bureau, asking.principal, identity)
    return registered.person(row)


@operation(router, "GET", "/{body}/findings", "findings")
def findings(
    asking: Asking,
    code: QueryEx[str, P(max_length=100, description="Only those of this code.")] = "",
    limit: Limit = 100,
    after: After = "",
) -> Any:
    """List what readers noticed in the documents, with what to do about it."""
    bureau, principal = asking.bureau, asking.principal
    found = bureau.derived(principal, "programs: findings", lambda: tuple(shown.findings(bureau, principal)))
    return page([each for each in found if code in ("", each.code)], after, limit)


def _followed(asking: Asking) -> tuple[Any, ...]:
    known = {each.id for each in locating.followed(asking.bureau, asking.principal)}
    return tuple(each for each in shown.people(asking.bureau, asking.principal) if each.id in known)


def _within(line: SittingLine, since: str, until: str) -> bool:
    """Whether a sitting was on one of some days; the undated is on none."""
    if not since and not until:
        return True
    return any(
        (not since or date_range(day)[1] >= since) and (not until or day[: len(until)] <= until) for day in line.dates
    )


def _of_kind(kind: type[Any], found: Any) -> Any:
    if not isinstance(found, kind):
        raise Http404
    return found
