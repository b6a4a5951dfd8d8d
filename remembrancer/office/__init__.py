"""An office: a directory with the records of one or more bodies; the one place where the rooms are wired.

::

    remembrancer.toml           format = 1, and which bodies
    bodies/SLUG/record.db       the log         bodies/SLUG/blobs/   by SHA-256       bodies/SLUG/keys/
    derived/SLUG/               catalog and indexes: may be deleted at any time and are rebuilt
    work.db                     what changes and is no record: watches

Every read takes a principal and shows what ``access.may`` lets that principal see, no more.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple, Self, TypedDict

from anyascii import anyascii

from remembrancer.model import Exit, Fault
from remembrancer.office.bureau import Bureau
from remembrancer.office.working import Work
from remembrancer.ports import Clock
from remembrancer.record.log import Log, check_slug
from remembrancer.saying import Sentence

FORMAT = 1
SETTINGS = "remembrancer.toml"
RESERVED = frozenset(("account", "api", "healthy", "identity", "look", "mcp", "static"))
"""Addresses of an office that is served, under which no body can be reached."""


class BodyName(NamedTuple):
    """A body by its slug, which is its directory's name, and its full name."""

    slug: str
    name: str


class Office:
    """The bodies of one directory, each opened when first asked for."""

    def __init__(self, directory: Path, clock: Clock | None = None) -> None:
        """Open an office. A Fault if there is none, or if it is of a later format."""
        self.directory = directory
        self._clock = clock
        self._open: dict[str, Bureau] = {}
        self._work: Work | None = None
        self._settings = _settings(directory)
        self.made_elsewhere: Callable[[], bool] = lambda: False
        """As in ``Bureau``."""

    @classmethod
    def create(cls, directory: Path, name: str, house: str = "", clock: Clock | None = None) -> Self:
        """A new office with its first body; a Fault if the directory holds one already."""
        slug_of(name)
        office = cls.create_empty(directory, clock)
        office.add_body(name, house)
        return office

    @classmethod
    def create_empty(cls, directory: Path, clock: Clock | None = None) -> Self:
        """A new office without a body, to import one into; a Fault if the directory holds anything already."""
        if (directory / SETTINGS).exists():
            raise Fault(
                Exit.REFUSED,
                Sentence("There is an office in %(directory)s already.", directory=directory),
                Sentence("Use bodies add for another body."),
            )
        if directory.exists() and any(directory.iterdir()):
            raise Fault(
                Exit.REFUSED,
                Sentence("%(directory)s is not empty.", directory=directory),
                Sentence("Name a new directory, or an empty one."),
            )
        directory.mkdir(parents=True, exist_ok=True)
        (directory / SETTINGS).write_text(f"format = {FORMAT}\n\n[bodies]\n", encoding="utf-8")
        return cls(directory, clock)

    def refresh(self) -> None:
        """Read the settings again, where another process or another opening of the office may have added a body."""
        self._settings = _settings(self.directory)
        for bureau in self._open.values():
            bureau.language_model = self._settings["language_model"]

    @property
    def web(self) -> Mapping[str, Any]:
        """The table ``[web]`` of the settings, for who serves the office."""
        return self._settings["web"]

    @property
    def backups(self) -> Mapping[str, Any]:
        """The table ``[backup]`` of the settings; see ``office.running.kept_copies``."""
        return self._settings["backup"]

    def bodies(self) -> list[BodyName]:
        """Every body of the office, in the order they were added."""
        return [BodyName(slug, name) for slug, name in self._settings["bodies"].items()]

    def add_body(self, name: str, house: str = "") -> Bureau:
        """Found the record of another body. A Fault if there is one of that name."""
        slug = slug_of(name)
        if slug in self._settings["bodies"]:
            raise Fault(
                Exit.REFUSED,
                Sentence("There is a body %(slug)s already.", slug=slug),
                Sentence("Give this one another name."),
            )
        if slug in RESERVED:
            raise Fault(
                Exit.REFUSED,
                Sentence("A body cannot be called %(slug)s: the office needs it.", slug=slug),
                Sentence("Use its full name."),
            )
        Log.create(self._body(slug), self._clock).close()
        self.enter(slug, name)
        bureau = self.body(slug)
        bureau.found(name, house)
        return bureau

    def import_body(self, exported: Path) -> Bureau:
        """Restore a body from an export. A Fault if the export does not verify or the body is here already."""
        from remembrancer.record.export import import_

        slug = _slug_of_export(exported)
        if slug in self._settings["bodies"]:
            raise Fault(
                Exit.REFUSED,
                Sentence("There is a body %(slug)s already.", slug=slug),
                Sentence("Import it into a new office."),
            )
        import_(exported, self._body(slug), self._clock).close()
        self.enter(slug, slug)
        bureau = self.body(slug)
        self.enter(slug, bureau.name())
        return bureau

    def body(self, slug: str = "") -> Bureau:
        """The bureau of a body; without a slug that of the only one."""
        chosen = self._choose(slug)
        if chosen not in self._open:
            log = Log.open(self._body(chosen), self._clock)
            bureau = self._open[chosen] = Bureau(log, self.directory / "derived" / chosen)
            bureau.language_model = self._settings["language_model"]
            bureau.forget_told = partial(self._forget_told, chosen)
            bureau.made_elsewhere = self.made_elsewhere
        return self._open[chosen]

    @property
    def work(self) -> Work:
        """What the office keeps that changes and is no record."""
        if self._work is None:
            self._work = Work(self.directory / "work.db")
        return self._work

    def close(self) -> None:
        for bureau in self._open.values():
            bureau.close()
        self._open = {}
        if self._work is not None:
            self._work.close()
            self._work = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Bureau]:
        return (self.body(name.slug) for name in self.bodies())

    def _body(self, slug: str) -> Path:
        return self.directory / "bodies" / slug

    def _forget_told(self, slug: str) -> None:
        """Drop the words of the answers that the watches of a body gave before."""
        if self._work is not None or (self.directory / "work.db").exists():
            self.work.forget_answers(slug)

    def _choose(self, slug: str) -> str:
        slugs = [name.slug for name in self.bodies()]
        if slug and slug not in slugs:
            raise Fault(
                Exit.USAGE,
                Sentence("There is no body %(slug)s in this office.", slug=repr(slug)),
                Sentence("There is: %(list)s.", list=", ".join(slugs)),
            )
        if not slugs:
            raise Fault(
                Exit.USAGE,
                Sentence("This office keeps no body yet."),
                Sentence("Add one: remembrancer bodies add NAME."),
            )
        if not slug and len(slugs) != 1:
            raise Fault(
                Exit.USAGE,
                Sentence("This office keeps several bodies."),
                Sentence("Name one with --body: %(list)s.", list=", ".join(slugs)),
            )
        return slug or slugs[0]

    def enter(self, slug: str, name: str) -> None:
        """Note in the settings what a body is called."""
        import tomlkit  # Only who writes the settings needs it.

        path = self.directory / SETTINGS
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
        document["bodies"][slug] = name
        path.write_text(tomlkit.dumps(document), encoding="utf-8")
        self._settings = _settings(self.directory)


