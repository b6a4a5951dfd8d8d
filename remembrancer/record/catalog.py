"""The catalog of one body's record: a table of contents derived from the log, disposable at any time.

It answers what the log itself would have to be walked for: which readings are current and for which circle
of readers, what class an id was given, which source an id stands in, which sittings there are, who is named.
It holds no words of the documents. ``catch_up`` folds in the entries it has not seen; deleting its file rebuilds it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from remembrancer.model import Authority, Exit, Fault, Proceedings, Sha256, Sitting, Visibility
from remembrancer.record.circles import WHOLE, Ruling, View
from remembrancer.record.connection import writing
from remembrancer.record.derived import open_derived
from remembrancer.record.entries import Entry
from remembrancer.record.log import Log
from remembrancer.record.persons import facts_of
from remembrancer.record.readings import decode, decode_places, named_id
from remembrancer.record.verify import REMOVALS, removed_by
from remembrancer.saying import NOTHING, Sentence

_TABLES = """
CREATE TABLE progress (entries INTEGER NOT NULL, root TEXT NOT NULL);
CREATE TABLE source (sha TEXT PRIMARY KEY, entry INTEGER, path TEXT, authority TEXT, visibility TEXT,
    size INTEGER, media TEXT, at TEXT, gone INTEGER, classes TEXT) WITHOUT ROWID;
CREATE TABLE reading (entry INTEGER PRIMARY KEY, source TEXT, circle TEXT, rendition TEXT, blob TEXT, places TEXT,
    reader TEXT, house TEXT, account TEXT, not_extracted TEXT, extractor TEXT);
CREATE UNIQUE INDEX current ON reading (source, circle);
CREATE TABLE element (id TEXT PRIMARY KEY, source TEXT) WITHOUT ROWID;
CREATE TABLE alias (former TEXT PRIMARY KEY, id TEXT, why TEXT) WITHOUT ROWID;
CREATE INDEX alias_id ON alias (id);
CREATE TABLE ruling (id TEXT PRIMARY KEY, visibility TEXT, title TEXT, ground TEXT) WITHOUT ROWID;
CREATE TABLE grants (entry INTEGER PRIMARY KEY, principal TEXT, role TEXT, since TEXT, until TEXT, name TEXT, at TEXT,
    by TEXT, revoked TEXT);
CREATE TABLE house (sha TEXT PRIMARY KEY, entry INTEGER, toml TEXT, at TEXT, current INTEGER) WITHOUT ROWID;
CREATE TABLE sitting (reading INTEGER, ordinal INTEGER, id TEXT, title TEXT, dates TEXT, first TEXT, venue TEXT,
    key TEXT, speeches INTEGER, items INTEGER, PRIMARY KEY (reading, ordinal)) WITHOUT ROWID;
CREATE INDEX sitting_first ON sitting (first);
CREATE INDEX sitting_key ON sitting (key);
CREATE TABLE fact (reading INTEGER, id TEXT, key TEXT, affiliation TEXT, label TEXT, name TEXT, role TEXT,
    sitting TEXT, present INTEGER, speeches INTEGER, source_entry INTEGER);
CREATE TABLE desk (entry INTEGER PRIMARY KEY, kind TEXT, at TEXT, by TEXT, visibility TEXT, payload TEXT);
CREATE TABLE removal (id TEXT PRIMARY KEY, entry INTEGER, at TEXT, kind TEXT, authority TEXT,
    visibility TEXT) WITHOUT ROWID;
