"""What the office says, in the language of the page.

A sentence is said by its template, and each of its values in turn. What readers noticed is kept in the record as
English alone: it is found again by the templates that the readers have, which the translations hold under ``REMARK``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils.translation import get_language, gettext, override, pgettext

from remembrancer.interfaces.web.showing.naming import name_of
from remembrancer.memory.asking.answering.sentences import sentences
from remembrancer.saying import Day, Sentence, Term, Value

REMARK = "remark"
"""The context under which the templates of readers are translated."""

_PLACE = re.compile(r"%\((\w+)\)s")


def in_page(told: str) -> str | None:
    """What the office says in the language of this page; None where it is no sentence of ours."""
    return said(told, (get_language() or "en").partition("-")[0])


def said(told: str, language: str) -> str | None:
    """What the office says in a language; None where it is no sentence of ours."""
    if isinstance(told, Sentence):
        with override(language):
            return _sentence(told, language)
    return told if language == "en" else _remark(told, language)


def _sentence(told: Sentence, language: str) -> str:
    if not told.values:
        return gettext(told.template) if told else ""
    return gettext(told.template) % {name: _value(each, language) for name, each in told.values.items()}


def _value(told: Value, language: str) -> Value:
    """What stands in a place: a sentence, a date or a word of the record is said, and all else is as it is."""
    if isinstance(told, Sentence):
        return _sentence(told, language)
    if isinstance(told, Term):
        return name_of(told.group, told)
    return sentences(language).date(told) if isinstance(told, Day) else told


@lru_cache(4096)
def _remark(told: str, language: str) -> str | None:
    """What a reader noticed, found by its words; what stands in a place may be such a remark itself."""
    with override(language):
        for template, pattern in _remarks(language):
            found = pattern.fullmatch(told)
            if found:
                values = {name: _remark(each, language) or each for name, each in found.groupdict().items()}
                return pgettext(REMARK, template) % values if values else pgettext(REMARK, template)
    return None


@cache
def _remarks(language: str) -> list[tuple[str, re.Pattern[str]]]:
    """The templates of readers, those first that leave the least open."""
    folder = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as file:
        templates = [str(each.id) for each in read_mo(file) if each.context in (REMARK, REMARK.encode())]
    templates.sort(key=lambda each: len(_PLACE.sub("", each)), reverse=True)
    return [(each, _pattern(each)) for each in templates]


def _pattern(template: str) -> re.Pattern[str]:
    """What a template looks like with its places filled; a place of one letter is a number."""
    written, end = "", 0
    for place in _PLACE.finditer(template):
        held = r"[\d.,]*\d" if len(place[1]) == 1 else ".+?"
        written += f"{re.escape(template[end : place.start()])}(?P<{place[1]}>{held})"
        end = place.end()
    return re.compile(written + re.escape(template[end:]), re.DOTALL)
