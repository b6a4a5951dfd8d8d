"""The log of one body: drafts go in, numbered entries come out, heads and proofs are made of it.

A body's directory holds ``record.db``, ``blobs/`` and ``keys/``; its name is the body's slug, and
``remembrancer/SLUG`` names the log in its heads. While something is being removed there is also a
``removal-*.pending``; a log that is opened over one completes the removal.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from remembrancer.model import Exit, Fault, Sha256, Visibility
from remembrancer.ports import Blobs, Clock, Leaf, Signer, Store
from remembrancer.record import keys, tree
from remembrancer.record.blobs import DirectoryBlobs, LocalFiles
from remembrancer.record.canonical import Json
from remembrancer.record.entries import BadEntry, Draft, Entry, open_leaf, seal, sign_leaf
from remembrancer.record.note import (
    BadNote,
    Checkpoint,
    Verifier,
    open_checkpoint,
    sign_checkpoint,
    verifier_of,
)
from remembrancer.record.proof import ConsistencyProof, InclusionProof, size_of
from remembrancer.record.sqlite import SQLiteStore
from remembrancer.record.tree import Hash
from remembrancer.record.verify import Progress, Verdict, verify
from remembrancer.saying import Sentence

_is_slug = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*").fullmatch
_is_reserved = re.compile(r"con|nul|aux|prn|(com|lpt)[0-9]").fullmatch
_PENDING = "removal-*.pending"


class SystemClock:
    """This machine's clock, in UTC to the second."""

    def now(self) -> str:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def check_slug(slug: str) -> str:
    """The slug as it came; a Fault where it would not be a file name on every system."""
    if not _is_slug(slug) or _is_reserved(slug) or len(slug) > 64:
        raise Fault(
            Exit.USAGE,
            Sentence("%(slug)s cannot name a body.", slug=repr(slug)),
            Sentence("Use up to 64 lower-case letters, digits and single hyphens, as in alder-town."),
        )
    return slug


def origin_of(body: str) -> str:
    """The name of a body's log in its signed heads."""
    return f"remembrancer/{body}"


