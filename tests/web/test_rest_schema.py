"""The law of the description: whatever an operation is sent, it answers with a status and shape that are described."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

BENCH = runpy.run_path(str(Path(__file__).parents[2] / "bench" / "schemathesis_run.py"))
READ_ONLY = ("GET",)
CASES = 25


@pytest.fixture(scope="module")
def operations(django: None, office_directory: Path) -> list[tuple[Any, Any]]:
    """Each operation that changes nothing, as described and with what there is to be found in the office."""
    import schemathesis
    from django.core.wsgi import get_wsgi_application

    from remembrancer.interfaces.rest.api import api
    from remembrancer.interfaces.rest.document import described

    known, app = BENCH["known_in"](office_directory), get_wsgi_application()
    schemas = [schemathesis.openapi.from_dict(BENCH["described"](described(api), known, named)) for named in (0, 1)]
    for schema in schemas:
        schema.app = app
    pairs = zip(*(schema.get_all_operations() for schema in schemas), strict=True)
    return [(one.ok(), other.ok()) for one, other in pairs if one.ok().method.upper() in READ_ONLY]


def test_every_answer_is_described(operations: list[tuple[Any, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    from remembrancer.interfaces.web import settings
    from remembrancer.interfaces.web.accounts.models import Account, Token

    monkeypatch.setattr(settings, "CALLS_A_MINUTE", 10**9)
    owner = Account.objects.get(email="owner@larkenford.example")
    headers = {"Authorization": f"Bearer {Token.issue(owner, 'A test', list(Token.SCOPES))[1]}"}
    for one, other in operations:
        came = BENCH["tried"](one, other, CASES, headers)
        assert came["failures"] == [], one.label
