"""The answer to a request: the copy that goes out, written as files that can be read and checked without us.

::

    answer.md        what was asked for and what came of it; every other file with its SHA-256
    schedule.md      why something stays closed, by the numbers of the marks
    document-1.md    for people: what is released of one document, passage by passage
    document-1.txt   the same words byte for byte, as quoted in copy.json
    copy.json        for programs: all of it (the schema request-copy)

File names are numbers. A path, a title or a hash goes out only where the public sees it anyway.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

from remembrancer.access import is_owner
from remembrancer.model import PUBLIC, Exit, Fault, Principal, Sha256
from remembrancer.office.asking.wording import Texts, without
from remembrancer.office.bureau import Bureau, Seen
from remembrancer.office.desk import requests
from remembrancer.office.desk.considering import Located, is_removed, located, unseen
from remembrancer.office.desk.releasing import Closed, Passage, Released, meet, released
from remembrancer.office.desk.requests import Determination, Outcome, Request
from remembrancer.record.circles import WHOLE, View
from remembrancer.saying import Sentence, Term

KINDS = {"foi": "freedom of information", "subject-access": "what is held about a person"}
OUTCOMES = {
    "granted": "granted",
    "partly": "granted in part",
    "refused": "refused",
    "nothing-held": "nothing is held",
    "withdrawn": "withdrawn",
}
REPEATED = 3
"""Words of a withheld passage from which on it is noticed where they stand elsewhere."""

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")
_LEADING = re.compile(r"^(\d*)([#+.)-])")


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the copy. ``title``, ``path`` and ``source`` are empty where the public does not see them."""

    number: int
    title: str
    authority: str
    path: str
    source: Sha256
    released: Released


@dataclass(frozen=True, slots=True)
class Answered:
    """How a request was answered; ``files`` are those that were written, by name. ``entry`` says so."""

    entry: int
    request: int
    outcome: str
    directory: str
    documents: int
    passages: int
    closed: int
    files: dict[str, Sha256]


class CheckedFile(NamedTuple):
    """A file of a copy, compared with what the record says went out."""

    name: str
    state: Literal["same", "altered", "missing", "not sent"]


def close(
    bureau: Bureau,
    principal: Principal,
    number: int,
    outcome: str,
    directory: Path | None = None,
    note: str = "",
    even_so: bool = False,
) -> Answered:
    """Answer a request: write the copy, then enter the answer with the hash of each file, and end the holds.

    A Fault (refused), and nothing written, where a passage was not determined, the outcome is not what was determined,
    or words that stay closed stand in what goes out, unless ``even_so``.
    """
    found = requests.open_request(bureau, principal, number)
    passages = located(bureau, principal, found.elements)
    _check_may_close(bureau, principal, found, passages)
    if outcome not in get_args(Outcome):
        raise Fault(
            Exit.USAGE,
            Sentence("%(outcome)s is no outcome.", outcome=repr(outcome)),
            Sentence("Use %(list)s.", list=", ".join(get_args(Outcome))),
        )
    determined = _determined(bureau, found, passages)
    _check_determined(found, outcome, determined)
    documents = _documents(bureau, passages, determined)
    if not even_so:
        _check_repeats(bureau, found, passages, determined, documents, note)
    written: dict[str, bytes] = {}
    if outcome != "withdrawn":
        written = _files(_Copy(bureau, found, outcome, note.strip(), documents))
        _write(directory, written)
    files = {name: sha256(data).hexdigest() for name, data in written.items()}
    entry = requests.enter_closed(bureau, principal, found, cast(Outcome, outcome), note, files)
    counts = (
        sum(len(each.released.passages) for each in documents),
        sum(len(each.released.marks) for each in documents),
    )
    going = sum(1 for each in documents if each.released.passages)
    return Answered(entry, number, outcome, str(directory or ""), going, *counts, files)


def check(found: Request, directory: Path) -> list[CheckedFile]:
    """Every file of a copy, and every other one in the directory, compared with the answer's entry."""
    if not found.files:
        raise Fault(Exit.REFUSED, Sentence("No copy went out for request %(n)s.", n=found.number))
    if not directory.is_dir():
        raise Fault(
            Exit.UNREADABLE,
            Sentence("There is no directory %(directory)s.", directory=directory),
            Sentence("Name what request close wrote."),
        )
    there = {each.name: each for each in directory.iterdir()}
    names = sorted({*found.files, *there})
    return [CheckedFile(name, _state(there.get(name), found.files.get(name))) for name in names]


