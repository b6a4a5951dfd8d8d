"""Linked shapes: the published ones, whose spans also say where to look them up."""

from __future__ import annotations

from typing import Any

import pytest

from remembrancer.interfaces import shapes
from remembrancer.interfaces.mcp.linking import SPAN, linked, with_links
from remembrancer.interfaces.shapes.base import Shape

SHAPES = [each for each in shapes.published().values() if isinstance(each, type) and issubclass(each, Shape)]


def spans(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in schema.get("$defs", {}).values() if each.get("properties", {}).keys() >= SPAN]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_span_of_a_linked_shape_has_a_link_and_nothing_else_differs(shape: type[Shape]) -> None:
    schema = linked(shape).model_json_schema(mode="serialization")
    assert all("link" in each["required"] for each in spans(schema))
    assert set(schema["properties"]) == set(shape.model_json_schema(mode="serialization")["properties"])


def test_a_span_is_led_to_by_the_nearest_id_around_it_else_by_its_source() -> None:
    span = {"source": "s", "rendition": "r", "start": 0, "end": 1, "quote": "x"}
    told = with_links(
        {"id": "decision-1", "spans": [span], "facts": [{"row": "vote-1", "spans": [span]}]}, "at/{}".format
    )
    assert told["spans"][0]["link"] == "at/decision-1"
    assert told["facts"][0]["spans"][0]["link"] == "at/vote-1"
    assert with_links([span], "at/{}".format)[0]["link"] == "at/s"