class Log:
    """``verifiers`` are the keys whose heads are trusted; the signer's own is always among them.

    Without a signer, as in a copy that came without its private key, no new head can be made.
    """

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        signer: Signer | None,
        clock: Clock,
        body: str,
        verifiers: Sequence[Verifier] = (),
        directory: Path | None = None,
    ) -> None:
        self.store = store
        self.blobs = blobs
        self.body = body
        self.clock = clock
        own = (verifier_of(signer),) if signer else ()
        self.verifiers = tuple(dict.fromkeys((*verifiers, *own)))
        self._signer = signer
        self._directory = directory

    @classmethod
    def create(cls, directory: Path, clock: Clock | None = None) -> Self:
        """A new log with a new key; ``directory`` is named by the body's slug. A Fault if there is one."""
        body = check_slug(directory.name)
        if (directory / "record.db").exists():
            raise Fault(Exit.REFUSED, Sentence("There is a record of %(body)s already.", body=body))
        directory.mkdir(parents=True, exist_ok=True)
        if not (directory / "keys" / keys.SIGNER).exists():
            keys.create_signer(directory / "keys", origin_of(body))
        SQLiteStore(directory / "record.db").close()
        return cls.open(directory, clock)

    @classmethod
    def open(cls, directory: Path, clock: Clock | None = None) -> Self:
        """The log in ``directory``; a Fault if there is none. Completes a removal that was interrupted."""
        if not (directory / "record.db").exists():
            raise Fault(
                Exit.UNREADABLE,
                Sentence("There is no record in %(name)s.", name=directory.name),
                Sentence("Make one with init."),
            )
        signer = keys.load_signer(directory / "keys")
        verifiers = keys.load_verifiers(directory / "keys")
        store, blobs = SQLiteStore(directory / "record.db"), DirectoryBlobs(directory / "blobs")
        log = cls(store, blobs, signer, clock or SystemClock(), directory.name, verifiers, directory)
        log._complete_removals()
        return log

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def size(self) -> int:
        """How many entries are durable."""
        return self.store.size()

    def append(self, drafts: Sequence[Draft], author: Signer | None = None, after: int | None = None) -> range:
        """Add all or none at one time of the clock, durable on return; the range of their numbers.

        ``author`` signs each entry with a key of their own; ``after`` as in ``Store.append``.
        """
        if not drafts:
            return range(self.size(), self.size())
        at = self.clock.now()
        leaves = [seal(d.kind, self.body, at, d.by, d.visibility, d.payload) for d in drafts]
        return self.store.append([sign_leaf(leaf, author) for leaf in leaves] if author else leaves, after)

    def add(self, kind: str, payload: Mapping[str, Json], by: str = "owner", visibility: Visibility = "open") -> int:
        """Add one entry; its number."""
        return self.append([Draft(kind, payload, by, visibility)]).start

    def put(self, data: bytes) -> Sha256:
        """Keep a blob, durable on return; call it before adding the entry that names the blob."""
        return self.blobs.put(data)

    def blob(self, name: Sha256) -> bytes:
        """A blob, its hash checked; KeyError if absent, a Fault if it is not what its name says."""
        data = self.blobs.get(name)
        if sha256(data).hexdigest() != name:
            raise Fault(
                Exit.CHECK_FAILED,
                Sentence("The blob %(name)s is damaged.", name=name),
                Sentence("Restore it from a copy or an export."),
            )
        return data

    def blob_path(self, name: Sha256) -> Path:
        """Where a blob lies as a file, for who reads many in other processes; a Fault where it is in none."""
        if self._directory is None:
            raise Fault(
                Exit.REFUSED, Sentence("The blobs of this record are no files."), Sentence("Read them one by one.")
            )
        return self._directory / "blobs" / name[:2] / name[2:4] / name

    def entries(self, start: int = 0, end: int | None = None) -> Iterator[Entry]:
        """Entries ``start:end`` in order, form and payload checked; a Fault where one does not hold."""
        for _, entry in self.leaves(start, end):
            yield entry

    def leaves(self, start: int = 0, end: int | None = None) -> Iterator[tuple[Leaf, Entry]]:
        """Entries as they are stored, with what ``entries`` makes of each."""
        try:
            for number, leaf in enumerate(self.store.leaves(start, end), start):
                yield leaf, _opened(leaf, number)
        except KeyError as error:
            raise _tampered(Sentence("entry %(n)s is missing", n=error.args[0])) from error

    def entry(self, number: int) -> Entry:
        """One entry; KeyError if there is no such number."""
        for entry in self.entries(number, number + 1):
            return entry
        raise KeyError(number)

    def root(self, size: int | None = None) -> Hash:
        """The root of the first ``size`` entries, of all by default."""
        return tree.root(self._size(size), self.store.hashes)

    def _size(self, size: int | None) -> int:
        """ValueError beyond the log's end."""
        if size is not None and not 0 <= size <= self.size():
            raise ValueError(f"the log has {self.size()} entries, not {size}")
        return self.size() if size is None else size

    def head(self) -> Checkpoint | None:
        """The newest head kept, its signature checked; None before the first."""
        notes = self.store.heads()
        return open_checkpoint(notes[-1], self.verifiers) if notes else None

    def checkpoint(self) -> bytes:
        """A signed head of the log as it stands, kept; the same as before if nothing was added.

        A Fault, and no signature, where the log is not an extension of the newest head: it was tampered with.
        """
        size = self.size()
        now = Checkpoint(origin_of(self.body), size, self.root(size))
        try:
            newest = self.head()
        except BadNote as error:
            raise _tampered(Sentence("its newest head cannot be trusted: %(error)s", error=error.said)) from error
        if newest == now:
            return self.store.heads()[-1]
        if newest is not None and (newest.size > size or self.root(newest.size) != newest.root):
            raise _tampered(Sentence("it no longer extends its signed head of %(size)s entries", size=newest.size))
        if self._signer is None:
            raise Fault(
                Exit.REFUSED, Sentence("There is no signing key here."), Sentence("Work where the key is, or import.")
            )
        note = sign_checkpoint(now, self._signer)
        self.store.keep_head(note)
        return note

    def prove(self, number: int) -> InclusionProof:
        """That an entry is under the head of the log as it stands; ValueError if there is no such entry."""
        note = self.checkpoint()
        size = size_of(note)
        return InclusionProof(number, tuple(tree.prove_inclusion(number, size, self.store.hashes)), note)

    def prove_consistency(self, old_size: int) -> ConsistencyProof:
        """That the log as it stands only added to its first ``old_size``; ValueError if it has fewer."""
        note = self.checkpoint()
        hashes = tree.prove_consistency(old_size, size_of(note), self.store.hashes)
        return ConsistencyProof(old_size, tuple(hashes), note)

    def verify(self, heads: Sequence[bytes] = (), progress: Progress | None = None) -> Verdict:
        """The first thing that is wrong with log and blobs, if any; ``heads`` are others' copies of heads."""
        return verify(self.store, self.blobs, self.verifiers, heads=heads, progress=progress)

    @contextmanager
    def removal(self) -> Iterator[None]:
        """Marks the directory while something is removed, so that the next opening completes it."""
        if self._directory is None:
            yield
            return
        marker = self._directory / f"removal-{secrets.token_hex(8)}.pending"
        files = LocalFiles()
        files.write(marker, b"")
        files.sync_directory(self._directory)
        yield
        marker.unlink(missing_ok=True)  # Whoever opened the log meanwhile completed the removal.

    def _complete_removals(self) -> None:
        markers = list(self._directory.glob(_PENDING)) if self._directory else []
        if markers:
            from remembrancer.record.retention import complete

            complete(self)
        for marker in markers:
            marker.unlink(missing_ok=True)


def _opened(leaf: Leaf, number: int) -> Entry:
    try:
        return open_leaf(leaf, number)
    except BadEntry as error:
        raise _tampered(Sentence("entry %(n)s: %(error)s", n=number, error=error.said)) from error


def _tampered(what: Sentence) -> Fault:
    return Fault(
        Exit.CHECK_FAILED,
        Sentence("The record does not hold: %(what)s.", what=what),
        Sentence("See what record verify says."),
    )
