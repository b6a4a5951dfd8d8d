"""The occasion: what a document says of the sitting itself - title, dates, venue - and where.

A date is taken from the title, a heading, a labelled line (``Date:``, ``When:``), front matter, a short line
before the first item, and at last from the path. Days written without a year take the path's year; they are
then known from the path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Literal, NamedTuple

from remembrancer.plain import plain
from remembrancer.read import dates
from remembrancer.read.blocks import Block, Prose
from remembrancer.read.dates import Found, Order, PathFacts
from remembrancer.read.form import LETTER, Range
from remembrancer.read.house import House
from remembrancer.read.sections import MEETING, is_date_label, is_fact, names_a_meeting, number_of, section_of


class Day(NamedTuple):
    """A date of the sitting, how it is known, and where it stands."""

    value: str
    origin: Literal["text", "path", "field"]
    ranges: tuple[Range, ...] = ()


class Occasion(NamedTuple):
    """``titles``: indexes of the headings that title the document. ``days`` may hold several. ``openings``:
    headings that each open a sitting of their own, by their index. ``differs``: what the path says instead."""

    title: str
    title_ranges: tuple[Range, ...]
    titles: frozenset[int]
    days: tuple[Day, ...]
    venue: str
    facts: PathFacts
    openings: dict[int, Day]
    named: bool
    differs: str = ""


_VENUE = ("location", "venue", "place", "where", "held at", "ort", "lieu", "lugar", "local", "место")
_LINE_LABEL = re.compile(r"[\s*_#>-]*(?P<label>[^\W\d_][^:*\n]{1,40}?)[\s*_]*:[\s*_]*(?P<value>\S[^\n]*)")
_SITE = re.compile(r"\s*(?:[|•·»–—:-]|::)\s")
"""What stands between the title of a page and the name of its site."""
_OPENS = re.compile(r"\W*(?:[\w'’.-]+\s+){0,3}?(?:held\b|" + MEETING + ")", re.IGNORECASE)
"""An announcement speaks of the meeting with its first words, a sentence of something else that a meeting did."""
_OTHER_MEETING = re.compile(
    r"\b(?:adopted|passed|enacted|last|previous|next|prior|following|adjourned|approv\w+|letzten?|nächsten?|vorigen|"
    r"précédente?|prochaine?|anterior|"
    r"próxim[ao]|предыдущего|следующее)\b",
    re.IGNORECASE,
)
_CONVENED = re.compile(
    r"\b(?:se reúnen|se reunió|se reunieron|se reúne|reuniu|reuniram|se sont réunis|s['’]est réunie?|trafen sich|"
    r"trat zusammen|"
    r"fand(?: am .{4,20})? statt|was held|were held|met in|met at|convened|состоялось|собрались)\b",
    re.IGNORECASE,
)
"""A first sentence that says that this meeting came together; it begins with its date."""
_EARLY = 60
_KIND_OF_MEETING = re.compile(
    r"\b(?:regular|special|ordinary|annual|general|emergency|extraordinary|monthly|public|board|council|committee)\b"
    r"[^.,;:]{0,30}?\b(?:meetings?|session)\b",
    re.IGNORECASE,
)
_PREAMBLE = 3000
"""Characters at the top of a document in which facts of the sitting may stand."""


def occasion(prose: Prose, path: str, house: House) -> Occasion:
    """What a document and its path say of its sitting."""
    facts = dates.from_path(path, house.sitting.path)
    titles = _titles(prose)
    order = order_of(house)
    ranges = _title_ranges(prose, titles)
    preamble = list(_preamble(prose, titles))
    days = list(_days(prose, house, ranges, preamble, facts, order))
    openings = _openings(prose, titles, facts, order)
    own = days[:1] or ([Day(facts.date, "path")] if facts.date else [])
    if len(openings) > 1 and not _is_day(own) and not _consecutive([day.value for day in openings.values()]):
        own = []
    else:
        own = [*(own if _is_day(own) or not openings else []), *openings.values()]
        openings = {}
    title = plain([prose.text[slice(*ranges[0])]]) if ranges else facts.title
    headings = " ".join(prose.text[slice(*where)] for where in ranges)
    announced = any(_convenes(prose.text[slice(*where)]) for where in preamble)
    named = announced or any(names_a_meeting(words) for words in (title, headings, path))
    venue = _venue(prose, preamble, house) or _place(prose.text, [*preamble, *ranges])
    return Occasion(title, ranges[:1], titles, tuple(own), venue, facts, openings, named, _difference(days, facts))


def _consecutive(values: Sequence[str]) -> bool:
    """Whether dates are days on end, and so of one sitting."""
    days = sorted({date.fromisoformat(value[:10]) for value in values})
    return all((later - earlier).days == 1 for earlier, later in pairwise(days))


def _is_day(days: Sequence[Day]) -> bool:
    return bool(days) and len(days[0].value) >= len("2024-03-07")


def _difference(days: Sequence[Day], facts: PathFacts) -> str:
    """The path's day, where the document names days and this is none of them."""
    stated = [day.value for day in days if len(day.value) >= 10]
    if len(facts.date) != 10 or not stated:
        return ""
    within = any(value[:10] <= facts.date <= value[-10:] for value in stated)
    return "" if within else facts.date


