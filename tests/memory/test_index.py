"""Every index keeps the laws of the port; the one on Tantivy also those of a directory."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from remembrancer.memory.index import TantivyIndex
from remembrancer.memory.query import parse
from remembrancer.model import Exit, Fault
from remembrancer.ports import Index
from remembrancer.queries import Filters
from remembrancer.testing import COUNCIL, IndexLaws, MemoryIndex, passage_of


class TestMemoryIndex(IndexLaws):
    def make(self) -> Index:
        return MemoryIndex()


class TestTantivyIndex(IndexLaws):
    @pytest.fixture(autouse=True)
    def _directory(self, tmp_path: Path) -> None:
        self.directory = tmp_path
        self.made = 0

    def make(self) -> Index:
        self.made += 1
        return TantivyIndex(self.directory / str(self.made))

    def test_it_is_there_when_opened_again_and_in_another_process(self) -> None:
        self.filled()
        assert self.ids("levy", TantivyIndex(self.directory / "1")) == {"s1", "s2"}
        program = (
            "from pathlib import Path; from remembrancer.memory.index import TantivyIndex;"
            f"print(TantivyIndex(Path({str(self.directory / '1')!r})).caught_up())"
        )
        ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == "6"

    def test_a_reader_sees_what_another_opening_commits(self) -> None:
        first = self.filled()
        second = TantivyIndex(self.directory / "1")
        with second.writing() as batch:
            batch.add([passage_of("s9", "A zebra.")])
            batch.commit(7)
        assert self.ids("zebra", first) == {"s9"}

    def test_what_a_writer_killed_in_its_commit_left_is_not_in_the_way(self) -> None:
        self.filled()
        named = next((self.directory / "1").rglob("meta.json"))
        before = named.read_bytes()
        for _ in range(2):
            index = TantivyIndex(self.directory / "1")
            with index.writing() as batch:
                batch.remove("id", "s1")
                batch.commit(7)
            assert self.ids("levy", index) == {"s2"}
            index.close()
            named.write_bytes(before)

    def test_who_waits_too_long_for_the_writer_is_told_so(self) -> None:
        index = self.filled()
        hasty = TantivyIndex(self.directory / "1", patience=0.05)
        with index.writing(), pytest.raises(Fault) as refused, hasty.writing():
            pass
        assert refused.value.exit_code is Exit.UNAVAILABLE

    def test_an_index_of_another_layout_is_built_anew(self) -> None:
        old = self.directory / "layout-0-0.1"
        old.mkdir()
        (old / "meta.json").write_text("not of this version", encoding="utf-8")
        assert TantivyIndex(self.directory).caught_up() == 0
        assert not old.exists()

    def test_one_deleted_or_damaged_while_open_is_new_and_is_filled_again(self) -> None:
        index = self.filled()
        shutil.rmtree(self.directory / "1", ignore_errors=True)
        assert (index.caught_up(), index.size()) == (0, 0)
        with index.writing() as batch:
            batch.add(COUNCIL)
            batch.commit(6)
        assert self.ids("levy", index) == {"s1", "s2"}
        [meta] = (self.directory / "1").rglob("meta.json")
        meta.write_text("{", encoding="utf-8")
        assert TantivyIndex(self.directory / "1").size() == 0

    def test_a_writer_that_is_killed_leaves_the_index_as_it_was_and_the_writer_free(self) -> None:
        index = self.filled()
        program = (
            "import sys, time; from pathlib import Path; from remembrancer.memory.index import TantivyIndex\n"
            f"with TantivyIndex(Path({str(self.directory / '1')!r})).writing() as batch:\n"
            "    batch.clear(); print('taken', flush=True); time.sleep(60)"
        )
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "taken\n"
            with pytest.raises(Fault), TantivyIndex(self.directory / "1", patience=0).writing():
                pass
            other.kill()
        with index.writing() as batch:
            batch.commit(7)
        assert (index.caught_up(), index.size()) == (7, 6)


def test_both_indexes_find_and_rank_alike(tmp_path: Path) -> None:
    chance = random.Random(5)
    vocabulary = [f"word{number}" for number in range(40)]
    entries = [
        passage_of(f"p{number}", " ".join(chance.choices(vocabulary, k=12)), item_title=chance.choice(vocabulary))
        for number in range(60)
    ]
    plain, fast = MemoryIndex(), TantivyIndex(tmp_path)
    for index in (plain, fast):
        with index.writing() as batch:
            batch.add(entries)
            batch.commit(1)
    for _ in range(30):
        one, two, three = chance.sample(vocabulary, 3)
        for query in (f"{one} {two}", f"+{one} {two} -{three}", f'"{one} {two}"', f"({one} OR {two}) AND {three}"):
            expected = plain.search(parse(query), Filters(), 100)
            hits = fast.search(parse(query), Filters(), 100)
            assert {passage.id for passage, _ in hits} == {passage.id for passage, _ in expected}
            scores = {passage.id: score for passage, score in expected}
            assert all(abs(score - scores[passage.id]) < 0.1 for passage, score in hits)


def test_the_marker_is_no_passage(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    with index.writing() as batch:
        batch.add(COUNCIL)
        batch.commit(1)
        batch.commit(2)
    assert index.size() == len(COUNCIL)
    assert len(index.search(parse(""), Filters(), 100)) == len(COUNCIL) - 1
