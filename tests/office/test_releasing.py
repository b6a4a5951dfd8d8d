"""Laws of a released document: what stays closed moves nothing in it, and what it quotes is its own bytes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.model import Dated, Proceedings, Sitting, Span, Speech, Text
from remembrancer.office.asking.wording import any_of, letters_of, places_of, stand_in
from remembrancer.office.desk.releasing import Quotation, Released, released
from remembrancer.office.desk.requests import Determination, Part
from remembrancer.record.circles import View

RELEASE = Determination("release", "", "", "owner", "", 1)
WITHHOLD = Determination("withhold", "in confidence", "s. 41", "owner", "", 2)
WORDS = st.text("abc dé*[]#\n", min_size=1, max_size=20).filter(lambda text: any(map(str.isalnum, text)))


def redact(*words: str) -> Determination:
    return Determination(
        "redact", "", "", "owner", "", 3, tuple(Part(each, "a third party", "s. 40") for each in words)
    )


def document(*parts: tuple[str, str]) -> View:
    """A document of texts, by id and words, with markup between them that is nobody's words."""
    data, texts = b"# ", []
    for identity, words in parts:
        start = len(data)
        data += words.encode()
        texts.append(Text((Span(start, len(data)),), place="line 1", id=identity))
        data += b"\n\n"
    return View(data, (), Proceedings(texts=tuple(texts)))


def shown(made: Released) -> str:
    """All that goes out of it."""
    return repr((made.data, made.passages, [(mark.number, mark.start, mark.end) for mark in made.marks]))


Runs = st.lists(st.tuples(st.sampled_from(("open", "closed", "outside")), WORDS, WORDS, st.integers(1, 3)), max_size=8)


@settings(max_examples=40, deadline=None)
@given(Runs)
def test_two_documents_that_differ_in_what_stays_closed_are_released_as_the_same_bytes(runs) -> None:
    """Neither the words nor the length nor the number of closed passages, nor of those outside, shows."""
    one, other, determinations = [], [], {}
    for at, (state, words, others, times) in enumerate(runs):
        first, second = ((words, words), (words, others))[state != "open"]
        one.append((f"{at}", first))
        copies = 1 if state == "open" else times
        other += [(f"{at}" if copy == 0 else f"{at}.{copy}", second) for copy in range(copies)]
        for copy in ["", *(f".{copy}" for copy in range(1, copies))]:
            said = {"open": RELEASE, "closed": WITHHOLD}.get(state)
            determinations |= {f"{at}{copy}": said} if said else {}
    made = [released(document(*each), determinations, 1, 1) for each in (one, other)]
    assert shown(made[0]) == shown(made[1])


@settings(max_examples=40, deadline=None)
@given(WORDS, st.text("xyz", min_size=1, max_size=9), st.text("xyz", min_size=1, max_size=9), WORDS)
def test_redacted_words_move_nothing_else_of_their_passage(before: str, one: str, other: str, after: str) -> None:
    made = [released(document(("a", f"{before} {name} {after}")), {"a": redact(name)}, 1, 1) for name in (one, other)]
    assert shown(made[0]) == shown(made[1])
    assert one.encode() not in made[0].data


@settings(max_examples=40, deadline=None)
@given(Runs)
def test_every_quotation_is_the_bytes_of_the_text_that_goes_out(runs) -> None:
    view = document(*((f"{at}", words) for at, (_, words, _, _) in enumerate(runs)))
    said = {"open": RELEASE, "closed": WITHHOLD}
    made = released(view, {f"{at}": said[run[0]] for at, run in enumerate(runs) if run[0] in said}, 1, 5)
    for passage in made.passages:
        assert all(made.data[start:end].decode() == quote for start, end, quote in passage.quotations)
        assert "".join(each.quote for each in passage.quotations).encode() in view.data
    for mark in made.marks:
        assert made.data[mark.start : mark.end].decode() == f"[closed {mark.number}]"
    assert [mark.number for mark in made.marks] == list(range(5, 5 + len(made.marks)))


