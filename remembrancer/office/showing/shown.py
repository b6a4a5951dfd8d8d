"""What a principal is shown: lists of sources, sittings, people and findings, and anything by its id."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from remembrancer.access import is_owner, may
from remembrancer.memory.views import (
    AttendeeView,
    ElementView,
    FindingView,
    ItemView,
    PersonView,
    Revision,
    SittingLine,
    SittingView,
    SourceView,
    SpeechView,
    TextView,
    Words,
    finding_views,
    item_view,
    speech_view,
    text_view,
)
from remembrancer.model import Attendee, Exit, Fault, Principal, Proceedings
from remembrancer.office.bureau import Bureau, Seen
from remembrancer.office.registers.naming import Names, known_ids, led_by
from remembrancer.read.dates import date_of
from remembrancer.record.catalog import FactRow, first_date
from remembrancer.record.circles import WHOLE
from remembrancer.record.persons import Resolved, name_of, persons_of
from remembrancer.saying import Day, Sentence, Term, either


class Telling(NamedTuple):
    """A document that tells a sitting: which of the document's sittings it is, and its first day there, or empty."""

    seen: Seen
    ordinal: int
    day: str


Shown = SittingView | ElementView | SourceView | FindingView | PersonView


def sources(bureau: Bureau, principal: Principal) -> list[SourceView]:
    """Every source of which a principal sees something."""
    return [source_view(bureau, principal, seen) for seen in bureau.all_seen(principal)]


def sittings(bureau: Bureau, principal: Principal) -> list[SittingLine]:
    """Every sitting, earliest first, the undated last."""
    grouped: dict[str, list[Seen]] = defaultdict(list)
    catalog = bureau.catalog
    rows: dict[str, list[SittingLine]] = defaultdict(list)
    for seen in bureau.all_seen(principal):
        for row in catalog.sittings(seen.row.entry):
            identity = catalog.resolve(row.id)
            grouped[identity].append(seen)
            counts = (row.items, row.speeches, seen.source.authority, (seen.source.sha,))
            rows[identity].append(SittingLine(identity, row.title, row.dates, row.venue, *counts))
    lines = [_joined(bureau, lines, grouped[identity]) for identity, lines in rows.items()]
    return sorted(lines, key=lambda line: (not line.dates, line.dates, line.title, line.id))


def people(bureau: Bureau, principal: Principal) -> list[PersonView]:
    """Everybody named in attendance lists or as a speaker by full name, by name."""
    catalog, names = bureau.catalog, known_ids(bureau, principal)
    facts: dict[str, list[FactRow]] = defaultdict(list)
    for seen in bureau.all_seen(principal):
        for fact in catalog.facts(seen.row.entry):
            if identity := names(fact.key, fact.affiliation):
                facts[identity].append(fact)
    views = [_person(bureau, identity, named) for identity, named in facts.items()]
    return sorted(views, key=lambda person: (person.name.lower(), person.id))


def findings(bureau: Bureau, principal: Principal) -> list[FindingView]:
    """What readers noticed in the documents a principal sees, in the order they were recorded."""
    found: list[FindingView] = []
    for seen in bureau.all_seen(principal):
        found += finding_views(bureau.view(seen).proceedings.findings, words_of(bureau, seen), seen.source.path)
    return found


def show(bureau: Bureau, principal: Principal, identity: str) -> Shown:
    """What an id names. A Fault (refused) where there is nothing of that id that the principal may see."""
    catalog = bureau.catalog
    resolved = catalog.resolve(whole_id(bureau, principal, identity))
    if resolved.startswith("sitting-"):
        return _sitting(bureau, principal, resolved)
    if resolved.startswith("person-"):
        return _shown_person(bureau, principal, resolved)
    sha = catalog.source_of(resolved) or resolved
    source = catalog.source(sha)
    seen = bureau.seen(principal, source) if source else None
    if seen is not None and sha == resolved:
        return source_view(bureau, principal, seen)
    shown = _element(bureau, principal, seen, resolved) if seen else None
    if shown is None:
        raise nothing(bureau, principal, identity)
    return shown


