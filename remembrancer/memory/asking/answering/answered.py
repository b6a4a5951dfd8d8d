"""From a question that is understood to what the register shows, or that it does not show it.

    answered(question, register, "2031-06-01")    ->  Found("answered", "The vote on ...: yes 5, no 4.", ...)

Each kind of question has its functions, tried in order; the first that the rows of a meaning answer is the answer.
Where a question may mean several things whose answers differ, it is ambiguous and says which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from remembrancer.memory.asking.answer import Fact, Found, Reading
from remembrancer.memory.asking.answering.acts import acting
from remembrancer.memory.asking.answering.bringing import champion, mover, seconder
from remembrancer.memory.asking.answering.choosing import chosen, main_readings, only
from remembrancer.memory.asking.answering.deciding import decision, outcome, put
from remembrancer.memory.asking.answering.forces import (
    amended_by,
    amends,
    force,
    repealer_of_unheld,
    superseded_by,
    supersedes,
)
from remembrancer.memory.asking.answering.lists import count, listing, narrowed
from remembrancer.memory.asking.answering.meaning import Meant, Story, meanings, under_one_title
from remembrancer.memory.asking.answering.ownership import Put, naming
from remembrancer.memory.asking.answering.presence import PUBLIC, attendance, quorum
from remembrancer.memory.asking.answering.promises import action
from remembrancer.memory.asking.answering.standing import (
    FORCES,
    asks_last,
    climbs,
    concluded,
    date,
    ended_at,
    standing,
    status,
)
from remembrancer.memory.asking.answering.sums import amount
from remembrancer.memory.asking.answering.telling import FACTS, SAID, Authorities, Case, Told, named, stronger_first
from remembrancer.memory.asking.answering.voting import ballot, poll, vote
from remembrancer.memory.asking.question import Kind, Mention, Period, Question
from remembrancer.memory.asking.understanding.mentions import SHOWN, UNMARKED
from remembrancer.memory.asking.understanding.wording import LANGUAGES, wording
from remembrancer.memory.stopwords import OFFICE, STOP
from remembrancer.model import Authority, Decision, Matter, Person, Sha256, Vote
from remembrancer.read.dates import days
from remembrancer.record.persons import fold
from remembrancer.register.rows import Register, Row

_WORD = re.compile(r"\w+")

Teller = Callable[[Case, Meant], Told | None]

TELLERS: Mapping[Kind, tuple[Teller, ...]] = {
    "status": (status,),
    "date": (date,),
    "force": (force,),
    "decision": (decision, put, vote, concluded),
    "outcome": (ended_at, outcome, poll, standing),
    "vote": (vote,),
    "ballot": (ballot,),
    "mover": (mover,),
    "seconder": (seconder,),
    "champion": (champion,),
    "amount": (amount,),
    "attendance": (attendance,),
    "quorum": (quorum,),
    "superseded-by": (superseded_by,),
    "supersedes": (supersedes,),
    "amended-by": (amended_by,),
    "amends": (amends,),
    "action": (action,),
    "list": (listing,),
    "count": (count,),
}
"""How each kind is answered. What was said, and why, the words of the record answer."""

WITHOUT_SUBJECT = frozenset(
    {
        "list",
        "count",
        "attendance",
        "quorum",
        "action",
        "decision",
        "outcome",
        "vote",
        "ballot",
        "mover",
        "seconder",
        "amount",
    }
)
"""Kinds that days, sittings or people alone say enough for."""
OF_ONE = frozenset({"decision", "outcome", "vote", "ballot", "mover", "seconder", "amount", "action", "date"})
"""Kinds that are asked of one thing put, which the words of the question may choose among those of its matter."""
OF_ROWS = OF_ONE | {"list", "count"}
"""Kinds of which matters under one title, as years have them again and again, are told together."""
UNDONE: Mapping[str, Kind] = {"repeals": "superseded-by", "replaces": "superseded-by", "amends": "amended-by"}
"""As the answer to which kind it is said that nobody is shown to have done such a thing."""
OF_THEIR_MOTIONS = frozenset({"decision", "outcome", "vote", "amount", "date"})
"""Kinds that are asked of somebody's motions where people are named."""


def _unranked(_: Sha256) -> tuple[int, Authority]:
    return 0, "notes"


