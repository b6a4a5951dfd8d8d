"""The operations of all rooms as one API, and what is told where something is wrong."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from remembrancer.interfaces.rest import asking, desk, document, record, register, sittings, watches
from remembrancer.interfaces.rest.operations import NAMESPACE, Refused
from remembrancer.interfaces.web.admitting.faults import LOOKING, not_found, problem
from remembrancer.model import Fault

api = NinjaAPI(
    title="Remembrancer",
    version="1",
    description=document.ABOUT,
    urls_namespace=NAMESPACE,
    docs_url=None,
    openapi_url=None,
)
for room in (asking, sittings, register, record, desk, watches):
    api.add_router("", room.router, tags=[room.TAG])


@api.exception_handler(Fault)
def fault(request: HttpRequest, error: Fault) -> HttpResponse:
    """A fault of the office. What is refused is answered as what is not there: who may call the operation at all, the
    guard has said."""
    return problem(LOOKING[error.exit_code], error.what, error.advice)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """What the token or the browser may not do."""
    return error.response


@api.exception_handler(Http404)
def nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    """There is nothing here, or nothing for this caller."""
    return not_found(request)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent has not the form that the description asks for."""
    wrong = [{"where": list(map(str, each["loc"])), "what": str(each["msg"])} for each in error.errors]
    return problem(422, "What was sent has another form than is asked for.", "See errors.", errors=wrong)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What was sent cannot be read at all."""
    return problem(error.status_code, "What was sent cannot be read.", "Send JSON in UTF-8.")


@csrf_exempt
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address at which no operation is."""
    return problem(404, "There is no such operation.", "See /api/v1/openapi.json.")


def described(request: HttpRequest) -> HttpResponse:
    """The description of the API, OpenAPI 3.1."""
    return HttpResponse(document.as_json(api), content_type="application/vnd.oai.openapi+json;version=3.1")


urls: list[Any] = [
    path("v1/openapi.json", described, name="api-description"),
    path("v1/", document.page_of(api), name="api-page"),
    path("v1/", api.urls),
    path("<path:rest>", nowhere, name="api-nothing"),
]
