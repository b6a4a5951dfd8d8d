"""What is wrong with a record, first thing first. Nothing stored is trusted but the bytes themselves.

The passes, in order: each entry's form, payload commitment, place in the tree and author's signature; then
payloads that are gone with no later entry that says so; then signed heads, whose roots must be those of the
entries now here; then every blob that a payload names. Whoever cuts off the log's end and every head of it
leaves a shorter true record: only a head that somebody else kept shows that, so ``heads`` takes such copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from remembrancer.model import Fault, Sha256
from remembrancer.ports import Blobs, Leaf, Store
from remembrancer.record.entries import BadEntry, Entry, blobs_of, is_signed_by, open_leaf
from remembrancer.record.note import BadNote, Checkpoint, Verifier, open_checkpoint
from remembrancer.record.tree import EMPTY_ROOT, Frontier, Hash, completed_by, leaf_hash
from remembrancer.saying import Sentence

Part = Literal["store", "entry", "envelope", "payload", "tree", "signature", "head", "blob"]
Progress = Callable[[Literal["entries", "blobs"], int, int], None]
"""Called now and then with the pass, how many are done, and of how many."""

REMOVALS = frozenset(("redaction", "disposal"))
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Problem:
    """``where`` is ``entry 12``, ``head of 90 entries`` or ``blob 9f86...``."""

    part: Part
    where: Sentence
    message: Sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked, up to the first problem, if there is one.

    ``unchecked_signatures`` counts authors' signatures whose key is not known here.
    """

    size: int
    root: Hash
    heads: int
    blobs: int
    removed_payloads: int
    unchecked_signatures: int
    problem: Problem | None

    @property
    def holds(self) -> bool:
        return self.problem is None


@dataclass
class _Walk:
    """What the passes learn on their way."""

    verifiers: dict[bytes, Verifier]
    head_sizes: frozenset[int]
    frontier: Frontier = field(default_factory=Frontier)
    roots: dict[int, Hash] = field(default_factory=lambda: {0: EMPTY_ROOT})
    named_blobs: dict[Sha256, int] = field(default_factory=dict)
    missing_payloads: list[int] = field(default_factory=list)
    removed_payloads: set[int] = field(default_factory=set)
    removed_blobs: set[Sha256] = field(default_factory=set)
    unchecked_signatures: int = 0
    heads: int = 0
    blobs: int = 0