def answered(
    question: Question,
    register: Register,
    day: str,
    authority: Authorities = _unranked,
    called: Callable[[str], str] = lambda identity: "",
) -> Found | None:
    """What the register shows of what is asked, as of a ``day`` (ISO), or None where the words of the record are to
    answer: what was said and why, and whatever the register does not know.

    ``authority`` ranks sources that disagree; ``called`` gives a sitting's title by its id.
    """
    listed = _listing_sittings(question)
    if listed and (found := answered(listed, register, day, authority, called)) and found.status == "answered":
        return found
    tellers = TELLERS.get(question.kind)
    case = Case(_until(question, day), register, day, authority, called)
    if question.kind == "superseded-by" and (unheld := repealer_of_unheld(case)):
        return _found(case, unheld)
    if question.unknown:
        return _unknown(case)
    if question.compares:
        return _silent(case, "compared")
    meant = meanings(question, register) if tellers else None
    if tellers is None or meant is None or not _enough(question):
        return None
    if question.kind != "force" and (beyond := _beyond(case)):
        return _by_title(case, beyond)
    known = [each for each in meant if all(person.standing != PUBLIC for person in each.people)]
    if not known:
        return _silent(case, "public")
    known = under_one_title(main_readings(question, known, register)) if question.kind in OF_ROWS else known
    if question.kind in ("list", "count") and not (_all_told(question) and all(narrowed(case, each) for each in known)):
        return None
    done = _deeds(case, known)
    if not done:
        kind = UNDONE.get(question.act, question.kind)
        return _nothing(replace(case, question=replace(question, kind=kind)), known[0])
    told = [(each, _told(case, each, tellers)) for each in done]
    if question.kind == "decision" and not question.closed and not any(each for _, each in told):
        told = [(each, decision(case, _elsewhere(case, each))) for each in done]
    found = _combined(case, told)
    return _by_title(case, found) if found.status == "silent" else found


def _elsewhere(case: Case, meant: Meant) -> Meant:
    """What is meant with the decisions that name its number and stand elsewhere."""
    matter = meant.story.matter
    rows = tuple(naming(matter, case.register)) if matter else ()
    return meant._replace(story=replace(meant.story, decisions=rows))


def _by_title(case: Case, silent: Found) -> Found:
    """What is told where the days are no time and part of a title; else silence."""
    titled = _titled_so(case.question)
    again = answered(titled, case.register, case.day, case.authority, case.called) if titled else None
    return again if again and again.status == "answered" else silent


def _listing_sittings(question: Question) -> Question | None:
    """The list that a question asks for of the sittings somebody was at; None where a single day or no person is
    named, or no list is meant."""
    period = question.period
    one = question.sittings or (period and period.first == period.last)
    if question.kind != "attendance" or question.closed or question.role or one or not question.people:
        return None
    return replace(question, kind="list", listed="sitting", sought=question.sought or "present")


def _titled_so(question: Question) -> Question | None:
    """The question of what is titled with the days and all else that was read as its name and its time: ``Fair 2031``;
    None where nothing is."""
    if not question.period or len(question.about) != 1:
        return None
    mention = question.about[0]
    years = set(filter(str.isdigit, fold(question.period.words).split()))
    if not years:
        return None
    said = {*fold(mention.words).split(), *years}
    titled = tuple(each for each in mention.subjects if said <= set(_WORD.findall(fold(each.title))))
    return replace(question, about=(Mention(mention.words, titled),), period=None) if titled else None


def _unknown(case: Case) -> Found:
    """Silence on what nobody has."""
    quoted = [case.say("notes.quoted", text=each) for each in case.question.unknown]
    return _silent(case, "unknown", names=case.sentences.listing(quoted))


def _beyond(case: Case) -> Found | None:
    """Silence on days that the record does not reach; None where it may."""
    if _before_the_record(case):
        return _silent(case, "before", date=case.sentences.when(case.register.begins))
    return _silent(case, "after") if _after(case) else None


def _deeds(case: Case, meant: Sequence[Meant]) -> list[Meant]:
    """What is meant, or what did to it what the question names."""
    act = case.question.act
    if not act or case.question.kind not in OF_ONE or case.question.sought in FORCES:
        return list(meant)
    return [done for each in meant if (done := acting(each, act, case.register))]


def _enough(question: Question) -> bool:
    """Whether the question names a subject, or days, sittings or people, and is of a kind that these say enough for."""
    if question.about:
        return True
    named_otherwise = bool(question.people or question.period or question.sittings)
    if question.kind not in WITHOUT_SUBJECT or _left(question):
        return False
    return named_otherwise or bool(question.listed)


