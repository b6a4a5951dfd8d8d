"""Attendance: who was there, who was not, and who came and went.

A heading, a call-out, a label or a table's first column opens a list (``listed`` reads its lines)::

    ## Present              Absent: B. Baker              | Present | Ward | Remarks |

Comings and goings are sentences of the minutes, or directions in brackets or italics, also in somebody's speech::

    At 4:56 PM, Councillor B. Baker leaves the meeting.      [Ann joins]      *Dan joined the call*
    Um 19.05 Uhr verlässt Frau Able die Sitzung.             ~ Ben leaves ~   (to Ann, who just arrived)

What somebody joins or leaves is the sitting, its room or its telephone call, never a company or a working group;
a coming has a time, an item, or stands alone, or says what was joined or left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Literal, NamedTuple

from remembrancer.model import Attendee, Span, Spans
from remembrancer.read.dates import time_of_day
from remembrancer.read.form import beyond


class Listing(NamedTuple):
    """What a heading or label says of the people listed under it."""

    present: bool | None = True
    role: str = ""


ABSENT = re.compile(
    r"\b(?:absents?|absentes|absence|apolog(?:ies|y)|regrets|excused|(?:not|did not) (?:present|attend(?:ing)?)|"
    r"not in attendance|unable to attend|non[- ]attend(?:ing|ance)|abwesend|entschuldigt|es fehlen|"
    r"excusés?|excusad[oa]s?|excusan?|ausentes|ausencias|faltaram|отсутствовали|отсутствуют|الغائبون|נעדרים)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:present|attendees?|attendance|attending|attended|participants?|participating|roll[ -]?call|"
    r"introductions? of attendees|in the room|anwesend(?:e|heit)?|teilnehmer(?:innen)?|teilnehmende|présents?|"
    r"participants|presentes|asistentes|asistencia|participantes|presenças|присутствовали|присутствуют|участники|"
    r"الحاضرون|الحضور|נוכחים)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:also|observers?|guests?|others?|staff|visitors?|public|officers? in|gäste|gast|invités?|invitados|"
    r"convidados|приглашённые|remote(?:ly)?|virtual(?:ly)?|online|by phone|in[- ]person)\b",
    re.IGNORECASE,
)
_TAKEN_BY_NAME = re.compile(r"\b(?:roll[ -]?call|recorded|named) votes?\b|\bvotes? by roll[ -]?call\b", re.IGNORECASE)
_ALONE = re.compile(
    r"others|(?:other )?(?:observers?|guests?|staff|visitors?|officers)|remote(?:ly)?|virtual(?:ly)?|online|"
    r"in[- ]person|gäste|invités?|invitados|convidados|приглашённые",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:[\d.\s]|&nbsp;|[*_#>\u00a0-])*")
_LABEL = re.compile(
    r"[ \t>]*(?:[-*+] )?[*_]{0,3}(?P<label>[^\W\d_][^\n:.;|*_]{1,70}?)[*_]{0,3}[ \t]*(?:(?<!\d):|:(?!\d\d))[*_]{0,3}"
    r"[ \t]*(?P<rest>[^\n]*)"
)
_WORD_LIMIT = 7


def listing(heading: str) -> Listing | None:
    """What a heading or label says of the names under it, or None when it opens no attendance list."""
    words = heading[beyond(_LEAD, heading) :].strip(" *_:#")
    if not words or len(words.split()) > _WORD_LIMIT:
        return None
    if _TAKEN_BY_NAME.search(words):
        return None
    if ABSENT.search(words):
        return Listing(False)
    if _PRESENT.search(words):
        return Listing(True, words if _OTHERS.search(words) else "")
    if _ALONE.fullmatch(words):
        return Listing(True, words)
    return None


def labelled(line: str) -> tuple[str, int] | None:
    """The label of a line such as ``Council: Ann, Bob`` and where the names begin in it."""
    match = _LABEL.match(line)
    return (match["label"].strip(), match.start("rest")) if match else None


TITLES = (
    r"(?:(?:(?:His|Her) (?:Worship|Honou?r)(?: the)?|Mr|Mrs|Ms|Miss|Dr|Hon|Prof|Cllrs?|Councill?ors?|Alderm[ae]n|"
    r"Commissioners?|Members?|Trustees?|Supervisors?|Sir|Dame|Rev|Deputy|Vice|Mayor|Chair|President|Directors?|Herr|Frau|Stadtr[aä]t(?:in)?|"
    r"Sr|Sra|Don|Doña|M|Mme|Monsieur|Madame)\.?\s+)*"
)
_ITEM = re.compile(
    r"\b(?:item|agenda item|top|tagesordnungspunkt|point|punto|ponto|пункт)\s*(?:no\.?|#)?\s*(\d+(?:\.\d+)*[a-z]?)",
    re.I,
)


_SPACED = re.compile(r"(\d{1,2})\s*h\s*(\d{2})\b")


def moment(words: str) -> str:
    """When somebody came or left: a time of day, else the number of an item, else empty."""
    item = _ITEM.search(words)
    return time_of_day(_SPACED.sub(r"\1h\2", words)) or (item[1] if item else "")


class Coming(NamedTuple):
    """Somebody comes or goes. ``when``: a time, an item's number, or empty; ``verb``: the document's word for it;
    ``note``: what stands in brackets after the name; the range is in the text."""

    label: str
    kind: Literal["arrives", "leaves"]
    when: str
    start: int
    end: int
    verb: str = ""
    note: str = ""


_GOES = (
    r"leaves?|left|leaving|departs|departed|departing|exits|exited|drop(?:s|ped) (?:off|out)|"
    r"drop(?:s|ped)(?= (?:from )?(?:the|this) (?:call|meeting))|had to (?:drop(?: off| out)?|leave)|"
    r"steps out|stepped out|retires|retired from|withdrew from|withdraws from|was excused|excused (?:him|her)self|"
    r"verlässt|verließ|quitte|a quitté|sort|abandona|abandonó|abandonou|se ausenta|se ausentó|ausentouse|ausentou-se|"
    r"sale|sae|saiu|retirou-se|покинул[аи]?"
)
_COMES = (
    r"arrives|arrived|arriving|joins?|joined|joining|enters?|entered|re-?enters|re-?entered|returns?|returned|re-?joins|"
    r"re-?joined|kommt|erscheint|betritt|rejoint|arrive|entre|se incorpora|se incorporó|incorpórase|incorporouse|entra|"
    r"entrou|chegou|chega|llega|вош[её]л|присоединил(?:ся|ась)"
)
_PLURAL = frozenset({"leave", "join", "enter", "return"})
_TOLD = re.compile(rf"\b(?:{_GOES}|{_COMES})\b")
_MIDDLE = r"(?:(?!(?:of|for|on|in|to|at|out|from|with|about|and|until)\b)[\w'’-]+\s+){0,3}?"
_GATHERING = (
    r"(?:us\s+on\s+)?(?:(?:the|this|our|die|den|der|la|le|el|a|á|o|ao|à|da|do|na|en|de la|del|a la|al|du)\s+"
    rf"{_MIDDLE})?(?:group\s+(?=chat|call))?(?:meeting|call|chat|sitting|session|room|chambers?|hall|dais|proceedings|"
    r"sitzung|(?:sitzungs|plenar)?saal|séance|réunion|salle|sesión|reunión|sala|pleno|sessão|reunião|plenário|заседание)\b"
    r"(?!\s+(?:open|vacant|empty|blank|notes?|minutes|links?|page|invite|invitation|list|series|schedule|number|option|cent(?:er|re)|"
    r"market|for (?:an?|doubt)\b|of (?!the\b|council|committee|board)))"
)
_CLOCK = r"\d{1,2}(?:(?:[:.]|\s?h\s?)\d{2})?\s*(?:[ap]\.?\s?m\.?|uhr|horas|h)?"
_TIMED = rf"(?:at(?: (?:about|around|approximately))?|@|around|um|gegen|à|a las|ás|às|в)\s+{_CLOCK}"
_LEADS = (
    r"After|When|As|Since|Then|Later|Here|Now|Finally|Next|Also|And|But|Once|While|Because|Before|Note|Until|Um|Uhr|"
    r"Às?|Ás"
)
_UPPER = r"[^\W\d_a-zß-öø-ÿа-яё]"
_PROPER = rf"(?:(?:{_UPPER}\.)+|St\.|{_UPPER}[\w'’-]*)"
_NAMED = (
    rf"(?:(?!(?:{_LEADS})\b){TITLES}{_PROPER}(?:[ \t\u00a0]+(?:(?:d[aei]|de[lr]?|v[ao]n)\b|{_PROPER})){{0,4}}|"
    r"(?:(?<![\w/])/u/|(?<!\w)@)\w[\w-]*)"
)
_ADVERBS = r"(?:(?:had|has|have|hat|est|then|also|now|later|just|temporarily|kindly|[a-z]+ly)\s+){0,3}"
_AFTER = r"(?P<after>(?:[ap]\.\s?m\.|[^.\n;]|\.(?=\d)|\n(?=[ \t]*(?:[a-zà-ÿ]|\d{1,2}[.:h]\d\d)))*)"
_VERB = rf"(?:(?P<goes>{_GOES})|(?P<comes>{_COMES}))\b"
_COMING = re.compile(
    rf"(?P<before>\b(?:[Aa]t|[Uu]m|À|A las|Ás|Às|В)\s+(?i:{_CLOCK}),?\s+)?"
    rf"(?P<name>{_NAMED}(?:(?:,\s+|,?\s+and\s+|\s+und\s+|\s+et\s+|\s+y\s+){_NAMED}){{0,5}})"
    rf"(?:\s*\((?P<note>[^()\n]{{1,40}})\))?(?:,\s[^,.:\n]{{3,60}},|(?P<who>,\s+who\b))?,?\s+{_ADVERBS}{_VERB}{_AFTER}"
)
_AND_THEN = re.compile(rf"(?P<name>{_NAMED})\s+[a-zà-ÿ][^.:;\n]{{2,80}}?\s+and\s+(?:then\s+)?{_VERB}{_AFTER}")
"""The verb is the second of its sentence: ``Ann thanked the board and left the meeting``."""
_PRONOUN = re.compile(rf"(?P<name>{_NAMED})[^.:;\nA-Z]{{0,60}}\b(?:he|she)\s+{_ADVERBS}{_VERB}{_AFTER}")
"""The nearest name before a pronoun: ``it is Ann's report and she just joined the call``."""
_INVERTED = re.compile(
    rf"(?P<before>\b(?:[Uu]m|[ÀàÁá]s?|[Aa] las|[Ss]iendo las)\s+(?i:{_CLOCK}),?\s+){_VERB}\s+"
    rf"(?P<what>(?i:{_GATHERING})\s+)?(?:[^\W\dA-Z_]+\s+){{0,4}}?(?P<name>{_NAMED}){_AFTER}"
)
"""The time first, then the verb: ``Um 19.05 Uhr verlässt Frau Able die Sitzung``."""
_AND_BACK = re.compile(rf"\band\s+(?:then\s+|later\s+)?{_VERB}{_AFTER}")
"""Two comings in one sentence: ``left at 7.10 pm and returned at 7.30 pm``."""
_MEANWHILE = re.compile(
    r"(?:continued|resumed|proceeded|paused|stopped|waited|began|started|ended|went on)\s+"
    r"(?:after|until|once|before|when)\s+$"
)
_AND = re.compile(r",\s+and\s+|,\s+|\s+(?:and|und|et|y)\s+")
_NOBODY = re.compile(
    r"(?:At|In|The|This|That|It|We|They|He|She|I|You|There|Who|Which|What|Council|Committee|Board|Motion|Item|Proposals?|"
    r"Members?|Everyone|Everybody|All|None|Nobody|Nothing|Some\w*|Several|Public|Press|Staff|People|Issues?|Time|Work|"
    r"Questions?|Comments?|Votes?|Two|Three|One|Both|Not|No|Just)\b"
)


