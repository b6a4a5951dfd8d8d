"""Documents that are handed in: kept in the office's folder ``incoming`` until they were read into the record by a job.

A file lies there under a number; what it was called is only told, and never names anything on the disk. What a job
keeps of the account holds no words of the documents: those are shown from the record, to who may see them.
"""

from __future__ import annotations

import os
import shutil
import time
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec

from remembrancer.access import may, parse_class
from remembrancer.memory.views import FindingView, finding_views
from remembrancer.model import Authority, Exit, Fault, Principal, Sha256, Visibility
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau, Progress, Seen, require
from remembrancer.office.changing import scanning
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.office.changing.proposing import propose
from remembrancer.office.jobs import Job, State
from remembrancer.office.showing.shown import words_of
from remembrancer.record.intake import Taken
from remembrancer.saying import Sentence

FOLDER = "incoming"
KIND = "read"
LONGEST_PART, LONGEST_PATH = 200, 800
"""Characters of a folder's or a file's name, and of a whole path."""

FORGOTTEN = 24 * 60 * 60
"""Seconds after which a folder that no job names is removed."""


class Outcome(NamedTuple):
    """What came of a job that was carried out: how it stands, what is told of it, and what of the job is kept."""

    state: State
    result: Any
    told: Mapping[str, Any]


class Handed(NamedTuple):
    """A file that lies in its folder under a number, and the path that the record keeps of it."""

    number: int
    path: str


class Account(NamedTuple):
    """What became of one file. ``letters`` is where they went. An empty file has a path and no ``source``: the record
    keeps nothing of it, nor of one that a scanner ``kept_out``; one that who asks may not see has neither."""

    path: str
    source: Sha256
    reader: str
    new: bool
    readable: bool
    sittings: tuple[str, ...]
    items: int
    speeches: int
    attendance: int
    letters: Mapping[str, int]
    not_extracted: tuple[str, ...]
    findings: Sequence[FindingView]
    kept_out: bool = False


def recorded_path(name: str, folder: str = "") -> str:
    """The path that the record keeps of a file which somebody's computer called so: no way up, no drive, no signs that
    cannot be seen; ``unnamed`` where nothing is left."""
    parts = f"{folder}/{name}".replace("\\", "/").split("/")
    kept = [part for part in map(_plain, parts) if part and set(part) != {"."} and not part.endswith(":")]
    return "/".join(kept)[-LONGEST_PATH:] or "unnamed"


def _plain(part: str) -> str:
    """A name without control and formatting characters, its ending kept where it is too long."""
    seen = "".join(sign for sign in part if unicodedata.category(sign)[0] != "C").strip()
    stem, dot, ending = seen.rpartition(".")
    if len(seen) <= LONGEST_PART or not dot or len(ending) > LONGEST_PART // 2:
        return seen[:LONGEST_PART]
    return stem[: LONGEST_PART - len(ending) - 1] + dot + ending


def is_hidden(path: str) -> bool:
    """Whether a path is of a file that computers keep for themselves, as ``.DS_Store``."""
    return any(part.startswith(".") for part in path.split("/"))


def hand_in(
    office: Office,
    bureau: Bureau,
    principal: Principal,
    folder: str,
    files: Sequence[Handed],
    visibility: str = "open",
    authority: str = "",
) -> int:
    """Have files read that lie in a folder of ``incoming``; the job's number. Where the body has no house, one is
    proposed first."""
    require(principal, "take-in", Sentence("read documents into the record"))
    parse_class(visibility)
    if authority and authority not in get_args(Authority):
        raise Fault(
            Exit.USAGE,
            Sentence("%(authority)s is no authority.", authority=repr(authority)),
            Sentence("Use %(list)s.", list=", ".join(get_args(Authority))),
        )
    if not files:
        raise Fault(Exit.USAGE, Sentence("No files were handed in."), Sentence("Choose at least one."))
    told: dict[str, Any] = {"folder": folder, "files": list(files), "class": visibility, "authority": authority}
    told |= {"propose": not bureau.house_toml(), "count": len(files)}
    return office.work.jobs.add(bureau.slug, principal.name, KIND, told)


def readings(office: Office, bureau: Bureau, principal: Principal) -> list[Job]:
    """The latest jobs that read what was handed in, as far as a principal may know of them."""
    return [each for each in office.work.jobs.jobs(bureau.slug, KIND) if _is_for(each, principal)]


def _is_for(job: Job, principal: Principal) -> bool:
    """What was handed in for a narrower circle is the business of who did, and of that circle."""
    return job.principal == principal.name or may(principal, "read", job.told["class"])


def reading(office: Office, bureau: Bureau, principal: Principal, number: int) -> Job:
    """A job that reads what was handed in. A Fault (refused) where there is none of that number that a principal may
    know of."""
    job = office.work.jobs.job(bureau.slug, number)
    if job.kind != KIND or not _is_for(job, principal):
        raise Fault(
            Exit.REFUSED,
            Sentence("There is no job %(n)s.", n=number),
            Sentence("Those there are stand on the clerk's desk."),
        )
    return job


def read_on(office: Office, bureau: Bureau, principal: Principal, number: int, toml: str) -> None:
    """Answer what a house was proposed for: put one in force, or none where it is empty, and read the files."""
    require(principal, "take-in", Sentence("read documents into the record"))
    job = reading(office, bureau, principal, number)
    if job.state != "asked":
        raise Fault(Exit.REFUSED, Sentence("Job %(n)s asks nothing now.", n=number), Sentence("Look at it again."))
    if toml.strip():
        bureau.set_house(principal, toml)
    office.work.jobs.answer(bureau.slug, number, {**job.told, "propose": False})


