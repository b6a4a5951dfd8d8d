"""Encodings: the text of a source, and whether its own bytes are that text in UTF-8.

Valid UTF-8 is taken as it is, byte order mark and line ends included, so that spans are offsets into the
source itself. Anything else is transcoded and a finding says which encoding was supposed, on what ground and
how to do better. No byte is dropped: one that the encoding does not know becomes the Windows-1252 character
of that byte (or U+FFFD for half of a UTF-16 pair) and a finding names its place.

    >>> decode("Señor".encode()).same
    True
    >>> decode("Señor".encode("utf-16")).encoding
    'utf-16'
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from charset_normalizer import from_bytes

from remembrancer.model import Finding, Proceedings, Reading, Rendition, Span
from remembrancer.saying import remark

SAMPLE = 65_536
"""How many bytes a guess looks at; more takes minutes on large files and changes no guess."""

MANY = 1000
"""How many undecodable bytes are counted."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = bytes(range(128, 256))
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
_STRAY = re.compile(r"[\ud800-\udfff]")
_KEEPING = {2: "surrogatepass", 4: "replace"}
_WESTERN = frozenset({"cp1252", "latin_1", "iso8859_15"})
_CENTRAL = frozenset({"cp1250", "iso8859_2"})
_SIGN_IN_WORD = re.compile("[^\\W\\d_][¹³£¿¼¾¥±¶¦]|[³¿][a-z]")
_NOT_WESTERN = ({"ø", "ì"}, {"ø", "ù"}, {"õ", "û"})
_CANDIDATES = (
    *("cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("mac_roman", "cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
)


class Decoded(NamedTuple):
    """``same``: the bytes are valid UTF-8, so the source is its own rendition (``text`` keeps a byte order
    mark). ``findings`` are complete: their spans are bytes of ``text.encode()``."""

    text: str
    same: bool
    encoding: str
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of bytes that may be in any encoding; ``declared`` is what the document says of itself."""
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if mark in {"", "utf-8"}:
        try:
            return Decoded(data.decode(), True, "utf-8")
        except UnicodeDecodeError:
            pass
    if mark:
        return _decoded(data, mark)
    if wide := _wide(data):
        return _decoded(data, wide, _guessed(wide, "every other byte is zero"))
    if _mostly_utf8(data):
        return _decoded(data, "utf-8")
    if declared and (known := _known(declared)) and known != "utf-8":
        return _decoded(data, known)
    return _guess(data)


def is_text(data: bytes) -> bool:
    """Whether the first bytes could be text: few control characters, and fewer still where it is not UTF-8."""
    sample = data[:SAMPLE]
    if any(sample.startswith(mark) for mark, _ in _MARKS) or _wide(sample):
        return True
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls * (10 if _is_utf8(sample) else 100) <= len(sample)


def _is_utf8(sample: bytes) -> bool:
    """Whether it is UTF-8, but for a character cut off at the end."""
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        return error.start >= len(sample) - 3
    return True


def reading(reader: str, data: bytes, decoded: Decoded, proceedings: Proceedings) -> Reading:
    """The reading of a text format: its rendition is the source itself, or the transcoding."""
    rendition = Rendition(data) if decoded.same else transcoded(decoded)
    findings = (*decoded.findings, *proceedings.findings)
    return Reading(reader, rendition, replace(proceedings, findings=findings))


def transcoded(decoded: Decoded) -> Rendition:
    """The UTF-8 of a text that came in another encoding."""
    return Rendition(decoded.text.encode(), f"transcoded/1 from {decoded.encoding}")


def _decoded(data: bytes, encoding: str, *findings: Finding) -> Decoded:
    width = int(encoding[4:6]) // 8 if encoding.startswith(("utf-16", "utf-32")) else 1
    whole = len(data) - len(data) % width
    text = data[:whole].decode(encoding, _KEEPING.get(width, "surrogateescape"))
    if whole < len(data):
        text += data[whole:].decode("ascii", "surrogateescape")
    if stray := _stray(text, encoding):
        text = text.translate(_READABLE)
        findings = (*findings, stray)
    return Decoded(text, False, encoding, findings)


def _readable() -> dict[int, str]:
    """For each byte that ``surrogateescape`` kept, its Windows-1252 character; U+FFFD for half of a pair."""
    readable = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    for byte in range(0x80, 0x100):
        try:
            readable[0xDC00 + byte] = bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            readable[0xDC00 + byte] = chr(byte)
    return readable


_READABLE = _readable()


def _stray(text: str, encoding: str) -> Finding | None:
    """One finding for all bytes that are not of the encoding; it names the first ten lines."""
    found = [match.start() for match in islice(_STRAY.finditer(text), MANY)]
    if not found:
        return None
    start = len(text[: found[0]].encode())
    end = start + len(text[found[0]].translate(_READABLE).encode())
    lines = list(dict.fromkeys(_lines_of(text, found)))
    named = ", ".join(map(str, lines[:10]))
    if len(lines) > 10:
        named = remark("%(lines)s and more", lines=named)
    count = remark("At least %(n)s", n=MANY) if len(found) == MANY else str(len(found))
    return Finding(
        "undecodable",
        remark(
            "%(count)s bytes are not %(encoding)s (line %(lines)s); they were read as Windows-1252.",
            count=count,
            encoding=_shown(encoding),
            lines=named,
        ),
        remark("Compare these lines with the original; saving the file as UTF-8 settles it."),
        Span(start, end),
        remark("line %(n)s", n=lines[0]),
    )


def _lines_of(text: str, offsets: list[int]) -> Iterator[int]:
    line, at = 1, 0
    for offset in offsets:
        line, at = line + text.count("\n", at, offset), offset
        yield line


def _wide(data: bytes) -> str:
    """UTF-16 without a byte order mark shows as zeros in every other byte of mostly Latin text."""
    sample = data[:4096]
    if len(sample) < 4:
        return ""
    zeros = [sample[parity::2].count(0) / len(sample[parity::2]) for parity in (0, 1)]
    if zeros[1] > 0.4 and zeros[0] < 0.05:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] > 0.4 and zeros[1] < 0.05 else ""


def _mostly_utf8(data: bytes) -> bool:
    """Whether a few bytes only keep the data from being UTF-8, or its end was cut off."""
    text = data.decode("utf-8", "surrogateescape")
    bad = len(data) - len(text.encode("utf-8", "ignore"))
    good = len(data) - len(data.translate(None, _HIGH)) - bad
    return good > 4 * bad or (good > 0 and not _STRAY.search(text, 0, max(len(text) - 3, 0)))


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _guess(data: bytes) -> Decoded:
    sample = _sample(data)
    telling = len(sample) - len(sample.translate(None, _HIGH))
    best = from_bytes(sample, cp_isolation=list(_CANDIDATES)).best() if telling >= 12 else None
    western = best is None or bool(_WESTERN & {best.encoding, *best.could_be_from_charset})
    if best is not None and not western and not (best.encoding in _CENTRAL and _reads_western(sample)):
        guessed = _guessed(best.encoding, remark("its letters look like %(language)s", language=best.language))
        try:
            return _decoded(data, best.encoding, guessed)
        except UnicodeDecodeError:
            pass
    return _decoded(data, "cp1252", _guessed("cp1252", remark("it is the usual one for Western European letters")))


def _reads_western(sample: bytes) -> bool:
    """Polish, Czech and Hungarian show signs within words, or letters no Western language has together."""
    text = sample.decode("cp1252", "replace")
    return not _SIGN_IN_WORD.search(text) and not any(together <= set(text) for together in _NOT_WESTERN)


def _sample(data: bytes) -> bytes:
    """Whole lines around the first bytes that are not ASCII, where there is something to guess from."""
    first = next(iter(re.finditer(rb"[\x80-\xff]", data)), None)
    start = max(first.start() - SAMPLE // 4, 0) if first else 0
    start = data.rfind(b"\n", 0, start) + 1 if start else 0
    return data[start : start + SAMPLE]


def _shown(encoding: str) -> str:
    return encoding.upper().replace("CP125", "Windows-125").replace("_", "-")


def _guessed(encoding: str, ground: str) -> Finding:
    return Finding(
        "encoding-guessed",
        remark(
            "The file is not UTF-8; it was read as %(encoding)s, since %(ground)s. Accented letters may be wrong.",
            encoding=_shown(encoding),
            ground=ground,
        ),
        remark("Look at a word with an accent; if it is wrong, save the file as UTF-8 and read it again."),
    )
