"""Whatever is done to a record behind its back is caught, and named with its place."""

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from remembrancer.model import Fault
from remembrancer.record import note, proof
from remembrancer.record.entries import Draft, blobs_of, seal
from remembrancer.record.log import Log, check_slug, origin_of
from remembrancer.record.note import Checkpoint, Ed25519Signer, open_checkpoint, sign_checkpoint, verifier_of
from remembrancer.record.retention import redact
from remembrancer.record.tree import Frontier, leaf_hash
from remembrancer.record.verify import verify
from remembrancer.testing import FixedClock, MemoryBlobs, MemoryStore


def tamper(log: Log, *statements: str) -> None:
    """Write into the file as somebody would who cares for no trigger."""
    connection = apsw.Connection(str(log._directory / "record.db"))  # type: ignore[operator]
    for (name,) in connection.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        connection.execute(f"drop trigger {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def flip(table: str, column: str, number: int, at: int = 5) -> str:
    """The statement that flips the lowest bit of one byte."""
    byte = f"substr({column}, {at}, 1)"
    flipped = " ".join(f"when x'{value:02x}' then x'{value ^ 1:02x}'" for value in range(256))
    return (
        f"update {table} set {column} = cast(substr({column}, 1, {at - 1}) || case {byte} {flipped} end"
        f" || substr({column}, {at + 1}) as blob) where number = {number}"
    )


def test_an_untouched_record_holds(log: Log) -> None:
    verdict = log.verify()
    assert verdict.holds
    assert (verdict.size, verdict.heads, verdict.blobs, verdict.root) == (24, 3, 24, log.root())


def drop(which: str) -> list[str]:
    """The statements that drop entries with their payloads."""
    return [f"delete from {table} where number {which}" for table in ("payload", "entry")]


TAMPERINGS = {
    "a bit of an envelope": ([flip("entry", "envelope", 7, 20)], "envelope|tree", "entry 7"),
    "a bit of a payload": ([flip("payload", "payload", 7, 20)], "payload", "entry 7"),
    "a bit of a salt": ([flip("payload", "salt", 0)], "payload", "entry 0"),
    "a bit of a stored leaf hash": ([flip("entry", "hashes", 8)], "tree", "entry 8"),
    "a bit of a stored inner hash": ([flip("entry", "hashes", 15, 140)], "tree", "entry 15"),
    "a bit of a head's root": ([flip("head", "note", 1, 40)], "head", "head 1"),
    "a bit of a head's signature": ([flip("head", "note", 2, 190)], "head", "head 2"),
    "a dropped entry": (drop("= 9"), "entry", "entry 9"),
    "a dropped first entry": (drop("= 0"), "entry", "entry 0"),
    "a cut end": (drop("> 19"), "head", "head of 24 entries"),
    "a dropped payload": (["delete from payload where number = 9"], "payload", "entry 9"),
    "a dropped salt and payload of the last": (["delete from payload where number = 23"], "payload", "entry 23"),
    "two envelopes swapped": (
        [
            "create temp table kept as select * from entry where number in (4, 6)",
            "update entry set envelope = (select envelope from kept where number = 10 - entry.number)"
            " where number in (4, 6)",
        ],
        "payload",
        "entry 4",
    ),
    "two whole entries swapped": (
        [
            f"update {table} set number = {new} where number = {old}"
            for old, new in ((4, 99), (6, 4), (99, 6))
            for table in ("entry", "payload")
        ],
        "tree",
        "entry 5|entry 4",
    ),
}  # fmt: skip


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_caught_and_named(log: Log, tampering: str) -> None:
    statements, part, where = TAMPERINGS[tampering]
    tamper(log, *statements)
    problem = log.verify().problem
    assert problem is not None
    assert problem.part in part.split("|")
    assert problem.where in where.split("|")


def test_a_flipped_bit_in_any_blob_is_named(log: Log) -> None:
    for name in list(log.blobs.names()):
        place = next(log._directory.glob(f"blobs/*/*/{name}"))  # type: ignore[union-attr]
        whole = place.read_bytes()
        place.write_bytes(bytes([whole[0] ^ 4]) + whole[1:])
        problem = log.verify().problem
        assert problem is not None
        assert (problem.part, problem.where) == ("blob", f"blob {name}")
        with pytest.raises(Fault, match="damaged"):
            log.blob(name)
        place.write_bytes(whole)
    assert log.verify().holds


def test_a_missing_blob_is_named(log: Log) -> None:
    name = next(iter(log.blobs.names()))
    log.blobs.remove(name)
    problem = log.verify().problem
    assert problem is not None
    assert (problem.part, problem.where) == ("blob", f"blob {name}")


def test_a_file_damaged_anywhere_is_caught_or_still_says_the_same(log: Log) -> None:
    """A flipped bit on each page of the file: a verdict or a Fault, never a different record that holds."""
    before, root = list(log.entries()), log.root()
    log.close()
    path = log._directory / "record.db"  # type: ignore[operator]
    whole = path.read_bytes()
    for at in range(1001, len(whole), 1511):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
        try:
            with Log.open(path.parent, FixedClock()) as damaged:
                if damaged.verify().holds:
                    assert (list(damaged.entries()), damaged.root()) == (before, root)
        except Fault:
            continue


def fork(log: Log) -> tuple[Checkpoint, MemoryStore]:
    """Another history under the same key: the last entry says something else."""
    other = MemoryStore()
    leaves = list(log.store.leaves())
    other.append([*leaves[:-1], seal("event", log.body, "2026-11-22T12:00:00Z", "owner", "open", {"says": "no"})])
    frontier = Frontier()
    for leaf in other.leaves():
        frontier.add(leaf_hash(leaf.envelope))
    return Checkpoint(origin_of(log.body), frontier.size, frontier.root()), other


def test_a_fork_is_named_also_when_the_key_signed_it(log: Log) -> None:
    head, other = fork(log)
    log.store.keep_head(sign_checkpoint(head, log._signer))
    problem = log.verify().problem
    assert problem is not None
    assert (problem.part, problem.where) == ("head", "head of 24 entries")
    verdict = verify(other, MemoryBlobs(), log.verifiers, heads=[log.store.heads()[2]])
    assert verdict.problem is not None
    assert "fork" in verdict.problem.message


def test_no_head_is_signed_over_a_record_that_was_cut_or_changed(log: Log) -> None:
    tamper(log, *drop("> 19"))
    log.add("event", {"after": "the cut"})
    with pytest.raises(Fault, match="extends"):
        log.checkpoint()


def test_a_head_kept_elsewhere_shows_that_the_end_and_its_heads_were_cut(log: Log) -> None:
    kept = log.store.heads()[-1]
    tamper(
        log,
        *drop("> 15"),
        "delete from head where number = 2",
    )
    assert log.verify().holds
    problem = log.verify(heads=[kept]).problem
    assert problem is not None
    assert problem.message.startswith("the log is cut short")


def test_a_head_that_no_known_key_signed_does_not_count(log: Log) -> None:
    stranger = Ed25519Signer.new(origin_of(log.body))
    problem = verify(log.store, log.blobs, [verifier_of(stranger)]).problem
    assert problem is not None
    assert problem.part == "head"


def test_authors_signatures_are_checked_where_the_key_is_known(log: Log) -> None:
    author = Ed25519Signer.new("ada")
    number = log.append([Draft("utterance", {"text": "Aye."}, "member:ada")], author).start
    assert log.verify().unchecked_signatures == 1
    known = [*log.verifiers, verifier_of(author)]
    assert verify(log.store, log.blobs, known).unchecked_signatures == 0
    tamper(log, flip("entry", "signature", number, 9))
    problem = verify(log.store, log.blobs, known).problem
    assert problem is not None
    assert (problem.part, problem.where) == ("signature", f"entry {number}")


def test_proofs_convince_who_has_nothing_but_the_key(log: Log) -> None:
    old = open_checkpoint(log.store.heads()[0], log.verifiers)
    for number, leaf in enumerate(log.store.leaves()):
        text = proof.format_inclusion(log.prove(number))
        shown = proof.parse_inclusion(text)
        assert proof.check_entry(shown, leaf.envelope, log.verifiers) == log.head()
        assert proof.check_entry(shown, leaf.envelope + b" ", log.verifiers) is None
    text = proof.format_consistency(log.prove_consistency(old.size))
    assert proof.check_heads(proof.parse_consistency(text), old, log.verifiers) == log.head()
    head, _ = fork(log)
    assert proof.check_heads(proof.parse_consistency(text), head, log.verifiers) is None


def test_an_extra_line_in_a_proof_is_skipped_and_anything_else_refused(log: Log) -> None:
    text = proof.format_inclusion(log.prove(3))
    header, rest = text.split(b"\n", 1)
    assert proof.parse_inclusion(header + b"\nextra YWdl\n" + rest) == log.prove(3)
    with pytest.raises(note.BadNote):
        proof.parse_inclusion(rest)


def test_a_proof_of_what_is_not_there_is_refused(log: Log) -> None:
    for wrong in (log.prove, log.prove_consistency, log.root):
        with pytest.raises(ValueError, match="25"):
            wrong(25)
    with pytest.raises(KeyError):
        log.entry(24)


def test_progress_is_told_for_both_passes(log: Log) -> None:
    told: list[tuple[str, int, int]] = []
    report: Callable[[str, int, int], None] = lambda stage, done, total: told.append((stage, done, total))  # noqa: E731
    log.verify(progress=report)
    assert told[0] == ("entries", 24, 24)
    assert told[-1] == ("blobs", 24, 24)


def test_a_head_is_kept_once_while_nothing_is_added(log: Log) -> None:
    assert log.checkpoint() == log.checkpoint() == log.store.heads()[-1]
    assert len(log.store.heads()) == 3


@pytest.mark.parametrize("slug", ["", "Alder", "a b", "con", "com1", "../x", "a--b", "-a", "é", "x" * 65])
def test_a_slug_that_is_no_file_name_everywhere_is_refused(slug: str) -> None:
    with pytest.raises(Fault):
        check_slug(slug)


def test_a_second_record_of_a_body_is_refused_and_a_missing_one_too(log: Log, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="already"):
        Log.create(tmp_path / "alder-town")
    with pytest.raises(Fault, match="no record"):
        Log.open(tmp_path / "elm-town")


def test_a_copy_without_the_private_key_reads_and_verifies_and_signs_nothing(log: Log, tmp_path: Path) -> None:
    (tmp_path / "alder-town" / "keys" / "signer.skey").unlink()
    with Log.open(tmp_path / "alder-town", FixedClock()) as copy:
        assert copy.verify().holds
        assert copy.checkpoint() == log.checkpoint()
        copy.add("event", {"says": "more"})
        with pytest.raises(Fault, match="no signing key"):
            copy.checkpoint()


def test_an_empty_record_has_a_head_and_verifies(tmp_path: Path) -> None:
    log = Log.create(tmp_path / "elm-town", FixedClock())
    log.checkpoint()
    assert log.verify().holds
    log.add("event", {})
    log.checkpoint()
    assert log.verify().holds


def test_what_others_write_and_remove_while_a_check_runs_is_no_problem(log: Log) -> None:
    done: list[int] = []

    def interfere(stage: str, *_: object) -> None:
        if not done:
            done.append(redact(log, [2], blobs_of(log.entry(0)), authority="x", what=["y"], by="owner"))
        elif stage == "blobs" and len(done) == 1:
            done.append(redact(log, [], blobs_of(log.entry(9)), authority="x", what=["y"], by="owner"))

    verdict = log.verify(progress=interfere)
    assert verdict.holds, verdict.problem
    assert verdict.size == 26