def _state(path: Path | None, expected: Sha256 | None) -> Literal["same", "altered", "missing", "not sent"]:
    if expected is None:
        return "not sent"
    if path is None or not path.is_file():
        return "missing"
    return "same" if sha256(path.read_bytes()).hexdigest() == expected else "altered"


def _check_may_close(bureau: Bureau, principal: Principal, found: Request, passages: Sequence[Located]) -> None:
    """An answer is whole: who may not see all that was found does not give it."""
    shown = {each.element.id for each in passages}
    closed = [each for each in unseen(bureau, found, shown) if not is_removed(bureau, each)]
    if not is_owner(principal) and (found.reserved or closed):
        what = Sentence("Request %(n)s holds what only the owner may see.", n=found.number)
        raise Fault(Exit.REFUSED, what, Sentence("The owner alone can close it."))


def _determined(bureau: Bureau, found: Request, passages: Sequence[Located]) -> dict[str, Determination | None]:
    key = requests.version_key(bureau)
    return {each.element.id: found.determinations.get(key(each.element.id)) for each in passages}


def _check_determined(found: Request, outcome: str, determined: Mapping[str, Determination | None]) -> None:
    if outcome == "withdrawn":
        return
    advice = Sentence("See remembrancer request review %(n)s.", n=found.number)
    left = [identity for identity, said in determined.items() if said is None]
    if left:
        raise Fault(
            Exit.REFUSED,
            Sentence(
                "Nothing was determined of %(n)s of its passages, as of %(passage)s.", n=len(left), passage=left[0]
            ),
            advice,
        )
    actions: set[str] = {said.action for said in determined.values() if said is not None}
    fitting = _outcome_of(actions)
    if outcome != fitting:
        what = Sentence(
            "What was determined of its passages comes to %(fitting)s, not to %(outcome)s.",
            fitting=Term("answered", fitting),
            outcome=Term("answered", outcome),
        )
        raise Fault(Exit.REFUSED, what, advice)


def _outcome_of(actions: set[str]) -> str:
    if not actions:
        return "nothing-held"
    if len(actions) == 1:
        return {"release": "granted", "withhold": "refused", "redact": "partly"}[actions.pop()]
    return "partly"


def _documents(
    bureau: Bureau, passages: Sequence[Located], determined: Mapping[str, Determination | None]
) -> list[Document]:
    known = {identity: said for identity, said in determined.items() if said is not None}
    closed = list(dict.fromkeys(_closed_words(bureau, passages, determined)))
    documents: list[Document] = []
    marks = 1
    for seen in {each.seen.source.sha: each.seen for each in passages}.values():
        made = released(bureau.view(seen), known, len(documents) + 1, marks)
        marks += len(made.marks)
        documents.append(_document(bureau, seen, len(documents) + 1, made, closed))
    return documents


def _document(bureau: Bureau, seen: Seen, number: int, made: Released, closed: Sequence[str]) -> Document:
    """A document with what may be said of it: nothing in which ``closed`` words stand."""
    public = bureau.seen_source(PUBLIC, seen.source.sha)
    whole = public is not None and public.row.circle == WHOLE and not made.closed
    title = _title(bureau.view(seen), bureau.view(public) if public else None, made)
    said = {"title": title, "path": seen.source.path if public else ""}
    for name, text in said.items():
        texts = Texts({name: text})
        said[name] = "" if any(texts.holding(words) for words in closed) else text
    sha = seen.source.sha if whole else ""
    return Document(number, said["title"], seen.source.authority, said["path"], sha, made)


def _title(view: View, public: View | None, made: Released) -> str:
    """What the first sitting of a document is called, where its words go out or the public sees them."""
    sitting = next(iter(view.proceedings.sittings), None)
    if sitting is None or meet(sitting.spans, made.closed):
        return ""
    goes_out = bool(sitting.spans) and not without(sitting.spans, made.kept)
    known = {each.title for each in public.proceedings.sittings} if public else set()
    return sitting.title if goes_out or sitting.title in known else ""


