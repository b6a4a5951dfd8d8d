"""Laws of an export: plain files that verify offline, show nothing closed, and restore to the same root."""

from pathlib import Path

import pytest

from remembrancer.model import Fault
from remembrancer.record import export as exporting
from remembrancer.record.entries import Draft, blobs_of
from remembrancer.record.export import ExportedStore, export, import_, tile_path, verify_export
from remembrancer.record.log import Log
from remembrancer.record.note import Ed25519Signer, verifier_of
from remembrancer.record.retention import redact
from remembrancer.testing import FixedClock, some_leaves


@pytest.fixture
def full(log: Log, tmp_path: Path) -> Path:
    """A full export of a log with a redaction and a signed entry."""
    redact(log, [4], blobs_of(log.entry(4)), authority="a court", what=["a file"], by="owner")
    log.append([Draft("utterance", {"text": "Aye."}, "member:ada")], Ed25519Signer.new("ada"))
    export(log, tmp_path / "out")
    return tmp_path / "out"


def test_paths_of_tiles_are_those_of_the_specification() -> None:
    assert tile_path(1234067) == "x001/x234/067"
    assert tile_path(0) == "000"
    assert tile_path(273, 112) == "273.p/112"


def test_the_tiles_of_a_log_are_those_the_specification_counts(tmp_path: Path) -> None:
    """Its example: 70,000 entries are 273 full tiles and one of 112, one full and one of 17, one of 1."""
    log = Log.create(tmp_path / "alder-town", FixedClock())
    for start in range(0, 70_000, 10_000):
        log.store.append(some_leaves(10_000, start))
    for name, data in exporting.tile_files(log, 70_000):
        exporting._write(tmp_path / "out" / name, data)
    tiles = {path.relative_to(tmp_path / "out" / "tile").as_posix() for path in tmp_path.glob("out/tile/**/*")}
    assert sum(tile.startswith("0/") and ".p" not in tile for tile in tiles) == 273
    assert {tile for tile in tiles if ".p/" in tile} == {"0/273.p/112", "1/001.p/17", "2/000.p/1"}


def test_a_full_export_verifies_and_restores_to_the_same_record(log: Log, full: Path, tmp_path: Path) -> None:
    assert verify_export(full, log.verifiers).holds
    restored = import_(full, tmp_path / "elsewhere" / "alder-town", FixedClock())
    assert restored.root() == log.root()
    assert list(restored.store.leaves()) == list(log.store.leaves())
    assert sorted(restored.blobs.names()) == sorted(log.blobs.names())
    assert restored.store.heads() == log.store.heads()
    restored.add("event", {"after": "the move"})
    restored.checkpoint()
    assert restored.verify().holds
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["alder-town"]


def test_an_exported_store_reads_as_the_store_it_came_from(log: Log, full: Path) -> None:
    store = ExportedStore(full)
    assert store.size() == log.size()
    assert list(store.leaves()) == list(log.store.leaves())
    assert list(store.leaves(3, 9)) == list(log.store.leaves(3, 9))
    positions = [(0, 25), (1, 3), (2, 5), (4, 0)]
    assert store.hashes(positions) == log.store.hashes(positions)


def test_a_public_export_shows_nothing_closed_and_verifies(log: Log, tmp_path: Path) -> None:
    secret = log.put(b"the price we would accept")
    shared = blobs_of(log.entry(0))[0]
    log.add("source", {"source": secret, "blobs": [secret, shared], "path": "lease.md"}, visibility="members")
    left_out = blobs_of(log.entry(2))[0]
    counts = export(log, tmp_path / "out", public=True, without_blobs={left_out})
    contents = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    names = [path.name for path in (tmp_path / "out").rglob("*")]
    for closed in (b"lease.md", b"the price", secret.encode()):
        assert closed not in contents
    assert secret not in names and left_out not in names and shared in names
    assert (counts.closed_payloads, counts.closed_blobs) == (1, 2)
    assert verify_export(tmp_path / "out", log.verifiers).holds
    with pytest.raises(Fault, match="lacks what is closed"):
        import_(tmp_path / "out", tmp_path / "elsewhere" / "alder-town")


def test_the_caller_may_say_which_entries_are_closed(log: Log, tmp_path: Path) -> None:
    counts = export(log, tmp_path / "out", public=True, closed=lambda entry: entry.number == 2)
    assert counts.closed_payloads == 1
    assert next(ExportedStore(tmp_path / "out").leaves(2)).payload is None
    assert verify_export(tmp_path / "out", log.verifiers).holds


def test_any_file_changed_cut_or_taken_away_is_noticed(log: Log, full: Path) -> None:
    known = log.verifiers
    for path in sorted(path for path in full.rglob("*") if path.is_file()):
        if path.parent.name == "keys" or path.name == "export.json":
            continue
        whole = path.read_bytes()
        for changed in (bytes([whole[0] ^ 1]) + whole[1:], whole[: len(whole) // 2], None):
            if changed is None and path.suffix == ".note":
                continue
            if changed is None:
                path.unlink()
            else:
                path.write_bytes(changed)
            assert not holds(full, known), path
        path.write_bytes(whole)
    assert holds(full, known)


def holds(directory: Path, known: object) -> bool:
    try:
        return verify_export(directory, known).holds  # type: ignore[arg-type]
    except Fault:
        return False


def test_an_export_under_another_key_is_not_the_bodys(full: Path) -> None:
    assert not verify_export(full, [verifier_of(Ed25519Signer.new("remembrancer/alder-town"))]).holds


def test_an_export_that_does_not_hold_is_not_imported_and_leaves_nothing(full: Path, tmp_path: Path) -> None:
    blob = next(path for path in full.rglob("blobs/*/*/*"))
    blob.write_bytes(b"something else")
    with pytest.raises(Fault, match="does not hold"):
        import_(full, tmp_path / "elsewhere" / "alder-town")
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_is_overwritten(log: Log, full: Path, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="not empty"):
        export(log, full)
    with pytest.raises(Fault, match="already"):
        import_(full, tmp_path / "alder-town")


def test_a_later_format_is_refused_with_a_sentence(full: Path) -> None:
    (full / "export.json").write_bytes(b'{"body":"alder-town","format":2,"public":false}\n')
    with pytest.raises(Fault, match="format 2"):
        verify_export(full)