CREATE TABLE indexed (name TEXT PRIMARY KEY, entries INTEGER) WITHOUT ROWID;
CREATE TABLE touched (source TEXT PRIMARY KEY, entry INTEGER) WITHOUT ROWID;
CREATE INDEX touched_entry ON touched (entry);
CREATE INDEX fact_key ON fact (key);
CREATE INDEX fact_reading ON fact (reading);
INSERT INTO progress VALUES (0, '');
"""

DESK = frozenset(("confirm", "dismiss", "correct", "person-merge", "person-split", "rulebook"))
"""The kinds of entry by which people speak to the register."""

REVISION = 3
"""Raised when what is folded into the tables changes but not the tables."""

FORMAT = zlib.crc32(f"{REVISION} {_TABLES}".encode()) >> 1
"""A catalog of another format is dropped and rebuilt."""


class SourceRow(NamedTuple):
    """A source as the record holds it; ``classes`` are those its whole reading mixes. ``gone`` once removed."""

    sha: Sha256
    entry: int
    path: str
    authority: Authority
    visibility: Visibility
    size: int
    media: str
    at: str
    gone: bool
    classes: tuple[Visibility, ...]


class ReadingRow(NamedTuple):
    """The current reading of a source for one circle; ``places`` is the blob of its map, or empty."""

    entry: int
    source: Sha256
    circle: str
    rendition: Sha256
    blob: Sha256
    places: Sha256
    reader: str
    house: Sha256
    account: dict[str, int]
    not_extracted: tuple[str, ...]
    extractor: str


class SittingRow(NamedTuple):
    """A sitting as one reading tells it."""

    reading: int
    ordinal: int
    id: str
    title: str
    dates: tuple[str, ...]
    first: str
    venue: str
    key: str
    speeches: int
    items: int


class HouseRow(NamedTuple):
    """A house that is in the record."""

    sha: Sha256
    entry: int
    toml: str
    at: str
    current: bool


class FactRow(NamedTuple):
    """That a person was named in a reading; ``sitting`` is an id or empty."""

    reading: int
    id: str
    key: str
    affiliation: str
    label: str
    name: str
    role: str
    sitting: str
    present: bool | None
    speeches: int


class Removal(NamedTuple):
    """That something of an id was lawfully removed; ``kind`` is redaction or disposal, ``visibility`` the class of who
    may be told."""

    id: str
    entry: int
    at: str
    kind: str
    authority: str
    visibility: Visibility


class DeskRow(NamedTuple):
    """What a clerk said of the register, or the rules that were put in force: an entry as it was made."""

    entry: int
    kind: str
    at: str
    by: str
    visibility: Visibility
    payload: dict[str, Any]


class Grant(NamedTuple):
    """A role held by a principal, from and until dates (inclusive) or empty. ``entry`` is its number in the log,
    ``name`` what the holder was called, ``by`` who granted it, ``at`` when, ``revoked`` when it was revoked or empty.
    """

    entry: int
    principal: str
    role: str
    since: str
    until: str
    name: str
    at: str
    by: str
    revoked: str

    def holds(self, day: str) -> bool:
        """Whether the role is held on an ISO day."""
        return (self.since or day) <= day <= (self.until or day)


class Catalog:
    """One SQLite file. Several processes may use it; one at a time folds entries in."""

    def __init__(self, path: Path) -> None:
        self._classes: tuple[int, set[Visibility]] | None = None
        self._compared: Sentence | None = None
        self._db = open_derived(path, _TABLES, FORMAT)

    def close(self) -> None:
        self._db.close()

    def caught_up(self) -> int:
        """How many entries of the log are folded in."""
        return int(self._one("SELECT entries FROM progress")[0])

    def catch_up(self, log: Log) -> None:
        """Fold in what the log has gained. A Fault (check failed) where it is not the log known from before."""
        size = log.size()
        if self._compared is None or self.caught_up() > size:
            self._compared = self.differs(log)
            if self._compared:
                advice = Sentence(
                    "See record verify. If an older copy was put back on purpose, delete the office's derived."
                )
                raise Fault(
                    Exit.CHECK_FAILED, Sentence("The record is not what it was: %(what)s.", what=self._compared), advice
                )
        if self.caught_up() >= size:
            return
        with writing(self._db):
            start = self.caught_up()
            for entry in log.entries(start):
                self._fold(entry, log)
                start = entry.number + 1
            self._db.execute("UPDATE progress SET entries = ?, root = ?", (start, log.root(start).hex()))

    def differs(self, log: Log) -> Sentence:
        """How the log contradicts what was folded in before: cut short, or with other entries; else nothing."""
        entries, root = self._one("SELECT entries, root FROM progress")
        if entries > log.size():
            return Sentence("it has %(n)s entries and had %(m)s", n=log.size(), m=entries)
        if root and log.root(entries).hex() != root:
            return Sentence("its first %(n)s entries are others than before", n=entries)
        return NOTHING

    def resolve(self, identity: str) -> str:
        """The id that stands for a former one; an id without alias, or of a revision, stands for itself."""
        seen = {identity}
        query = "SELECT id FROM alias WHERE former = ? AND why != 'revision'"
        while (row := self._maybe(query, identity)) and row[0] not in seen:
            identity = row[0]
            seen.add(identity)
        return identity

    def formers(self, identity: str, why: str) -> list[str]:
        """The ids an alias of that reason leads from to this one."""
        return [row[0] for row in self._all("SELECT former FROM alias WHERE id = ? AND why = ?", identity, why)]

    def versions(self, identity: str) -> set[str]:
        """The ids of an element in every version of its document, its own included."""
        found, ahead = {identity}, [identity]
        while ahead:
            each = ahead.pop()
            near = set(self.next_versions(each)) - found
            found |= near
            ahead += near
        return found

    def next_versions(self, identity: str) -> list[str]:
        """The element this is a revision of, and those that are revisions of it."""
        query = (
            "SELECT id FROM alias WHERE former = ?1 AND why = 'revision' "
            "UNION ALL SELECT former FROM alias WHERE id = ?1 AND why = 'revision'"
        )
        return [row[0] for row in self._all(query, identity)]

    def revised_sources(self) -> list[tuple[Sha256, Sha256]]:
        """The pairs of sources of which one is a revision of the other."""
        query = (
            "SELECT DISTINCT one.source, other.source FROM alias JOIN element AS one ON one.id = former "
            "JOIN element AS other ON other.id = alias.id WHERE why = 'revision' AND one.source != other.source"
        )
        return [(row[0], row[1]) for row in self._all(query)]

    def source_of(self, identity: str) -> Sha256 | None:
        """The source whose reading holds an id."""
        row = self._maybe("SELECT source FROM element WHERE id = ?", identity)
        return row[0] if row else None

    def ids_starting(self, prefix: str, most: int = 20) -> list[str]:
        """Ids of elements that start so."""
        query = "SELECT id FROM element WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return [row[0] for row in self._all(query, prefix, prefix + "\x7f", most)]

    def sources(self) -> list[SourceRow]:
        return [_source(row) for row in self._all("SELECT * FROM source ORDER BY entry")]

    def source(self, sha: Sha256) -> SourceRow | None:
        row = self._maybe("SELECT * FROM source WHERE sha = ?", sha)
        return _source(row) if row else None

    def reading(self, source: Sha256, circle: str = WHOLE) -> ReadingRow | None:
        """The current reading of a source for a circle."""
        row = self._maybe("SELECT * FROM reading WHERE source = ? AND circle = ?", source, circle)
        return _reading(row) if row else None

    def readings(self) -> list[ReadingRow]:
        """Every current reading, of every circle."""
        return [_reading(row) for row in self._all("SELECT * FROM reading ORDER BY entry")]

    def removal(self, identity: str) -> Removal | None:
        """What the record says of an id whose content was removed."""
        row = self._maybe("SELECT * FROM removal WHERE id = ?", identity)
        return Removal._make(row) if row else None

    def touched_since(self, entry: int) -> list[Sha256]:
        """The sources whose readings an entry of at least that number changed, in the order they changed."""
        query = "SELECT source FROM touched WHERE entry >= ? ORDER BY entry"
        return [row[0] for row in self._all(query, entry)]

    def indexed(self, name: str) -> int:
        """How many entries an index is known to follow, also where they changed nothing in it."""
        row = self._maybe("SELECT entries FROM indexed WHERE name = ?", name)
        return row[0] if row else 0

    def set_indexed(self, name: str, entries: int) -> None:
        """Note that an index follows so many entries."""
        self._db.execute("INSERT OR REPLACE INTO indexed VALUES (?, ?)", (name, entries))

    def classes(self) -> set[Visibility]:
        """Every class that some reading holds; looked up anew only when entries were folded in."""
        entries = self.caught_up()
        if self._classes is None or self._classes[0] != entries:
            rows = self._all("SELECT DISTINCT classes FROM source")
            self._classes = entries, {each for row in rows for each in msgspec.json.decode(row[0])}
        return self._classes[1]

    def circles(self, source: Sha256) -> list[str]:
        """The circles for which a source has a reading."""
        return [row[0] for row in self._all("SELECT circle FROM reading WHERE source = ?", source)]

    def rulings(self) -> dict[str, Ruling]:
        """Everything ``classify`` said and has not taken back, by id."""
        return {row[0]: Ruling(*row[1:]) for row in self._all("SELECT * FROM ruling")}

    def grants(self) -> list[Grant]:
        """Every grant as it was granted, revoked or not, in the order of the record."""
        return [Grant(*row) for row in self._all("SELECT * FROM grants")]

    def house(self) -> HouseRow | None:
        """The house in force."""
        row = self._maybe("SELECT * FROM house WHERE current = 2 ORDER BY entry DESC LIMIT 1")
        return HouseRow._make([*row[:4], row[4] == 2]) if row else None

    def desk(self) -> list[DeskRow]:
        """Everything that was confirmed, dismissed, corrected, merged or split, and every rulebook, in order."""
        return [DeskRow._make([*row[:5], msgspec.json.decode(row[5])]) for row in self._all("SELECT * FROM desk")]

    def has_house(self, sha: Sha256) -> bool:
        return self._maybe("SELECT 1 FROM house WHERE sha = ?", sha) is not None

    def was_in_force(self, sha: Sha256) -> bool:
        """Whether a house was ever the body's, and not only that of some files."""
        return self._maybe("SELECT 1 FROM house WHERE sha = ? AND current > 0", sha) is not None

    def house_toml(self, sha: Sha256) -> str | None:
        """The TOML of a house that is in the record, by its hash."""
        row = self._maybe("SELECT toml FROM house WHERE sha = ?", sha)
        return row[0] if row else None

    def sittings(self, reading: int) -> list[SittingRow]:
        """The sittings of one reading."""
        return [_sitting(row) for row in self._all("SELECT * FROM sitting WHERE reading = ?", reading)]

    def sittings_like(self, first: str, key: str) -> list[SittingRow]:
        """Sittings of whole readings that begin on a date, or have a key."""
        query = (
            "SELECT sitting.* FROM sitting JOIN reading ON entry = reading WHERE circle = ? AND "
            "((first != '' AND first = ?) OR (key != '' AND key = ?)) ORDER BY reading, ordinal"
        )
        return [_sitting(row) for row in self._all(query, WHOLE, first, key)]

    def sitting_ids(self, identity: str) -> list[str]:
        """The ids of one sitting: its own and those of the documents that tell it again."""
        own = self.resolve(identity)
        return [own, *self.formers(own, "same-sitting")]

    def sources_of_sitting(self, identity: str) -> list[Sha256]:
        """The sources that tell a sitting, first read first."""
        found = [self.source_of(each) for each in self.sitting_ids(identity)]
        return list(dict.fromkeys(source for source in found if source))

    def facts(self, reading: int) -> list[FactRow]:
        """Who is named in one reading."""
        columns = "reading, id, key, affiliation, label, name, role, sitting, present, speeches"
        return [_fact(row) for row in self._all(f"SELECT {columns} FROM fact WHERE reading = ?", reading)]  # noqa: S608

    def person_id(self, key: str, affiliation: str | None) -> str:
        """The permanent id of the person of that name, from the first source that names them; of a name that
        several share, the one of that affiliation."""
        if not key:
            return ""
        if affiliation is not None:
            row = self._maybe(
                "SELECT id FROM fact WHERE key = ? AND affiliation = ? ORDER BY source_entry", key, affiliation
            )
        else:
            row = self._maybe("SELECT id FROM fact WHERE key = ? ORDER BY source_entry", key)
        return row[0] if row else ""

    def naming(self, person: str) -> list[tuple[int, Sha256]]:
        """The readings, each with its source, that name a person by that id, those of the first source first."""
        query = (
            "SELECT DISTINCT entry, source, source_entry FROM fact JOIN reading ON entry = reading "
            "WHERE fact.id = ? ORDER BY source_entry, entry"
        )
        return [(row[0], row[1]) for row in self._all(query, person)]

    def sharing(self, key: str) -> list[tuple[int, Sha256]]:
        """The readings, each with its source, in which one sitting lists two people of that name."""
        query = (
            "SELECT DISTINCT entry, source FROM fact JOIN reading ON entry = reading "
            "WHERE key = ? AND speeches = 0 AND affiliation != '' "
            "GROUP BY reading, sitting HAVING count(DISTINCT affiliation) > 1"
        )
        return [(row[0], row[1]) for row in self._all(query, key)]

    def _fold(self, entry: Entry, log: Log) -> None:
        removed = removed_by(entry)
        for sha in removed.blobs:
            self._db.execute("UPDATE source SET gone = 1 WHERE sha = ?", (sha,))
            self._drop_readings("blob = ?1 OR rendition = ?1", sha, number=entry.number)
        if entry.payload is None:
            return
        if entry.kind in REMOVALS:
            self._fold_removal(entry, entry.payload)
        if entry.kind in DESK:
            row = (entry.number, entry.kind, entry.at, entry.by, entry.visibility)
            self._db.execute(
                "INSERT INTO desk VALUES (?,?,?,?,?,?)", (*row, msgspec.json.encode(entry.payload).decode())
            )
        fold = getattr(self, f"_fold_{entry.kind.replace('-', '_')}", None)
        if fold is not None:
            fold(entry, entry.payload, log)

    def _fold_removal(self, entry: Entry, payload: dict[str, Any]) -> None:
        for identity in payload.get("ids", ()):
            told_to = payload.get("classes", {}).get(identity, entry.visibility)
            row = (identity, entry.number, entry.at, entry.kind, payload["authority"], told_to)
            self._db.execute("INSERT OR REPLACE INTO removal VALUES (?,?,?,?,?,?)", row)
            self._db.execute("DELETE FROM element WHERE id = ?", (identity,))
            self._db.execute("DELETE FROM source WHERE sha = ?", (identity,))

    def _fold_source(self, entry: Entry, payload: dict[str, Any], log: Log) -> None:
        row = (payload["source"], entry.number, payload["path"], payload["authority"], payload["class"])
        rest = (payload["size"], payload["media"], entry.at, 0, "[]")
        self._db.execute("INSERT OR REPLACE INTO source VALUES (?,?,?,?,?,?,?,?,?,?)", row + rest)

    def _fold_reading(self, entry: Entry, payload: dict[str, Any], log: Log) -> None:
        blob = payload["blobs"][0]
        if not log.blobs.has(blob):
            return
        source, circle = payload["source"], payload["circle"]
        self._drop_readings("source = ?1 AND circle = ?2", source, circle, number=entry.number)
        self._db.execute("INSERT OR REPLACE INTO touched VALUES (?, ?)", (source, entry.number))
        if circle == WHOLE:
            classes = msgspec.json.encode(payload["classes"]).decode()
            self._db.execute("UPDATE source SET classes = ? WHERE sha = ?", (classes, source))
        row = (entry.number, source, circle, payload["rendition"], blob, payload["places"], payload["reader"])
        rest = (msgspec.json.encode(payload[key]).decode() for key in ("account", "not_extracted"))
        self._db.execute(
            "INSERT INTO reading VALUES (?,?,?,?,?,?,?,?,?,?,?)", (*row, payload["house"], *rest, payload["extractor"])
        )
        proceedings = decode(log.blob(blob))
        self._db.executemany(
            "INSERT OR IGNORE INTO element VALUES (?, ?)", ((each, source) for each in _ids(proceedings))
        )
        self._fold_sittings(entry.number, proceedings)
        self._fold_facts(entry.number, source, proceedings)

    def _fold_sittings(self, reading: int, proceedings: Proceedings) -> None:
        for ordinal, sitting in enumerate(proceedings.sittings):
            dates = sorted(date.value for date in sitting.dates)
            counts = [
                sum(each.sitting == ordinal for each in group) for group in (proceedings.speeches, proceedings.items)
            ]
            text = (sitting.id, sitting.title, msgspec.json.encode(dates).decode(), first_date(sitting))
            row = (reading, ordinal, *text, sitting.venue, sitting.key, *counts)
            self._db.execute("INSERT INTO sitting VALUES (?,?,?,?,?,?,?,?,?,?)", row)

    def _fold_facts(self, reading: int, source: Sha256, proceedings: Proceedings) -> None:
        rows = []
        source_entry = self._maybe("SELECT entry FROM source WHERE sha = ?", source)[0]
        for fact in facts_of(proceedings):
            sitting = proceedings.sittings[fact.sitting].id if fact.sitting is not None else ""
            identity = named_id("person", source, f"{fact.key} {fact.affiliation}")
            person = (identity, fact.key, fact.affiliation, fact.label, fact.name, fact.role)
            rows.append((reading, *person, sitting, fact.present, fact.speeches, source_entry))
        self._db.executemany("INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)

    def _fold_alias(self, entry: Entry, payload: dict[str, Any], log: Log) -> None:
        rows = ((former, now, payload["why"]) for former, now in payload["aliases"].items() if former != now)
        self._db.executemany("INSERT OR REPLACE INTO alias VALUES (?, ?, ?)", rows)

    def _fold_classify(self, entry: Entry, payload: dict[str, Any], log: Log) -> None:
        row = (payload["id"], payload["class"], payload["title"], payload["ground"])
        self._db.execute("INSERT OR REPLACE INTO ruling VALUES (?, ?, ?, ?)", row)
        self._db.execute("UPDATE source SET visibility = ? WHERE sha = ?", (payload["class"], payload["id"]))

    def _fold_grant(self, entry: Entry, payload: dict[str, Any], log: Log) -> None:
        if "revokes" in payload:
            revoked = "UPDATE grants SET revoked = ? WHERE entry = ? AND revoked = ''"
            self._db.execute(revoked, (entry.at, payload["revokes"]))
            return
        term = (payload["principal"], payload["role"], payload["from"], payload["to"])
        row = (entry.number, *term, payload.get("name", ""), entry.at, entry.by, "")
        self._db.execute("INSERT INTO grants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _fold_house(self, entry: Entry, payload: dict[str, Any], log: Log) -> None:
        if payload["current"]:
            self._db.execute("UPDATE house SET current = 1 WHERE current = 2")
        row = (payload["house"], entry.number, payload["toml"], entry.at, 2 if payload["current"] else 0)
        self._db.execute("INSERT OR REPLACE INTO house VALUES (?, ?, ?, ?, ?)", row)

    def _drop_readings(self, condition: str, *bindings: str, number: int) -> None:
        rows = self._all(f"SELECT entry, source FROM reading WHERE {condition}", *bindings)  # noqa: S608
        for reading, source in rows:
            for table, column in (("reading", "entry"), ("sitting", "reading"), ("fact", "reading")):
                self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (reading,))  # noqa: S608
            self._db.execute("INSERT OR REPLACE INTO touched VALUES (?, ?)", (source, number))

    def _all(self, query: str, *bindings: Any) -> list[Any]:
        return list(self._db.execute(query, bindings))

    def _maybe(self, query: str, *bindings: Any) -> Any:
        return next(iter(self._db.execute(query, bindings)), None)

    def _one(self, query: str) -> Any:
        return self._maybe(query)


def first_date(sitting: Sitting) -> str:
    """The earliest date of a sitting, or empty."""
    return min((date.value.split("/")[0] for date in sitting.dates), default="")


def view_of(log: Log, row: ReadingRow) -> View:
    """A reading with its rendition, from the blobs."""
    places = decode_places(log.blob(row.places)) if row.places else ()
    return View(log.blob(row.rendition), places, decode(log.blob(row.blob)))


def _ids(proceedings: Proceedings) -> Iterable[str]:
    groups: Sequence[Sequence[Any]] = (
        proceedings.sittings,
        proceedings.items,
        proceedings.speeches,
        proceedings.texts,
        proceedings.findings,
    )
    return (element.id for group in groups for element in group)


def _source(row: Sequence[Any]) -> SourceRow:
    return SourceRow._make([*row[:8], bool(row[8]), tuple(msgspec.json.decode(row[9]))])


def _reading(row: Sequence[Any]) -> ReadingRow:
    return ReadingRow._make([*row[:8], msgspec.json.decode(row[8]), tuple(msgspec.json.decode(row[9])), row[10]])


def _sitting(row: Sequence[Any]) -> SittingRow:
    return SittingRow._make([*row[:4], tuple(msgspec.json.decode(row[4])), *row[5:]])


def _fact(row: Sequence[Any]) -> FactRow:
    return FactRow._make([*row[:8], None if row[8] is None else bool(row[8]), row[9]])
