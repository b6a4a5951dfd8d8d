"""Sentences that the office says in English - what the rules make of a vote, why something is in force, what it asks
the clerk - in the language of the page.

Each stands here with its places. A place of one letter is a number, ``day`` a date, and ``verb``, ``force``, ``outcome``
and ``method`` are words of the record; what stands in another is said in the page's language too where it is a saying
itself, and kept as it is where not. A sentence of several parts, as ``9 for, 2 against; a majority of those voting: at
least 6; carried``, is said part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_noop as N_

from remembrancer.interfaces.web.naming import name_of
from remembrancer.memory.asking.answering.sentences import sentences

VOTES = (
    N_("the rules in force on that day are not known"),
    N_("No rules are known for that day."),
    N_("it was decided by lot, which no rule can compute"),
    N_("a poll informs and decides nothing"),
    N_("the rules do not say what majority is needed"),
    N_("the rules do not say what the quorum is"),
    N_("consensus is for the chair to judge; no number of votes makes or blocks it"),
    N_("the choices were others than for and against"),
    N_("the record does not say how many were for it"),
    N_("the record gives no numbers"),
    N_("nobody was against (%(method)s), which is enough for any majority of votes"),
    N_("nobody voted"),
    N_("but %(whom)s are said to be %(n)s, fewer than voted"),
    N_("how many %(whom)s there are is not known"),
    N_("how many %(whom)s there are is not known, and the rule counts them"),
    N_("how many %(whom)s there are is not known, but of the %(n)s who took part too few were for it"),
    N_("how many %(whom)s there are is not known, but it would be enough of all %(n)s seats"),
    N_("nobody may be against, and at least %(n)s must be for it"),
    N_("all of %(whom)s: %(n)s"),
    N_("%(bound)s must be for it"),
    N_("%(share)s of %(whom)s: %(bound)s"),
    N_("%(whom)s, abstentions counted"),
    N_("more than %(n)s"),
    N_("at least %(n)s"),
    N_("a majority"),
    N_("equal"),
    N_("equal votes lose"),
    N_("equal, and no casting vote is recorded"),
    N_("equal, and lot decides, which no rule can compute"),
    N_("equal, and the casting vote was %(choice)s"),
    N_("equal, and the numbers do not show how the casting vote was given"),
    N_("%(n)s for"),
    N_("%(n)s against"),
    N_("%(n)s abstaining"),
    N_("%(n)s not voting"),
    N_("%(n)s recused"),
    N_("%(n)s absent"),
    N_("for"),
    N_("against"),
    N_("those voting"),
    N_("members present"),
    N_("seats"),
    N_("seats filled"),
    N_("voting members"),
    N_("present at the opening"),
    N_("carried"),
    N_("lost"),
    N_("tied"),
    N_("met"),
    N_("not met"),
    N_("not determinable"),
    N_("%(n)s are present"),
    N_("%(n)s of %(m)s %(whom)s are present"),
    N_("%(there)s (%(n)s more may not take part and do not count)"),
    N_("the quorum is %(rule)s: %(n)s"),
    N_("fewer, but it holds until challenged"),
    N_("how many were present is not known"),
    N_("%(n)s members"),
    N_("%(share)s of the %(whom)s"),
    N_("%(share)s of those %(whom)s"),
    N_("%(rule)s, at least %(n)s"),
    N_("no ballot names an option"),
    N_("none of %(n)s options beats every other"),
    N_("it beats each other option: %(pairs)s"),
    N_("voted yes"),
    N_("voted no"),
    N_("voted abstain"),
    N_("moved"),
    N_("seconded"),
    N_("said so"),
)
"""What the rules make of a vote or a quorum, and why a speech stands on its side."""

FORCE = (
    N_("The record says that it was never made."),
    N_("The question was %(outcome)s."),
    N_("The record does not show when it was made."),
    N_("It was done with its making."),
    N_("Until its condition is on record: %(condition)s"),
    N_("An urgent action: until its ratification is on record."),
    N_("Its time ended."),
    N_("Until this is on record: %(condition)s"),
    N_("In force from its passage, as it says."),
    N_("Adopted; it names a later day."),
    N_("In force from the day it names."),
    N_("In force from its adoption."),
    N_("%(n)s days after its adoption."),
    N_("%(n)s days after its adoption (%(cited)s)."),
    N_("Repealed by %(label)s."),
    N_("Replaced by %(label)s."),
    N_("Suspended by %(label)s."),
    N_("The suspension ended."),
    N_("Revived by %(label)s."),
    N_("%(label)s amends it as law in force."),
    N_("Amended by %(label)s."),
    N_("Confirmed by %(label)s."),
    N_("The record says that what it waited for came about."),
    N_("Its matter moved on."),
    N_("A later interpretation of the same provisions governs: %(label)s."),
    N_("Decided otherwise later the same day: %(label)s."),
    N_("%(label)s repeals whatever conflicts with it; the record does not say what does."),
)
"""Why something is in force or not."""

ASKED = (
    N_("Is it so that %(decision)s amends %(other)s?"),
    N_("Is it so that %(decision)s repeals %(other)s?"),
    N_("Is it so that %(decision)s replaces %(other)s?"),
    N_("Is it so that %(decision)s confirms %(other)s?"),
    N_("Is it so that %(decision)s implements %(other)s?"),
    N_("Is it so that %(decision)s ratifies %(other)s?"),
    N_("It would change what is in force."),
    N_("Did %(matter)s come to %(status)s on %(day)s?"),
    N_("It is the last that the record shows of where the matter stands."),
    N_("It is the last that the record shows of where the matter stands; without it, it stands at %(status)s."),
    N_("Is %(one)s the same person as %(other)s?"),
    N_("Was the motion %(motion)s %(outcome)s?"),
    N_("Nothing else says what came of the motion."),
    N_("Did the body decide this on %(day)s: %(decision)s?"),
    N_("The record shows no stated decision on the matter."),
    N_("an unknown day"),
    N_("the decision of %(day)s"),
    N_("%(decision)s %(verb)s %(other)s, which the record does not hold."),
    N_("Read the document that made it into the record, or correct the number."),
    N_("%(decision)s %(verb)s %(other)s, which was %(force)s by then."),
    N_("See whether another text was meant, or the earlier one still stands."),
    N_("%(one)s and %(other)s both replace %(what)s and are both in force."),
    N_("Ask the body which is to hold; the later does not say that it replaces the earlier."),
    N_("%(one)s and %(other)s of one item adopt and reject the same."),
    N_("See whether the later one reconsidered the earlier; if so, say so in the minutes."),
    N_("%(matter)s went from %(before)s to %(after)s; the record does not show %(what)s."),
    N_("Look for the sitting that decided it; if there was none, nothing need be done."),
    N_("The number %(number)s is given on %(day)s and on %(other)s to different decisions."),
    N_("Give one of them another number."),
    N_("%(who)s was to do by %(day)s: %(what)s"),
    N_("Nobody named"),
    N_("Ask whether it was done, and record it."),
)
"""What the clerk is asked, and what the register notices."""

READ = (
    N_("line %(n)s"),
    N_("page %(n)s"),
    N_("If it is a scan, have its text recognised."),
    N_("Compare what matters with the image of the page."),
    N_("Settle them in Word; the words deleted are only in the original."),
    N_("Export the file again with line breaks to have speakers and items found."),
    N_("Compare these lines with the original; saving the file as UTF-8 settles it."),
    N_("Look at a word with an accent; if it is wrong, save the file as UTF-8 and read it again."),
    N_("Open it in a PDF viewer, print it to PDF and read that."),
    N_("Open it in Word or LibreOffice, save it again and read that."),
    N_("Open it in a browser and save it again."),
    N_("Print the file to PDF again."),
    N_("Save it without one."),
    N_("If it should not be, fetch or save it again."),
    N_("This is %(kind)s; it is kept but not read."),
    N_("The document holds no text."),
    N_("The page holds no text."),
    N_("A scan with recognised text, which may have errors: page %(pages)s."),
    N_("%(name)s is locked with a password."),
    N_("%(name)s is damaged: %(error)s."),
    N_("The file is damaged or is no PDF (%(error)s)."),
)
"""Where words stand, and what readers notice."""

FAULTS = (
    N_("There is no question."),
    N_("Ask for a subject, a person or a number."),
    N_("Say in the question what is meant."),
    N_("There is no %(what)s that you may see."),
    N_("There is nothing of the id %(id)s."),
    N_("Look at it again."),
    N_("Those there are stand on the clerk's desk."),
    N_("The last ones stand on the clerk's desk."),
    N_("Its front page lists those it keeps."),
    N_("The record's page lists the entries."),
    N_("There is no request %(n)s."),
    N_("Job %(n)s asks nothing now."),
    N_("Write it as 2024-03-07."),
    N_("Choose at least one."),
    N_("No files were handed in."),
    N_("%(since)s is no date."),
    N_("%(day)s is no day."),
    N_("The term ends on %(until)s, before %(since)s."),
    N_("Give the first day, then the last."),
    N_("%(role)s is no role to be granted."),
    N_("Roles are such as chair, clerk or auditor."),
    N_("Only an account can be an owner."),
    N_("Only the owner and holders of the role clerk may."),
    N_("Entry %(n)s is no grant that holds."),
    N_("Entry %(n)s is no hold that lasts."),
    N_("A hold needs its reason."),
    N_("A hold needs what it holds."),
    N_("A request needs who asks."),
    N_("A redaction needs the words that go."),
    N_("What one decides to %(action)s needs its reason."),
    N_("Nothing is to be corrected."),
    N_("Nothing is to be added."),
    N_("There is nothing to watch for."),
    N_("Existence needs what the public may see."),
    N_("Give the words as they stand there, or withhold the passage."),
    N_("Subject access is about a person, and nothing else is."),
    N_("There is a body %(slug)s already."),
    N_("This is no name for a body."),
    N_("Give this one another name."),
    N_("Give words of the record, at most %(number)s characters."),
    N_("Correct the line named above."),
)
"""What is wrong with what somebody asked for on a page, and what to do."""

EVERY = (*VOTES, *FORCE, *ASKED, *READ, *FAULTS)
VERBS = ("amends", "repeals", "replaces", "confirms", "implements", "ratifies", "interprets", "suspends", "revives")
WORDS = ("verb", "force", "outcome", "method")

_PLACE = re.compile(r"%\((\w+)\)s")


def in_page(text: str) -> str | None:
    """A sentence of the office in the language of this page; None where it has none in it."""
    language = (get_language() or "en").partition("-")[0]
    return text if language == "en" else said(text, language)


@lru_cache(4096)
def said(text: str, language: str) -> str | None:
    """A sentence of the office in a language; None where it has none in it."""
    with override(language):
        for between in ("", "; ", ", "):
            parts = [_whole(part, language) for part in (text.split(between) if between else [text])]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                return between.join(known)
    return None


def _whole(text: str, language: str) -> str | None:
    """A saying with its places filled; for a part of a sentence, the parts of that."""
    for saying, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return gettext(saying) % {name: _filled(name, value, language) for name, value in found.groupdict().items()}
    parts = text.split(", ")
    return ", ".join(_of(parts, language)) if len(parts) > 1 and all(_whole(part, language) for part in parts) else None


def _of(parts: Iterable[str], language: str) -> Iterable[str]:
    return (_whole(part, language) or part for part in parts)


def _filled(name: str, value: str, language: str) -> str:
    """What stands in a place, in the language where it is a date, a word of the record or a saying."""
    if len(name) == 1:
        return value
    if name == "day" and value[:1].isdigit():
        return sentences(language).date(value)
    if name in WORDS:
        return name_of(name, value)
    return _whole(value, language) or value


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(saying, _pattern(saying)) for saying in EVERY]


def _pattern(saying: str) -> re.Pattern[str]:
    """What a saying looks like with its places filled."""
    written, end = "", 0
    for place in _PLACE.finditer(saying):
        name = place[1]
        held = r"[\d.,]*\d" if len(name) == 1 else "|".join(VERBS) if name == "verb" else ".+?"
        written += f"{re.escape(saying[end : place.start()])}(?P<{name}>{held})"
        end = place.end()
    return re.compile(written + re.escape(saying[end:]), re.DOTALL)
