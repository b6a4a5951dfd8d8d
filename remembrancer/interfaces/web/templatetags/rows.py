"""Tags for rows of the register: what a row is called, who somebody is, where its words stand. They look in
``registered``, which the page gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.showing.addresses import address
from remembrancer.interfaces.web.showing.evidence import Where, where
from remembrancer.interfaces.web.showing.naming import name_of
from remembrancer.interfaces.web.showing.places import placed
from remembrancer.interfaces.web.templatetags.record import file_name, permanent
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


PHRASES = {
    "amends": gettext_lazy("{one} amends {other}"),
    "repeals": gettext_lazy("{one} repeals {other}"),
    "replaces": gettext_lazy("{one} replaces {other}"),
    "confirms": gettext_lazy("{one} confirms {other}"),
    "implements": gettext_lazy("{one} implements {other}"),
    "ratifies": gettext_lazy("{one} ratifies {other}"),
    "interprets": gettext_lazy("{one} interprets {other}"),
    "suspends": gettext_lazy("{one} suspends {other}"),
    "revives": gettext_lazy("{one} revives {other}"),
    "cites": gettext_lazy("{one} cites {other}"),
}
"""What a text does to another; its verb may stand around its object."""

PART = gettext_lazy("{part} of {whole}")


@register.filter
def verb(kind: str) -> str:
    """What a relation says that a text does."""
    return name_of("verb", kind)


@register.filter
def tone(force: str) -> str:
    """The class of a label that tells a force."""
    return TONES.get(force, "")


@register.simple_tag(takes_context=True)
def called(context: dict[str, Any], identity: str, otherwise: str = "") -> str:
    """What a row is called in a line: its number, else its title or the beginning of its words. Of what the register
    does not hold, what it is called ``otherwise``."""
    row = context["registered"].register.get(identity)
    number = getattr(row, "number", "") if isinstance(row, Decision) else ""
    return str(number or (title(row) if row else otherwise or identity))


@register.simple_tag(takes_context=True)
def row_link(context: dict[str, Any], identity: str, name: str = "") -> SafeString:
    """A row by a name, or what it is called, linked where the record holds it."""
    if not identity:
        return format_html("{}", name)
    return format_html('<a href="{}">{}</a>', permanent(context, identity), name or called(context, identity))


@register.simple_tag
def relates(kind: str, one: str, other: str, part: str = "") -> SafeString:
    """What one text does to another, or to a part of it, in a whole phrase; of no one, what is done."""
    whole = format_html(str(PART), part=part, whole=other) if part else other
    return format_html(str(PHRASES[kind]), one=one, other=whole)


@register.simple_tag(takes_context=True)
def person_link(context: dict[str, Any], label: str, identity: str) -> SafeString:
    """A name as the record writes it, linked where it is somebody whom the record may be read by."""
    person = context["registered"].register.get(identity) if identity else None
    if not isinstance(person, Person) or not is_followed(person):
        return format_html("{}", label)
    return format_html('<a href="{}">{}</a>', address("person", context["slug"], person.id), label)


@register.simple_tag(takes_context=True)
def evidence(context: dict[str, Any], spans: Sequence[Quote], place: str = "") -> SafeString:
    """Links to where words stand in their documents."""
    return format_html_join(
        " ", "{}", ((_linked(each),) for each in where(asking_of(context["request"]), spans, place))
    )


def _linked(told: Where) -> SafeString:
    """A link to where words stand, with the authority of the document."""
    name, place = file_name(told.path) or gettext("The source"), f", {placed(told.place)}" if told.place else ""
    link = format_html('<a href="{}"><bdi>{}</bdi>{}</a>', told.address, name, place)
    authority = name_of("authority", told.authority) if told.authority else ""
    return format_html('{} <span class="label">{}</span>', link, authority) if authority else link


@register.simple_tag
def called_in(family: Family, key: str) -> str:
    """What a member of a family is called: its number, else its title."""
    member = next(each for each in family.members if each.key == key)
    return member.number or member.title


@register.simple_tag(takes_context=True)
def member_link(context: dict[str, Any], family: Family, key: str, clause: str = "") -> SafeString:
    """A member of a family by its number and title, linked where the record holds it, with the clause of it."""
    member = next(each for each in family.members if each.key == key)
    name = " · ".join(filter(None, (member.number, Truncator(member.title).chars(80))))
    linked = row_link(context, member.id, name)
    return format_html("{}, {},", linked, clause) if clause else linked
