"""A record as plain files, which anybody can check offline, and back.

The layout is C2SP tlog-tiles with what the leaves commit to beside it::

    export.json                 {"body":"alder-town","format":1,"public":false}
    checkpoint                  the signed head of exactly these entries
    heads/000000000.note        every head that was kept, oldest first
    keys/KEYID.vkey             the public keys of the heads
    tile/0/x001/234.p/17        hashes: level, index in three-digit groups, width if less than 256
    tile/entries/x001/234.p/17  envelopes, each after its length as a big-endian uint16
    payloads/x001/234.jsonl     {"number":316000,"payload":{...},"salt":"hex","signature":"hex"} per line
    blobs/ab/cd/abcd...         by SHA-256

``salt`` and ``payload`` stand together or not at all; ``signature`` only where the author signed. Members of
``export.json`` that a reader does not know are ignored; a ``format`` it does not know is refused.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from remembrancer.model import Exit, Fault, Sha256
from remembrancer.ports import Clock, Leaf
from remembrancer.record import canonical, keys
from remembrancer.record.blobs import DirectoryBlobs
from remembrancer.record.canonical import Json, NotCanonical
from remembrancer.record.entries import Entry, blobs_of
from remembrancer.record.log import Log
from remembrancer.record.note import Verifier
from remembrancer.record.proof import size_of
from remembrancer.record.tree import Frontier, Position
from remembrancer.record.verify import Progress, Verdict, verify
from remembrancer.saying import Sentence

FORMAT = 1
WIDTH = 256
"""Hashes or entries in a full tile or bundle."""


def is_closed(entry: Entry) -> bool:
    """Whether a public export leaves the payload out, by the class in the envelope alone."""
    return entry.visibility != "open"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and how many payloads and blobs it left out as closed."""

    size: int
    payloads: int
    closed_payloads: int
    blobs: int
    closed_blobs: int


def tile_path(index: int, width: int = WIDTH) -> str:
    """``x001/x234/067`` for the full tile 1234067; ``.p/WIDTH`` follows for a partial one."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + ("" if width == WIDTH else f".p/{width}")


def _tiles(size: int) -> Iterator[tuple[int, int]]:
    """Index and width of each tile over ``size`` hashes."""
    for start in range(0, size, WIDTH):
        yield start // WIDTH, min(WIDTH, size - start)


def export(
    log: Log,
    directory: Path,
    *,
    public: bool = False,
    closed: Callable[[Entry], bool] = is_closed,
    without_blobs: Collection[Sha256] = frozenset(),
) -> Exported:
    """Write the log as it stands into ``directory``, which is empty or not there yet.

    A public export leaves out the payload of every entry that ``closed`` says, the blobs that only such
    payloads name, and ``without_blobs``; it verifies all the same.
    """
    if directory.exists() and any(directory.iterdir()):
        raise Fault(
            Exit.REFUSED,
            Sentence("%(name)s is not empty.", name=directory.name),
            Sentence("Export into a new directory."),
        )
    going = Outgoing(log, closed if public else _nothing, without_blobs)
    copies = DirectoryBlobs(directory / "blobs")
    for name, data in going.files(public):
        if name.startswith("blobs/"):
            copies.put(data)
        else:
            _write(directory / name, data)
    return going.counts


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _nothing(entry: Entry) -> bool:
    return False


def tile_files(log: Log, size: int) -> Iterator[tuple[str, bytes]]:
    """The tiles of the first ``size`` entries."""
    level = 0
    while hashes := size >> (8 * level):
        for index, width in _tiles(hashes):
            positions = [(8 * level, index * WIDTH + at) for at in range(width)]
            yield f"tile/{level}/{tile_path(index, width)}", b"".join(log.store.hashes(positions))
        level += 1


@dataclass
class _Choice:
    """What goes out and what is left behind as closed."""

    closed: Callable[[Entry], bool]
    shown: int = 0
    hidden: int = 0
    named: set[Sha256] = field(default_factory=set)
    named_by_hidden: set[Sha256] = field(default_factory=set)

    def outgoing(self, leaf: Leaf, entry: Entry) -> Leaf:
        """The leaf as it goes out."""
        if entry.payload is None:
            return leaf
        if self.closed(entry):
            self.hidden += 1
            self.named_by_hidden.update(blobs_of(entry))
            return leaf._replace(payload=None, salt=None)
        self.shown += 1
        self.named.update(blobs_of(entry))
        return leaf


class Outgoing:
    """An export that is being made of a log as it stands; ``counts`` are right when all its files went out."""

    def __init__(self, log: Log, closed: Callable[[Entry], bool], without_blobs: Collection[Sha256]) -> None:
        self._log = log
        self._head = log.checkpoint()
        self._size = size_of(self._head)
        self._choice = _Choice(closed)
        self._without_blobs = without_blobs
        self._copied = 0

    def files(self, public: bool) -> Iterator[tuple[str, bytes]]:
        """Each file's name, with forward slashes, and what it holds."""
        yield "checkpoint", self._head
        kept = [note for note in self._log.store.heads() if size_of(note) <= self._size]
        for number, note in enumerate(kept):
            yield f"heads/{number:09}.note", note
        for verifier in self._log.verifiers:
            yield f"keys/{keys.file_of(verifier)}", keys.text_of(verifier).encode()
        yield from tile_files(self._log, self._size)
        yield from self._contents()
        yield from self._blobs()
        about: dict[str, Json] = {"body": self._log.body, "format": FORMAT, "public": public}
        yield "export.json", canonical.dump(about) + b"\n"

    @property
    def counts(self) -> Exported:
        choice = self._choice
        closed_blobs = (choice.named | choice.named_by_hidden) - self._going()
        return Exported(self._size, choice.shown, choice.hidden, self._copied, len(closed_blobs))

    def _contents(self) -> Iterator[tuple[str, bytes]]:
        for index, width in _tiles(self._size):
            start = index * WIDTH
            leaves = [self._choice.outgoing(leaf, entry) for leaf, entry in self._log.leaves(start, start + width)]
            bundle = b"".join(len(leaf.envelope).to_bytes(2) + leaf.envelope for leaf in leaves)
            lines = b"".join(_format_line(leaf, number) for number, leaf in enumerate(leaves, start))
            yield f"tile/entries/{tile_path(index, width)}", bundle
            yield f"payloads/{tile_path(index)}.jsonl", lines

    def _blobs(self) -> Iterator[tuple[str, bytes]]:
        for name in sorted(self._going()):
            try:
                data = self._log.blob(name)
            except KeyError:
                continue  # It was removed, and an entry says so.
            self._copied += 1
            yield f"blobs/{name[:2]}/{name[2:4]}/{name}", data

    def _going(self) -> set[Sha256]:
        return self._choice.named - set(self._without_blobs)


