"""Does every operation of the API keep to its description, whatever it is sent?

    python bench/schemathesis_run.py [--office DIR] [--cases 1000] [--only NAME]

Works on a copy of an office - the demo's, where none is named - which is called in this process by an owner with a
token of every scope. Schemathesis makes a third of the cases as the description has them, a third with what there is to
be found, a third that break it. Fails where an operation answers with a status that is not described, with a server
error, or in another shape. Prints one JSON object; exit code 1 where anything failed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parents[1] / "examples" / "demo"
SHOWN = 3
"""Failures of one operation that are printed."""


def described(description: dict[str, Any], known: dict[str, list[str]], named: bool) -> dict[str, Any]:
    """The description with the body that there is and, where ``named``, with nothing but what is to be found as the
    values of its parameters: ``known``, by name; of what stands in a path, by the part of the path before it."""
    made = deepcopy(description)
    for path, methods in made["paths"].items():
        parts = path.split("/")
        room = {part.strip("{}"): before for before, part in pairwise(parts)}
        for operation in methods.values():
            for each in operation.get("parameters", ()):
                values = known.get(room.get(each["name"], each["name"]) if each["in"] == "path" else each["name"])
                if values and (named or each["name"] == "body"):
                    each["schema"] = {"enum": values}
    return made


def tried(operation: Any, naming: Any, cases: int, headers: dict[str, str]) -> dict[str, Any]:
    """What came of an operation's cases: how often each status was answered, and what failed. ``naming`` is the same
    operation with what there is to be found."""
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    kept = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
    ]
    statuses: Counter[int] = Counter()
    failures: list[str] = []

    def check(case: Any) -> None:
        response = case.call(headers=headers)
        statuses[response.status_code] += 1
        try:
            case.validate_response(response, checks=kept)
        except BaseExceptionGroup as group:
            failures.append("; ".join(str(each) for each in group.exceptions) + f" {case.as_curl_command()}")
        except AssertionError as error:
            failures.append(f"{error} {case.as_curl_command()}")

    right, wrong = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
    for each, mode in ((operation, right), (naming, right), (operation, wrong)):
        try:
            strategy = each.as_strategy(generation_mode=mode)
            run = settings(
                max_examples=-(-cases // 3),
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )(given(case=strategy)(check))
            run()
        except Exception as error:  # Some operations have nothing that could be broken.
            if type(error).__name__ not in ("Unsatisfiable", "SkipTest"):
                raise
    return {
        "cases": sum(statuses.values()),
        "statuses": {str(status): count for status, count in sorted(statuses.items())},
        "failed": len(failures),
        "failures": failures[:SHOWN],
    }


def known_in(office: Path) -> dict[str, list[str]]:
    """What an office has that parameters may name."""
    from remembrancer.model import OWNER
    from remembrancer.office import Office
    from remembrancer.office.desk import requests
    from remembrancer.office.registers.registered import Registered
    from remembrancer.office.showing import shown

    with Office(office) as opened:
        bureau = next(iter(opened))
        register = Registered(bureau, OWNER).register
        rows = [*register.decisions[:8], *register.motions[:5], *register.votes[:5], *register.actions[:5]]
        people = [each.id for each in register.people[:8]]
        sittings = [each.id for each in shown.sittings(bureau, OWNER)[:3]]
        elements = [each.id for each in bureau.search(OWNER, "the", _filters(), 5)]
        sources = [each.id for each in shown.sources(bureau, OWNER)[:5]]
        return {
            "v1": [bureau.slug],
            "sittings": sittings,
            "elements": elements,
            "sources": sources,
            "blobs": sources,
            "people": people,
            "facts": [each.id for each in rows],
            "decisions": [each.id for each in register.decisions[:8]],
            "matters": [each.id for each in register.matters[:5]],
            "motions": [each.id for each in register.motions[:5]],
            "votes": [each.id for each in register.votes[:5]],
            "watches": ["kept"],
            "requests": [str(each.number) for each in requests.requests(bureau, OWNER)],
            "matter": [each.id for each in register.matters[:5]],
            "person": people,
            "sitting": sittings,
            "q": ["the", "budget", '"the council"'],
            "question": ["What was decided?", "Who voted against the budget?"],
        }


def _filters() -> Any:
    from remembrancer.queries import Filters

    return Filters()


def demonstrated(office: Path) -> Path:
    """An office of the demo's documents."""
    from remembrancer.interfaces.cli import run

    told = ["-o", str(office)]
    run(["init", str(office), "--body", "Larkenford Town Council", "--house", str(DEMO / "house.toml")])
    for command in (["rules", "set", str(DEMO / "rulebook.toml")], ["read", str(DEMO / "documents")]):
        if run([*command, *told]):
            raise SystemExit("The demo's documents could not be read.")
    return office


def app_of(office: Path) -> tuple[Any, dict[str, str]]:
    """The office's pages and operations as a WSGI application, and the headers of an owner's token."""
    os.environ["REMEMBRANCER_OFFICE"] = str(office)
    os.environ["DJANGO_SETTINGS_MODULE"] = "remembrancer.interfaces.web.settings"
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    from remembrancer.interfaces.web import settings
    from remembrancer.interfaces.web.accounts.beginning import add_account, prepare
    from remembrancer.interfaces.web.accounts.models import Token
    from remembrancer.model import OWNER, Principal
    from remembrancer.office import Office
    from remembrancer.office.asking import watching
    from remembrancer.office.desk import requests

    settings.CALLS_A_MINUTE = 10**9
    prepare()
    with Office(office) as opened:
        owner = add_account(opened, "schemathesis@example.org", "Schemathesis", None, ["owner"])
        for bureau in opened:
            watching.add(bureau, opened.work, Principal(owner.principal), "budget", name="kept")
            requests.open_(bureau, OWNER, "foi", "Ann Bell", "All of it.")
    secret = Token.issue(owner, "Schemathesis", list(Token.SCOPES))[1]
    return get_wsgi_application(), {"Authorization": f"Bearer {secret}"}


def main() -> int:
    """Try every operation on a copy of the office."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--office", type=Path)
    told.add_argument("--cases", type=int, default=1000)
    told.add_argument("--only", default="")
    given = told.parse_args()
    import schemathesis

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        office = Path(scratch) / "office"
        office = Path(shutil.copytree(given.office, office)) if given.office else demonstrated(office)
        app, headers = app_of(office)
        from remembrancer.interfaces.rest.api import api
        from remembrancer.interfaces.rest.document import described as description

        known, found, began = known_in(office), {}, time.monotonic()
        schemas = [schemathesis.openapi.from_dict(described(description(api), known, named)) for named in (False, True)]
        for schema in schemas:
            schema.app = app
        pairs = zip(*(schema.get_all_operations() for schema in schemas), strict=True)
        for each, other in sorted(pairs, key=lambda pair: pair[0].ok().method == "delete"):  # Until then all is there.
            name = each.ok().definition.raw["operationId"]
            if given.only in ("", name):
                found[name] = tried(each.ok(), other.ok(), given.cases, headers)
                print(name, found[name]["statuses"], *found[name]["failures"], file=sys.stderr, flush=True)
    failed = sum(each["failed"] for each in found.values())
    cases = sum(each["cases"] for each in found.values())
    seconds = round(time.monotonic() - began)
    print(json.dumps({"cases": cases, "failed": failed, "seconds": seconds, "operations": found}))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
