"""Laws of the pictures: no two ties lie on one another, every member has its place, and a day is where it falls."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remembrancer.interfaces.web.showing.drawing import BOX, HEIGHT, SPAN, WIDTH, along, growth, lanes_of, picture
from remembrancer.office.registers.family import Family, Member, Tie

spans = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(lambda pair: pair[0] != pair[1]), max_size=25)


def member(key: str) -> Member:
    return Member(key, key, key, "A long title " * 9, "2020-01-01", "in-force", True)


@given(spans)
def test_two_lines_in_one_lane_never_meet(pairs: list[tuple[int, int]]) -> None:
    lanes = lanes_of(pairs)
    for at, one in enumerate(pairs):
        for other in range(at):
            if lanes[at] == lanes[other]:
                assert max(one) < min(pairs[other]) or max(pairs[other]) < min(one)


@given(spans)
def test_every_member_has_a_box_and_every_tie_an_arrow_within_the_picture(pairs: list[tuple[int, int]]) -> None:
    members = tuple(member(str(at)) for at in range(21))
    ties = tuple(Tie(str(by), str(to), "amends", "", "", True) for by, to in pairs)
    drawn = picture(Family(members, ties, 0), "3")
    assert [box.member for box in drawn.boxes] == list(members)
    assert [(int(arc.by), int(arc.to)) for arc in drawn.arcs] == list(dict.fromkeys(pairs))
    assert [box.member.key for box in drawn.boxes if box.here] == ["3"]
    assert all(box.y + BOX <= drawn.height and box.x + WIDTH <= drawn.width for box in drawn.boxes)
    assert all(box.title.endswith("…") for box in drawn.boxes)


def test_a_tie_to_what_is_not_in_the_picture_is_not_drawn() -> None:
    assert picture(Family((member("1"),), (Tie("1", "2", "amends", "", "", True),), 0), "1").arcs == ()


def test_the_steps_of_growth_end_where_the_picture_ends() -> None:
    drawn = growth((("2020-01-01", 1), ("2020-07-01", 2)), "2020-01-01", "2020-12-31")
    assert drawn.startswith(f"M0 {HEIGHT} H0.0 V32.0 ")
    assert drawn.endswith(f" H{SPAN} V{HEIGHT} Z")
    assert growth((), "2020-01-01", "2020-01-01") == f"M0 {HEIGHT} H{SPAN} V{HEIGHT} Z"


def test_a_day_lies_between_the_first_and_the_last() -> None:
    assert along("2020-01-01", "2020-01-01", "2020-12-31") == 0
    assert along("2020-12-31", "2020-01-01", "2020-12-31") == SPAN


def test_what_is_done_to_several_parts_of_a_text_is_one_line() -> None:
    ties = tuple(Tie("1", "2", "amends", part, "", part == "4") for part in ("3", "4", ""))
    arc = picture(Family((member("1"), member("2")), ties, 0), "1").arcs[0]
    assert (arc.provisions, arc.stated) == (("3", "4"), True)
