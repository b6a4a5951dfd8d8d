"""Headings and leading labels: what section they mark, what number they bear, whether they title a document.

A house may say which headings mark a section; without one the words below do, in seven languages::

    ## Conclusion/Resolution     conclusion          RESOLUTION: adopted     conclusion
    ### Action items             actions             Moved by A. Able        motion
    # 4.2 Budget                 number 4.2          Yeas: 5                 vote
"""

from __future__ import annotations

import re
from functools import lru_cache

from remembrancer.model import Section
from remembrancer.read.attendance import listing
from remembrancer.read.form import beyond
from remembrancer.read.house import House

Table = tuple[tuple[Section, re.Pattern[str]], ...]


def _table(rows: tuple[tuple[Section, str], ...]) -> Table:
    return tuple((section, re.compile(words, re.IGNORECASE)) for section, words in rows)


_HEADINGS = _table(
    (
        (
            "agenda",
            r"(?:(?:draft|proposed|today'?s)\s+)?agenda(?:\s+(?:items?|topics?|for\b.*))?|order of business|"
            r"contents|table of contents|tagesordnung|ordre du jour|orden del d[ií]a|orde do d[ií]a|ordem do dia|"
            r"pauta|повестка.*",
        ),
        (
            "conclusion",
            r"(?:conclusions?|resolutions?|decisions?|outcomes?|consensus)(?:\s*(?:/|and|&|,|or)\s*"
            r"(?:conclusions?|resolutions?|decisions?|outcomes?|actions?|summary))*(?:\s+(?:made|taken|reached|items?))?|"
            r"speaker'?s summary of key points.*|beschl(?:uss|üsse)(?:fassung)?|décisions?|acuerdos?|"
            r"delibera[cç](?:ões|ão)|acordos?|решени[ея]|постановили",
        ),
        (
            "summary",
            r"(?:summary|abstract|overview|key points|tl;?dr|zusammenfassung|résumé|resumen|resumo|итоги)"
            r"(?:\s+of\b.*)?",
        ),
        (
            "actions",
            r"(?:new\s+|open\s+|pending\s+|outstanding\s+)?(?:action\s+(?:items?|points?)|actions?|to-?\s?dos?|"
            r"follow[- ]?ups?|aufgaben|tareas|tarefas|поручения)"
            r"(?:\s+(?:items?|needed|required|assigned|list))*",
        ),
        ("vote", r"(?:(?:straw\s+)?polls?|votes?|voting|abstimmung(?:sergebnis)?|votaci[oó]n|vota[cç]ão|голосование)"),
        ("motion", r"motions?|anträge|antrag|mociones|moci[oó]n|propostas?"),
    )
)

_MARKERS = _table(
    (
        (
            "text",
            r"\W*(?:(?:editor'?s?|ed\.?|scribe'?s?|clerk'?s?)\s+)?(?:notes?|nb|n\.b\.|hinweis|anmerkung|nota)\s*:",
        ),
        (
            "conclusion",
            r"(?:\W*)(?:conclusions?|resolutions?|resolved|decisions?|decided|consensus|outcome|beschluss|décision|acuerdo|решили)"
            r"(?:\s*/\s*\w+)?(?:\s+#?[\d.]+)?\s*:",
        ),
        ("actions", r"(?:\W*)(?:actions?(?:\s+items?)?|todo|ai)(?:\s+#?[\d.]+|\s+for\s+\w+|\s*\([^)]*\))?[\s*]*:"),
        (
            "motion",
            r"\W*(?:(?:moved|seconded)(?:\s+by\b|\s*:|\s+and\s+seconded)|(?:mover|seconder|antrag|motion)\s*:|"
            r"motion\s+(?:to|by|made)\b)",
        ),
        (
            "vote",
            r"(?:\W*)(?:(?:straw\s+)?polls?|votes?|yeas?|nays?|ayes?|noes|abstentions?|abstain(?:ed)?|abstimmung)\s*:|"
            r"\W*(?:SF|F|N|A|SA)\s*:\s*\d|\W*motion\s+(?:passed|carried|failed|lost|defeated)|\W*carried\b|\W*defeated\b",
        ),
    )
)

_MARKER = re.compile("|".join(pattern.pattern for _, pattern in _MARKERS), re.IGNORECASE)
_MARKED: frozenset[Section] = frozenset({"conclusion", "actions", "motion", "vote"})
"""Sections that a line may mark, as well as a heading."""

