"""Passages are parts of a speech: short enough to read, ending with sentences, lossless."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.memory.passages import LONGEST, WIDEST, cut
from remembrancer.model import Span, Spans

SENTENCE = "The clerk, Ms. Bell, read 1.2 of the näive bylaw aloud to those present. "


def said(data: bytes, spans: Spans) -> str:
    return "".join(data[span.start : span.end].decode() for span in spans)


def test_a_speech_of_two_hundred_words_is_one_passage() -> None:
    data = ("word " * LONGEST).encode()
    assert cut(data, [Span(0, 500), Span(500, len(data))]) == [(Span(0, 500), Span(500, len(data)))]


def test_a_longer_one_is_cut_evenly_where_sentences_end() -> None:
    data = (SENTENCE * 30).encode()
    parts = [said(data, spans) for spans in cut(data, [Span(0, len(data))], "en")]
    assert len(parts) == 3
    assert all(part.endswith("present. ") and 100 <= len(part.split()) <= LONGEST for part in parts)


def test_markup_between_spans_stays_out_of_every_passage() -> None:
    data = b"".join(b"00:00:01 --> " + SENTENCE.encode() for _ in range(40))
    step = len(data) // 40
    spans = [Span(at + 13, at + step) for at in range(0, len(data), step)]
    parts = cut(data, spans)
    assert len(parts) > 1
    assert b"-->" not in b"".join(data[span.start : span.end] for part in parts for span in part)


def test_no_span_is_no_passage() -> None:
    assert cut(b"anything", []) == []


def test_a_word_without_end_is_cut_all_the_same() -> None:
    data = ("é" * (3 * WIDEST)).encode()
    parts = [said(data, spans) for spans in cut(data, [Span(0, len(data))])]
    assert max(map(len, parts)) <= WIDEST
    assert "".join(parts) == data.decode()


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(["Yes. ", "word " * 90, "\n\n", "e.g. this! ", "日本語。", "x" * 3000, SENTENCE * 4]),
        ),
        max_size=25,
    ),
    st.sampled_from(["", "en", "de", "ja", "xx"]),
)
def test_the_parts_partition_the_bytes_of_the_spans(quotes: list[str], language: str) -> None:
    data, spans = b"", []
    for quote in quotes:
        written = quote.encode(errors="replace")
        spans.append(Span(len(data), len(data) + len(written)))
        data += written + b"<tag>"
    parts = cut(data, spans, language)
    assert [at for part in parts for span in part for at in range(*span)] == [
        at for span in spans for at in range(*span)
    ]
    assert all(len(said(data, part).split()) <= LONGEST or len(parts) == 1 for part in parts)
    assert all(len(said(data, part)) <= WIDEST for part in parts)


def test_a_speech_of_megabytes_is_cut_in_little_time() -> None:
    data = (SENTENCE * 30_000).encode()
    began = time.process_time()
    assert len(cut(data, [Span(0, len(data))], "en")) > 1500
    assert time.process_time() - began < 5
