"""An invented body for tests of who is let in and told what: open minutes, and a document of each closed class.

Every word of ``SECRETS`` stands in the document of its class alone, in its path too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import granting
from remembrancer.office.changing.keeping import File, classify, take_in
from remembrancer.office.desk import requests
from remembrancer.office.registers.registered import Registered
from remembrancer.office.showing import shown
from remembrancer.testing import FixedClock

SLUG = "weald-commons"
READS: Mapping[str, frozenset[str]] = {
    "": frozenset(),
    "public": frozenset(),
    "member": frozenset(("existence", "members")),
    "officer": frozenset(("existence", "members")),
    "chair": frozenset(("existence", "members")),
    "clerk": frozenset(("existence", "members", "role:clerk")),
    "auditor": frozenset(),
    "owner": frozenset(("existence", "members", "role:clerk", "hidden")),
}
"""Each role, nobody first, and the closed classes that it reads; written by hand."""

SECRETS: Mapping[str, tuple[str, str, str]] = {
    "existence": ("Marjoram", "Tormentil", "2024/71"),
    "members": ("Quillwort", "Oxlip", "2024/72"),
    "role:clerk": ("Zedoary", "Yarrow", "2024/73"),
    "hidden": ("Sorrelhurst", "Nightshade", "2024/74"),
}
"""Of each closed class the matter, the surname and the number that stand nowhere else."""

TITLE, GROUND = "A matter of staff", "standing order 9"
HOUSE = r"""
language = "en"

[sitting]
path = ['(?P<key>(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}))\.\w+$']

[authority]
"minutes/*" = "approved"
"""
OPEN = {
    "minutes/2024-03-05.md": """# Weald Commons, 5 March 2024

Present: Ada Quill (chair), Ben Rook, Cleo Tarn

## 1. Pond fence

Moved by Ben Rook, seconded by Cleo Tarn: That £1,200 be allocated for a fence at the pond.

Recorded vote

For (2): Ben Rook, Cleo Tarn

Against (1): Ada Quill

RESOLVED 2024/3: That £1,200 be allocated for a fence at the pond.

**Ben Rook:** I support the fence because the geese of the pond walk into the road.

ACTION: Cleo Tarn to ask three makers for the price of a fence by 1 May 2024.
""",
    "minutes/2024-04-09.md": """# Weald Commons, 9 April 2024

Present: Ada Quill (chair), Ben Rook

## 1. Pond fence

Moved by Ada Quill, seconded by Ben Rook: That Resolution 2024/3 is repealed with effect from 1 June 2024.

Carried unanimously.

RESOLVED 2024/5: That Resolution 2024/3 is repealed with effect from 1 June 2024.

**Ada Quill:** The fence of the pond would keep the children out, and the geese fly anyway.
""",
}
CLOSED = """# Weald Commons, {day}

Present: Ada Quill (chair), Ben Rook, Ines {who}

## 1. Pond fence

**Ines {who}:** The fence of the pond is a fence for geese, and Ben Rook told us that the {what} was under it.

## 2. {what} contract

Moved by Ines {who}, seconded by Ada Quill: That Resolution 2024/5 is repealed and the {what} contract be signed.

Recorded vote

For (2): Ines {who}, Ada Quill

Against (1): Ben Rook

RESOLVED {number}: That Resolution 2024/5 is repealed and the {what} contract be signed.

ACTION: Ben Rook to sign the {what} contract by 1 July 2024.
"""
KNOWN = """# Weald Commons, 18 June 2024

Present: Ada Quill (chair), Ben Rook

## 1. Pond fence

**Ben Rook:** The geese are back at the pond.

## 2. Saffron contract

Moved by Ben Rook, seconded by Ada Quill: That Ines Pennywort be dismissed and the saffron contract be ended.

Carried unanimously.

RESOLVED 2024/81: That Ines Pennywort be dismissed and the saffron contract be ended.

