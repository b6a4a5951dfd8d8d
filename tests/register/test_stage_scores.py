"""The scores of ``bench/stages.py`` and ``bench/phases.py`` see what is wrong: a register that says nothing, anything
or everything, or that runs matters together, scores badly; one that says what the history tells scores 1."""

import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"
NAMES = [
    f"{first} {second}"
    for first in ("slow", "quick", "red", "blue")
    for second in ("hedge", "lamp", "kiln", "weir", "ford")
]
DAYS = ["2031-02-03", "2031-05-05", "2031-09-08", "2032-01-12"]


@pytest.fixture
def rungs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [str(BENCH), *sys.path])
    import rungs

    return rungs


@pytest.fixture
def registers(rungs: ModuleType) -> ModuleType:
    return sys.modules["registers"]


def theirs(rungs: ModuleType, registers: ModuleType) -> Any:
    matters = registers.Matters()
    for name in NAMES:
        matters.join([f"title:{name}", f"link:{name.replace(' ', '-')}"])
    return rungs.Theirs(matters, {"2031-02/feb-3#13iislowhedgeforstage2": matters.of("title:slow hedge")})


def moves(rungs: ModuleType, known: Any) -> list[Any]:
    """Every matter goes up a rung at every sitting after its first."""
    return [
        rungs.Move(known.matters.of(f"title:{name}"), str(rung), day, day, day[:7])
        for nth, name in enumerate(NAMES)
        for rung, day in enumerate(DAYS[nth % 3 :], start=1)
    ]


def register(rungs: ModuleType, said: list[tuple[str, str, str]]) -> Any:
    """A register that says (name, rung, day), each name a matter of its own."""
    made = [rungs.Said(name, rung, day, day, day[:7], f"{day} | {rung} | {name}") for name, rung, day in said]
    return rungs.Ours(
        tuple(made),
        {name: (f"title:{name}",) for name in NAMES},
        {name: (day, rung) for name, rung, day in sorted(said, key=lambda each: each[2])},
        dict.fromkeys(NAMES, 1),
    )


def truly(known: Any, told: list[Any]) -> list[tuple[str, str, str]]:
    name_of = {known.matters.of(f"title:{name}"): name for name in NAMES}
    return [(name_of[move.matter], move.rung, move.first) for move in told]


def scores(rungs: ModuleType, registers: ModuleType, said: list[tuple[str, str, str]]) -> tuple[float, float]:
    known = theirs(rungs, registers)
    compared = rungs.compare(register(rungs, said), moves(rungs, known), known, 4, 4)
    return rungs.recall(compared).rate, rungs.precision(compared, {})[0].rate


def test_what_the_history_tells_scores_one(rungs: ModuleType, registers: ModuleType) -> None:
    known = theirs(rungs, registers)
    assert scores(rungs, registers, truly(known, moves(rungs, known))) == (1.0, 1.0)


def test_a_register_that_says_nothing_misses_both_floors(rungs: ModuleType, registers: ModuleType) -> None:
    assert scores(rungs, registers, []) == (0.0, 0.0)


def test_a_shuffled_register_scores_badly(rungs: ModuleType, registers: ModuleType) -> None:
    known = theirs(rungs, registers)
    told = truly(known, moves(rungs, known))
    names = [name for name, _, _ in told]
    random.Random(1).shuffle(names)
    recall, precision = scores(
        rungs, registers, [(name, rung, day) for name, (_, rung, day) in zip(names, told, strict=True)]
    )
    assert recall < 0.4
    assert precision < 0.4


def test_a_register_that_says_everything_is_not_precise(rungs: ModuleType, registers: ModuleType) -> None:
    recall, precision = scores(
        rungs, registers, [(name, str(r), day) for name in NAMES for r in range(1, 5) for day in DAYS]
    )
    assert recall == 1.0
    assert precision < 0.3


def test_a_move_told_at_another_sitting_or_to_another_rung_is_not_matched(
    rungs: ModuleType, registers: ModuleType
) -> None:
    known = theirs(rungs, registers)
    told = truly(known, moves(rungs, known))
    assert scores(rungs, registers, [(name, rung, "2033-06-06") for name, rung, _ in told])[0] == 0.0
    assert scores(rungs, registers, [(name, str(int(rung) + 1), day) for name, rung, day in told])[0] == 0.0


def test_matters_run_together_are_one_matter_of_theirs(rungs: ModuleType, registers: ModuleType) -> None:
    known = theirs(rungs, registers)
    told = moves(rungs, known)
    said = tuple(
        rungs.Said("all", rung, day, day, day[:7], f"{name} {rung} {day}") for name, rung, day in truly(known, told)
    )
    together = rungs.Ours(
        said, {"all": tuple(f"title:{name}" for name in NAMES)}, {"all": ("2032-01-12", "4")}, {"all": 80}
    )
    assert rungs.recall(rungs.compare(together, told, known, 4, 4)).rate < 0.15