def order_of(house: House) -> Order:
    """Which comes first in the body's dates of digits, by where it is."""
    if house.timezone.startswith("US/") or (house.timezone.startswith("America/") and house.language in {"", "en"}):
        return "month"
    return "day" if house.timezone.startswith("Europe/") else ""


def _titles(prose: Prose) -> frozenset[int]:
    """The first heading if it titles the document, and those at once below it that announce the meeting."""
    headings = [(index, block) for index, block in enumerate(prose.blocks) if block.kind == "heading"]
    while len(headings) > 1 and _is_contents(prose.text[headings[0][1].start : headings[0][1].end]):
        headings.pop(0)
    if not headings or _letters_before(prose, headings[0][1].start) > _PREAMBLE // 2:
        return frozenset()
    index, first = headings[0]
    words = prose.text[first.start : first.end]
    alone = all(block.level > first.level for _, block in headings[1:])
    fronted = any(key == "title" for key, _ in prose.front)
    if number_of(words) or (section_of(words, House()) and not names_a_meeting(words)):
        return frozenset()
    level = [prose.text[block.start : block.end] for _, block in headings[1:] if block.level == first.level]
    if _mostly_date(words):
        return frozenset() if any(map(_mostly_date, level)) else frozenset({index})
    if names_a_meeting(words) or (alone and not fronted) or _states_next(prose, index):
        return frozenset({index, *_announcing(prose, index)})
    return frozenset()


def _announcing(prose: Prose, title: int) -> Iterator[int]:
    """The headings that follow a title at once and announce the meeting."""
    for index, block in enumerate(prose.blocks[title + 1 :], title + 1):
        words = prose.text[block.start : block.end]
        if block.kind == "heading" and (_announces(words) or _is_subtitle(words)):
            yield index
        elif block.kind != "furniture":
            return


def _announces(words: str) -> bool:
    """Whether a line is no sentence and names a meeting and its date: ``Minutes of the Meeting held on 2 May 2031``."""
    short = len(words) <= 200 and not words.rstrip(" *_").endswith(".")
    return short and names_a_meeting(words) and bool(dates.find(words))


def _is_subtitle(words: str) -> bool:
    """Whether a heading names the kind of the meeting: ``Regular Meeting of the Board``, ``Board Meeting Minutes``."""
    named = _KIND_OF_MEETING.search(words) and not number_of(words) and not _OTHER_MEETING.search(words)
    return bool(named) and len(words.split()) <= 12 and not words.rstrip(" *_").endswith((".", ":"))


def _convenes(words: str) -> bool:
    """Whether a line above the first item announces this meeting and no other: ``Minutes of a meeting held on ...``."""
    if _CONVENED.search(words):
        return len(words) <= 600 and any(found.start < _EARLY for found in dates.find(words))
    return bool(_OPENS.match(words)) and _announces(words) and not _OTHER_MEETING.search(words)


