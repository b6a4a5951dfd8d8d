"""Laws of entries: what is sealed opens as it was, and as nothing else."""

import pytest

from remembrancer.model import Exit, Fault
from remembrancer.record import canonical, entries, note
from remembrancer.record.entries import BadEntry, open_leaf, seal

LEAF = seal("source", "alder-town", "2026-11-22T12:00:00Z", "owner", "members", {"path": "a.md", "blobs": ["ab"]})


def test_a_sealed_entry_opens_as_it_was() -> None:
    entry = open_leaf(LEAF, 3)
    assert (entry.number, entry.v, entry.kind, entry.visibility) == (3, 1, "source", "members")
    assert entry.payload == {"path": "a.md", "blobs": ["ab"]}
    assert entries.blobs_of(entry) == ["ab"]


def test_the_envelope_shows_nothing_of_the_payload_and_no_two_commitments_are_alike() -> None:
    again = seal("source", "alder-town", "2026-11-22T12:00:00Z", "owner", "members", {"path": "a.md"})
    assert b"a.md" not in LEAF.envelope
    assert open_leaf(LEAF, 0).commitment != open_leaf(again, 0).commitment


def test_a_forgotten_payload_leaves_an_entry_that_opens() -> None:
    assert open_leaf(LEAF._replace(payload=None, salt=None), 0).payload is None


@pytest.mark.parametrize("change", [{"payload": b"{}"}, {"salt": bytes(16)}, {"payload": None}, {"salt": None}])
def test_a_payload_that_is_not_the_committed_one_is_named(change: dict[str, bytes | None]) -> None:
    with pytest.raises(BadEntry) as bad:
        open_leaf(LEAF._replace(**change), 0)
    assert bad.value.part == "payload"


def test_a_committed_payload_must_be_canonical_too() -> None:
    salt, payload = bytes(16), b'{"a": 1}'
    members = {**canonical.parse_object(LEAF.envelope), "payload": entries.commit(salt, payload)}
    with pytest.raises(BadEntry, match="canonical"):
        open_leaf(LEAF._replace(envelope=canonical.dump(members), payload=payload, salt=salt), 0)


@pytest.mark.parametrize(
    "members", [{"v": 0}, {"v": "1"}, {"v": True}, {"kind": 3}, {"class": None}, {"title": "closed business"}]
)
def test_an_envelope_that_is_not_of_its_version_is_named(members: dict[str, object]) -> None:
    envelope = canonical.dump({**canonical.parse_object(LEAF.envelope), **members})  # type: ignore[dict-item]
    with pytest.raises(BadEntry) as bad:
        open_leaf(LEAF._replace(envelope=envelope), 0)
    assert bad.value.part == "envelope"


def test_unknown_kinds_and_later_versions_are_kept() -> None:
    envelope = canonical.dump({**canonical.parse_object(LEAF.envelope), "kind": "omen", "v": 2, "new": []})
    assert open_leaf(LEAF._replace(envelope=envelope), 0).kind == "omen"


def test_an_envelope_beyond_64_kb_and_a_float_are_refused() -> None:
    with pytest.raises(Fault, match="65535") as fault:
        seal("x" * 70_000, "alder-town", "2026", "owner", "open", {})
    assert fault.value.exit_code == Exit.USAGE
    with pytest.raises(Fault, match="integer"):
        seal("event", "alder-town", "2026", "owner", "open", {"score": 0.5})  # type: ignore[dict-item]


def test_an_authors_signature_is_over_this_entry_and_by_this_author_only() -> None:
    author, other = note.Ed25519Signer.new("ada"), note.Ed25519Signer.new("ada")
    signed = entries.sign_leaf(LEAF, author)
    assert entries.is_signed_by(signed, note.verifier_of(author))
    assert not entries.is_signed_by(signed, note.verifier_of(other))
    moved = seal("event", "b", "2026", "owner", "open", {})._replace(signature=signed.signature)
    assert not entries.is_signed_by(moved, note.verifier_of(author))
    assert not entries.is_signed_by(LEAF, note.verifier_of(author))
