"""IRC logs: who is scribe types for others, everybody else for himself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from told import checked, codes, said, texts, titles

from remembrancer.model import Reading
from remembrancer.read import irc
from remembrancer.read.house import DEFAULT

SCRIBED = """\
17:00:01 <RRSAgent> logging to https://www.w3.org/2020/01/07-roads-irc
17:00:05 <ames> Meeting: Roads group
17:00:06 <ames> Chair: Ann Ames
17:00:08 <ames> present+ Ann_Ames, Bob_Berg
17:00:09 <cole> present+
17:00:10 <cole> regrets+ Dan Dorn
17:01:12 <berg> scribe: berg
17:02:09 <berg> Topic: The bridge
17:02:20 <berg> Ann: it is closed
17:02:25 <cole> q+
17:02:26 <berg> ... since May
17:02:30 <cole> I disagree: strongly
17:02:40 <ames> s/May/March/
17:02:50 <berg> Subtopic: Costs
17:03:00 <berg> The costs were discussed.
17:03:05 <berg> RESOLVED: to open it
17:03:07 <berg> ACTION: Cole to tell the press
17:03:09 <dorn> dorn has joined #roads
"""


def read(text: str, path: str = "log.txt") -> Reading:
    data = text.encode()
    assert irc.recognises(data, path, DEFAULT)
    return checked(irc.read(data, path, DEFAULT))


def test_the_scribe_types_for_others_and_a_continuation_goes_on_across_asides() -> None:
    reading = read(SCRIBED)
    assert said(reading) == [("Ann", "it is closed since May"), ("cole", "I disagree: strongly")]
    assert [speech.time for speech in reading.proceedings.speeches] == ["17:02", "17:02"]


def test_topics_and_subtopics_are_items() -> None:
    reading = read(SCRIBED)
    assert titles(reading) == [(1, "", "The bridge"), (2, "", "Costs")]
    assert reading.proceedings.items[1].parent == 0


def test_resolutions_actions_and_the_scribes_own_words_are_texts_of_their_sections() -> None:
    assert [text for text in texts(read(SCRIBED)) if text[0] in {"conclusion", "actions"}] == [
        ("conclusion", "RESOLVED: to open it"),
        ("actions", "ACTION: Cole to tell the press"),
    ]
    assert ("text", "The costs were discussed.") in texts(read(SCRIBED))


def test_title_date_and_attendance() -> None:
    sitting = read(SCRIBED).proceedings.sittings[0]
    assert sitting.title == "Roads group"
    assert [(date.value, date.origin) for date in sitting.dates] == [("2020-01-07", "text")]
    assert [(line.label, line.present, line.role) for line in sitting.attendance] == [
        ("Ann Ames", True, "chair"),
        ("Ann_Ames", True, ""),
        ("Bob_Berg", True, ""),
        ("cole", True, ""),
        ("Dan Dorn", False, ""),
        ("dorn", True, ""),
    ]


def test_joining_and_leaving_the_channel_or_the_telephone_bridge_are_comings() -> None:
    log = (
        "17:00:01 <ames> ames has joined #roads\n17:01:00 <Zakim> +Bob_Berg\n"
        "17:02:00 <Zakim> +??P12\n17:02:10 <ames> hello\n"
        "17:03:00 <Zakim> -Bob_Berg\n17:05:00 <cole> cole has left #roads\n17:06:00 <Zakim> Attendees were Bob_Berg\n"
        "17:07:00 <ames> ames has left #roads\n"
    )
    lines = read(log).proceedings.sittings[0].attendance
    assert [(line.label, line.since, line.until) for line in lines if line.since or line.until] == [
        ("ames", "17:00", ""),
        ("Bob_Berg", "17:01", "17:03"),
        ("cole", "", "17:05"),
    ]


def test_a_correction_is_kept_as_text_and_reported_never_applied() -> None:
    reading = read(SCRIBED)
    assert codes(reading) == ["correction-not-applied"]
    assert ("text", "s/May/March/") in texts(reading)
    assert "since May" in said(reading)[0][1]


def test_meetbot_topics_and_agreements_where_everybody_types_for_himself() -> None:
    log = (
        "[12:00] <cole> hello\n[12:01] <ames> #startmeeting Roads\n[12:02] <ames> #topic The bridge\n"
        "[12:03] <berg> ames: it is closed\n[12:04] * berg sighs\n[12:05] <ames> #agreed open it\n"
        "[12:06] <ames> #endmeeting\n"
    )
    reading = read(log, "2020-01-07.log")
    assert said(reading) == [("cole", "hello"), ("berg", "ames: it is closed")]
    assert titles(reading) == [(1, "", "The bridge")]
    assert ("conclusion", "#agreed open it") in texts(reading)
    assert reading.proceedings.sittings[0].title == "Roads"


def test_the_first_scribe_named_was_scribe_from_the_start() -> None:
    assert said(read("<ames> Rob: I am here.\n<berg> hi\n<ames> scribe: ames\n<ames> Rob: Or am I?\n")) == [
        ("Rob", "I am here."),
        ("berg", "hi"),
        ("Rob", "Or am I?"),
    ]


def test_who_joins_after_the_minuting_bot_has_left_was_not_there() -> None:
    log = (
        "12:00 <Zakim> Zakim has joined #roads\n12:01 <ames> hi\n12:02 <berg> berg has joined #roads\n"
        "12:03 <gitbot> gitbot has left #roads\n12:04 <cole> cole has joined #roads\n"
        "12:09 <Zakim> Zakim has left #roads\n12:30 <dyer> dyer has joined #roads\n12:31 <ames> bye\n"
    )
    [sitting] = read(log, "2020-01-07.log").proceedings.sittings
    assert [(line.label, line.since) for line in sitting.attendance] == [("berg", "12:02"), ("cole", "12:04")]


def test_addresses_times_and_issue_numbers_are_no_speakers() -> None:
    log = "<a> scribe: a\n<a> http://example.org/ is it\n<a> issue-25: a note\n<a> 5:00 pm: late\n<b> yes\n"
    assert said(read(log)) == [("b", "yes")]


def test_plain_chat_without_conventions_has_no_scribe() -> None:
    assert said(read("<a> Bob: hello\n<b> hello\n<a> bye\n")) == [("a", "Bob: hello"), ("b", "hello"), ("a", "bye")]


def test_markdown_and_prose_are_not_taken_for_a_log() -> None:
    assert not irc.recognises(SCRIBED.encode(), "notes.md", DEFAULT)
    assert not irc.recognises(b"It is <b> bold\nand more\nand more\n", "a.txt", DEFAULT)


LINE = st.text(alphabet="ab: .+-/#s\u2026<>", min_size=0, max_size=20)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["ames", "berg", "Zakim"]), LINE), min_size=3, max_size=12))
def test_whatever_is_typed_every_letter_is_in_one_element(lines: list[tuple[str, str]]) -> None:
    log = "".join(f"12:01 <{nick}> {words}\n" for nick, words in lines)
    checked(irc.read(("<ames> scribe: ames\n" + log).encode(), "log.txt", DEFAULT))
