"""Which files are agendas: they say what was planned, and never what was said, who came or what came of it."""

from __future__ import annotations

import re

from remembrancer.read.house import House, matches

_PLANNED = re.compile(
    r"agendas?|summons|tagesordnung(?:en)?|einladung(?:en)?|convocations?|ordres? du jour|convocat[oó]rias?|"
    r"[oó]rdenes del d[ií]a|orden del d[ií]a|orde do d[ií]a|ordem do dia|pautas?|повестк[аи]( дня)?",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"minutes|notes|transcripts?|captions|recordings?|protokolle?|niederschrift(?:en)?|mitschrift(?:en)?|"
    r"proc[eè]s verb(?:al|aux)|comptes? rendus?|actas?|atas?|протоколы?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\W_]+")


def is_agenda(path: str, house: House) -> bool:
    """Whether a file is an agenda: the house says so, or the last name in its path that says what it is. A name that
    says both, as ``agendas-and-minutes``, is that of no mere agenda."""
    if any(matches(pattern, path) for pattern in house.agendas):
        return True
    for name in reversed(path.split("/")):
        planned, told = _says(_PLANNED, name), _says(_TOLD, name)
        if planned or told:
            return planned and not told
    return False


def _says(words: re.Pattern[str], name: str) -> bool:
    plain = f" {_BETWEEN.sub(' ', name)} "
    return re.search(rf" (?:{words.pattern}) ", plain, words.flags) is not None
