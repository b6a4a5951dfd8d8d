"""Is the value of an answer one that is right? After plain normalisation only, by what was asked for.

``["J. Pribil"]`` and ``J. Pribil`` are the same, so are ``yes 15, no 0`` and ``15 yes, 0 no``; ``Ben Smith`` is ``B.
Smith``; a date is right at the precision of the one expected; a status by its letters and digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from asked.known import Value

NAMES = frozenset(("mover", "seconder", "champion", "against", "abstained", "attendance"))
"""Kinds whose values are names of people, or whether somebody was there."""

WORDS = {
    "adopted": "carried",
    "approved": "carried",
    "passed": "carried",
    "rejected": "lost",
    "failed": "lost",
    "defeated": "lost",
    "for": "yes",
    "in favour": "yes",
    "yea": "yes",
    "yeas": "yes",
    "ja": "yes",
    "against": "no",
    "nay": "no",
    "nays": "no",
    "nein": "no",
    "abstained": "abstain",
    "abstention": "abstain",
    "abstentions": "abstain",
    "enthaltung": "abstain",
    "enthaltungen": "abstain",
}
UNCOUNTED = frozenset(("absent", "not voting", "recused", "present"))
TITLES = re.compile(
    r"\b(?:councillors?|cllr|deputy|mayor|mr|mrs|ms|dr|prof|stadtrat|stadträtin|oberbürgermeisterin|chair)\b\.?", re.I
)
COUNT = re.compile(r"([^\W\d][^\W\d]*(?: voting)?)\s*:?\s*(\d+)|(\d+)\s+([^\W\d]+)")


def right(kind: str, value: Any, gold: Iterable[Value]) -> bool:
    """Whether a value (text, number, or list of texts) is one of those that are right."""
    return any(same(kind, value, each) for each in gold)


def same(kind: str, value: Any, gold: Value) -> bool:
    """Whether two values are the same for this kind."""
    ours, theirs = _listed(value), _listed(gold)
    if len(ours) != len(theirs):
        return False
    alike = _alike(kind)
    left = list(theirs)
    for each in ours:
        found = next((other for other in left if alike(each, other)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _listed(value: Any) -> list[str]:
    several = value if isinstance(value, list | tuple) else [value]
    return [str(each) for each in several]


def _alike(kind: str) -> Callable[[str, str], bool]:
    base = kind.partition("-")[0]
    if base in NAMES:
        return lambda ours, theirs: word(ours) == word(theirs) or person(ours, theirs)
    return BY_KIND.get(base, lambda ours, theirs: word(ours) == word(theirs))


def word(text: str) -> str:
    """A text without case, accents and punctuation, synonyms as one."""
    plain = folded(text)
    return WORDS.get(plain, plain)


def folded(text: str) -> str:
    """Letters and digits alone, in words, without case and accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def person(ours: str, theirs: str) -> bool:
    """Whether two written names may be one person's: the surname the same, given names or their initials too."""
    a, b = (folded(TITLES.sub(" ", re.sub(r"\(.*?\)|<.*?>", " ", name))).split() for name in (ours, theirs))
    if not a or not b or a[-1] != b[-1]:
        return False
    return len(a) == 1 or len(b) == 1 or a[0].startswith(b[0]) or b[0].startswith(a[0])


def counts(text: str) -> dict[str, int]:
    """The numbers of a vote by their words: ``yes 15, no 0`` or ``15 yes``."""
    return {
        word(before or after): int(first or second)
        for before, first, second, after in COUNT.findall(text.replace("not-voting", "not voting"))
    }


def _counts_alike(ours: str, theirs: str) -> bool:
    have, told = counts(ours), counts(theirs)
    if not have:
        numbers = [int(each) for each in re.findall(r"\d+", ours)]
        return len(numbers) >= 2 and numbers == list(told.values())[: len(numbers)]
    others = [number for label, number in have.items() if label not in told and label not in UNCOUNTED]
    return all(have.get(label, 0) == number for label, number in told.items()) and not any(others)


def _date_alike(ours: str, theirs: str) -> bool:
    return ours[: len(theirs)] == theirs


def _sums_alike(ours: str, theirs: str) -> bool:
    return sums(ours) == sums(theirs) != []


def sums(text: str) -> list[str]:
    """The numbers of an amount, without separators of thousands or empty cents."""
    return [re.sub(r"\.0+$", "", each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def _numbers_alike(ours: str, theirs: str) -> bool:
    """For papers that are known by their numbers: ``PEP 0431`` is ``431``."""
    have, told = ([each.lstrip("0") for each in re.findall(r"\d+", text)] for text in (ours, theirs))
    return have == told != []


BY_KIND: dict[str, Callable[[str, str], bool]] = {
    "vote": _counts_alike,
    "poll": _counts_alike,
    "date": _date_alike,
    "amount": _sums_alike,
    "superseded": _numbers_alike,
    "supersedes": _numbers_alike,
    "amends": _numbers_alike,
}
"""How two values of a kind are compared, by the first word of the kind; others by their letters and digits."""
