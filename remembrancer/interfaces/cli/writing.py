"""Files that commands write: new ones, for their owner's eyes, whole on the disk before the command says so."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence


def write_new(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that is not there yet. A Fault (refused) where it is, or where it cannot be written."""
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        what = Sentence("%(file)s cannot be written: %(error)s.", file=file, error=error.strerror)
        raise Fault(
            Exit.REFUSED, what, Sentence("Name a file that is not there yet, in a directory that is.")
        ) from error
    with os.fdopen(made, "wb") as written:
        written.writelines(pieces)
        written.flush()
        os.fsync(written.fileno())
