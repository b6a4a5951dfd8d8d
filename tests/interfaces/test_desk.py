"""Laws of the clerk's desk: requests and watches keep to their published JSON, and only what was read is noted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def checked(name: str, told: Any) -> Any:
    assert told.err == "", told.err
    value = json.loads(told.out)
    jsonschema.validate(value, json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))
    return value


@pytest.fixture
def number(command, office) -> str:
    opened = command("request", "open", "--kind", "foi", "--from", "Nina Wyatt", "--json")
    return str(checked("request", opened)["number"])


def test_a_request_keeps_to_its_published_shapes_from_arrival_to_the_answer(command, number: str) -> None:
    assert checked("request-add", command("request", "add", number, "--search", "weir", "--json"))["new"] > 0
    review = checked("request-review", command("request", "review", number, "--json"))
    first, *others = [each["id"] for each in review["passages"]]
    because = ("--reason", "In confidence", "--json")
    checked("entered", command("request", "review", number, "--withhold", first, *because))
    checked("entered", command("request", "review", number, "--redact", others[0], "--words", "weir", *because))
    checked("entered", command("request", "review", number, "--release", "rest", "--json"))
    closing = ("request", "close", number, "--outcome", "partly", "--out", "answer", "--json")
    assert "stay closed" in json.loads(command(*closing).err)["error"]["what"]
    closed = checked("request-close", command(*closing, "--even-so"))
    copy = json.loads(Path("answer/copy.json").read_text(encoding="utf-8"))
    jsonschema.validate(copy, json.loads((SCHEMAS / "request-copy.json").read_text(encoding="utf-8")))
    assert copy["files"].keys() | {"copy.json", "answer.md"} == closed["files"].keys()
    checks = checked("request-check", command("request", "show", number, "--check", "answer", "--json"))
    assert {each["state"] for each in checks} == {"same"}
    Path("answer/answer.md").write_text("Granted.", encoding="utf-8")
    assert command("request", "show", number, "--check", "answer").code == 1
    assert checked("requests", command("request", "--json"))[0]["outcome"] == "partly"
    checked("entered", command("request", "forget", number, "--authority", "schedule 7", "--json"))
    assert checked("request", command("request", "show", number, "--json"))["requester"] is None


def test_what_is_asked_for_wrongly_is_a_mistake_in_the_command(command, number: str) -> None:
    for arguments in (
        ("review", number, "--release", "all", "--withhold", "all", "--reason", "x"),
        ("review", number, "--release", "all", "--words", "weir"),
        ("review", number, "--reason", "x"),
        ("open", "--kind", "gossip", "--from", "Nina"),
        ("close", number, "--outcome", "nothing-held"),
        ("add", number),
    ):
        told = command("request", *arguments)
        assert (told.code, told.out) == (2, b""), arguments
        assert told.err.startswith("Error: ")


def test_only_the_owner_and_clerks_learn_of_requests(command, number: str) -> None:
    """The words are the same for a request that there is and one that there is not."""
    told = {command("--as", "public", "request", "show", each).err for each in (number, "4711")}
    assert len(told) == 1
    assert command("--as", "role:clerk", "request", "show", number).code == 0
    assert command("grant", "member:Ann Bell", "clerk").code == 0
    assert command("--as", "member:Ann Bell", "request", "show", number).code == 0


def test_watches_keep_to_their_published_shapes(command, office) -> None:
    made = checked("watches", command("watch", "add", "weir", "--kind", "speech", "--json"))[0]
    assert (made["name"], made["filters"], made["ran"]) == ("weir", {"kind": "speech"}, None)
    checked("watches", command("watch", "add", "What was the second quotation?", "--ask", "--json"))
    news = checked("watch-run", command("watch", "run", "--json"))
    assert [each["first"] for each in news] == [True, True] and news[0]["new"]
    again = checked("watch-run", command("watch", "run", "weir", "--json"))[0]
    assert (again["first"], again["new"], again["more"]) == (False, [], 0)
    assert len(checked("watches", command("watch", "remove", "weir", "--json"))) == 1


def test_news_that_could_not_be_written_are_told_again(command, office) -> None:
    command("watch", "add", "weir")
    told = command("watch", "run", "--out", "no/such/folder/news.txt")
    assert told.code == 3
    assert json.loads(command("watch", "run", "--json").out)[0]["first"]


def test_one_watch_that_cannot_run_is_said_and_the_others_run(command, office) -> None:
    command("watch", "add", "weir", "--sitting", "sitting-aaaaaaaaaaaaaaaa", "--name", "broken")
    command("watch", "add", "weir", "--name", "whole")
    told = command("watch", "run", "--json")
    news = json.loads(told.out)
    assert told.code == 3
    assert news[0]["problem"] and news[1]["new"]
