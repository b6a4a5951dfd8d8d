"""The register as it is shown: every row in the record's own words, each quotation proven against its bytes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from remembrancer.memory.cite import letters
from remembrancer.model import (
    Action,
    Amount,
    Ballot,
    Debate,
    Decision,
    Exit,
    Fault,
    Force,
    Mark,
    Matter,
    Membership,
    Motion,
    Notice,
    Person,
    Presence,
    Principal,
    Provision,
    Quote,
    Relation,
    Report,
    Rung,
    Sponsorship,
    Turn,
    Vote,
)
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.calling import find
from remembrancer.office.registers.registered_views import (
    ActionView,
    AmountView,
    AskedView,
    BallotView,
    ClaimView,
    DebateView,
    DecidedLine,
    DecisionView,
    MatterLine,
    MatterView,
    MembershipView,
    MotionView,
    Named,
    NoticeView,
    PersonRecord,
    PresenceView,
    ProvisionView,
    Quotes,
    RelationView,
    RungView,
    SponsoredLine,
    SponsorshipView,
    TurnView,
    VotedLine,
    VoteView,
)
from remembrancer.office.registers.registrar import ALL, Scope, register_of
from remembrancer.office.registers.settling import kept_apart
from remembrancer.plain import plain
from remembrancer.record.persons import name_of
from remembrancer.register.resolving.corrections import WRITE_DATES, is_date
from remembrancer.register.rows import Register, Row
from remembrancer.saying import Sentence

AnyRow = TypeVar("AnyRow", bound=Row)
Progress = Callable[[str, int, int], None]


class Wanted(NamedTuple):
    """Which decisions are asked for; an empty text asks for all. ``inferred`` adds those worked out from prose."""

    matter: str = ""
    person: str = ""
    kind: str = ""
    force: str = ""
    inferred: bool = False


EVERY = Wanted()
"""Every stated decision."""


class Registered:
    """The register of one body for one principal on one day, ready to be shown."""

    def __init__(
        self,
        bureau: Bureau,
        principal: Principal,
        scope: Scope = ALL,
        progress: Progress | None = None,
        day: str = "",
    ) -> None:
        """``day`` is that on which force is told; without one the last of the scope, or today."""
        _check_dates(scope)
        self.register: Register = register_of(bureau, principal, scope, progress)
        self.day = day or (_last_day(scope.as_of) if scope.as_of else bureau.today())
        self._bureau = bureau
        self._principal = principal

    def decisions(self, wanted: Wanted = EVERY) -> list[DecisionView]:
        """The decisions asked for, by date."""
        return [self.decision(row) for row in self.wanted(wanted)]

    def wanted(self, wanted: Wanted) -> list[Decision]:
        """The rows of the decisions asked for, by date."""
        matter = self.one(Matter, wanted.matter).id if wanted.matter else ""
        acting = self._acts_of(self.one(Person, wanted.person)) if wanted.person else None
        return [
            row
            for row in self.register.decisions
            if (row.stated or wanted.inferred)
            and matter in ("", row.matter)
            and wanted.kind in ("", row.kind)
            and wanted.force in ("", self._force(row.turns))
            and (acting is None or not acting.isdisjoint((row.motion, row.vote)))
        ]

    def _acts_of(self, person: Person) -> set[str]:
        """The motions a person moved or seconded and the votes they cast a ballot in."""
        motions = {row.id for row in self.register.motions if person.id in (row.mover, row.seconder)}
        votes = {row.id for row in self.register.votes if any(each.person == person.id for each in row.ballots)}
        return motions | votes

    def decision(self, row: Decision) -> DecisionView:
        """A decision as it is shown."""
        return DecisionView(
            **self._common(row),
            kind=row.kind,
            decided_by=row.decided_by,
            outcome=row.outcome,
            number=row.number,
            title=row.title,
            status_to=row.status_to,
            text=self._text(row.text, row.marks),
            conditions=row.conditions,
            amounts=self._amounts(row.amounts),
            motion=row.motion,
            vote=row.vote,
            provisions=tuple(self._provision(each) for each in row.provisions),
            relations=self._relations(row.relations),
            force=self._force(row.turns),
            turns=_turns(row.turns),
        )

    def votes(self) -> list[VoteView]:
        return [self.vote(row) for row in self.register.votes]

    def vote(self, row: Vote) -> VoteView:
        """A vote as it is shown."""
        return VoteView(
            **self._common(row),
            motion=row.motion,
            question=row.question,
            method=row.method,
            declared=row.declared,
            computed=row.computed,
            counts=dict(row.counts),
            ballots=tuple(self._ballot(each) for each in row.ballots),
            casting=row.casting,
            lot=row.lot,
        )

    def _ballot(self, row: Ballot) -> BallotView:
        person = self.register.get(row.person)
        seats = person.memberships if isinstance(person, Person) else ()
        affiliation = next((seat.affiliation for seat in seats if seat.affiliation), "")
        return BallotView(row.label, row.person, affiliation, row.choice, row.teller)

    def motions(self) -> list[MotionView]:
        return [self.motion(row) for row in self.register.motions]

    def motion(self, row: Motion) -> MotionView:
        """A motion as it is shown."""
        return MotionView(
            **self._common(row),
            text=self._text(row.text, row.marks),
            number=row.number,
            mover=row.mover_label,
            mover_id=row.mover,
            seconder=row.seconder_label,
            seconder_id=row.seconder,
            amends=row.amends,
            outcome=row.outcome,
            vote=row.vote,
            amounts=self._amounts(row.amounts),
        )

    def actions(self, owner: str = "", open_only: bool = False) -> list[ActionView]:
        """The actions, of one owner, of those not known to be done. An owner may be an office, as the record writes
        it, and none of the people."""
        whose = self._acting(owner) if owner else {row.id for row in self.register.actions}
        rows = (row for row in self.register.actions if row.id in whose and not (open_only and row.done))
        return [self.action(row) for row in rows]

    def _acting(self, owner: str) -> set[str]:
        """The ids of the actions of an owner."""
        named = [row for row in self.register.actions if name_of(row.label).key == name_of(owner).key]
        owners = {row.owner for row in named if row.owner} if named else {self.one(Person, owner).id}
        return {row.id for row in self.register.actions if row in named or row.owner in owners}

    def action(self, row: Action) -> ActionView:
        """An action as it is shown."""
        return ActionView(
            **self._common(row),
            owner=row.label,
            owner_id=row.owner,
            text=self._text(row.text, row.marks),
            due=row.due,
            done=row.done,
        )

    def matters(self) -> list[MatterLine]:
        """Every matter that was on the order of business or decided on, by title."""
        lines = [
            MatterLine(
                row.id,
                row.title,
                row.number,
                row.ladder,
                row.status,
                min((debate.date for debate in row.debates if debate.date), default=""),
                len({debate.sitting for debate in row.debates}),
                len(row.decisions),
            )
            for row in self.register.matters
            if row.debates or row.decisions or row.rungs or row.sponsorships
        ]
        return sorted(lines, key=lambda line: (line.title.casefold(), line.id))

    def matter(self, row: Matter) -> MatterView:
        """The whole story of a matter."""
        decided = [found for each in row.decisions if isinstance(found := self.register.get(each), Decision)]
        return MatterView(
            id=row.id,
            title=row.title,
            number=row.number,
            titles=row.titles,
            ladder=row.ladder,
            status=row.status,
            rungs=tuple(self._rung(each) for each in row.rungs),
            decisions=tuple(self._line(each) for each in sorted(decided, key=lambda each: (each.date, each.id))),
            debates=tuple(self._debate(each) for each in row.debates),
            relations=self._relations(row.relations),
            sponsorships=tuple(self._sponsorship(each) for each in row.sponsorships),
            reported=tuple(self._claims([each for each in self.register.reports if each.matter == row.id])),
        )

    def person(self, row: Person) -> PersonRecord:
        """Somebody, with what they did in the body's business."""
        moved = [each for each in self.register.motions if each.mover == row.id]
        seconded = [each for each in self.register.motions if each.seconder == row.id]
        return PersonRecord(
            id=row.id,
            name=row.name,
            labels=row.labels,
            standing=row.standing,
            memberships=tuple(self._membership(each) for each in row.memberships),
            attendance=tuple(_presence(each) for each in row.presences),
            motions=tuple(Named(each.id, each.text) for each in moved),
            seconded=tuple(Named(each.id, each.text) for each in seconded),
            ballots=tuple(_ballots(self.register.votes, row.id)),
            sponsorships=tuple(_sponsored(self.register.matters, row.id)),
            actions=tuple(Named(each.id, each.text) for each in self.register.actions if each.owner == row.id),
        )

    def reported_in(self, elements: Collection[str]) -> tuple[ClaimView, ...]:
        """What these speeches and texts have from others, with all that the record has of the same claims."""
        told = {each.id: each for each in self.register.reports if each.element in elements}
        matters = {each.matter for each in told.values() if each.matter}
        among = [each for each in self.register.reports if each.id in told or each.matter in matters]
        return tuple(self._claims(among, told))

    def queue(self) -> list[AskedView]:
        """What waits for the clerk, by consequence."""
        from remembrancer.register.resolving.queue import queue

        apart = kept_apart(self._bureau, self._principal)
        return [
            AskedView(each.id, each.question, each.why, self.quotes(each.marks))
            for each in queue(self.register)
            if each.id not in apart
        ]

    def notices(self) -> list[NoticeView]:
        """Every finding of the register, worst first."""
        return [
            NoticeView(
                row.id,
                row.code,
                row.severity,
                row.message,
                row.advice,
                row.sitting,
                row.date,
                row.about,
                _place(row),
                self.quotes(row.marks),
            )
            for row in self.register.notices
        ]

    def one(self, kind: type[AnyRow], asked: str) -> AnyRow:
        """The row of an id, a former id, a number, or the one title or name that fits; a Fault naming candidates."""
        kinds: tuple[type[Any], ...] = (kind,)
        row = find(self.register, self._principal, kinds, asked)
        assert isinstance(row, kind), "only rows of the kinds asked for are found"
        return row

    def quotes(self, marks: Iterable[Mark]) -> Quotes:
        """Evidence with its words. A Fault (check failed) where bytes are not what was recorded."""
        return tuple(
            Quote(mark.source, mark.rendition, mark.start, mark.end, self._quote(mark)) for mark in dict.fromkeys(marks)
        )

    def _quote(self, mark: Mark) -> str:
        data = self._bureau.renditions.get(mark.rendition)
        try:
            return data[mark.start : mark.end].decode()
        except UnicodeDecodeError:
            what = Sentence(
                "A quotation from %(source)s, %(place)s, begins or ends inside a character.",
                source=mark.source,
                place=mark.place,
            )
            raise Fault(
                Exit.CHECK_FAILED, what, Sentence("Delete the office's derived folder to have it built again.")
            ) from None

    def _text(self, text: str, marks: Iterable[Mark]) -> str:
        """A row's words; those of its quotations where the row's are not among them."""
        quoted = [quote.quote for quote in self.quotes(marks)]
        wanted = letters(text)
        return text if wanted and wanted in letters("".join(quoted)) else plain(quoted)

    def _common(self, row: Decision | Vote | Motion | Action) -> dict[str, Any]:
        matter = self.register.get(row.matter) if row.matter else None
        return {
            "id": row.id,
            "sitting": row.sitting,
            "date": row.date,
            "item": row.item,
            "matter": Named(matter.id, matter.title) if isinstance(matter, Matter) else None,
            "stated": row.stated,
            "confirmed": row.confirmed,
            "rule": row.rule,
            "place": _place(row),
            "spans": self.quotes(row.marks),
        }

    def _force(self, turns: tuple[Turn, ...]) -> Force | None:
        if not turns:
            return None
        from remembrancer.register.resolving.force import force_on  # Its patterns are slow to load.

        return force_on(turns, self.day)

    def _provision(self, row: Provision) -> ProvisionView:
        return ProvisionView(row.number, row.text, self._force(row.turns), _turns(row.turns), self.quotes(row.marks))

    def _relations(self, rows: Iterable[Relation]) -> tuple[RelationView, ...]:
        return tuple(
            RelationView(
                row.kind, row.target, row.target_text, row.provision, row.by, row.stated, self.quotes(row.marks)
            )
            for row in rows
        )

    def _amounts(self, rows: Iterable[Amount]) -> tuple[AmountView, ...]:
        return tuple(AmountView(row.text, row.value, row.currency, self.quotes(row.marks)) for row in rows)

    def _sponsorship(self, row: Sponsorship) -> SponsorshipView:
        return SponsorshipView(row.label, row.person, row.role, row.date, row.stated, self.quotes(row.marks))

    def _debate(self, row: Debate) -> DebateView:
        return DebateView(row.sitting, row.date, row.item, row.title, self.quotes(row.marks))

    def _rung(self, row: Rung) -> RungView:
        return RungView(row.date, row.status, row.decision, row.stated, self.quotes(row.marks))

    def _line(self, row: Decision) -> DecidedLine:
        return DecidedLine(
            row.id,
            row.date,
            row.sitting,
            row.kind,
            row.outcome,
            row.status_to,
            row.number,
            self._text(row.text, row.marks),
            self._force(row.turns),
            row.stated,
        )

    def _membership(self, row: Membership) -> MembershipView:
        return MembershipView(
            row.role, row.affiliation, row.since, row.until, row.weight, row.stated, self.quotes(row.marks)
        )

    def _claims(self, reports: Sequence[Report], wanted: Collection[str] = ()) -> Iterator[ClaimView]:
        """What is reported, each claim once, with who passes it on and where it comes from; only those that hold a
        ``wanted`` report where any are."""
        if not reports:
            return
        from remembrancer.register.passes.reported import claims, independent  # Its patterns are slow to load.

        by_id = {report.id: report for report in reports}
        for same in claims(reports):
            if wanted and not set(same) & set(wanted):
                continue
            told = sorted((by_id[each] for each in same), key=lambda report: (report.date, report.id))
            yield ClaimView(
                told[0].text,
                tuple(report.chain for report in told),
                tuple(by_id[group[0]].origin for group in independent(told)),
                self.quotes(mark for report in told for mark in report.marks),
            )