**Ben Rook:** The saffron was paid for by Ines Pennywort twice.
"""
KNOWN_WORDS = ("affron", "Pennywort", "2024/81", "dismissed", "paid for")
"""What of it nobody but its readers may be told."""

DAYS = {"members": "2024-03-05", "existence": "2024-05-07", "role:clerk": "2024-05-21", "hidden": "2024-06-04"}
"""When each closed document says that it was; one is of the day of an open one, of the same sitting."""


class Thing(NamedTuple):
    """What a closed document holds, by the kinds of things that have an id; ``entry`` is that of its source."""

    decision: str
    matter: str
    motion: str
    vote: str
    action: str
    person: str
    speech: str
    source: str
    entry: int


def founded(directory: Path, closed: bool) -> Path:
    """An office of the body, with the closed documents or without; both began at the same time."""
    with Office.create(directory / "office", "Weald Commons", HOUSE, FixedClock("2024-07-01T12:00:00Z")) as office:
        bureau = office.body()
        for name, text in OPEN.items():
            _read(bureau, directory, name, text, "open")
        if closed:
            for visibility, day in DAYS.items():
                _read(bureau, directory, f"{SECRETS[visibility][0]}/{day}.md", _closed(visibility), visibility)
            requests.open_(bureau, OWNER, "foi", "Somebody", "What of the fence?", "", "")
        bureau.catch_up()
    return directory / "office"


def with_a_known_item(directory: Path) -> Path:
    """The office with open minutes of which one item may only be known to exist."""
    with Office(founded(directory, closed=True)) as office:
        bureau = office.body()
        _read(bureau, directory, "minutes/2024-06-18.md", KNOWN, "open")
        for seen in list(bureau.all_seen(OWNER)):
            for item in bureau.view(seen).proceedings.items:
                if "Saffron" in item.title:
                    classify(bureau, OWNER, item.id, "existence", TITLE, GROUND)
        bureau.catch_up()
    return directory / "office"


def with_a_known_document(directory: Path) -> Path:
    """The office with closed documents, of one of which everybody may know that it exists."""
    with Office(founded(directory, closed=True)) as office:
        bureau = office.body()
        what, _who, _number = SECRETS["existence"]
        [known] = [each for each in shown.sources(bureau, OWNER) if what in each.path]
        classify(bureau, OWNER, known.id, "existence", TITLE, GROUND)
        bureau.catch_up()
    return directory / "office"


def _closed(visibility: str) -> str:
    what, who, number = SECRETS[visibility]
    return CLOSED.format(day=DAYS[visibility], what=what, who=who, number=number)


def _read(bureau: Bureau, directory: Path, name: str, text: str, visibility: str) -> None:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    list(take_in(bureau, OWNER, [File(path, name)], visibility=visibility))


def grant_roles(directory: Path) -> None:
    """Have the accounts of the demo's roles hold the same roles here."""
    from remembrancer.interfaces.web.accounts.models import Account

    with Office(directory) as office:
        for role in READS:
            if role not in ("", "public"):
                account = Account.objects.get(email=f"{role}@larkenford.example")
                granting.grant(office.body(), OWNER, account.principal, role, name=account.name)


def things(directory: Path) -> dict[str, Thing]:
    """What the document of each closed class holds."""
    with Office(directory) as office:
        return {visibility: _thing(office.body(), *told) for visibility, told in SECRETS.items()}


def _thing(bureau: Bureau, what: str, who: str, number: str) -> Thing:
    register = Registered(bureau, OWNER).register
    decision = next(row for row in register.decisions if row.number == number)
    source = next(each for each in shown.sources(bureau, OWNER) if what in each.path)
    return Thing(
        decision.id,
        decision.matter,
        decision.motion,
        decision.vote,
        next(row.id for row in register.actions if row.matter == decision.matter),
        next(row.id for row in register.people if row.name.endswith(who)),
        next(_speeches(bureau, what)),
        source.id,
        next(each.number for each in bureau.log.entries() if each.kind == "source" and what in str(each.payload)),
    )


def _speeches(bureau: Bureau, what: str) -> Iterator[str]:
    for seen in bureau.all_seen(OWNER):
        for speech in bureau.view(seen).proceedings.speeches:
            if what in seen.source.path:
                yield speech.id


def secrets_from(role: str) -> tuple[bytes, ...]:
    """The words that nobody of a role may be told."""
    closed = (told for visibility, told in SECRETS.items() if visibility not in READS[role])
    return tuple(word.encode() for told in closed for word in told)


@contextmanager
def serving(directory: Path, patch: Any) -> Iterator[None]:
    """Have Django's test client served from an office; jobs wait."""
    from remembrancer.interfaces.web.pages import convening, owning, uploading
    from remembrancer.interfaces.web.serving import events, opened, streaming
    from remembrancer.interfaces.web.serving.lending import Lender

    lender = Lender(directory)
    for module in (opened, streaming, events, uploading):
        patch.setattr(module, "lender", lambda: lender)
    for page in (owning, convening, uploading):
        patch.setattr(page, "carrier", Idle)
    try:
        yield
    finally:
        lender.close()


class Idle:
    """Begins nothing."""

    def begin(self) -> None:
        """As if the process were beginning."""