def verify(
    store: Store,
    blobs: Blobs,
    verifiers: Sequence[Verifier],
    *,
    partial: bool = False,
    heads: Sequence[bytes] = (),
    progress: Progress | None = None,
) -> Verdict:
    """The first problem of a record, or none. ``verifiers`` are the keys of heads and, where known, authors.

    ``partial`` is for a public export: payloads and blobs may be absent, but those present must be right.
    ``heads`` are signed heads kept elsewhere, which the record must extend as it must its own.
    """
    notes = [*_heads_of(store), *heads]
    opened = [_open_head(note, verifiers) for note in notes]
    sizes = frozenset(head.size for head in opened if isinstance(head, Checkpoint))
    walk = _Walk({verifier.key_id: verifier for verifier in verifiers}, sizes)
    report = progress or _silent

    def passes() -> Iterator[Problem]:
        yield from _check_entries(store, walk, report)
        if not partial:
            yield from _check_missing_payloads(walk)
        yield from _check_heads(opened, walk)
        yield from _check_blobs(store, blobs, walk, partial, report)

    problem = next(_speaking(passes()), None)
    return Verdict(
        walk.frontier.size,
        walk.frontier.root(),
        walk.heads,
        walk.blobs,
        len(walk.missing_payloads),
        walk.unchecked_signatures,
        problem,
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody asked to be told."""


def _speaking(problems: Iterator[Problem]) -> Iterator[Problem]:
    """A store that cannot be read to its end is a problem like the others."""
    try:
        yield from problems
    except Fault as fault:
        yield Problem("store", Sentence("store"), fault.what)


def _entry(number: int) -> Sentence:
    return Sentence("entry %(n)s", n=number)


def _heads_of(store: Store) -> list[bytes]:
    try:
        return store.heads()
    except Fault:
        return []  # The pass over the entries will meet the same fault and name it.


def _open_head(note: bytes, verifiers: Sequence[Verifier]) -> Checkpoint | BadNote:
    try:
        return open_checkpoint(note, verifiers)
    except BadNote as error:
        return error


def _check_entries(store: Store, walk: _Walk, report: Progress) -> Iterator[Problem]:
    """From where the walk stands to the log's end, also as others move it."""
    while (start := walk.frontier.size) < (size := store.size()):
        end = min(start + CHUNK, size)
        try:
            leaves = list(store.leaves(start, end))
            stored = _stored_hashes(store, start, end)
        except KeyError as error:
            yield Problem("entry", _entry(error.args[0]), Sentence("the entry or a hash beside it is missing"))
            return
        for number, (leaf, hashes) in enumerate(zip(leaves, stored, strict=True), start):
            yield from _check_entry(leaf, number, hashes, walk)
        report("entries", end, size)


def _stored_hashes(store: Store, start: int, end: int) -> list[bytes]:
    """For each entry the stored hashes of the subtrees it completes, joined as ``Frontier.add`` does."""
    completed = [completed_by(number) for number in range(start, end)]
    hashes = iter(store.hashes([position for positions in completed for position in positions]))
    return [b"".join([next(hashes) for _ in positions]) for positions in completed]


def _check_entry(leaf: Leaf, number: int, stored: bytes, walk: _Walk) -> Iterator[Problem]:
    where = _entry(number)
    try:
        entry = open_leaf(leaf, number)
    except BadEntry as error:
        yield Problem("payload" if error.part == "payload" else "envelope", where, error.said)
        return
    if walk.frontier.add(leaf_hash(leaf.envelope)) != stored:
        yield Problem("tree", where, Sentence("the hashes stored with the entry are not those of the entries here"))
    if number + 1 in walk.head_sizes:
        walk.roots[number + 1] = walk.frontier.root()
    if leaf.signature is not None:
        yield from _check_signature(leaf, where, walk)
    _learn(entry, walk)


def _check_signature(leaf: Leaf, where: Sentence, walk: _Walk) -> Iterator[Problem]:
    verifier = walk.verifiers.get((leaf.signature or b"")[:4])
    if verifier is None:
        walk.unchecked_signatures += 1
    elif not is_signed_by(leaf, verifier):
        yield Problem(
            "signature", where, Sentence("the signature of %(name)s is not over this entry", name=verifier.name)
        )


def _learn(entry: Entry, walk: _Walk) -> None:
    if entry.payload is None:
        walk.missing_payloads.append(entry.number)
        return
    for name in blobs_of(entry):
        walk.named_blobs.setdefault(name, entry.number)
    if entry.kind in REMOVALS:
        removed = removed_by(entry)
        walk.removed_payloads.update(number for number in removed.entries if number < entry.number)
        walk.removed_blobs.update(removed.blobs)


@dataclass(frozen=True, slots=True)
class Removed:
    """What a ``redaction`` or ``disposal`` removes: payloads by entry number, and blobs."""

    entries: tuple[int, ...]
    blobs: tuple[Sha256, ...]


def removed_by(entry: Entry) -> Removed:
    """What the payload's ``removes`` lists: ``{"entries": [3, 5], "blobs": ["9f86..."]}``."""
    removes = (entry.payload or {}).get("removes")
    listed = removes if isinstance(removes, dict) else {}
    entries, blobs = listed.get("entries"), listed.get("blobs")
    return Removed(
        tuple(n for n in entries if isinstance(n, int)) if isinstance(entries, list) else (),
        tuple(b for b in blobs if isinstance(b, str)) if isinstance(blobs, list) else (),
    )


def _check_missing_payloads(walk: _Walk) -> Iterator[Problem]:
    for number in walk.missing_payloads:
        if number not in walk.removed_payloads:
            yield Problem("payload", _entry(number), Sentence("the payload is gone and no later entry says why"))


def _check_heads(opened: Sequence[Checkpoint | BadNote], walk: _Walk) -> Iterator[Problem]:
    for number, head in enumerate(opened):
        if isinstance(head, BadNote):
            yield Problem("head", Sentence("head %(n)s", n=number), head.said)
        elif head.size > walk.frontier.size:
            where = Sentence("head of %(n)s entries", n=head.size)
            yield Problem("head", where, Sentence("the log is cut short: it has %(n)s entries", n=walk.frontier.size))
        elif walk.roots[head.size] != head.root:
            where = Sentence("head of %(n)s entries", n=head.size)
            yield Problem("head", where, Sentence("the log is forked: its first entries have another root"))
        walk.heads += 1


def _check_blobs(store: Store, blobs: Blobs, walk: _Walk, partial: bool, report: Progress) -> Iterator[Problem]:
    for name, number in list(walk.named_blobs.items()):
        try:
            data = blobs.get(name)
        except KeyError:
            yield from _check_entries(store, walk, report)  # It may have been removed while this ran.
            if not partial and name not in walk.removed_blobs:
                message = Sentence("the blob that entry %(n)s names is missing and no entry says why", n=number)
                yield Problem("blob", Sentence("blob %(name)s", name=name), message)
        else:
            if sha256(data).hexdigest() != name:
                message = Sentence("the bytes of the blob that entry %(n)s names have another hash", n=number)
                yield Problem("blob", Sentence("blob %(name)s", name=name), message)
        walk.blobs += 1
        report("blobs", walk.blobs, len(walk.named_blobs))