def _last_day(date: str) -> str:
    """The last day of an EDTF date."""
    from remembrancer.rules.rulebook import bounds

    return bounds(date)[1]


def _check_dates(scope: Scope) -> None:
    """A time of day may stand after the date up to which the record is known."""
    for name, date in (("as-of", scope.as_of), ("as-known", scope.as_known.partition("T")[0])):
        if date and not is_date(date):
            raise Fault(
                Exit.USAGE, Sentence("--%(option)s: %(since)s is no date.", option=name, since=repr(date)), WRITE_DATES
            )


def _place(row: Decision | Vote | Motion | Action | Notice) -> str:
    return row.marks[0].place if row.marks else ""


def _turns(turns: Iterable[Turn]) -> tuple[TurnView, ...]:
    return tuple(TurnView(turn.date, turn.force, turn.why, turn.by) for turn in turns)


def _sponsored(matters: Iterable[Matter], person: str) -> Iterator[SponsoredLine]:
    for matter in matters:
        for each in matter.sponsorships:
            if each.person == person:
                yield SponsoredLine(matter.id, matter.title, each.role, each.date)


def _presence(row: Presence) -> PresenceView:
    return PresenceView(row.sitting, row.date, row.present, row.role, row.offices, row.since, row.until)


def _ballots(votes: Iterable[Vote], person: str) -> Iterator[VotedLine]:
    for vote in votes:
        cast: Ballot
        for cast in vote.ballots:
            if cast.person == person:
                yield VotedLine(vote.id, vote.date, vote.question, cast.choice)
