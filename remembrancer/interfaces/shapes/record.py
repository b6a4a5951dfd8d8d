"""The shapes of the record: what was read, what it says, who may see it, how it is proven."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from remembrancer.interfaces.shapes.base import Class, Maybe, Shape, Span
from remembrancer.model import Authority, PassageKind


class Hit(Shape):
    id: str
    kind: PassageKind
    text: str
    place: Maybe
    speaker: Maybe = Field(description="The label as written.")
    sitting: Maybe
    date: Maybe
    item: Maybe
    authority: Authority
    score: float
    path: str
    spans: list[Span]
    window: Span | None = Field(
        description="The six turns around the words, under the same item; null for words that prove a fact."
    )


class Claim(Shape):
    text: str
    chains: list[list[str]] = Field(description="Each from who passes it on to the origin, as written.")
    origins: list[str] = Field(description="The independent origins: ten that repeat one count as one.")
    spans: list[Span]


Scalar = str | int | float


class AttendanceLine(Shape):
    label: str
    person: Maybe
    role: Maybe
    affiliation: Maybe
    present: bool | None
    since: Maybe = Field(serialization_alias="from")
    until: Maybe


class Item(Shape):
    id: str
    number: Maybe
    title: str
    level: int
    parent: Maybe
    visibility: Class = Field(serialization_alias="class")
    ground: Maybe = Field(description="Why it is closed, where only its existence is public.")
    place: Maybe
    spans: list[Span]


class Speech(Shape):
    id: str
    item: Maybe
    speaker: str
    person: Maybe
    time: Maybe
    text: str
    place: Maybe
    spans: list[Span]


class Text(Shape):
    id: str
    item: Maybe
    section: str
    text: str
    place: Maybe
    spans: list[Span]


class Sitting(Shape):
    id: str
    title: Maybe
    dates: list[str]
    venue: Maybe
    authority: Authority
    attendance: list[AttendanceLine]
    items: list[Item]
    speeches: list[Speech]
    texts: list[Text]
    sources: list[str]


class Revision(Shape):
    id: str
    source: str
    authority: Authority


class Element(Shape):
    """An item, a speech or a text in its place; ``under`` is what stands under an item."""

    kind: PassageKind
    element: Item | Speech | Text
    sitting: Maybe
    date: Maybe
    source: str
    path: str
    authority: Authority
    revises: list[Revision]
    revised_by: list[Revision]
    under: list[Speech | Text]


class SittingLine(Shape):
    id: str
    title: Maybe
    dates: list[str]
    venue: Maybe
    items: int
    speeches: int
    authority: Authority
    sources: list[str]


class Source(Shape):
    id: str
    path: str
    authority: Authority
    size: int = Field(description="Bytes; of a source that is closed in part, of what this reader may see of it.")
    media: str
    recorded: str
    visibility: Class | None = Field(serialization_alias="class")
    gone: bool
    reader: str
    rendition: str
    sittings: list[str]
    not_extracted: list[str]
    account: dict[str, int]


class Closed(Shape):
    """What may be known to exist, and no more; it follows on what the reader sees something of."""

    title: str = Field(description="A public title of a document or sitting; nothing of it is shown.")
    ground: str = Field(description="Why it is closed.")


class Person(Shape):
    id: str
    name: str
    labels: list[str]
    roles: list[str]
    affiliations: list[str]
    sittings: int
    speeches: int


class Finding(Shape):
    id: str
    code: str
    source: str
    path: str
    place: Maybe
    span: Span | None
    message: str
    advice: Maybe


class AccountLine(Shape):
    path: str
    source: str
    reader: str
    letters: int
    in_speech: int
    in_item: int
    other: int
    markup: int
    in_findings: int
    not_extracted: list[str]


class ReadFinding(Shape):
    id: str
    code: str
    place: Maybe
    message: str
    advice: Maybe


class ReadFile(Shape):
    path: str
    source: str
    reader: str
    new: bool = Field(description="False where the same reading was in the record already.")
    readable: bool
    sittings: list[str]
    items: int
    speeches: int
    attendance: int
    findings: list[ReadFinding]


class ReadTotals(Shape):
    files: int
    new: int
    unreadable: int
    sittings: int
    items: int
    speeches: int
    attendance: int
    findings: int
    letters: int
    letters_in_speech_or_item: int


class Read(Shape):
    files: list[ReadFile]
    totals: ReadTotals


class Body(Shape):
    slug: str
    name: str


class Founded(Shape):
    office: str
    body: Body


class House(Shape):
    house: str = Field(description="SHA-256 of the TOML; empty for none.")
    toml: str


class Guess(Shape):
    toml: str


class LogLine(Shape):
    number: int
    kind: str
    at: str
    by: str
    visibility: Class = Field(serialization_alias="class")
    state: Literal["shown", "closed", "removed"]
    payload: dict[str, Any] | None


class Problem(Shape):
    part: str
    where: str
    message: str


class Unchecked(Shape):
    source: str
    path: str
    reason: str


class Extraction(Shape):
    checked: int
    different: list[Unchecked]
    unchecked: list[Unchecked]


class Verification(Shape):
    export: Maybe = Field(description="The export that was verified; null for the office's own record.")
    holds: bool
    size: int
    root: str = Field(description="The root of the tree, in hex.")
    heads: int
    blobs: int
    removed_payloads: int
    unchecked_signatures: int
    problem: Problem | None
    extraction: Extraction | None


class Checkpoint(Shape):
    origin: str
    size: int
    root: str = Field(description="In hex.")
    note: str = Field(description="The signed note as C2SP specifies it.")


class Proof(Shape):
    kind: Literal["inclusion", "consistency"]
    entry: int | None
    old_size: int | None
    size: int
    hashes: list[str] = Field(description="In hex, from the leaf's side up.")
    proof: str = Field(description="The whole proof as C2SP specifies it.")


class Blob(Shape):
    sha256: str
    size: int
    encoding: Literal["utf-8", "base64"]
    content: str


class Backup(Shape):
    file: str = Field(description="The copy that was made.")
    removed: list[str] = Field(description="The names of the oldest copies, which went for it.")


class Exported(Shape):
    """The counts are the owner's to know; to others they are null."""

    directory: str
    public: bool
    size: int | None
    payloads: int | None
    closed_payloads: int | None
    blobs: int | None
    closed_blobs: int | None


