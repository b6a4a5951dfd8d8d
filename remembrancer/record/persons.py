"""Names as written -> keys by which one person is known, and whose label a speech carries.

Within one document a label belongs to the one attendee it can mean; where two are left, to nobody. Across
documents a person is known by name, and by name and affiliation where one sitting listed two of that name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from remembrancer.model import Attendee, Finding, Proceedings, Speech
from remembrancer.saying import remark

_TITLES = re.compile(
    r"^(?:the\s+)?(?:right\s+|rt\.?\s+)?(?:hon(?:ou?rable)?\.?\s+)?(?:"
    r"cllrs?|councillors?|councilors?|councilmembers?|aldermen|alderman|mayor|deputy\s+mayor|vice\s+mayor|"
    r"mrs?|ms|miss|mx|dr|prof(?:essor)?|sir|dame|lord|lady|baroness|baron|rev|"
    r"herr|frau|stadtrat|stadträtin|sr|sra|señora?|senhora?|doña|mme|monsieur|madame"
    r")\b\.?\s+",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_SPACE = re.compile(r"\s+")


class Name(NamedTuple):
    """A name's key and what stood in brackets beside it, both folded."""

    key: str
    qualifier: str = ""


@lru_cache(maxsize=65_536)
def name_of(label: str) -> Name:
    """The key of a name as written: without titles, handles and brackets, case and accents folded."""
    qualifier = " ".join(_QUALIFIER.findall(label))
    bare = re.sub(r"@\S+", " ", _QUALIFIER.sub(" ", label)).strip(" ,;:.*")
    while (shorter := _TITLES.sub("", bare)) != bare:
        bare = shorter
    if bare.count(",") == 1:
        bare = " ".join(reversed(bare.split(",")))
    return Name(fold(bare), fold(qualifier))


def is_full(key: str) -> bool:
    """Whether a key is a name of at least two words, by which a person is known beyond one document."""
    return len(key) > 4 and " " in key.strip()


class Resolved(NamedTuple):
    """The attendee or the full name a label means; ``ambiguous`` when two attendees were left."""

    name: str
    affiliation: str = ""
    ambiguous: bool = False


def resolve(speech: Speech, attendance: Sequence[Attendee]) -> Resolved | None:
    """Whose label this is: by the document's own expansion, by abbreviation, by name, by surname alone."""
    if speech.name:
        return _one(name_of(speech.name), attendance) or Resolved(speech.name)
    by_abbreviation = {line.label: line for line in attendance if line.abbreviation == speech.speaker}
    if len(by_abbreviation) == 1:
        line = next(iter(by_abbreviation.values()))
        return Resolved(line.label, line.affiliation)
    wanted = name_of(speech.speaker)
    found = _one(wanted, attendance)
    if found is None and is_full(wanted.key):
        return Resolved(speech.speaker)
    return found


def _one(wanted: Name, attendance: Iterable[Attendee]) -> Resolved | None:
    lines = {(name_of(line.label), line.label, line.affiliation) for line in attendance}
    named = {each for each in lines if each[0].key == wanted.key}
    if not named and wanted.key:
        named = {each for each in lines if may_be(wanted.key, each[0].key)}
    if len(named) > 1 and wanted.qualifier:
        beside = {each for each in named if wanted.qualifier in (each[0].qualifier, fold(each[2]))}
        named = beside or named
    if len({(name.key, name.qualifier, affiliation) for name, _, affiliation in named}) > 1:
        return Resolved("", ambiguous=True)
    return next((Resolved(label, affiliation) for _, label, affiliation in sorted(named)), None)


def may_be(short: str, full: str) -> bool:
    """Whether a surname, alone or after an initial, can be short for a full name."""
    *initials, surname = short.split(" ")
    *first, last = full.split(" ")
    if surname != last or any(len(initial) > 1 for initial in initials):
        return False
    return all(name.startswith(initial) for initial, name in zip(initials, first, strict=False))


class Fact(NamedTuple):
    """That a person was named: in an attendance list (``present`` as there) or as speaker of ``speeches``."""

    key: str
    affiliation: str
    label: str
    name: str
    role: str
    sitting: int | None
    present: bool | None
    speeches: int


def facts_of(proceedings: Proceedings) -> list[Fact]:
    """Every person a document names, once for each line of attendance and once for each speaker's label."""
    facts: list[Fact] = []
    for sitting, each in enumerate(proceedings.sittings):
        for line in each.attendance:
            name = name_of(line.label)
            affiliation = fold(line.affiliation) or name.qualifier
            facts.append(Fact(name.key, affiliation, line.label, line.label, line.role, sitting, line.present, 0))
    persons = persons_of(proceedings)
    counts = Counter((speech.sitting, speech.speaker, speech.name) for speech in proceedings.speeches)
    for label, count in counts.items():
        whose = persons[label]
        name = name_of(whose.name) if whose else Name("")
        affiliation = (fold(whose.affiliation) or name.qualifier) if whose else ""
        known_as = whose.name if whose else ""
        facts.append(Fact(name.key, affiliation, label[1], known_as, "", label[0], None, count))
    return facts


def persons_of(proceedings: Proceedings) -> dict[tuple[int | None, str, str], Resolved | None]:
    """Whom each speaker's label means, by (sitting, label, name as expanded)."""
    labels = {(speech.sitting, speech.speaker, speech.name) for speech in proceedings.speeches}
    return {
        (sitting, speaker, name): resolve(
            Speech(speaker, (), name=name), proceedings.sittings[sitting].attendance if sitting is not None else ()
        )
        for sitting, speaker, name in labels
    }


def ambiguities(proceedings: Proceedings) -> tuple[Finding, ...]:
    """A finding for each speaker's label that two of those listed may bear, at its first speech."""
    persons = persons_of(proceedings)
    found: dict[tuple[int | None, str, str], Finding] = {}
    for speech in proceedings.speeches:
        label = (speech.sitting, speech.speaker, speech.name)
        whose = persons[label]
        if whose is not None and whose.ambiguous and label not in found:
            message = remark("%(who)s can mean more than one of those listed as attending.", who=repr(speech.speaker))
            advice = remark("Say which, for example by a first name or a ward, in a corrected version of the document.")
            at = (*speech.label, *speech.spans)[0]
            found[label] = Finding("ambiguous-speaker", message, advice, at, speech.place)
    return tuple(found.values())


def fold(text: str) -> str:
    """A name or affiliation without case, accents and points."""
    return _SPACE.sub(" ", anyascii(text).lower().replace(".", " ")).strip()
