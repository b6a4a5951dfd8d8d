"""The last reader: takes every file that no other reader does, and says clearly what it is.

Its rendition is empty, one finding (``no-reader`` or ``empty``) says what came and what to do, and the whole
file is listed as not extracted. The kind is told by the first bytes, as listed by each format's
specification, and only where these say nothing by the ending of the path.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from remembrancer.model import Finding, Proceedings, Reading, Rendition
from remembrancer.read.house import House
from remembrancer.saying import remark

NAME = "unread"
VERSION = 1

_CONVERT = remark("Save it as DOCX, PDF or text and read that; the original is kept.")
_TEXTLESS = remark("Add its text as a file of its own; the original is kept.")
_UNPACK = remark("Unpack it and read the files in it; the archive is kept.")

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (rb"\x89PNG\r\n", remark("an image (PNG)"), _TEXTLESS),
    (rb"\xff\xd8\xff", remark("an image (JPEG)"), _TEXTLESS),
    (rb"GIF8[79]a", remark("an image (GIF)"), _TEXTLESS),
    (rb"(?:II\*\x00|MM\x00\*)", remark("an image (TIFF)"), _TEXTLESS),
    (rb"RIFF....WEBP", remark("an image (WebP)"), _TEXTLESS),
    (rb"BM....\x00\x00\x00\x00", remark("an image (BMP)"), _TEXTLESS),
    (rb"RIFF....WAVE", remark("a sound recording (WAV)"), _TEXTLESS),
    (rb"RIFF....AVI ", remark("a video (AVI)"), _TEXTLESS),
    (rb"(?:ID3|\xff[\xfb\xf3\xf2])", remark("a sound recording (MP3)"), _TEXTLESS),
    (rb"fLaC", remark("a sound recording (FLAC)"), _TEXTLESS),
    (rb"OggS", remark("a recording (Ogg)"), _TEXTLESS),
    (rb"....ftypM4A", remark("a sound recording (M4A)"), _TEXTLESS),
    (rb"....ftyp", remark("a video (MP4 or QuickTime)"), _TEXTLESS),
    (rb"\x1aE\xdf\xa3", remark("a video (Matroska or WebM)"), _TEXTLESS),
    (rb"\{\\rtf", remark("a Rich Text document (RTF)"), _CONVERT),
    (rb"\x1f\x8b", remark("a compressed file (gzip)"), _UNPACK),
    (rb"BZh", remark("a compressed file (bzip2)"), _UNPACK),
    (rb"\xfd7zXZ\x00", remark("a compressed file (xz)"), _UNPACK),
    (rb"(?:7z\xbc\xaf\x27\x1c|Rar!)", remark("an archive (7-Zip or RAR)"), _UNPACK),
    (rb"SQLite format 3\x00", remark("a database (SQLite)"), remark("Export its tables as CSV and read these.")),
    (
        rb"# v[23] git bundle",
        remark("a git repository in one file (bundle)"),
        remark("Clone it and read the files in it."),
    ),
    (rb"(?:\x7fELF|MZ)", remark("a program"), remark("Leave it out, unless the body decided on it.")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "EncryptedPackage",
        remark("an office document locked with a password"),
        remark("Save it without the password and read that."),
    ),
    ("WordDocument", remark("an old Word document (.doc)"), _CONVERT),
    ("PowerPoint Document", remark("an old PowerPoint presentation (.ppt)"), _CONVERT),
    ("Workbook", remark("an old Excel workbook (.xls)"), remark("Save each sheet as CSV and read these.")),
    ("__substg1.0", remark("an Outlook message (.msg)"), _CONVERT),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", remark("an OpenDocument text (.odt)"), _CONVERT),
    (b"mimetypeapplication/vnd.oasis.opendocument", remark("an OpenDocument file"), _CONVERT),
    (b"mimetypeapplication/epub", remark("an electronic book (EPUB)"), _CONVERT),
    (b"word/", remark("a Word document (DOCX) that cannot be opened"), _CONVERT),
    (b"ppt/", remark("a PowerPoint presentation (.pptx)"), _CONVERT),
    (b"xl/", remark("an Excel workbook (.xlsx)"), remark("Save each sheet as CSV and read these.")),
)


def recognises(data: bytes, path: str, house: House) -> bool:
    """Always: whatever nobody else reads."""
    return True


def read(data: bytes, path: str, house: House) -> Reading:
    """An empty rendition, and a finding that says what the file is."""
    if not data.strip():
        what = remark("The file holds only white space.") if data else remark("The file is empty.")
        finding = Finding("empty", what, remark("If it should not be, fetch or save it again."))
        return nothing(f"{NAME}/{VERSION}", data, finding)
    kind, advice = kind_of(data, path)
    locked = "password" in kind
    finding = Finding(
        "encrypted" if locked else "no-reader", remark("This is %(kind)s; it is kept but not read.", kind=kind), advice
    )
    return nothing(f"{NAME}/{VERSION}", data, finding, kind)


def nothing(reader: str, data: bytes, finding: Finding, kind: str = remark("the file")) -> Reading:
    """The reading of a file from which no text came: nothing extracted, and one finding that says why."""
    rendition = Rendition(b"", reader, not_extracted=(sized(kind, len(data)),) if data else ())
    return Reading(reader, rendition, Proceedings(findings=(finding,)))


def known(data: bytes) -> bool:
    """Whether the first bytes are those of a kind that no reader is for."""
    return _magic(data) is not None or data.startswith((_OLE, *_ZIP))


def kind_of(data: bytes, path: str) -> tuple[str, str]:
    """What a file is, with its article (``an image (PNG)``), and what to do about it."""
    if told := _magic(data):
        return told
    if data.startswith(_OLE):
        return _kind_in_ole(data)
    if data.startswith(_ZIP):
        return _kind_in_zip(data)
    ending = PurePosixPath(path).suffix
    if ending:
        return remark("a file of a kind that is not known here (%(ending)s)", ending=ending), _CONVERT
    return remark("a file of a kind not known here"), _CONVERT


def size(count: int) -> str:
    """A number of bytes for people: ``812 bytes``, ``20 kB``, ``1.4 MB``."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def sized(kind: str, count: int) -> str:
    """A part of a file with its size in bytes, where that is known: ``an image of 20 kB``."""
    if not count:
        return kind
    number, unit = size(count).split()
    if unit == "bytes":
        return remark("%(kind)s of %(n)s bytes", kind=kind, n=number)
    if unit == "kB":
        return remark("%(kind)s of %(n)s kB", kind=kind, n=number)
    return remark("%(kind)s of %(n)s MB", kind=kind, n=number)


def _magic(data: bytes) -> tuple[str, str] | None:
    head = data[:64]
    matching = ((kind, advice) for magic, kind, advice in _MAGIC if re.match(magic, head, re.DOTALL))
    return next(matching, None)


def _kind_in_ole(data: bytes) -> tuple[str, str]:
    """By the names of its streams, which are UTF-16 in the directory of a compound file ([MS-CFB])."""
    for stream, kind, advice in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            return kind, advice
    return remark("an old office document"), _CONVERT


def _kind_in_zip(data: bytes) -> tuple[str, str]:
    """By the names in its directory, which stands at the end; the first bytes do for a truncated one."""
    names = data[:4096] + data[-65_536:]
    return next(
        ((kind, advice) for name, kind, advice in _ZIP_KINDS if name in names), (remark("an archive (ZIP)"), _UNPACK)
    )
