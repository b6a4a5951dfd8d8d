"""Who took a seat or an office, and who gave one up, where the minutes say so in their own voice.

    RESOLVED: That Mrs Able be co-opted as a member for East Ward.      Cllr Baker was elected Mayor.
    The Clerk reported that Cllr Cook had resigned by a letter of 30 September 2024.

What is only proposed makes no fact: words such as ``be elected`` count in a resolution alone. The day is the one the
sentence names, else the sitting's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from remembrancer.read.attendance import TITLES
from remembrancer.read.dates import find as find_dates
from remembrancer.register.document import Document, Statement, sentences
from remembrancer.register.facts import AnyFact, Seated
from remembrancer.register.vocabulary import Words, words

_UPPER = r"[^\W\d_a-zß-öø-ÿа-яё]"
_WORD = rf"(?:(?:{_UPPER}\.)+|{_UPPER}[\w'’-]*)"
_NAME = re.compile(
    rf"(?P<label>{TITLES}{_WORD}(?: (?:(?:d[aei]|de[lr]?|v[ao]n) )?{_WORD}){{0,4}}(?: \([^()\n]{{2,40}}\))?),? "
    r"(?:(?:has|have|had|hat|a|ha|then|also|who|duly|therefore|unanimously|hereby) ){0,2}$"
)
_LEADS = re.compile(r"(?:RESOLVED|CARRIED|AGREED|That|The|And|But|When|As|Since|After|Also|Then)\b[\s\d/:.]*")
_NOBODY = re.compile(
    r"(?:Council|Committee|Board|Motion|Meeting|Members?|It|He|She|They|We|I|Who|All)\b", re.IGNORECASE
)
_SEAT = 60
"""Characters after the verb in which the seat is named."""


def find(document: Document, found: Sequence[AnyFact]) -> Iterable[AnyFact]:
    """The seats taken and given up."""
    said = words("attendance", document.language, document.house)
    for statement in document.statements:
        if statement.kind == "text" and statement.sitting is not None and _is_told(statement.text, said):
            yield from _seats(document, statement, said)


def _is_told(text: str, said: Words) -> bool:
    return bool(said.pattern("takes").search(text) or said.pattern("leaves").search(text))


def _seats(document: Document, statement: Statement, said: Words) -> Iterator[Seated]:
    text = statement.text
    settled = said.pattern("settled").search(text) is not None
    for start, end in sentences(text, document.language):
        sentence = re.sub(r"\s", " ", text[start:end])
        for event in ("takes", "leaves"):
            verb = said.pattern(event).search(sentence)
            if verb is None or not (settled or said.pattern("done").search(verb[0])):
                continue
            label = _label(sentence[: verb.start()])
            seat = _seat(sentence[verb.end() : verb.end() + _SEAT], said)
            if label and (seat["role"] or event == "leaves" or said.pattern("sits").search(verb[0])):
                yield document.fact(
                    Seated,
                    statement,
                    f"seats.{event}",
                    start,
                    end,
                    label=label,
                    event=event,
                    when=_day(sentence, document.dates[statement.sitting or 0]),
                    role=seat["role"],
                    affiliation=seat["affiliation"],
                )


def _label(before: str) -> str:
    """The name right before the verb."""
    match = _NAME.search(before)
    if match is None:
        return ""
    label = _LEADS.sub("", match["label"])
    return "" if _NOBODY.match(label) else label.strip()


def _seat(after: str, said: Words) -> dict[str, str]:
    """The office, where it is named right after the verb, and what it is for."""
    role = next((match for each in said["for_seat"] if (match := re.match(rf" {each}\b", after, re.IGNORECASE))), None)
    ward = next((match for each in said["seat_of"] if (match := re.search(each, after))), None)
    return {"role": role["role"] if role else "", "affiliation": ward["affiliation"] if ward else ""}


def _day(sentence: str, sitting: str) -> str:
    """The one day that the sentence names, if it is no later than the sitting; else the sitting's."""
    days = {each.value for each in find_dates(sentence, sitting[:4])}
    named = next(iter(days)) if len(days) == 1 else ""
    return named if named and (not sitting or named <= sitting) else sitting
