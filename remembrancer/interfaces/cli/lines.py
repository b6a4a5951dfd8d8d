"""Lines for a person: wrapped to the console's width, their indentation kept, nothing padded."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple

from rich.console import Console
from rich.text import Text

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_STEERING_OR_BREAK = re.compile(_STEERING.pattern + r"|\n")

WIDTH = 100
"""Columns of what does not go to a terminal."""


class Line(NamedTuple):
    """One paragraph. ``first`` stands before its first line, and the others are as far in; one that is ``fixed``
    is never wrapped."""

    text: Text
    first: str = ""
    fixed: bool = False


def console(stream: Any = None) -> Console:
    """A console on a stream, standard output by default: as wide as the terminal, without colours elsewhere."""
    stream = stream or sys.stdout
    width = None if stream.isatty() else _width()
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def show(target: Console, lines: Iterable[Line]) -> None:
    """Print lines."""
    for line in lines:
        first = line.first
        for part in _wrapped(_harmless(line), target):
            part.rstrip()
            part.remove_suffix(" ·")
            target.print(Text(first).append_text(part) if part else Text(), soft_wrap=True)
            first = " " * len(line.first)


def _harmless(line: Line) -> Line:
    """The line with a sign for each character that would steer the terminal: documents and file names are
    others' words, and must not draw what the program did not print."""
    steering = _STEERING if line.fixed else _STEERING_OR_BREAK
    for each in (line.text.plain, line.first):
        if steering.search(each):
            text = line.text.copy()
            text.plain = steering.sub("\ufffd", text.plain)
            return Line(text, steering.sub("\ufffd", line.first), line.fixed)
    return line


def _wrapped(line: Line, target: Console) -> Iterable[Text]:
    if line.fixed or not line.text:
        return [line.text]
    return line.text.wrap(target, max(target.width - len(line.first), 20))


def as_text(lines: Iterable[Line]) -> bytes:
    """The lines as they stand in a file, in UTF-8."""
    text = io.StringIO()
    show(
        Console(file=text, width=_width(), highlight=False, markup=False, emoji=False, color_system=None),
        lines,
    )
    return text.getvalue().encode()


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) > 20 else WIDTH
