"""Taking sources into the record: a file is read, given ids, and entered with its rendition and reading.

A reading is keyed by source, reader version and house; taking the same in again adds nothing. Payloads::

    source     {"source": SHA256, "blobs": [SHA256], "path": "2024/minutes.md", "authority": "approved",
                "class": "open", "size": 9134, "media": "text/markdown"}
    rendition  {"source": SHA256, "rendition": SHA256, "circle": "all", "extractor": "", "blobs": [SHA256...]}
    reading    {"source": SHA256, "rendition": SHA256, "circle": "all", "reader": "markdown/1", "house": SHA256,
                "extractor": "", "blobs": [READING, ...], "places": SHA256 or "", "classes": ["open"], "account": {...},
                "not_extracted": [...]}
    alias      {"source": SHA256, "aliases": {FORMER: ID}, "why": "moved" | "same-sitting" | "revision"}
    classify   {"id": ID, "class": "members", "title": "", "ground": ""}
    house      {"house": SHA256, "toml": "...", "current": true}
    grant      {"principal": "member:jo", "role": "chair", "from": "2024-05-01", "to": ""}

``circle`` is ``all`` for the whole document; see ``circles`` for the rest.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from remembrancer import read
from remembrancer.access import may, strictest
from remembrancer.model import (
    AUTHORITIES,
    PUBLIC,
    Account,
    Authority,
    Finding,
    Principal,
    Proceedings,
    Sha256,
    Sitting,
    Visibility,
)
from remembrancer.read.house import House, authority_of
from remembrancer.record.canonical import Json
from remembrancer.record.catalog import Catalog, ReadingRow, first_date, view_of
from remembrancer.record.circles import WHOLE, Ruling, View, circle_name, classes_in, classified, restrict
from remembrancer.record.entries import Draft
from remembrancer.record.log import Log
from remembrancer.record.persons import ambiguities
from remembrancer.record.readings import (
    align,
    decode,
    decode_places,
    encode,
    encode_places,
    identify,
    inherit,
    overlap,
    passage_hashes,
    words_of,
)

SAME_SITTING = 0.5
"""Least share of the smaller document's passages that two tellings of one sitting have in common."""


WRITERS = 4
"""Threads that write blobs: they wait for the disk more than they work."""


