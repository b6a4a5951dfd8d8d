"""Every store and all blobs keep the same laws; SQLite keeps some more against other programs."""

import multiprocessing
from pathlib import Path

import apsw
import pytest

from remembrancer.model import Fault
from remembrancer.ports import Blobs, Store
from remembrancer.record import sqlite
from remembrancer.record.blobs import DirectoryBlobs
from remembrancer.record.sqlite import SQLiteStore
from remembrancer.testing import BlobsLaws, ForgetfulFiles, MemoryBlobs, MemoryStore, StoreLaws, some_leaves


class TestMemoryStore(StoreLaws):
    def make(self) -> Store:
        return MemoryStore()


class TestSQLiteStore(StoreLaws):
    @pytest.fixture(autouse=True)
    def _directory(self, tmp_path: Path) -> None:
        self.path = tmp_path / "record.db"

    def make(self) -> Store:
        return SQLiteStore(self.path)


class TestMemoryBlobs(BlobsLaws):
    def make(self) -> Blobs:
        return MemoryBlobs()


class TestDirectoryBlobs(BlobsLaws):
    @pytest.fixture(autouse=True)
    def _directory(self, tmp_path: Path) -> None:
        self.path = tmp_path / "blobs"

    def make(self) -> Blobs:
        return DirectoryBlobs(self.path)


class TestForgetfulBlobs(BlobsLaws):
    def make(self) -> Blobs:
        return DirectoryBlobs(Path("/body/blobs"), ForgetfulFiles(Path("/body")))


def write_entries(path: Path, writer: int) -> None:
    store = SQLiteStore(path)
    for batch in range(10):
        store.append(some_leaves(5, 1000 * writer + 5 * batch))
    store.close()


def test_processes_that_open_a_new_file_and_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_entries, args=(path, writer)) for writer in range(4)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0] * 4
    store = SQLiteStore(path)
    expected = {leaf.payload for writer in range(4) for leaf in some_leaves(50, 1000 * writer)}
    assert store.size() == 200
    assert {leaf.payload for leaf in store.leaves()} == expected


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set envelope = x'00' where number = 1",
        "delete from entry where number = 1",
        "insert into entry values(7, x'00', x'00', null)",
        "insert or replace into entry values(1, x'00', x'00', null)",
        "update payload set payload = x'00'",
        "insert or replace into payload values(1, x'00', x'00')",
        "update head set note = x'00'",
        "delete from head",
    ],
)
def test_sqlite_refuses_every_change_but_an_addition(tmp_path: Path, statement: str) -> None:
    store = SQLiteStore(tmp_path / "record.db")
    store.append(some_leaves(3))
    store.keep_head(b"head\n")
    before = list(store.leaves()), store.heads()
    with pytest.raises(apsw.ConstraintError):
        apsw.Connection(str(tmp_path / "record.db")).execute(statement)
    assert (list(store.leaves()), store.heads()) == before


def test_a_removed_payload_leaves_no_bytes_in_the_files(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "record.db")
    leaves = some_leaves(3)
    secret = b'{"name":"Wilhelmina Unforgettable"}'
    store.append([leaves[0], leaves[1]._replace(payload=secret), leaves[2]])
    assert any(secret in path.read_bytes() for path in tmp_path.iterdir())
    store.remove_payload(1)
    assert not any(secret in path.read_bytes() for path in tmp_path.iterdir())


def test_a_newer_format_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    SQLiteStore(path).close()
    apsw.Connection(str(path)).pragma("user_version", 99)
    with pytest.raises(Fault, match="format 99"):
        SQLiteStore(path)


def test_an_older_format_is_migrated_and_keeps_its_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record.db"
    store = SQLiteStore(path)
    store.append(some_leaves(3))
    store.close()
    step = "create table witness(number integer primary key) strict"
    monkeypatch.setattr(sqlite, "MIGRATIONS", (*sqlite.MIGRATIONS, step))
    assert SQLiteStore(path).size() == 3
    assert apsw.Connection(str(path)).pragma("user_version") == len(sqlite.MIGRATIONS)


def test_a_migration_that_fails_leaves_the_file_as_it_was_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.db"
    SQLiteStore(path).close()
    steps = ("create table witness(number integer) strict; insert into nowhere values(1)",)
    monkeypatch.setattr(sqlite, "MIGRATIONS", sqlite.MIGRATIONS + steps)
    with pytest.raises(Fault, match="nowhere"):
        SQLiteStore(path)
    tables = apsw.Connection(str(path)).execute("select name from sqlite_schema where name = 'witness'")
    assert tables.fetchall() == []


@pytest.mark.parametrize("content", [b"these are minutes, not a database" * 99, None])
def test_a_file_that_is_no_record_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "record.db"
    if content is None:
        apsw.Connection(str(path)).execute("create table recipe(name)")
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(Fault):
        SQLiteStore(path)
    assert path.read_bytes() == before


def test_blobs_mend_a_damaged_file_when_the_bytes_come_again(tmp_path: Path) -> None:
    blobs = DirectoryBlobs(tmp_path)
    name = blobs.put(b"whole")
    (tmp_path / name[:2] / name[2:4] / name).write_bytes(b"whale")
    assert blobs.get(blobs.put(b"whole")) == b"whole"


def test_blob_names_stay_inside_their_directory(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        DirectoryBlobs(tmp_path / "blobs").get("../../etc/passwd")
