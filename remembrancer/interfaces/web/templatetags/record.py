"""Tags and filters for what stands in the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import get_script_prefix
from django.utils import formats
from django.utils.html import escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from remembrancer.interfaces.web.showing import places
from remembrancer.interfaces.web.showing.addresses import address
from remembrancer.interfaces.web.showing.naming import name_of
from remembrancer.interfaces.web.showing.quoting import Excerpt, Piece
from remembrancer.interfaces.web.showing.sayings import in_page
from remembrancer.model import Quote

register = template.Library()

_LEFT_OUT = SafeString(' <span class="cut">[…]</span> ')
"""Stands where words are left out of a quotation."""


class Address(URLNode):
    """Django's own tag ``url``, which does not look for an address anew that it was asked for before."""

    def render(self, context: Context) -> str:
        if self.kwargs or self.asvar:
            return str(super().render(context))
        return escape(address(*(each.resolve(context) for each in (self.view_name, *self.args))))


@register.tag
def url(parser: Parser, token: Token) -> Address:
    """The address of a route, in the place of the tag of this name."""
    told = django_url(parser, token)
    return Address(told.view_name, told.args, told.kwargs, told.asvar)


@register.filter
def excerpt(shown: Excerpt) -> SafeString:
    """The part of a quotation that is shown, its words marked: between the quotation marks stand these alone."""
    runs = format_html_join(_LEFT_OUT, "<q>{}</q>", ((_pieces(run),) for run in shown.runs))
    before, after = _LEFT_OUT if shown.before else "", _LEFT_OUT if shown.after else ""
    return format_html("<p>{}{}{}</p>", before, runs, after)


def _pieces(run: Sequence[Piece]) -> SafeString:
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if marked else text,) for text, marked in run)
    )


@register.filter
def day(told: str) -> SafeString:
    """A date of the record as a person reads it, with the exact one for machines; as precise as the record has it."""
    language = get_language() or ""
    days = [_one_day(each, language) for each in told.split("/") if each]
    return format_html_join("–", "{}", ((each,) for each in days))


@register.filter
def plain_day(told: str) -> str:
    """A date as text alone, for titles and pictures."""
    return strip_tags(day(told))


@register.filter
def file_name(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


@register.filter
def named(value: str, group: str) -> str:
    """The word of the page's language for a value of the record, such as an authority or a kind; itself where there
    is none."""
    return name_of(group, value)


@register.filter
def said(text: str) -> SafeString | str:
    """A sentence of the office in the page's language; where it has none, as it is, marked as English."""
    known = in_page(text)
    return known if known is not None else format_html('<span lang="en">{}</span>', text)


@register.filter
def told(text: str) -> str:
    """What is wrong, in the page's language where the office has said it in English; as it is where not."""
    return in_page(text) or text


@register.filter
def left_out(part: str) -> SafeString | str:
    """A part of a source that is not in its text: its name, and in the page's language what it is."""
    name, colon, what = part.rpartition(": ")
    is_whole = not colon or (in_page(what) is None and in_page(part) is not None)
    return said(part) if is_whole else format_html("{}: {}", told(name), said(what))


@register.filter
def moment(at: str) -> SafeString:
    """A time of the record, which is kept in UTC, with the exact one for machines; itself where it is none."""
    try:
        known = datetime.fromisoformat(at)
    except ValueError:
        return format_html("{}", at)
    shown = formats.date_format(known, "DATETIME_FORMAT")
    return format_html('<time datetime="{}">{} UTC</time>', at, shown)


@register.filter
def placed(place: str) -> str:
    """Where words stand, as ``line 120``, in the page's language."""
    return places.placed(place)


@register.simple_tag(takes_context=True)
def permanent(context: dict[str, Any], identity: str) -> str:
    """The permanent link of anything by its id."""
    return f"{get_script_prefix()}{context['slug']}/id/{identity}"


@register.simple_tag(takes_context=True)
def source_at(context: dict[str, Any], quotes: Sequence[Quote]) -> str:
    """The address of a source with the words of quotations marked in it."""
    first, last = quotes[0], quotes[-1]
    return f"{get_script_prefix()}{context['slug']}/sources/{first.source}?at={first.start}-{last.end}"


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The query of this page's address with some of its fields changed; an empty one is left out. Underscores stand
    for hyphens, and what is changed begins on the first page again."""
    query = _query(context)
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name.replace("_", "-"), None)
        if value not in ("", None):
            query[name.replace("_", "-")] = [str(value)]
    return f"?{urlencode(query, doseq=True)}"


@register.simple_tag(takes_context=True)
def on_page(context: dict[str, Any], number: int) -> str:
    """The address of another page of the same list."""
    return f"?{urlencode(_query(context) | {'page': [str(number)]}, doseq=True)}"


@register.simple_tag(takes_context=True)
def narrowed_by(context: dict[str, Any], field: str, value: str) -> str:
    """The query of this search, narrowed to a value; a year is where it begins and where it ends."""
    return with_query(context, **({"from": value, "to": value} if field == "year" else {field: value}))


@register.simple_tag(takes_context=True)
def without(context: dict[str, Any], field: str) -> str:
    """The query of this search without what one field narrows."""
    return with_query(context, **{field: ""})


def _query(context: dict[str, Any]) -> dict[str, list[str]]:
    """The fields of this page's address."""
    asked: QueryDict = context["request"].GET
    return dict(asked.lists())


@lru_cache(4096)
def _one_day(told: str, language: str) -> SafeString:
    """A date in the language of the page, which is ``language``."""
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
