"""From a question to what a principal is told: the register's answer, the words that prove it, the debate, or silence.

The register of the principal is asked first. Where it does not know what is asked about, or the question asks for
words rather than for a fact, the passages of the record answer. What is told is made of quotations proven against
their bytes, and of sentences from templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from remembrancer.memory.analysis import TOKEN
from remembrancer.memory.asking.answer import Fact, Found, Reading, Stance, Status, Value
from remembrancer.memory.asking.answering.answered import answered
from remembrancer.memory.asking.answering.deciding import borne_out
from remembrancer.memory.asking.answering.sentences import sentences
from remembrancer.memory.asking.answering.telling import named
from remembrancer.memory.asking.consulting import rewordings
from remembrancer.memory.asking.debate import Spoken, items_of, positions
from remembrancer.memory.asking.passages import ENOUGH
from remembrancer.memory.asking.question import Kind, Mention, Question, Subject
from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.understand import understand
from remembrancer.memory.asking.understanding.wording import says
from remembrancer.memory.cite import Hit
from remembrancer.model import (
    AUTHORITIES,
    Authority,
    Decision,
    Exit,
    Fault,
    Mark,
    Matter,
    Motion,
    Person,
    Principal,
    Sha256,
    Vote,
)
from remembrancer.office.asking.consulting import consulted, in_its_order
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.calling import find, title
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registered_views import ClaimView, Quotes
from remembrancer.office.registers.registrar import Scope, made_of
from remembrancer.office.showing.withheld import named_in
from remembrancer.plain import plain
from remembrancer.queries import Field, Filters, Group, Query, Word
from remembrancer.read.amounts import find as sums
from remembrancer.record.catalog import SourceRow
from remembrancer.record.persons import name_of
from remembrancer.register.rows import Register, Row
from remembrancer.saying import Sentence

Progress = Callable[[str, int, int], None]

IN_WORDS: tuple[Kind, ...] = ("passages", "said", "reason", "amount")
"""What the record's words may answer where the register is silent."""

IN_ALL_ITS_WORDS: tuple[Kind, ...] = ("decision", "outcome", "status", "date", "count", "list", "action")
"""What a passage that has nearly all the words may answer where the register does not know what is asked about; of
the kinds not named here only a row can tell, and so whether something reached a rung."""

ENDED_BADLY = ("lost", "withdrawn")
"""Ends of which one who debates them speaks, as few do of what was adopted."""

NEARLY_ALL = 0.9
"""The share of a question's weight that such a passage must hold."""

LABELS = 6
"""In how many ways a speaker's name is looked for."""

SPEECHES = 6
"""How many speeches of the debates are shown."""

SPOKEN = 20
"""How many of one debate are looked at."""

DEBATES = 3
"""How many debates are looked into, the latest first."""


class FactView(NamedTuple):
    """A fact with its words and the authority of the document they stand in; ``title`` is what its row is called."""

    name: str
    value: str
    row: str
    title: str
    date: str
    stated: bool
    confirmed: bool
    authority: Authority
    path: str
    place: str
    spans: Quotes


