"""Laws of what stands on a day: looked up in spells it is what the turns themselves say; narrowing loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from remembrancer.model import Decision, Force, Relation, Turn
from remembrancer.office.registers.family import family
from remembrancer.office.registers.standing import (
    DAWN,
    HOLDING,
    Looked,
    Standing,
    Standings,
    counts,
    spells,
    standing_on,
)
from remembrancer.register.resolving.force import force_on
from remembrancer.register.rows import Register
from remembrancer.rules.rulebook import bounds

days = st.dates(date(2019, 1, 1), date(2024, 12, 31)).map(date.isoformat)
told = days.flatmap(lambda day: st.sampled_from((day, day[:7], day[:4], "")))
forces = st.sampled_from(get_args(Force))
histories = st.lists(st.builds(Turn, told, forces, st.just("why")), min_size=1, max_size=5).map(
    lambda turns: sorted(turns, key=lambda turn: bounds(turn.date))
)


def decided(identity: str, on: str, turns: Sequence[Turn], *relations: Relation, stated: bool = True) -> Decision:
    return Decision(
        identity, "", on, "", "", "adopt", "sitting", "carried", f"The words of {identity}.", number=identity,
        turns=tuple(turns), relations=relations, stated=stated,
    )  # fmt: skip


def known(*rows: Decision) -> Standings:
    every = tuple(Standing(row, row.date or DAWN, spells(row.turns), row.text.lower()) for row in rows)
    done: dict[str, tuple[object, ...]] = {}
    return Standings(every, "2019-01-01", "2024-12-31", (), done, {each.row.id: each for each in every})  # type: ignore[arg-type]


@given(histories, days)
def test_a_spell_has_the_force_of_its_days(turns: list[Turn], day: str) -> None:
    standing = Standing(decided("1", "2019-01-01", turns), DAWN, spells(turns), "")
    assert standing.on(day).force == force_on(turns, day)


@given(histories)
def test_spells_follow_one_another_and_differ(turns: list[Turn]) -> None:
    found = spells(turns)
    assert found[0].since == DAWN
    assert all(one.since < other.since and one.force != other.force for one, other in pairwise(found))


@given(st.lists(histories, max_size=5), days)
def test_what_is_counted_is_what_is_in_force(all_turns: list[list[Turn]], day: str) -> None:
    standings = known(*(decided(str(at), "2019-01-01", turns) for at, turns in enumerate(all_turns)))
    counted = [number for since, number in counts(standings.all) if since <= day]
    in_force = standing_on(standings, Looked(day, ("in-force",))).stated
    assert (counted[-1] if counted else 0) == len(in_force)


@given(st.lists(histories, max_size=5), days)
def test_each_force_is_counted_as_often_as_it_is_found(all_turns: list[list[Turn]], day: str) -> None:
    standings = known(*(decided(str(at), "2020-01-01", turns) for at, turns in enumerate(all_turns)))
    found = standing_on(standings, Looked(day))
    for force in get_args(Force):
        assert found.forces[force] == len(standing_on(standings, Looked(day, (force,))).stated)


def test_nothing_stands_before_it_is_made() -> None:
    row = decided("1", "2020-05-05", [Turn("2020-05-05", "in-force", "")])
    assert standing_on(known(row), Looked("2020-05-04")).stated == ()
    assert len(standing_on(known(row), Looked("2020-05-05")).stated) == 1


def test_what_was_worked_out_stands_apart() -> None:
    row = decided("1", "2020-05-05", [Turn("2020-05-05", "in-force", "")], stated=False)
    found = standing_on(known(row), Looked("2021-01-01"))
    assert (found.stated, [each.row for each in found.inferred]) == ((), [row])
    assert not found.forces and not found.kinds


def test_words_are_looked_for_all_of_them() -> None:
    rows = [decided(each, "2020-05-05", [Turn("2020-05-05", "in-force", "")]) for each in ("1", "2")]
    assert [each.row for each in standing_on(known(*rows), Looked("2021-01-01", words="Words 2")).stated] == rows[1:]
    assert Looked("").forces == HOLDING


def test_a_day_without_a_change_leads_to_those_with_one() -> None:
    standings = Standings((), "2020-01-01", "2020-12-31", ("2020-02-02", "2020-03-03"), {}, {})
    assert (standings.before("2020-02-20"), standings.after("2020-02-20")) == ("2020-02-02", "2020-03-03")
    assert (standings.before("2020-02-02"), standings.after("2020-03-03")) == ("", "")


def test_a_family_is_all_that_relations_lead_to_and_no_more() -> None:
    """Both ways, from each to the next; what it names itself and the record does not hold is a member without an id."""
    turns = [Turn("2020-01-01", "in-force", "")]
    first = decided("1", "2020-01-01", turns)
    second = decided("2", "2021-01-01", turns, Relation("amends", "1", "No. 1", "section 3"))
    third = decided("3", "2022-01-01", turns, Relation("repeals", "2", "No. 2"), Relation("repeals", "", "No. 0"))
    stranger = decided("4", "2022-01-01", turns)
    rows = (first, second, third, stranger)
    from remembrancer.office.registers.standing import _done

    register = Register(decisions=rows)
    standings = Standings(known(*rows).all, "2020-01-01", "2022-01-01", (), _done(register), known(*rows).by_id)
    for row in rows[:3]:
        found = family(register, standings, row, "2023-01-01")
        named = [""] if row is third else []
        assert [each.id for each in found.members] == [*named, "1", "2", "3"]
        ties = {(tie.by, tie.to, tie.kind) for tie in found.ties if tie.to != "named No. 0"}
        assert ties == {("2", "1", "amends"), ("3", "2", "repeals")}
    assert family(register, standings, stranger, "2023-01-01").ties == ()


def test_of_a_large_family_the_nearest_are_shown() -> None:
    turns = [Turn("2020-01-01", "in-force", "")]
    rows = [decided("0", "2020-01-01", turns)]
    for at in range(1, 9):
        rows.append(decided(str(at), f"202{at}-01-01", turns, Relation("amends", str(at - 1), "")))
    register = Register(decisions=tuple(rows))
    from remembrancer.office.registers.standing import _done

    standings = Standings((), "", "", (), _done(register), {})
    found = family(register, standings, rows[4], "2031-01-01", most=5)
    assert ([each.id for each in found.members], found.left_out) == (["2", "3", "4", "5", "6"], 4)