_LEAD = re.compile(r"(?:[\s*_#>\u00a0]|&nbsp;|\[\[[^\]]*\](?:\([^)]*\))?\]|&)*")
_NUMBER = re.compile(
    r"(?:(?:agenda\s+)?item|(?:zu\s+)?(?:top|tagesordnungspunkt|punkt)|point|punto|ponto|no\.?|nr\.?|§|пункт|section|"
    r"article)?\s*"
    r"(?:(?P<dotted>\d{1,3}(?:\.\d{1,3})+)[.):]?(?=[\s*\u00a0&]|$)"
    r"|(?P<plain>\d{1,3}[a-z]?|[IVX]{1,6}|[A-Z])[.):](?=[\s*\u00a0&]|$))",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(
    r"(?:(?:agenda\s+)?item|(?:zu\s+)?(?:top|tagesordnungspunkt|punkt)|punto|ponto|пункт)\s+(?:[ön]\s*)?"
    r"(?P<plain>\d{1,3}[a-z]?)\b",
    re.IGNORECASE,
)
MEETING = (
    r"\b(?:meetings?|minutes|notes|call|session|sitting|agenda|proceedings|transcript|hearing|plenary|workshop|sync|"
    r"conference|sitzung|protokoll|niederschrift|séance|procès[- ]verbal|acta|junta general|assemblée générale|"
    r"sesión|sesion|pleno|reunião|reunión|ata|"
    r"заседани[ея]|протокол|стенограмма|(?:ال)?(?:اجتماع|جلسة)|محضر|ה?ישיב[הת]|פרוטוקול)\b|"
    r"会议|會議|纪要|紀要|議事録|회의"
)
"""A regular expression for a word that speaks of a meeting."""
_MEETING = re.compile(MEETING, re.IGNORECASE)
_FACT = re.compile(
    r"\W*(?:meeting\s+)?(?:dates?|times?|duration|location|venue|moderators?|chair|hosts?|facilitators?|notes|scribes?|"
    r"minutes|recording|video|audio|agenda|github\s+agenda|links?|next\s+meeting)(?:\s*(?:/|and|&)\s*\w+)*(?:\s+page)?\s*:\s*\S",
    re.IGNORECASE,
)
_LINK = re.compile(r"\W*\[[^\]]*\]\([^)]*\)\W*")
_DATE_LABEL = re.compile(
    r"\W*(?:meeting\s+)?(?:dates?|when|datum|fecha|data|дата|held(?:\s+on)?|day)(?:\s*(?:/|and|&)\s*time)?\W*?[:–-]",
    re.IGNORECASE,
)


def words_of(heading: str) -> str:
    """A heading without leading marks, its number and closing punctuation."""
    start = beyond(_LEAD, heading)
    numbered = _NUMBER.match(heading, start)
    start = beyond(_LEAD, heading, numbered.end() if numbered else start)
    return heading[start:].strip(" \t*_:#.\u00a0")


def number_of(heading: str) -> str:
    """The number a heading bears, as written, or the empty string."""
    start = beyond(_LEAD, heading)
    match = _NUMBER.match(heading, start) or _BARE_NUMBER.match(heading, start)
    return "" if match is None else match.groupdict().get("dotted") or match["plain"]


def section_of(heading: str, house: House) -> Section | None:
    """The section that a whole heading (or the label before a list) marks."""
    words = words_of(heading)
    for section, patterns in house.sections.items():
        if any(_compiled(pattern).fullmatch(words) for pattern in patterns):
            return section
    if listing(words):
        return "attendance"
    return next((section for section, pattern in _HEADINGS if pattern.fullmatch(words)), None)


def marker_of(line: str, house: House) -> Section | None:
    """The section that the lead of a line marks: ``RESOLUTION: ...``, ``Moved by ...``, ``Yeas: ...``."""
    for section, patterns in house.sections.items():
        if section in _MARKED and any(_compiled(pattern).match(line, _lead(line)) for pattern in patterns):
            return section
    if not _MARKER.match(line):
        return None
    return next((section for section, pattern in _MARKERS if pattern.match(line)), None)


def _lead(line: str) -> int:
    return len(line) - len(line.lstrip(" >*_-"))


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def names_a_meeting(words: str) -> bool:
    """Whether a title or path speaks of a meeting."""
    return bool(_MEETING.search(words.replace("_", " ").replace("-", " ")))


def is_fact(heading: str) -> bool:
    """Whether a heading above the first item only states a fact of the meeting (``Moderator: ...``) or a link."""
    return bool(_FACT.match(heading) or _LINK.fullmatch(heading))


def is_date_label(line: str) -> bool:
    """Whether a line says that its date is the sitting's (``Date:``, ``When:``)."""
    return bool(_DATE_LABEL.match(line))