class Speaking(NamedTuple):
    """A speech of the debate, and on which side the record shows its speaker, because of ``why``."""

    stance: Stance
    why: str
    stated: bool
    shown_by: Quotes
    speech: Hit


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: the fields are those of ``ask --json``.

    ``answer`` are the words that answer: those that prove the facts, or the passages found. ``conflicts`` are facts of
    other documents that say otherwise; ``readings`` what an ambiguous question may mean, to be asked again ``about``;
    ``reworded`` that a language model put the question in other words; ``language`` is that of the sentence.
    """

    question: str
    status: Status
    kind: Kind
    value: Value | None
    sentence: str
    answer: tuple[Hit, ...] = ()
    facts: tuple[FactView, ...] = ()
    conflicts: tuple[FactView, ...] = ()
    debate: tuple[Speaking, ...] = ()
    readings: tuple[Reading, ...] = ()
    reported: tuple[ClaimView, ...] = ()
    reworded: bool = False
    language: str = ""


def ask(
    bureau: Bureau,
    principal: Principal,
    question: str,
    as_of: str = "",
    limit: int = 5,
    about: str = "",
    progress: Progress | None = None,
) -> Told:
    """The answer to a question; ``about`` names the one row it is about, where it may mean several. ``limit`` bounds
    the quotations. Fault (usage) where there is no word in it."""
    if not any(map(str.isalnum, question)):
        raise Fault(Exit.USAGE, Sentence("There is no question."), Sentence("Ask for a subject, a person or a number."))
    registered = Registered(bureau, principal, Scope(as_of), progress)
    asking = _Asking(bureau, principal, registered, as_of, limit)
    told = asking.answer(question, about)
    model = consulted(bureau, principal)
    for wording in rewordings(model, question, asking.knows) if model and told.status == "silent" else ():
        again = asking.answer(wording, about) if asking.names_rows_alone(wording) else told
        if again.status == "answered":
            return replace(again, question=question, reworded=True)
    if told.kind != "passages":
        return told
    hits = in_its_order(model, question, told.answer)
    return replace(told, answer=hits, value=_ids(hits) or None)


class _Asking:
    """One question put by one principal, with what it is answered from."""

    def __init__(self, bureau: Bureau, principal: Principal, registered: Registered, as_of: str, limit: int) -> None:
        self._bureau = bureau
        self._principal = principal
        self._registered = registered
        self._register = registered.register
        self._languages = bureau.languages(principal)
        self._as_of = as_of
        self._limit = limit

    def answer(self, question: str, about: str) -> Told:
        """What the register says; where it does not know, and words may tell, what the passages say."""
        asked = self._understood(question, about)
        found = answered(asked, self._register, self._registered.day, self._authority, self._called_sitting)
        told = self._from_register(asked, found) if found else None
        of_a_rung = asked.rung and asked.kind in ("status", "date", "outcome")
        of_words = asked.kind in IN_ALL_ITS_WORDS and not of_a_rung
        in_words = (told is None and of_words) or _asks_for_an_office(asked, told)
        silent = told is None or told.status == "silent"
        if not asked.compares and (in_words or (silent and asked.kind in IN_WORDS)):
            told = self._from_words(asked, told)
        told = told or Told(asked.text, "silent", asked.kind, None, sentences(asked.language).say("silent.unshown"))
        said = self._and_withheld(told, asked.language) if told.status == "silent" else told
        return replace(said, language=asked.language)

    def _and_withheld(self, told: Told, language: str) -> Told:
        """Silence with what is public of the closed items that the question names: title, day and ground."""
        said = sentences(language)
        lines = [
            said.say("silent.closed", title=each.title, when=said.when(each.date), ground=each.ground)
            for each in named_in(self._bureau, self._principal, told.question, language, self._as_of)
        ]
        return replace(told, sentence=" ".join([told.sentence, *lines])) if lines else told

    def names_rows_alone(self, wording: str) -> bool:
        """Whether all that a wording names is in the register: else its own words could reach a sentence."""
        asked = self._understood(wording, "")
        return all(mention.subjects for mention in (*asked.about, *asked.people))

    def knows(self, word: str) -> bool:
        """Whether a word is in the record, as far as the principal sees it."""
        return self._bureau.knows(self._principal, word)

    def _authority(self, sha: Sha256) -> tuple[int, Authority]:
        source = self._bureau.catalog.source(sha)
        authority: Authority = source.authority if source else "notes"
        return AUTHORITIES.index(authority), authority

    def _understood(self, question: str, about: str) -> Question:
        """What is asked, about the row that is named where one is."""
        names = names_of(self._bureau, self._register, self._languages, self._called_sitting)
        asked = understand(question, names, self._registered.day, self._languages, self.knows)
        if not about:
            return asked
        row = find(self._register, self._principal, (Matter, Decision, Motion, Vote, Person), about)
        mention = Mention(about, (Subject(row.id, title(row), "id", 1.0),))
        return replace(asked, people=(mention,)) if isinstance(row, Person) else replace(asked, about=(mention,))

    def _from_register(self, asked: Question, found: Found) -> Told:
        """The answer of the register, the words that prove it, and the debate."""
        facts = tuple(map(self._fact, found.facts))
        debate = tuple(self._debate(asked, found.about))
        answer = tuple(_once(hit for fact in found.facts for hit in self._evidence(fact)))[: self._limit]
        return Told(
            asked.text,
            found.status,
            _kind_told(asked.kind, found),
            found.value,
            found.sentence,
            answer,
            facts,
            tuple(map(self._fact, found.conflicting)),
            debate,
            found.readings,
            self._reported([*answer, *(each.speech for each in debate)]),
        )

    def _from_words(self, asked: Question, silent: Told | None) -> Told:
        """The passages of the record that answer; where there are none, what the register said, or silence."""
        said = sentences(asked.language)
        hits = next(filter(None, (self._passages(asked, *each) for each in self._narrowings(asked))), ())
        if not hits:
            unsaid = "silent.this" if asked.kind in IN_WORDS else "silent.unshown"
            return silent or Told(asked.text, "silent", asked.kind, None, said.say(unsaid))
        sentence = said.say("passages.one" if len(hits) == 1 else "passages.many", count=len(hits))
        return Told(asked.text, "answered", "passages", _ids(hits), sentence, hits, reported=self._reported(hits))

    def _passages(self, asked: Question, words: str, places: Sequence[Filters]) -> tuple[Hit, ...]:
        """The passages that answer; to one who asks how much, only those that name a sum, and to one who asks why
        something ended as the register does not show it did, only those that speak of such an end."""
        enough = ENOUGH if asked.kind in IN_WORDS else NEARLY_ALL
        lists = [self._bureau.answering(self._principal, words, filters, self._limit, enough) for filters in places]
        hits = _in_turn(lists)[: self._limit]
        if asked.kind == "amount":
            return tuple(hit for hit in hits if sums(hit.text, asked.language))
        if asked.kind == "reason" and self._doubtful(asked):
            return tuple(hit for hit in hits if says(hit.text, asked.sought, asked.language))
        return tuple(hits)

    def _doubtful(self, asked: Question) -> bool:
        """Whether the register shows another end than the one asked about, or none where one would be spoken of."""
        borne = borne_out(asked, self._register) if asked.sought else True
        return not borne and (borne is False or asked.sought in ENDED_BADLY)

    def _narrowings(self, asked: Question) -> Iterator[tuple[str, Sequence[Filters]]]:
        """What to look for, and where: what somebody said in their own speeches, under every label they have, then in
        minutes that tell of it, never in the speech of somebody else; the days and the sitting that are meant, then
        wherever the days are named. Who asks how much has said by that alone that it cost something."""
        filters = Filters(as_of=self._as_of, sitting=asked.sittings[0] if len(asked.sittings) == 1 else "")
        days, (named, labels) = asked.period, self._speaker(asked)
        within = replace(filters, since=days.first, until=days.last) if days else filters
        words = asked.rest if asked.kind in ("status", "amount") and asked.rest else asked.text
        if labels:
            yield words.replace(named, " "), [replace(within, speaker=label, kind="speech") for label in labels]
        yield words, [replace(within, kind="text") if labels else within]
        if days and any(map(str.isdigit, days.words)):
            yield (
                asked.text if asked.kind == "amount" else words,
                [replace(filters, kind="text") if labels else filters],
            )

    def _speaker(self, asked: Question) -> tuple[str, tuple[str, ...]]:
        """How the question names the one person whose words are asked for, and how the record labels their speeches."""
        people = [mention for mention in asked.people if mention.subjects]
        if asked.kind != "said" or len(people) != 1:
            return "", ()
        row = self._register.get(people[0].subjects[0].row)
        labels = (row.name, *row.labels) if isinstance(row, Person) else (people[0].words,)
        return people[0].words, tuple(dict.fromkeys(labels))[:LABELS]

    def _fact(self, fact: Fact) -> FactView:
        quotes = self._registered.quotes(fact.marks)
        source = self._bureau.catalog.source(fact.marks[0].source) if fact.marks else None
        row = self._register.get(fact.row)
        return FactView(
            fact.name,
            fact.value,
            fact.row,
            named(row) if row else "",
            fact.date,
            fact.stated,
            fact.confirmed,
            source.authority if source else "notes",
            source.path if source else "",
            fact.marks[0].place if fact.marks else "",
            quotes,
        )

    def _evidence(self, fact: Fact) -> Iterator[Hit]:
        """The words that prove a fact, document by document."""
        by_document: dict[tuple[str, str], list[Mark]] = {}
        for mark in fact.marks:
            by_document.setdefault((mark.source, mark.rendition), []).append(mark)
        row = self._register.get(fact.row)
        for marks in by_document.values():
            source = self._bureau.catalog.source(marks[0].source)
            if source is not None:
                yield self._hit(fact, row, marks, source)

    def _hit(self, fact: Fact, row: Row | None, marks: Sequence[Mark], source: SourceRow) -> Hit:
        quotes = self._registered.quotes(_apart(marks))
        return Hit(
            id=fact.row,
            kind="text",
            text=plain([quote.quote for quote in quotes]),
            place=marks[0].place,
            speaker="",
            sitting=getattr(row, "sitting", ""),
            date=fact.date,
            item=getattr(row, "item", ""),
            authority=source.authority,
            score=1.0,
            path=source.path,
            spans=quotes,
        )

    def _debate(self, asked: Question, about: Sequence[str]) -> Iterator[Speaking]:
        """The speeches of the debates on what was asked that matter, on the side the record shows."""
        wanted = " ".join(filter(None, (asked.rest, *(self._called(each) for each in about[:1]))))
        hits = {hit.id: hit for hit in self._speeches(about, wanted)}
        persons = persons_by_name(self._register)
        spoken = [
            Spoken(hit.id, persons.get(name_of(hit.speaker).key, ""), hit.text, hit.date, asked.language)
            for hit in hits.values()
        ]
        for each in positions(self._register, about, spoken, SPEECHES):
            yield Speaking(each.stance, each.why, each.stated, self._registered.quotes(each.marks), hits[each.element])

    def _speeches(self, about: Sequence[str], wanted: str) -> list[Hit]:
        """What was said in the latest debates, best first."""
        items: list[Query] = [Field("item", item) for item in items_of(self._register, about)[:DEBATES]]
        if not items:
            return []
        words = tuple(Word(each) for each in dict.fromkeys(TOKEN.findall(wanted)))
        query = Group(must=(Group(may=tuple(items)),), may=words)
        filters = Filters(as_of=self._as_of, kind="speech")
        return self._bureau.search(self._principal, query, filters, SPOKEN, in_words=True)

    def _called_sitting(self, identity: str) -> str:
        return title_of_sitting(self._bureau, self._principal, identity)

    def _called(self, identity: str) -> str:
        row = self._register.get(identity)
        return title(row) if row else ""

    def _reported(self, hits: Iterable[Hit]) -> tuple[ClaimView, ...]:
        """What of it is hearsay, with its chains."""
        elements = {hit.id for hit in hits}
        return self._registered.reported_in(elements) if elements else ()


def names_of(
    bureau: Bureau, register: Register, languages: frozenset[str], called: Callable[[str], str] = lambda identity: ""
) -> Names:
    """What the rows of a register are called, made ready once for each register; ``called`` titles its sittings,
    which are called the same for all who see the same."""
    return made_of(bureau, register, "naming", lambda: Names(register, languages, bureau.name(), called))


def title_of_sitting(bureau: Bureau, principal: Principal, identity: str) -> str:
    """The title of a sitting by its id, as the documents have it that a principal may see; empty where none has one."""
    catalog = bureau.catalog
    for sha in catalog.sources_of_sitting(identity):
        seen = bureau.seen_source(principal, sha)
        for row in catalog.sittings(seen.row.entry) if seen else ():
            if row.title and catalog.resolve(row.id) == identity:
                return row.title
    return ""


def persons_by_name(register: Register) -> dict[str, str]:
    """The person of each folded name; of a name that several have, none."""
    found: dict[str, str] = {}
    for person in register.people:
        for label in {name_of(each).key for each in (person.name, *person.labels)}:
            found[label] = "" if found.get(label, person.id) != person.id else person.id
    return found


def _kind_told(asked: Kind, found: Found) -> Kind:
    """What kind of answer it is: where nobody is named for moving a thing, who brought it forward is told as that."""
    return "champion" if asked == "mover" and {fact.name for fact in found.facts} == {"champion"} else asked


def _asks_for_an_office(asked: Question, told: Told | None) -> bool:
    """Whether the register is silent on who holds an office, of which minutes tell in passing."""
    silent = told is None or told.status == "silent"
    return silent and asked.kind == "attendance" and bool(asked.role)


def _in_turn(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The hits of several lists, each in its order: the first of every list, by how well it fits, then the second."""
    rounds = (sorted(filter(None, hits), key=lambda hit: -hit.score) for hits in zip_longest(*lists))
    return list({(hit.id, hit.spans): hit for hits in rounds for hit in hits}.values())


def _ids(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.id for hit in hits))


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """Marks of one document in order, without those that lie within others, so that no words are quoted twice."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if kept and mark.start < kept[-1].end:
            kept[-1] = kept[-1]._replace(end=max(kept[-1].end, mark.end))
        else:
            kept.append(mark)
    return kept


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits without those that quote the same words again."""
    seen: set[Quotes] = set()
    for hit in hits:
        if hit.spans not in seen:
            seen.add(hit.spans)
            yield hit
