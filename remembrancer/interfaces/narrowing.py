"""What narrows a search, as people and programs type it."""

from __future__ import annotations

from typing import get_args

from remembrancer.interfaces.dates import day
from remembrancer.model import Exit, Fault, PassageKind
from remembrancer.queries import Filters
from remembrancer.saying import Sentence


def narrowed(
    since: str = "",
    until: str = "",
    speaker: str = "",
    sitting: str = "",
    item: str = "",
    kind: str = "",
    as_of: str = "",
) -> Filters:
    """The same as the index takes it; a Fault (usage) where there is no such date or kind."""
    if kind and kind not in get_args(PassageKind):
        raise Fault(
            Exit.USAGE,
            Sentence("%(kind)s is no kind.", kind=repr(kind)),
            Sentence("Use %(list)s.", list=", ".join(get_args(PassageKind))),
        )
    return Filters(
        since=day(since), until=day(until), as_of=day(as_of), speaker=speaker, item=item, sitting=sitting, kind=kind
    )