def comings(text: str, start: int, end: int) -> Iterator[Coming]:
    """Who comes and goes in the sentences of a text that is nobody's speech."""
    if not _TOLD.search(text, start, end):
        return
    found = chain(_said(text, start, end), _plainly(_AND_THEN, text, start, end), _plainly(_PRONOUN, text, start, end))
    yield from sorted(chain(found, _inverted(text, start, end)), key=lambda coming: coming.start)


def _said(text: str, start: int, end: int) -> Iterator[Coming]:
    """A name and its verb."""
    for match in _COMING.finditer(text, start, end):
        told = (
            match["before"]
            or _is_alone(text, match)
            or _MEANWHILE.search(text, max(start, match.start() - 40), match.start())
        )
        if _is_coming(match, bool(told)):
            yield from _of(match)


def _plainly(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Coming]:
    """Comings that count only where the sentence says that the sitting was joined or left."""
    for match in pattern.finditer(text, start, end):
        if _is_of_the_sitting(match["after"]):
            yield from _of(match)


def _inverted(text: str, start: int, end: int) -> Iterator[Coming]:
    for match in _INVERTED.finditer(text, start, end):
        if match["what"] or _is_of_the_sitting(match["after"]):
            yield from _of(match)


_LINK = re.compile(r"\[[^\[\]\n]*\]\(\S*")


