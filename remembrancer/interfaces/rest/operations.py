"""Every operation by its name: what it asks of its caller, of a token, and what it answers with.

An operation without a row cannot be made: the program does not start. The guard reads the same table as the routes of
pages; what a token may do is checked here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Literal, NamedTuple

from django.http import HttpRequest, HttpResponse
from ninja import P, PathEx, Router
from ninja.utils import check_csrf

from remembrancer.interfaces.rest.replies import Answered, asked, reply, unchanged
from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.faults import problem
from remembrancer.interfaces.web.admitting.needs import Need, Routes

Scope = Literal["read", "watch", "settle", "take-in"]
NAMESPACE = "api"

JSON = "application/json"
ANSWERED = Answered()


class Refused(Exception):
    """A request that is not looked at further, with what is answered."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


class Operation(NamedTuple):
    """``need``: as routes have it. ``scope``: what a token must be made for. ``shape``: the published shape of the
    answer, empty for bytes. ``of_record``: nothing but the record, the principal and the day decide the answer."""

    need: Need
    scope: Scope
    shape: str = ""
    of_record: bool = True


OPERATIONS: Mapping[str, Operation] = {
    "bodies": Operation("everyone", "read", "bodies", of_record=False),
    "ask": Operation("everyone", "read", "ask", of_record=False),
    "search": Operation("everyone", "read", "search", of_record=False),
    "facets": Operation("everyone", "read", "search-facets", of_record=False),
    "verify-quotation": Operation("everyone", "read", "quotation"),
    "sittings": Operation("everyone", "read", "sittings"),
    "sitting": Operation("everyone", "read", "show-sitting"),
    "element": Operation("everyone", "read", "show-element"),
    "sources": Operation("everyone", "read", "sources"),
    "source": Operation("everyone", "read", "show-source"),
    "as-it-came": Operation("everyone", "read"),
    "findings": Operation("everyone", "read", "findings"),
    "people": Operation("everyone", "read", "people"),
    "person": Operation("everyone", "read", "person"),
    "decisions": Operation("everyone", "read", "decisions"),
    "decision": Operation("everyone", "read", "decision"),
    "extract": Operation("everyone", "read", "extract"),
    "evidence": Operation("everyone", "read"),
    "matters": Operation("everyone", "read", "matters"),
    "matter": Operation("everyone", "read", "matter"),
    "motions": Operation("everyone", "read", "motions"),
    "motion": Operation("everyone", "read", "motion"),
    "votes": Operation("everyone", "read", "votes"),
    "vote": Operation("everyone", "read", "vote"),
    "actions": Operation("everyone", "read", "actions"),
    "notices": Operation("everyone", "read", "register-check"),
    "log": Operation("everyone", "read", "record-log"),
    "checkpoint": Operation("everyone", "read", "record-checkpoint", of_record=False),
    "proof": Operation("everyone", "read", "record-prove", of_record=False),
    "blob": Operation("everyone", "read"),
    "queue": Operation("settle", "read", "queue"),
    "confirm": Operation("settle", "settle", "entered"),
    "dismiss": Operation("settle", "settle", "entered"),
    "correct": Operation("settle", "settle", "entered"),
    "classify": Operation("classify", "settle", "entered"),
    "read": Operation("take-in", "take-in", "read"),
    "grants": Operation("audit", "read", "grants"),
    "requests": Operation("request", "read", "requests", of_record=False),
    "request": Operation("request", "read", "request", of_record=False),
    "watches": Operation("account", "watch", "watches", of_record=False),
    "add-watch": Operation("account", "watch", "watches", of_record=False),
    "remove-watch": Operation("account", "watch", "watches", of_record=False),
    "news": Operation("account", "watch", "watch-run", of_record=False),
    "note-news": Operation("account", "watch", "watch-run", of_record=False),
}
"""Each operation by its name, which is its ``operationId`` and, with the namespace, its route's name."""