def whole_id(bureau: Bureau, principal: Principal, identity: str) -> str:
    """The id of the one source a principal sees that starts so; else the id as it came."""
    if not re.fullmatch(r"[0-9a-f]{8,63}", identity):
        return identity
    found = [seen.source.sha for seen in bureau.all_seen(principal) if seen.source.sha.startswith(identity)]
    return found[0] if len(found) == 1 else identity


def nothing(bureau: Bureau, principal: Principal, identity: str) -> Fault:
    """The same words whether it is closed or never was; nearby ids only to those who may read everything."""
    if gone := removed(bureau, principal, identity):
        return gone
    near = bureau.catalog.ids_starting(identity, 3) if is_owner(principal) and len(identity) > 6 else []
    advice = (
        Sentence("Did you mean %(list)s?", list=either(near))
        if near
        else Sentence("Ids stand in what search, sittings and sources print.")
    )
    return Fault(
        Exit.REFUSED,
        Sentence("There is nothing of the id %(id)s that %(who)s may see.", id=identity, who=principal.name),
        advice,
    )


def removed(bureau: Bureau, principal: Principal, identity: str) -> Fault | None:
    """That what an id named was lawfully removed, as a Fault (refused); None where it was not, or where that is closed
    to who asks."""
    removal = bureau.catalog.removal(bureau.catalog.resolve(identity))
    if removal is None or not may(principal, "read", removal.visibility):
        return None
    what = Sentence(
        "%(id)s was removed on %(day)s by %(deed)s, under: %(authority)s.",
        id=identity,
        day=Day(removal.at[:10]),
        deed=Term("entry", removal.kind),
        authority=removal.authority,
    )
    return Fault(Exit.REFUSED, what, Sentence("Entry %(entry)s of the record says so.", entry=removal.entry))


def words_of(bureau: Bureau, seen: Seen) -> Words:
    """The rendition of a document as its principal sees it, to quote from."""
    return Words(seen.source.sha, seen.row.rendition, bureau.view(seen).data)


def grounds(bureau: Bureau) -> dict[str, str]:
    """On what ground each thing was closed, by its id."""
    return {identity: ruling.ground for identity, ruling in bureau.catalog.rulings().items()}


def _joined(bureau: Bureau, lines: list[SittingLine], seen: list[Seen]) -> SittingLine:
    """One line for all the documents of a sitting: named by the strongest, its counts those of what is shown."""
    chosen = _chosen(bureau, [(each, line.dates[:1]) for each, line in zip(seen, lines, strict=True)])
    shown = [line for each, line in zip(seen, lines, strict=True) if each in chosen]
    strongest = max(zip(seen, lines, strict=True), key=lambda pair: bureau.strength(pair[0].source))[1]
    return SittingLine(
        id=strongest.id,
        title=strongest.title or next((line.title for line in lines if line.title), ""),
        dates=tuple(sorted({day for line in shown for day in line.dates})),
        venue=strongest.venue or next((line.venue for line in lines if line.venue), ""),
        items=sum(line.items for line in shown),
        speeches=sum(line.speeches for line in shown),
        authority=strongest.authority,
        sources=tuple(dict.fromkeys(source for line in lines for source in line.sources)),
    )


def _chosen(bureau: Bureau, tellings: Iterable[tuple[Seen, tuple[str, ...]]]) -> list[Seen]:
    """Of documents that tell the same day the strongest; one for each day, in the order of days."""
    best: dict[tuple[str, ...], Seen] = {}
    for seen, days in tellings:
        if days not in best or bureau.prevails(seen.source, best[days].source):
            best[days] = seen
    return [best[days] for days in sorted(best)]


def tellings(bureau: Bureau, principal: Principal, identity: str) -> list[Telling]:
    """The documents that tell a sitting, by its resolved id, as a principal sees them, in the order they were read."""
    return [
        Telling(seen, index, first_date(sitting))
        for sha in bureau.catalog.sources_of_sitting(identity)
        if (seen := bureau.seen_source(principal, sha)) is not None
        for index, sitting in enumerate(bureau.view(seen).proceedings.sittings)
        if bureau.catalog.resolve(sitting.id) == identity
    ]


def prevailing(bureau: Bureau, told: Sequence[Telling]) -> list[Telling]:
    """Those that are shown: of each day the strongest, in the order of days."""
    first = {each.seen.source.sha: each.day for each in told}
    chosen = _chosen(bureau, ((each.seen, (first[each.seen.source.sha],)) for each in told))
    shown = [each for each in told if each.seen in chosen]
    return sorted(shown, key=lambda each: (first[each.seen.source.sha], each.seen.source.entry, each.ordinal))


