"""Names as minutes write them: where a name ends in running text, and a list of names split into its members.

A list is divided by commas and "and", by semicolons, by lines or by the cells of a table::

    Cllrs Reed, Low (North Ward) and Mrs O'Hara     Reed · Low, of North Ward · Mrs O'Hara
    Smith, J.; Brown, K. [Teller]                   Smith, J. · Brown, K., a teller
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TITLE = (
    r"(?:Cllrs?|Councill?ors?|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Hon|Sir|Dame|St|Fr|Hr|Jr|Sr|Ald|Gen|Col|Sen|Rep|Trustee)"
)
_NOT_A_NAME = (
    r"(?!(?:Seconded|Moved|Second|Seconder|Mover|Motions?|That|Carried|CARRIED|RESOLVED|Resolved|Passed|Clause|Vote|Page"
    r"|Amendments?|Question|Unanimous|Approved|Defeated|Lost|Result|Discussion|Note|It|This|There|He|She|They|We|I|No|And"
    r"|Who|As|An|A(?!\.)|In|On|At|For|Of|By|If|When|Then|Also|The|Will|Would|Could|Should|May|Can|Must|Any|Anyone|All"
    r"|Those|Nobody|None|AM|PM)(?!\w))"
)
_WORD = (
    rf"{_NOT_A_NAME}(?:{_TITLE}\.|[A-ZÀ-ÖØ-Þ](?:\.-?[A-ZÀ-ÖØ-Þ])*\.(?=[\s,;)]|$)"
    r"|(?:[dDlL]['’]|Mc|Mac|O['’])?[A-ZÀ-ÖØ-ÞА-Я][\wÀ-ÿ'’-]*)"
)
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|do|dos|la|le|du|of|zu|zur|y|e|bin|al|el|rh|the)"
_SPACE = r"(?:[^\S\n]+|(?<=[^\n]{12})\n[^\S\n]*)"
NAME = (
    rf"(?:[Tt]he[^\S\n]+)?{_WORD}(?:{_SPACE}(?:{_PARTICLE}{_SPACE}){{0,3}}{_WORD}){{0,6}}"
    r"(?:\s?\((?!\s*\d)[^()]{1,60}\))?"
)
"""A regular expression, without groups, for a name in running text, with what stands in brackets after it."""

NAMES = rf"{NAME}(?:(?:,\s+{NAME}){{0,3}},?\s+(?:and|und|&)\s+{NAME})?"
"""The same for one name or a few."""

_TELLER = re.compile(r"[\[(]\s*(?:Teller|Stimmenzähler(?:in)?|teller)\s*[\])]")
_AFFILIATION = re.compile(r"\s*\(([^()]*)\)\s*$")
_PLURAL = re.compile(
    r"\s*(?:(?:the\s+)?(?:Cllrs|Councill?ors|Councilmembers|Members|Messrs|Trustees|Commissioners|Directors|Aldermen"
    r"|Stadträte|Gemeinderäte|Mitglieder|Senators|Supervisors|Commissioners|Deputies)\.?:?)\s+",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:none|nil|no ?one|nobody|n/?a|keine?r?|niemand|[-–—0.]+)\.?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]\.?[\s-]?){1,3}")
_BREAK = re.compile(r"<br\s*/?>|\n|\t|\|")
_MANY_WORDS, _FEW_WORDS = 7, 5
_PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "del", "da", "do", "dos", "di", "la", "le", "y", "e", "zu", "bin", "al", "el")
)
_ARTICLES = frozenset(("the", "die", "das", "les", "los", "as"))


class Named(NamedTuple):
    """A member of a list: characters ``start:end`` of the text hold it, with affiliation and mark of a teller."""

    start: int
    end: int
    label: str
    affiliation: str = ""
    teller: bool = False


def names_in(text: str, start: int = 0, end: int | None = None) -> list[Named]:
    """The members of the list in characters ``start:end``, in order; none where it says that there are none."""
    stop = len(text) if end is None else end
    plural = _PLURAL.match(text, start, stop)
    parts = _parts(text, plural.end() if plural else start, stop)
    return [named for part in parts if (named := name_at(text, *part)) is not None]


def are_names(named: list[Named]) -> bool:
    """Whether all of a list can be names: each begins with a capital, is short and holds no number."""
    return all(
        any(letter.isupper() for letter in each.label)
        and not any(letter.isdigit() for letter in each.label)
        and len(each.label.split()) <= _MANY_WORDS
        and (each.label[0].isupper() or each.label.split()[0] in ("rh", "van", "von", "de", "d’", "the"))
        for each in named
    )


def is_name(label: str) -> bool:
    """Whether each word of a label begins as those of a person's name do: ``Thanks everyone`` is none."""
    words = label.split()
    named = all(word[0].isupper() or word in _PARTICLES for word in words)
    return 0 < len(words) <= _FEW_WORDS and named and words[0].casefold() not in _ARTICLES


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges between the separators of the list, which are the strongest that it holds."""
    inner = text[start:end]
    if _by_lines(inner):
        return list(_cut(text, start, end, _BREAK))
    if ";" in inner:
        return list(_cut(text, start, end, re.compile(r";(?:\s*(?:and|und|&)\s)?|\||\t|<br\s*/?>")))
    separators = re.compile(r",?\s+(?:and|und|&|sowie)\s+|,|\||\t|<br\s*/?>")
    return _with_initials(text, list(_cut(text, start, end, separators)))


def _by_lines(inner: str) -> bool:
    """Whether each line is a name of its own, perhaps as "Surname, Given"."""
    lines = [line.strip() for line in _BREAK.split(inner.strip()) if line.strip()]
    return len(lines) > 1 and all(line.count(",") <= 1 and not line.endswith(",") for line in lines)


def _cut(text: str, start: int, end: int, separators: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = start
    for match in separators.finditer(text, start, end):
        if text.count("(", start, match.start()) <= text.count(")", start, match.start()):
            yield at, match.start()
            at = match.end()
    yield at, end


def _with_initials(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts that are initials only belong to the surname before them."""
    joined: list[tuple[int, int]] = []
    for start, end in parts:
        if joined and _INITIALS.fullmatch(text[start:end].strip()) and "," in text[joined[-1][1] : start]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def name_at(text: str, start: int, end: int) -> Named | None:
    """The one name in characters ``start:end``, commas and all; nothing where it says that there is none."""
    inner = text[start:end]
    start, end = start + len(inner) - len(inner.lstrip(" \t\n\xa0-•*")), end - len(inner) + len(inner.rstrip())
    written = text[start:end]
    teller = _TELLER.search(written)
    kept = written[: teller.start()].rstrip() if teller else written
    within = _AFFILIATION.search(kept.rstrip("."))
    label = _without_stop(kept[: within.start()] if within else kept)
    if not label or _NOBODY.fullmatch(label):
        return None
    return Named(start, end, " ".join(label.split()), " ".join(within[1].split()) if within else "", bool(teller))


def _without_stop(label: str) -> str:
    """Without the full stop of a sentence, but with that of an initial or a title."""
    last = label.rstrip(".").split()[-1:] or [""]
    short = len(last[0]) < 3 or "." in last[0] or last[0] in ("Esq", "Bros")
    return label if short else label.rstrip(" .,;:")