class Entered(Shape):
    """What a change of the record comes to: the number of the entry that says so."""

    entry: int
    already: bool = Field(description="Whether that entry said so before, and nothing was added.")


class Due(Shape):
    source: str
    path: str
    authority: Authority
    due: str
    period: str
    since: Literal["recorded", "approval"] = Field(serialization_alias="from")


class Disposal(Shape):
    done: bool
    sources: list[Due]


class Hold(Shape):
    entry: int
    at: str
    sources: list[str]
    authorities: list[str]
    everything: bool
    reason: str


class Grant(Shape):
    entry: int
    principal: str
    name: Maybe
    role: str
    since: Maybe = Field(serialization_alias="from", description="The first day; null for always.")
    until: Maybe = Field(serialization_alias="to", description="The last day; null for ever.")
    at: str
    by: str
    holds: bool = Field(description="Whether it holds today.")


class Schedule(Shape):
    authority: Authority
    period: str
    since: Literal["recorded", "approval"] = Field(serialization_alias="from")
    entry: int | None = Field(description="Null for a default.")


class Fault(Shape):
    code: Literal["check-failed", "usage", "refused", "unreadable", "unavailable", "interrupted", "internal"]
    what: str
    advice: Maybe


class Error(Shape):
    error: Fault


RECORD: dict[str, Any] = {
    "search": list[Hit],
    "show-sitting": Sitting,
    "show-element": Element,
    "show-source": Source,
    "show-person": Person,
    "show-finding": Finding,
    "sources": list[Source | Closed],
    "sittings": list[SittingLine | Closed],
    "people": list[Person],
    "findings": list[Finding],
    "read": Read,
    "read-account": list[AccountLine],
    "init": Founded,
    "bodies": list[Body],
    "house": House,
    "house-guess": Guess,
    "record-log": list[LogLine],
    "record-verify": Verification,
    "record-checkpoint": Checkpoint,
    "record-prove": Proof,
    "record-blob": Blob,
    "record-export": Exported,
    "backup": Backup,
    "entered": Entered,
    "dispose": Disposal,
    "holds": list[Hold],
    "schedules": list[Schedule],
    "grants": list[Grant],
    "error": Error,
}
"""Each published shape by its name, which is its schema's file name."""