def _sitting(bureau: Bureau, principal: Principal, identity: str) -> SittingView:
    all_told = tellings(bureau, principal, identity)
    if not all_told:
        raise nothing(bureau, principal, identity)
    shown = prevailing(bureau, all_told)
    names = known_ids(bureau, principal)
    parts = [_part(bureau, names, each.seen, each.ordinal) for each in shown]
    told = [bureau.view(each.seen).proceedings.sittings[each.ordinal] for each in shown]
    return SittingView(
        id=identity,
        title=next((sitting.title for sitting in told if sitting.title), ""),
        dates=tuple(sorted({date.value for sitting in told for date in sitting.dates})),
        venue=next((sitting.venue for sitting in told if sitting.venue), ""),
        authority=max((each.seen.source for each in shown), key=bureau.strength).authority,
        attendance=tuple(line for sitting, part in zip(told, parts, strict=True) for line in part.attendance),
        items=tuple(item for part in parts for item in part.items),
        speeches=tuple(speech for part in parts for speech in part.speeches),
        texts=tuple(text for part in parts for text in part.texts),
        sources=tuple(dict.fromkeys(each.seen.source.sha for each in all_told)),
    )


def _part(bureau: Bureau, names: Names, seen: Seen, index: int) -> SittingView:
    """One document's telling of a sitting."""
    view, words, closed = bureau.view(seen).proceedings, words_of(bureau, seen), grounds(bureau)
    persons = persons_of(view)
    sitting = view.sittings[index]
    return SittingView(
        id=sitting.id,
        title=sitting.title,
        dates=(date_of(sitting),),
        venue=sitting.venue,
        authority=seen.source.authority,
        attendance=tuple(attendee(names, line) for line in sitting.attendance),
        items=tuple(item_view(each, view, words, closed) for each in view.items if each.sitting == index),
        speeches=tuple(
            speech_view(each, view, words, speaker_id(names, persons[(each.sitting, each.speaker, each.name)]))
            for each in view.speeches
            if each.sitting == index
        ),
        texts=tuple(text_view(each, view, words) for each in view.texts if each.sitting == index),
        sources=(seen.source.sha,),
    )


def attendee(names: Names, line: Attendee) -> AttendeeView:
    """A line of attendance as it is shown."""
    name = name_of(line.label)
    person = names(name.key, _fold_affiliation(line))
    stay = (line.present, line.since, line.until)
    return AttendeeView(line.label, person, line.role, line.affiliation, *stay)


def _fold_affiliation(line: Attendee) -> str:
    return name_of(line.affiliation).key or name_of(line.label).qualifier


def speaker_id(names: Names, whose: Resolved | None) -> str:
    """The id of the person whom a label means, or empty."""
    if whose is None or not whose.name:
        return ""
    name = name_of(whose.name)
    return names(name.key, name_of(whose.affiliation).key or name.qualifier)


def _element(bureau: Bureau, principal: Principal, seen: Seen, identity: str) -> ElementView | FindingView | None:
    view, words, names = bureau.view(seen).proceedings, words_of(bureau, seen), known_ids(bureau, principal)
    for finding in view.findings:
        if finding.id == identity:
            return finding_views([finding], words, seen.source.path)[0]
    for kind, group in (("item", view.items), ("speech", view.speeches), ("text", view.texts)):
        for each in group:
            if each.id == identity:
                shown = _one(bureau, names, view, words, kind, identity)
                versions = _versions(bureau, principal, seen, identity)
                at = each.sitting
                return ElementView(
                    kind=kind,
                    element=shown,
                    sitting=bureau.catalog.resolve(view.sittings[at].id) if at is not None else "",
                    date=date_of(view.sittings[at]) if at is not None else "",
                    source=seen.source.sha,
                    path=seen.source.path,
                    authority=seen.source.authority,
                    revises=tuple(each for each, later in versions if not later),
                    revised_by=tuple(each for each, later in versions if later),
                    under=_under(names, view, words, identity) if kind == "item" else (),
                )
    return None


