"""Attendance: who was there, who was not, and who came and went.

Lists come under a heading, a call-out or a label, one person to a line, to a table row, or between commas::

    ## Present                          Absent: B. Baker           | Name     | Abbreviation | Organization |
    - Ann Able @able (Chair)            Regrets: C. Cook           | Ann Able | AA           | Example Org  |
    - Bob Baker, Example Org (Member)   Ann Able (AA), Bob Baker (BB)
    - Cllr Cook (arrived 7.15 pm)

Comings and goings are sentences of the minutes: ``At 4:56 PM, Councillor B. Baker leaves the meeting.``
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from remembrancer.model import Attendee, Spans
from remembrancer.read.dates import time_of_day
from remembrancer.read.form import Range


class Listing(NamedTuple):
    """What a heading or label says of the people listed under it."""

    present: bool | None = True
    role: str = ""


Line = tuple[Attendee, Range]

_ABSENT = re.compile(
    r"\b(?:absent|absence|apolog(?:ies|y)|regrets|excused|not present|not in attendance|unable to attend|abwesend|"
    r"entschuldigt|excusés?|ausentes|ausencias|отсутствовали|отсутствуют)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:present|attendees?|attendance|attending|attended|participants?|participating|roll[ -]?call|"
    r"introductions? of attendees|in the room|anwesend(?:e|heit)?|teilnehmer(?:innen)?|teilnehmende|présents?|"
    r"participants|presentes|asistentes|asistencia|participantes|presenças|присутствовали|присутствуют|участники)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:also|observers?|guests?|others?|staff|visitors?|public|officers? in|gäste|gast|invités?|invitados|"
    r"convidados|приглашённые|remote(?:ly)?|virtual(?:ly)?|online|by phone|in[- ]person)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"others|(?:other )?(?:observers?|guests?|staff|visitors?|officers)|remote(?:ly)?|virtual(?:ly)?|online|"
    r"in[- ]person|gäste|invités?|invitados|convidados|приглашённые",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:[\d.\s]|&nbsp;|[*_#>\u00a0-])*")
_LABEL = re.compile(
    r"[ \t>]*(?:[-*+] )?[*_]{0,3}(?P<label>[^\W\d_][^\n:.;|*_]{1,70}?)[*_]{0,3}[ \t]*:[*_]{0,3}[ \t]*(?P<rest>[^\n]*)"
)
_WORD_LIMIT = 7


def listing(heading: str) -> Listing | None:
    """What a heading or label says of the names under it, or None when it opens no attendance list."""
    words = heading[_LEAD.match(heading).end() :].strip(" *_:#")  # type: ignore[union-attr]
    if not words or len(words.split()) > _WORD_LIMIT:
        return None
    if _ABSENT.search(words):
        return Listing(False)
    if _PRESENT.search(words):
        return Listing(True, words if _OTHERS.search(words) else "")
    if _ALONE.fullmatch(words):
        return Listing(True, words)
    return None


_NONE = re.compile(r"(?:none|nobody|no one|all|n/?a|tbd|keine|niemand|aucun|ninguno|nenhum|нет)\b", re.IGNORECASE)
_TITLES = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Hon|Prof|Cllr|Councill?ors?|Alderm[ae]n|Commissioner|Member|Sir|Dame|Rev|Deputy|Vice|Mayor|Chair|"
    r"President|Director|Herr|Frau|Stadtr[aä]t(?:in)?|Sr|Sra|Don|Doña)\.?\s+)*"
)
_PART = r"(?:[^\W\d_][\w'’.\-]*)"
_PERSON = re.compile(
    rf"(?P<name>{_TITLES}{_PART}(?:[ \t\u00a0]+(?!at\b|from\b|via\b|and\b|und\b)"
    rf"(?:{_PART}|[\"“(]\w+[\"”)](?=\s+\w)|&)){{0,5}})"
    r"(?:\s+(?P<handle>@[\w-]+))?(?P<rest>.*)",
    re.DOTALL,
)
PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]?[A-Z0-9]{1,3}|[A-Z]{1,4}")
_ROLE = re.compile(
    r"\b(?:chair|co-?chair|vice|president|secretary|treasurer|member|observer|voting|guest|staff|scribe|minutes|notes|"
    r"host|facilitator|editor|director|clerk|mayor|remote|online|virtual|phone|assistant|tsc|liaison|vorsitz\w*)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:arriv\w*|joined|joining|from|since|entered|in at|came|ab|kam|desde|à partir de)\b", re.I)
_UNTIL = re.compile(r"\b(?:left|leaving|leaves|until|till|departed|excused|out at|bis|ging|hasta|até|jusqu)\b", re.I)
_PARTLY = re.compile(
    r"(?P<until>(?:left|leaving)\s+early|(?:first|1st)\s+(?:half|part|hour)|had to (?:leave|drop)(?:\s+early)?|left)|"
    r"(?:joined\s+|arrived\s+|came\s+)?late|(?:second|2nd)\s+(?:half|part|hour)|joined(?:\s+later)?",
    re.IGNORECASE,
)
"""A stay of which the document says only this; its words then stand for the time."""
_ITEM = re.compile(
    r"\b(?:item|agenda item|top|tagesordnungspunkt|point|punto|ponto|пункт)\s*(?:no\.?|#)?\s*(\d+(?:\.\d+)*[a-z]?)",
    re.I,
)


def moment(words: str) -> str:
    """When somebody came or left: a time of day, else the number of an item, else empty."""
    item = _ITEM.search(words)
    return time_of_day(words) or (item[1] if item else "")


def person(text: str, start: int, end: int, under: Listing, abbreviations: frozenset[str] | None = None) -> Line | None:
    """The person listed at ``start:end``, if it reads as one. ``abbreviations``: codes that name one person."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip(" \t>*_-+•[]x\u00a0~"))
    match = _PERSON.match(words, lead)
    if not match or _NONE.match(words, lead) or "http" in words[: lead + 30]:
        return None
    name = match["name"].rstrip(" .*_" if "." not in match["name"][-3:] else " *_")
    rest = match["rest"]
    if not _reads_as_name(name, rest):
        return None
    found = Attendee(" ".join(name.split()), under.present, (match["handle"] or "").lstrip("@"), role=under.role)
    return _described(found, rest, abbreviations), (start + lead, start + len(words.rstrip()))


