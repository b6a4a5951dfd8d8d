"""Laws of notes and heads: what a known key did not sign is not read; the C2SP example verifies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.record import note
from remembrancer.record.note import BadNote, Checkpoint, Ed25519Signer

SIGNER = Ed25519Signer.new("remembrancer/alder-town")
VERIFIER = note.verifier_of(SIGNER)
HEAD = Checkpoint("remembrancer/alder-town", 7, bytes(range(32)))

GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_that_go_signed_opens() -> None:
    """The example in the documentation of golang.org/x/mod/sumdb/note."""
    verifier = note.parse_verifier(GO_KEY)
    assert note.open_note(GO_NOTE.encode(), [verifier]).startswith("If you think")
    assert note.format_verifier(verifier) == GO_KEY


def test_a_head_that_was_signed_opens() -> None:
    assert note.open_checkpoint(note.sign_checkpoint(HEAD, SIGNER), [VERIFIER]) == HEAD


def test_keys_are_read_back_as_written() -> None:
    assert note.parse_signer(note.format_signer(SIGNER)) == SIGNER
    assert note.parse_verifier(note.format_verifier(VERIFIER)) == VERIFIER


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_head_with_any_byte_changed_does_not_open_as_another(at: int, change: int) -> None:
    signed = bytearray(note.sign_checkpoint(HEAD, SIGNER))
    signed[at % len(signed)] ^= change
    with pytest.raises(BadNote):
        note.open_checkpoint(bytes(signed), [VERIFIER])


def test_a_signature_has_one_spelling() -> None:
    """The last letter of base64 before its padding has bits that decode to nothing; a head has them as they must be."""
    signed = note.sign_checkpoint(HEAD, SIGNER)
    assert signed.endswith(b"=\n")
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    at = len(signed.rstrip(b"=\n")) - 1
    other = letters[letters.index(signed[at]) ^ 1]
    with pytest.raises(BadNote, match="as it must be written"):
        note.open_checkpoint(signed[:at] + bytes([other]) + signed[at + 1 :], [VERIFIER])


def test_signatures_of_unknown_keys_are_ignored_but_not_enough() -> None:
    witness = Ed25519Signer.new("witness.example")
    signed = note.sign_checkpoint(HEAD, witness, SIGNER)
    assert note.open_checkpoint(signed, [VERIFIER]) == HEAD
    with pytest.raises(BadNote, match="no known key"):
        note.open_checkpoint(signed, [])


def test_one_bad_signature_of_a_known_key_spoils_the_note() -> None:
    witness = Ed25519Signer.new("witness.example")
    good = note.sign_checkpoint(HEAD, SIGNER)
    elsewhere = note.sign_checkpoint(Checkpoint("other", 1, bytes(32)), witness)
    forged = good + elsewhere.rpartition(b"\n\n")[2]
    with pytest.raises(BadNote, match="witness"):
        note.open_note(forged, [VERIFIER, note.verifier_of(witness)])


def test_further_lines_of_a_checkpoint_are_ignored() -> None:
    text = note.format_checkpoint(HEAD) + "a line of a later version\n"
    assert note.open_checkpoint(note.sign(text, SIGNER), [VERIFIER]) == HEAD


@pytest.mark.parametrize("size", ["-1", "007", "seven", "", "7 "])
def test_a_size_is_written_in_one_way(size: str) -> None:
    text = note.format_checkpoint(HEAD).replace("\n7\n", f"\n{size}\n")
    with pytest.raises(BadNote):
        note.parse_checkpoint(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u2003b"])
def test_a_name_that_would_break_a_line_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        Ed25519Signer.new(name)


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+x", "a+b", GO_KEY[:-4], GO_KEY.replace("c7", "c8")])
def test_a_malformed_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        note.parse_verifier(text)
    with pytest.raises(BadNote):
        note.parse_signer(text)