ROUTES: Routes = {
    **{f"{NAMESPACE}:{name}": each.need for name, each in OPERATIONS.items()},
    "api-description": "everyone",
    "api-page": "everyone",
    "api-nothing": "everyone",
}

SENT = "told"
"""The parameter of what is sent as JSON."""

Slug = PathEx[str, P(description="The body's slug, as `bodies` lists it.")]
Answering = Callable[..., Any]


def operation(router: Router, method: str, path: str, name: str) -> Callable[[Answering], Answering]:
    """Make a function the operation of a name. It is given who asks, then its own parameters; what it returns is
    answered in the shape of its row."""
    row = OPERATIONS[name]

    def made(function: Answering) -> Answering:
        @wraps(function)
        def run(request: HttpRequest, **given: Any) -> HttpResponse:
            given.pop("body", None)
            return _answered(request, row, lambda: function(asking_of(request), **given))

        _sign(run, function, "{body}" in path)
        sends_json = SENT in inspect.signature(function).parameters
        summary, _, description = (inspect.getdoc(function) or "").partition("\n\n")
        router.api_operation(
            [method],
            path,
            operation_id=name,
            url_name=name,
            summary=" ".join(summary.split()),
            description=description,
            auth=lambda request: _check(request, row, sends_json, asks),
        )(run)
        asks: frozenset[str] = _queried(router, path)
        return function

    return made


def _answered(request: HttpRequest, row: Operation, make: Callable[[], Any]) -> HttpResponse:
    """That nothing has changed for who has the answer and asks again before the record has grown; else what is made."""
    if request.method != "GET" or not row.of_record:
        return reply(request, row.shape, make())
    what = asked(request)
    tag = ANSWERED.tag(request)
    if tag:
        return unchanged(tag)
    response = reply(request, row.shape, make())
    ANSWERED.keep(what, response)
    return response


def _check(request: HttpRequest, row: Operation, sends_json: bool, asks: frozenset[str]) -> bool:
    """Before anything else is read of a request: that its token was made for this, that a browser asks by itself, and
    that every parameter is one of those there are: what is misspelled would else be left out of what was asked.
    What is sent as JSON must say so: a page elsewhere could have a browser send anything else unasked."""
    token = asking_of(request).token
    if token is not None and not token.allows(row.scope):
        told = problem(403, f"This token was not made for: {row.scope}.", "Make another on your account's page.")
        told.headers["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{row.scope}"'
        raise Refused(told)
    if token is None and request.user.is_authenticated and request.method != "GET" and check_csrf(request):
        what = "The request does not show that it is from this office."
        raise Refused(problem(403, what, "Send the X-CSRFToken header."))
    if sends_json and request.content_type != JSON:
        raise Refused(problem(415, f"The body must be {JSON}.", f"Send Content-Type: {JSON}."))
    if unknown := sorted(request.GET.keys() - asks):
        raise Refused(_unknown(unknown, asks))
    return True


def _unknown(parameters: Sequence[str], asks: frozenset[str]) -> HttpResponse:
    wrong = [{"where": ["query", each], "what": "There is no such parameter."} for each in parameters]
    advice = f"There are: {', '.join(sorted(asks))}." if asks else "There are none."
    return problem(422, f"There is no such parameter: {', '.join(parameters)}.", advice, errors=wrong)


def _queried(router: Router, path: str) -> frozenset[str]:
    """The parameters that the operation made last for a path reads of an address."""
    models = router.path_operations[path].operations[-1].models
    asked = (each for each in models if each.__ninja_param_source__ == "query")
    return frozenset(name for each in asked for name in each.__ninja_flatten_map__)


def _sign(run: Any, function: Answering, of_body: bool) -> None:
    """Give the operation the parameters that are read from the request: the function's own after its first."""
    first = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    slug = [inspect.Parameter("body", inspect.Parameter.KEYWORD_ONLY, annotation=Slug)] if of_body else []
    run.__signature__ = inspect.Signature([first, *slug, *(each.replace(kind=each.KEYWORD_ONLY) for each in own)])
