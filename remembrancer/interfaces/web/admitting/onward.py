"""Where a form that was sent leads, and what is said there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _


def on_to(name: str, *named: object) -> HttpResponseRedirect:
    """On to a route, which is asked for with GET whatever was sent (303)."""
    return HttpResponseRedirect(reverse(name, args=named), status=303)


def say_entered(request: HttpRequest, entry: int) -> None:
    """Say that the record says so now."""
    messages.success(request, _("Entry %s of the record says so.") % entry)
