"""The bureau of one body: its log, its catalog and its indexes, wired.

Whoever reads names a principal. The whole of a document is shown to those who may read every class in it;
others get the rendition and the reading of their own circle, and nothing else of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from remembrancer.access import DEEDS, Deed, may, may_do
from remembrancer.memory.asking.passages import ENOUGH, answering
from remembrancer.memory.cite import Hit, Renditions, quoted
from remembrancer.memory.gather import Origin, passages
from remembrancer.memory.index import TantivyIndex
from remembrancer.memory.lookup import indexed
from remembrancer.memory.query import parse
from remembrancer.memory.search import found, search
from remembrancer.model import AUTHORITIES, OWNER, BeingMade, Exit, Fault, Passage, Principal, Sha256
from remembrancer.office.embedding import Embedding
from remembrancer.plain import plain
from remembrancer.ports import Index, Lookup, Overtaken
from remembrancer.queries import Filters, Query, Word
from remembrancer.read import house as houses
from remembrancer.read.agendas import is_agenda
from remembrancer.record.catalog import Catalog, Grant, ReadingRow, SourceRow, view_of
from remembrancer.record.circles import WHOLE, Ruling, View, circle_name, classified
from remembrancer.record.entries import Draft
from remembrancer.record.log import Log
from remembrancer.record.persons import persons_of
from remembrancer.record.verify import Problem, Verdict
from remembrancer.record.verify import Progress as EntriesProgress
from remembrancer.register import vocabulary
from remembrancer.register.kept import Kept
from remembrancer.saying import NOTHING, Sentence, Term, listed

Progress = Callable[[str, int, int], None]
"""Called now and then with what is being done, how much is done, and of how much."""

Made = TypeVar("Made")

KEPT_READINGS = 64
"""How many decoded readings stay in memory."""

REMEMBERED = 32
"""How many things made of the whole record stay in memory, the latest used."""

KEPT_PASSAGES = 100_000
"""How many passages of one principal's searches stay in memory."""

MANY = 200
"""Of more documents than these a register or an index takes longer to make than somebody waits for a page."""

SELDOM = 200_000
"""Objects made before Python looks for cycles in a long run: readings, facts and rows are many objects, few cycles."""


class Seen(NamedTuple):
    """A source as one principal sees it."""

    source: SourceRow
    row: ReadingRow


class Asked(NamedTuple):
    """What one search looks at, and what it has looked up: sources, and passages as the principal sees them, which hold
    until the record grows; ``authority`` is that of the documents it is content with, empty for any."""

    indexes: list[Lookup]
    filters: Filters
    sources: dict[Sha256, SourceRow | None]
    seen: dict[tuple[str, int, str], Passage | None]
    authority: str = ""


