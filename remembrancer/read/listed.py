"""The persons listed: whom a line, what is between commas, or a table row of an attendance list names.

Semicolons and line breaks part persons; commas do too where there is nothing better, and what is a role after a
name belongs to the name::

    Ann Able @able (Chair)                          | Present   | Ward  | Office | Remarks      |
    Bob Baker, Example Org (BB)                     | Bob Baker | North | Chair  | left 7.40 pm |
    Mrs D. Dyer, Town Clerk; Cllr Cook (arrived 7.15 pm)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from remembrancer.model import Attendee
from remembrancer.read.attendance import ABSENT, TITLES, Listing, moment
from remembrancer.read.form import Range

Line = tuple[Attendee, Range]

_NONE = re.compile(r"(?:none|nobody|no(?= )|all|n/?a|tbd|keine|niemand|aucun|ninguno|nenhum|нет)\b", re.IGNORECASE)
_COUNT = re.compile(
    r"\W*(?i:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|about|members|the public)"
    r"\s+[^\W\dA-Z]"
)
_PART = r"(?:[^\W\d_][\w'’.\-]*)"
_CAPITAL = r"(?:[^\W\d_a-zß-ÿ][\w'’.\-]*)"
_NO_NAME = (
    r"at|from|via|and|und|left|leaves|leaving|arriv\w+|join\w*|enter\w*|depart\w*|until|since|absent|present|excused|"
    r"who|late"
)
_PERSON = re.compile(
    rf"(?P<name>{TITLES}{_PART}(?:[ \t\u00a0\n]+(?!(?:{_NO_NAME})\b)"
    rf"(?:{_PART}|[\"“(]\w+[\"”)](?=\s+\w)|&)){{0,5}})"
    r"(?:\s+(?P<handle>@[\w-]+))?(?P<rest>.*)",
    re.DOTALL,
)
_REVERSED = re.compile(
    rf"(?P<last>(?:(?:v[ao]n|de[rl]?|di|da|la|le)[ \t]+){{0,2}}{_CAPITAL}),[ \t]+"
    rf"(?P<first>{_CAPITAL}(?:[ \t]+{_CAPITAL})?)[ \t]*(?P<end>;|$)"
)
"""A surname before the given name, with a semicolon or a column of its own: ``Able, Ann; Mill``."""
PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]?[A-Z0-9]{1,3}|[A-Z]{1,4}")
_OFFICE = (
    r"(?:vice-?|co-?|deputy[ -])?(?:chair(?:man|woman|person)?|mayor|president)|clerk|secretary|treasurer|officer|"
    r"director|manager|engineer|attorney|solicitor|planner|administrator|recorder|commissioner|superintendent|assistant|"
    r"member|observer|liaison|editor|host|scribe|facilitator|moderator|minute[- ]taker|(?:ober)?bürgermeister(?:in)?|"
    r"(?:schrift|protokoll)führer(?:in)?|vorsitzende[rn]?|secret[aá]ri[oa]|alcald(?:e|esa)|president[ea]|interventora?|"
    r"secrétaire|présidente?|maire"
)
_ROLE = re.compile(
    rf"\b(?:{_OFFICE}|vice|voting|guest|staff|minutes|notes|remote|online|virtual|phone|tsc|in the chair|presiding|"
    r"vorsitz\w*)\b",
    re.IGNORECASE,
)
_ROLE_ALONE = re.compile(
    rf"\W*(?:(?:[\w'’&-]+\s+){{0,4}}?(?:{_OFFICE})(?:\s+(?:of|for|to|de|der|des|du|da|do)\s+[^,;]+)?|"
    r"in the chair|presiding)(?:\s*\([^()]*\))?\W*",
    re.IGNORECASE,
)
_CAME = r"arriv\w*|join(?:ed|ing|s)|from|since|enter(?:ed|s)|in at|came|ab|kam|desde|à partir de"
_LEFT = r"left|leaving|leaves|until|till|depart(?:ed|s)|excused|out at|bis|ging|hasta|até|jusqu\w*"
_SINCE, _UNTIL = re.compile(rf"\b(?:{_CAME})\b", re.IGNORECASE), re.compile(rf"\b(?:{_LEFT})\b", re.IGNORECASE)
_STAYED = re.compile(
    rf"(?:(?:present|there|here|remote(?:ly)?|online|virtual(?:ly)?|by phone)\s+)?(?:{_CAME}|{_LEFT})\b", re.IGNORECASE
)
_PARTLY = re.compile(
    r"(?P<until>(?:left|leaving)\s+early|(?:first|1st)\s+(?:half|part|hour)|had to (?:leave|drop)(?:\s+early)?|left)|"
    r"(?:joined\s+|arrived\s+|came\s+)?late|(?:second|2nd)\s+(?:half|part|hour)|joined(?:\s+later)?",
    re.IGNORECASE,
)
"""A stay of which the document says only this; its words then stand for the time."""
_BETWEEN_NOTES = re.compile(rf"\s*[,;]\s*(?!\d)|\s+and\s+(?=(?:{_CAME}|{_LEFT})\b)")


def is_count(words: str) -> bool:
    """Whether those present are only counted: ``14 members of the public``, ``one reporter``."""
    return bool(_COUNT.match(words))


def person(text: str, start: int, end: int, under: Listing, abbreviations: frozenset[str] | None = None) -> Line | None:
    """The person listed at ``start:end``, if it reads as one. ``abbreviations``: codes that name one person."""
    words = text[start:end]
    lead, length = len(words) - len(words.lstrip(" \t\n>*_-+•[]x\u00a0~")), len(words.rstrip())
    joint = _JOINT.match(words, lead)
    lead = joint.end() if joint else lead
    turned = _REVERSED.match(words, lead)
    if turned and turned["end"]:
        words = words[:lead] + _in_order(turned) + words[turned.start("end") :]
    match = _PERSON.match(words, lead)
    if not match or _NONE.match(words, lead) or is_count(words[lead:]) or "http" in words[: lead + 30]:
        return None
    name = match["name"].rstrip(" .*_" if "." not in match["name"][-3:] else " *_")
    rest = match["rest"]
    if not _reads_as_name(name, rest):
        return None
    found = Attendee(" ".join(name.split()), under.present, (match["handle"] or "").lstrip("@"), role=under.role)
    return _described(found, rest, abbreviations), (start + lead, start + length)


def _in_order(turned: re.Match[str]) -> str:
    """The given name first, unless what follows the comma is an office."""
    return turned[0].rstrip(" \t;") if _ROLE.search(turned["first"]) else f"{turned['first']} {turned['last']}"


_SENTENCE = re.compile(r"[ \t]*[;:]?[ \t]*(?:[\w'’]+[ \t]+){5,}")
_NOT_IN_NAMES = (
    "the to is are was were will please has have we this that not be if for in on of with by moved seconded "
    "represented representing representado representada représenté représentée vertreten"
)
_VERBS = frozenset(_NOT_IN_NAMES.split())
_TELLING = (
    "declared called opened announced noted stated confirmed established determined welcomed presided chaired "
    "stellte eröffnete erklärte begrüßte leitete"
)
_TELLS = frozenset(_TELLING.split())
"""What somebody does at the opening, in small letters: ``Ann Able declared a quorum``."""
_JOINT = re.compile(
    r"(?:(?:present\s+)?(?:were|was|are)\s+)?(?:(?:the\s+)?(?:(?:council|board|committee)\s*members|councill?ors|cllrs|"
    r"aldermen|commissioners|directors|trustees|supervisors|selectmen|messrs\.?|gemeinder[aä]te|stadtr[aä]te|"
    r"kreisr[aä]te|ratsmitglieder|mm\.)\s+)?(?-i:(?=[^\W\d_a-zß-ÿ]))",
    re.IGNORECASE,
)
"""What stands before the first of several names: ``Present were``, ``Council Members``."""
_NO_PERSON = re.compile(r"\s*[!?]|[^,;]*\d\s?%")
"""What never follows a name: "Thanks!", "representing 61 % of the shares"."""
_LONGEST_NOTE = 8


def _reads_as_name(name: str, rest: str) -> bool:
    words = name.split()
    capital = any(word[0].isupper() for word in words) or not name.isascii()
    return (
        len(words) <= (6 if capital else 2)
        and not _SENTENCE.match(rest)
        and not _NO_PERSON.match(rest)
        and not _VERBS & {word.lower() for word in words}
        and _TELLS.isdisjoint(words)
    )


def _described(found: Attendee, rest: str, abbreviations: frozenset[str] | None) -> Attendee:
    for match in PARENTHESES.finditer(rest):
        found = _with_note(found, match[1].strip(), abbreviations)
    bare = PARENTHESES.sub("", rest).strip(" \t\n*_.;")
    bare = re.sub(r"^[,:–—-]+\s*", "", bare).strip(" *_")
    if len(bare.split()) > _LONGEST_NOTE:
        bare = bare.split(",")[0]
    return _with_note(found, bare, frozenset())


def _with_note(found: Attendee, note: str, abbreviations: frozenset[str] | None) -> Attendee:
    since, until, note = _stay(note)
    found = replace(found, since=found.since or since, until=found.until or until)
    code = abbreviations is None or note in abbreviations
    if not note:
        return found
    if code and _ABBREVIATION.fullmatch(note) and note[0].casefold() in _initials(found.label):
        return replace(found, abbreviation=found.abbreviation or note)
    if _ROLE.search(note):
        return replace(found, role=f"{found.role}, {note}".strip(", "))
    return replace(found, affiliation=f"{found.affiliation}, {note}".strip(", "))


def _stay(note: str) -> tuple[str, str, str]:
    """Since when and until when somebody was there by a note, and what else it says."""
    since, until, rest = "", "", []
    for part in _BETWEEN_NOTES.split(note):
        came, left = _moments(part)
        since, until = since or came, until or left
        rest += [] if came or left else [part]
    return since, until, ", ".join(rest).strip()


def _moments(note: str) -> tuple[str, str]:
    """When somebody came and left by a note that says nothing else: ``left 7.40 pm``, ``from item 3 until item 5``."""
    if partial := _PARTLY.fullmatch(note):
        return ("", note) if partial["until"] else (note, "")
    when = moment(note)
    if not when or not _STAYED.match(note):
        return "", ""
    since, until = _SINCE.search(note), _UNTIL.search(note)
    first = moment(note[: until.start()]) if until and since and since.start() < until.start() else when
    return first if since else "", moment(note[until.start() :]) if until else ""


def _initials(label: str) -> set[str]:
    return {part[0].casefold() for part in re.split(r"[\s.\-]+", label) if part}


_COMMA = re.compile(
    r"[,;،、，]\s*(?:and\s+|und\s+|et\s+|y\s+|e\s+|и\s+)?(?![^()]{0,200}\))|\s+(?:and|und|et|y)\s+(?![^()]{0,200}\))"
)
_SEMICOLON = re.compile(r";\s*(?:and\s+|und\s+|et\s+|y\s+|e\s+|и\s+)?(?![^()]{0,200}\))")
_MOST_COMMAS = 2
"""A person between semicolons may have a role and an affiliation; what has more commas is a list."""


def between_commas(text: str, start: int, end: int) -> list[Range]:
    """The ranges of the persons of a line: between semicolons if there are any, else between commas."""
    pieces = _between(_SEMICOLON, text, start, end)
    if len(pieces) > 1 and all(text.count(",", *piece) <= _MOST_COMMAS for piece in pieces):
        return pieces
    return _with_roles(text, _between(_COMMA, text, start, end))


def _between(separators: re.Pattern[str], text: str, start: int, end: int) -> list[Range]:
    pieces: list[Range] = []
    for separator in (*separators.finditer(text, start, end), None):
        stop = separator.start() if separator else end
        if text[start:stop].strip(" \t\n.>*_"):
            pieces.append((start, stop))
        start = separator.end() if separator else end
    return pieces


def _with_roles(text: str, pieces: Iterable[Range]) -> list[Range]:
    """The pieces, with those that are only a role joined to the name before."""
    joined: list[Range] = []
    after_name = False
    for start, end in pieces:
        role = bool(_ROLE_ALONE.fullmatch(text, start, end))
        if role and after_name:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
            after_name = not role
    return joined


_CODED = re.compile(r"[^\W\d_][^,;()\n]{2,40}\s\([A-Z][A-Za-z]{0,2}[A-Z0-9]{0,3}\)")


def is_coded_line(words: str) -> bool:
    """Whether a paragraph without any heading is a list such as ``Ann Able (AA), Bob Baker (BB), ...``."""
    coded = _CODED.findall(words)
    return len(coded) >= 3 and sum(map(len, coded)) >= 0.7 * len(words.strip())


_COLUMNS: dict[str, re.Pattern[str]] = {
    "first": re.compile(r"given|first|vorname|prénom|nombre de pila", re.I),
    "last": re.compile(r"family|last|surname|nachname|apellido", re.I),
    "name": re.compile(r"name|attendee|participant|member|person|who|nombre|nome|имя|фио", re.I),
    "abbreviation": re.compile(r"abbr|initials|code|short|handle|kürzel", re.I),
    "affiliation": re.compile(
        r"org|affil|company|employer|firma|fraktion|party|represent|team|client|ward|district|partido|grupo", re.I
    ),
    "role": re.compile(r"role|position|title|status|function|funktion|cargo|office", re.I),
    "since": re.compile(r"arriv|time in|joined", re.I),
    "until": re.compile(r"\bleft|depart|time out", re.I),
    "present": re.compile(r"present|attend|here|anwesend|presente|in-person", re.I),
    "remarks": re.compile(r"remark|note|comment|bemerkung|anmerkung|observa|remarque", re.I),
}
_NO = re.compile(r"(?:no|n|-|–|x?✗|❌|nein|☐|\[ \])\W*", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:(?:full |last |first |family |given )?names?|(?:council |board |committee )?members?|councill?ors?|attendees?|"
    r"participants?|persons?|who|vorname|nachname|mitglied(?:er)?|teilnehmer|nombre|nome|membre|asistente)",
    re.IGNORECASE,
)


def columns(header: Sequence[str]) -> dict[str, int]:
    """Which column of a table holds what, by its names; each column and each word once. A first column that is
    headed ``Present`` holds names where no other does."""
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        word = next((word for word, pattern in _COLUMNS.items() if word not in found and pattern.search(cell)), None)
        if word:
            found[word] = index
    if found.get("present") == 0 and not {"name", "first", "last"} & found.keys():
        found["name"] = found.pop("present")
    return found


def names_columns(cells: Sequence[str]) -> bool:
    """Whether a first row that is not marked as one names the columns: ``Member | Ward | Attendance``."""
    return len(cells) > 1 and bool(_NAMES.fullmatch(cells[0])) and len(columns(cells)) > 1


def row(text: str, cells: Sequence[Range], where: dict[str, int], under: Listing) -> Line | None:
    """The person in a table row."""

    def cell(word: str) -> str:
        index = where.get(word, -1)
        return text[slice(*cells[index])].strip(" *_") if 0 <= index < len(cells) else ""

    label = " ".join(part for part in (cell("first"), cell("last")) if part) or cell("name")
    label = label or (text[slice(*cells[0])].strip(" *_") if cells and not where else "")
    turned = _REVERSED.fullmatch(label)
    label = _in_order(turned) if turned and len(where) > 1 else label
    named = person(label, 0, len(label), under)
    if not named:
        return None
    found = named[0]
    absent = bool(_NO.fullmatch(cell("present")) or ABSENT.match(cell("present")))
    since, until, _ = _stay(PARENTHESES.sub(r", \1", f"{cell('present')}, {cell('remarks')}"))
    return replace(
        found,
        present=False if absent else under.present,
        abbreviation=cell("abbreviation").lstrip("@") or found.abbreviation,
        affiliation=cell("affiliation") or found.affiliation,
        role=cell("role") or found.role,
        since=moment(cell("since")) or since or found.since,
        until=moment(cell("until")) or until or found.until,
    ), (cells[0][0], cells[-1][1])
