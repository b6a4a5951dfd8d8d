"""Tags and filters for what stands in the record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from remembrancer.interfaces.web.naming import name_of

register = template.Library()


@register.filter
def day(told: str) -> SafeString:
    """A date of the record as a person reads it, with the exact one for machines; as precise as the record has it."""
    days = [_one_day(each) for each in told.split("/") if each]
    return format_html_join("–", "{}", ((each,) for each in days))


@register.filter
def named(value: str, group: str) -> str:
    """The word of the page's language for a value of the record, such as an authority or a kind; itself where there
    is none."""
    return name_of(group, value)


@register.simple_tag(takes_context=True)
def permanent(context: dict[str, Any], identity: str) -> str:
    """The permanent link of anything by its id."""
    return f"{reverse('front')}{context['slug']}/id/{identity}"


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The query of this page's address with some of its fields changed; an empty one is left out. Underscores stand
    for hyphens, and what is changed begins on the first page again."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name.replace("_", "-"), None)
        if value not in ("", None):
            query[name.replace("_", "-")] = str(value)
    return f"?{query.urlencode()}"


def _one_day(told: str) -> SafeString:
    exact = told.rstrip("?~%")
    shown = _shown(exact)
    if shown is None:
        return format_html("{}", told)
    written = pgettext("a date that is not certain", "about %s") % shown if exact != told else shown
    return format_html('<time datetime="{}">{}</time>', exact, written)


def _shown(told: str) -> str | None:
    """A day or a month in the page's language, a year as it is; None where it is none of these."""
    try:
        known = date.fromisoformat(f"{told}-01-01"[:10]) if len(told) < 10 else date.fromisoformat(told)
    except ValueError:
        return None
    form = {10: "DATE_FORMAT", 7: "YEAR_MONTH_FORMAT"}.get(len(told))
    return str(formats.date_format(known, form)) if form else told