def again(office: Office, bureau: Bureau, principal: Principal, number: int) -> None:
    """Read files once more whose reading failed."""
    require(principal, "take-in", Sentence("read documents into the record"))
    office.work.jobs.again(bureau.slug, reading(office, bureau, principal, number).id)


def discard(office: Office, bureau: Bureau, principal: Principal, number: int) -> None:
    """Forget files that are not to be read after all. A Fault where they are being read, or were."""
    require(principal, "take-in", Sentence("read documents into the record"))
    job = reading(office, bureau, principal, number)
    office.work.jobs.discard(bureau.slug, number)
    _remove(office, str(job.told.get("folder", "")))


def carry_out(office: Office, job: Job, progress: Progress) -> Outcome:
    """Read what was handed in, or propose a house for it."""
    bureau = office.body(job.body)
    principal = bureau.principal(Principal(job.principal))
    require(principal, "take-in", Sentence("read documents into the record"))
    told = dict(job.told)
    folder = office.directory / FOLDER / told["folder"]
    handed = [File(folder / numbered(number), path) for number, path in told["files"]]
    files = [each for each in handed if scanning.passes(office.web, each.path)]
    if told["propose"] and not bureau.house_toml():
        progress("proposing a house", 0, len(files))
        proposed = propose(files)
        if proposed.toml:
            return Outcome("asked", msgspec.to_builtins(proposed), told)
    told.setdefault("began", bureau.log.size())
    office.work.jobs.note(job.id, told)
    visibility, authority = told["class"], told["authority"] or None
    taken = list(take_in(bureau, principal, files, "", _class_of(visibility), authority, progress))
    bureau.catch_up(progress)
    lines = [_kept_out(each) for each in handed if each not in files]
    lines += [_line(bureau, each, told["began"]) for each in taken]
    new = sum(line["new"] and line["readable"] for line in lines)
    shown = {"files": lines, "totals": totals(bureau, taken) | {"new": new}}
    return Outcome("done", shown, {key: told[key] for key in ("class", "authority", "count")})


def _class_of(visibility: Visibility) -> Visibility | None:
    """What is read as open keeps the class that it had."""
    return visibility if visibility != "open" else None


def _kept_out(file: File) -> dict[str, Any]:
    return {"source": "", "path": file.recorded, "new": False, "readable": False, "kept_out": True}


def _line(bureau: Bureau, one: Taken, began: int) -> dict[str, Any]:
    """What a job keeps of one file: words of it only where the record keeps none."""
    source = bureau.catalog.source(one.source)
    if source is None:
        return {"source": "", "path": one.path, "new": False, "readable": False}
    return {"source": one.source, "new": one.new or source.entry >= began, "readable": one.readable}


def totals(bureau: Bureau, taken: Sequence[Taken]) -> dict[str, int]:
    """What all of the files held together."""
    resolve = bureau.catalog.resolve
    return {
        "files": len(taken),
        "new": sum(one.new and one.readable for one in taken),
        "unreadable": sum(not one.readable for one in taken),
        "sittings": len({resolve(each) for one in taken for each in one.sittings}),
        "items": sum(one.items for one in taken),
        "speeches": sum(one.speeches for one in taken),
        "attendance": sum(one.attendance for one in taken),
        "findings": sum(len(one.findings) for one in taken),
        "letters": sum(one.account.letters - one.account.markup for one in taken),
        "letters_in_speech_or_item": sum(one.account.in_speech + one.account.in_item for one in taken),
    }


def accounts(bureau: Bureau, principal: Principal, job: Job, start: int, most: int) -> list[Account]:
    """What became of some of the files of a job that is done, as far as who asks may see it."""
    return [_account(bureau, principal, line) for line in job.result["files"][start : start + most]]


def _account(bureau: Bureau, principal: Principal, line: Mapping[str, Any]) -> Account:
    seen = bureau.seen_source(principal, line["source"]) if line["source"] else None
    if seen is None:
        kept_out = line.get("kept_out", False)
        return Account(line.get("path", ""), "", "", line["new"], line["readable"], (), 0, 0, 0, {}, (), (), kept_out)
    return _of_source(bureau, seen, line["new"], line["readable"])


def _of_source(bureau: Bureau, seen: Seen, new: bool, readable: bool) -> Account:
    told, row = bureau.view(seen).proceedings, seen.row
    return Account(
        seen.source.path,
        seen.source.sha,
        row.reader,
        new,
        readable,
        tuple(dict.fromkeys(bureau.catalog.resolve(each.id) for each in told.sittings)),
        len(told.items),
        len(told.speeches),
        sum(len(each.attendance) for each in told.sittings),
        row.account,
        row.not_extracted,
        finding_views(told.findings, words_of(bureau, seen), seen.source.path),
    )


def numbered(number: int) -> str:
    """The name under which a file lies in its folder."""
    return f"{number:06d}"


def finish(office: Office, job: Job) -> None:
    """Remove the files of a job that was carried out."""
    _remove(office, str(job.told.get("folder", "")))


def sweep(office: Office) -> None:
    """Remove folders that no job names and that nobody has touched for a day."""
    named = office.work.jobs.folders()
    incoming = office.directory / FOLDER
    for each in incoming.iterdir() if incoming.is_dir() else ():
        if each.name not in named and each.stat().st_mtime < time.time() - FORGOTTEN:
            shutil.rmtree(each, ignore_errors=True)


def _remove(office: Office, folder: str) -> None:
    if folder and folder == Path(folder).name:
        shutil.rmtree(office.directory / FOLDER / folder, ignore_errors=True)


def new_folder(office: Office) -> Path:
    """A folder of its own for files that come."""
    made: Path = office.directory / FOLDER / os.urandom(12).hex()
    made.mkdir(parents=True, mode=0o700)
    return made
