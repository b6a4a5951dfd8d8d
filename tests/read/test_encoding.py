"""Encodings: valid UTF-8 is its own rendition, everything else is transcoded and said so."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.model import Proceedings
from remembrancer.read.encoding import decode, is_text, reading

GERMAN = "Der Gemeinderat beschließt die Änderung der Gebührenordnung für Müll. " * 3
FRENCH = "Le conseil a adopté à l’unanimité le procès-verbal de la séance précédente. " * 3
POLISH = "Rada gminy podjęła uchwałę w sprawie budżetu. Głosowało za czternastu radnych. " * 3
RUSSIAN = "Совет принял решение о бюджете города на следующий год. " * 4
JAPANESE = "町議会は来年度の予算案を可決した。" * 6


@given(st.text())
def test_valid_utf8_is_its_own_rendition(text):
    data = text.encode("utf-8", "surrogatepass") if text.isascii() else text.encode()
    decoded = decode(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    assert decoded.same
    assert decoded.text.encode() == data
    assert decoded.findings == ()


def test_a_byte_order_mark_and_line_ends_stay_in_the_rendition():
    data = b"\xef\xbb\xbfAnn: yes\r\nBen: no\r\n"
    decoded = decode(data)
    assert decoded.same
    assert reading("x/1", data, decoded, Proceedings()).rendition.data == data


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        ("Señor", "latin-1"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
    ],
)
def test_other_encodings_are_guessed_and_the_guess_is_a_finding(text, encoding):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert not decoded.same
    assert [finding.code for finding in decoded.findings] == ["encoding-guessed"]
    assert decoded.findings[0].advice


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_byte_order_mark_needs_no_guess(encoding):
    decoded = decode(FRENCH.encode(encoding))
    assert decoded.text == FRENCH
    assert decoded.findings == ()


def test_what_the_document_declares_is_believed():
    decoded = decode("Søren".encode("cp1252"), declared="windows-1252")
    assert (decoded.text, decoded.findings) == ("Søren", ())


def test_a_stray_byte_is_kept_and_named_with_its_place():
    decoded = decode(FRENCH.encode() + b"\nit\x92s so\n")
    assert decoded.text.endswith("it’s so\n")
    (finding,) = decoded.findings
    assert (finding.code, finding.place) == ("undecodable", "line 2")
    assert decoded.text.encode()[slice(*finding.span)].decode() == "’"


def test_utf8_that_was_cut_off_inside_a_letter_is_still_utf8():
    decoded = decode(RUSSIAN.encode()[:-4])
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("Совет принял")


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_decode_to_something_that_encodes(data):
    decoded = decode(data)
    assert decoded.text.encode().decode() == decoded.text
    assert decoded.same == (decoded.text.encode() == data) or not decoded.same
    for finding in decoded.findings:
        assert finding.span is None or finding.span.end <= len(decoded.text.encode())


def test_binary_is_not_text():
    assert not is_text(bytes(range(256)) * 20)
    assert is_text(FRENCH.encode("cp1252"))
    assert is_text(FRENCH.encode("utf-16"))


def test_five_megabytes_in_another_encoding_take_no_time():
    data = GERMAN.encode("cp1252") * 25_000
    started = time.process_time()
    assert decode(data).encoding == "cp1252"
    assert time.process_time() - started < 5
