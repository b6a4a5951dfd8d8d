"""Files as one archive that is made while it is sent: a .zip of any size, of which nothing is kept but its list."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same files make the same bytes."""

STORED = (".db", ".pdf", ".docx", ".png", ".jpg", ".zip")
"""Endings of files that are packed already, or that are written quickly rather than small."""


class _Sent(io.RawIOBase):
    """Where an archive is written: what came is taken out again in pieces, and never gone back to."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What came since this was asked last."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def zipped(files: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> Iterator[bytes]:
    """The pieces of a .zip of files, each by its name with forward slashes; large ones come in pieces."""
    sent = _Sent()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for name, data in files:
            with archive.open(_about(name), "w", force_zip64=not isinstance(data, bytes)) as file:
                for piece in (data,) if isinstance(data, bytes) else data:
                    file.write(piece)
                    if came := sent.taken():
                        yield came
            yield sent.taken()
    yield sent.taken()


def _about(name: str) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name, MOMENT)
    about.compress_type = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
    about.external_attr = 0o600 << 16
    return about
