"""Copies of the office in a directory: each by the moment it was made, the latest of them kept.

The settings name the directory, and how many are kept::

    [backup]
    into = "/mnt/copies"        # or relative to the office
    keep = 14

A copy is written under a name that says it is none yet, and gets its own when every byte is on the disk: one that was
interrupted is never taken for a copy. Only what has a copy's name is ever removed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp
from typing import Any, NamedTuple

from remembrancer.model import Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Progress
from remembrancer.office.changing.incoming import Outcome
from remembrancer.office.founding import require_everywhere
from remembrancer.office.jobs import Job
from remembrancer.office.running.backup import backup
from remembrancer.record.blobs import LocalFiles
from remembrancer.saying import Sentence

KIND = "backup"
KEPT = 14
"""How many copies are kept where nobody says."""

_NAME = re.compile(r"office-(\d{8}T\d{6}Z)(?:-(\d+))?\.zip")
_UNFINISHED = ".office-"
_FORGOTTEN = 86_400
"""Seconds after which a copy that was not finished is taken for one that never will be."""


class Place(NamedTuple):
    """Where copies go, and how many are kept there."""

    directory: Path
    keep: int


class Kept(NamedTuple):
    """A copy that is kept, with its size in bytes; ``made`` is a moment in UTC."""

    name: str
    size: int
    made: str


class Copied(NamedTuple):
    """What was made: the file, and the names of those that went for it."""

    file: Path
    removed: tuple[str, ...]


def place(office: Office, directory: Path | None = None, keep: int | None = None) -> Place | None:
    """Where copies go: the directory that is named, or that of the settings; None where there is neither. A Fault
    (usage) where the settings are not understood, or none would be kept."""
    told: Mapping[str, Any] = office.backups
    into, kept = told.get("into", ""), told.get("keep", KEPT) if keep is None else keep
    if not isinstance(into, str) or type(kept) is not int or kept < 1:
        raise Fault(
            Exit.USAGE,
            Sentence("It is not said how many copies are kept, and where."),
            Sentence(
                'Write under [backup] in remembrancer.toml: into = "DIRECTORY" and keep = 14, a number from 1 on.'
            ),
        )
    where = directory or (office.directory / into if into else None)
    return Place(where, kept) if where else None


def copy_into(office: Office, principal: Principal, into: Place, with_keys: bool = False) -> Copied:
    """Make a copy in a directory, and let the oldest beyond those to be kept go. Only who owns every body may."""
    pieces = backup(office, principal, with_keys)
    try:
        into.directory.mkdir(parents=True, exist_ok=True)
        _sweep(into.directory)
        made = _written(into.directory, pieces)
    except OSError as error:
        what = Sentence("No copy can be written in %(directory)s: %(error)s.", directory=into.directory, error=error)
        raise Fault(
            Exit.UNAVAILABLE, what, Sentence("See that the directory can be written to and the disk has room.")
        ) from error
    others = [each.name for each in copies(into) if each.name != made.name]
    removed = others[into.keep - 1 :]
    for name in removed:
        (into.directory / name).unlink(missing_ok=True)
    return Copied(made, tuple(removed))


def copies(into: Place) -> list[Kept]:
    """The copies in a directory, the latest first."""
    found = [(named, path.stat()) for path in into.directory.glob("*") if (named := _NAME.fullmatch(path.name))]
    ordered = sorted(found, key=lambda each: (each[0][1], int(each[0][2] or 1)), reverse=True)
    return [Kept(named[0], about.st_size, _moment(about.st_mtime)) for named, about in ordered]


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(directory: Path, pieces: Iterator[bytes]) -> Path:
    descriptor, name = mkstemp(prefix=_UNFINISHED, suffix=".part", dir=directory)  # Only its owner can read it.
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
        disk = LocalFiles()
        disk.sync(unfinished)
        named = _named(directory, unfinished)
        disk.sync_directory(directory)
        return named
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _named(directory: Path, finished: Path) -> Path:
    """The copy under its own name, which no other has."""
    stem = f"office-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for number in range(1, 1000):
        target = directory / (f"{stem}.zip" if number == 1 else f"{stem}-{number}.zip")
        if not target.exists():
            return finished.rename(target)
    raise FileExistsError(stem)


def _sweep(directory: Path) -> None:
    """Remove what was begun long ago and never finished."""
    before = datetime.now(UTC).timestamp() - _FORGOTTEN
    for path in directory.glob(f"{_UNFINISHED}*.part"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def ask_to_copy(office: Office, slug: str, principal: Principal) -> int:
    """Have a copy made in the directory of the settings; the job's number, kept with the body from whose pages it was
    asked for."""
    require_everywhere(office, principal, Sentence("copy the office"))
    return office.work.jobs.add(slug, principal.name, KIND, {})


def carry_out(office: Office, job: Job, progress: Progress) -> Outcome:
    """Carry out: make a copy, as whoever asked may by now."""
    into = place(office)
    if into is None:
        raise Fault(
            Exit.USAGE,
            Sentence("The settings name no directory for copies."),
            Sentence("Write it under [backup] in remembrancer.toml, as into."),
        )
    made = copy_into(office, Principal(job.principal), into)
    return Outcome("done", {"file": made.file.name, "removed": list(made.removed)}, job.told)
