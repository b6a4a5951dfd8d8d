"""Tags for rows of the register: what a row is called, who somebody is, where its words stand. They look in
``registered``, which the page gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.showing.evidence import where
from remembrancer.interfaces.web.showing.naming import name_of
from remembrancer.interfaces.web.templatetags.record import permanent
from remembrancer.model import Decision, Person, Quote
from remembrancer.office.registers.calling import title
from remembrancer.office.registers.family import Family
from remembrancer.office.showing.locating import is_followed

register = template.Library()

TONES = {
    "in-force": "good",
    "conditional": "warn",
    "suspended": "warn",
    "undetermined": "warn",
    "repealed": "bad",
    "lapsed": "bad",
    "never-made": "bad",
}
"""How a force is coloured; what is not here is not."""


@register.filter
def verb(kind: str) -> str:
    """What a relation says that a text does."""
    return name_of("verb", kind)


@register.filter
def tone(force: str) -> str:
    """The class of a label that tells a force."""
    return TONES.get(force, "")


@register.simple_tag(takes_context=True)
def called(context: dict[str, Any], identity: str) -> str:
    """What a row is called in a line: its number, else its title or the beginning of its words."""
    row = context["registered"].register.get(identity)
    number = getattr(row, "number", "") if isinstance(row, Decision) else ""
    return str(number or (title(row) if row else identity))


@register.simple_tag(takes_context=True)
def person_link(context: dict[str, Any], label: str, identity: str) -> SafeString:
    """A name as the record writes it, linked where it is somebody whom the record may be read by."""
    person = context["registered"].register.get(identity) if identity else None
    if not isinstance(person, Person) or not is_followed(person):
        return format_html("{}", label)
    return format_html('<a href="{}">{}</a>', reverse("person", args=[context["slug"], person.id]), label)


@register.inclusion_tag("pages/parts/evidence.html", takes_context=True)
def evidence(context: dict[str, Any], spans: Sequence[Quote], place: str = "") -> dict[str, Any]:
    """Links to where words stand in their documents."""
    return {"places": where(asking_of(context["request"]), spans, place)}


@register.simple_tag
def called_in(family: Family, key: str) -> str:
    """What a member of a family is called: its number, else its title."""
    member = next(each for each in family.members if each.key == key)
    return member.number or member.title


@register.simple_tag(takes_context=True)
def member_link(context: dict[str, Any], family: Family, key: str) -> SafeString:
    """A member of a family by its number and title, linked where the record holds it."""
    member = next(each for each in family.members if each.key == key)
    name = " · ".join(filter(None, (member.number, Truncator(member.title).chars(80))))
    if not member.id:
        return format_html("{}", name)
    return format_html('<a href="{}">{}</a>', permanent(context, member.id), name)
