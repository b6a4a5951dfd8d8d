"""The offices that are asked: which files of the records each body's is made of, under which house and rules."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from records import EXAMPLES, files

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.office.registers.registrar import set_rules
from remembrancer.rules.shipped import shipped_toml


class Body(NamedTuple):
    """What a body's office is made of: folders of the records, endings of file names, house, and shipped rulebook."""

    folders: tuple[str, ...]
    endings: tuple[str, ...]
    house: str
    rules: str = ""


BODIES = {
    "tc39": Body(("tc39-notes/dev/meetings", "tc39-proposals/dev"), (".md",), "tc39"),
    "wasm": Body(("wasm-meetings/dev", "wasm-proposals/dev"), (".md",), "wasm"),
    "peps": Body(("python-peps/dev",), (".rst", ".txt"), "python-peps"),
    "london": Body(("london-ontario-council/dev/content",), (".md",), "london-ontario"),
    "magdeburg": Body(
        ("stadtratwatch-magdeburg/dev/magdeburg-8", "stadtratwatch-magdeburg/dev/papers"),
        (".json",),
        "magdeburg",
        "german-council-magdeburg",
    ),
    "rivergrove": Body(("rivergrove-city/dev/source-documents",), (".md",), "rivergrove", "rivergrove"),
}


def sources(root: Path, body: str) -> Iterator[tuple[Path, str]]:
    """The files of a body's office, each with its recorded path."""
    for folder in BODIES[body].folders:
        for path, recorded in files(root, folder):
            if path.suffix in BODIES[body].endings:
                yield path, recorded


def opened(root: Path, body: str, directory: Path) -> Office:
    """The office of a body, read now where it was not before under the same house."""
    made = BODIES[body]
    house = (EXAMPLES / f"{made.house}.toml").read_text(encoding="utf-8")
    if (directory / "remembrancer.toml").exists():
        office = Office(directory)
        if office.body().house_toml() == house:
            return office
        office.close()
    print(f"reading {body} ...", file=sys.stderr, flush=True)
    half = directory.with_name(f"{directory.name}.reading")
    for old in (half, directory):
        shutil.rmtree(old, ignore_errors=True)
    with Office.create(half, body, house) as office:
        _fill(office.body(), [File(*each) for each in sources(root, body)], made.rules)
    half.rename(directory)
    return Office(directory)


def _fill(bureau: Bureau, read: list[File], rules: str) -> None:
    for _ in take_in(bureau, OWNER, read):
        pass
    if rules:
        set_rules(bureau, OWNER, shipped_toml(rules))