def _left(question: Question) -> frozenset[str]:
    """The words of a question without a subject that no person, date, office or status accounts for, nor any body's
    own speech: they may be a subject that the register does not know."""
    code = question.language.partition("-")[0]
    period = question.period.words if question.period else ""
    said = (*(mention.words for mention in question.people), question.rung, question.role, period)
    known = " ".join((*said, *STOP.get(code, ()), *OFFICE.get(code, ())))
    return frozenset(fold(question.rest).split()) - frozenset(fold(known).split()) - _generic(code)


def _all_told(question: Question) -> bool:
    """Whether all that is named is at hand, and no number or name is left that nothing in the question accounts for."""
    mentioned = " ".join(mention.words for mention in (*question.about, *question.people))
    known = set(_WORD.findall(fold(" ".join((mentioned, question.rung, question.role, question.group)))))
    known |= set(_WORD.findall(fold(question.period.words if question.period else "")))
    marked = question.language not in UNMARKED
    names = (word for word in _WORD.findall(question.rest) if word[0].isdigit() or (marked and word[0].isupper()))
    code = question.language.partition("-")[0]
    if any(len(mention.subjects) >= SHOWN for mention in (*question.about, *question.people)):
        return False
    return {fold(word) for word in names} <= known | _generic(code) | STOP.get(code, frozenset())


def _generic(code: str) -> frozenset[str]:
    return wording(code).generic if code in LANGUAGES else frozenset()


def _told(case: Case, meant: Meant, tellers: Sequence[Teller]) -> Told | None:
    if meant.people and case.question.kind in OF_THEIR_MOTIONS:
        meant = _their_motions(case, meant)
    of_one = case.question.kind in OF_ONE or (case.question.kind == "status" and not climbs(case))
    if of_one and not meant.story.whole:
        meant = meant._replace(story=chosen(case.question, _in_time(case, meant.story), case.called))
    return next((told for teller in tellers if (told := teller(case, meant)) is not None), None)


def _names_alone(case: Case, told: Told) -> bool:
    """Whether an answer names nobody but those beside whom others are meant."""
    rows = (case.register.get(subject.row) for mention in case.question.besides for subject in mention.subjects)
    surnames = {fold(row.name).split()[-1] for row in rows if isinstance(row, Person)}
    return bool(surnames) and all(not surnames.isdisjoint(fold(fact.value).split()) for fact in told.facts)


def _in_time(case: Case, story: Story) -> Story:
    """A story with only what lies in the days meant, where anything does."""
    rows: list[Put] = [*story.motions, *story.votes, *story.decisions, *story.actions]
    kept = {row.id for row in rows if case.meant(row)}
    return only(story, kept) if kept else story


def _their_motions(case: Case, meant: Meant) -> Meant:
    """A meaning with the motions of those named alone, and what came of these; where they moved none in the days meant,
    with what names them in its words."""
    people = {person.id for person in meant.people}
    story = meant.story
    ids = {row.id for row in story.motions if row.mover in people and case.meant(row)}
    if not ids and not story.whole:
        surnames = {name.split()[-1] for person in meant.people if (name := fold(person.name))}
        ids = {row.id for row in story.motions if surnames & set(_WORD.findall(fold(row.text)))}
    rows: tuple[Vote | Decision, ...] = (*story.votes, *story.decisions)
    return meant._replace(story=only(story, ids | {row.id for row in rows if row.motion in ids}))


def _combined(case: Case, told: Sequence[tuple[Meant, Told | None]]) -> Found:
    """One answer where all that is meant has the same; else the readings to choose from."""
    shown = [(meant, each) for meant, each in told if each is not None]
    if not shown:
        return _nothing(case, told[0][0])
    if case.question.kind == "date" and asks_last(case):
        shown = _latest(shown)
    if len({_comparable(each) for _, each in shown}) > 1:
        return _ambiguous(case, shown)
    return _found(case, _joined([each for _, each in shown]))


def _latest(shown: Sequence[tuple[Meant, Told]]) -> list[tuple[Meant, Told]]:
    """Those of the latest day."""
    last = max(fact.date for _, told in shown for fact in told.facts)
    return [(meant, told) for meant, told in shown if any(fact.date == last for fact in told.facts)]


def _joined(told: Sequence[Told]) -> Told:
    """What several things show alike, as one: each with its own days and proof."""
    facts = tuple(dict.fromkeys(fact for each in told for fact in each.facts))
    conflicting = tuple(dict.fromkeys(fact for each in told for fact in each.conflicting))
    about = tuple(dict.fromkeys(row for each in told for row in each.about))
    sentences = dict.fromkeys(each.sentence[:1].upper() + each.sentence[1:] for each in told)
    return told[0]._replace(
        sentence=" ".join(list(sentences)[:SAID]), facts=facts, conflicting=conflicting, about=about
    )