class Digest(NamedTuple):
    """One file, read. ``rendition`` is None where it is the source's own bytes. It crosses process borders."""

    path: str
    source: Sha256
    data: bytes
    reader: str
    extractor: str
    rendition: bytes | None
    places: bytes
    proceedings: bytes
    account: Account
    not_extracted: tuple[str, ...]
    authority: Authority
    media: str

    def text(self) -> bytes:
        """The bytes of the rendition."""
        return self.data if self.rendition is None else self.rendition


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file; ``new`` is false where the same reading was in the record already."""

    path: str
    source: Sha256
    reader: str
    new: bool
    account: Account
    not_extracted: tuple[str, ...]
    findings: tuple[Finding, ...]
    sittings: tuple[str, ...]
    items: int
    speeches: int
    attendance: int
    readable: bool


def digest(data: bytes, path: str, house: House) -> Digest:
    """Read one file; pure, so that it can run in any process."""
    reading, letters = read.read_with_account(data, path, house)
    source = sha256(data).hexdigest()
    told = reading.proceedings
    told = replace(told, findings=(*told.findings, *ambiguities(told)))
    places = encode_places(reading.rendition.places) if reading.rendition.places else b""
    return Digest(
        path=path,
        source=source,
        data=data,
        reader=reading.reader,
        extractor=reading.rendition.extractor,
        rendition=None if reading.rendition.data == data else reading.rendition.data,
        places=places,
        proceedings=encode(identify(told, source)),
        account=letters,
        not_extracted=reading.rendition.not_extracted,
        authority=authority_of(path, house) or _authority(path, reading.reader),
        media=mimetypes.guess_type(path)[0] or "application/octet-stream",
    )


def _authority(path: str, reader: str) -> Authority:
    """Where no house says it: captions record, a path may say draft or signed, the rest are notes."""
    if reader.startswith("captions/"):
        return "recording"
    said = re.search(r"(?i)(?<![a-z])(draft|circulated|approved|signed)(?![a-z])", path)
    return next((each for each in AUTHORITIES if said and each == said[1].lower()), "notes")


@dataclass
class Intake:
    """Enters digests into one body's log. ``flush`` makes a batch of them durable at once."""

    log: Log
    catalog: Catalog
    house: Sha256
    by: str = "owner"
    _drafts: list[Draft] = field(default_factory=list)
    _blobs: dict[Sha256, Future[Sha256]] = field(default_factory=dict)
    _writers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(WRITERS))
    _recent: list[_Telling] = field(default_factory=list)
    _seen: set[Sha256] = field(default_factory=set)

    def take(self, digest: Digest, visibility: Visibility) -> Taken:
        """Enter one file; nothing is durable before ``flush``."""
        source = self.catalog.source(digest.source)
        before = self.catalog.reading(digest.source)
        known = before is not None and (before.reader, before.house) == (digest.reader, self.house)
        proceedings = decode(digest.proceedings)
        if known or digest.source in self._seen or not digest.data:
            return _taken(digest, proceedings, new=False)
        self._seen.add(digest.source)
        whole = source.visibility if source and not source.gone else visibility
        rendition = digest.text()
        if before is not None:
            proceedings = self._inherited(proceedings, digest, before)
        rulings = self.catalog.rulings()
        strict = strictest(classes_in(classified(proceedings, whole, rulings), whole))
        if source is None or source.gone:
            self._put(digest.data)
            self._drafts.append(_source_draft(digest, whole, strict, self.by))
        about = About(digest.source, digest.extractor, digest.reader, self.house, asdict(digest.account))
        view = View(rendition, decode_places(digest.places) if digest.places else (), proceedings)
        self._drafts += publish(self._put, view, about, digest.not_extracted, whole, rulings, self.by)
        self._link(_Telling(digest.source, lambda: view), strict)
        return _taken(digest, proceedings, new=True)

    def flush(self) -> None:
        """Append what was taken, durable on return, and bring the catalog up to it."""
        for written in self._blobs.values():
            written.result()
        if self._drafts:
            self.log.append(self._drafts)
            self.catalog.catch_up(self.log)
        self._drafts, self._recent, self._seen, self._blobs = [], [], set(), {}

    def close(self) -> None:
        """Flush, and let the writers of blobs go."""
        self.flush()
        self._writers.shutdown()

    def pending(self) -> int:
        """How many entries wait for ``flush``."""
        return len(self._drafts)

    def _put(self, data: bytes) -> Sha256:
        """Keep a blob, durable by the next ``flush``: waiting for the disk is left to threads."""
        name = sha256(data).hexdigest()
        if name not in self._blobs:
            self._blobs[name] = self._writers.submit(self.log.put, data)
        return name

    def _inherited(self, proceedings: Proceedings, digest: Digest, before: ReadingRow) -> Proceedings:
        earlier = decode(self.log.blob(before.blob))
        rendition = digest.text()
        if sha256(rendition).hexdigest() == before.rendition:
            renamed, moved = inherit(proceedings, earlier)
        else:
            pairs = align(proceedings, earlier, words_of(rendition), words_of(self.log.blob(before.rendition)))
            renamed, moved = proceedings, {old: new for new, old in pairs.items()}
        self._alias(digest.source, moved, "moved", "hidden")
        return renamed

    def _link(self, telling: _Telling, visibility: Visibility) -> None:
        """Join the document to the sitting it tells, and its elements to those of an earlier version."""
        for sitting in telling.view.proceedings.sittings:
            candidates = self._candidates(sitting, telling)
            earlier = _most_alike(telling, [each for each in candidates if _same_day(first_date(sitting), each.first)])
            joined = earlier or next((each for each in candidates if sitting.key), None)
            if earlier is not None:
                self._alias(telling.source, _aligned(telling, earlier.telling), "revision", visibility)
            if joined is not None:
                former = {sitting.id: self.catalog.resolve(joined.sitting)}
                self._alias(telling.source, former, "same-sitting", visibility)
        self._recent.append(telling)

    def _candidates(self, sitting: Sitting, telling: _Telling) -> list[_Candidate]:
        """Earlier tellings that may be of this sitting: of the same key, else of the same day."""
        first = first_date(sitting)
        first = first if len(first) == len("2024-03-07") else ""
        found: list[_Candidate] = []
        for row in self.catalog.sittings_like(first if not sitting.key else "", sitting.key):
            source = self.catalog.source_of(row.id)
            reading = self.catalog.reading(source) if source else None
            if reading and reading.source != telling.source:
                found.append(_Candidate(self._telling(reading), row.id, row.first))
        for recent in self._recent:
            for other in recent.view.proceedings.sittings:
                if (other.key == sitting.key) if sitting.key else (first and first_date(other) == first):
                    found.append(_Candidate(recent, other.id, first_date(other)))
        return found

    def _telling(self, reading: ReadingRow) -> _Telling:
        return _Telling(reading.source, lambda: view_of(self.log, reading))

    def _alias(self, source: Sha256, aliases: Mapping[str, str], why: str, visibility: Visibility) -> None:
        changed: dict[str, Json] = {former: now for former, now in aliases.items() if former != now}
        if changed:
            payload: dict[str, Json] = {"source": source, "aliases": changed, "why": why}
            self._drafts.append(Draft("alias", payload, self.by, visibility))


class About(NamedTuple):
    """How a view came to be."""

    source: Sha256
    extractor: str
    reader: str
    house: Sha256
    account: dict[str, int]


class _Telling:
    """One document of a sitting, with what it is recognised by, found when first asked for."""

    def __init__(self, source: Sha256, load: Callable[[], View]) -> None:
        self.source = source
        self._load = load

    @cached_property
    def view(self) -> View:
        return self._load()

    @cached_property
    def passages(self) -> set[int]:
        return passage_hashes(self.view.proceedings, words_of(self.view.data))


