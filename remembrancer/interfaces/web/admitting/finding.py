"""What a request names, found or not: what is not there and what is not for who asks are answered alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404, HttpRequest

from remembrancer.model import Exit, Fault


@contextmanager
def found(*more: Exit) -> Iterator[None]:
    """Within it, what the office refuses to show is answered as what is not there: 404, with one page for both; and
    so are ``more`` faults."""
    try:
        yield
    except Fault as fault:
        if fault.exit_code in (Exit.REFUSED, *more):
            raise Http404 from fault
        raise


def whole_number(request: HttpRequest, name: str, default: int = 1) -> int:
    """A whole number in a request's address, at most a million; the default where there is none."""
    told = request.GET.get(name, "")
    return min(int(told), 1_000_000) if told.isascii() and told.isdigit() and len(told) < 10 else default