_SENTENCE = re.compile(r"[ \t]*[;:]?[ \t]*(?:[\w'’]+[ \t]+){5,}")
_VERBS = frozenset(
    [
        "the",
        "to",
        "is",
        "are",
        "was",
        "were",
        "will",
        "please",
        "has",
        "have",
        "we",
        "this",
        "that",
        "not",
        "be",
        "if",
        "for",
        "in",
        "on",
        "of",
        "with",
        "by",
        "moved",
        "seconded",
    ]
)


def _reads_as_name(name: str, rest: str) -> bool:
    words = name.split()
    capital = any(word[0].isupper() for word in words) or not name.isascii()
    return (
        len(words) <= (6 if capital else 2)
        and not _SENTENCE.match(rest)
        and not _VERBS & {word.lower() for word in words}
    )


_LONGEST_NOTE = 8


def _described(found: Attendee, rest: str, abbreviations: frozenset[str] | None) -> Attendee:
    for match in PARENTHESES.finditer(rest):
        found = _with_note(found, match[1].strip(), abbreviations)
    bare = PARENTHESES.sub("", rest).strip(" \t*_.;")
    bare = re.sub(r"^[,:–—-]+\s*", "", bare).strip(" *_")
    if len(bare.split()) > _LONGEST_NOTE:
        bare = bare.split(",")[0]
    if bare:
        found = _with_note(found, bare, frozenset())
    return found


def _with_note(found: Attendee, note: str, abbreviations: frozenset[str] | None) -> Attendee:
    if partial := _PARTLY.fullmatch(note):
        return replace(found, until=note) if partial["until"] else replace(found, since=note)
    when = moment(note)
    if when and (_SINCE.search(note) or _UNTIL.search(note)):
        since, until = _SINCE.search(note), _UNTIL.search(note)
        first = moment(note[: until.start()]) if until and since and since.start() < until.start() else when
        return replace(
            found,
            since=first if since else found.since,
            until=moment(note[until.start() :]) if until else found.until,
        )
    code = abbreviations is None or note in abbreviations
    if code and _ABBREVIATION.fullmatch(note) and note[0].casefold() in _initials(found.label):
        return replace(found, abbreviation=found.abbreviation or note)
    if _ROLE.search(note):
        return replace(found, role=f"{found.role}, {note}".strip(", "))
    return replace(found, affiliation=f"{found.affiliation}, {note}".strip(", "))


def _initials(label: str) -> set[str]:
    return {part[0].casefold() for part in re.split(r"[\s.\-]+", label) if part}


_SEPARATOR = re.compile(
    r"[,;]\s*(?:and\s+|und\s+|et\s+|y\s+|e\s+|и\s+)?(?![^()]*\))|\s+(?:and|und|et|y)\s+(?![^()]*\))"
)


def between_commas(text: str, start: int, end: int) -> list[Range]:
    """The ranges between the commas of a line, outside brackets."""
    pieces: list[Range] = []
    for separator in (*_SEPARATOR.finditer(text, start, end), None):
        stop = separator.start() if separator else end
        if text[start:stop].strip(" \t\n.>*_"):
            pieces.append((start, stop))
        start = separator.end() if separator else end
    return pieces


