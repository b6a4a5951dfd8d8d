"""Laws of the published JSON: every command keeps to its schema, and the schemas are those of the program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from remembrancer.interfaces import shapes
from remembrancer.plain import plain

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def checked(name: str, out: bytes) -> Any:
    value = json.loads(out)
    jsonschema.validate(value, schema(name))
    return value


COMMANDS = {
    "search": ["search", "weir"],
    "ask": ["ask", "What was the second quotation for the weir?"],
    "sources": ["sources"],
    "sittings": ["sittings"],
    "people": ["people"],
    "findings": ["findings"],
    "read": ["read", "broken.json", "minutes"],
    "read-account": ["read", "minutes", "--account"],
    "bodies": ["bodies"],
    "house": ["house", "show"],
    "house-guess": ["house", "guess", "minutes"],
    "record-log": ["record", "log"],
    "record-verify": ["record", "verify", "--extract"],
    "record-checkpoint": ["record", "checkpoint"],
    "record-prove": ["record", "prove", "1"],
    "record-export": ["record", "export", "copy"],
    "backup": ["backup", "--into", "copies"],
    "entered": ["hold", "add", "--everything", "--reason", "appeal"],
    "dispose": ["dispose", "--dry-run"],
    "schedules": ["schedule"],
}


@pytest.mark.parametrize(("name", "arguments"), COMMANDS.items(), ids=COMMANDS)
def test_a_command_prints_its_published_shape_and_nothing_else(
    command, office, name: str, arguments: list[str]
) -> None:
    told = command(*arguments, "--json")
    assert (told.code, told.err) == (0, "")
    assert checked(name, told.out) not in ({}, [])


def test_whatever_has_an_id_is_shown_in_its_published_shape(command, office) -> None:
    hits = json.loads(command("search", "weir", "--json", "--kind", "speech").out)
    hit = next(each for each in hits if each["item"])
    finding = json.loads(command("findings", "--json").out)[0]
    person = json.loads(command("people", "--json").out)[0]
    shown = {
        "show-sitting": [hit["sitting"]],
        "show-element": [hit["id"], hit["item"]],
        "show-source": [hit["spans"][0]["source"]],
        "show-person": [person["id"]],
        "show-finding": [finding["id"]],
    }
    for name, identities in shown.items():
        for identity in identities:
            value = checked(name, command("show", identity, "--json").out)
            assert value.get("id", value.get("element", {}).get("id")) == identity


def test_holds_proofs_of_consistency_blobs_and_errors_keep_to_theirs(command, office) -> None:
    command("hold", "add", "--authority", "draft", "--reason", "appeal")
    assert checked("holds", command("hold", "list", "--json").out)[0]["reason"] == "appeal"
    assert checked("record-prove", command("record", "prove", "--from", "3", "--json").out)["old_size"] == 3
    source = json.loads(command("sources", "--json").out)[0]["id"]
    assert checked("record-blob", command("record", "blob", source, "--json").out)["sha256"] == source
    told = command("show", "nothing", "--json")
    assert told.out == b""
    assert checked("error", told.err.encode())["error"]["code"] == "refused"


def test_other_programs_find_the_fields_they_were_promised(command, office) -> None:
    hit = next(each for each in json.loads(command("search", "weir", "--json").out) if each["item"])
    promised = ["id", "kind", "text", "place", "speaker", "sitting", "date", "item", "authority", "score"]
    promised += ["path", "spans", "window"]
    assert list(hit) == promised
    assert list(hit["spans"][0]) == ["source", "rendition", "start", "end", "quote"]
    answer = json.loads(command("ask", "weir", "--json").out)
    promised = {"question", "status", "kind", "value", "sentence", "answer", "readings"}
    assert promised | {"facts", "conflicts", "debate", "reported", "reworded", "language"} == answer.keys()
    sitting = json.loads(command("show", hit["sitting"], "--json").out)
    assert {"id", "title", "dates", "venue", "attendance", "items", "speeches"} <= sitting.keys()
    assert {"label", "person", "role", "present", "from", "until"} <= sitting["attendance"][0].keys()
    assert {"id", "number", "title", "class", "spans"} <= sitting["items"][0].keys()
    assert {"id", "item", "speaker", "text", "spans"} <= sitting["speeches"][0].keys()


def test_every_span_is_its_quote_and_every_text_is_made_of_its_quotes(command, office) -> None:
    for hit in json.loads(command("search", "weir OR bench OR quotation", "--json", "-n", "50").out):
        for span in hit["spans"]:
            blob = command("record", "blob", span["rendition"]).out
            assert blob[span["start"] : span["end"]].decode() == span["quote"]
        assert hit["text"] == plain([span["quote"] for span in hit["spans"]])


def test_what_is_not_known_is_null_and_never_an_empty_string(command, office) -> None:
    for arguments in (["search", "weir"], ["sittings"], ["people"], ["findings"], ["sources"]):
        assert not re.search(r': ""', command(*arguments, "--json").text)
    undated = json.loads(command("search", "contractor", "--json").out)[0]
    assert undated["date"] is None
    assert undated["item"] is None
    text = json.loads(command("search", "RESOLVED", "--kind", "text", "--json").out)[0]
    assert text["speaker"] is None


def test_a_silent_record_is_an_answer(command, office) -> None:
    answer = checked("ask", command("ask", "Who is the vicar?", "--json").out)
    assert (answer["status"], answer["value"], answer["answer"]) == ("silent", None, [])


@pytest.mark.parametrize("name", shapes.published())
def test_the_published_schema_is_that_of_the_program(name: str) -> None:
    assert schema(name) == shapes.schema(name), "Run python docs/generate.py and read the difference."


def test_no_schema_is_published_that_the_program_does_not_know() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(shapes.published())


def test_a_value_of_another_shape_is_refused() -> None:
    """The guard itself: a hit without its spans is no hit."""
    with pytest.raises(ValueError, match="spans"):
        shapes.dump("search", [{"id": "speech-x", "kind": "speech"}])
