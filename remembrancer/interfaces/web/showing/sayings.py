"""Sentences that the office says in English - what the rules make of a vote, why something is in force, what it asks
the clerk - in the language of the page.

Each stands here with its places. A place of one letter is a number, ``day`` a date, and ``verb``, ``force``,
``outcome`` and ``method`` are words of the record; what stands in another is said in the page's language too where it
is a saying itself, and kept as it is where not. A sentence of several parts, as ``9 for, 2 against; a majority of
those voting: at least 6; carried``, is said part by part.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from django.utils.translation import get_language, gettext, gettext_noop, override

from remembrancer.interfaces.web.showing.naming import name_of
from remembrancer.memory.asking.answering.sentences import sentences

VOTES = (
    gettext_noop("the rules in force on that day are not known"),
    gettext_noop("No rules are known for that day."),
    gettext_noop("it was decided by lot, which no rule can compute"),
    gettext_noop("a poll informs and decides nothing"),
    gettext_noop("the rules do not say what majority is needed"),
    gettext_noop("the rules do not say what the quorum is"),
    gettext_noop("consensus is for the chair to judge; no number of votes makes or blocks it"),
    gettext_noop("the choices were others than for and against"),
    gettext_noop("the record does not say how many were for it"),
    gettext_noop("the record gives no numbers"),
    gettext_noop("nobody was against (%(method)s), which is enough for any majority of votes"),
    gettext_noop("nobody voted"),
    gettext_noop("but %(whom)s are said to be %(n)s, fewer than voted"),
    gettext_noop("how many %(whom)s there are is not known"),
    gettext_noop("how many %(whom)s there are is not known, and the rule counts them"),
    gettext_noop("how many %(whom)s there are is not known, but of the %(n)s who took part too few were for it"),
    gettext_noop("how many %(whom)s there are is not known, but it would be enough of all %(n)s seats"),
    gettext_noop("nobody may be against, and at least %(n)s must be for it"),
    gettext_noop("the quorum is %(rule)s: %(n)s"),
    gettext_noop("the quorum is %(rule)s, and how many %(whom)s there are is not known"),
    gettext_noop("all of %(whom)s: %(n)s"),
    gettext_noop("%(bound)s must be for it"),
    gettext_noop("%(share)s of %(whom)s: %(bound)s"),
    gettext_noop("%(whom)s, abstentions counted"),
    gettext_noop("more than %(n)s"),
    gettext_noop("at least %(n)s"),
    gettext_noop("a majority"),
    gettext_noop("equal"),
    gettext_noop("equal votes lose"),
    gettext_noop("equal, and no casting vote is recorded"),
    gettext_noop("equal, and lot decides, which no rule can compute"),
    gettext_noop("equal, and the casting vote was %(choice)s"),
    gettext_noop("equal, and the numbers do not show how the casting vote was given"),
    gettext_noop("%(n)s for"),
    gettext_noop("%(n)s against"),
    gettext_noop("%(n)s abstaining"),
    gettext_noop("%(n)s not voting"),
    gettext_noop("%(n)s recused"),
    gettext_noop("%(n)s absent"),
    gettext_noop("for"),
    gettext_noop("against"),
    gettext_noop("those voting"),
    gettext_noop("members present"),
    gettext_noop("seats"),
    gettext_noop("seats filled"),
    gettext_noop("voting members"),
    gettext_noop("present at the opening"),
    gettext_noop("carried"),
    gettext_noop("lost"),
    gettext_noop("tied"),
    gettext_noop("met"),
    gettext_noop("not met"),
    gettext_noop("not determinable"),
    gettext_noop("%(n)s are present"),
    gettext_noop("%(n)s of %(m)s %(whom)s are present"),
    gettext_noop("%(there)s (%(n)s more may not take part and do not count)"),
    gettext_noop("fewer, but it holds until challenged"),
    gettext_noop("how many were present is not known"),
    gettext_noop("%(n)s members"),
    gettext_noop("%(share)s of the %(whom)s"),
    gettext_noop("%(share)s of those %(whom)s"),
    gettext_noop("%(rule)s, at least %(n)s"),
    gettext_noop("no ballot names an option"),
    gettext_noop("none of %(n)s options beats every other"),
    gettext_noop("it beats each other option: %(pairs)s"),
    gettext_noop("voted yes"),
    gettext_noop("voted no"),
    gettext_noop("voted abstain"),
    gettext_noop("moved"),
    gettext_noop("seconded"),
    gettext_noop("said so"),
)
"""What the rules make of a vote or a quorum, and why a speech stands on its side."""

FORCE = (
    gettext_noop("The record says that it was never made."),
    gettext_noop("The question was %(outcome)s."),
    gettext_noop("The record does not show when it was made."),
    gettext_noop("It was done with its making."),
    gettext_noop("Until its condition is on record: %(condition)s"),
    gettext_noop("An urgent action: until its ratification is on record."),
    gettext_noop("Its time ended."),
    gettext_noop("Until this is on record: %(condition)s"),
    gettext_noop("In force from its passage, as it says."),
    gettext_noop("Adopted; it names a later day."),
    gettext_noop("In force from the day it names."),
    gettext_noop("In force from its adoption."),
    gettext_noop("%(n)s days after its adoption."),
    gettext_noop("%(n)s days after its adoption (%(cited)s)."),
    gettext_noop("Repealed by %(label)s."),
    gettext_noop("Replaced by %(label)s."),
    gettext_noop("Suspended by %(label)s."),
    gettext_noop("The suspension ended."),
    gettext_noop("Revived by %(label)s."),
    gettext_noop("%(label)s amends it as law in force."),
    gettext_noop("Amended by %(label)s."),
    gettext_noop("Confirmed by %(label)s."),
    gettext_noop("The record says that what it waited for came about."),
    gettext_noop("Its matter moved on."),
    gettext_noop("A later interpretation of the same provisions governs: %(label)s."),
    gettext_noop("Decided otherwise later the same day: %(label)s."),
    gettext_noop("%(label)s repeals whatever conflicts with it; the record does not say what does."),
)
"""Why something is in force or not."""

ASKED = (
    gettext_noop("Is it so that %(decision)s amends %(other)s?"),
    gettext_noop("Is it so that %(decision)s repeals %(other)s?"),
    gettext_noop("Is it so that %(decision)s replaces %(other)s?"),
    gettext_noop("Is it so that %(decision)s confirms %(other)s?"),
    gettext_noop("Is it so that %(decision)s implements %(other)s?"),
    gettext_noop("Is it so that %(decision)s ratifies %(other)s?"),
    gettext_noop("It would change what is in force."),
    gettext_noop("Did %(matter)s come to %(status)s on %(day)s?"),
    gettext_noop("It is the last that the record shows of where the matter stands."),
    gettext_noop(
        "It is the last that the record shows of where the matter stands; without it, it stands at %(status)s."
    ),
    gettext_noop("Is %(one)s the same person as %(other)s?"),
    gettext_noop("Was the motion %(motion)s %(outcome)s?"),
    gettext_noop("Nothing else says what came of the motion."),
    gettext_noop("Did the body decide this on %(day)s: %(decision)s?"),
    gettext_noop("The record shows no stated decision on the matter."),
    gettext_noop("an unknown day"),
    gettext_noop("the decision of %(day)s"),
    gettext_noop("%(decision)s %(verb)s %(other)s, which the record does not hold."),
    gettext_noop("Read the document that made it into the record, or correct the number."),
    gettext_noop("%(decision)s %(verb)s %(other)s, which was %(force)s by then."),
    gettext_noop("See whether another text was meant, or the earlier one still stands."),
    gettext_noop("%(one)s and %(other)s both replace %(what)s and are both in force."),
    gettext_noop("Ask the body which is to hold; the later does not say that it replaces the earlier."),
    gettext_noop("%(one)s and %(other)s of one item adopt and reject the same."),
    gettext_noop("See whether the later one reconsidered the earlier; if so, say so in the minutes."),
    gettext_noop("%(matter)s went from %(before)s to %(after)s; the record does not show %(what)s."),
    gettext_noop("Look for the sitting that decided it; if there was none, nothing need be done."),
    gettext_noop("The number %(number)s is given on %(day)s and on %(other)s to different decisions."),
    gettext_noop("Give one of them another number."),
    gettext_noop("%(who)s was to do by %(day)s: %(what)s"),
    gettext_noop("Nobody named"),
    gettext_noop("Ask whether it was done, and record it."),
)
"""What the clerk is asked, and what the register notices."""

READ = (
    gettext_noop("line %(n)s"),
    gettext_noop("page %(n)s"),
    gettext_noop("If it is a scan, have its text recognised."),
    gettext_noop("Compare what matters with the image of the page."),
    gettext_noop("Settle them in Word; the words deleted are only in the original."),
    gettext_noop("Export the file again with line breaks to have speakers and items found."),
    gettext_noop("Compare these lines with the original; saving the file as UTF-8 settles it."),
    gettext_noop("Look at a word with an accent; if it is wrong, save the file as UTF-8 and read it again."),
    gettext_noop("Open it in a PDF viewer, print it to PDF and read that."),
    gettext_noop("Open it in Word or LibreOffice, save it again and read that."),
    gettext_noop("Open it in a browser and save it again."),
    gettext_noop("Print the file to PDF again."),
    gettext_noop("Save it without one."),
    gettext_noop("If it should not be, fetch or save it again."),
    gettext_noop("This is %(kind)s; it is kept but not read."),
    gettext_noop("The document holds no text."),
    gettext_noop("The page holds no text."),
    gettext_noop("A scan with recognised text, which may have errors: page %(pages)s."),
    gettext_noop("%(name)s is locked with a password."),
    gettext_noop("%(name)s is damaged: %(error)s."),
    gettext_noop("The file is damaged or is no PDF (%(error)s)."),
)
"""Where words stand, and what readers notice."""

FAULTS = (
    gettext_noop("There is no question."),
    gettext_noop("Ask for a subject, a person or a number."),
    gettext_noop("Say in the question what is meant."),
    gettext_noop("There is no %(what)s that you may see."),
    gettext_noop("There is nothing of the id %(id)s."),
    gettext_noop("Look at it again."),
    gettext_noop("Those there are stand on the clerk's desk."),
    gettext_noop("The last ones stand on the clerk's desk."),
    gettext_noop("Its front page lists those it keeps."),
    gettext_noop("The record's page lists the entries."),
    gettext_noop("There is no request %(n)s."),
    gettext_noop("Job %(n)s asks nothing now."),
    gettext_noop("Write it as 2024-03-07."),
    gettext_noop("Choose at least one."),
    gettext_noop("No files were handed in."),
    gettext_noop("%(since)s is no date."),
    gettext_noop("%(day)s is no day."),
    gettext_noop("The term ends on %(until)s, before %(since)s."),
    gettext_noop("Give the first day, then the last."),
    gettext_noop("%(role)s is no role to be granted."),
    gettext_noop("Roles are such as chair, clerk or auditor."),
    gettext_noop("Only an account can be an owner."),
    gettext_noop("Only the owner and holders of the role clerk may."),
    gettext_noop("Entry %(n)s is no grant that holds."),
    gettext_noop("Entry %(n)s is no hold that lasts."),
    gettext_noop("A hold needs its reason."),
    gettext_noop("A hold needs what it holds."),
    gettext_noop("A request needs who asks."),
    gettext_noop("A redaction needs the words that go."),
    gettext_noop("What one decides to %(action)s needs its reason."),
    gettext_noop("Nothing is to be corrected."),
    gettext_noop("Nothing is to be added."),
    gettext_noop("There is nothing to watch for."),
    gettext_noop("Existence needs what the public may see."),
    gettext_noop("Give the words as they stand there, or withhold the passage."),
    gettext_noop("Subject access is about a person, and nothing else is."),
    gettext_noop("There is a body %(slug)s already."),
    gettext_noop("This is no name for a body."),
    gettext_noop("Give this one another name."),
    gettext_noop("Give words of the record, at most %(number)s characters."),
    gettext_noop("Correct the line named above."),
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
        return _in_parts(text, "; ", language) or _part(text, language)


def _part(text: str, language: str) -> str | None:
    """A saying with its places filled, else a list of sayings."""
    for saying, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return gettext(saying) % {name: _filled(name, value, language) for name, value in found.groupdict().items()}
    return _in_parts(text, ", ", language)


def _in_parts(text: str, between: str, language: str) -> str | None:
    """A sentence of which each part is said; None where it is one alone or some part is not."""
    parts = text.split(between)
    known = [told for each in parts if (told := _part(each, language)) is not None] if len(parts) > 1 else []
    return between.join(known) if known and len(known) == len(parts) else None


def _filled(name: str, value: str, language: str) -> str:
    """What stands in a place, in the language where it is a date, a word of the record or a saying."""
    if len(name) == 1:
        return value
    if name == "day" and value[:1].isdigit():
        return sentences(language).date(value)
    if name in WORDS:
        return name_of(name, value)
    return _part(value, language) or value


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
