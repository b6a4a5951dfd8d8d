"""Laws of the proofs that commands give: what does not hold is told, and what cannot be told is said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from remembrancer import read
from remembrancer.interfaces.cli import faults
from remembrancer.read import captions, markdown
from remembrancer.record.note import open_checkpoint, parse_verifier
from remembrancer.record.proof import check_entry, parse_inclusion


def extraction(command) -> tuple[int, dict]:
    told = command("record", "verify", "--extract", "--json")
    return told.code, json.loads(told.out)["extraction"]


def test_every_text_is_made_again_from_its_source_also_those_of_circles(command, office) -> None:
    command("read", "closed.md")
    hit = json.loads(command("search", "Quillfeather", "--json").out)[0]
    command("classify", hit["item"], "members")
    code, found = extraction(command)
    assert (code, found["different"], found["unchecked"]) == (0, [], [])
    assert found["checked"] == 6


def test_what_another_version_of_a_reader_made_is_said_to_be_unchecked(
    command, office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown, "VERSION", 99)
    monkeypatch.setattr(captions, "VERSION", 99)
    code, found = extraction(command)
    assert code == 0
    assert {each["path"] for each in found["unchecked"]} >= {"captions.vtt"}
    assert "installed is" in found["unchecked"][0]["reason"]


def test_a_text_that_its_source_does_not_make_fails_the_check(command, office, monkeypatch: pytest.MonkeyPatch) -> None:
    as_it_is = read.read

    def otherwise(data: bytes, path: str, house):
        reading = as_it_is(data, path, house)
        return replace(reading, rendition=replace(reading.rendition, data=reading.rendition.data + b" and more"))

    monkeypatch.setattr(read, "read", otherwise)
    code, found = extraction(command)
    assert code == 1
    assert len(found["different"]) == 4


def test_a_source_that_was_removed_is_said_to_be_unchecked(command, office) -> None:
    speech = json.loads(command("search", "volunteers", "--json", "-n", "1").out)[0]
    assert command("redact", speech["id"], "--authority", "an order").code == 0
    code, found = extraction(command)
    assert code == 0
    assert {each["reason"] for each in found["unchecked"]} == {"its source was removed"}


def test_a_proof_that_is_printed_is_one(command, office) -> None:
    number = 4
    entry = json.loads(command("record", "log", "--json").out)[number]
    assert entry["number"] == number
    command("record", "export", "copy")
    key = next((office.parent / "copy" / "keys").iterdir()).read_text(encoding="utf-8")
    verifiers = [parse_verifier(key.strip())]
    proof = parse_inclusion(command("record", "prove", str(number)).out)
    envelopes = _envelopes(office.parent / "copy")
    assert check_entry(proof, envelopes[number], verifiers) is not None
    assert check_entry(proof, envelopes[number + 1], verifiers) is None
    assert open_checkpoint(command("record", "checkpoint").out, verifiers).size == len(envelopes)


def _envelopes(copy) -> list[bytes]:
    bundle = next(path for path in (copy / "tile" / "entries").rglob("*") if path.is_file()).read_bytes()
    found, at = [], 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2])
        found.append(bundle[at + 2 : end])
        at = end
    return found


def test_an_export_that_was_changed_is_caught(command, office) -> None:
    assert command("record", "export", "copy").code == 0
    assert command("record", "verify", "--export", "copy").code == 0
    blob = next(path for path in (office.parent / "copy" / "blobs").rglob("*") if path.is_file())
    blob.write_bytes(blob.read_bytes() + b"!")
    told = command("record", "verify", "--export", "copy")
    assert told.code == 1
    assert blob.name in told.text
    assert command("record", "import", "copy", "-o", "other").code == 1


def test_an_imported_record_has_the_same_root_and_answers_the_same(command, office) -> None:
    command("record", "export", "copy")
    assert command("record", "import", "copy", "-o", "other").code == 0
    roots = {
        json.loads(command("record", "checkpoint", "--json", "-o", each).out)["root"] for each in ("office", "other")
    }
    assert len(roots) == 1
    assert command("ask", "weir", "--json").out == command("ask", "weir", "--json", "-o", "other").out
    assert command("record", "import", "copy", "-o", "other").code == 3


def test_what_is_derived_may_be_damaged_or_deleted(command, office) -> None:
    wanted = command("search", "weir", "--json").out
    catalog = next((office / "derived").rglob("catalog.db"))
    for file in catalog.parent.glob("catalog.db*"):
        file.write_bytes(b"no database, but noise" * 100)
    assert command("search", "weir", "--json").out == wanted


def test_stopping_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    for stopped in (KeyboardInterrupt(), SystemExit(130)):
        assert faults.tell(stopped, in_json=False) == 130
        assert capsys.readouterr().err.startswith("Error: Stopped.")
