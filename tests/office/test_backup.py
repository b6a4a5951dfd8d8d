"""A copy of an office made while it is written to restores, and everything in it verifies."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from threading import Event, Thread

import pytest

from remembrancer.model import OWNER, PUBLIC, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.changing import granting, keeping
from remembrancer.office.running.backup import backup, restore
from remembrancer.record.verify import removed_by
from tests.conftest import PATIENCE

SLUG = "mill-board"
SECRET = "hunter2 of the mill"


def minutes(number: int) -> str:
    return f"# Mill Board, {1 + number % 28} May 2024\n\nPresent: Ivy Lark\n\n**Ivy Lark:** Wheel number {number}.\n"


def read(office: Office, folder: Path, numbers: range) -> list[str]:
    for number in numbers:
        (folder / f"{number}.md").write_text(minutes(number), encoding="utf-8")
    files = [keeping.File(folder / f"{number}.md", f"{number}.md") for number in numbers]
    return [each.source for each in keeping.take_in(office.body(SLUG), OWNER, files)]


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    with Office.create(tmp_path / "mill", "Mill Board") as office:
        read(office, tmp_path, range(5))
        assert office.work is not None
    return tmp_path / "mill"


def copied(directory: Path, target: Path, with_keys: bool = False) -> Path:
    with Office(directory) as office, target.open("wb") as file:
        file.writelines(backup(office, OWNER, with_keys))
    return target


def test_a_copy_restores_to_the_same_record(mill: Path, tmp_path: Path) -> None:
    restore(copied(mill, tmp_path / "copy.zip", with_keys=True), tmp_path / "again")
    with Office(mill) as one, Office(tmp_path / "again") as other:
        assert one.body().log.root() == other.body().log.root()
        assert other.body().verify().holds
        assert other.body().log.checkpoint() == one.body().log.checkpoint()


def test_a_copy_made_while_documents_are_read_and_removed_restores_and_verifies(mill: Path, tmp_path: Path) -> None:
    begun, ended = Event(), Event()

    def write() -> None:
        with Office(mill) as office:
            for at in range(10, 10_000, 2):
                source = read(office, tmp_path, range(at, at + 2))[0]
                keeping.redact(office.body(), OWNER, source, "an order")
                begun.set()
                if ended.is_set():
                    return

    writing = Thread(target=write)
    writing.start()
    try:
        assert begun.wait(PATIENCE)
        for number in range(4):
            restore(copied(mill, tmp_path / f"{number}.zip"), tmp_path / f"again-{number}")
    finally:
        ended.set()
        writing.join()
    for number in range(4):
        with Office(tmp_path / f"again-{number}") as office:
            assert office.body().log.size() > 15
            assert office.body().verify().holds
            log = office.body().log
            gone = [name for each in log.entries() if each.kind == "redaction" for name in removed_by(each).blobs]
            assert gone
            assert not any(log.blobs.has(name) for name in gone)


def test_keys_and_passwords_go_only_where_that_is_asked(mill: Path, tmp_path: Path) -> None:
    settings = (mill / "remembrancer.toml").read_text(encoding="utf-8")
    (mill / "remembrancer.toml").write_text(f'{settings}\n[web]\nmail = "smtps://a:{SECRET}@b"\n', encoding="utf-8")
    (mill / "web").mkdir()
    (mill / "web" / "key").write_text(SECRET, encoding="utf-8")
    without = zipfile.ZipFile(copied(mill, tmp_path / "without.zip"))
    assert not [name for name in without.namelist() if name.endswith(".skey") or name.startswith("web/")]
    assert not any(SECRET.encode() in without.read(name) for name in without.namelist())
    whole = zipfile.ZipFile(copied(mill, tmp_path / "with.zip", with_keys=True))
    assert f"bodies/{SLUG}/keys/signer.skey" in whole.namelist()
    assert SECRET.encode() in whole.read("web/key")
    assert SECRET.encode() in whole.read("remembrancer.toml")


def test_a_record_restored_without_its_key_goes_on_with_a_new_one(mill: Path, tmp_path: Path) -> None:
    restore(copied(mill, tmp_path / "copy.zip"), tmp_path / "again")
    with Office(tmp_path / "again") as office:
        office.body().log.add("body", {"slug": SLUG, "name": "Mill Board"})
        office.body().log.checkpoint()
        assert office.body().verify().holds
        assert len(office.body().log.verifiers) == 2


def test_only_who_owns_every_body_may_copy_the_office(mill: Path) -> None:
    with Office(mill) as office:
        other = office.add_body("Weir Board")
        granting.grant(office.body(SLUG), OWNER, "account:aaaaaaaaaaaaaaaa", "owner")
        for who in (PUBLIC, Principal("role:clerk"), Principal("account:aaaaaaaaaaaaaaaa")):
            with pytest.raises(Fault, match="may not copy the office"):
                backup(office, who)
        granting.grant(other, OWNER, "account:aaaaaaaaaaaaaaaa", "owner")
        assert next(iter(backup(office, Principal("account:aaaaaaaaaaaaaaaa"))))


def test_a_copy_that_was_altered_is_not_restored(mill: Path, tmp_path: Path) -> None:
    whole = zipfile.ZipFile(copied(mill, tmp_path / "copy.zip"))
    blob = next(name for name in whole.namelist() if "/blobs/" in name)
    with zipfile.ZipFile(tmp_path / "altered.zip", "w") as altered:
        for name in whole.namelist():
            altered.writestr(name, whole.read(name) + (b"!" if name == blob else b""))
    with pytest.raises(Fault, match="does not hold"):
        restore(tmp_path / "altered.zip", tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not list(tmp_path.glob(".restore-*"))


@pytest.mark.parametrize("name", ["../out", "/out", "a/../../out", "C:\\out", "a\\..\\out"])
def test_a_copy_cannot_write_outside_the_office(tmp_path: Path, name: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "x")
    (tmp_path / "evil.zip").write_bytes(made.getvalue())
    with pytest.raises(Fault, match="has no place in an office"):
        restore(tmp_path / "evil.zip", tmp_path / "deep" / "again")
    assert not list(tmp_path.rglob("out"))


def test_an_office_is_never_written_over(mill: Path, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="not empty"):
        restore(copied(mill, tmp_path / "copy.zip"), mill)


def test_what_is_derived_is_made_again(mill: Path, tmp_path: Path) -> None:
    from remembrancer.queries import Filters

    archive = copied(mill, tmp_path / "copy.zip")
    assert not [name for name in zipfile.ZipFile(archive).namelist() if name.startswith("derived")]
    restore(archive, tmp_path / "again")
    with Office(tmp_path / "again") as office:
        assert office.body().search(PUBLIC, "wheel", Filters())
    assert not list(mill.glob(".backup-*"))
