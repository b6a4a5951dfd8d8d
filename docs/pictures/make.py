"""Makes ``terminal.svg`` beside it from what commands really print: ``python docs/pictures/make.py``.

The demo's documents are read into a new office in a temporary directory. Keys and salts are drawn anew each
time, so that the root which ``record verify`` prints differs from picture to picture, and nothing else.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

PICTURES = Path(__file__).resolve().parent
DEMO = PICTURES.parents[1] / "examples" / "demo"
COLUMNS = 94

BEFORE = ("init office --body 'Larkenford Town Council' --house house.toml",)
SHOWN = (
    "read documents",
    "record verify",
    'ask "Is Resolution 2023/14 still in force?"',
    'ask "What did Cllr Tapsell say about the north abutment?"',
    'ask "What did the Council decide about a swimming pool?"',
)
"""The commands in the picture, after those that only prepare it."""


def main() -> None:
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor")
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        shutil.copytree(DEMO / "documents", place / "documents")
        shutil.copy(DEMO / "house.toml", place)
        for line in BEFORE:
            printed(line, place)
        for line in SHOWN:
            console.print(Text.assemble(("$ ", "bold green"), (f"remembrancer {line}", "bold")), soft_wrap=True)
            console.print(Text.from_ansi(printed(line, place).strip("\n")))
            console.print()
    # The format names fonts on other machines, which a picture in a repository must not fetch.
    without_fonts = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    svg = console.export_svg(title="remembrancer", code_format=without_fonts, unique_id="terminal")
    (PICTURES / "terminal.svg").write_text(svg, encoding="utf-8", newline="\n")


def printed(line: str, place: Path) -> str:
    """What a command prints to a terminal that shows colours."""
    terminal = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": str(COLUMNS)}
    environment = {**os.environ, **terminal, "PYTHONUTF8": "1", "REMEMBRANCER_OFFICE": "office"}
    command = [sys.executable, "-m", "remembrancer.interfaces.cli", *shlex.split(line)]
    ran = subprocess.run(command, cwd=place, env=environment, capture_output=True, check=True, encoding="utf-8")  # noqa: S603
    return ran.stdout


if __name__ == "__main__":
    main()