def _when(match: re.Match[str]) -> str:
    """When the sentence says it was; the time in a link is a place in a recording."""
    after = _AND_BACK.split(_LINK.sub("", match["after"]), maxsplit=1)[0]
    return moment(match.groupdict().get("before") or "") or moment(after)


def _of(match: re.Match[str]) -> Iterator[Coming]:
    """The comings of all whom a sentence names."""
    if _NOBODY.match(match["name"]):
        return
    names = [re.sub(r"['’]s$", "", name).strip(" .") for name in _AND.split(match["name"])]
    note = (match.groupdict().get("note") or "") if len(names) == 1 else ""
    back = _AND_BACK.search(match["after"])
    for name in names:
        yield Coming(name, _kind(match), _when(match), *match.span(), match["goes"] or match["comes"], note)
        if back and moment(back["after"]):
            yield Coming(name, _kind(back), moment(back["after"]), *match.span(), back["goes"] or back["comes"], note)


def _kind(match: re.Match[str]) -> Literal["arrives", "leaves"]:
    return "leaves" if match["goes"] else "arrives"


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence is a line or an aside of its own: ``(Ann left)``, ``- Ann joins``."""
    before = text[max(0, match.start() - 6) : match.start()].rsplit("\n", 1)[-1]
    after = text[match.end() : match.end() + 3].lstrip(".")
    return not before.strip(" \t>*_-+([~=–—") and not after.split("\n", 1)[0].strip(" \t)]*_~=–—-\\")


ASIDE = re.compile(
    r"\[[^\[\]\n]{5,120}\]|\([^()\n]{5,80}\)|^[ \t]*(?P<mark>[*_~=–—]|--+)[^*_~=\n]{5,120}(?P=mark)[ \t]*$",
    re.MULTILINE,
)
_LEADING = re.compile(r"[\s*_~=–—-]*(?:(?:as|since|because|while|when|note that|at this point,?|here)\s+)?")


def asides(text: str, start: int, end: int) -> Iterator[Coming]:
    """Comings that the minutes put in brackets or italics into somebody's speech."""
    for aside in ASIDE.finditer(text, start, end):
        first, last = aside.start() + 1, aside.end() - 1
        for match in _COMING.finditer(text, first, last):
            leads = _LEADING.fullmatch(text, first, match.start())
            if (leads or match["who"]) and _is_coming(match, True):
                yield from _of(match)


