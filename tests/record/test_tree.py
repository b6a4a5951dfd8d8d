"""Laws of the tree: every proof that is made is accepted, and no other; RFC 6962's own vectors agree."""

import json
import os
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.record import tree


class Stored:
    """A log of numbered leaves, its hashes by position, and the straightforward definition of its root."""

    def __init__(self, size: int) -> None:
        self.leaves = [tree.leaf_hash(str(number).encode()) for number in range(size)]
        self.hashes: dict[tree.Position, bytes] = {}
        self.frontier = tree.Frontier()
        for number, leaf in enumerate(self.leaves):
            completed = self.frontier.add(leaf)
            for level, position in enumerate(tree.completed_by(number)):
                self.hashes[position] = completed[32 * level : 32 * level + 32]

    def read(self, positions: Any) -> list[bytes]:
        return [self.hashes[position] for position in positions]

    def by_definition(self, start: int, end: int) -> bytes:
        if end - start < 2:
            return self.leaves[start] if end > start else sha256().digest()
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        left, right = self.by_definition(start, middle), self.by_definition(middle, end)
        return sha256(b"\x01" + left + right).digest()


LOG = Stored(70)


def test_root_and_frontier_are_those_of_rfc_6962() -> None:
    for size in range(71):
        assert tree.root(size, LOG.read) == LOG.by_definition(0, size)
    assert LOG.frontier.root() == LOG.by_definition(0, 70)


def test_every_inclusion_and_consistency_proof_is_accepted_for_its_own_place_only() -> None:
    for size in range(1, 34):
        root = tree.root(size, LOG.read)
        for number in range(size):
            proof = tree.prove_inclusion(number, size, LOG.read)
            for other in range(size):
                accepted = tree.check_inclusion(proof, other, size, LOG.leaves[number], root)
                assert accepted is (other == number)
        for old in range(1, size + 1):
            proof = tree.prove_consistency(old, size, LOG.read)
            assert tree.check_consistency(proof, old, size, tree.root(old, LOG.read), root)


def test_every_subtree_has_a_proof_and_nothing_else_does() -> None:
    for size in range(1, 18):
        root = tree.root(size, LOG.read)
        for start in range(size):
            for end in range(start + 1, size + 1):
                if tree.is_subtree(start, end, size):
                    proof = tree.prove_subtree(start, end, size, LOG.read)
                    subtree = tree.subtree_root(start, end, LOG.read)
                    assert subtree == LOG.by_definition(start, end)
                    assert tree.check_subtree(proof, start, end, size, subtree, root)
                else:
                    with pytest.raises(ValueError, match="not a subtree"):
                        tree.prove_subtree(start, end, size, LOG.read)


@given(st.data())
def test_a_flipped_bit_anywhere_spoils_a_proof(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    old = data.draw(st.integers(1, size - 1))
    proof = tree.prove_consistency(old, size, LOG.read)
    hashes = [tree.root(old, LOG.read), tree.root(size, LOG.read), *proof]
    at, bit = data.draw(st.integers(0, len(hashes) - 1)), data.draw(st.integers(0, 255))
    flipped = int.from_bytes(hashes[at]) ^ (1 << bit)
    hashes[at] = flipped.to_bytes(32)
    assert not tree.check_consistency(hashes[2:], old, size, hashes[0], hashes[1])


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_full_subtrees_cover_their_range_once_with_no_two_that_could_be_one(start: int, end: int) -> None:
    cover = tree.full_subtrees(start, end)
    reached = start
    for level, index in cover:
        assert index << level == reached
        reached += 1 << level
    assert reached == max(start, end)
    for (level, index), (next_level, _) in pairwise(cover):
        assert not (level == next_level and index % 2 == 0)


@given(st.integers(0, 10_000))
def test_each_entry_completes_the_subtrees_that_end_with_it(number: int) -> None:
    assert all(tree.completing(position) == number for position in tree.completed_by(number))
    edge = [bytes(32)] * number.bit_count()
    assert len(tree.Frontier(number, edge).add(bytes(32))) == 32 * len(tree.completed_by(number))


def vectors(kind: str) -> Iterator[Any]:
    records = os.environ.get("REMEMBRANCER_RECORDS")
    if not records:
        yield pytest.param({}, marks=pytest.mark.skip("REMEMBRANCER_RECORDS is unset: no vectors to check"))
        return
    folder = Path(records) / "transparency-merkle" / "dev" / "testdata" / kind
    for path in sorted(folder.rglob("*.json")):
        yield pytest.param(json.loads(path.read_text("utf-8")), id=path.relative_to(folder).as_posix())


def hashes_of(case: dict[str, Any], *names: str) -> list[bytes]:
    return [b64decode(case[name] or "") for name in names]


def proof_of(case: dict[str, Any]) -> list[bytes]:
    return [b64decode(hash_ or "") for hash_ in case["proof"] or ()]


@pytest.mark.parametrize("case", list(vectors("inclusion")))
def test_inclusion_vector(case: dict[str, Any]) -> None:
    leaf, root = hashes_of(case, "leafHash", "root")
    accepted = tree.check_inclusion(proof_of(case), case["leafIdx"], case["treeSize"], leaf, root)
    assert accepted is not case["wantErr"]


@pytest.mark.parametrize("case", list(vectors("consistency")))
def test_consistency_vector(case: dict[str, Any]) -> None:
    old, new = hashes_of(case, "root1", "root2")
    assert tree.check_consistency(proof_of(case), case["size1"], case["size2"], old, new) is not case["wantErr"]


@pytest.mark.parametrize("case", list(vectors("subtreeconsistency")))
def test_subtree_consistency_vector(case: dict[str, Any]) -> None:
    subtree, root = hashes_of(case, "root1", "root2")
    places = case["start"], case["end"], case["size"]
    assert tree.check_subtree(proof_of(case), *places, subtree, root) is not case["wantErr"]


@pytest.mark.parametrize("case", list(vectors("subtreeinclusion")))
def test_subtree_inclusion_vector(case: dict[str, Any]) -> None:
    """A leaf in the subtree start:end is a leaf of the tree that those entries make by themselves."""
    leaf, root = hashes_of(case, "leafHash", "root")
    start, end = case["start"], case["end"]
    accepted = tree.is_subtree(start, end, end) and tree.check_inclusion(
        proof_of(case), case["leafIdx"] - start, end - start, leaf, root
    )
    assert accepted is not case["wantErr"]


def fuzz_seeds() -> Iterator[Any]:
    records = os.environ.get("REMEMBRANCER_RECORDS")
    if not records:
        yield pytest.param("", marks=pytest.mark.skip("REMEMBRANCER_RECORDS is unset: no seeds to check"))
        return
    folder = Path(records) / "transparency-merkle" / "dev" / "compact" / "testdata" / "fuzz" / "FuzzRangeNodes"
    for path in sorted(folder.iterdir()):
        yield pytest.param(path.read_text("utf-8"), id=path.name[:8])


@pytest.mark.parametrize("seed", list(fuzz_seeds()))
def test_range_seed(seed: str) -> None:
    start, end = (int(line[7:-1]) for line in seed.splitlines()[1:3])
    test_full_subtrees_cover_their_range_once_with_no_two_that_could_be_one.hypothesis.inner_test(start, end)
