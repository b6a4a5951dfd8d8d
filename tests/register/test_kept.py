"""What the register keeps is found only under what it was made from, and nothing is lost with it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import apsw
import pytest

from remembrancer.model import Action, Notice
from remembrancer.record.connection import writing
from remembrancer.register.facts import Moved, Noticed
from remembrancer.register.kept import KEPT_REGISTERS, Kept, key_of
from remembrancer.register.rows import Register
from remembrancer.saying import Day, Sentence, Term

FACT = Moved(id="motion-a", rule="motions.moved", text="That Zebediah be thanked.")
REGISTER = Register(actions=(Action("action-a", "", "2031-05-01", "", "", "", "A. Able", "oil the gate"),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "derived" / "register.db"


def test_facts_are_found_under_the_key_they_were_kept_by_and_under_no_other(path: Path) -> None:
    kept = Kept(path)
    kept.keep_facts({3: ("key", (FACT,))})
    assert kept.facts({3: "key"}) == {3: (FACT,)}
    assert kept.facts({3: "another program"}) == {}
    assert kept.facts({4: "key"}) == {}


def test_facts_of_a_reading_that_is_gone_are_forgotten(path: Path) -> None:
    kept = Kept(path)
    kept.keep_facts({3: ("a", (FACT,)), 4: ("b", (FACT,))})
    kept.forget_facts([4])
    assert list(kept.facts({3: "a", 4: "b"})) == [4]


def test_a_register_is_kept_for_another_process_and_the_oldest_go_first(path: Path) -> None:
    kept = Kept(path)
    for number in range(KEPT_REGISTERS + 1):
        kept.keep_register(f"{number}", REGISTER)
    kept.close()
    again = Kept(path)
    assert again.register(f"{KEPT_REGISTERS}") == REGISTER
    assert again.register("0") is None


def test_what_a_register_says_keeps_its_templates(path: Path) -> None:
    why = Sentence("%(n)s for; %(outcome)s since %(day)s", n=9, outcome=Term("outcome", "lost"), day=Day("2031-05-01"))
    kept = Kept(path)
    kept.keep_register("key", Register(notices=(Notice("notice-a", "a-code", "note", why),)))
    kept.keep_facts({3: ("key", (Noticed(id="notice-b", rule="a.rule", message=why),))})
    register = kept.register("key")
    assert register is not None
    for told in (register.notices[0].message, kept.facts({3: "key"})[3][0].message):
        assert (told, told.template, told.values) == (why, why.template, why.values)
        assert [type(each) for each in told.values.values()] == [int, Term, Day]


def test_nothing_of_the_words_stays_in_the_file_when_all_is_forgotten(path: Path) -> None:
    kept = Kept(path)
    kept.keep_facts({3: ("key", (FACT,))})
    kept.keep_register("key", REGISTER)
    before = path.stat().st_size + Path(f"{path}-wal").stat().st_size
    kept.forget_all()
    assert kept.facts({3: "key"}) == {}
    assert kept.register("key") is None
    kept.close()
    assert before > 0
    assert b"motion-a" not in path.read_bytes()


def test_a_damaged_file_is_made_anew(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database" * 100)
    kept = Kept(path)
    kept.keep_facts({3: ("key", (FACT,))})
    assert kept.facts({3: "key"})


def test_keys_differ_with_anything_they_are_made_of() -> None:
    assert key_of("a", "b") == key_of("a", "b")
    assert len({key_of("a", "b"), key_of("ab"), key_of("a", "c"), key_of("b", "a")}) == 4


def test_who_keeps_while_another_writes_waits_for_them(path: Path) -> None:
    kept, other = Kept(path), apsw.Connection(str(path))
    with ThreadPoolExecutor(1) as thread:
        with writing(other):
            other.execute("DELETE FROM fact")
            other.execute("INSERT INTO fact VALUES (9, 'key', x'00')")
            keeping = thread.submit(kept.keep_register, "a", REGISTER)
            sleep(0.3)
        keeping.result()
    assert kept.register("a") == REGISTER