def _one(
    bureau: Bureau, names: Names, view: Proceedings, words: Words, kind: str, identity: str
) -> ItemView | SpeechView | TextView:
    if kind == "item":
        item = next(each for each in view.items if each.id == identity)
        return item_view(item, view, words, grounds(bureau))
    if kind == "speech":
        speech = next(each for each in view.speeches if each.id == identity)
        whose = persons_of(view)[(speech.sitting, speech.speaker, speech.name)]
        return speech_view(speech, view, words, speaker_id(names, whose))
    return text_view(next(each for each in view.texts if each.id == identity), view, words)


def _under(names: Names, view: Proceedings, words: Words, identity: str) -> tuple[SpeechView | TextView, ...]:
    """What was said and written under an item, in the order of the document."""
    at = next(index for index, item in enumerate(view.items) if item.id == identity)
    persons = persons_of(view)
    found: list[tuple[int, SpeechView | TextView]] = []
    for speech in view.speeches:
        if speech.item == at:
            whose = speaker_id(names, persons[(speech.sitting, speech.speaker, speech.name)])
            found.append(((*speech.label, *speech.spans)[0].start, speech_view(speech, view, words, whose)))
    found += [(text.spans[0].start, text_view(text, view, words)) for text in view.texts if text.item == at]
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))


def _versions(bureau: Bureau, principal: Principal, own: Seen, identity: str) -> list[tuple[Revision, bool]]:
    """The element in other versions of its document, and whether that version prevails over this one."""
    found: list[tuple[Revision, bool]] = []
    for other in sorted(bureau.catalog.versions(identity) - {identity}):
        sha = bureau.catalog.source_of(other)
        seen = bureau.seen_source(principal, sha) if sha else None
        if seen is not None and (other, 0) in bureau.passages(seen):
            revision = Revision(other, seen.source.sha, seen.source.authority)
            found.append((revision, bureau.prevails(seen.source, own.source)))
    return found


def source_view(bureau: Bureau, principal: Principal, seen: Seen) -> SourceView:
    """A source; of one that is not wholly theirs, readers learn neither size nor hash of the whole text."""
    source, row = seen.source, seen.row
    whole = row.circle == WHOLE
    return SourceView(
        id=source.sha,
        path=source.path,
        authority=source.authority,
        size=source.size if whole else len(bureau.view(seen).data),
        media=source.media,
        recorded=source.at,
        visibility=source.visibility if may(principal, "read", source.visibility) else "",
        gone=source.gone,
        reader=row.reader,
        rendition=row.rendition,
        sittings=tuple(bureau.catalog.resolve(each.id) for each in bureau.catalog.sittings(row.entry)),
        not_extracted=row.not_extracted,
        account=row.account,
    )


def _person(bureau: Bureau, identity: str, facts: list[FactRow]) -> PersonView:
    listed = [fact for fact in facts if not fact.speeches]
    names = [fact.name or fact.label for fact in (listed or facts)]
    return PersonView(
        id=identity,
        name=max(sorted(set(names)), key=names.count),
        labels=tuple(sorted({fact.label for fact in facts})),
        roles=tuple(sorted({fact.role for fact in facts if fact.role})),
        affiliations=tuple(sorted({fact.affiliation for fact in facts if fact.affiliation})),
        sittings=len(
            {bureau.catalog.resolve(fact.sitting) for fact in listed if fact.sitting and fact.present is not False}
        ),
        speeches=sum(fact.speeches for fact in facts),
    )


def _shown_person(bureau: Bureau, principal: Principal, identity: str) -> PersonView:
    known = led_by(bureau, principal).get(identity, identity)
    found = next((person for person in people(bureau, principal) if person.id == known), None)
    if found is None:
        raise nothing(bureau, principal, identity)
    return found


def as_it_came(bureau: Bureau, principal: Principal, sha: str) -> tuple[str, bytes]:
    """The path and bytes of a source, for whoever sees the whole of it; else the text of their circle, as a text file.
    A Fault (refused) where they see nothing of it."""
    seen = bureau.seen_source(principal, sha)
    if seen is None:
        raise nothing(bureau, principal, sha)
    if seen.row.circle == WHOLE and not seen.source.gone and bureau.log.blobs.has(sha):
        return seen.source.path, bureau.log.blob(sha)
    return f"{seen.source.path}.txt", bureau.view(seen).data