class _Candidate(NamedTuple):
    """An earlier telling, the id of its sitting that may be the same, and that sitting's first day."""

    telling: _Telling
    sitting: str
    first: str


def _same_day(one: str, other: str) -> bool:
    """Whether two documents can be versions of each other: of days that differ they cannot."""
    return not one or not other or one == other


def _most_alike(telling: _Telling, candidates: Sequence[_Candidate]) -> _Candidate | None:
    """The earlier version of a document: the one that shares most of its passages, the latest of several."""
    shared = [(overlap(telling.passages, each.telling.passages), index) for index, each in enumerate(candidates)]
    best = max(shared, default=(0.0, 0))
    return candidates[best[1]] if best[0] >= SAME_SITTING else None


def _aligned(revised: _Telling, earlier: _Telling) -> dict[str, str]:
    words = words_of(revised.view.data), words_of(earlier.view.data)
    return align(revised.view.proceedings, earlier.view.proceedings, *words)


def publish(
    put: Callable[[bytes], Sha256],
    view: View,
    about: About,
    not_extracted: tuple[str, ...],
    whole: Visibility,
    rulings: Mapping[str, Ruling],
    by: str,
) -> list[Draft]:
    """The entries of a view: of the whole document as it is marked, and of each circle that sees part of it.

    ``put`` keeps a blob, which must be durable before the entries are appended.
    """
    ruled = view._replace(proceedings=classified(view.proceedings, whole, rulings))
    classes = classes_in(ruled.proceedings, whole)
    drafts = _view_drafts(put, view, about, not_extracted, WHOLE, classes, strictest(classes), by)
    seen = {WHOLE, None}
    for principal in _archetypes(classes):

        def reads(each: Visibility, principal: Principal = principal) -> bool:
            return may(principal, "read", each)

        circle = circle_name(classes, reads)
        if circle is None or circle in seen:
            continue
        seen.add(circle)
        part = restrict(ruled, reads, rulings)
        read_classes = {each for each in classes if reads(each)}
        drafts += _view_drafts(put, part, about, (), circle, read_classes, strictest(read_classes), by)
    return drafts


def _archetypes(classes: Iterable[Visibility]) -> list[Principal]:
    """Whoever may see a different part of a document: the public, members, holders of each role, both."""
    roles = sorted(each.removeprefix("role:") for each in classes if each.startswith("role:"))
    holders = [
        Principal(f"role:{role}", member) for role in roles for member in (frozenset[str](), frozenset(("member",)))
    ]
    return [PUBLIC, Principal("member:any"), *holders]


def _source_draft(digest: Digest, whole: Visibility, strict: Visibility, by: str) -> Draft:
    payload: dict[str, Json] = {
        "source": digest.source,
        "blobs": [digest.source],
        "path": digest.path,
        "authority": digest.authority,
        "class": whole,
        "size": len(digest.data),
        "media": digest.media,
    }
    return Draft("source", payload, by, strict)


def _view_drafts(
    put: Callable[[bytes], Sha256],
    view: View,
    about: About,
    not_extracted: tuple[str, ...],
    circle: str,
    classes: Iterable[Visibility],
    strict: Visibility,
    by: str,
) -> list[Draft]:
    rendition = put(view.data)
    places = put(encode_places(view.places)) if view.places else ""
    reading = put(encode(view.proceedings))
    rendition_payload: dict[str, Json] = {
        "source": about.source,
        "rendition": rendition,
        "circle": circle,
        "extractor": about.extractor,
        "blobs": [rendition, *([places] if places else [])],
    }
    whole = circle == WHOLE
    reading_payload: dict[str, Json] = {
        "source": about.source,
        "rendition": rendition,
        "circle": circle,
        "reader": about.reader,
        "extractor": about.extractor,
        "house": about.house,
        "blobs": [reading, rendition, *([places] if places else [])],
        "places": places,
        "classes": sorted(classes),
        "account": dict(about.account) if whole else {},
        "not_extracted": list(not_extracted),
    }
    return [Draft("rendition", rendition_payload, by, strict), Draft("reading", reading_payload, by, strict)]


def house_draft(toml: str, current: bool, by: str) -> Draft:
    """The entry of a house."""
    payload: dict[str, Json] = {"house": house_sha(toml), "toml": toml, "current": current}
    return Draft("house", payload, by)


def house_sha(toml: str) -> Sha256:
    """A house is known by the hash of its TOML; no house by the empty string."""
    return sha256(toml.encode()).hexdigest() if toml.strip() else ""


def _taken(digest: Digest, proceedings: Proceedings, new: bool) -> Taken:
    return Taken(
        path=digest.path,
        source=digest.source,
        reader=digest.reader,
        new=new,
        account=digest.account,
        not_extracted=digest.not_extracted,
        findings=proceedings.findings,
        sittings=tuple(sitting.id for sitting in proceedings.sittings),
        items=len(proceedings.items),
        speeches=len(proceedings.speeches),
        attendance=sum(len(sitting.attendance) for sitting in proceedings.sittings),
        readable=digest.account.letters > 0,
    )