def _check_repeats(
    bureau: Bureau,
    found: Request,
    passages: Sequence[Located],
    determined: Mapping[str, Determination | None],
    documents: Sequence[Document],
    note: str,
) -> None:
    """Words that stay closed must not stand in anything that goes out."""
    going = {"the note": note}
    for identity, said in determined.items():
        if said is not None:
            going[f"the reason given for {identity}"] = " ".join(
                (said.reason, said.ground, *(text for part in said.parts for text in (part.reason, part.ground)))
            )
    for document in documents:
        for identity, passage in zip(document.released.elements, document.released.passages, strict=True):
            going[identity] = " ".join(each.quote for each in passage.quotations)
    texts = Texts(going)
    for words in dict.fromkeys(_closed_words(bureau, passages, determined)):
        where = texts.holding(words)
        if where is not None:
            shown = words if len(words) < 60 else f"{words[:60]}..."
            what = Sentence(
                "“%(words)s” is to stay closed and stands in %(where)s, which goes out.", words=shown, where=where
            )
            advice = Sentence("Take it out there too (--redact all --words ...), or close with --even-so.")
            raise Fault(Exit.REFUSED, what, advice)


def _closed_words(
    bureau: Bureau, passages: Sequence[Located], determined: Mapping[str, Determination | None]
) -> Iterator[str]:
    for each in passages:
        said = determined[each.element.id]
        if said is not None and said.action == "redact":
            yield from (part.words for part in said.parts)
        elif said is not None and said.action == "withhold":
            data = bureau.view(each.seen).data
            words = " ".join(data[start:end].decode() for start, end in each.element.spans)
            if len(words.split()) >= REPEATED:
                yield words


class _Copy(NamedTuple):
    """All that goes into a copy."""

    bureau: Bureau
    request: Request
    outcome: str
    note: str
    documents: Sequence[Document]

    @property
    def marks(self) -> list[Closed]:
        return [mark for document in self.documents for mark in document.released.marks]

    @property
    def going(self) -> list[Document]:
        return [document for document in self.documents if document.released.passages]

    @property
    def answered(self) -> str:
        return self.bureau.today()


def _files(copy: _Copy) -> dict[str, bytes]:
    """Every file by its name."""
    written: dict[str, bytes] = {}
    for document in copy.going:
        written[f"document-{document.number}.md"] = _readable(document).encode()
        written[f"document-{document.number}.txt"] = document.released.data
    if copy.marks:
        written["schedule.md"] = _schedule(copy).encode()
    hashes = {name: sha256(data).hexdigest() for name, data in written.items()}
    value = json.dumps(_value(copy, hashes), indent=2, ensure_ascii=False)
    written["copy.json"] = f"{value}\n".encode()
    hashes["copy.json"] = sha256(written["copy.json"]).hexdigest()
    written["answer.md"] = _covering(copy, hashes).encode()
    return written


def _covering(copy: _Copy, hashes: Mapping[str, Sha256]) -> str:
    found = copy.request
    passages = sum(len(document.released.passages) for document in copy.going)
    lines = [f"# Answer to request {found.number}", "", _escaped(copy.bureau.name()), ""]
    lines += [f"- Request: {KINDS[found.kind]}, received {found.received}", f"- Answered: {copy.answered}"]
    lines += [f"- Outcome: {OUTCOMES[copy.outcome]}"]
    lines += [f"- Released: {_count(passages, 'passage')} of {_count(len(copy.going), 'document')}"]
    lines += [f"- Closed: {_count(len(copy.marks), 'part')}" + ("; schedule.md says why" if copy.marks else "")]
    lines += ["", _escaped(copy.note)] if copy.note else []
    lines += ["", "## Documents", ""] if copy.going else []
    lines += [f"- Document {document.number}: {_named(document)}" for document in copy.going]
    lines += ["", "## Files", "", "| file | SHA-256 |", "| --- | --- |"]
    lines += [f"| {name} | `{sha}` |" for name, sha in hashes.items()]
    return "\n".join([*lines, ""])