def _is_contents(heading: str) -> bool:
    return section_of(heading, House()) == "agenda" and not names_a_meeting(heading.replace("genda", ""))


def _states_next(prose: Prose, index: int) -> bool:
    """Whether a heading is followed at once by a fact of the meeting, such as its date, or by its announcement."""
    below = next((block for block in prose.blocks[index + 1 :] if block.kind != "furniture"), None)
    if below is None:
        return False
    words = prose.text[below.start : min(below.end, below.start + 200)]
    stated = is_date_label(words) or (below.kind == "heading" and is_fact(words))
    return stated or _announces(prose.text[below.start : below.end])


def _letters_before(prose: Prose, start: int) -> int:
    """Letters above a heading that are neither markup nor front matter."""
    blocks = (block for block in prose.blocks if block.start < start and block.kind != "furniture")
    return sum(block.end - block.start for block in blocks)


def _mostly_date(words: str) -> bool:
    found = dates.find(words, "2000")
    length = sum(date.end - date.start for date in found)
    return bool(found) and length >= 0.6 * len(words.strip(" #*_"))


def _title_ranges(prose: Prose, titles: frozenset[int]) -> tuple[Range, ...]:
    headings = [(prose.blocks[index].start, prose.blocks[index].end) for index in sorted(titles)]
    fronted = [where for key, where in prose.front if key == "title"]
    shown = [heading for heading in map(partial(_shown, prose), fronted) if heading]
    return tuple(dict.fromkeys([*shown, *fronted, *headings]))


def _shown(prose: Prose, title: Range) -> Range | None:
    """The first heading of a page, if its title is that and then the name of the site: ``Minutes | Ayton Council``."""
    words = plain([prose.text[slice(*title)]])
    for block in prose.blocks:
        if block.kind == "heading" and block.level == 1:
            heading = plain([prose.text[block.start : block.end]])
            rest = words.removeprefix(heading)
            return (block.start, block.end) if heading and _SITE.match(rest) and not dates.find(rest) else None
    return None


def _preamble(prose: Prose, titles: frozenset[int]) -> Iterator[Range]:
    """Short lines above the first item, headings that state a fact among them."""
    begin = next((block.start for block in prose.blocks if block.kind != "furniture"), 0)
    for index, block in enumerate(prose.blocks):
        if block.kind in {"furniture", "row", "code"} or index in titles:
            continue
        if block.start - begin > _PREAMBLE:
            return
        if block.kind == "heading" and not _LINE_LABEL.match(prose.text, block.start, block.end):
            if LETTER.search(prose.text, block.start, block.end):
                return
            continue
        yield from _lines(prose.text, block)


def _lines(text: str, block: Block) -> Iterator[Range]:
    start = block.start
    while start < block.end:
        end = text.find("\n", start, block.end)
        end = block.end if end < 0 else end
        if 0 < end - start <= 600:
            yield start, end
        start = end + 1


def _days(
    prose: Prose, house: House, titles: Sequence[Range], preamble: Sequence[Range], facts: PathFacts, order: Order
) -> Iterator[Day]:
    """Dates of the sitting, the most telling place first, whole days before months."""
    for pattern in house.sitting.date:
        for match in re.compile(pattern, re.MULTILINE).finditer(prose.text, 0, 20_000):
            yield from _in(prose.text, match.span("date"), facts, order)
    stated = [day for where in titles for day in _in(prose.text, where, facts, order)]
    labelled = [where for where in preamble if is_date_label(prose.text[slice(*where)])]
    stated += [day for where in labelled for day in _in(prose.text, where, facts, order)]
    stated += [day for key, where in prose.front if "date" in key for day in _in(prose.text, where, facts, order)]
    announced = [where for where in preamble if _convenes(prose.text[slice(*where)])]
    stated += [day for where in announced for day in _in(prose.text, where, facts, order)]
    short = [where for where in preamble if where[1] - where[0] <= 80 and _mostly_date_line(prose.text[slice(*where)])]
    stated += [day for where in short for day in _in(prose.text, where, facts, order)]
    yield from sorted(stated, key=lambda day: (len(day.value) < 10, day.origin != "text"))


