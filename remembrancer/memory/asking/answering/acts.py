"""What did something to a text, where a question names only the deed: the act is the thing meant, and not the text.

"Who voted against the repeal of resolution 12?"    the resolution that repealed it, with its motion and its vote
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from remembrancer.memory.asking.answering.choosing import only
from remembrancer.memory.asking.answering.meaning import Meant, of_rows
from remembrancer.memory.asking.answering.telling import binding
from remembrancer.model import Decision
from remembrancer.register.rows import Register


def acting(meant: Meant, act: str, register: Register) -> Meant | None:
    """A meaning of what did this to what is meant, in place of that: a decision, else the amendments that were moved to
    it; None where nothing on record did."""
    story = meant.story
    doing = list(_doing(act, {row.id for row in (*story.named, *story.decisions)}, register))
    if doing:
        return meant._replace(story=of_rows(doing, register))
    amending = {row.id for row in story.motions if row.amends and act == "amends"}
    came = {row.id for row in story.votes if row.motion in amending}
    came |= {row.id for row in story.decisions if row.motion in amending}
    return meant._replace(story=only(story, amending | came)) if amending else None


def _doing(act: str, ids: Iterable[str], register: Register) -> Iterator[Decision]:
    """The stated decisions with such a relation to one of these rows."""
    targets = set(ids)
    for row in register.decisions:
        done = (each for each in row.relations if each.kind == act and each.stated)
        if binding(row) and any(each.target in targets - {row.id} for each in done):
            yield row
