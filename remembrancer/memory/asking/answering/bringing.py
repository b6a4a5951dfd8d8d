"""Who brought something forward: mover, seconder, champion.

"Who moved the motion on the bench?"    A. Bell
"Who champions the weather report?"     ("C. Cole", "D. Drew")
"""

from __future__ import annotations

from remembrancer.memory.asking.answering.deciding import dated, main_ones, of_text, quoted, stated_ones
from remembrancer.memory.asking.answering.meaning import Meant
from remembrancer.memory.asking.answering.sentences import shortened
from remembrancer.memory.asking.answering.telling import Case, Line, Told, fact, matter_of, told_lines
from remembrancer.model import Matter, Motion, Person, Sponsorship

ANY_CHAMPION = ("champion", "presenter", "sponsor", "author")
"""The roles that bring a matter forward, in the order in which they count where the question names none."""


def mover(case: Case, meant: Meant) -> Told | None:
    """Who moved the motions meant, or whether the people named did; of people alone, what they moved. Where the record
    names no mover it may say who brought the matter forward, as the authors of a paper that is put to the vote do."""
    told = _proposed(case, meant, "mover")
    return told if told or meant.people or meant.story.whole else champion(case, meant)


def seconder(case: Case, meant: Meant) -> Told | None:
    """Who seconded, in the same way."""
    return _proposed(case, meant, "seconder")


def _proposed(case: Case, meant: Meant, part: str) -> Told | None:
    known = [row for row in meant.story.motions if case.meant(row) and getattr(row, f"{part}_label")]
    if meant.story.whole and not meant.people:
        return None
    if meant.story.whole:
        theirs = [row for row in known if getattr(row, part) in {person.id for person in meant.people}]
        names = case.sentences.listing([person.name for person in meant.people])
        return told_lines(case, [_moved_line(case, row) for row in theirs], f"{part}_of", "", names=names)
    rows = main_ones(case.register, stated_ones(known))
    told = told_lines(
        case, [_name_line(case, row, part, meant.story.several) for row in rows], part, case.story(meant.story)
    )
    return told and told._replace(holds=_was(case, rows, part, meant.people))


def _name_line(case: Case, row: Motion, part: str, many: bool) -> Line:
    label = getattr(row, f"{part}_label")
    words = case.say("mover.line", name=label, when=dated(case, row), of=of_text(case, row.text, many))
    return Line(label, words, (fact(part, label, row),), row.id)


def _moved_line(case: Case, row: Motion) -> Line:
    words = case.say("mover_of.line", when=dated(case, row), text=quoted(case, row.text))
    return Line(row.text, words, (fact("motion", row.text, row),), row.id)


def _was(case: Case, rows: tuple[Motion, ...], part: str, people: tuple[Person, ...]) -> bool | None:
    """Whether the people named are those who did; None where only some motions were theirs."""
    if not people or not case.question.closed:
        return None
    theirs = {getattr(row, part) in {person.id for person in people} for row in rows}
    return theirs.pop() if len(theirs) == 1 else None


def champion(case: Case, meant: Meant) -> Told | None:
    """Who brings a matter forward, in the role that the question names or in the first there is; its presenters
    are those of the days meant."""
    matter = matter_of(case, meant.story)
    if matter is None:
        return None
    rows = _sponsors(case, matter)
    lines = [_sponsor_line(case, row, matter) for row in rows]
    told = told_lines(
        case,
        lines,
        "champion",
        case.of_matter(meant.story, matter),
        names=case.sentences.listing(list(dict.fromkeys(row.label for row in rows))),
    )
    if told is None:
        return None
    ids = {person.id for person in meant.people}
    holds = bool(ids & {row.person for row in rows}) if ids and case.question.closed else None
    return told._replace(about=(matter.id,), holds=holds)


def _sponsors(case: Case, matter: Matter) -> list[Sponsorship]:
    """The sponsorships of the role asked for; of dated ones those of the latest date up to the last day meant."""
    known = [row for row in matter.sponsorships if row.marks and (not row.date or case.reached(row.date))]
    asked = (case.question.role,) if case.question.role else ANY_CHAMPION
    for role in asked:
        rows = [row for row in known if row.role == role]
        if rows:
            latest = max(row.date for row in rows)
            return [row for row in rows if row.date == latest]
    return []


def _sponsor_line(case: Case, row: Sponsorship, matter: Matter) -> Line:
    role = case.sentences.word("role", row.role)
    words = case.say("champion.line", name=shortened(row.label), role=role)
    return Line(row.label, words, (fact("champion", row.label, row),), matter.id)