def _named(document: Document) -> str:
    dates = sorted({passage.date for passage in document.released.passages if passage.date})
    told = (_escaped(document.title), ", ".join(dates), document.authority, _escaped(document.path))
    return " · ".join(filter(None, told))


def _schedule(copy: _Copy) -> str:
    going = {document.number for document in copy.going}
    lines = ["# Why something is closed", "", "| mark | document | ground | reason |", "| --- | --- | --- | --- |"]
    for mark in copy.marks:
        document = str(mark.document) if mark.document in going else "not released"
        whys = (_escaped(mark.why.ground) or "-", _escaped(mark.why.reason))
        lines.append(f"| [closed {mark.number}] | {document} | {whys[0]} | {whys[1]} |")
    return "\n".join([*lines, ""])


def _readable(document: Document) -> str:
    """A document for people: its passages, and the marks that stand between them."""
    made = document.released
    within = {part for passage in made.passages for part in passage.parts if isinstance(part, int)}
    parts = [(passage.quotations[0].start, _told(document, passage)) for passage in made.passages]
    parts += [(mark.start, [_marked(mark.number)]) for mark in made.marks if mark.number not in within]
    lines = [f"# Document {document.number}", "", _named(document)]
    for _, told in sorted(parts, key=lambda each: each[0]):
        lines += ["", *told]
    return "\n".join([*lines, ""])


def _told(document: Document, passage: Passage) -> list[str]:
    head = (_escaped(passage.speaker) or passage.kind, passage.date, passage.place)
    words = " ".join(_escaped(part) if isinstance(part, str) else _marked(part) for part in passage.parts)
    return [f"**{document.number}.{passage.number}** {', '.join(filter(None, head))}", "", f"> {words}"]


def _marked(number: int) -> str:
    return f"**[closed {number}]**"


def _escaped(text: str) -> str:
    """Words in which Markdown finds no markup."""
    return _LEADING.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", " ".join(text.split())))


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def _value(copy: _Copy, hashes: Mapping[str, Sha256]) -> dict[str, Any]:
    """The copy for programs."""
    going = {document.number for document in copy.going}
    return {
        "request": copy.request.number,
        "body": copy.bureau.slug,
        "kind": copy.request.kind,
        "received": copy.request.received,
        "answered": copy.answered,
        "outcome": copy.outcome,
        "note": copy.note or None,
        "documents": [_document_value(document) for document in copy.going],
        "closed": [_mark_value(mark, mark.document in going) for mark in copy.marks],
        "files": dict(hashes),
    }


def _document_value(document: Document) -> dict[str, Any]:
    about = {name: getattr(document, name) or None for name in ("number", "title", "authority", "path", "source")}
    passages = [_passage_value(passage) for passage in document.released.passages]
    return {**about, "text": f"document-{document.number}.txt", "passages": passages}


def _passage_value(passage: Passage) -> dict[str, Any]:
    about = {name: getattr(passage, name) or None for name in ("number", "kind", "speaker", "date", "place")}
    text = " ".join(part if isinstance(part, str) else f"[closed {part}]" for part in passage.parts)
    return {**about, "text": text, "quotations": [each._asdict() for each in passage.quotations]}


def _mark_value(mark: Closed, goes_out: bool) -> dict[str, Any]:
    at = {"document": mark.document, "start": mark.start, "end": mark.end} if goes_out else {}
    nowhere = {"document": None, "start": None, "end": None}
    return {"number": mark.number, **nowhere, **at, "ground": mark.why.ground or None, "reason": mark.why.reason}


def _write(directory: Path | None, files: Mapping[str, bytes]) -> None:
    """All the files or none, in a new directory or an empty one."""
    if directory is None:
        raise Fault(Exit.USAGE, Sentence("The answer goes into a directory."), Sentence("Add --out DIR."))
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Fault(
            Exit.REFUSED,
            Sentence("%(directory)s is not empty.", directory=directory),
            Sentence("Name a new directory."),
        )
    workshop = directory.parent / f".copy-{secrets.token_hex(4)}"
    try:
        workshop.mkdir(parents=True)
        for name, data in files.items():
            (workshop / name).write_bytes(data)
        if directory.exists():
            directory.rmdir()
        workshop.rename(directory)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
