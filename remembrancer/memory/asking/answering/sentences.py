"""Sentences from templates: fixed words of a language, filled with facts and with nothing else.

``say("mover.one", on=" on “Bench repair”", line="A. Bell")`` -> "The motion on “Bench repair” was moved by A. Bell."

Each language has a file in ``templates/``; what it lacks is said in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

FALLBACK = "en"
SHOWN = 90
"""Most characters of a row's words that a sentence repeats; the value and the facts have them whole."""

_FOLDER = "templates"
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[?~%]?")


class Sentences:
    """The templates of one language."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self._tables = tables

    def say(self, template: str, /, **facts: str | int) -> str:
        """The template ``table.key`` with its places filled."""
        table, _, key = template.partition(".")
        words: str = self._tables[table][key]
        return words.format_map(facts)

    def word(self, group: str, value: str) -> str:
        """The language's word for a value of the register; the value itself where it has none."""
        found: str = self._tables["words"].get(group, {}).get(value, value)
        return found

    def date(self, edtf: str) -> str:
        """A date as people write it: ``7 March 2024``, ``March 2024``, ``2024``."""
        first, _, last = edtf.partition("/")
        if last:
            return self.say("dates.range", first=self.date(first), last=self.date(last))
        known = _DATE.fullmatch(edtf)
        if known is None or not known[2]:
            return edtf
        year, month, day = known.groups()
        name = self._tables["dates"]["months"][int(month) - 1]
        if not day:
            return self.say("dates.month", month=name, year=year)
        return self.say("dates.day", day=int(day), month=name, year=year)

    def when(self, edtf: str) -> str:
        """A date with the word that leads it: ``on 7 March 2024``, ``in 2024``; an undated one is called so."""
        if not edtf:
            return self.say("dates.undated")
        known = _DATE.fullmatch(edtf)
        precision = "range" if known is None else "day" if known[3] else "month" if known[2] else "year"
        return self.say(f"dates.on_{precision}", date=self.date(edtf))

    def listing(self, names: Sequence[str]) -> str:
        """``A, B and C``; in the same order."""
        *first, last = names or [""]
        return self.say("dates.listing", first=", ".join(first), last=last) if first else last


@cache
def sentences(language: str) -> Sentences:
    """The templates of a language (``de``, ``de-AT``), with English where it has none."""
    code = language.partition("-")[0].lower()
    english = _tables(FALLBACK)
    own = _tables(code) if code in languages() else {}
    return Sentences({name: _laid_over(table, own.get(name, {})) for name, table in english.items()})


@cache
def languages() -> tuple[str, ...]:
    """The languages that have templates."""
    folder = files("remembrancer.memory.asking.answering") / _FOLDER
    return tuple(sorted(Path(each.name).stem for each in folder.iterdir() if each.name.endswith(".toml")))


@cache
def beside(*lists: str) -> re.Pattern[str]:
    """What stands beside the main thing, by lists of ``beside.toml``; matched at the beginning."""
    told = tomllib.loads((files("remembrancer.memory.asking.answering") / "beside.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(each for name in lists for each in told[name]), re.IGNORECASE)


def shortened(text: str, length: int = SHOWN) -> str:
    """The beginning of a text on one line, cut between words, with a mark where it was cut."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rpartition(" ")[0].rstrip(",;:") + " …"


def _laid_over(table: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    inner = {name: table[name] | own.get(name, {}) for name in table if isinstance(table[name], dict)}
    return table | own | inner


def _tables(code: str) -> dict[str, Any]:
    path = files("remembrancer.memory.asking.answering") / _FOLDER / f"{code}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
