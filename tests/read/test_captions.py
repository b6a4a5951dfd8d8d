"""Captions: their own bytes are the rendition, and one person's cues are one speech."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from told import checked, codes, said, texts, words
from webvtt import from_string

from remembrancer.model import Reading
from remembrancer.read import captions
from remembrancer.read.house import DEFAULT, parse

ZOOM = """WEBVTT

1
00:00:02.080 --> 00:00:03.340
Ann Ames: Good evening.

2
00:00:04.570 --> 00:00:05.720
Ann Ames: Shall we begin?

3
00:00:06.000 --> 00:00:07.000
Bob Berg: Before we do: one
question.

4
00:01:06.000 --> 00:01:07.000
Ann Ames: Yes.
"""


def read(text: str, path: str = "2020-01-07/sitting.vtt", house: str = "") -> Reading:
    data = text.encode()
    conventions = parse(house) if house else DEFAULT
    assert captions.recognises(data, path, conventions)
    return checked(captions.read(data, path, conventions))


def test_the_rendition_is_the_source_itself() -> None:
    assert read(ZOOM).rendition.data == ZOOM.encode()
    assert read(ZOOM).rendition.extractor == ""


def test_consecutive_cues_of_one_person_are_one_speech_with_a_span_for_each() -> None:
    reading = read(ZOOM)
    assert said(reading) == [
        ("Ann Ames", "Good evening. Shall we begin?"),
        ("Bob Berg", "Before we do: one question."),
        ("Ann Ames", "Yes."),
    ]
    assert len(reading.proceedings.speeches[0].spans) == 2


def test_a_speech_has_the_time_of_its_first_cue_and_its_place_is_that_time() -> None:
    speeches = read(ZOOM).proceedings.speeches
    assert [speech.time for speech in speeches] == ["00:00:02.080", "00:00:06.000", "00:01:06.000"]
    assert [speech.place for speech in speeches] == ["00:00:02", "00:00:06", "00:01:06"]


def test_numbers_times_and_repeated_names_are_markup() -> None:
    reading = read(ZOOM)
    markup = words(reading, reading.proceedings.markup)
    assert "00:00:04.570" in markup and "Ann Ames" in markup
    assert texts(reading) == []


def test_the_date_is_taken_from_the_path_and_missed_where_there_is_none() -> None:
    assert [(date.value, date.origin) for date in read(ZOOM).proceedings.sittings[0].dates] == [("2020-01-07", "path")]
    assert codes(read(ZOOM, "sitting.vtt")) == ["no-date"]


def test_a_voice_tag_names_the_speaker_and_other_tags_and_entities_split_the_words() -> None:
    vtt = (
        "WEBVTT - Budget sitting\nLanguage: en\n\nSTYLE\n::cue { color: red }\n\nNOTE checked by ear\n\n"
        "intro\n00:02.000 --> 00:03.000 align:start\n<v.loud Ann Ames>Roads <i>and</i> bridges &amp; so on</v>\n"
    )
    reading = read(vtt)
    assert said(reading) == [("Ann Ames", "Roads and bridges & so on".replace("& ", ""))]
    assert texts(reading) == [("title", "Budget sitting"), ("text", "checked by ear")]
    assert reading.proceedings.sittings[0].title == "Budget sitting"
    assert reading.proceedings.language == "en"
    assert b"amp" in b"".join(vtt.encode()[start:end] for start, end in reading.proceedings.markup)


def test_subrip_with_windows_line_ends_and_dashes_for_unnamed_speakers() -> None:
    first = "1\r\n00:00:01,000 --> 00:00:02,000\r\n- Is it open?\r\n- It is.\r\n\r\n"
    srt = first + "2\r\n00:00:03,5 --> 00:00:04,0\r\n{\\an8}Good.\r\n"
    reading = read(srt, "2020-01-07.srt")
    assert said(reading) == [("", "Is it open?"), ("", "It is. Good.")]


def test_broadcast_captions_name_speakers_after_two_angles() -> None:
    vtt = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n>> MAYOR AMES: Order, please.\n\n"
        "00:02.000 --> 00:03.000\nThe vote: seven to two.\n\n00:03.000 --> 00:04.000\n>> Aye.\n\n"
        "00:04.000 --> 00:05.000\n>> MAYOR AMES: Carried.\n"
    )
    assert said(read(vtt)) == [
        ("MAYOR AMES", "Order, please. The vote: seven to two."),
        ("", "Aye."),
        ("MAYOR AMES", "Carried."),
    ]


def test_captions_without_speakers_are_texts_of_a_minute() -> None:
    cues = "".join(
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.900\nword {n}\n\n" for n in range(0, 150, 10)
    )
    reading = read("WEBVTT\n\n" + cues)
    assert said(reading) == []
    assert [text.place for text in reading.proceedings.texts] == ["00:00:00", "00:01:00", "00:02:00"]


def test_labels_that_the_house_refuses_are_words() -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nAnn Ames: So.\n\n00:02.000 --> 00:03.000\nNote: it is late.\n"
    house = "[speakers]\nnot_speakers = ['Note']\n"
    assert said(read(vtt, house=house)) == [("Ann Ames", "So. Note: it is late.")]


def test_a_broken_cue_is_found_and_its_words_are_kept() -> None:
    vtt = ZOOM.replace("00:00:06.000 -->", "00:00:0x -->")
    reading = read(vtt)
    assert "broken-cue" in codes(reading)
    assert any("one question" in text for _, text in texts(reading))


def test_a_chat_is_a_speech_a_message_with_its_time() -> None:
    chat = "00:03:23\tAnn Ames:\tgood evening\n00:04:10\tBob Berg:\tReplying to Ann\n\nbig doubt\n"
    reading = read(chat, "2020-01-07/chat.txt")
    assert said(reading) == [("Ann Ames", "good evening"), ("Bob Berg", "Replying to Ann big doubt")]
    assert [speech.time for speech in reading.proceedings.speeches] == ["00:03:23.000", "00:04:10.000"]


def test_an_empty_caption_file_and_one_without_cues_are_read() -> None:
    assert said(read("WEBVTT\n")) == []
    assert said(read("", "2020-01-07.vtt")) == []


CUE = st.lists(st.text(alphabet="abcdé 0:-<>&;.\n", min_size=1, max_size=30), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(CUE)
def test_whatever_stands_in_cues_every_letter_is_in_one_element(bodies: list[str]) -> None:
    cues = "\n\n".join(f"{n}\n00:00:{n:02}.000 --> 00:00:{n:02}.500\n{body}" for n, body in enumerate(bodies))
    read(f"WEBVTT\n\n{cues}\n")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="abc de.", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=6))
def test_the_words_are_those_that_an_independent_parser_finds(bodies: list[str]) -> None:
    vtt = "WEBVTT\n\n" + "\n\n".join(
        f"00:00:{n:02}.000 --> 00:00:{n:02}.500\nAnn: {body}" for n, body in enumerate(bodies)
    )
    expected = " ".join(" ".join(caption.text.removeprefix("Ann:").split()) for caption in from_string(vtt).captions)
    assert said(read(vtt)) == [("Ann", expected)]
