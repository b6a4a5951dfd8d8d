"""What things are called on the pages: the house's own words where it has them, else the program's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy

from remembrancer.office.bureau import Bureau
from remembrancer.read import house as houses
from remembrancer.read.house import House, PageWords

STANDARD: Mapping[str, tuple[object, object]] = {
    "body": (pgettext_lazy("one", "body"), pgettext_lazy("several", "bodies")),
    "sitting": (pgettext_lazy("one", "sitting"), pgettext_lazy("several", "sittings")),
    "item": (pgettext_lazy("one", "item"), pgettext_lazy("several", "items")),
    "matter": (pgettext_lazy("one", "matter"), pgettext_lazy("several", "matters")),
    "motion": (pgettext_lazy("one", "motion"), pgettext_lazy("several", "motions")),
    "vote": (pgettext_lazy("one", "vote"), pgettext_lazy("several", "votes")),
    "decision": (pgettext_lazy("one", "decision"), pgettext_lazy("several", "decisions")),
    "action": (pgettext_lazy("one", "action"), pgettext_lazy("several", "actions")),
    "member": (pgettext_lazy("one", "member"), pgettext_lazy("several", "members")),
}
"""The program's own words, by the name of the thing: one, and several."""

SEVERAL = {name: "bodies" if name == "body" else f"{name}s" for name in STANDARD}
"""Under which name a page asks for the word for several."""


def words_of(bureau: Bureau | None) -> Mapping[str, str]:
    """``sitting`` and ``sittings``, ``matter`` and ``matters`` and so on, in the language of the page."""
    return _words(bureau.house_toml() if bureau else "", get_language() or "en")


@lru_cache(64)
def _words(toml: str, language: str) -> Mapping[str, str]:
    """The words of a house in the language of the page, which is ``language``."""
    told = _house(toml).pages.get(language.partition("-")[0], PageWords())
    said: dict[str, str] = {}
    for name, standard in STANDARD.items():
        one, several = getattr(told, name)
        said |= {name: one or str(standard[0]), SEVERAL[name]: several or str(standard[1])}
    return MappingProxyType(said)


def language_of(bureau: Bureau) -> SafeString:
    """The attributes of a quotation: the language that the house says the documents are in, and that its direction
    is that of its words, whatever that of the page."""
    return quoted_in(_house(bureau.house_toml()).language)


def quoted_in(language: str) -> SafeString:
    """The attributes of a quotation in a language, which may not be known."""
    return format_html(' lang="{}" dir="auto"', language) if language else SafeString(' dir="auto"')


@lru_cache(64)
def _house(toml: str) -> House:
    """A house, which is written in TOML; it is parsed once."""
    return houses.parse(toml) if toml else House()
