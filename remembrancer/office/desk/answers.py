"""The copies that answer requests for information, kept in the office's folder ``answers`` until they were sent out."""

from __future__ import annotations

import io
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

from remembrancer.model import Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.desk import copies, requests
from remembrancer.office.desk.copies import Answered
from remembrancer.saying import Sentence

FOLDER = "answers"


def close(
    office: Office,
    bureau: Bureau,
    principal: Principal,
    number: int,
    outcome: str,
    note: str = "",
    even_so: bool = False,
) -> Answered:
    """Answer a request, its copy kept in the office; see ``copies.close``."""
    found = requests.open_request(bureau, principal, number)
    folder = _folder(office, bureau, found.number)
    shutil.rmtree(folder, ignore_errors=True)  # What lies there was written by a close that was never entered.
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return copies.close(bureau, principal, number, outcome, folder, note, even_so)


def kept(office: Office, bureau: Bureau, principal: Principal, number: int) -> dict[str, Path]:
    """The files of an answer that are still kept and are what went out, by name."""
    found = requests.request(bureau, principal, number)
    folder = _folder(office, bureau, number)
    there = {name: folder / name for name in found.files if (folder / name).is_file()}
    return {name: path for name, path in there.items() if sha256(path.read_bytes()).hexdigest() == found.files[name]}


def as_zip(office: Office, bureau: Bureau, principal: Principal, number: int) -> bytes:
    """All the files of an answer in one. A Fault (refused) where they are not kept."""
    files = kept(office, bureau, principal, number)
    if not files:
        raise Fault(Exit.REFUSED, Sentence("No copy is kept for request %(n)s.", n=number))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, path in files.items():
            packed.writestr(name, path.read_bytes())
    return written.getvalue()


def remove(office: Office, bureau: Bureau, principal: Principal, number: int) -> None:
    """Keep the copy no longer; what went out stands in the record by its hashes."""
    requests.request(bureau, principal, number)
    shutil.rmtree(_folder(office, bureau, number), ignore_errors=True)


def forget(office: Office, bureau: Bureau, principal: Principal, number: int, authority: str) -> int:
    """Remove who asked for what, in the record and with the copy; the number of the entry that says so."""
    entry = requests.forget(bureau, principal, number, authority)
    remove(office, bureau, principal, number)
    return entry


def _folder(office: Office, bureau: Bureau, number: int) -> Path:
    return office.directory / FOLDER / bureau.slug / str(number)