def test_what_meets_for_one_reason_has_one_number_and_each_reason_its_own() -> None:
    view = document(("a", "Ash."), ("b", "Birch."), ("c", "Cedar."), ("d", "Dogwood."))
    other = Determination("withhold", "trade secret", "s. 43", "owner", "", 2)
    made = released(view, {"a": WITHHOLD, "b": WITHHOLD, "c": other, "d": RELEASE}, 1, 1)
    assert [mark.why.ground for mark in made.marks] == ["s. 41", "s. 43"]
    assert made.data.decode().split() == ["[closed", "1]", "[closed", "2]", "Dogwood."]


def test_a_version_in_which_the_redacted_words_stand_otherwise_stays_closed_whole() -> None:
    made = released(document(("a", "T. Reed was ill.")), {"a": redact("Tom Reed")}, 1, 1)
    assert made.passages == ()
    assert made.data.strip() == b"[closed 1]"


def test_a_letter_that_no_passage_holds_does_not_go_out() -> None:
    view = document(("a", "Ash."), ("b", "Birch."))
    torn = view._replace(data=view.data.replace(b"\n\nB", b"X:B"))
    texts = [Text((Span(2, 6),), id="a"), Text((Span(8, 14),), id="b")]
    made = released(torn._replace(proceedings=Proceedings(texts=tuple(texts))), {"a": RELEASE, "b": RELEASE}, 1, 1)
    assert made.data == b"Ash.\nBirch."


def test_the_label_and_the_date_go_with_the_words_that_say_them() -> None:
    data = b"5 March 2024\n\nReed: I was ill."
    date = Dated("2024-03-05", "text", (Span(0, 12),))
    told = Proceedings(
        sittings=(Sitting(dates=(date,)),),
        speeches=(Speech("Reed", (Span(20, 30),), (Span(14, 18),), sitting=0, id="s"),),
        texts=(Text((Span(0, 12),), sitting=0, id="d"),),
    )
    view = View(data, (), told)
    open_ = released(view, {"s": RELEASE}, 1, 1).passages[0]
    assert (open_.speaker, open_.date) == ("Reed", "2024-03-05")
    closed = released(view, {"s": redact("Reed"), "d": WITHHOLD}, 1, 1).passages[0]
    assert (closed.speaker, closed.date, closed.parts) == ("", "", (2, "I was ill."))
    assert [each for each in closed.quotations if isinstance(each, Quotation)] == list(closed.quotations)


def test_words_are_found_however_they_are_written_and_not_inside_others() -> None:
    for text in ("ZOË REED", "**Zoe** Reed", "Zoe\n  Reed", "Zoe\u0301 Reed's", "(Zoë Reed)", "letters/zoe_reed_2.txt"):
        assert stand_in("Zoë Reed", text), text
    for text in ("Zoe Reeder", "Zoe and Reed", "Chloezoe Reed"):
        assert not stand_in("Zoë Reed", text), text
    assert stand_in("AS", "AS: so said as they") and not stand_in("AS", "so said as they")
    assert stand_in("STRASSE", "die Straße") and stand_in("Straße", "DIE STRASSE")
    assert stand_in("£7,950", "of £7,950 for") and not stand_in("  ", "words")


def test_words_are_found_across_what_parts_a_passage() -> None:
    data = b"met Tom 00:12 Reed twice; Tom\nReed left"
    letters = letters_of(data, (Span(4, 8), Span(14, len(data))))
    found = [data[start:end] for start, end in places_of("tom reed", letters)]
    assert found == [b"Tom ", b"Reed", b"Tom\nReed"]


def test_a_pattern_of_names_takes_the_longer_first() -> None:
    pattern = any_of(["Reed", "Tom Reed", ""])
    assert pattern is not None and pattern.findall("Tom  Reed and Reed; Reeder") == ["Tom  Reed", "Reed"]
    assert any_of([]) is None
