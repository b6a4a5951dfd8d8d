"""A copy of a whole office, made while it is used, and an office made of the copy.

The copy is a .zip of the office's own files. What is derived is left out and is made again. Of each record the blobs go
first and its database last: what the database names is then among the blobs, but for what an entry in it says was
removed. The copy is confidential: it holds what is closed, and the accounts. The keys that sign the record's heads, the
secrets of the served office and the passwords in its settings go only where that is asked for.

A record whose signing key was left out signs with a new one once it is restored; its old heads still hold.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath

import apsw

from remembrancer.model import Exit, Fault, Principal, Sha256
from remembrancer.office import SETTINGS, Office
from remembrancer.office.founding import require_everywhere
from remembrancer.record import keys
from remembrancer.record.archive import zipped
from remembrancer.record.blobs import DirectoryBlobs
from remembrancer.record.entries import blobs_of
from remembrancer.record.log import Log, SystemClock, origin_of
from remembrancer.record.sqlite import SQLiteStore
from remembrancer.record.verify import REMOVALS, removed_by
from remembrancer.saying import Sentence, joined

PIECE = 1024 * 1024
ATTEMPTS = 10
"""How often a record is copied anew because something was removed from it meanwhile."""

MARKER = "removal-restored.pending"
"""Lies beside a restored record, so that whoever opens it first completes removals that the copy was made during."""

ACCOUNTS, WORK, SECRETS, INCOMING = "accounts.db", "work.db", "web", "incoming"

Part = tuple[str, bytes | Iterator[bytes]]


def backup(office: Office, principal: Principal, with_keys: bool = False) -> Iterator[bytes]:
    """The pieces of the copy. Only who owns every body may have it."""
    require_everywhere(office, principal, Sentence("copy the office"))
    slugs = [each.slug for each in office.bodies()]
    return zipped(_files(office.directory, slugs, with_keys))


def _files(directory: Path, slugs: list[str], with_keys: bool) -> Iterator[Part]:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=directory) as made:
        folder = Path(made)
        yield SETTINGS, _settings(directory / SETTINGS, with_keys)
        for slug in slugs:
            yield from _body(directory / "bodies" / slug, f"bodies/{slug}", folder, with_keys)
        yield from _others(directory, INCOMING)
        if with_keys:
            yield from _others(directory, SECRETS)
        if (directory / WORK).exists():
            _copy_work(directory / WORK, folder / WORK)
            yield WORK, _pieces(folder / WORK)
        if (directory / ACCOUNTS).exists():
            _copy_accounts(directory / ACCOUNTS, folder / ACCOUNTS)
            yield ACCOUNTS, _pieces(folder / ACCOUNTS)


def _settings(path: Path, with_keys: bool) -> bytes:
    """The settings, without their passwords unless keys go too."""
    import tomlkit

    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    web = document.get("web", {})
    if not with_keys:
        web.pop("mail", None)
        web.get("oidc", {}).pop("secret", None)
    return tomlkit.dumps(document).encode()


def _body(directory: Path, name: str, folder: Path, with_keys: bool) -> Iterator[Part]:
    copy, blobs, sent = folder / "record.db", DirectoryBlobs(directory / "blobs"), set[Sha256]()
    for _ in range(ATTEMPTS):
        _copy_work(directory / "record.db", copy)
        named, removed = _blobs_in(copy, directory.name)
        missing = set[Sha256]()
        for sha in sorted(named - sent):
            try:
                data = blobs.get(sha)
            except KeyError:
                missing.add(sha)
                continue
            sent.add(sha)
            yield f"{name}/blobs/{sha[:2]}/{sha[2:4]}/{sha}", data
        if missing <= removed:
            break  # What is not there was removed before the database was copied.
    yield f"{name}/record.db", _pieces(copy)
    for path in sorted((directory / "keys").glob("*")):
        if with_keys or path.suffix == ".vkey":
            yield f"{name}/keys/{path.name}", path.read_bytes()
    yield f"{name}/{MARKER}", b""


def _blobs_in(copy: Path, slug: str) -> tuple[set[Sha256], set[Sha256]]:
    """The blobs that a copied record names, and those that it says were removed."""
    named, removed = set[Sha256](), set[Sha256]()
    with Log(SQLiteStore(copy), DirectoryBlobs(copy.parent), None, SystemClock(), slug) as log:
        for entry in log.entries():
            named.update(blobs_of(entry))
            if entry.kind in REMOVALS:
                removed.update(removed_by(entry).blobs)
    return named, removed


def _copy_work(source: Path, target: Path) -> None:
    """A database of SQLite as it stands at one moment, while others write to it."""
    target.unlink(missing_ok=True)
    with (
        closing(apsw.Connection(str(source))) as one,
        closing(apsw.Connection(str(target))) as other,
        other.backup("main", one, "main") as copying,
    ):
        while not copying.done:
            copying.step(-1)


def _copy_accounts(source: Path, target: Path) -> None:
    """The same, with the library that Django uses for the file: two would undo each other's locks."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _others(directory: Path, name: str) -> Iterator[Part]:
    """Plain files under a folder; what goes meanwhile is left out."""
    for path in sorted((directory / name).rglob("*")):
        if path.is_file():
            with suppress(FileNotFoundError):
                yield path.relative_to(directory).as_posix(), path.read_bytes()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def restore(archive: Path, directory: Path) -> None:
    """Make an office of a copy, all or nothing, and verify every record in it. A Fault where the copy is none or does
    not hold, or where ``directory`` holds anything."""
    if directory.exists() and any(directory.iterdir()):
        raise Fault(
            Exit.REFUSED,
            Sentence("%(directory)s is not empty.", directory=directory),
            Sentence("Name a new directory, or an empty one."),
        )
    directory.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=".restore-", dir=directory.parent))
    try:
        _unpack(archive, workshop)
        _check(workshop)
        if directory.exists():
            directory.rmdir()
        workshop.rename(directory)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _unpack(archive: Path, directory: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as files:
            for name in files.namelist():
                _place(directory, name).parent.mkdir(parents=True, exist_ok=True)
                with files.open(name) as packed, _place(directory, name).open("wb") as file:
                    shutil.copyfileobj(packed, file, PIECE)
    except (OSError, zipfile.BadZipFile) as error:
        raise Fault(
            Exit.UNREADABLE,
            Sentence("%(file)s cannot be unpacked: %(error)s.", file=archive, error=error),
            Sentence("Name a copy of an office."),
        ) from error
    for secret in (*directory.glob(f"bodies/*/keys/{keys.SIGNER}"), *directory.glob(f"{SECRETS}/*")):
        secret.chmod(0o600)


def _place(directory: Path, name: str) -> Path:
    """Where a file of a copy goes; a Fault where that would be outside the office."""
    parts = PurePosixPath(name).parts
    if not parts or "\\" in name or ":" in name or any(part in ("..", "/") for part in parts):
        raise Fault(
            Exit.UNREADABLE,
            Sentence("%(file)s has no place in an office.", file=repr(name)),
            Sentence("Name a copy that backup made."),
        )
    return directory.joinpath(*parts)


def _check(directory: Path) -> None:
    """Give records without a signing key a new one, and verify each."""
    with Office(directory) as office:
        for body in office.bodies():
            kept = directory / "bodies" / body.slug / "keys"
            if not (kept / keys.SIGNER).exists():
                keys.create_signer(kept, origin_of(body.slug))
            verdict = office.body(body.slug).verify()
            if verdict.problem is not None:
                told = joined(": ", (verdict.problem.where, verdict.problem.message))
                raise Fault(
                    Exit.CHECK_FAILED,
                    Sentence("The copy does not hold: %(what)s.", what=told),
                    Sentence("Restore another copy."),
                )
