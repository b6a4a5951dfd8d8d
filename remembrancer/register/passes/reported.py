"""Statements passed on, with the chain of who says that who said so.

    Cllr Able said that, as Ron said last year, the wall was mended.     Cllr Able > Ron
    "It bounces," wrote Baker with reference to Carr.                    Baker > Carr
    Dora: Ellis told me that Frank had said that the bank was sound.     Dora > Ellis > Frank

What a speech or the minutes have somebody say is first-hand; what that person has from another is reported. A chain
runs from who speaks to the origin, each as written; who is only a pronoun is left out, and with them the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from remembrancer.model import Report
from remembrancer.register import vocabulary
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Reported
from remembrancer.register.passes.names import NAME
from remembrancer.register.passes.phrases import phrases
from remembrancer.register.vocabulary import Words

_LONGEST = 400
"""Characters of a claim; what is longer is no one statement."""
_QUOTED = re.compile(r"[“\"„«](?P<said>[^“”\"„«»]{12,})[”\"“»]?[\s,.–—-]*$")
_FEW = 4
"""Words that may stand before a report that leads its sentence: "In 1929, according to ..."."""
_TITLES = re.compile(r"cllrs?|councill?ors?|mr|mrs|ms|miss|dr|prof|sir|dame|the|herrn?|frau|lord|lady|rev")


class Heard(NamedTuple):
    """A claim at characters ``start:end`` with who passed it on, the origin last; ``at`` and ``until`` enclose both."""

    chain: tuple[str, ...]
    verb: str
    start: int
    end: int
    at: int
    until: int
    first: bool = False
    """Whether its words name who speaks: ``Able said that`` and no ``as Able said``."""


class Lexicon(NamedTuple):
    """The forms of reports in a language, compiled."""

    hint: re.Pattern[str]
    as_said: re.Pattern[str]
    according: re.Pattern[str]
    says: re.Pattern[str]
    wrote: re.Pattern[str]
    own: re.Pattern[str]
    subject: re.Pattern[str]
    onward: re.Pattern[str]
    nobody: re.Pattern[str]


def find(document: Document, found: Sequence[AnyFact]) -> Iterable[AnyFact]:
    """The reports of a document: in a speech, of what others said; in a paper, of whatever it has from somebody; in
    the minutes of a sitting, where what a person says is first-hand, only of what that person has from another."""
    forms = _lexicon(vocabulary.words("reported", document.language, document.house))
    for statement in document.statements:
        if statement.kind == "item" or not forms.hint.search(statement.text):
            continue
        least = 2 if statement.speaker or statement.sitting is not None else 1
        for nth, heard in enumerate(_heard(statement, forms, least)):
            yield document.fact(
                Reported,
                statement,
                "reported.chain" if len(heard.chain) > least else "reported.said",
                heard.at,
                heard.until,
                nth=nth,
                stated=False,
                chain=heard.chain,
                verb=heard.verb,
                text=" ".join(statement.text[heard.start : heard.end].split()),
            )


def _lexicon(words: Words) -> Lexicon:
    return _compiled(*(words.any_of(name) for name in _LISTS))


_LISTS = ("verbs", "aux", "as", "according", "documents", "citing", "that", "to_whom", "own", "onward", "nobody")


@lru_cache(maxsize=16)
def _compiled(
    verbs: str,
    aux: str,
    like: str,
    according: str,
    documents: str,
    citing: str,
    that: str,
    whom: str,
    own: str,
    onward: str,
    nobody: str,
) -> Lexicon:
    verb = rf"(?:{aux}\s+){{0,2}}(?P<verb>(?i:{verbs}))(?!\w)"
    origin = rf"(?:,?\s+(?i:{citing})\s+(?P<origin>{NAME}),?)?"
    told = rf"(?:\s+(?:{whom}|{NAME}))?(?P<aside>(?:\s+[^\s,.;:]+){{0,6}}?)"
    work = rf"(?:the|{NAME}['’]s?|his|her|dem|der|den)\s+(?:{documents})(?:\s+(?:of|by|von|des)\s+[^,.;:]{{2,60}})?"
    return Lexicon(
        re.compile(
            rf"(?<!\w)(?i:{according}|{citing}|{own})(?!\w)|(?<!\w)(?i:{like})\s+(?:{verbs}|[^\W\d_a-z])|(?<!\w)(?i:{verbs})(?!\w)"
        ),
        re.compile(
            rf"(?<!\w)(?i:{like})\s+(?:(?P<who>{NAME})(?:\s+[^\s,.;:]+){{0,3}}?\s+{verb}|(?:{aux}\s+){{0,2}}"
            rf"(?P<verb_first>(?i:{verbs}))\s+(?P<who_after>{NAME})){told}(?=\s*[,.;:)–—]|$)"
        ),
        re.compile(
            rf"(?<!\w)(?P<verb>(?i:{according}))\s+(?P<who>{work}|{NAME}(?:['’]s?\s+(?:{documents}))?)(?=\s*[,.;:)–—”\"]|$)"
        ),
        re.compile(rf"(?P<who>{NAME}){origin}\s+{verb}(?:\s+(?:{whom}|{NAME}))?\s*,?\s+(?i:{that})(?!\w)"),
        re.compile(
            rf"[,”\"»“]\s*[–—-]?\s*{verb}\s+(?P<who>{NAME})(?:\s+(?i:{citing})\s+(?P<origin>{NAME}))?(?=\s*[.,;–—]|$)"
        ),
        re.compile(rf"(?P<who>{NAME})\s*,\s+(?P<verb>(?i:{own}))(?!\w)"),
        re.compile(rf"(?P<who>{NAME})\s+{verb}"),
        re.compile(onward, re.IGNORECASE),
        re.compile(nobody, re.IGNORECASE),
    )


def _heard(statement: Statement, forms: Lexicon, least: int) -> Iterator[Heard]:
    """The reports of a statement whose chains have ``least`` steps or more, from its speaker on."""
    outer = (statement.speaker,) if statement.speaker else ()
    minutes = not outer and statement.sitting is not None
    saying = outer
    for start, end in phrases(statement.text):
        sentence = statement.text[start:end]
        if minutes and (subject := _subject(sentence, forms)):
            saying = (subject,)
        if not forms.hint.search(sentence):
            continue
        for heard in _in_sentence(sentence, forms):
            first = not saying or (minutes and heard.first) or _same(saying[0], heard.chain[0])
            chain = heard.chain if first else (*saying, *heard.chain)
            if (
                len(chain) >= least
                and all(_names(each, forms) for each in heard.chain)
                and _is_claim(sentence[heard.start : heard.end])
            ):
                yield heard._replace(
                    chain=chain,
                    start=heard.start + start,
                    end=heard.end + start,
                    at=heard.at + start,
                    until=heard.until + start,
                )


def _subject(sentence: str, forms: Lexicon) -> str:
    """Who speaks in a sentence of the minutes, as its beginning says; not who is only said to have said so."""
    subject = forms.subject.search(sentence)
    reports = [match.span() for match in forms.as_said.finditer(sentence)]
    if subject is None or subject.start() > 60 or any(start <= subject.start() < end for start, end in reports):
        return ""
    return _label(subject["who"])


def _names(label: str, forms: Lexicon) -> bool:
    """Whether a label names somebody: no pronoun, and no number of a text."""
    return not forms.nobody.fullmatch(label) and not re.search(r"\d", label)


def _is_claim(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 3 and len(text) <= _LONGEST


def _in_sentence(sentence: str, forms: Lexicon) -> Iterator[Heard]:
    """The reports of one sentence, the widest first; none within another."""
    done = 0
    starts = sorted(
        (match.start(), rank, match)
        for rank, pattern in enumerate((forms.says, forms.as_said, forms.according, forms.wrote, forms.own))
        for match in pattern.finditer(sentence)
        if match.end() > match.start()
    )
    for start, rank, match in starts:
        if start < done:
            continue
        heard = _of_wrote(sentence, match) if rank == 3 else _led(sentence, match, forms)
        if heard is not None:
            yield heard
            done = heard.until


def _of_wrote(sentence: str, match: re.Match[str]) -> Heard | None:
    """A quotation, or a clause, and who said it after it."""
    quoted = _QUOTED.search(sentence[: match.start() + 1])
    start, end = quoted.span("said") if quoted else (0, match.start())
    chain = tuple(_label(each) for each in (match["who"], match["origin"]) if each)
    return Heard(chain, match["verb"].casefold(), start, end, min(start, match.start()), match.end())


def _led(sentence: str, match: re.Match[str], forms: Lexicon) -> Heard | None:
    """A report whose claim stands after it, or, where it ends the clause, before it."""
    chain, verb, after = _steps(sentence, match, forms)
    before = sentence[: match.start()].rstrip(" ,–—(")
    rest = sentence[after:].strip(' ,.;:)–—”"')
    trailing = match.re is not forms.says and (
        not rest
        or (
            len(before.split()) > _FEW
            and sentence[: match.start()].rstrip().endswith((",", "–", "—", "("))
            and not _opens(before)
        )
    )
    if trailing or not rest:
        start = _opening(sentence, len(before))
        return Heard(chain, verb, start, len(before), start, match.end()) if before else None
    start = after + len(sentence[after:]) - len(sentence[after:].lstrip(' ,:“"„–—'))
    onward = forms.onward.search(sentence, start)
    end = onward.start() if onward else start + len(sentence[start:].rstrip(' .;:”"'))
    return Heard(chain, verb, start, end, match.start(), end, match.re is forms.says)


def _steps(sentence: str, match: re.Match[str], forms: Lexicon) -> tuple[tuple[str, ...], str, int]:
    """Who passes on what from the match on, the verb of the last, and where the claim begins."""
    groups = match.groupdict()
    named = [groups.get("who") or groups.get("who_after"), groups.get("origin")]
    chain = tuple(_label(each) for each in named if each)
    verb = (groups.get("verb") or groups.get("verb_first") or match.group().split()[0]).casefold()
    at = match.end() + len(sentence[match.end() :]) - len(sentence[match.end() :].lstrip(" ,"))
    for pattern in (forms.says, forms.as_said, forms.according):
        further = pattern.match(sentence, at)
        if further and len(chain) < 5:
            more, last, after = _steps(sentence, further, forms)
            return (*chain, *(each for each in more if each not in chain)), last, after
    return chain, verb, match.end()


def _opens(before: str) -> bool:
    """Whether what stands before only leads over: ``and that``, ``but``."""
    return re.search(r"(?:\b(?:that|and|but|because|so|dass|und|aber|weil|que|и|что))$", before) is not None


def _opening(sentence: str, end: int) -> int:
    """Where the clause before a trailing report begins: after the last "that", or with the sentence."""
    begun = [
        match.end()
        for match in re.finditer(r"\b(?:said|reported|answered|sagte|berichtete)\s+(?:that|dass)\s+", sentence[:end])
    ]
    return begun[-1] if begun else 0


def _label(name: str) -> str:
    """A name as written, without the possessive and what it possesses."""
    return re.sub(r"(?<=\w)['’]s?(?:\s+[^\W\d_A-ZА-Я].*)?$", "", " ".join(name.split())).strip(" ,")


Told = Reported | Report
"""A reported statement, as a document has it or as a row of the register."""


def independent(reports: Sequence[Told]) -> tuple[tuple[str, ...], ...]:
    """Reports of one claim by where they come from: the ids of each group rest on one origin, earliest first, and
    groups are independent as far as the record shows. Two reports are of one origin when they name it alike (``Ron``,
    ``Mr Ron Able``) or one's origin passes it on in the other's chain."""
    groups: list[list[Told]] = []
    for report in sorted(reports, key=lambda each: (each.date, each.id)):
        joined = [group for group in groups if any(_related(report, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(each for group in joined for each in group), report])
    ordered = [sorted(group, key=lambda each: (each.date, each.id)) for group in groups]
    return tuple(
        tuple(each.id for each in group) for group in sorted(ordered, key=lambda group: (group[0].date, group[0].id))
    )


def claims(reports: Sequence[Told]) -> tuple[tuple[str, ...], ...]:
    """The ids of reports that say the same: most telling words of the shorter, three at least, are in the longer."""
    said = [(report, _telling(report.text)) for report in sorted(reports, key=lambda each: each.id)]
    groups: list[list[tuple[Told, frozenset[str]]]] = []
    for report, words in said:
        alike = [group for group in groups if any(_alike(words, others) for _, others in group)]
        groups = [group for group in groups if group not in alike]
        groups.append([*(each for group in alike for each in group), (report, words)])
    return tuple(tuple(sorted(report.id for report, _ in group)) for group in groups)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= 3 and shared >= 0.7 * min(len(one), len(other))


def _telling(text: str) -> frozenset[str]:
    """Numbers and longer words, folded and without endings."""
    words = re.findall(r"\w+", anyascii(text).casefold())
    return frozenset(word[:7] for word in words if len(word) > 3 or word.isdigit())


def _related(one: Told, other: Told) -> bool:
    if not one.chain or not other.chain:
        return False
    return any(_same(one.chain[-1], label) for label in other.chain) or any(
        _same(other.chain[-1], label) for label in one.chain
    )


def _same(one: str, other: str) -> bool:
    """Whether two labels may be one person's: one's words, without titles, all stand in the other's."""
    first, second = _name_words(one), _name_words(other)
    return bool(first and second) and (first <= second or second <= first)


@lru_cache(maxsize=4096)
def _name_words(label: str) -> frozenset[str]:
    plain = re.sub(r"\([^)]*\)", "", anyascii(label).casefold())
    return frozenset(word for word in re.findall(r"\w+", plain) if not _TITLES.fullmatch(word))