class Bureau:
    """One body's record and what is derived from it."""

    def __init__(self, log: Log, derived: Path) -> None:
        self.log = log
        self.slug = log.body
        self._derived = derived
        self._catalog: Catalog | None = None
        self._kept: Kept | None = None
        self._indexes: dict[str, TantivyIndex] = {}
        self.embedding = Embedding(derived / "vectors")
        self.renditions = Renditions(log.blobs.get)
        self._views: dict[int, View] = {}
        self._passages: dict[int, dict[tuple[str, int], Passage]] = {}
        self._remembered: dict[Hashable, Any] = {}
        self._remembered_at = 0
        self._named = 0, log.body
        """How many entries were gone through, and the name they give the body."""
        self._kinds: dict[str, list[int]] = {}
        self._zoned: tuple[int, tzinfo] = 0, UTC
        """How many entries there were, and the time zone that they give the body."""
        self.language_model: Mapping[str, str] = {}
        self.forget_told: Callable[[], None] = lambda: None
        """What the office keeps of answers given before, to be dropped when something is removed or closed."""
        self.made_elsewhere: Callable[[], bool] = lambda: False
        """Whether another process makes what is derived from the whole record, so that who serves many leaves it to
        that one."""

    @property
    def catalog(self) -> Catalog:
        """The catalog, caught up with the log."""
        catalog = self._opened_catalog()
        catalog.catch_up(self.log)
        return catalog

    @property
    def kept(self) -> Kept:
        """What the register derived before."""
        if self._kept is None:
            self._kept = Kept(self._derived / "register.db")
        return self._kept

    def _opened_catalog(self) -> Catalog:
        if self._catalog is None:
            self._catalog = Catalog(self._derived / "catalog.db")
        return self._catalog

    def verify(self, heads: Sequence[bytes] = (), progress: EntriesProgress | None = None) -> Verdict:
        """The first thing that is wrong with the record, also against what was derived from it before."""
        verdict = self.log.verify(heads=heads, progress=progress)
        differs = self._opened_catalog().differs(self.log) if verdict.holds else NOTHING
        return replace(verdict, problem=Problem("store", Sentence("the log"), differs)) if differs else verdict

    def close(self) -> None:
        for index in self._indexes.values():
            index.close()
        self.embedding.close()
        for kept in (self._catalog, self._kept):
            if kept is not None:
                kept.close()
        self.log.close()

    def found(self, name: str, house: str) -> None:
        """The first entries: the body's name, and its house if there is one."""
        self.log.add("body", {"slug": self.slug, "name": name})
        if house:
            self.set_house(OWNER, house)

    def rename(self, principal: Principal, name: str) -> int:
        """Call the body otherwise from now on; the entry's number."""
        require(principal, "found", Sentence("rename a body"))
        return self.log.append([Draft("body", {"slug": self.slug, "name": name}, principal.name)]).start

    def name(self) -> str:
        """The body's full name as the record has it."""
        return self._walked()[1]

    def numbers_of(self, kind: str) -> Sequence[int]:
        """The numbers of the entries of a kind, in order."""
        self._walked()
        return self._kinds.get(kind, [])

    def kinds(self) -> Mapping[str, int]:
        """Of which kinds there are entries, and how many."""
        self._walked()
        return {kind: len(numbers) for kind, numbers in sorted(self._kinds.items())}

    def _walked(self) -> tuple[int, str]:
        """How much of the log was gone through, and the name it gives the body; what is new is gone through now."""
        read, name = self._named
        size = self.log.size()
        for entry in self.log.entries(read, size) if read < size else ():
            name = str(entry.payload["name"]) if entry.kind == "body" and entry.payload else name
            self._kinds.setdefault(entry.kind, []).append(entry.number)
        self._named = size, name
        return self._named

    def today(self) -> str:
        """The day of the office's clock where the body is."""
        return self.day_of(self.log.clock.now())

    def day_of(self, at: str) -> str:
        """The day on which a time of recording, which is in UTC, falls where the body is: in its house's time zone."""
        return datetime.fromisoformat(at).astimezone(self._zone()).date().isoformat()

    def _zone(self) -> tzinfo:
        """The body's time zone, looked up anew only when the record grew: each page asks for it several times."""
        size = self.log.size()
        if self._zoned[0] != size:
            self._zoned = size, houses.zone_of(self.house())
        return self._zoned[1]

    def grants(self) -> list[Grant]:
        """Every grant in the order of the record; one that was revoked ends on the day before."""
        return [self._ended(each) if each.revoked else each for each in self.catalog.grants()]

    def _ended(self, grant: Grant) -> Grant:
        last = (date.fromisoformat(self.day_of(grant.revoked)) - timedelta(days=1)).isoformat()
        return grant._replace(until=min(grant.until or last, last))

    def principal(self, principal: Principal, on: str = "") -> Principal:
        """The same with the roles that the record grants it on a day, today by default."""
        day = on or self.today()
        held = {grant.role for grant in self.grants() if grant.principal == principal.name and grant.holds(day)}
        return replace(principal, roles=principal.roles | held)

    def house(self) -> houses.House:
        """The house in force, or the empty one."""
        toml = self.house_toml()
        return self.remembered("house", lambda: houses.parse(toml)) if toml else houses.DEFAULT

    def house_toml(self) -> str:
        """The house in force as it was set, or empty."""
        row = self.catalog.house()
        return row.toml if row else ""

    def set_house(self, principal: Principal, toml: str) -> Sha256:
        """Put a house in force from now on; a Fault if it is none. Its hash."""
        from remembrancer.record.intake import house_draft, house_sha  # Whoever asks takes nothing in.

        require(principal, "convene", Sentence("set the house"))
        house = houses.parse(toml)
        vocabulary.check(house)
        houses.check_timezone(house)
        row = self.catalog.house()
        if row is None or row.sha != house_sha(toml):
            self.log.append([house_draft(toml, True, principal.name)])
        return house_sha(toml)

    def seen(self, principal: Principal, source: SourceRow) -> Seen | None:
        """The reading of a source that a principal may see, or None."""
        circle = circle_name(source.classes, lambda each: may(principal, "read", each))
        if circle is None:
            return None
        row = self.catalog.reading(source.sha, circle) or self._widest_circle(principal, source)
        return Seen(source, row) if row else None

    def _widest_circle(self, principal: Principal, source: SourceRow) -> ReadingRow | None:
        """For holders of several roles: the reading of the largest circle all of whose classes they may read."""
        catalog = self.catalog
        readable = [
            circle
            for circle in catalog.circles(source.sha)
            if circle != WHOLE and all(may(principal, "read", each) for each in circle.split("+"))
        ]
        widest = max(readable, key=lambda circle: circle.count("+"), default=None)
        return catalog.reading(source.sha, widest) if widest else None

    def all_seen(self, principal: Principal) -> Iterator[Seen]:
        """Every source that a principal sees something of, in the order they were recorded."""
        for source in self.catalog.sources():
            seen = self.seen(principal, source)
            if seen is not None:
                yield seen

    def seen_source(self, principal: Principal, sha: Sha256) -> Seen | None:
        """What a principal sees of one source."""
        source = self.catalog.source(sha)
        return self.seen(principal, source) if source else None

    def reads(self, principal: Principal, sha: Sha256, reading: int) -> bool:
        """Whether a reading, by its entry, is the one in which a principal sees a source."""
        seen = self.seen_source(principal, sha)
        return seen is not None and seen.row.entry == reading

    def view(self, seen: Seen) -> View:
        """Rendition and reading, decoded, with the class of each element; the latest used are kept."""
        if seen.row.entry not in self._views:
            if len(self._views) >= KEPT_READINGS:
                self._views.clear()
            self._views[seen.row.entry] = self._ruled(seen, self.as_read(seen))
        return self._views[seen.row.entry]

    def as_read(self, seen: Seen) -> View:
        """Rendition and reading as they were recorded, with the marks of the document alone."""
        return view_of(self.log, seen.row)

    def _ruled(self, seen: Seen, view: View) -> View:
        if seen.row.circle != WHOLE or seen.source.classes == ("open",):
            return view
        rulings = self.rulings_for(seen, self.catalog.rulings())
        return view._replace(proceedings=classified(view.proceedings, seen.source.visibility, rulings))

    def rulings_for(self, seen: Seen, rulings: Mapping[str, Ruling]) -> Mapping[str, Ruling]:
        """Rulings, also under the ids that the sittings of a document have in it."""
        sittings = self.catalog.sittings(seen.row.entry)
        return {
            **rulings,
            **{row.id: rulings[now] for row in sittings if (now := self.catalog.resolve(row.id)) in rulings},
        }

    def search(
        self,
        principal: Principal,
        query: str | Query,
        filters: Filters,
        limit: int = 10,
        progress: Progress | None = None,
        in_words: bool = False,
    ) -> list[Hit]:
        """The best hits among what a principal may see; equal passages of weaker versions left out. ``in_words`` looks
        for the words alone, also where there are vectors."""
        tree = parse(query) if isinstance(query, str) else query
        with self._asked(principal, filters, progress, in_words) as asked:
            hits = search(asked.indexes, self.renditions, tree, asked.filters, limit)
            return self._prevailing_first(hits)

    def matching(
        self, principal: Principal, query: Query, filters: Filters, limit: int, authority: str = ""
    ) -> list[tuple[Passage, float]]:
        """The passages that ``search`` would quote, as the principal sees them and not quoted yet; only those in
        documents of an authority where one is named."""
        with self._asked(principal, filters, None, authority=authority) as asked:
            return found(asked.indexes, query, asked.filters, limit)

    def cited(self, passages: Iterable[tuple[Passage, float]]) -> list[Hit]:
        """Quotations of passages that were found, proven; of two versions the one that prevails first."""
        hits = [quoted(passage, score, self.renditions) for passage, score in passages]
        return self._prevailing_first(hits)

    def answering(
        self, principal: Principal, question: str, filters: Filters, limit: int = 5, enough: float = ENOUGH
    ) -> list[Hit]:
        """The passages that answer a question in the record's own words; see ``memory.asking.passages``."""
        with self._asked(principal, filters, None) as asked:
            hits = answering(asked.indexes, self.renditions, question, asked.filters, limit, enough)
            return self._prevailing_first(hits)

    def knows(self, principal: Principal, word: str) -> bool:
        """Whether a word stands in anything that a principal may see."""
        with self._asked(principal, Filters(), None, in_words=True) as asked:
            return any(index.search(Word(word), asked.filters, 1) for index in asked.indexes)

    def languages(self, principal: Principal) -> frozenset[str]:
        """The languages of the documents that a principal may see something of."""
        with self._asked(principal, Filters(), None, in_words=True) as asked:
            return frozenset[str]().union(*(index.languages() for index in asked.indexes))

    def _prevailing_first(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits so that of two versions of one element that differ the one that prevails comes first."""
        catalog, ordered = self._opened_catalog(), list(hits)
        if len(hits) < 2 or not any(catalog.next_versions(hit.id) for hit in hits):
            return ordered
        sources = {hit.id: catalog.source(hit.spans[0].source) for hit in hits if hit.spans}
        for index, hit in enumerate(ordered):
            others = catalog.versions(hit.id)
            for later in range(index + 1, len(ordered)):
                other, source = ordered[later], sources.get(ordered[later].id)
                if other.id in others and source and self.prevails(source, sources.get(hit.id)):
                    ordered[index], ordered[later] = other, hit
                    break
        return ordered

    @contextmanager
    def _asked(
        self,
        principal: Principal,
        filters: Filters,
        progress: Progress | None,
        in_words: bool = False,
        authority: str = "",
    ) -> Iterator[Asked]:
        self.catch_up(progress)
        catalog = self.catalog
        visible = frozenset({"open", *(each for each in catalog.classes() if may(principal, "read", each))})
        names = ["open"] if visible == {"open"} else ["open", "closed"]
        sitting = self._sitting_seen(principal, catalog, filters.sitting)
        seen = self.derived(principal, "passages", dict[tuple[str, int, str], Passage | None])
        if len(seen) > KEPT_PASSAGES:
            seen.clear()
        asked = Asked([], replace(filters, visible=visible, sitting=sitting), {}, seen, authority)
        for name in names:
            as_seen = partial(self._wanted, principal, catalog, asked)
            asked.indexes.append(Circle(self.index(name), as_seen))
        if not in_words and self.embedding.used():
            asked.indexes[:] = [self._fused(dict(zip(names, asked.indexes, strict=True)), catalog, sitting)]
        yield asked

    def _fused(self, indexes: Mapping[str, Lookup], catalog: Catalog, sitting: str) -> Lookup:
        """The indexes with the vectors of their sides, as one."""
        from remembrancer.memory.vectors.fused import Fused, Side

        sides = [Side(index, self.embedding.nearest(name)) for name, index in indexes.items()]
        sources = catalog.sources_of_sitting(sitting) if sitting else []
        return Fused(sides, lambda text: self.embedding.load().embed([text])[0], sources)

    def _sitting_seen(self, principal: Principal, catalog: Catalog, identity: str) -> str:
        """The id of the sitting to search; a Fault (refused) if there is none that the principal may see."""
        resolved = catalog.resolve(identity) if identity else ""
        seen = (self.seen_source(principal, sha) for sha in catalog.sources_of_sitting(resolved))
        known = {catalog.resolve(row.id) for each in seen if each for row in catalog.sittings(each.row.entry)}
        if resolved and resolved not in known:
            what = Sentence(
                "There is no sitting %(sitting)s that %(who)s may see.", sitting=identity, who=principal.name
            )
            raise Fault(Exit.REFUSED, what, Sentence("The ids of sittings stand in what sittings prints."))
        return resolved

    def _wanted(self, principal: Principal, catalog: Catalog, asked: Asked, passage: Passage) -> Passage | None:
        """The passage as the principal sees it; None where they see none, or its document is of another authority."""
        if passage.source not in asked.sources:
            asked.sources[passage.source] = catalog.source(passage.source)
        source = asked.sources[passage.source]
        if source is None or asked.authority not in ("", source.authority):
            return None
        key = (passage.id, passage.number, passage.rendition)
        if key not in asked.seen:
            asked.seen[key] = self._as_seen(principal, catalog, source, passage)
        return asked.seen[key]

    def _as_seen(self, principal: Principal, catalog: Catalog, source: SourceRow, passage: Passage) -> Passage | None:
        """The passage in the rendition of the principal's circle; None where that has it not, or a stronger
        version of the document says the same."""
        if self._said_again(principal, source, catalog.next_versions(passage.id), passage):
            return None
        if len(source.classes) == 1:
            return passage if may(principal, "read", source.classes[0]) else None
        seen = self.seen(principal, source)
        if seen is None or seen.row.rendition == passage.rendition:
            return passage if seen else None
        return self.passages(seen).get((passage.id, passage.number))

    def _said_again(self, principal: Principal, own: SourceRow, versions: Sequence[str], passage: Passage) -> bool:
        """Whether the same words stand in a version of the document that prevails over this one."""
        for other in versions:
            source = self._opened_catalog().source_of(other)
            seen = self.seen_source(principal, source) if source else None
            if seen is not None and self.prevails(seen.source, own):
                again = self.passages(seen).get((other, passage.number))
                if again is not None and self.text(again) == self.text(passage):
                    return True
        return False

    def is_agenda(self, source: SourceRow) -> bool:
        """Whether a source says what was planned, and not what was."""
        return is_agenda(source.path, self.house())

    def strength(self, source: SourceRow) -> tuple[bool, int, int]:
        """How strong a source is among those that tell a sitting: by authority, and of the same by having been recorded
        later; an agenda is weaker than whatever tells what was said."""
        return not self.is_agenda(source), AUTHORITIES.index(source.authority), source.entry

    def prevails(self, one: SourceRow, over: SourceRow | None) -> bool:
        """Whether one source goes before another."""
        return over is None or self.strength(one) > self.strength(over)

    def passages(self, seen: Seen) -> dict[tuple[str, int], Passage]:
        """The passages of a reading by id and number; those of the readings last used are kept."""
        if seen.row.entry not in self._passages:
            if len(self._passages) >= KEPT_READINGS:
                self._passages.clear()
            found = passages(self.view(seen).proceedings, self.origin(seen))
            self._passages[seen.row.entry] = {(each.id, each.number): each for each in found}
        return self._passages[seen.row.entry]

    def remembered(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, which is not asked again until the record gains an entry. ``name`` is all that it
        depends on besides the record: the principal, the dates asked for, and what it is."""
        entries = self.catalog.caught_up()
        if entries != self._remembered_at:
            self._remembered.clear()
            self._remembered_at = entries
        if name in self._remembered:
            found: Made = self._remembered.pop(name)
            self._remembered[name] = found
            return found
        made = make()
        if self._remembered_at == entries:
            while len(self._remembered) >= REMEMBERED:
                self._remembered.pop(next(iter(self._remembered)))
            self._remembered[name] = made
        return made

    def derived(self, principal: Principal, name: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives of the whole record for one principal, remembered with all else of theirs."""
        shelf: dict[Hashable, Any] = self.remembered(("derived", principal), dict)
        if name not in shelf:
            shelf[name] = make()
        found: Made = shelf[name]
        return found

    def forget_readings(self) -> None:
        """Drop what is decoded, and what the register kept of it, as after a redaction."""
        self.kept.forget_all()
        self._remembered.clear()
        self._views.clear()
        self._passages.clear()

    def catch_up(self, progress: Progress | None = None) -> None:
        """Bring both indexes up to the log: take the writer, commit, release."""
        catalog = self.catalog
        target = catalog.caught_up()
        for name in ("open", "closed"):
            index = self.index(name)
            if self._follows(catalog, name, index) < target:
                if self._lacks(catalog, name, index):
                    self._leave_to_others(catalog, name, index)
                    with suppress(Overtaken):
                        self._change(name, index, target, progress)
                catalog.set_indexed(name, target)
            self._catch_up_vectors(catalog, name, target)

    def _catch_up_vectors(self, catalog: Catalog, name: str, target: int) -> None:
        """What goes from an index goes from the vectors beside it; what comes waits for who makes them."""
        vectors = self.embedding.vectors(name)
        if vectors is None or vectors.caught_up() >= target:
            return
        touched = catalog.touched_since(vectors.caught_up())
        renditions = [(sha, self._rendition_indexed(catalog, name, sha)) for sha in touched]
        vectors.follow(renditions, target, keep=name == "open")

    def _rendition_indexed(self, catalog: Catalog, name: str, sha: Sha256) -> str:
        """The rendition of a source whose passages an index holds; empty where it holds none."""
        circle = _circle_indexed(name, catalog.source(sha))
        row = catalog.reading(sha, circle) if circle else None
        return row.rendition if row else ""

    def _follows(self, catalog: Catalog, name: str, index: Index) -> int:
        """How many entries an index follows; an index that was deleted follows none."""
        committed = index.caught_up()
        return max(committed, catalog.indexed(name)) if committed else 0

    def _lacks(self, catalog: Catalog, name: str, index: Index) -> bool:
        """Whether an index is new, or there are sources that change it."""
        return index.caught_up() == 0 or bool(self._to_change(catalog, name, index))

    def _leave_to_others(self, catalog: Catalog, name: str, index: Index) -> None:
        """BeingMade, where another process reads many documents for the index; how many is not for everybody."""
        waiting = len(self._to_change(catalog, name, index)) if self.made_elsewhere() else 0
        if waiting > MANY:
            advice = Sentence("Ask again in a minute. Documents and the log need not wait for it.")
            raise BeingMade(Sentence("The index for searches is being made."), advice)

    def _to_change(self, catalog: Catalog, name: str, index: Index) -> list[Sha256]:
        """The sources that change an index. What is closed never touches the open one, not even by a commit:
        a count of commits would show in the scores."""
        touched = catalog.touched_since(self._follows(catalog, name, index))
        return [sha for sha in touched if index.holds("source", sha) or _circle_indexed(name, catalog.source(sha))]

    def _change(self, name: str, index: Index, target: int, progress: Progress | None) -> None:
        with index.writing(lambda: self._lacks(self.catalog, name, index)) as batch:
            touched = self._to_change(self.catalog, name, index)
            if batch.caught_up and not touched:
                return  # Another process was here while this one waited.
            if self._has_lost(name, index, touched):
                batch.clear()  # Else what goes is only marked: its words would stay on the disk, and in the counts.
                touched = [each.sha for each in self.catalog.sources() if _circle_indexed(name, each)]
            for done, sha in enumerate(touched):
                if progress:
                    progress("indexing", done, len(touched))
                batch.remove("source", sha)
                batch.add(indexed(passage, self.text(passage)) for passage in self.to_index(name, sha))
            batch.commit(target)
            if progress and touched:
                progress("indexing", len(touched), len(touched))

    def _has_lost(self, name: str, index: Index, touched: Iterable[Sha256]) -> bool:
        """Whether something that an index holds was redacted or disposed of since."""
        since = self._follows(self.catalog, name, index)
        last = (number for kind in ("redaction", "disposal") for number in self.numbers_of(kind)[-1:])
        return any(number >= since for number in last) and any(index.holds("source", sha) for sha in touched)

    def to_index(self, name: str, sha: Sha256) -> Iterable[Passage]:
        """What an index holds of a source: the open one what the public sees, the closed one the rest."""
        source = self.catalog.source(sha)
        circle = _circle_indexed(name, source)
        row = self.catalog.reading(sha, circle) if circle else None
        if source is not None and row is not None:
            seen = Seen(source, row)
            found = passages(self.view(seen).proceedings, self.origin(seen))
            yield from (passage for passage in found if (passage.visibility == "open") == (name == "open"))

    def text(self, passage: Passage) -> str:
        """What a person reads of a passage."""
        data = self.renditions.get(passage.rendition)
        return plain([data[start:end].decode() for start, end in passage.spans])

    def origin(self, seen: Seen) -> Origin:
        """Where the passages of a reading come from."""
        view = self.view(seen)
        persons = persons_of(view.proceedings)
        return Origin(
            body=self.slug,
            source=seen.source.sha,
            rendition=seen.row.rendition,
            path=seen.source.path,
            authority=seen.source.authority,
            data=view.data,
            places=view.places,
            sitting_ids=tuple(self.catalog.resolve(sitting.id) for sitting in view.proceedings.sittings),
            persons={label: whose.name for label, whose in persons.items() if whose and whose.name},
        )

    def index(self, name: str) -> TantivyIndex:
        """The index of the ``open`` or the ``closed`` matter."""
        if name not in self._indexes:
            self._indexes[name] = TantivyIndex(self._derived / "index" / name)
        return self._indexes[name]


class Circle:
    """An index as one principal sees it: each passage passes ``as_seen`` on its way out."""

    def __init__(self, index: Lookup, as_seen: Callable[[Passage], Passage | None]) -> None:
        self._index = index
        self._as_seen = as_seen

    def search(self, query: Query, filters: Filters, limit: int = 10) -> list[tuple[Passage, float]]:
        """As ``Index.search``; looks further until ``limit`` passages may be seen or there are no more."""
        wanted = limit + limit // 2
        while True:
            found = self._index.search(query, filters, wanted)
            shown = ((passage, score) for each, score in found if (passage := self._as_seen(each)) is not None)
            seen = list(islice(shown, limit))
            if len(seen) == limit or len(found) < wanted:
                return seen
            wanted *= 2

    def held(self, ids: Sequence[str], query: Query, filters: Filters) -> list[Passage]:
        """As ``Index.held``, as the principal sees each."""
        found = self._index.held(ids, query, filters)
        return [passage for each in found if (passage := self._as_seen(each)) is not None]

    def frequency(self, word: str) -> int:
        return self._index.frequency(word)

    def size(self) -> int:
        return self._index.size()

    def languages(self) -> frozenset[str]:
        return self._index.languages()


def _circle_indexed(name: str, source: SourceRow | None) -> str | None:
    """The circle whose reading of a source goes into an index; None where nothing of it does."""
    if source is None:
        return None
    if name == "open":
        return circle_name(source.classes, lambda each: each == "open")
    return None if set(source.classes) <= {"open"} else WHOLE


def require(principal: Principal, deed: Deed, what: Sentence) -> None:
    """A Fault (refused), saying ``what`` was wanted, unless the principal may do the deed."""
    if not may_do(principal, deed):
        holders = [Sentence("holders of the role %(role)s", role=Term("held", role)) for role in sorted(DEEDS[deed])]
        others = listed([Sentence("the owner"), *holders])
        said = Sentence("%(who)s may not %(deed)s.", who=principal.name, deed=what)
        raise Fault(Exit.REFUSED, said, Sentence("Only %(others)s may.", others=others))