_MANNER = r"\s*(?:(?:early|late|virtually|remotely|temporarily|midway|again|shortly)\b\s*)?"
_INTO = re.compile(rf"{_MANNER}(?:from\s+|to\s+|through\s+)?{_GATHERING}", re.IGNORECASE)
_HOW = r"(?:(?:[a-z]+ly|again|early|late|back|hinzu|wieder|in person|(?:via|by|on|over)\s+\w+)\s+){0,3}?"
_DURING = (
    r"(?:(?:during|after|before|at|for|prior|to|from|the|following|under|of|discussion|consideration|vote|on|start|end)"
    r"\s+){0,6}?"
)
_AT = re.compile(rf"\s*{_HOW}(?:(?:about|approximately)\s+)?(?:{_TIMED}|{_DURING}{_ITEM.pattern})", re.IGNORECASE)
_WHILE = re.compile(
    rf"{_MANNER}(?:after|before|while|when|during|once)\s+(?:we|they|the|this|item)\b[^.\n]{{0,60}}\b(?:session|meeting|call|"
    r"discussion|vote|presentation|break|lunch|agenda|item|topic)\b",
    re.IGNORECASE,
)
_LINE = r"(?:\s+(?:on|by|via|over)\s+(?:the\s+)?(?:phone|telephone|video|zoom|webex|skype|teams|irc|bridge))?"
_BARE = re.compile(rf"{_MANNER}{_LINE}[,.)\]*_~=–—\s\\-]*$", re.IGNORECASE)
_OTHER_TIMES = re.compile(
    r"[^.\n]{0,60}\b(?:last|next|previous|every|yesterday|tomorrow|regularly|usually)\b", re.IGNORECASE
)


