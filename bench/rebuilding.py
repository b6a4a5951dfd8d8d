"""How long the register of a large body takes to make, and that the order of reading changes nothing.

    REMEMBRANCER_RECORDS=... python bench/rebuilding.py                        # all of tc39-notes, twenty orders
    python bench/rebuilding.py --meetings 3 --orders 3                         # a few meetings

Measured in one process: the register made anew from the record (facts extracted, rows resolved), and made again after
the documents of one more sitting were read. Then the same documents are read in shuffled orders, each into an office
of its own, and the registers compared row by row after ids are resolved to what all orders share. A register with one
row too few must not compare equal: the bench tries that first. ``--orders`` runs in as many processes as there are
cores.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from records import EXAMPLES, records

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.office.registers.registrar import register_of
from remembrancer.register.rows import Register

REBUILD, INCREMENT = 60.0, 1.0
"""Floors, in seconds."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--meetings", type=int, default=0, help="how many meetings, the latest; 0 for all")
    parser.add_argument("--orders", type=int, default=20)
    given = parser.parse_args()
    files = notes(records(), given.meetings)
    assert differs_is_seen(), "a register with a row too few compared equal"
    figures = timed(files) | shuffled(files, given.orders)
    for name, figure in figures.items():
        print(f"{name.replace('_', ' '):>24} {figure}")
    print(json.dumps(figures))
    held = figures["rebuild_seconds"] <= REBUILD and figures["increment_seconds"] <= INCREMENT
    sys.exit(0 if held and figures["orders_equal"] == figures["orders"] else 1)


def notes(root: Path, meetings: int) -> list[File]:
    """The files of the notes, by date of the meeting."""
    folder = root / "tc39-notes" / "dev" / "meetings"
    chosen = sorted(each for each in folder.iterdir() if each.is_dir())[-meetings:]
    return [
        File(path, path.relative_to(root).as_posix())
        for meeting in chosen
        for path in sorted(meeting.rglob("*.md"))
        if path.is_file()
    ]


def office_of(directory: Path, files: Sequence[File]) -> Office:
    """A new office in which the files were read in this order."""
    office = Office.create(directory, "Committee", (EXAMPLES / "tc39.toml").read_text(encoding="utf-8"))
    list(take_in(office.body(), OWNER, files))
    return office


def timed(files: Sequence[File]) -> dict[str, Any]:
    """Seconds to make the register of all but the last sitting, and of that sitting when it is read."""
    last = Path(files[-1].recorded).parent
    before = [file for file in files if Path(file.recorded).parent != last]
    with tempfile.TemporaryDirectory() as directory:
        office = office_of(Path(directory) / "office", before)
        bureau = office.body()
        began = time.perf_counter()
        register_of(bureau, OWNER)
        rebuild = time.perf_counter() - began
        one = next(file for file in files if Path(file.recorded).parent == last and "toc" not in file.recorded)
        list(take_in(bureau, OWNER, [one]))
        bureau.catch_up()
        began = time.perf_counter()
        register = register_of(bureau, OWNER)
        increment = time.perf_counter() - began
        began = time.perf_counter()
        register_of(bureau, OWNER)
        again = time.perf_counter() - began
        office.close()
    return {
        "files": len(files),
        "rebuild_seconds": round(rebuild, 2),
        "increment_seconds": round(increment, 2),
        "again_seconds": round(again, 3),
        "rows": sum(1 for _ in register.rows()),
    }


def shuffled(files: Sequence[File], orders: int) -> dict[str, Any]:
    """How many orders of reading give the register that the first one gives."""
    given = [(list(files), seed) for seed in range(orders + 1)]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        first, *others = pool.map(_in_order, given)
    return {"orders": orders, "orders_equal": sum(other == first for other in others)}


def _in_order(given: tuple[list[File], int]) -> str:
    """The register of the files read in the order of a seed, in a form that all orders share; seed 0 leaves them."""
    files, seed = given
    if seed:
        random.Random(seed).shuffle(files)
    with tempfile.TemporaryDirectory() as directory:
        office = office_of(Path(directory) / "office", files)
        told = comparable(register_of(office.body(), OWNER), office.body())
        office.close()
    return told


def comparable(register: Register, bureau: Bureau) -> str:
    """The rows as text, each id replaced by the smallest of those that lead to the same thing."""
    ids = {row.id: min((row.id, *getattr(row, "formers", ()))) for row in register.rows()}
    sittings = {each.sitting for each in (*register.votes, *register.decisions, *register.quorums) if each.sitting}
    sittings |= {debate.sitting for matter in register.matters for debate in matter.debates}
    sittings |= {presence.sitting for person in register.people for presence in person.presences}
    ids |= {sitting: min(bureau.catalog.sitting_ids(sitting)) for sitting in sittings if sitting}
    rows = [_plain(row, ids) for row in (*register.rows(), *register.quorums, *register.notices)]
    return "\n".join(sorted(json.dumps(row, sort_keys=True) for row in rows))


def _plain(value: Any, ids: Mapping[str, str]) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        named = {each.name: _plain(getattr(value, each.name), ids) for each in fields(value) if each.name != "formers"}
        return {"row": type(value).__name__, **named}
    if isinstance(value, (list, tuple)):
        return [_plain(each, ids) for each in value]
    return ids.get(value, value) if isinstance(value, str) else value


def differs_is_seen() -> bool:
    """Whether a register with one row too few is told from the whole one."""
    from remembrancer.model import Action

    action = Action("action-a", "", "2031-05-01", "", "", "", "A. Able", "oil the gate")
    whole = Register(actions=(action, replace(action, id="action-b")))
    fewer = replace(whole, actions=whole.actions[:1])
    told = [_plain(each.actions, {}) for each in (whole, fewer)]
    return told[0] != told[1]


if __name__ == "__main__":
    main()
