"""Tags and filters for what stands in the record."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def day(told: str) -> SafeString:
    """A date of the record as a person reads it, with the exact one for machines; as precise as the record has it."""
    if len(told) != len("2024-03-07"):
        return format_html("{}", told)
    shown = formats.date_format(date.fromisoformat(told), "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', told, shown)
