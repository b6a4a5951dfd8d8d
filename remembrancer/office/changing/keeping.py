"""Changing the record: taking in, classifying, redacting, disposing, granting, exporting. Only the owner may."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from remembrancer.access import parse_class, strictest
from remembrancer.model import PUBLIC, Authority, Exit, Fault, Item, Principal, Sha256, Speech, Text, Visibility
from remembrancer.office.bureau import SELDOM, Bureau, Progress, Seen, require
from remembrancer.office.showing.auditing import visible_entries
from remembrancer.read import house as houses
from remembrancer.record import retention
from remembrancer.record.archive import zipped
from remembrancer.record.canonical import Json
from remembrancer.record.catalog import SourceRow
from remembrancer.record.circles import (
    REDACTED_MARK,
    WHOLE,
    Ruling,
    View,
    classified,
    closed_ranges,
    cut,
    marks_of,
    own_lines,
)
from remembrancer.record.entries import Draft, Entry, blobs_of
from remembrancer.record.export import Exported, Outgoing, export
from remembrancer.record.intake import About, Digest, Intake, Taken, digest, house_draft, house_sha, publish
from remembrancer.record.readings import named_id
from remembrancer.record.retention import Due
from remembrancer.register import vocabulary
from remembrancer.saying import Sentence, remark

NEWLINE = b"\n"
BATCH = 150
"""Entries appended at once while reading."""

IN_PROCESS = 1_000_000
"""Bytes up to which files are read in this process: starting others takes longer."""

SAMPLES = 100
"""Files from which a house is guessed."""


class File(NamedTuple):
    """A file to read, and the path the record keeps of it: relative, with forward slashes."""

    path: Path
    recorded: str


def files_under(paths: Iterable[Path]) -> list[File]:
    """The files named or lying in the directories named, sorted, hidden ones left out.

    The recorded path is relative to the working directory; of files elsewhere it keeps the two folders above
    what was named. A Fault (unreadable) for a path that is not there.
    """
    found: list[File] = []
    for path in paths:
        if not path.exists():
            raise Fault(
                Exit.UNREADABLE,
                Sentence("There is nothing at %(path)s.", path=path),
                Sentence("Name files or directories that exist."),
            )
        inside = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
        found += [File(each, _recorded(each, path)) for each in inside if not _hidden(each, path)]
    return list(dict.fromkeys(found))


def _hidden(path: Path, named: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(named).parts)


def _recorded(path: Path, named: Path) -> str:
    absolute = path.resolve()
    try:
        relative = absolute.relative_to(Path.cwd())
    except ValueError:
        above = named.resolve().parents[1] if len(named.resolve().parents) > 1 else named.resolve().parent
        relative = absolute.relative_to(above)
    return relative.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def take_in(
    bureau: Bureau,
    principal: Principal,
    files: Sequence[File],
    house: str = "",
    visibility: Visibility | None = None,
    authority: Authority | None = None,
    progress: Progress | None = None,
) -> Iterator[Taken]:
    """Read files into the record, in order; what is yielded is durable when the iterator is exhausted or closed.

    ``house`` is TOML for these files; without it the house in force. Files read before under the same house
    and reader add nothing, but take the class that is given. ``authority`` is that of files of which the house says
    none.
    """
    require(principal, "take-in", Sentence("read documents into the record"))
    if visibility is not None:
        parse_class(visibility)
    toml = house or bureau.house_toml()
    rules = houses.parse(toml)
    vocabulary.check(rules)
    if toml and not bureau.catalog.has_house(house_sha(toml)):
        bureau.log.append([house_draft(toml, False, principal.name)])
    intake = Intake(bureau.log, bureau.catalog, house_sha(toml), principal.name)
    waiting: list[Taken] = []
    collecting = gc.get_threshold()
    gc.set_threshold(SELDOM)
    try:
        for done, each in enumerate(_digests(files, rules)):
            if progress:
                progress("reading", done, len(files))
            own = authority if houses.authority_of(each.path, rules) is None else None
            told = each._replace(authority=own) if own else each
            waiting.append(intake.take(told, visibility or "open"))
            if intake.pending() >= BATCH:
                intake.flush()
                yield from _of_class(bureau, principal, waiting, visibility)
                waiting = []
                bureau.catch_up()
    finally:
        intake.close()
        bureau.log.checkpoint()
        gc.set_threshold(*collecting)
    yield from _of_class(bureau, principal, waiting, visibility)


def _of_class(
    bureau: Bureau, principal: Principal, taken: Sequence[Taken], visibility: Visibility | None
) -> Iterator[Taken]:
    """What was taken in; a file that was in the record before gets the class it was now read with."""
    for each in taken:
        source = bureau.catalog.source(each.source)
        if visibility and source is not None and _is_otherwise(bureau, principal, source, visibility):
            classify(bureau, principal, each.source, visibility)
        yield each


def _is_otherwise(bureau: Bureau, principal: Principal, source: SourceRow, visibility: Visibility) -> bool:
    """Whether a source has another class, and one that who takes it in may see: who has a copy of what is closed to
    them does not open it by handing it in."""
    return source.visibility != visibility and bureau.seen_source(principal, source.sha) is not None


def guess_house(files: Sequence[File]) -> str:
    """A house proposed from samples, as TOML with the evidence for each line; of many files every so many is read."""
    from remembrancer.read.guess import guess, to_toml

    step = -(-len(files) // SAMPLES) or 1
    return to_toml(guess([(file.recorded, _bytes_of(file)) for file in files[::step]]))


def _digests(files: Sequence[File], house: houses.House) -> Iterator[Digest]:
    """Every file read, in order; a large amount in several processes, a bounded number of files ahead."""
    workers = os.cpu_count() or 1
    if workers == 1 or len(files) == 1 or sum(file.path.stat().st_size for file in files) < IN_PROCESS:
        yield from (_digest(file, house) for file in files)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_reading) as pool:
        ahead: list[Future[Digest]] = []
        for file in files:
            ahead.append(pool.submit(_digest, file, house))
            if len(ahead) >= 4 * workers:
                yield ahead.pop(0).result()
        yield from (future.result() for future in ahead)


def _begin_reading() -> None:
    """In a process that reads: end when the one that asked is gone, even if it was killed."""

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    gc.set_threshold(SELDOM)
    threading.Thread(target=wait, daemon=True).start()


def _digest(file: File, house: houses.House) -> Digest:
    return digest(_bytes_of(file), file.recorded, house)


def _bytes_of(file: File) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise Fault(
            Exit.UNREADABLE,
            Sentence("%(file)s cannot be opened: %(error)s.", file=file.path, error=error.strerror),
            Sentence("Check that it is there and that you may read it."),
        ) from error


def classify(
    bureau: Bureau,
    principal: Principal,
    identity: str,
    visibility: Visibility,
    title: str = "",
    ground: str = "",
) -> int:
    """Give a source, sitting, item, speech or text a class; the number of the entry that says so.

    Every version of its document follows. ``title`` and ``ground`` are what everybody sees of something of
    class ``existence``.
    """
    require(principal, "classify", Sentence("classify"))
    parse_class(visibility)
    if visibility == "existence" and not (title and ground):
        raise Fault(
            Exit.USAGE, Sentence("Existence needs what the public may see."), Sentence("Add --title and --ground.")
        )
    versions = sorted(bureau.catalog.versions(bureau.catalog.resolve(identity)))
    affected = _readings_with(bureau, versions)
    if not any(_is_seen_in(bureau, principal, seen.source.sha, versions) for seen in affected):
        raise _nothing(identity)
    rulings = bureau.catalog.rulings() | {each: Ruling(visibility, title, ground) for each in versions}
    drafts = [_classify_draft(each, rulings[each], principal.name) for each in versions]
    for seen in affected:
        drafts += _reclassified(bureau, seen, rulings, principal.name)
    numbers = bureau.log.append(drafts)
    bureau.log.checkpoint()
    bureau.forget_told()
    return numbers.start


def _is_seen_in(bureau: Bureau, principal: Principal, sha: Sha256, identities: Iterable[str]) -> bool:
    """Whether a principal sees a source that is, or holds, something of these ids."""
    own = bureau.seen_source(principal, sha)
    if own is None:
        return False
    view = bureau.view(own)
    sittings = (bureau.catalog.resolve(each.id) for each in view.proceedings.sittings)
    return not {sha, *_ids(view), *sittings}.isdisjoint(identities)


def _nothing(identity: str) -> Fault:
    return Fault(
        Exit.REFUSED,
        Sentence("There is nothing of the id %(id)s.", id=identity),
        Sentence("Ids stand in what search prints."),
    )


def _classify_draft(identity: str, ruling: Ruling, by: str) -> Draft:
    payload: dict[str, Json] = {"id": identity, "class": ruling.visibility, "title": ruling.title}
    return Draft("classify", payload | {"ground": ruling.ground}, by, "hidden")


def _readings_with(bureau: Bureau, identities: Iterable[str]) -> list[Seen]:
    """The whole readings in which ids stand; a Fault if there is none."""
    catalog = bureau.catalog
    shas: list[Sha256] = []
    for each in identities:
        shas += catalog.sources_of_sitting(each) if each.startswith("sitting-") else [catalog.source_of(each) or each]
    rows = [(catalog.source(sha), catalog.reading(sha)) for sha in dict.fromkeys(shas)]
    found = [Seen(source, row) for source, row in rows if source is not None and row is not None]
    if not found:
        raise _nothing(next(iter(identities)))
    return found


def _reclassified(bureau: Bureau, seen: Seen, rulings: dict[str, Ruling], by: str) -> list[Draft]:
    whole = rulings[seen.source.sha].visibility if seen.source.sha in rulings else seen.source.visibility
    known = bureau.rulings_for(seen, rulings)
    return publish(bureau.log.put, bureau.as_read(seen), _about(seen), seen.row.not_extracted, whole, known, by)


def _about(seen: Seen) -> About:
    return About(seen.source.sha, seen.row.extractor, seen.row.reader, seen.row.house, seen.row.account)


def redact(bureau: Bureau, principal: Principal, identity: str, authority: str, replacement: str = "") -> int:
    """Remove a source, or the words of a sitting, item, speech or text in every version, as ``authority`` orders.

    Of a part, a rendition and reading without it replace the old ones, whose blobs go with the source's own.
    The number of the entry that says what kind of thing went.
    """
    require(principal, "redact", Sentence("redact"))
    resolved = bureau.catalog.resolve(identity)
    entries = list(bureau.log.entries())
    if bureau.catalog.source(resolved) is not None:
        return _redact_source(bureau, entries, resolved, authority, replacement, principal.name)
    versions = bureau.catalog.versions(resolved)
    blobs: set[Sha256] = set()
    drafts: list[Draft] = []
    ids: set[str] = set(versions)
    affected = _readings_with(bureau, sorted(versions))
    classes = _classes(bureau, affected)
    for seen in affected:
        view = bureau.as_read(seen)
        left = _without(seen, view, _parts_of(bureau, view, versions), replacement)
        ids |= _ids(view) - _ids(left)
        rulings = bureau.rulings_for(seen, bureau.catalog.rulings())
        whole = seen.source.visibility
        drafts += publish(bureau.log.put, left, _about(seen), seen.row.not_extracted, whole, rulings, principal.name)
        blobs |= _blobs_of_source(entries, seen.source.sha)
    kept = {name for draft in drafts for name in _listed(draft)}
    bureau.log.append(drafts)
    kinds = [resolved.split("-")[0]]
    number = retention.redact(
        bureau.log,
        [],
        sorted(blobs - kept),
        authority=authority,
        what=kinds,
        by=principal.name,
        ids=sorted(ids),
        classes={each: classes[each] for each in sorted(ids & classes.keys())},
        visibility=_class_of(affected),
    )
    _forget(bureau, blobs)
    return number


def _classes(bureau: Bureau, affected: Iterable[Seen]) -> dict[str, Visibility]:
    """The class of each element of some documents, the strictest of its versions: who could read it is told that it
    went, though the entry lists what they could not."""
    found: dict[str, list[Visibility]] = {}
    for seen in affected:
        rulings = bureau.rulings_for(seen, bureau.catalog.rulings())
        told = classified(bureau.as_read(seen).proceedings, seen.source.visibility, rulings)
        parts: list[Item | Speech | Text] = [*told.items, *told.speeches, *told.texts]
        for each in parts:
            found.setdefault(each.id, []).append(each.visibility)
    return {identity: strictest(classes) for identity, classes in found.items()}


def _redact_source(
    bureau: Bureau, entries: Sequence[Entry], source: Sha256, authority: str, replacement: str, by: str
) -> int:
    own = [entry for entry in entries if (entry.payload or {}).get("source") == source]
    blobs = _blobs_of_source(entries, source)
    affected = _readings_with(bureau, [source])
    ids = {source}.union(*(_ids(bureau.view(seen)) for seen in affected))
    classes = _classes(bureau, affected)
    if any("open" in seen.source.classes for seen in affected):
        classes[source] = "open"  # Everybody could read some of it.
    number = retention.redact(
        bureau.log,
        [entry.number for entry in own],
        sorted(blobs),
        authority=authority,
        what=["source"],
        by=by,
        replacements=[replacement.encode()] if replacement else [],
        ids=sorted(ids),
        classes={each: classes[each] for each in sorted(ids & classes.keys())},
        visibility=_class_of(affected),
    )
    _forget(bureau, blobs)
    return number


def _class_of(affected: Iterable[Seen]) -> Visibility:
    """Who may read what a removal lists: hashes and ids of what was closed stay closed."""
    return strictest(each for seen in affected for each in seen.source.classes)


def _forget(bureau: Bureau, blobs: Iterable[Sha256]) -> None:
    """Nothing derived keeps what went: the catalog and both indexes are brought up at once."""
    bureau.log.checkpoint()
    for name in blobs:
        bureau.renditions.forget(name)
    bureau.forget_readings()
    bureau.forget_told()
    bureau.catch_up()


def _blobs_of_source(entries: Iterable[Entry], source: Sha256) -> set[Sha256]:
    """The blobs that this source's entries name, without those another source's entries need too."""
    own: set[Sha256] = set()
    others: set[Sha256] = set()
    for entry in entries:
        (own if (entry.payload or {}).get("source") == source else others).update(blobs_of(entry))
    return own - others


def _parts_of(bureau: Bureau, view: View, identities: set[str]) -> set[str]:
    """The ids of the elements that ids cover: themselves, and what stands under them."""
    told = view.proceedings
    at = {index for index, each in enumerate(told.sittings) if bureau.catalog.resolve(each.id) in identities}
    covered: set[int] = set()
    for index, item in enumerate(told.items):
        if item.id in identities or item.parent in covered or item.sitting in at:
            covered.add(index)
    spoken: list[Speech | Text] = [*told.speeches, *told.texts]
    under = {each.id for each in spoken if each.item in covered or each.sitting in at}
    return under | {told.items[index].id for index in covered} | identities


def _without(seen: Seen, view: View, ids: set[str], replacement: str) -> View:
    """The view without the words of some elements; a replacement for them is a text in their place."""
    hidden = view._replace(
        proceedings=classified(view.proceedings, "open", {identity: Ruling("hidden") for identity in ids})
    )
    ranges = closed_ranges(hidden.proceedings, len(view.data), lambda each: each != "hidden")
    ranges = own_lines(hidden, ranges, lambda each: each == "hidden")
    left = cut(view, ranges, replacement or REDACTED_MARK)
    if not replacement:
        return left
    told = left.proceedings
    sitting = 0 if told.sittings else None
    said = [
        Text((span,), sitting, place=remark("line %(n)s", n=left.data.count(NEWLINE, 0, span.start) + 1), id=identity)
        for span in marks_of(ranges, replacement)
        for identity in [named_id("text", seen.source.sha, f"replacement {span.start}")]
    ]
    return left._replace(proceedings=replace(told, texts=tuple(sorted((*told.texts, *said), key=_first_byte))))


def _first_byte(text: Text) -> int:
    return text.spans[0].start


def _ids(view: View) -> set[str]:
    told = view.proceedings
    groups = (told.sittings, told.items, told.speeches, told.texts, told.findings)
    return {each.id for group in groups for each in group}


def _listed(draft: Draft) -> list[str]:
    blobs = draft.payload.get("blobs")
    return [str(name) for name in blobs] if isinstance(blobs, list) else []


def check_day(day: str) -> date:
    """A day as typed; a Fault (usage) if it is none."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise Fault(
            Exit.USAGE, Sentence("%(day)s is no day.", day=repr(day)), Sentence("Write it as 2024-03-07.")
        ) from None


