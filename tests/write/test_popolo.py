"""What is written as Popolo is Popolo, refers to nothing that is not in it, and loses no ballot."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft3Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3
from small_register import SOURCE, register

from remembrancer.register.rows import Register
from remembrancer.write import popolo

RECORDS = os.environ.get("REMEMBRANCER_RECORDS", "")
CLASSES = {
    "organizations": "organization",
    "persons": "person",
    "memberships": "membership",
    "events": "event",
    "motions": "motion",
    "vote_events": "vote_event",
}
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
DATES = (
    "",
    "2031",
    "2031-05",
    "2031-05-01",
    "2031-05-01/2031-05-03",
    "2031-05/..",
    "../2031",
    "2031?",
    "2031-05~",
    "soon",
)


def written(rows: Register) -> dict[str, list[dict[str, Any]]]:
    told = json.loads(popolo.write(rows, "brackwater", "Brackwater Board"))
    assert isinstance(told, dict)
    return told


def named(value: Any, ending: str) -> Iterator[tuple[str, Any]]:
    """Every field whose name ends so, at any depth."""
    if isinstance(value, dict):
        yield from ((name, each) for name, each in value.items() if name.endswith(ending))
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from named(each, ending)


def test_every_class_has_its_list() -> None:
    assert list(written(Register())) == list(CLASSES)
    assert all(written(register()).values())


@given(st.sampled_from(DATES), st.text(max_size=20))
def test_dates_are_popolos_and_references_lead_somewhere(date: str, text: str) -> None:
    told = written(register(date, text))
    assert all(value is None or DATE.fullmatch(value) for _, value in named(told, "_date"))
    ids = {row["id"] for name in told for row in told[name] if "id" in row}
    assert {value for _, value in named(told, "_id") if value is not None} <= ids
    assert "date" not in dict(named(told, "date")), "Popolo wants a time of day there"


def test_no_ballot_and_no_count_is_lost() -> None:
    (vote,) = written(register())["vote_events"]
    assert [(each["voter"]["name"], each["option"], each["role"]) for each in vote["votes"]] == [
        ("A. Able", "yes", "teller"), ("=Bo", "not voting", None), ("Bo", "SF", None),
    ]  # fmt: skip
    assert vote["counts"] == [{"option": "yes", "value": 1}, {"option": "SF", "value": 1}]
    assert (vote["result"], vote["motion_id"], vote["legislative_session_id"]) == ("carried", "motion-a", "sitting-a")


def test_sittings_tell_who_was_there_and_undated_ones_have_no_date() -> None:
    events = {each["id"]: each for each in written(register())["events"]}
    assert [each["name"] for each in events["sitting-a"]["attendees"]] == ["Ann Able"]
    assert (events["sitting-b"]["start_date"], events["sitting-b"]["attendees"]) == (None, [])


def test_a_source_is_named_once_by_its_hash() -> None:
    (motion,) = written(register())["motions"]
    (source,) = motion["sources"]
    assert source["note"] == "line 2"
    assert source["url"].startswith("ni:///sha-256;")
    assert len(source["url"]) == len("ni:///sha-256;") + 43
    assert SOURCE not in source["url"]


def schemas() -> Registry[Any]:
    found = sorted((Path(RECORDS) / "popolo" / "dev" / "schemas").glob("*.json"))
    read = [json.loads(path.read_text(encoding="utf-8")) for path in found]
    resources = [Resource(each, DRAFT3) for each in read]
    return Registry().with_resources((each["id"], resource) for each, resource in zip(read, resources, strict=True))


@pytest.mark.skipif(not RECORDS, reason="REMEMBRANCER_RECORDS names no folder with Popolo's schemas.")
@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize(("name", "schema"), CLASSES.items())
def test_every_object_keeps_to_popolos_own_schema(name: str, schema: str, date: str) -> None:
    reference = {"$ref": f"http://www.popoloproject.com/schemas/{schema}.json#"}
    validator = Draft3Validator(reference, registry=schemas(), format_checker=Draft3Validator.FORMAT_CHECKER)
    for row in written(register(date))[name]:
        validator.validate(row)
    assert not validator.is_valid({"id": 7}), "the schema itself refuses what is wrong"
