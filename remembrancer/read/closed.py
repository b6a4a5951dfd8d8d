"""Headings that say of themselves that what follows is closed.

Nothing is closed on their account: the class is for the body to say, in its house or by a ruling. But who publishes
such a part should know it, so that a heading that no class is set for becomes a finding, and the house is proposed a
class for its words.

A heading says so where it is nothing but such words (``Closed session``), or where they stand apart in it: in brackets
(``TOP 3 (nichtöffentlich) Sale of land``), before a colon or a dash, or after one. In a phrase they tell of a closed
part and open none (``Report out of closed session``), and the exclusion of the public is itself resolved in public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from remembrancer.model import Finding, Item, Proceedings
from remembrancer.read.house import unnumbered
from remembrancer.saying import remark

_SAYING = (
    r"(?:strictly )?confidential|exempt(?: (?:business|items?|information))?|in[- ]committee|"
    r"(?:closed|confidential|executive|private|in[- ]camera)[- ](?:session|part|meeting|(?:agenda )?items?|discussion|"
    r"business|matters?|section)|in (?:closed|executive|private) session|in[- ]camera|in private|"
    r"(?:the )?(?:press and (?:the )?public|public(?: and (?:the )?press)?) (?:were |was |are |be )?excluded|"
    r"not for publication|"
    r"nicht[- ]?öffentlich(?:e[rs]?)?(?: (?:teil|sitzung|beratung|teil der sitzung))?|n\.? ?ö\.?|vertraulich|"
    r"unter ausschluss der öffentlichkeit|"
    r"(?:à |a )huis[- ]clos|confidentiel(?:le)?|"
    r"a puerta cerrada|sesi[óo]n (?:reservada|secreta|cerrada)|confidencial|"
    r"à porta fechada|sess[ãa]o (?:reservada|secreta|fechada)|reuni[ãa]o (?:reservada|n[ãa]o p[úu]blica)|"
    r"a porta pechada|sesi[óo]n (?:pechada|segreda)|"
    r"закрытая (?:часть|сессия)|закрытое заседание"
)
_BRACKETS = r"\s*(?:\([^()]*\))?"
_WHOLE = re.compile(rf"(?:{_SAYING}){_BRACKETS}", re.IGNORECASE)
_APART = re.compile(
    rf"[(\[]\s*(?P<within>{_SAYING}|closed|private)\s*(?:[-\u2013\u2014:,;][^()\[\]]*)?[)\]]"
    rf"|^(?P<before>{_SAYING})\s*(?::|\s[-\u2013\u2014])\s"
    rf"|\s[-\u2013\u2014]\s+(?P<after>{_SAYING}){_BRACKETS}$",
    re.IGNORECASE,
)


def marking(heading: str) -> str:
    """A regular expression for ``[[classes]]`` of the house, for headings that say in the same words and the same
    place that they are closed; empty where this one does not."""
    title = unnumbered(heading).strip()
    if _WHOLE.fullmatch(title):
        return literally(title)
    apart = _APART.search(title)
    if apart is None:
        return ""
    return f".*{literally(apart[0].strip())}.*" if apart["within"] else _beside(apart)


def _beside(apart: re.Match[str]) -> str:
    words = literally(apart[0].strip())
    return f"{words}.*" if apart["before"] else f".*{words}"


def literally(words: str) -> str:
    """A regular expression for exactly these words, as a person would write it."""
    return re.sub(r"\\([ \-#&~/,'])", r"\1", re.escape(words))


def with_findings(proceedings: Proceedings) -> Proceedings:
    """The same with a finding for each heading that says it is closed and that the house leaves open."""
    noticed = tuple(_findings(proceedings.items))
    return replace(proceedings, findings=(*proceedings.findings, *noticed)) if noticed else proceedings


def _findings(items: Sequence[Item]) -> Iterator[Finding]:
    for item in items:
        if marking(item.title) and not _is_closed(item, items):
            yield Finding(
                "says-closed",
                remark("This heading says that what follows is closed; no class of the house closes it."),
                remark("If it is closed, classify it, and name such headings under [[classes]] in the house."),
                item.spans[0] if item.spans else None,
                item.place,
            )


def _is_closed(item: Item, items: Sequence[Item]) -> bool:
    """Whether an item, or one that it stands under, has a class."""
    above = None if item.parent is None else items[item.parent]
    return item.visibility != "open" or (above is not None and _is_closed(above, items))
