"""How an office is: what it holds, whether what is derived follows the record, what room is left."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import apsw

from remembrancer.model import Principal
from remembrancer.office import Office, embedding
from remembrancer.office.bureau import Bureau, require
from remembrancer.saying import Sentence


class Sizes(NamedTuple):
    """Bytes: of the body's log, of its blobs, of what is derived from them; of what changes, of the accounts; what
    is free on the disk."""

    log: int
    blobs: int
    derived: int
    work: int
    accounts: int
    free: int


class Following(NamedTuple):
    """How many entries the record has, and how many of them the catalog and each index follow."""

    entries: int
    catalog: int
    open_index: int
    closed_index: int

    @property
    def behind(self) -> bool:
        return min(self) < self.entries


class Health(NamedTuple):
    sizes: Sizes
    following: Following
    vectors: embedding.State
    versions: tuple[tuple[str, str], ...]


def health(office: Office, bureau: Bureau, principal: Principal) -> Health:
    """How the office and one of its bodies are. What is behind is brought up when somebody next searches."""
    require(principal, "found", Sentence("see how the office is"))
    following = _following(bureau)
    return Health(_sizes(office, bureau), following, embedding.state(bureau), _versions())


def _following(bureau: Bureau) -> Following:
    entries, catalog = bureau.log.size(), bureau.catalog
    return Following(entries, catalog.caught_up(), catalog.indexed("open"), catalog.indexed("closed"))


def _sizes(office: Office, bureau: Bureau) -> Sizes:
    own = office.directory / "bodies" / bureau.slug
    return Sizes(
        log=_size(own, "record.db*"),
        blobs=_size(own / "blobs", "**/*"),
        derived=_size(office.directory / "derived" / bureau.slug, "**/*"),
        work=_size(office.directory, "work.db*"),
        accounts=_size(office.directory, "accounts.db*"),
        free=shutil.disk_usage(office.directory).free,
    )


def _size(directory: Path, pattern: str) -> int:
    """The bytes of files, of those that are still there when they are looked at."""
    total = 0
    for path in directory.glob(pattern):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total


def _versions() -> tuple[tuple[str, str], ...]:
    own = (("remembrancer", version("remembrancer")), ("Python", platform.python_version()))
    return (*own, ("SQLite", apsw.sqlite_lib_version()), (platform.system(), platform.release()))
