"""That what a text waited for has come about: ``the byelaw made by Resolution 4 was confirmed on 6 December 2031``.

The text is the one that the sentence, or the paragraph before it, names by its number or its date; the day is the
first one behind the verb. Without both nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from remembrancer.read import dates
from remembrancer.read.occasion import order_of
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Fulfilled, Mention
from remembrancer.register.passes.citations import citations_in
from remembrancer.register.passes.relations import clauses
from remembrancer.register.vocabulary import words

_EVENTS = (("confirmed", "confirmed"), ("came", "in-force"))


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[Fulfilled]:
    """What a document tells of confirmations and commencements of texts that it names."""
    vocabulary = words("force", document.language, document.house)
    patterns = [(vocabulary.pattern(name), event) for name, event in _EVENTS if vocabulary[name]]
    if any(fact.rule.startswith("papers.") for fact in found):
        return
    for statement in document.statements:
        if statement.kind == "text" and any(pattern.search(statement.text) for pattern, _ in patterns):
            yield from _told(document, statement, patterns)


def _told(
    document: Document, statement: Statement, patterns: Sequence[tuple[re.Pattern[str], str]]
) -> Iterator[Fulfilled]:
    text = statement.text
    cited = [each for each in citations_in(text, document) if not each.mention.keys[0].startswith("title:")]
    for start, end in clauses(text):
        for pattern, event in patterns:
            match = pattern.search(text, start, end)
            target = _target([each.mention for each in cited if each.start < end])
            day = _day(document, statement, text[match.end() : end]) if match else ""
            if match and target and day:
                yield document.fact(
                    Fulfilled,
                    statement,
                    f"fulfilments.{event}",
                    match.start(),
                    end,
                    target=target,
                    event=event,
                    since=day,
                )


def _target(named: Sequence[Mention]) -> Mention | None:
    """The only text named so far, else none."""
    return named[0] if len({each.keys[0] for each in named}) == 1 else None


def _day(document: Document, statement: Statement, after: str) -> str:
    """The first day behind the verb."""
    year = document.where(statement.sitting, None)["date"][:4]
    days = (each.value for each in dates.find(after, year, order_of(document.house)) if len(each.value) == 10)
    return next(days, "")