def due(bureau: Bureau, ahead: int = 0) -> list[Due]:
    """What the schedules say is to be disposed of today, or so many days ahead."""
    day = date.fromisoformat(bureau.today()) + timedelta(ahead)
    return retention.due(bureau.log.entries(), day, _approvals(bureau))


def dispose(bureau: Bureau, principal: Principal) -> list[Due]:
    """Dispose of it; what went."""
    require(principal, "dispose", Sentence("dispose of sources"))
    plan = due(bureau)
    retention.dispose(bureau.log, plan, principal.name)
    _forget(bureau, [name for one in plan for name in one.blobs])
    return plan


def _approvals(bureau: Bureau) -> dict[Sha256, date]:
    """For each source the day its sitting's approved or signed minutes were recorded."""
    catalog = bureau.catalog
    tellings: dict[str, list[Sha256]] = {}
    for row in catalog.readings():
        if row.circle == WHOLE:
            for sitting in catalog.sittings(row.entry):
                tellings.setdefault(catalog.resolve(sitting.id), []).append(row.source)
    approved: dict[Sha256, date] = {}
    for shas in tellings.values():
        rows = [source for sha in shas if (source := catalog.source(sha)) is not None]
        days = [date.fromisoformat(row.at[:10]) for row in rows if row.authority in ("approved", "signed")]
        if days:
            approved |= {row.sha: min(days) for row in rows}
    return approved


def export_to(bureau: Bureau, principal: Principal, directory: Path, public: bool) -> Exported:
    """Write the record as plain files; what the public may not see stays out of a public export."""
    if not public:
        require(principal, "export", Sentence("export what is closed"))
    seen_by_public = visible_entries(bureau, PUBLIC)
    return export(bureau.log, directory, public=public, closed=lambda entry: not seen_by_public(entry))


def public_export(bureau: Bureau) -> Iterator[bytes]:
    """The public export as the pieces of a .zip, made while it is sent."""
    seen_by_public = visible_entries(bureau, PUBLIC)
    return zipped(Outgoing(bureau.log, lambda entry: not seen_by_public(entry), frozenset()).files(public=True))


def read_again(bureau: Bureau, principal: Principal, progress: Progress | None = None) -> Iterator[Taken]:
    """Read every document of the record again under the house in force; what was read so before adds nothing."""
    sources = [each for each in bureau.catalog.sources() if not each.gone and bureau.log.blobs.has(each.sha)]
    files = [File(bureau.log.blob_path(each.sha), each.path) for each in sources]
    yield from take_in(bureau, principal, files, progress=progress)
