"""What a reading tells, as plain values that a test can compare; every reading is accounted for on the way."""

from __future__ import annotations

from remembrancer.model import Reading, Spans
from remembrancer.plain import plain
from remembrancer.read.account import account


def checked(reading: Reading) -> Reading:
    """The reading, once every letter of it is in exactly one element."""
    account(reading)
    return reading


def words(reading: Reading, spans: Spans) -> str:
    return plain([reading.rendition.data[start:end].decode() for start, end in spans])


def said(reading: Reading) -> list[tuple[str, str]]:
    """Speaker and words of every speech, in order."""
    return [(speech.speaker, words(reading, speech.spans)) for speech in reading.proceedings.speeches]


def texts(reading: Reading) -> list[tuple[str, str]]:
    """Section and words of every text, in order."""
    return [(text.section, words(reading, text.spans)) for text in reading.proceedings.texts]


def titles(reading: Reading) -> list[tuple[int, str, str]]:
    """Level, number and title of every item."""
    return [(item.level, item.number, item.title) for item in reading.proceedings.items]


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.proceedings.findings]
