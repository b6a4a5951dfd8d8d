"""What was settled is taken back by an entry, and the register is then what it was before."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import OWNER, PUBLIC, Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.office.desk.waiting import around
from remembrancer.office.registers import settling
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registrar import (
    Scope,
    confirm,
    correct,
    dismiss,
    keep_apart,
    merge,
    register_of,
    split,
)
from remembrancer.office.registers.settling import Settled, fields_of, latest, take_back
from remembrancer.record.catalog import DeskRow

CLERK = Principal("role:clerk")
MINUTES = """# Works Panel, {day} May 2019

Present: {who} (chair), Cllr Ida Fenn, Cllr Una Birch

## 1. {what}

**Cllr Ida Fenn:** We agreed to keep the old {what} at the weir.
"""
HOUSE = 'language = "en"\n'


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with Office.create(tmp_path / "office", "Works Panel", HOUSE) as office:
        files = []
        for day, who, what in ((7, "Cllr J. Ash", "pump house"), (14, "Cllr Jon Ash", "boat shed")):
            path = tmp_path / f"2019-05-{day:02d}.md"
            path.write_text(MINUTES.format(day=day, who=who, what=what), encoding="utf-8")
            files.append(File(path, path.name))
        list(take_in(office.body(), OWNER, files))
        yield office.body()


def asked(bureau: Bureau) -> list[str]:
    return [each.id for each in Registered(bureau, CLERK).queue()]


SETTLED: dict[str, Callable[[Bureau, str, str], Settled]] = {
    "confirm": lambda bureau, row, _: confirm(bureau, CLERK, row),
    "dismiss": lambda bureau, row, _: dismiss(bureau, CLERK, row),
    "correct": lambda bureau, row, _: correct(bureau, CLERK, row, {"number": "2019/7"}),
    "merge": lambda bureau, _, pair: merge(bureau, CLERK, *pair.split()),
    "apart": lambda bureau, _, pair: keep_apart(bureau, CLERK, *pair.split()),
    "split": lambda bureau, _, pair: split(bureau, CLERK, pair.split()[0]),
}


@pytest.mark.parametrize("deed", SETTLED)
def test_what_is_taken_back_was_never_said(bureau: Bureau, deed: str) -> None:
    before, questions = register_of(bureau, CLERK), asked(bureau)
    row = next(each for each in questions if " " not in each)
    pair = next(each for each in questions if " " in each)
    entry = SETTLED[deed](bureau, row, pair).entry
    assert latest(bureau, CLERK, 1)[0].entry == entry
    by = take_back(bureau, CLERK, entry)
    assert (register_of(bureau, CLERK), asked(bureau)) == (before, questions)
    assert (by, latest(bureau, CLERK, 5)) == (entry + 1, [])
    assert bureau.verify().holds


@pytest.mark.parametrize("deed", SETTLED)
def test_the_same_answer_again_adds_nothing_and_names_the_entry_that_says_so(bureau: Bureau, deed: str) -> None:
    questions = asked(bureau)
    row, pair = (next(each for each in questions if (" " in each) is two) for two in (False, True))
    first = SETTLED[deed](bureau, row, pair)
    size = bureau.log.size()
    assert first == Settled(size - 1) and SETTLED[deed](bureau, row, pair) == Settled(first.entry, already=True)
    assert bureau.log.size() == size
    take_back(bureau, CLERK, first.entry)
    assert SETTLED[deed](bureau, row, pair) == Settled(size + 1)


def test_another_answer_or_another_note_is_an_entry_of_its_own(bureau: Bureau) -> None:
    row = next(each for each in asked(bureau) if " " not in each)
    deeds = (confirm(bureau, CLERK, row), confirm(bureau, CLERK, row, "as read out"), dismiss(bureau, CLERK, row))
    assert not any(each.already for each in (*deeds, confirm(bureau, CLERK, row)))


def test_of_many_who_answer_the_same_at_once_one_settles_it(bureau: Bureau, tmp_path: Path) -> None:
    row = next(each for each in asked(bureau) if " " not in each)

    def answered(_: int) -> Settled:
        with Office(tmp_path / "office") as office:
            return confirm(office.body(), CLERK, row)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(answered, range(4)))
    assert sorted(each.already for each in done) == [False, True, True, True]
    assert len({each.entry for each in done}) == 1


def settle_beside_another(office: Path, deed: str, asked: str, both_looked: Any, outcomes: Any) -> None:
    """Answer in a process of its own, which says nothing before another has looked what was said before, too."""
    standing, looks = settling.standing, count()

    def looked(rows: Iterable[DeskRow]) -> list[DeskRow]:
        found = standing(rows)
        if next(looks) == 0:
            both_looked.wait(60)
        return found

    settling.standing = looked
    with Office(office) as opened:
        try:
            done = (
                take_back(opened.body(), CLERK, int(asked)) if deed == "back" else confirm(opened.body(), CLERK, asked)
            )
            outcomes.put(str(done))
        except Fault as fault:
            outcomes.put(fault.exit_code.name)


@pytest.mark.parametrize("deed", ["confirm", "back"])
def test_of_two_processes_that_looked_before_either_said_so_one_settles_it(
    bureau: Bureau, tmp_path: Path, deed: str
) -> None:
    row = next(each for each in asked(bureau) if " " not in each)
    told = str(confirm(bureau, CLERK, row).entry) if deed == "back" else row
    size, context = bureau.log.size(), multiprocessing.get_context("spawn")
    both_looked, outcomes = context.Barrier(2), context.Queue()
    given = (tmp_path / "office", deed, told, both_looked, outcomes)
    clerks = [context.Process(target=settle_beside_another, args=given) for _ in range(2)]
    for clerk in clerks:
        clerk.start()
    said = {outcomes.get(timeout=120) for _ in clerks}
    for clerk in clerks:
        clerk.join(60)
    again = Exit.REFUSED.name if deed == "back" else str(Settled(size, already=True))
    assert said == {str(size) if deed == "back" else str(Settled(size)), again}
    assert bureau.log.size() == size + 1 and bureau.verify().holds


def test_two_people_who_are_two_are_asked_about_no_more(bureau: Bureau) -> None:
    pair = next(each for each in asked(bureau) if " " in each)
    one, other = pair.split()
    keep_apart(bureau, CLERK, other, one)
    assert pair not in asked(bureau)


def test_nothing_is_taken_back_twice_or_that_was_never_said(bureau: Bureau) -> None:
    entry = confirm(bureau, CLERK, next(each for each in asked(bureau) if " " not in each)).entry
    by = take_back(bureau, CLERK, entry)
    for number in (entry, by, 0, 10_000):
        with pytest.raises(Fault) as refused:
            take_back(bureau, CLERK, number)
        assert refused.value.exit_code == Exit.REFUSED


def test_nobody_but_a_clerk_takes_back_or_tells_apart(bureau: Bureau) -> None:
    entry = confirm(bureau, OWNER, next(each for each in asked(bureau) if " " not in each)).entry
    for principal in (PUBLIC, Principal("role:member"), Principal("role:auditor")):
        for deed in (lambda: take_back(bureau, principal, entry), lambda: keep_apart(bureau, principal, "a", "b")):  # noqa: B023
            with pytest.raises(Fault) as refused:
                deed()
            assert refused.value.exit_code == Exit.REFUSED


def test_what_was_known_before_it_was_taken_back_is_still_shown_as_it_was(bureau: Bureau) -> None:
    row = next(each for each in asked(bureau) if " " not in each)
    entry = dismiss(bureau, CLERK, row).entry
    at = bureau.log.entry(entry).at
    gone = register_of(bureau, CLERK, Scope(as_known=at)).get(row)
    take_back(bureau, CLERK, entry)
    assert gone is None and register_of(bureau, CLERK).get(row) is not None


def test_what_may_be_corrected_is_shown_with_what_it_is_now(bureau: Bureau) -> None:
    register = register_of(bureau, CLERK)
    fields = {each.name: each for each in fields_of(register.decisions[0])}
    assert fields["date"].value == register.decisions[0].date and "adopt" in fields["kind"].choices
    assert fields_of(register.people[0]) == ()


def test_what_stands_around_words_is_the_document_s(bureau: Bureau) -> None:
    for question in Registered(bureau, CLERK).queue():
        for each in around(bureau, question.spans):
            marked = [piece.text.strip() for piece in each.pieces if piece.marked]
            assert marked and all(words in str(question.spans) for words in marked)
            data = bureau.renditions.get(each.first.rendition).decode()
            assert all(word in data for piece in each.pieces for word in piece.text.strip("… ").split()[1:-1])