_CODED = re.compile(r"[^\W\d_][^,;()\n]{2,40}\s\([A-Z][A-Za-z]{0,2}[A-Z0-9]{0,3}\)")


def is_coded_line(words: str) -> bool:
    """Whether a paragraph without any heading is a list such as ``Ann Able (AA), Bob Baker (BB), ...``."""
    coded = _CODED.findall(words)
    return len(coded) >= 3 and sum(map(len, coded)) >= 0.7 * len(words.strip())


def labelled(line: str) -> tuple[str, int] | None:
    """The label of a line such as ``Council: Ann, Bob`` and where the names begin in it."""
    match = _LABEL.match(line)
    return (match["label"].strip(), match.start("rest")) if match else None


_COLUMNS: dict[str, re.Pattern[str]] = {
    "first": re.compile(r"given|first|vorname|prénom|nombre de pila", re.I),
    "last": re.compile(r"family|last|surname|nachname|apellido", re.I),
    "name": re.compile(r"name|attendee|participant|member|person|who|nombre|nome|имя|фио", re.I),
    "abbreviation": re.compile(r"abbr|initials|code|short|handle|kürzel", re.I),
    "affiliation": re.compile(r"org|affil|company|employer|firma|fraktion|party|represent|team|client|client", re.I),
    "role": re.compile(r"role|position|title|status|function|funktion|cargo", re.I),
    "present": re.compile(r"present|attend|here|anwesend|presente|in-person", re.I),
}
_NO = re.compile(r"(?:no|n|absent|-|–|x?✗|❌|nein|excused|regrets|☐|\[ \])\W*", re.I)


def columns(header: Sequence[str]) -> dict[str, int]:
    """Which column of a table holds what, by its names; each column and each word once."""
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        word = next((word for word, pattern in _COLUMNS.items() if word not in found and pattern.search(cell)), None)
        if word:
            found[word] = index
    return found


def row(text: str, cells: Sequence[Range], where: dict[str, int], under: Listing) -> Line | None:
    """The person in a table row."""

    def cell(word: str) -> str:
        index = where.get(word, -1)
        return text[slice(*cells[index])].strip(" *_") if 0 <= index < len(cells) else ""

    label = " ".join(part for part in (cell("first"), cell("last")) if part) or cell("name")
    label = label or (text[slice(*cells[0])].strip(" *_") if cells and not where else "")
    named = person(label, 0, len(label), under)
    if not named:
        return None
    found = named[0]
    absent = bool(cell("present") and _NO.fullmatch(cell("present")))
    return replace(
        found,
        present=False if absent else under.present,
        abbreviation=cell("abbreviation").lstrip("@") or found.abbreviation,
        affiliation=cell("affiliation") or found.affiliation,
        role=cell("role") or found.role,
    ), (cells[0][0], cells[-1][1])


class Coming(NamedTuple):
    """Somebody comes or goes, at a time or an item as far as the sentence says; the range is in the text."""

    label: str
    kind: Literal["arrives", "leaves"]
    when: str
    start: int
    end: int


_GOES = (
    r"leaves|left|departs|departed|exits|exited|drops?(?: off)?|dropped(?: off)?|"
    r"to drop(?: off)?|to leave|steps out|stepped out|retires|"
    r"retired from|withdrew from|withdraws from|was excused|excused himself|"
    r"excused herself|verlässt|verließ|quitte|abandona|abandonó|покинул[аи]?"
)
_COMES = (
    r"arrives|arrived|joins|joined|enters|entered|re-?enters|re-?entered|returns|returned|re-?joins|re-?joined|kommt|erscheint|"
    r"betritt|rejoint|se incorpora|se incorporó|entra|вош[её]л|присоединил(?:ся|ась)"
)
_GATHERING = (
    r"(?:us\s+on\s+)?(?:(?:the|this|our|die|den|der|la|le|a|o)\s+(?:[\w-]+\s+){0,3}?)?(?:meeting|call|sitting|session|room|chamber|hall|dais|"
    r"proceedings|chambers|sitzung|sitzungssaal|séance|sesión|sessão|заседание)\b"
)
_TIMED = r"(?:at|@|um|à|a las|às|в)\s+\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?|uhr)?"
_NAMED = rf"{_TITLES}[A-ZÀ-ÞА-Я][\w'’.-]*(?:[ \t\u00a0]+(?:d[aei]|de[lr]?|v[ao]n|[A-ZÀ-ÞА-Я][\w'’.-]*)){{0,4}}"
_COMING = re.compile(
    rf"(?P<before>\b(?:[Aa]t|Um|À|A las|Às|В)\s+\d{{1,2}}[:.]?\d{{0,2}}\s*(?:[AaPp]\.?\s?[Mm]\.?|Uhr)?,?\s+)?"
    rf"(?P<name>{_NAMED}(?:(?:,\s+|,?\s+and\s+|\s+und\s+|\s+et\s+|\s+y\s+){_NAMED}){{0,5}})"
    rf"(?:\s*\([^()\n]{{1,40}}\)|,\s[^,.:\n]{{3,60}},)?,?\s+(?:had\s+|has\s+|have\s+|then\s+|also\s+|hat\s+|temporarily\s+)?"
    rf"(?:(?P<goes>{_GOES})|(?P<comes>{_COMES}))\b(?P<after>[^.\n;]*(?:[ap]\.m\.)?)",
)
_AND = re.compile(r",\s+and\s+|,\s+|\s+(?:and|und|et|y)\s+")
_NOBODY = re.compile(r"(?:At|In|The|This|That|It|We|They|He|She|I|There|Who|Which|Council|Committee|Motion|Item)\b")


