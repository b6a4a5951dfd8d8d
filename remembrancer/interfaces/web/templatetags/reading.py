"""What is read: passages, titles of items, ballots by choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from remembrancer.interfaces.web.showing.places import placed
from remembrancer.memory.views import ItemView, SpeechView, TextView
from remembrancer.office.registers.registered_views import BallotView

register = template.Library()

_PASSAGE = """<div class="passage{kind}" id="{id}">
{who}<blockquote{lang}{here}><p>{text}</p></blockquote>
{chains}<p class="where"><a href="{source}?at={id}#mark">{place}</a>
<a class="permanent" href="{link}{id}" aria-label="{label}">¶</a></p></div>"""
_HERE = SafeString(' class="here"')
_CHAIN = '<p class="hearsay"><span class="label">{}</span> {}</p>\n'


class Chosen(NamedTuple):
    """The ballots of one choice."""

    choice: str
    ballots: tuple[BallotView, ...]


@register.filter
def titled(item: ItemView) -> str:
    """The number and title of an item; many titles begin with their number."""
    if not item.number or item.title.startswith(item.number):
        return item.title
    return f"{item.number} {item.title}"


@register.filter
def by_choice(ballots: Sequence[BallotView]) -> list[Chosen]:
    """The ballots of a vote by what was chosen, in the order in which the record first has each choice."""
    return [
        Chosen(choice, tuple(each for each in ballots if each.choice == choice))
        for choice in dict.fromkeys(each.choice for each in ballots)
    ]


@register.simple_tag(takes_context=True)
def passages(context: dict[str, Any], parts: Sequence[SpeechView | TextView]) -> SafeString:
    """What was said or stands under an item, part by part; a page has hundreds, and a template for each takes long."""
    told = _Course(*(context[name] for name in _Course._fields))
    return format_html_join("\n", "{}", ((_passage(told, part),) for part in parts))


class _Course(NamedTuple):
    """What a page of a sitting says that its passages need."""

    at: str
    lang: SafeString
    addresses: Mapping[str, str]
    followed: Collection[str]
    chains: Mapping[str, Sequence[Sequence[str]]]


def _passage(told: _Course, part: SpeechView | TextView) -> SafeString:
    """A passage with who said it, whose words they pass on, its place in the document and its permanent link."""
    speaker, place = part.speaker if isinstance(part, SpeechView) else "", placed(part.place)
    return format_html(
        _PASSAGE,
        kind=" speech" if speaker else "",
        id=part.id,
        who=_who(told, part) if isinstance(part, SpeechView) and speaker else "",
        lang=told.lang,
        here=_HERE if part.id == told.at else "",
        text=part.text,
        chains=format_html_join(
            "", _CHAIN, ((gettext("passed on"), _chain(each)) for each in told.chains.get(part.id, ()))
        ),
        source=f"{told.addresses['source']}{part.spans[0].source}" if part.spans else told.addresses["source"],
        place=place or gettext("source"),
        link=told.addresses["link"],
        label=f"{gettext('Permanent link')}: {speaker} {place}",
    )


def _who(told: _Course, speech: SpeechView) -> SafeString:
    name = speech.speaker
    if speech.person in told.followed:
        name = format_html('<a href="{}{}">{}</a>', told.addresses["person"], speech.person, name)
    time = format_html(" <time>{}</time>", speech.time) if speech.time else ""
    return format_html('<p class="who">{}{}</p>\n', name, time)


def _chain(people: Sequence[str]) -> str:
    return gettext(", who has it from ").join(people)
