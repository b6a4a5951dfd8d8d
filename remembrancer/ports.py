"""The outside world, as narrow protocols. Each has an in-memory twin and a conformance suite in ``testing``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from remembrancer.model import Passage, Sha256
from remembrancer.queries import Filters, Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Leaf(NamedTuple):
    """One entry as it is stored.

    ``envelope`` is the canonical JSON that the tree hashes. ``payload`` and ``salt`` stand beside it and are
    None once redacted, disposed of, or left out of a public export. ``signature`` is an author's own, or None.
    """

    envelope: bytes
    payload: bytes | None
    salt: bytes | None
    signature: bytes | None = None


class Grown(Exception):
    """The log has gained entries since it was read."""


class Store(Protocol):
    """The log of one body: entries are only ever added; a payload may be removed, never changed."""

    def size(self) -> int:
        """How many entries are durable."""

    def append(self, leaves: Sequence[Leaf], after: int | None = None) -> range:
        """Add all or none, durable on return; concurrent writers serialise. The range of their numbers. Grown, and
        nothing added, unless the log then has as many entries as ``after`` says: what was read still holds."""

    def leaves(self, start: int = 0, end: int | None = None) -> Iterator[Leaf]:
        """Entries ``start:end`` in order."""

    def hashes(self, positions: Iterable[tuple[int, int]]) -> list[bytes]:
        """Stored hashes of full subtrees, each named by (level, index) as in tlog; KeyError if absent."""

    def remove_payload(self, number: int) -> None:
        """Forget payload and salt of one entry."""

    def heads(self) -> list[bytes]:
        """Every signed head that was kept, oldest first."""

    def keep_head(self, note: bytes) -> None:
        """Keep one signed head."""

    def close(self) -> None: ...


class Blobs(Protocol):
    """Bytes by SHA-256. ``put`` is durable on return, before any entry names the blob."""

    def put(self, data: bytes) -> Sha256: ...

    def get(self, sha256: Sha256) -> bytes:
        """The bytes, unchecked; KeyError if absent."""

    def has(self, sha256: Sha256) -> bool: ...

    def remove(self, sha256: Sha256) -> None: ...

    def names(self) -> Iterator[Sha256]: ...


class Clock(Protocol):
    def now(self) -> str:
        """UTC as ``2026-11-22T12:00:00Z``."""


class Signer(Protocol):
    @property
    def name(self) -> str:
        """The key's name in signed notes."""

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature."""

    def public_key(self) -> bytes:
        """The raw 32 bytes."""


class Indexed(NamedTuple):
    """A passage with its words as the analyzer emits them: tokens separated by single spaces.

    ``words`` is the text, ``title`` the item's title, ``who`` the speaker's label and name.
    """

    passage: Passage
    words: str
    title: str = ""
    who: str = ""


class Batch(Protocol):
    """The one writer of an index. Nothing shows before ``commit``; leaving without it changes nothing."""

    caught_up: int
    """The number of entries of the record that the index follows, read when the writer was taken."""

    def add(self, passages: Iterable[Indexed]) -> None: ...

    def remove(self, field: str, value: str) -> None:
        """Take out every passage whose ``id``, ``source`` or ``sitting`` (the field) is ``value``."""

    def clear(self) -> None:
        """Take out every passage."""

    def commit(self, caught_up: int) -> None:
        """Make the changes and the number durable together. May be called again after further changes."""


class Overtaken(Exception):
    """Another process did meanwhile what was to be done."""


class Lookup(Protocol):
    """What a search asks of an index."""

    def search(self, query: Query, filters: Filters, limit: int = 10) -> list[tuple[Passage, float]]:
        """The best ``limit`` passages by BM25, best first; equal scores by id and number."""

    def held(self, ids: Sequence[str], query: Query, filters: Filters) -> list[Passage]:
        """Every passage of the elements with these ids that a query and its filters leave, in no order."""

    def frequency(self, word: str) -> int:
        """How many passages hold this word in their text, in any language of the index."""

    def size(self) -> int:
        """How many passages there are."""

    def languages(self) -> frozenset[str]:
        """The languages of the passages that were added."""


class Index(Lookup, Protocol):
    """Passages by their words. It can be deleted at any time and built again from the record."""

    def caught_up(self) -> int:
        """How many entries of the record the index follows; 0 when new."""

    def holds(self, field: str, value: str) -> bool:
        """Whether there is a passage whose ``id``, ``source`` or ``sitting`` (the field) is ``value``."""

    def writing(self, needed: Callable[[], bool] = lambda: True) -> AbstractContextManager[Batch]:
        """Take the writer, waiting while another process holds it; it is released on leaving. Overtaken as soon as
        what is to be written is not ``needed`` any more."""

    def close(self) -> None: ...


class Embedder(Protocol):
    """Words to vectors of unit length: texts that mean the same lie near. Where an office has one, never waited for."""

    @property
    def name(self) -> str:
        """The model and its version: vectors of another are of no use beside its own."""

    @property
    def dimensions(self) -> int: ...

    @property
    def languages(self) -> frozenset[str]:
        """The languages it knows, as ``en``; none where it knows any."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text, which depends on nothing but the text."""


class LanguageModel(Protocol):
    """A model of language, where an office has one. Its words are read for numbers and wordings, and never shown."""

    def complete(self, instructions: str, words: str) -> str:
        """What it says to ``words`` under ``instructions``; empty where it has nothing to say, or is away."""