def _is_of_the_sitting(after: str) -> bool:
    """Whether what follows the verb names this sitting, not another one."""
    return bool(_INTO.match(after)) and not _OTHER_TIMES.match(after)


def _is_coming(match: re.Match[str], alone: bool) -> bool:
    """Whether a sentence tells of a coming by what follows its verb, or by standing ``alone`` with nothing after it."""
    verb, after = match["goes"] or match["comes"], match["after"]
    timed = bool(_AT.match(after) and moment(after)) or bool(match["before"] and moment(match["before"]))
    if verb == "was excused":
        return timed
    if verb in _PLURAL and not _AND.search(match["name"]):
        return False
    if verb.endswith("ing") and not alone:
        return False
    if _WHILE.match(after) and not _OTHER_TIMES.match(after):
        return True
    return timed or _is_of_the_sitting(after) or (alone and bool(_BARE.match(after)))


_TITLE_LEAD = re.compile(TITLES)


def _bare(label: str) -> str:
    return " ".join(_TITLE_LEAD.sub("", label, count=1).replace(".", " ").split()).casefold()


def _same(one: str, other: str) -> bool:
    """Whether two labels may be one person's: equal but for titles, or one the surname of the other."""
    left, right = _bare(one), _bare(other)
    if left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    return bool(shorter) and (longer.endswith(f" {shorter}") or longer.startswith(f"{shorter} "))


def _whose(lines: Sequence[Attendee], event: Coming) -> int | None:
    """The last stay of the person who comes or goes; None where nobody, or more than one listed, bears the name."""
    alike = [index for index, line in enumerate(lines) if _same(line.label, event.label)]
    noted = [index for index in alike if event.note and _bears(lines[index], event.note)]
    alike = noted or alike
    persons = {(_bare(lines[index].label), lines[index].affiliation, lines[index].abbreviation) for index in alike}
    return alike[-1] if len(persons) == 1 else None


def _bears(line: Attendee, note: str) -> bool:
    """Whether a note after a name is what the list says of the person: ``(North Ward)`` of the ward ``North``."""
    known = [words.casefold() for words in (line.affiliation, line.abbreviation, line.role) if words]
    return any(note.casefold().startswith(words) or words.startswith(note.casefold()) for words in known)


def with_comings(attendance: Sequence[Attendee], events: Iterable[Coming]) -> tuple[Attendee, ...]:
    """The attendance after everybody's comings and goings, in order; each stay is a line of its own. Whom the name
    alone does not tell from another gets a line as the sentence names him."""
    lines = list(attendance)
    for event in events:
        index = _whose(lines, event)
        span: Spans = (Span(event.start, event.end),)
        if index is None:
            lines.append(_new_stay(Attendee(event.label, True, affiliation=event.note, spans=span), event))
            continue
        last = lines[index]
        if event.kind == "leaves":
            if not last.until:
                lines[index] = replace(last, present=True, until=event.when, spans=(*last.spans, *span))
        elif last.until:
            lines.insert(index + 1, replace(last, since=event.when, until="", spans=span))
        elif not last.since:
            lines[index] = replace(last, present=True, since=event.when, spans=(*last.spans, *span))
    return tuple(lines)


def _new_stay(attendee: Attendee, event: Coming) -> Attendee:
    if event.kind == "leaves":
        return replace(attendee, until=event.when)
    return replace(attendee, since=event.when)