def slug_of(name: str) -> str:
    """The slug of a body's name: ``Conseil municipal de Nîmes`` becomes ``conseil-municipal-de-nimes``."""
    return check_slug(re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:64].strip("-"))


class _Settings(TypedDict):
    """``bodies``: slug to name; ``backup``: see ``office.running.kept_copies``; ``language_model``: see
    ``office.asking.consulting``; ``web``: see ``interfaces.web.settings``; empty where there is none."""

    bodies: dict[str, str]
    backup: dict[str, Any]
    language_model: dict[str, str]
    web: dict[str, Any]


def _settings(directory: Path) -> _Settings:
    path = directory / SETTINGS
    if not path.exists():
        raise Fault(
            Exit.UNREADABLE,
            Sentence("There is no office in %(directory)s.", directory=directory),
            Sentence(
                "Make one with: remembrancer init OFFICE --body NAME; or name yours with -o or REMEMBRANCER_OFFICE."
            ),
        )
    try:
        read = _parsed(path.read_bytes())
    except tomllib.TOMLDecodeError as error:
        raise Fault(
            Exit.UNREADABLE,
            Sentence("%(file)s: not valid TOML: %(error)s", file=path, error=error),
            Sentence("Correct the line named above."),
        ) from error
    if read.get("format") != FORMAT:
        raise Fault(
            Exit.REFUSED,
            Sentence(
                "The office in %(directory)s has format %(found)s; this program knows %(known)s.",
                directory=directory,
                found=read.get("format"),
                known=FORMAT,
            ),
            Sentence("Install the version of remembrancer that made it, or a later one."),
        )
    tables = {name: dict(read.get(name, {})) for name in ("bodies", "backup", "language_model", "web")}
    return _Settings(
        bodies=tables["bodies"],
        backup=tables["backup"],
        language_model=tables["language_model"],
        web=tables["web"],
    )


@lru_cache(8)
def _parsed(written: bytes) -> Mapping[str, Any]:
    """Settings as they are written: whoever serves an office reads them for every page, and they seldom change."""
    return tomllib.loads(written.decode())


def _slug_of_export(exported: Path) -> str:
    from remembrancer.record.export import ExportedStore

    return check_slug(str(ExportedStore(exported).about().get("body", "")))
