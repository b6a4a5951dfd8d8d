"""The shapes of the clerk's desk: requests for information and what answers them, and watches."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from remembrancer.interfaces.shapes.base import Class, Maybe, Shape
from remembrancer.interfaces.shapes.record import Hit, Scalar
from remembrancer.model import Authority, PassageKind

Kind = Literal["foi", "subject-access"]
Outcome = Literal["granted", "partly", "refused", "nothing-held", "withdrawn"]


class Request(Shape):
    number: int = Field(description="The number of the entry that opened it.")
    kind: Kind
    requester: Maybe = Field(description="Who asked; null once forgotten.")
    text: Maybe
    about: Maybe = Field(description="Of subject access: the person.")
    received: str
    due: Maybe
    outcome: Outcome | None = Field(description="Null while it is open.")
    closed: Maybe
    note: Maybe
    searched: list[str]
    passages: int
    determined: int
    held: list[str] = Field(description="The sources that are not disposed of while it is open, by SHA-256.")
    files: dict[str, str] = Field(description="The files of the copy that went out, with the SHA-256 of each.")


class Part(Shape):
    words: str
    reason: str
    ground: Maybe


class Determination(Shape):
    action: Literal["release", "withhold", "redact"]
    reason: Maybe
    ground: Maybe
    by: str
    at: str
    entry: int
    parts: list[Part] = Field(description="What a redaction takes out.")


class Considered(Shape):
    id: str
    kind: PassageKind
    visibility: Class = Field(serialization_alias="class")
    speaker: Maybe
    date: Maybe
    path: str
    place: Maybe
    text: str
    determination: Determination | None
    others: list[str] = Field(description="Of subject access: names of others in it, proposed for redaction.")


class Review(Shape):
    request: Request
    passages: list[Considered]
    gone: list[str] = Field(description="The ids of passages that were removed from the record since.")
    proposed: list[Considered] = Field(description="Of subject access: what names the person and was not added.")


class Added(Shape):
    entry: int
    found: int
    new: int


class Answered(Shape):
    entry: int
    request: int
    outcome: Outcome
    directory: Maybe
    documents: int
    passages: int
    closed: int
    files: dict[str, str]


class CheckedFile(Shape):
    name: str
    state: Literal["same", "altered", "missing", "not sent"]


class Quotation(Shape):
    start: int
    end: int
    quote: str


class CopiedPassage(Shape):
    number: int
    kind: PassageKind
    speaker: Maybe
    date: Maybe
    place: Maybe = Field(description="The page or the time; else the line in the document's text.")
    text: str = Field(description="For people, with marks where words are closed.")
    quotations: list[Quotation] = Field(description="Bytes start:end of the document's text.")


class CopiedDocument(Shape):
    number: int
    title: Maybe
    authority: Authority
    path: Maybe = Field(description="Where the public sees it.")
    source: Maybe = Field(description="SHA-256 of the source, where the public sees the whole and nothing is closed.")
    text: str = Field(description="The file of the copy that holds its words, byte for byte.")
    passages: list[CopiedPassage]


class ClosedPart(Shape):
    number: int
    document: int | None = Field(description="Null where nothing of the document is released.")
    start: int | None
    end: int | None
    ground: Maybe
    reason: str


class Copy(Shape):
    """copy.json of an answer to a request."""

    request: int
    body: str
    kind: Kind
    received: str
    answered: str
    outcome: Outcome
    note: Maybe
    documents: list[CopiedDocument]
    closed: list[ClosedPart]
    files: dict[str, str] = Field(description="The other files of the copy, with the SHA-256 of each.")


class Watch(Shape):
    name: str
    kind: Literal["search", "ask"]
    query: str
    filters: dict[str, str]
    made: str
    ran: Maybe = Field(description="When it ran last; null where it never did.")


class Answer(Shape):
    status: Literal["answered", "silent", "ambiguous"]
    value: Scalar | list[Scalar] | None
    conflicts: list[str] = Field(description="What other documents say.")
    sentence: str


class News(Shape):
    name: str
    kind: Literal["search", "ask"]
    query: str
    first: bool = Field(description="The first run: all there is, not only what is new.")
    since: Maybe
    answer: Answer | None = Field(description="Of a question: the answer now.")
    before: Answer | None = Field(description="Of a question whose answer changed: the answer before.")
    new: list[Hit]
    more: int = Field(description="How many more there are; the next run shows them, but those of the first run.")
    problem: Maybe = Field(description="Why it could not run.")


DESK: dict[str, Any] = {
    "requests": list[Request],
    "request": Request,
    "request-add": Added,
    "request-review": Review,
    "request-close": Answered,
    "request-check": list[CheckedFile],
    "request-copy": Copy,
    "watches": list[Watch],
    "watch-run": list[News],
}
"""Each published shape by its name, which is its schema's file name."""
