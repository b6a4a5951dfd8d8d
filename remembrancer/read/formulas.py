"""Formulas of resolutions and votes: how the minutes speak in their own voice, so that no speaker does.

A paragraph that begins with one of these is nobody's speech, and neither is a table of votes::

    Resolved that the gate be oiled.              conclusion      Beschlossen, das Tor zu ölen.       conclusion
    It was agreed to meet in May.                 conclusion      Der Antrag wird angenommen.         vote
    Proposed by A. Able, seconded by B. Baker.    motion          La motion est adoptée.              vote
    The motion was carried.  In favour: 7         vote            Aprobado por unanimidad.            vote

    | Able | Aye |      | For | Against |         a table of votes by name, or by choice
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from remembrancer.model import Section
from remembrancer.read.blocks import Block, Prose

_MANNER = r"(?:(?:then|also|further|duly|hereby|[a-z]+ly)\s+)*"
_QUESTION = (
    r"(?:(?:main|original|substantive|amended|above)\s+)?(?:motion|resolution|amendment|proposal|recommendation|"
    r"question|report|bill|by-?law|ordinance)s?"
)
_OUTCOME = r"(?:carried|lost|passed|defeated|adopted|approved|rejected|agreed(?:\s+to)?|withdrawn|negatived|accepted)"
_END = r"(?=\s*(?:[.,;:(–—-]|$)|\s+(?:\d|by|with|on|and|unanimously|nem)\b)"
_FORMULAS: tuple[tuple[Section, tuple[str, ...]], ...] = (
    ("text", (r"(?-i:WHEREAS)\b|now,?\s+therefore,?\s+be\s+it\b(?!\s+(?:further\s+)?resolved)",)),
    (
        "conclusion",
        (
            r"resolved(?:,?\s+(?:unanimously|(?:further\s+)?that)\b|\s*:)|(?-i:RESOLVED)\b",
            r"(?:now,?\s+therefore,?\s+)?be\s+it\s+(?:further\s+)?resolved\b",
            r"resolved\s+(?:no\.?\s*|#\s*)?\d[\d/.-]*\s*(?::|[.–—-]\s|that\b)",
            rf"it\s+(?:was|is|has\s+been)\s+{_MANNER}(?:resolved|agreed|decided)(?:\s+[a-z]+ly)?,?\s*(?:that\b|to\b|:)",
            r"beschlossen\b|es\s+(?:wird|wurde)\s+(?:einstimmig\s+|mehrheitlich\s+)?beschlossen\b",
            r"der\s+(?:\w*rat|\w*ausschuss|vorstand)\s+(?:beschließt|beschliesst|beschloss)\b",
            r"se\s+(?:acuerda|acordó|acorda|acordou)\b|(?:foi|ficou)\s+(?:deliberado|decidido)\b|il\s+(?:est|a\s+été)\s+décidé\b",
            r"(?:决议|決議|决定|決定|결정|القرار|החלטה)\s*[:：]|(?:تقرر|הוחלט)\b",
        ),
    ),
    (
        "motion",
        (
            r"proposed(?:\s+by\b|\s*:)[^\n]*\bseconded\b",
            r"on\s+the\s+(?:motion|proposal|proposition)\s+of\b[^\n]*\bseconded\b",
            r"(?!(?:I|We)\b)(?-i:[A-Z])[^\n.:]{1,40}\s(?:moved|proposed)(?:,|\s+and)\s[^\n]{0,40}\bseconded\b",
        ),
    ),
    (
        "vote",
        (
            rf"the\s+{_QUESTION}(?:,?\s+as\s+amended,?)?\s+(?:was|were|is|are)\s+{_MANNER}{_OUTCOME}{_END}",
            rf"motions?\s+(?:was\s+|were\s+|is\s+)?{_MANNER}{_OUTCOME}{_END}",
            r"(?:carried|passed|adopted|approved|agreed)\s+(?:unanimously|nem\b|by\s+(?:\d|a\s+majority|acclamation))",
            rf"unanimously\s+{_OUTCOME}\b",
            r"in\s+favou?r\s*:|(?:for|against|opposed|contre|pour|ja|nein|(?:ja-?|nein-?)stimmen|enthaltung(?:en)?)\s*:\s*\d",
            r"(?:up)?on\s+(?:being\s+put\s+to\s+(?:a|the)\s+vote|a\s+(?:\w+\s+)?(?:vote|division|ballot|show\s+of\s+hands))"
            r"(?=\s*[,:]|\s+(?:of|by|being|the|it|there)\b)",
            r"(?:der|die|das)\s+\w+\s+(?:wird|wurde|werden|wurden|ist)\s+(?:\w+\s+){0,4}?"
            r"(?:angenommen|abgelehnt|beschlossen|genehmigt|zugestimmt)\b",
            r"(?:einstimmig|mehrheitlich)(?=\s*(?:[.,:(]|$)|\s+(?:angenommen|abgelehnt|beschlossen|genehmigt|bei|mit)\b)",
            r"(?:adopté|rejeté)e?s?(?=\s*(?:[.,:(]|$)|\s+(?:à|par)\b)",
            r"(?:la\s+\w+|le\s+\w+|l['’]\w+)\s+(?:est|a\s+été)\s+(?:adopté|rejeté|approuvé)e?\b",
            r"(?:se\s+)?(?:aprueba|(?:aprob|aprov)(?:ad[oa]s?|ou|ó|a)|(?:rechaz|rexeit|rejeit)ad[oa]s?)\s+por\s+"
            r"(?:unanimidade?|mayor[ií]a|maior[ií]a|asentim(?:i?e)nto)\b",
            r"(?:表决|表決|投票|赞成|贊成|반대|찬성|표결|التصويت|הצבעה)\s*[:：]|(?:一致|全票)(?:通过|通過)",
            r"votos\s+(?:a\s+favor|favorables|favoráveis|en\s+contra|contra)\b",
            r"(?:la|a)\s+(?:moci[oó]n|moção|propuesta|proposta)\s+(?:es|fue|é|foi|queda|fica)\s+"
            r"(?:aprobada|aprovada|rechazada|rexeitada|rejeitada)\b",
        ),
    ),
)
_LEAD = r"[\s>*_]*(?:\d{1,3}[.)]\s+)?"
_COMPILED = tuple(
    (section, re.compile(rf"{_LEAD}(?:{'|'.join(patterns)})", re.IGNORECASE)) for section, patterns in _FORMULAS
)

_COUNTS = frozenset({"sf", "f", "n", "a", "sa", "yeas", "nays", "ayes", "noes", "for", "against", "abstain"})
_PLAIN = frozenset({"yes", "no", "ja", "nein", "oui", "non", "sí", "si", "sim", "não", "absent", "excused"})
"""Words that answer other questions too."""
_CHOICES = _PLAIN | {
    *(
        "aye",
        "ayes",
        "nay",
        "nays",
        "yea",
        "yeas",
        "noes",
        "for",
        "against",
        "opposed",
        "in favour",
        "in favor",
    ),
    *(
        "abstain",
        "abstained",
        "abstains",
        "abstention",
        "abstentions",
        "recused",
        "dafür",
        "dagegen",
        "enthaltung",
    ),
    *("pour", "contre", "abstention", "a favor", "en contra", "contra", "abstención", "abstenção"),
}
_VOTE = re.compile(r"(?:votes?|voted|ballot|stimme|abstimmung|voto|votación|votação)\b", re.IGNORECASE)


def formula_of(line: str) -> Section | None:
    """The section of a line that begins with a formula of a resolution, a motion or a vote."""
    return next((section for section, pattern in _COMPILED if pattern.match(line)), None)


def tallies(prose: Prose) -> frozenset[int]:
    """The indexes of the rows of tables of votes."""
    return frozenset(index for rows in _tables(prose) if _is_tally(prose, rows) for index in rows)


def is_answered_by_name(text: str, start: int, end: int) -> bool:
    """Whether every line of a block is a name and a vote: ``Cllr Reed - aye``, ``Low: no``; three at least."""
    lines = [line for line in text[start:end].split("\n") if line.strip()]
    return len(lines) >= _ON_END and all(_ANSWERED.fullmatch(line) for line in lines)


_ON_END = 3
_ANSWERED = re.compile(
    r"[\s>*•-]*[^\W\d_a-zß-ÿ][^\n:]{1,50}?\s?(?:[-–—]|:)\s*(?i:ayes?|nays?|yeas?|yes|no|for|against|abstain(?:ed|s)?|"
    r"abstention|absent|recused?|not voting|present|excused|ja|nein|enthaltung|enthalten|abwesend|pour|contre|oui|non|"
    r"a favor|en contra|sí|sim|não|за|против|воздержал(?:ся|ась))[\s.;,*]*"
)


def _tables(prose: Prose) -> Iterator[Sequence[int]]:
    """The rows of each table, by index."""
    numbered = enumerate(prose.blocks)
    for (kind, _), found in groupby(numbered, key=lambda pair: (pair[1].kind, pair[1].table)):
        if kind == "row":
            yield [index for index, _ in found]


def _is_tally(prose: Prose, rows: Sequence[int]) -> bool:
    cells = [_cells(prose.text, prose.blocks[index]) for index in rows]
    if any(len(_COUNTS & set(row)) >= 2 for row in cells):
        return True
    if len(cells) > 1 and all(row and row[0] in _CHOICES for row in cells):
        return True
    head, *body = cells
    return any(_is_of_choices(body, column, bool(_VOTE.match(head[column]))) for column in range(1, len(head))) or any(
        _is_of_choices(cells, column, False) for column in range(1, len(head))
    )


def _is_of_choices(rows: Sequence[Sequence[str]], column: int, named: bool) -> bool:
    """Whether a column holds choices only; bare yes and no are votes where its head says so (``named``)."""
    chosen = {row[column] for row in rows if column < len(row) and row[column]}
    return bool(chosen) and chosen <= _CHOICES and (named or not chosen <= _PLAIN)


def _cells(text: str, row: Block) -> list[str]:
    return [text[start:end].strip(" *_:.\t\n").casefold() for start, end in row.cells]
