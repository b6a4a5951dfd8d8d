"""Blobs in a directory, by SHA-256: ``ab/cd/abcd...`` under it, 64 lower-case hex digits each.

A blob is written beside its place, synced, renamed into it, and the directory synced, so that after a
power cut it is there whole or not at all, and whatever an entry names is there.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from remembrancer.model import Sha256

_is_name = re.compile(r"[0-9a-f]{64}").fullmatch


class Files(Protocol):
    """What a directory of blobs asks of a file system; ``testing`` has one that forgets the unsynced."""

    def make_directory(self, path: Path) -> None:
        """With its parents; nothing if it is there."""

    def write(self, path: Path, data: bytes) -> None: ...

    def sync(self, path: Path) -> None:
        """What a file holds is durable on return."""

    def sync_directory(self, path: Path) -> None:
        """Which names a directory holds is durable on return."""

    def rename(self, old: Path, new: Path) -> None:
        """Replaces ``new`` if it is there."""

    def read(self, path: Path) -> bytes:
        """FileNotFoundError if absent."""

    def remove(self, path: Path) -> None:
        """FileNotFoundError if absent."""

    def listing(self, path: Path) -> list[str]:
        """The names in a directory, none if it is absent."""


class LocalFiles:
    """The file system of this machine."""

    def make_directory(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)

    def sync(self, path: Path) -> None:
        with path.open("r+b") as file:
            _sync(file.fileno())

    def sync_directory(self, path: Path) -> None:
        """Windows has no such call: there NTFS keeps the rename in its own journal."""
        if os.name == "nt":
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            _sync(descriptor)
        finally:
            os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        old.replace(new)

    def read(self, path: Path) -> bytes:
        with path.open("rb", buffering=0) as file:
            return file.readall()

    def remove(self, path: Path) -> None:
        path.unlink()

    def listing(self, path: Path) -> list[str]:
        return sorted(entry.name for entry in path.iterdir()) if path.is_dir() else []


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":  # fsync there leaves the bytes in the drive's cache
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


class DirectoryBlobs:
    """``ports.Blobs`` in a directory, which is made when the first blob comes."""

    def __init__(self, path: Path, files: Files | None = None) -> None:
        self._path = path
        self._files = files or LocalFiles()
        self._durable: set[Path] = set()

    def _place(self, name: Sha256) -> Path:
        if not _is_name(name):
            raise KeyError(name)
        return self._path.joinpath(name[:2], name[2:4], name)

    def put(self, data: bytes) -> Sha256:
        """Also mends a blob whose stored bytes no longer match its name."""
        name = sha256(data).hexdigest()
        place = self._place(name)
        self._make_durable_directory(place.parent)
        if not self._holds(place, data):
            part = place.with_name(f".{name}.{secrets.token_hex(4)}.part")
            self._files.write(part, data)
            self._files.sync(part)
            self._files.rename(part, place)
        self._files.sync_directory(place.parent)
        return name

    def _holds(self, place: Path, data: bytes) -> bool:
        try:
            return self._files.read(place) == data
        except FileNotFoundError:
            return False

    def _make_durable_directory(self, path: Path) -> None:
        """Sync each parent once in this process: another's new directory may not be durable yet."""
        self._files.make_directory(path)
        for directory in (self._path, path.parent, path):
            if directory not in self._durable:
                self._files.sync_directory(directory.parent)
                self._durable.add(directory)

    def get(self, sha256: Sha256) -> bytes:
        try:
            return self._files.read(self._place(sha256))
        except FileNotFoundError:
            raise KeyError(sha256) from None

    def has(self, sha256: Sha256) -> bool:
        place = self._place(sha256)
        return place.name in self._files.listing(place.parent)

    def remove(self, sha256: Sha256) -> None:
        """Durably gone on return, with what an interrupted write left of it; nothing if it was absent."""
        place = self._place(sha256)
        for name in self._files.listing(place.parent):
            if name == sha256 or name.startswith(f".{sha256}."):
                with suppress(FileNotFoundError):
                    self._files.remove(place.parent / name)
                self._files.sync_directory(place.parent)

    def names(self) -> Iterator[Sha256]:
        for first in self._files.listing(self._path):
            for second in self._files.listing(self._path / first):
                yield from filter(_is_name, self._files.listing(self._path / first / second))
