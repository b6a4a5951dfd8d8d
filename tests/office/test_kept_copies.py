"""Laws of copies in a directory: the latest stay, nothing else is touched, and only a whole copy is called one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from remembrancer.model import OWNER, PUBLIC, Exit, Fault
from remembrancer.office import SETTINGS, Office
from remembrancer.office.running import carrying, kept_copies
from remembrancer.office.running.backup import restore
from remembrancer.office.running.kept_copies import Place


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office.create(tmp_path / "office", "Weir Board") as made:
        yield made


def set_to(office: Office, lines: str) -> None:
    path = office.directory / SETTINGS
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[backup]\n{lines}\n", encoding="utf-8")
    office.refresh()


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_the_latest_copies_stay_and_what_is_no_copy_is_left_alone(office: Office, tmp_path: Path) -> None:
    place = Place(tmp_path / "copies", 2)
    place.directory.mkdir()
    for name in ("office-20200101T000000Z.zip", "office-20210101T000000Z.zip", "office.zip", "letters.zip"):
        (place.directory / name).write_bytes(b"")
    first = kept_copies.copy_into(office, OWNER, place)
    assert first.removed == ("office-20200101T000000Z.zip",)
    second = kept_copies.copy_into(office, OWNER, place)
    assert second.removed == ("office-20210101T000000Z.zip",)
    assert [each.name for each in kept_copies.copies(place)] == [second.file.name, first.file.name]
    assert names(place.directory) == sorted([first.file.name, second.file.name, "office.zip", "letters.zip"])
    restore(second.file, tmp_path / "again")


def test_a_copy_that_is_interrupted_leaves_nothing_and_removes_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path / "copies", 1)
    made = kept_copies.copy_into(office, OWNER, place)

    def broken(*_: object) -> Iterator[bytes]:
        yield b"half of it"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_copies, "backup", broken)
    with pytest.raises(Fault, match="No space left") as told:
        kept_copies.copy_into(office, OWNER, place)
    assert told.value.exit_code is Exit.UNAVAILABLE
    assert names(place.directory) == [made.file.name]


def test_nobody_but_the_owner_of_every_body_has_a_copy_made(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Fault):
        kept_copies.copy_into(office, PUBLIC, Place(tmp_path / "copies", 1))
    with pytest.raises(Fault):
        kept_copies.ask_to_copy(office, office.body().slug, PUBLIC)
    assert not (tmp_path / "copies").exists()


def test_a_job_makes_a_copy_where_the_settings_say(office: Office) -> None:
    assert kept_copies.place(office) is None
    set_to(office, 'into = "copies"\nkeep = 3')
    assert kept_copies.place(office) == Place(office.directory / "copies", 3)
    slug = office.body().slug
    number = kept_copies.ask_to_copy(office, slug, OWNER)
    assert carrying.carry_all(office) == 1
    told = office.work.jobs.job(slug, number)
    assert (told.state, names(office.directory / "copies")) == ("done", [told.result["file"]])


@pytest.mark.parametrize("lines", ["into = 3", 'into = "copies"\nkeep = 0', 'into = "copies"\nkeep = true'])
def test_settings_that_make_no_sense_are_told(office: Office, lines: str) -> None:
    set_to(office, lines)
    with pytest.raises(Fault, match="how many copies"):
        kept_copies.place(office)
