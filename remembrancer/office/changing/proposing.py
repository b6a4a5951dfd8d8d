"""A house proposed from documents, beside what it would change: what is found in them without it and with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from remembrancer.office.changing.keeping import File, guess_house
from remembrancer.read import house as houses
from remembrancer.record.intake import digest
from remembrancer.record.readings import decode

COMPARED = 20
"""Files that are read both ways; of more, every so many."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is found in some documents; ``told`` of ``letters`` stand in a speech or under an item."""

    sittings: int = 0
    items: int = 0
    speeches: int = 0
    attendance: int = 0
    findings: int = 0
    told: int = 0
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A house as TOML, empty where nothing was found, and what so many documents hold without and with it."""

    toml: str
    compared: int
    without: Counts
    with_it: Counts


def propose(files: Sequence[File]) -> Proposal:
    """What the files themselves show of how they are written."""
    toml = guess_house(files)
    if houses.parse(toml) == houses.DEFAULT:
        return Proposal("", 0, Counts(), Counts())
    return compare(files, toml)


def compare(files: Sequence[File], toml: str, before: str = "") -> Proposal:
    """What is found in files under the house ``before`` and under another; a Fault where either is no house."""
    chosen = files[:: -(-len(files) // COMPARED) or 1]
    return Proposal(toml, len(chosen), counted(chosen, before), counted(chosen, toml))


def counted(files: Sequence[File], toml: str) -> Counts:
    """What is found in all of these files under a house."""
    house = houses.parse(toml) if toml else houses.DEFAULT
    every = [astuple(_counted(file, house)) for file in files]
    return Counts(*map(sum, zip(*every, strict=True))) if every else Counts()


def _counted(file: File, house: houses.House) -> Counts:
    read = digest(file.path.read_bytes(), file.recorded, house)
    told, account = decode(read.proceedings), read.account
    return Counts(
        len(told.sittings),
        len(told.items),
        len(told.speeches),
        sum(len(each.attendance) for each in told.sittings),
        len(told.findings),
        account.in_speech + account.in_item,
        account.letters - account.markup,
    )
