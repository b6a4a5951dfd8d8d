"""The Merkle tree of RFC 6962: hashes, roots and proofs. Pure; nothing here reads or trusts a store.

A leaf hashes as ``SHA-256(00 || data)``, an inner node as ``SHA-256(01 || left || right)``; a tree of n
leaves splits at the largest power of two below n. Only *full* subtrees are ever stored, named by
``(level, index)``: the 2**level leaves from ``index << level`` on. Such a hash never changes as the log
grows, and any root or proof needs O(log n) of them.

Functions come in pairs: ``prove_*`` reads stored hashes through a ``Read``; ``check_*`` gets nothing but
the proof and the two hashes it is to connect. All proofs are one: that of a subtree ``start:end`` within a
tree (draft-ietf-plants-merkle-tree-certs). Inclusion is the subtree ``number:number + 1``, consistency the
subtree ``0:old_size``. A proof is a sequence of 32-byte hashes in RFC 6962's order, so third-party tools
accept it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

Hash = bytes
Position = tuple[int, int]
Read = Callable[[Sequence[Position]], Sequence[Hash]]
"""Stored hashes of full subtrees, in the order asked for."""

EMPTY_ROOT: Hash = sha256(b"").digest()


def leaf_hash(data: bytes) -> Hash:
    return sha256(b"\x00" + data).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the full subtrees that make it up, largest first."""

    def __init__(self, size: int = 0, edge: Sequence[Hash] = ()) -> None:
        self.size = size
        self._edge = list(edge)

    def add(self, leaf: Hash) -> bytes:
        """Append a leaf; the hashes of all full subtrees it completes, level 0 first, as one byte string."""
        completed = [leaf]
        size, edge = self.size, self._edge
        while size & 1:
            leaf = sha256(b"\x01" + edge.pop() + leaf).digest()
            completed.append(leaf)
            size >>= 1
        edge.append(leaf)
        self.size += 1
        return b"".join(completed)

    def root(self) -> Hash:
        return _fold(self._edge)


def completed_by(number: int) -> list[Position]:
    """The full subtrees that a log gets with its entry ``number``, level 0 first."""
    levels = ((number + 1) & -(number + 1)).bit_length()
    return [(level, number >> level) for level in range(levels)]


def completing(position: Position) -> int:
    """The entry that completes a full subtree."""
    level, index = position
    return ((index + 1) << level) - 1


def full_subtrees(start: int, end: int) -> list[Position]:
    """The fewest full subtrees that cover ``start:end``, left to right; none for an empty range."""
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        found.append((level, start >> level))
        start += 1 << level
    return found


def _fold(hashes: Sequence[Hash]) -> Hash:
    """The root over full subtrees of falling size."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def _split(size: int) -> int:
    """The largest power of two below ``size``, which is at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def is_subtree(start: int, end: int, size: int) -> bool:
    """Whether ``start:end`` is a subtree of a tree of ``size``: not empty, and aligned to its own width."""
    return 0 <= start < end <= size and start % (1 << (end - start - 1).bit_length()) == 0


def root(size: int, read: Read) -> Hash:
    """The root of the first ``size`` leaves."""
    return _fold(read(full_subtrees(0, size)))


def subtree_root(start: int, end: int, read: Read) -> Hash:
    """The hash of a subtree."""
    return _fold(read(full_subtrees(start, end)))


def _siblings(start: int, end: int, size: int) -> list[tuple[int, int]]:
    """The ranges whose hashes prove the subtree ``start:end`` of ``0:size``, in proof order."""
    low, high, shared, path = 0, size, True, []
    while not (low == start and high == end):
        middle = low + _split(high - low)
        if end <= middle:
            path.append((middle, high))
            high = middle
        else:
            path.append((low, middle))
            if start < middle:
                shared, start = False, middle
            low = middle
    if not shared:
        path.append((low, high))
    return path[::-1]


def prove_subtree(start: int, end: int, size: int, read: Read) -> list[Hash]:
    """The proof that ``start:end`` is within the tree of ``size``; ValueError if that is no subtree."""
    if not is_subtree(start, end, size):
        raise ValueError(f"{start}:{end} is not a subtree of {size} entries")
    covers = [full_subtrees(*sibling) for sibling in _siblings(start, end, size)]
    hashes = iter(read([position for cover in covers for position in cover]))
    return [_fold([next(hashes) for _ in cover]) for cover in covers]


def check_subtree(proof: Sequence[Hash], start: int, end: int, size: int, subtree_root: Hash, root: Hash) -> bool:
    """Whether ``proof`` connects the subtree's hash to the root. An empty subtree needs no proof."""
    if 0 <= start == end <= size:
        return not proof and subtree_root == EMPTY_ROOT
    if not is_subtree(start, end, size) or any(len(hash_) != 32 for hash_ in proof):
        return False
    path = _siblings(start, end, size)
    if len(proof) != len(path):
        return False
    return _climb(list(zip(path, proof, strict=True)), start, end, subtree_root) == (subtree_root, root)


def _climb(path: list[tuple[tuple[int, int], Hash]], start: int, end: int, subtree_root: Hash) -> tuple[Hash, Hash]:
    """Both hashes as the proof makes them: of the subtree, and of the tree."""
    inside = whole = subtree_root
    if path and path[0][0][1] == end:
        (_, inside), *path = path
        whole = inside
    for (low, _), hash_ in path:
        if low >= end:
            whole = node_hash(whole, hash_)
        else:
            whole = node_hash(hash_, whole)
            inside = node_hash(hash_, inside) if low >= start else inside
    return inside, whole


def prove_inclusion(number: int, size: int, read: Read) -> list[Hash]:
    """The proof that entry ``number`` is in the tree of ``size``."""
    return prove_subtree(number, number + 1, size, read)


def check_inclusion(proof: Sequence[Hash], number: int, size: int, leaf: Hash, root: Hash) -> bool:
    """Whether ``proof`` shows the leaf hash at ``number`` under the root of ``size`` leaves."""
    return len(leaf) == 32 and check_subtree(proof, number, number + 1, size, leaf, root)


def prove_consistency(old_size: int, size: int, read: Read) -> list[Hash]:
    """The proof that the tree of ``size`` only added to that of ``old_size``, which is not empty."""
    return prove_subtree(0, old_size, size, read)


def check_consistency(proof: Sequence[Hash], old_size: int, size: int, old_root: Hash, root: Hash) -> bool:
    """Whether ``proof`` shows that nothing under ``old_root`` changed. An empty old tree proves nothing."""
    return old_size > 0 and check_subtree(proof, 0, old_size, size, old_root, root)
