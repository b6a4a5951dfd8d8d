"""``--open``: the source of a quotation, opened at its place in whatever shows such files here.

A PDF opens in the browser at its page, HTML at the words quoted, anything else in the editor named by ``VISUAL`` or
``EDITOR`` at its line, or else in the system's viewer. What opens is a copy in a private temporary folder, of no more
than the principal may see.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

if TYPE_CHECKING:
    from remembrancer.model import Principal, Quote
    from remembrancer.office.bureau import Bureau

BY_PATH = ("code", "codium", "cursor", "subl", "zed", "hx")
"""Editors that take the line after the file's name; others take ``+LINE`` before it."""

FIRST_WORDS = 8
"""Words of a quotation that a browser looks for."""


class Cited(Protocol):
    """Something with the words that show it, and the place of their beginning: a hit, a fact."""

    @property
    def place(self) -> str: ...
    @property
    def spans(self) -> tuple[Quote, ...]: ...


Run = Callable[[list[str]], object]
Show = Callable[[str], object]


def open_source(
    bureau: Bureau,
    principal: Principal,
    cited: Cited,
    run: Run = subprocess.call,
    show: Show = webbrowser.open,
    environment: Mapping[str, str] = os.environ,
) -> Path:
    """Open the source of what is cited at its place; the path of the copy. ``run`` runs a program with its arguments,
    never through a shell; ``show`` shows an address."""
    from remembrancer.office.showing.shown import as_it_came

    name, data = as_it_came(bureau, principal, cited.spans[0].source)
    path = Path(tempfile.mkdtemp(prefix="remembrancer-")) / plain_name(name)
    path.write_bytes(data)
    place = fragment(path.suffix.lower(), cited.place, cited.spans[0].quote)
    editor = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "", posix=os.name != "nt")
    if editor and not place and path.suffix.lower() not in (".pdf", ".html", ".htm", ".docx"):
        run(at_line(editor, path, cited.place))
    else:
        show(path.as_uri() + place)
    return path


def plain_name(path: str) -> str:
    """The name of a file without anything that a program could take for an option, a folder or a command.

    >>> plain_name("../minutes/-rf; a b.md")
    'rf-a-b.md'
    """
    return re.sub(r"[^\w.-]+", "-", path.replace("\\", "/").rpartition("/")[2]).lstrip("-.") or "source"


def fragment(suffix: str, place: str, words: str) -> str:
    """What is added to an address so that a browser shows the place; empty where it knows no such thing."""
    page = re.search(r"\bpage (\d+)", place)
    if suffix == ".pdf":
        return f"#page={page[1]}" if page else ""
    if suffix in (".html", ".htm") and words:
        return f"#:~:text={quote(' '.join(words.split()[:FIRST_WORDS]), safe='')}"
    return ""


def at_line(editor: list[str], path: Path, place: str) -> list[str]:
    """The command that opens a file at a line, as the editor wants it."""
    line = re.search(r"\bline (\d+)", place)
    name = Path(editor[0]).stem.lower()
    if line is None:
        return [*editor, str(path)]
    if name in BY_PATH:
        goto = ["--goto"] if name in ("code", "codium", "cursor") else []
        return [*editor, *goto, f"{path}:{line[1]}"]
    return [*editor, f"+{line[1]}", str(path)]
