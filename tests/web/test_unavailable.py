"""Law: what cannot be had now is told as that, with when to ask again, and never as what is not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import Exit, Fault
from remembrancer.office.bureau import Bureau
from remembrancer.saying import Sentence
from tests.web import commons
from tests.web.commons import SLUG


@pytest.fixture
def client(django: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Somebody who asks while another process holds the index."""
    from django.test import Client

    def catch_up(*_: Any) -> None:
        raise Fault(Exit.UNAVAILABLE, Sentence("Another process has been writing the index for too long."))

    office = commons.founded(tmp_path, closed=False)
    with commons.serving(office, monkeypatch):
        monkeypatch.setattr(Bureau, "catch_up", catch_up)
        yield Client()


@pytest.mark.parametrize("address", [f"/{SLUG}/search?q=geese", f"/{SLUG}/?q=Who+spoke+of+the+geese%3F"])
def test_a_page_says_that_the_index_is_held_and_when_to_ask_again(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "writing the index" in answer.content.decode()


def test_a_program_is_told_the_same_as_a_problem_that_the_description_names(client: Any) -> None:
    answer = client.get(f"/api/v1/{SLUG}/search?q=geese")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "writing the index" in json.loads(answer.content)["detail"]
    described = json.loads(client.get("/api/v1/openapi.json").content)
    assert all("503" in each["responses"] for path in described["paths"].values() for each in path.values())