def _mostly_date_line(words: str) -> bool:
    found = dates.find(words)
    return bool(found) and sum(date.end - date.start for date in found) >= 0.25 * len(words)


def _in(text: str, where: Range, facts: PathFacts, order: Order) -> Iterator[Day]:
    start, end = where
    for found in dates.find(text[start:end], facts.year, order)[:1]:
        yield _day(found, start)


def _day(found: Found, offset: int) -> Day:
    if not found.whole:
        return Day(found.value, "path")
    return Day(found.value, "text", ((offset + found.start, offset + found.end),))


def _openings(prose: Prose, titles: frozenset[int], facts: PathFacts, order: Order) -> dict[int, Day]:
    """Headings of one level that are dates: days of one sitting, or sittings of their own."""
    found: dict[int, tuple[int, Day]] = {}
    for index, block in enumerate(prose.blocks):
        if block.kind == "heading" and index not in titles:
            words = prose.text[block.start : block.end]
            if len(words) <= 60 and _mostly_date(words):
                for day in _in(prose.text, (block.start, block.end), facts, order):
                    found[index] = (block.level, day)
    top = min((level for level, _ in found.values()), default=0)
    return {index: day for index, (level, day) in found.items() if level == top and len(day.value) >= 10}


def venue_label(prose: Prose) -> str:
    """The label, as written, of the line at the top that names the venue, or the empty string."""
    preamble = list(_preamble(prose, _titles(prose)))
    return next((match["label"].strip() for match in _venues(prose, preamble, House())), "")


def _venues(prose: Prose, preamble: Sequence[Range], house: House) -> Iterator[re.Match[str]]:
    labels = {label.casefold() for label in (house.sitting.venue or _VENUE)}
    for start, end in preamble:
        match = _LINE_LABEL.match(prose.text, start, end)
        if match and match["label"].strip().casefold() in labels:
            yield match


def _venue(prose: Prose, preamble: Sequence[Range], house: House) -> str:
    for match in _venues(prose, preamble, house):
        start, end = match.span("value")
        targets = [target for target in prose.markup if target[0] < end and target[1] > start]
        return plain(list(_without(prose.text, (start, end), targets))).strip("*_ ")
    return ""


_HELD = re.compile(
    r"(?:^[ \t>*_]*|\b(?:held|convened|met|meets|meeting|sitting|session|assembled)\b"
    r"(?:[^.;:\n]|[.:](?=\d)){0,80}?[\s,])(?:at|in|im)\s+"
    r"(?P<place>(?:the\s+)?[A-ZÀ-Þ][^;\n(]*?)"
    r"(?=[\s,]+(?:on\b|at\s+\d|from\s+\d|commencing|beginning|starting|with\b|um\s)|\.?[ \t*_]*$|\.\s|[;(])",
    re.MULTILINE,
)
_ROOM = re.compile(
    r"chambers?\b|hall\b|room\b|building\b|cent(?:re|er)\b|library\b|school\b|house\b|church\b|offices?\b|auditorium\b|"
    r"theatre\b|exchange\b|saal\b|rathaus",
    re.IGNORECASE,
)


def _place(text: str, lines: Sequence[Range]) -> str:
    """Where the sitting was held by a line that says so: ``held in the Council Chamber, Market Place``."""
    for start, end in lines:
        match = _HELD.search(text[start:end])
        if match and _ROOM.search(match["place"]):
            return plain([match["place"]]).strip("*_ ,")
    return ""


def _without(text: str, where: Range, markup: Sequence[Range]) -> Iterator[str]:
    start, end = where
    for stop, after in [*markup, (end, end)]:
        yield text[start : max(start, min(stop, end))]
        start = max(start, after)
