"""The description of the API: what django-ninja knows of each operation's parameters, with the published shapes and
every status that an operation may answer with. Also as a page, for people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from pydantic import TypeAdapter

from remembrancer.interfaces import shapes
from remembrancer.interfaces.rest.operations import OPERATIONS, Operation

ABOUT = """What the office tells people it tells programs, in the JSON that the command line prints.

Without a token one sees what the public sees; with `Authorization: Bearer rmb_...` what the account may see. Every
field is always there, null where it is not known. For every span the bytes `start:end` of the blob `rendition` are its
`quote`. Lists come in pages: follow the `Link` header with `rel="next"`. Send an answer's `ETag` back as
`If-None-Match` to be told (304) that nothing has changed. What is wrong is told as RFC 9457 has it.
"""
PREFIX = "/api/v1"
PROBLEM = "Problem"
SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token of your account: rmb_..."},
    "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "A browser that is signed in."},
}
MEANING = {
    304: "Nothing has changed: see If-None-Match.",
    400: "What was asked cannot be: see detail and advice.",
    401: "No token, or one that is of no use; see WWW-Authenticate.",
    403: "The account may not do this, or its token was not made for it.",
    404: "There is nothing here that the caller may see.",
    409: "The record does not hold: its own check failed.",
    415: "The body is no JSON.",
    422: "What was sent has another form than is asked for.",
    429: "Too many calls; see Retry-After.",
    503: "Not now: something that is needed is held elsewhere; see Retry-After.",
}


class Told(NamedTuple):
    """An operation as the page tells it."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    need: str
    scope: str
    parameters: tuple[Mapping[str, Any], ...]
    sends: str
    answers: str


@cache
def described(api: NinjaAPI) -> dict[str, Any]:
    """The whole description, OpenAPI 3.1."""
    made: dict[str, Any] = deepcopy(dict(api.get_openapi_schema(path_prefix=PREFIX)))
    answers, definitions = _shapes()
    made["components"]["schemas"] |= definitions | {PROBLEM: _problem()}
    made["components"]["securitySchemes"] = SECURITY
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            row = OPERATIONS[operation["operationId"]]
            if " ".join(operation.get("description", "").split()) == operation["summary"]:
                del operation["description"]
            operation["responses"] = _responses(row, method, path, operation, answers)
            operation["security"] = ([{}] if row.need == "everyone" else []) + [{each: []} for each in SECURITY]
    return made


@cache
def as_json(api: NinjaAPI) -> bytes:
    """The same as bytes."""
    return json.dumps(described(api), indent=1).encode()


def page_of(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponse]:
    """The view of the page that describes the API to people."""

    def view(request: HttpRequest) -> HttpResponse:
        rooms: dict[str, list[Told]] = {}
        for each in _told(described(api)):
            rooms.setdefault(each[0], []).append(each[1])
        about = ABOUT.replace("`", "").split("\n\n")
        return render(request, "pages/api.html", {"about": about, "tags": list(rooms.items())})

    return view


def _shapes() -> tuple[dict[str, Any], dict[str, Any]]:
    """For each published shape what refers to it, and the definitions of all; where two share a name both keep it
    with that of the file they stand in."""
    wanted = sorted({row.shape for row in OPERATIONS.values() if row.shape})
    made, together = TypeAdapter.json_schemas(
        [(name, "serialization", shapes.adapter(name)) for name in wanted],
        by_alias=True,
        ref_template="#/components/schemas/{model}",
    )
    return {name: made[name, "serialization"] for name in wanted}, together["$defs"]


def _responses(
    row: Operation, method: str, path: str, operation: Mapping[str, Any], answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Every status that an operation may answer with."""
    content = (
        {"application/json": {"schema": answers[row.shape]}}
        if row.shape
        else {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    )
    told: dict[str, Any] = {"200": {"description": "OK", "content": content}}
    if method == "get":
        told["200"]["headers"] = _headers(operation)
        told["304"] = {"description": MEANING[304]}
    problem = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}}
    for status in _refusals(method, path, operation):
        told[str(status)] = {"description": MEANING[status], "content": problem}
    return told


def _headers(operation: Mapping[str, Any]) -> dict[str, Any]:
    told = {"ETag": "Changes when the answer does.", "Link": 'The next page: rel="next".'}
    paged = any(each["name"] == "after" for each in operation.get("parameters", ()))
    return {
        name: {"description": text, "schema": {"type": "string"}}
        for name, text in told.items()
        if name != "Link" or paged
    }


def _refusals(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[int]:
    yield from (400, 401, 403)
    if "{" in path:
        yield from (404, 409)
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        yield 415
    yield from (422, 429, 503)


def _problem() -> dict[str, Any]:
    """RFC 9457, with what to do, and for 422 what is wrong where."""
    text = {"type": "string"}
    wrong = {"type": "object", "properties": {"where": {"type": "array", "items": text}, "what": text}}
    members = dict.fromkeys(("type", "title", "detail", "advice"), text)
    return {
        "type": "object",
        "properties": members | {"status": {"type": "integer"}, "errors": {"type": "array", "items": wrong}},
        "required": ["type", "title", "status", "detail"],
    }


def _told(made: Mapping[str, Any]) -> Iterator[tuple[str, Told]]:
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            row = OPERATIONS[operation["operationId"]]
            told = Told(
                operation["operationId"],
                method.upper(),
                path,
                operation["summary"],
                operation.get("description", "").replace("`", ""),
                row.need,
                row.scope,
                tuple(_parameter(each) for each in operation.get("parameters", ())),
                next(iter(operation.get("requestBody", {}).get("content", {})), ""),
                row.shape,
            )
            yield operation["tags"][0], told


def _parameter(told: Mapping[str, Any]) -> dict[str, Any]:
    schema = told["schema"]
    return {
        "name": told["name"],
        "required": told.get("required", False),
        "description": (told.get("description") or schema.get("description", "")).replace("`", ""),
        "default": schema.get("default"),
    }
