"""Laws of the store: what is dropped is gone, work on an older state is refused, a torn write was never there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from remembrancer.memory.vectors import minilm

if not minilm.installed():
    pytest.skip("the extra is not installed", allow_module_level=True)

import numpy as np

from remembrancer.memory.vectors import nearest
from remembrancer.memory.vectors.nearest import Nearest, extend
from remembrancer.memory.vectors.store import Vectors, Waiting, bytes_of
from remembrancer.memory.vectors.windows import Window

RANDOM = np.random.default_rng(5)


def some(count: int) -> Any:
    rows = RANDOM.normal(size=(count, 64)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def filled(directory: Path, sources: int = 2, each: int = 5) -> tuple[Vectors, dict[str, Any]]:
    """A store of whole sources, and the vectors of each."""
    store, rows = Vectors(directory, "test/1"), {}
    store.follow([(f"s{number}", "r") for number in range(sources)], 1, keep=True)
    for one in store.waiting():
        rows[one.sha] = some(each)
        made = [Window(((f"{one.sha}-{at}", 0),), f"{one.sha} {at}") for at in range(each)]
        assert store.add(one, made, rows[one.sha])
        assert store.complete(one, made)
    return store, rows


def test_what_was_made_is_there_when_opened_again_and_not_for_another_model(tmp_path: Path) -> None:
    filled(tmp_path)[0].close()
    again = Vectors(tmp_path, "test/1")
    assert (again.windows(), again.passages(), again.caught_up(), again.waiting()) == (10, 10, 1, [])
    again.close()
    assert Vectors(tmp_path, "test/2").windows() == 0


def test_of_an_open_source_whose_text_is_the_same_vectors_stay_until_they_are_made_anew(tmp_path: Path) -> None:
    store, _ = filled(tmp_path)
    store.follow([("s0", "r")], 2, keep=True)
    assert (store.windows(), [one.sha for one in store.waiting()]) == (10, ["s0"])


@pytest.mark.parametrize(("rendition", "keep"), [("other", True), ("", True), ("r", False)])
def test_what_went_or_changed_is_dropped_at_once_and_no_byte_of_it_stays(
    tmp_path: Path, rendition: str, keep: bool
) -> None:
    store, rows = filled(tmp_path)
    store.follow([("s0", rendition)], 2, keep=keep)
    assert store.windows() == 5
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("vectors.db"))
    assert not [row for row in rows["s0"] if bytes_of(row) in files]


def test_work_on_a_state_that_is_past_is_refused(tmp_path: Path) -> None:
    store, _ = filled(tmp_path)
    store.follow([("s0", "new")], 2, keep=True)
    window = Window((("s0-9", 0),), "late")
    assert not store.add(Waiting("s0", 1), [window], some(1))
    assert not store.complete(Waiting("s0", 1), [window])
    assert store.windows() == 5


def test_completing_a_source_drops_the_windows_it_no_longer_has(tmp_path: Path) -> None:
    store, _ = filled(tmp_path)
    store.follow([("s0", "r")], 2, keep=True)
    (one,) = store.waiting()
    assert store.complete(one, [Window((("new-id", 0),), "s0 3")])
    assert (store.windows(), store.passages()) == (6, 6)


def test_a_process_killed_while_writing_leaves_whole_writes_only(tmp_path: Path) -> None:
    program = f"""
import os, sys
from pathlib import Path
import numpy as np
from remembrancer.memory.vectors.store import Vectors
from remembrancer.memory.vectors.windows import Window
store = Vectors(Path({str(tmp_path)!r}), "test/1")
store.follow([("s", "r")], 1, keep=True)
(one,) = store.waiting()
for batch in range(1000):
    made = [Window(((f"{{batch}}-{{at}}", 0),), f"{{batch}} {{at}}") for at in range(16)]
    store.add(one, made, np.ones((16, 64), np.float32))
    print(batch, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) == 5:
                writer.kill()
                break
    store = Vectors(tmp_path, "test/1")
    assert store.windows() >= 96
    assert store.windows() % 16 == 0
    assert [one.sha for one in store.waiting()] == ["s"]


def test_the_nearest_are_those_of_plain_products(tmp_path: Path) -> None:
    store, rows = filled(tmp_path, 3, 40)
    asked = some(1)[0]
    every = {f"{sha}-{at}": float(row @ asked) for sha, many in rows.items() for at, row in enumerate(many)}
    best = sorted(every, key=every.__getitem__, reverse=True)
    found = Nearest(store).nearest(asked, 5)
    assert [near.nearness for near in found] == pytest.approx([every[id] for id in best[:5]], abs=0.01)
    assert [near.nearness for near in found] == pytest.approx([every[near.members[0][0]] for near in found], abs=0.01)
    within = Nearest(store).nearest(asked, 40, ["s1"])
    assert {near.members[0][0] for near in within} == {id for id in every if id.startswith("s1")}


def test_a_graph_finds_the_same_and_what_comes_after_it_too(tmp_path: Path) -> None:
    store, rows = filled(tmp_path, 2, 300)
    assert extend(store, least=1)
    assert not extend(store, least=1)
    store.follow([("s9", "r")], 2, keep=True)
    (one,) = store.waiting()
    late = some(1)
    store.add(one, [Window((("late", 0),), "late")], late)
    finder = Nearest(store)
    assert finder.nearest(late[0], 1)[0].members == (("late", 0),)
    assert all(finder.nearest(row, 1)[0].members == ((f"s1-{at}", 0),) for at, row in enumerate(rows["s1"]))


def test_a_window_that_was_dropped_is_never_found_and_its_graph_is_given_up(tmp_path: Path) -> None:
    store, rows = filled(tmp_path, 2, 50)
    extend(store, least=1)
    finder = Nearest(store)
    assert finder.nearest(rows["s0"][7], 1)[0].members == (("s0-7", 0),)
    store.follow([("s0", "")], 2, keep=True)
    assert not list(tmp_path.glob("graph-*"))
    assert not [near for row in rows["s0"] for near in finder.nearest(row, 5) if near.members[0][0].startswith("s0")]
    assert extend(store, least=1)
    assert finder.nearest(rows["s1"][7], 1)[0].members == (("s1-7", 0),)


def test_a_damaged_graph_is_as_none(tmp_path: Path) -> None:
    store, rows = filled(tmp_path, 1, 50)
    extend(store, least=1)
    (graph,) = tmp_path.glob("graph-*")
    graph.write_bytes(graph.read_bytes()[:100])
    assert Nearest(store).nearest(rows["s0"][7], 1)[0].members == (("s0-7", 0),)
    assert extend(store, least=1)
    assert Nearest(store).nearest(rows["s0"][7], 1)[0].members == (("s0-7", 0),)


def test_a_graph_made_while_something_was_dropped_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _ = filled(tmp_path, 2, 50)
    empty = nearest._empty

    def meanwhile(dimensions: int) -> Any:
        store.follow([("s0", "")], 2, keep=True)
        return empty(dimensions)

    monkeypatch.setattr(nearest, "_empty", meanwhile)
    assert not extend(store, least=1)
    assert not list(tmp_path.glob("graph-*"))
    assert store.about("graph") == ""