def test_the_last_rung_is_that_of_all_names_joined_or_of_the_most_debated(
    rungs: ModuleType, registers: ModuleType
) -> None:
    known = theirs(rungs, registers)
    slow = known.matters.of("title:slow hedge")
    known.matters.join(["title:slow hedge", "title:calm hedge"])
    names = {"old": ("title:slow hedge",), "new": ("title:calm hedge",)}
    last = {"old": ("2031-02-03", "1"), "new": ("2032-01-12", "3")}
    parts = rungs.Ours((), names, last, {"old": 5, "new": 2})
    matter = known.matters.of(slow)
    assert rungs.last_rungs(parts, {matter: "3"}, known) == {matter: rungs.Last("3", "3", "1")}
    assert rungs.last_rungs(rungs.Ours((), {}, {}, {}), {matter: "3"}, known) == {
        matter: rungs.Last("3", "none", "none")
    }


def test_what_is_said_twice_of_a_sitting_counts_once(rungs: ModuleType, registers: ModuleType) -> None:
    known = theirs(rungs, registers)
    told = truly(known, moves(rungs, known))
    compared = rungs.compare(register(rungs, told + told), moves(rungs, known), known, 4, 4)
    assert len(compared.matched) == len(told)


def test_what_hands_judged_right_is_precise_and_wrong_is_not(rungs: ModuleType, registers: ModuleType) -> None:
    known = theirs(rungs, registers)
    compared = rungs.compare(
        register(rungs, [("slow hedge", "4", "2040-01-01"), ("red lamp", "4", "2040-01-01")]), [], known, 4, 4
    )
    verdicts = {
        "2040-01-01 | 4 | slow hedge": rungs.Judgement(True, "a conclusion says so"),
        "2040-01-01 | 4 | red lamp": rungs.Judgement(False, "only asked for"),
    }
    assert rungs.precision(compared, verdicts) == (rungs.Share(1, 2), rungs.Share(2, 2))


def test_a_matter_is_found_by_link_title_or_linked_heading(rungs: ModuleType, registers: ModuleType) -> None:
    known = theirs(rungs, registers)
    slow = known.matters.of("title:slow hedge")
    assert known.one(["link:slow-hedge", "title:red lamp"]) == slow
    assert known.one(["at:2031-02/feb-3#slowhedgeforstage2"]) == slow
    assert known.one(["title:quite another thing"]) == ""


@pytest.mark.parametrize(
    ("heading", "about"),
    [
        ("13.ii.a Slow `hedge` for Stage 2", "slow hedge"),
        ("Slow hedge: update (continued)", "slow hedge"),
        ("Slow hedge for stage 2 or 3 (Ann Arbor)", "slow hedge"),
    ],
)
def test_a_heading_is_about_its_matter(rungs: ModuleType, heading: str, about: str) -> None:
    assert rungs.subject(heading) == about


@pytest.mark.parametrize(
    ("written", "rung"),
    [("Stage 3", "3"), ("Phase 2", "2"), ("Withdrawn", "aside"), ("rejected", "aside"), ("open", "")],
)
def test_a_rung_is_a_digit_or_aside(rungs: ModuleType, written: str, rung: str) -> None:
    assert rungs.rung_of(written) == rung


def stage_of(path: str, heading: str, said: str) -> str:
    return "".join(char for char in heading + said if char.isdigit())


def test_a_row_renamed_or_moved_to_another_address_is_one_matter(registers: ModuleType) -> None:
    first = "### Stage 1\n\n| Proposal | Champion |\n| --- | --- |\n| [Slow hedge][hedge] | Ann |\n\n[hedge]: https://github.com/ann/hedge\n"
    then = first.replace("Slow hedge", "Calm hedge")
    last = then.replace("[hedge]", "[calm]").replace("Stage 1", "Stage 2").replace("ann/hedge", "all/hedge")
    tables = [registers.rows(text, "README.md", stage_of) for text in (first, then, last)]
    commits = [
        registers.Commit("2031-01-01", "Rename", tables[0], tables[1]),
        registers.Commit("2031-02-03", "Calm hedge to stage 2, per 2031.02.03", tables[1], tables[2]),
    ]
    matters = registers.identities(commits, {})
    assert registers.moved(commits[0], matters) == {}
    assert registers.moved(commits[1], matters) == {matters.of("title:slow hedge"): "2"}


def test_a_heading_two_rows_link_to_is_nobodys(registers: ModuleType) -> None:
    link = "https://github.com/all/notes/blob/HEAD/meetings/2031-02/feb-3.md#lamps-and-kilns"
    head = "| Proposal | Notes | Stage |\n| --- | --- | --- |\n"
    table = head + f"| [Lamp](https://github.com/all/lamp) | [notes]({link}) | 1 |\n"
    both = table + f"| [Kiln](https://github.com/all/kiln) | [notes]({link}) | 1 |\n"
    for text, count in ((table, 1), (both, 0)):
        commits = [registers.Commit("2031-02-03", "Add", (), registers.rows(text, "README.md", stage_of))]
        assert len(registers.headings(commits, registers.identities(commits, {}))) == count


def test_a_missed_floor_is_said_and_ends_with_one(rungs: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    figures = {"recall": rungs.Share(1, 2), "judged": rungs.Share(0, 0)}
    assert rungs.report(figures, {"recall": 0.9}) == 1
    said = capsys.readouterr().out.splitlines()
    assert "missed: recall 0.500 < 0.9" in said
    assert json.loads(said[-1])["recall"] == 0.5
    assert rungs.report(figures, {"recall": 0.4}) == 0