def _comparable(told: Told) -> tuple[object, bool | None]:
    return told.value, told.holds


def _found(case: Case, told: Told) -> Found:
    """An answer, with Yes or No before it where that is asked, and a note where it was worked out; silence where it
    names nobody else than the question does."""
    if _names_alone(case, told):
        others = case.sentences.listing([mention.words for mention in case.question.besides])
        return replace(_silent(case, "besides", names=others), about=told.about)
    sentence = told.sentence[:1].upper() + told.sentence[1:]
    if case.question.closed and told.holds is not None:
        holds = told.holds != case.question.negated
        sentence = case.say("closed.yes" if holds else "closed.no", sentence=sentence)
    facts = stronger_first(case, told.facts) if told.conflicting else told.facts
    return Found("answered", sentence, told.value, facts[:FACTS], stronger_first(case, told.conflicting), told.about)


def _ambiguous(case: Case, shown: Sequence[tuple[Meant, Told]]) -> Found:
    subjects = {row.id for meant, _ in shown for row in meant.story.named[:1]}
    readings = tuple(dict.fromkeys(_reading(case, meant, len(subjects) > 1) for meant, _ in shown))
    listed = "; ".join(reading.title for reading in readings)
    facts: tuple[Fact, ...] = tuple(each for _, told in shown for each in told.facts)[:FACTS]
    about = tuple(dict.fromkeys(identity for meant, _ in shown for identity in meant.story.ids))
    return Found("ambiguous", case.say("ambiguous.means", readings=listed), None, facts, (), about, readings)


def _reading(case: Case, meant: Meant, by_subject: bool) -> Reading:
    """A meaning by what tells it apart: title and number, the days of its business, the people. Its row is that of the
    subject where subjects differ, else of the person."""
    rows: list[Row] = [*meant.story.named[:1], *meant.people]
    called = [_called(case, row) for row in rows]
    telling = rows if by_subject or not meant.people else meant.people
    return Reading(next((row.id for row in telling), ""), ", ".join(called))


def _called(case: Case, row: Row) -> str:
    if isinstance(row, Person):
        wards = sorted({seat.affiliation for seat in row.memberships if seat.affiliation})
        return f"{row.name} ({', '.join(wards)})" if wards else row.name
    dates = [each.date for each in row.debates] if isinstance(row, Matter) else [row.date]
    known = sorted({date for date in dates if date})
    titles = {title for each in _sittings(row) if (title := case.called(each))}
    sitting = f", {titles.pop()}" if len(titles) == 1 else ""
    return f"{named(row)} ({', '.join(known)}{sitting})" if known else named(row)


def _sittings(row: Row) -> list[str]:
    return [each.sitting for each in row.debates] if isinstance(row, Matter) else [getattr(row, "sitting", "")]


def _nothing(case: Case, meant: Meant) -> Found:
    """Silence on what is asked of something that the register knows."""
    title = case.story(meant.story)
    quoted = case.say("notes.quoted", text=title) if title else case.say("notes.it")
    on = case.say("notes.on", title=title) if title else ""
    names = case.sentences.listing([person.name for person in meant.people])
    about = meant.story.ids
    if case.question.kind in ("ballot", "attendance") and names:
        return replace(_silent(case, f"{case.question.kind}_of", on=on, it=quoted, names=names), about=about)
    return replace(_silent(case, _not_shown(case.question), on=on, it=quoted, names=names), about=about)


def _not_shown(question: Question) -> str:
    """What of a kind the record does not show."""
    if question.kind != "attendance":
        return question.kind
    return "office" if question.role else "absent" if question.sought == "absent" else "attendance"


def _silent(case: Case, name: str, **facts: str) -> Found:
    return Found("silent", case.say(f"silent.{name}", **facts))


def _until(question: Question, day: str) -> Question:
    """A question whose days end at the latest on the day of the answer; what is in force later may be known before."""
    period = question.period
    if period is None or not period.last or not day or period.last <= day or question.kind == "force":
        return question
    return replace(question, period=Period(period.first, day, period.words))


def _before_the_record(case: Case) -> bool:
    """Whether all the days meant lie before the first that the register has anything of."""
    last = days(case.question.period.last) if case.question.period else None
    begins = days(case.register.begins) if last else None
    return begins is not None and last is not None and last.last < begins.first


def _after(case: Case) -> bool:
    """Whether all the days meant lie after the day of the answer."""
    first = days(case.question.period.first) if case.question.period else None
    until = days(case.day)
    return first is not None and until is not None and first.first > until.last
