"""Laws of circles: what is closed is not there, what is left says what it said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remembrancer.access import may, strictest
from remembrancer.model import (
    OWNER,
    PUBLIC,
    Finding,
    Item,
    PlaceRun,
    Principal,
    Proceedings,
    Sitting,
    Span,
    Speech,
    Text,
)
from remembrancer.record.circles import CLOSED_MARK, Ruling, View, circle_name, classified, restrict

CLASSES = ("open", "existence", "members", "role:clerk", "hidden")


def build(parts: list[tuple[str, str]]) -> View:
    """One speech a line, each of a class."""
    data, speeches = b"", []
    for text, visibility in parts:
        line = f"AB: {text}\n".encode()
        start = len(data)
        speeches.append(
            Speech(
                "AB",
                (Span(start + 4, start + len(line) - 1),),
                (Span(start, start + 3),),
                visibility=visibility,
                place=f"line {len(speeches) + 1}",
                id=f"speech-{len(speeches)}",
            )
        )
        data += line
    return View(data, (), Proceedings(speeches=tuple(speeches)))


words = st.text(st.characters(whitelist_categories=("L", "N"), max_codepoint=0x2FFF), min_size=1, max_size=12)


@given(st.lists(st.tuples(words, st.sampled_from(CLASSES)), min_size=1, max_size=8))
def test_the_public_circle_holds_every_open_word_exactly_and_no_closed_one(parts: list[tuple[str, str]]) -> None:
    marked = [(f"{index}{word}{index}", visibility) for index, (word, visibility) in enumerate(parts)]
    whole = build(marked)
    part = restrict(whole, lambda each: may(PUBLIC, "read", each), {})
    said = [part.data[speech.spans[0].start : speech.spans[0].end].decode() for speech in part.proceedings.speeches]
    assert said == [word for word, visibility in marked if visibility == "open"]
    assert part.data.count(CLOSED_MARK.encode()) <= len(marked)
    lines = part.data.decode().split("\n")
    for speech, word in zip(part.proceedings.speeches, said, strict=True):
        assert lines[int(speech.place.removeprefix("line ")) - 1].endswith(f"AB: {word}")


def test_the_length_of_what_is_closed_does_not_show() -> None:
    short = restrict(build([("a", "open"), ("b", "hidden"), ("c", "open")]), lambda each: each == "open", {})
    long = restrict(build([("a", "open"), ("b" * 500, "hidden"), ("c", "open")]), lambda each: each == "open", {})
    assert short == long


def test_markup_between_closed_words_goes_with_them() -> None:
    data = b"open (secret-link) closed rest"
    speeches = (
        Speech("A", (Span(0, 4),), id="speech-1"),
        Speech("B", (Span(19, 25),), visibility="members", id="speech-2"),
        Speech("C", (Span(26, 30),), id="speech-3"),
    )
    view = View(data, (), Proceedings(speeches=speeches, markup=(Span(6, 17),)))
    part = restrict(view, lambda each: each == "open", {})
    assert part.data == b"open\n[closed]\nrest"
    assert part.proceedings.markup == ()


def test_an_item_known_to_exist_keeps_a_public_title_and_nothing_else() -> None:
    data = b"Budget\nDismissal of Jo Smith\nwe dismiss\n"
    items = (
        Item("Budget", (Span(0, 6),), id="item-1"),
        Item("Dismissal of Jo Smith", (Span(7, 28),), number="2", id="item-2"),
    )
    told = Proceedings(items=items, texts=(Text((Span(29, 39),), item=1, id="text-1"),))
    rulings = {"item-2": Ruling("existence", "A staffing matter", "personal data")}
    view = View(data, (), classified(told, "open", rulings))
    part = restrict(view, lambda each: may(PUBLIC, "read", each), rulings)
    assert part.data == b"Budget\n[closed]\n"
    assert [(item.title, item.spans, item.number, item.visibility) for item in part.proceedings.items] == [
        ("Budget", (Span(0, 6),), "", "open"),
        ("A staffing matter", (), "", "existence"),
    ]
    assert part.proceedings.texts == ()
    assert restrict(view, lambda each: may(Principal("member:jo"), "read", each), rulings).data == data


def test_a_sitting_of_which_a_circle_reads_nothing_is_not_there() -> None:
    sittings = (Sitting("First", id="sitting-1"), Sitting("Second", venue="Room 3", id="sitting-2"), Sitting("Third"))
    texts = tuple(Text((Span(at * 4, at * 4 + 3),), sitting=at, id=f"text-{at}") for at in (0, 1, 2))
    told = Proceedings(sittings=sittings, texts=texts)
    view = View(b"aaa\nbbb\nccc\n", (), classified(told, "open", {"sitting-2": Ruling("hidden")}))
    part = restrict(view, lambda each: each == "open", {}).proceedings
    assert [each.title for each in part.sittings] == ["First", "Third"]
    assert [each.sitting for each in part.texts] == [0, 1]


def test_what_stands_under_a_closed_item_is_closed_whatever_its_own_class() -> None:
    told = Proceedings(
        items=(
            Item("A", (Span(0, 1),), visibility="members", id="item-1"),
            Item("B", (Span(1, 2),), parent=0, id="item-2"),
        ),
        speeches=(Speech("X", (Span(2, 3),), item=1, id="speech-1"),),
    )
    assert classified(told, "open", {}).speeches[0].visibility == "members"


def test_findings_in_closed_ranges_and_those_without_a_place_stay_inside() -> None:
    view = build([("aaa", "open"), ("bbb", "hidden")])
    findings = (
        Finding("one", "about aaa", span=Span(0, 3), place="line 1"),
        Finding("two", "about bbb", span=Span(8, 11), place="line 2"),
        Finding("three", "bbb is somewhere"),
    )
    told = Proceedings(speeches=view.proceedings.speeches, findings=findings)
    part = restrict(view._replace(proceedings=told), lambda each: each == "open", {})
    assert [finding.code for finding in part.proceedings.findings] == ["one"]


def test_pages_keep_their_labels_in_a_circle() -> None:
    view = build([("aaa", "open"), ("bbb", "hidden"), ("ccc", "open")])
    placed = view._replace(places=(PlaceRun(0, "page 1"), PlaceRun(8, "page 2"), PlaceRun(16, "page 3")))
    part = restrict(placed, lambda each: each == "open", {})
    assert [run.label for run in part.places] == ["page 1", "page 3"]
    assert part.data[part.places[1].start :] == b"AB: ccc\n"


@given(st.sets(st.sampled_from(CLASSES), min_size=1))
def test_the_strictest_of_classes_is_read_only_by_those_who_read_each(classes: set[str]) -> None:
    principals = [OWNER, PUBLIC, Principal("member:jo"), Principal("role:clerk"), Principal("role:chair")]
    for principal in principals:
        if may(principal, "read", strictest(classes)):
            assert all(may(principal, "read", each) for each in classes)


def test_a_circle_is_named_by_the_classes_it_reads() -> None:
    assert circle_name(["open"], lambda each: each == "open") == "all"
    assert circle_name(["open", "members"], lambda each: each == "open") == "open"
    assert circle_name(["members"], lambda each: each == "open") is None
    assert circle_name([], lambda each: each == "open") == "all"
