"""What lines of the journal are called on pages."""

from __future__ import annotations

from django import template

from remembrancer.interfaces.web.accounts.journal import DETAILS, OUTCOMES, WHAT

register = template.Library()


@register.filter
def about(what: str) -> str:
    """What a line is about."""
    return str(WHAT.get(what, what))


@register.filter
def outcome(told: str) -> str:
    """What came of it."""
    return str(OUTCOMES.get(told, told))


@register.filter
def detail(told: object) -> str:
    """A detail's name, or its value where the program says it."""
    return str(DETAILS.get(str(told), told))