def comings(text: str, start: int, end: int) -> Iterator[Coming]:
    """Who comes and goes in the sentences of a text that is nobody's speech."""
    for match in _COMING.finditer(text, start, end):
        after = match["after"]
        alone = _is_alone(text, match)
        if _NOBODY.match(match["name"]) or not _is_coming(match["before"] or ("alone" if alone else ""), after):
            continue
        when = moment(match["before"] or "") or moment(after)
        kind: Literal["arrives", "leaves"] = "leaves" if match["goes"] else "arrives"
        for name in _AND.split(match["name"]):
            yield Coming(name.strip(" ."), kind, when, *match.span())


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence is a line or an aside of its own: ``(Ann left)``, ``- Ann joins``."""
    before = text[max(0, match.start() - 6) : match.start()].rsplit("\n", 1)[-1]
    after = text[match.end() : match.end() + 3].lstrip(".")
    return not before.strip(" \t>*_-+([") and not after.split("\n", 1)[0].strip(" \t)]*_")


ASIDE = re.compile(r"\[[^\[\]\n]{5,120}\]|\([^()\n]{5,80}\)|^[ \t]*([*_])[^*_\n]{5,120}\1[ \t]*$", re.MULTILINE)


def asides(text: str, start: int, end: int) -> Iterator[Coming]:
    """Comings that the minutes put in brackets or italics into somebody's speech."""
    for aside in ASIDE.finditer(text, start, end):
        for coming in comings(text, aside.start() + 1, aside.end() - 1):
            if coming.start - aside.start() <= 4:
                yield coming


_ADVERBS = r"\s*(?:(?:early|late|virtually|remotely|temporarily|midway|again|shortly)\b\s*)?"


def _is_coming(before: str, after: str) -> bool:
    gathering = re.match(rf"{_ADVERBS}(?:from\s+|to\s+|through\s+)?{_GATHERING}", after, re.IGNORECASE)
    timed = re.match(rf"\s*(?:\w+\s+){{0,3}}?(?:{_TIMED}|{_ITEM.pattern})", after, re.IGNORECASE)
    bare = re.match(rf"{_ADVERBS}[,.)\]*_]*\s*$", after)
    return bool(gathering or (timed and moment(after)) or (before and bare))


_TITLE_LEAD = re.compile(_TITLES)


def _bare(label: str) -> str:
    return " ".join(_TITLE_LEAD.sub("", label, count=1).replace(".", " ").split()).casefold()


def _same(one: str, other: str) -> bool:
    """Whether two labels may be one person's: equal but for titles, or one the surname of the other."""
    left, right = _bare(one), _bare(other)
    if left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    return bool(shorter) and (longer.endswith(f" {shorter}") or longer.startswith(f"{shorter} "))


def with_comings(attendance: Sequence[Attendee], events: Iterable[Coming]) -> tuple[Attendee, ...]:
    """The attendance after everybody's comings and goings, in order; each stay is a line of its own."""
    lines = list(attendance)
    for event in events:
        own = [index for index, line in enumerate(lines) if _same(line.label, event.label)]
        span: Spans = ((event.start, event.end),)  # type: ignore[assignment]
        if not own:
            lines.append(_new_stay(Attendee(event.label, True, spans=span), event))
            continue
        last = lines[own[-1]]
        if event.kind == "leaves":
            if not last.until:
                lines[own[-1]] = replace(last, present=True, until=event.when, spans=(*last.spans, *span))
        elif last.until:
            lines.insert(own[-1] + 1, replace(last, since=event.when, until="", spans=span))
        elif not last.since:
            lines[own[-1]] = replace(last, present=True, since=event.when, spans=(*last.spans, *span))
    return tuple(lines)


def _new_stay(attendee: Attendee, event: Coming) -> Attendee:
    return replace(attendee, **{"until" if event.kind == "leaves" else "since": event.when})  # type: ignore[arg-type]