def _format_line(leaf: Leaf, number: int) -> bytes:
    line: dict[str, Json] = {}
    if leaf.payload is not None and leaf.salt is not None:
        line |= {"payload": canonical.parse(leaf.payload), "salt": leaf.salt.hex()}
    if leaf.signature is not None:
        line |= {"signature": leaf.signature.hex()}
    return canonical.dump({"number": number, **line}) + b"\n" if line else b""


class ExportedStore:
    """An export as a ``ports.Store`` that is only read. A file that is not as specified is a Fault."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._size = size_of(self._read("checkpoint"))
        self._tile = lru_cache(maxsize=64)(self._read_tile)

    def _read(self, name: str) -> bytes:
        try:
            return (self._directory / name).read_bytes()
        except OSError as error:
            raise Fault(Exit.UNREADABLE, Sentence("The export has no readable %(name)s.", name=name)) from error

    def about(self) -> dict[str, Json]:
        """What ``export.json`` says."""
        try:
            about = canonical.parse_object(self._read("export.json").removesuffix(b"\n"))
        except NotCanonical as error:
            raise Fault(Exit.UNREADABLE, Sentence("export.json is malformed: %(error)s.", error=error)) from error
        if about.get("format") != FORMAT:
            raise Fault(
                Exit.UNREADABLE,
                Sentence(
                    "The export has format %(found)s; this program knows %(known)s.",
                    found=about.get("format"),
                    known=FORMAT,
                ),
            )
        return about

    def size(self) -> int:
        return self._size

    def leaves(self, start: int = 0, end: int | None = None) -> Iterator[Leaf]:
        end = self._size if end is None else min(end, self._size)
        for index in range(start // WIDTH, -(-end // WIDTH)):
            low, high = max(start - index * WIDTH, 0), min(end - index * WIDTH, WIDTH)
            yield from self._bundle(index)[low:high]

    def _width(self, index: int, level: int) -> int:
        return min(WIDTH, (self._size >> (8 * level)) - index * WIDTH)

    def _bundle(self, index: int) -> list[Leaf]:
        width = self._width(index, 0)
        name = f"tile/entries/{tile_path(index, width)}"
        envelopes = list(_split_bundle(self._read(name), name))
        if len(envelopes) != width:
            raise Fault(
                Exit.CHECK_FAILED,
                Sentence(
                    "%(name)s holds %(n)s entries, not %(expected)s.", name=name, n=len(envelopes), expected=width
                ),
            )
        contents = self._contents(index)
        none = Leaf(b"", None, None)
        return [
            contents.get(number, none)._replace(envelope=envelope)
            for number, envelope in enumerate(envelopes, index * WIDTH)
        ]

    def _contents(self, index: int) -> dict[int, Leaf]:
        name = f"payloads/{tile_path(index)}.jsonl"
        try:
            return dict(map(_parse_line, self._read(name).splitlines()))
        except (ValueError, KeyError, TypeError) as error:
            raise Fault(
                Exit.CHECK_FAILED, Sentence("%(name)s is malformed: %(error)s.", name=name, error=error)
            ) from error

    def hashes(self, positions: Iterable[Position]) -> list[bytes]:
        return [self._hash(*position) for position in positions]

    def _hash(self, level: int, index: int) -> bytes:
        """A subtree between two levels of tiles is made of the hashes in the lower one."""
        height = level % 8
        first = index << height
        tile = self._tile(level // 8, first // WIDTH)
        frontier = Frontier()
        for at in range(first % WIDTH, first % WIDTH + (1 << height)):
            if len(tile) < 32 * at + 32:
                raise KeyError((index + 1 << level) - 1)
            frontier.add(tile[32 * at : 32 * at + 32])
        return frontier.root()

    def _read_tile(self, level: int, index: int) -> bytes:
        width = self._width(index, level)
        if width < 1:
            raise KeyError(f"there is no tile {index} at level {level}")
        name = f"tile/{level}/{tile_path(index, width)}"
        tile = self._read(name)
        if len(tile) != 32 * width:
            raise Fault(
                Exit.CHECK_FAILED,
                Sentence("%(name)s has %(n)s bytes, not %(expected)s.", name=name, n=len(tile), expected=32 * width),
            )
        return tile

    def heads(self) -> list[bytes]:
        """Those that were kept and, last, the checkpoint."""
        kept = [path.read_bytes() for path in sorted((self._directory / "heads").glob("*.note"))]
        return [*kept, self._read("checkpoint")]

    def append(self, leaves: object, after: object = None) -> NoReturn:
        _refuse_writing()

    def remove_payload(self, number: int) -> NoReturn:
        _refuse_writing()

    def keep_head(self, note: bytes) -> NoReturn:
        _refuse_writing()

    def close(self) -> None:
        """Nothing is held."""


def _refuse_writing() -> NoReturn:
    raise Fault(Exit.REFUSED, Sentence("An export is only read."), Sentence("Import it to go on writing."))


def _split_bundle(data: bytes, name: str) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2])
        if end > len(data):
            raise Fault(Exit.CHECK_FAILED, Sentence("%(name)s ends within an entry.", name=name))
        yield data[at + 2 : end]
        at = end


def _parse_line(line: bytes) -> tuple[int, Leaf]:
    members = canonical.parse_object(line)
    number, salt, signature = members["number"], members.get("salt"), members.get("signature")
    if not isinstance(number, int):
        raise ValueError("an entry's number is not a number")
    return number, Leaf(
        b"",
        canonical.dump(members["payload"]) if "payload" in members else None,
        bytes.fromhex(str(salt)) if salt is not None else None,
        bytes.fromhex(str(signature)) if signature is not None else None,
    )


def verify_export(
    directory: Path,
    verifiers: Iterable[Verifier] | None = None,
    heads: Iterable[bytes] = (),
    progress: Progress | None = None,
) -> Verdict:
    """The first thing that is wrong with an export. Without ``verifiers`` the keys inside it are believed,
    which shows damage but not forgery."""
    store = ExportedStore(directory)
    known = tuple(verifiers) if verifiers is not None else keys.load_verifiers(directory / "keys")
    blobs = DirectoryBlobs(directory / "blobs")
    partial = store.about().get("public") is True
    return verify(store, blobs, known, partial=partial, heads=tuple(heads), progress=progress)


def import_(directory: Path, target: Path, clock: Clock | None = None) -> Log:
    """Restore a full export as the body's directory ``target``, whose log then has the same root.

    The keys of its heads are known to the new log, which signs with a new key of its own. All or nothing: a
    Fault where the export does not hold, is public, or ``target`` is there.
    """
    verdict, store = verify_export(directory), ExportedStore(directory)
    if verdict.problem is not None:
        problem = verdict.problem
        raise Fault(
            Exit.CHECK_FAILED,
            Sentence("The export does not hold: %(where)s: %(what)s.", where=problem.where, what=problem.message),
        )
    if store.about().get("public") is True:
        raise Fault(Exit.REFUSED, Sentence("A public export lacks what is closed."), Sentence("Import a full export."))
    if target.exists():
        raise Fault(Exit.REFUSED, Sentence("There is a record of %(name)s already.", name=target.name))
    workshop = target.parent / f".import-{secrets.token_hex(4)}"
    try:
        _restore(store, directory, workshop / target.name)
        (workshop / target.name).rename(target)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Log.open(target, clock)


def _restore(store: ExportedStore, directory: Path, target: Path) -> None:
    with Log.create(target) as log:
        exported = DirectoryBlobs(directory / "blobs")
        for name in exported.names():
            log.put(exported.get(name))
        for start in range(0, store.size(), 1_000):
            log.store.append(list(store.leaves(start, start + 1_000)))
        for note in dict.fromkeys(store.heads()):
            log.store.keep_head(note)
        for verifier in keys.load_verifiers(directory / "keys"):
            keys.keep_verifier(target / "keys", verifier)
