"""From the words of a question to what it asks, without a language model.

"How did Cllr Bell vote on the Mill Lane footbridge in 2023?" asks for a ballot; about one matter; of one person; in
the days of one year. Whatever names something that the register does not have is told too, and nothing stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal, cast

from remembrancer.memory.asking.question import Kind, Mention, Question, Sought
from remembrancer.memory.asking.understanding import kinds, mentions
from remembrancer.memory.asking.understanding.mentions import Place
from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.phrases import NAME, Taken
from remembrancer.memory.asking.understanding.times import Time, dates_in, when
from remembrancer.memory.asking.understanding.tokens import Token, tokens
from remembrancer.memory.asking.understanding.wording import Wording, languages_of, wording
from remembrancer.model import RelationKind

Knows = Callable[[str], bool]
"""Whether the record holds a word anywhere, as the index tells."""

TRIED = 2
"""How many languages a question is tried in, the likeliest first."""

PERSONAL: frozenset[Kind] = frozenset(
    {"ballot", "said", "attendance", "action", "mover", "seconder", "champion", "count"}
)
"""What may be asked of a person, so that a surname in lower case is one."""

OF_PUT: frozenset[Kind] = frozenset({"decision", "outcome", "vote", "ballot", "mover", "seconder"})
"""What is asked of something that was put to the body."""

VOTED: frozenset[Kind] = frozenset({"ballot", "vote"})
"""What may be asked of an affiliation."""

LOOSE: frozenset[Kind] = frozenset({"said", "reason", "action"})
"""What is asked of a matter together with words of the record, which are no part of its name."""

OF_SITTINGS: frozenset[Kind] = frozenset({"attendance", "quorum"})
"""What is asked of a sitting, so that words of its name are no part of a row's."""

SHORT = 4
"""The most words of a question that follows what it is about: "the footbridge: still in force?"."""

_UNBROKEN = re.compile(r"[^\s,;:!?()\"“”]+")
_APOSTROPHE = re.compile("['’]")

_BREAK = re.compile(r"[,;:?!()…–—]|\s-+\s|\.\.\.")
"""What parts a sentence."""

_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]")


def understand(
    text: str, names: Names, today: str, languages: Iterable[str] = (), knows: Knows = lambda word: False
) -> Question:
    """A question, understood as far as it is. ``today`` is the ISO date that "last year" is told from, ``languages``
    those of the record, ``knows`` what its index knows."""
    words = tokens(text)
    tried = languages_of([token.word for token in words], languages)[:TRIED]
    read: list[_Read] = []
    for language in tried:
        read.append(_read(text, words, wording(language), names, today))
        if read[-1].wanted:
            break
    return _told(read[-1] if read[-1].wanted else read[0], knows)


@dataclass
class _Read:
    """A question on the way to being understood: which words are still free to name something, and which only ask."""

    text: str
    words: list[Token]
    known: Wording
    names: Names
    free: list[bool]
    asks: list[bool]
    folded: list[str]
    begins: int = 0
    wanted: kinds.Wanted | None = None
    time: Time | None = None
    rung: str = ""
    sought: Sought = ""
    group: str = ""
    about: list[Place] = field(default_factory=list)
    people: list[Place] = field(default_factory=list)

    def take(self, places: Iterable[Place]) -> list[Place]:
        """The places, whose words name nothing else from now on."""
        taken = list(places)
        for place in taken:
            self.free[place.start : place.end] = [False] * (place.end - place.start)
        return taken


def _read(text: str, words: list[Token], known: Wording, names: Names, today: str) -> _Read:
    """What a question says in one language: numbers, whole names, the time, what is asked for, a rung, persons."""
    read = _Read(text, words, known, names, [True] * len(words), [False] * len(words), [])
    whole = mentions.titled(words, [_is_common(token.word, known) for token in words], names)
    read.about += read.take(mentions.numbered(words, _without(read.free, whole), names, known))
    dates = dates_in(text, words, _without(read.free, whole), known.timing, names.sittings)
    read.about += read.take(mentions.dated(words, dates, names))
    read.folded = kinds.corrected(words, _without(read.free, whole), known, names)
    free = _without(read.free, whole)
    read.time = when(text, words, free, known, names, today)
    if read.time and not read.time.bare:
        read.free[read.time.start : read.time.end] = [False] * (read.time.end - read.time.start)
    for start, (end, _) in dates.items():
        if end > start + 1:
            read.free[start:end] = [False] * (end - start)
    _find_wanted(read, free)
    _find_rung(read)
    _find_sought(read)
    _find_people(read, whole)
    _find_sitting_words(read)
    return read


def _without(free: Sequence[bool], places: Iterable[Place]) -> list[bool]:
    left = list(free)
    for place in places:
        left[place.start : place.end] = [False] * (place.end - place.start)
    return left


def _is_common(word: str, known: Wording) -> bool:
    return word in known.stop or word in known.cues or word in known.asking or word in known.generic


def _find_wanted(read: _Read, free: Sequence[bool]) -> None:
    """What is asked for, by the words that do not stand in a time or a name; these are only one word each. What stands
    idly before and after the question only asks."""
    at = [nth for nth, token in enumerate(read.words) if not _in_time(read, nth)]
    start, end = kinds.core([read.folded[nth] for nth in at], read.known)
    core = [at[start:end][place] for place in kinds.uncleft([read.folded[nth] for nth in at[start:end]], read.known)]
    read.begins = core[0] if core else 0
    members = kinds.of_members([read.folded[nth] for nth in core], read.known)
    plain = [*core[:1], *core[members:]] if members else []
    if found := _wanted_of(read, core, free, joint=True):
        _keep_wanted(read, found, core)
    elif found := _wanted_of(read, plain, free, read.known.who):
        _keep_wanted(read, found, plain)
        for nth in core[1:members]:
            read.asks[nth] = True
    else:
        for places in _readings(read, at, core, free):
            if found := _wanted_of(read, places, free):
                _keep_wanted(read, found, places)
                break
    for nth in (*at[:start], *at[end:]):
        read.asks[nth] = True


def _readings(read: _Read, at: list[int], core: list[int], free: Sequence[bool]) -> Iterator[list[int]]:
    """The words in which to look for what is asked, the likeliest first. Of a question for yes or no and what more it
    asks after a comma, the first counts; what is named often stands before a question, with a comma or a dash."""
    comma = next((place for place, nth in enumerate(core) if place and "," in read.words[nth].before), 0)
    if core and comma and read.folded[core[0]] in read.known.closed:
        yield core[:comma]
    if len(core) < len(at):
        yield [core[place] for place in kinds.turned([read.folded[nth] for nth in core], read.known)]
    yield core
    clauses = _clauses(read, core, free)
    if len(clauses) > 1:
        yield from reversed(clauses)
    if len(core) < len(at):
        yield at


def _clauses(read: _Read, places: Sequence[int], free: Sequence[bool]) -> list[list[int]]:
    """The words between marks that part a sentence, none of which stands in a name."""
    made: list[list[int]] = []
    for nth in places:
        inside = nth and not (free[nth] or free[nth - 1])
        if not made or (_BREAK.search(read.words[nth].before) and not inside):
            made.append([])
        made[-1].append(nth)
    return made


def _wanted_of(
    read: _Read, places: Sequence[int], free: Sequence[bool], first: str = "", joint: bool = False
) -> kinds.Wanted | None:
    """What the words at these places ask for, the first of them another if one is given."""
    words = [read.folded[nth] if free[nth] else NAME for nth in places]
    words[:1] = [first] if first and words else words[:1]
    begin = read.known.closed | read.known.asking
    starts = [
        0,
        *(at for at in range(1, len(words)) if words[at] in begin and _BREAK.search(read.words[places[at]].before)),
    ]
    return kinds.wanted(
        words, read.known, lambda start, end: _may_be_person(read, places[start:end], free), starts, joint
    )


def _keep_wanted(read: _Read, found: kinds.Wanted, at: Sequence[int]) -> None:
    taken = tuple(Taken(at[each.start], at[each.end - 1] + 1, each.name) for each in found.taken)
    read.wanted = kinds.Wanted(found.ask, taken)
    for each in taken:
        if each.name not in ("p", "="):
            read.asks[each.start : each.end] = [True] * (each.end - each.start)


def _in_time(read: _Read, nth: int) -> bool:
    return bool(read.time and read.time.start <= nth < read.time.end)


def _may_be_person(read: _Read, at: Sequence[int], free: Sequence[bool]) -> bool:
    """Whether these words may call somebody: a title or a part of a name each, or unknown, and not titles alone."""
    known, names = read.known, read.names
    if not all(free[nth] for nth in at):
        return False
    bare = [nth for nth in at if read.words[nth].word not in known.titles]
    if len(bare) == 1 and names.whom.labelled(read.words[bare[0]].text):
        return True
    return bool(bare) and all(_may_be_part(read, nth, len(bare) > 1) for nth in bare)


def _may_be_part(read: _Read, nth: int, beside: bool) -> bool:
    token = read.words[nth]
    if read.names.whom.is_part(token.word) or (beside and len(token.word) == 1 and token.word.isalpha()):
        return not _is_common(token.word, read.known) or token.text[0].isupper()
    if _is_common(token.word, read.known) or not token.word.isalpha():
        return False
    in_names = read.names.holding(read.names.stem(token.word)) or read.names.spellings.alike(token.word)
    return not in_names or _titled(read, nth)


def _titled(read: _Read, nth: int) -> bool:
    """Whether a title stands before a word that is capitalised."""
    return nth > 0 and read.words[nth - 1].word in read.known.titles and read.words[nth].text[0].isupper()


def _find_rung(read: _Read) -> None:
    """The longest status of the register that the question names; its words only ask."""
    rungs = read.names.rungs
    words = [token.word for token in read.words]
    for length in range(4, 0, -1):
        for start in range(len(words) - length + 1):
            said = " ".join(words[start : start + length])
            if said in rungs and all(read.free[start : start + length]):
                read.rung = rungs[said]
                read.asks[start : start + length] = [True] * length
                return
    _find_rung_like(read, words)


def _find_rung_like(read: _Read, words: Sequence[str]) -> None:
    """A rung that no matter stands on, written as others are: the word of a rung and a number."""
    heads = {said.split()[0]: rung.split()[0] for said, rung in read.names.rungs.items() if any(map(str.isdigit, said))}
    for at in range(len(words) - 1):
        if words[at] in heads and words[at + 1].isdigit() and all(read.free[at : at + 2]):
            read.rung = f"{heads[words[at]]} {words[at + 1]}"
            read.asks[at : at + 2] = [True, True]
            return


def _find_sought(read: _Read) -> None:
    """How what is listed or counted ended, where the phrase that asks does not say it."""
    ask = read.wanted.ask if read.wanted else None
    read.sought = ask.sought if ask else ""
    if ask is None or read.sought or read.rung or ask.kind not in ("list", "count"):
        return
    for nth, word in enumerate(read.folded):
        sought = next((name for name, words in read.known.ended.items() if word in words), "")
        if sought and read.free[nth]:
            read.sought = cast(Sought, sought)
            read.asks[nth] = True
            return


def _find_people(read: _Read, whole: Sequence[Place]) -> None:
    """Persons where the wording has them, after titles, by label, and by name where no row is called so."""
    _find_group(read)
    slot = next((each for each in read.wanted.taken if each.name == "p"), None) if read.wanted else None
    if slot and all(read.free[slot.start : slot.end]):
        read.people += read.take([_person(read, slot.start, slot.end)])
    read.about += read.take(place for place in whole if all(read.free[place.start : place.end]))
    at = 0
    while at < len(read.words):
        end = _end_of_person(read, at)
        if end > at:
            read.people += read.take([_person(read, at, end)])
        at = max(end, at + 1)


def _find_sitting_words(read: _Read) -> None:
    """Of a question for who was there, the words for a sitting of the days asked only ask, where all words are such:
    those of its title, or its initials."""
    if read.wanted is None or read.wanted.ask.kind not in OF_SITTINGS or read.time is None or read.time.period is None:
        return
    period, names = read.time.period, read.names
    met = [each for known, sittings in names.sittings.items() if period.holds(known) for each in sittings]
    titles = [[token.word for token in tokens(names.called(each)) if token.word.isalpha()] for each in met]
    said = {word for title in titles for word in title} | read.known.everyday | read.known.generic
    left = [nth for nth in range(len(read.words)) if read.free[nth] and not (read.asks[nth] or _in_time(read, nth))]
    if all(_is_idle(read.words[nth].word, read.known) or _is_of(read, nth, said, titles) for nth in left):
        for nth in left:
            read.asks[nth] = True


def _is_of(read: _Read, nth: int, said: Set[str], titles: Sequence[Sequence[str]]) -> bool:
    """Whether a word is one of those ``said``, or the initials of some words of a title, little words left out."""
    token = read.words[nth]
    if token.word in said or not token.text.isupper() or len(token.text) < 2:
        return token.word in said
    return any(token.word in "".join(each[0] for each in title if each not in read.known.stop) for title in titles)


def _find_group(read: _Read) -> None:
    """The affiliation, of the longest name, whose members are asked how they voted."""
    if read.wanted is None or read.wanted.ask.kind not in VOTED:
        return
    words = [token.word for token in read.words]
    for said, group in read.names.affiliations.items():
        if all(_is_common(word, read.known) for word in said):
            continue
        for start in range(len(words) - len(said) + 1):
            end = start + len(said)
            if tuple(words[start:end]) == said and all(read.free[start:end]):
                read.group = group
                read.free[start:end] = [False] * len(said)
                read.asks[start:end] = [True] * len(said)
                return


def _person(read: _Read, start: int, end: int) -> Place:
    """Whom words call, without titles; nobody where the register has none who fits."""
    bare = [token for token in read.words[start:end] if token.word not in read.known.titles] or read.words[start:end]
    typed = read.text[bare[0].start : bare[-1].end]
    subjects = read.names.whom.labelled(typed) or read.names.whom.called([token.word for token in bare])
    return Place(start, end, Mention(typed, tuple(subjects)))


def _end_of_person(read: _Read, at: int) -> int:
    """Where a person's name ends that begins here; ``at`` itself where none does."""
    if not read.free[at] or read.asks[at]:
        return at
    token = read.words[at]
    if token.word in read.known.titles:
        end = _run(read, at + 1)
        return end if end > at + 1 else at
    if read.names.whom.labelled(token.text) and token.text not in ("I", "A"):
        return at + 1
    end = at if _goes_on_a_name(read, at) else _run(read, at)
    if end == at or not any(read.names.whom.is_surname(each.word) for each in read.words[at:end]):
        return at
    if end - at > 1 and read.names.whom.called([each.word for each in read.words[at:end]]):
        return end
    return end if _alone(read, at, end) else at


def _goes_on_a_name(read: _Read, at: int) -> bool:
    """Whether a word stands beside another capitalised one in the name of a row, as ``House`` in ``Eldon House``."""
    before = read.words[at - 1] if at > 1 else None
    if before is None or read.words[at].before.strip() or not before.text[0].isupper():
        return False
    if before.word in read.known.titles or _is_common(before.word, read.known) or read.names.whom.is_part(before.word):
        return False
    one, other = (set(read.names.holding(read.names.stem(each.word))) for each in (before, read.words[at]))
    return not one.isdisjoint(other)


def _run(read: _Read, at: int) -> int:
    """The end of words that may be parts of one name."""
    end = at
    while end < len(read.words) and end < at + 4 and read.free[end] and not read.asks[end]:
        token = read.words[end]
        if token.word in read.known.titles or not (_may_be_part(read, end, True) and _looks_named(read, end)):
            break
        end += 1
    return end


def _looks_named(read: _Read, nth: int) -> bool:
    """Whether a word is written as a name is, or known as one, or follows a title."""
    token = read.words[nth]
    return token.text[0].isupper() or read.names.whom.is_part(token.word) or (nth > 0 and _titled(read, nth))


def _alone(read: _Read, start: int, end: int) -> bool:
    """Whether a surname by itself is a person: it is in no row's name, or the question asks of persons."""
    capital = read.words[start].text[0].isupper()
    unnamed = all(not read.names.holding(read.names.stem(token.word)) for token in read.words[start:end])
    personal = bool(read.wanted and read.wanted.ask.kind in PERSONAL)
    return (unnamed and (capital or personal)) or (capital and personal and start > 0)


def _told(read: _Read, knows: Knows) -> Question:
    """The question, with what its remaining words name."""
    names, known = read.names, read.known
    unknown = read.take(mentions.unknown_numbers(read.words, read.free, names))
    read.about += [place for place in unknown if not mentions.may_be_years(read.words, place.start, place.end, known)]
    asked = mentions.asked_words(read.words, _free_with_names(read), read.asks, read.known, read.names, _soft(read))
    about = _with_the_year(read, _about(read, asked))
    missed = [] if any(each.subjects for each in about) and not _of_other(read) else _telling(asked)
    ask = read.wanted.ask if read.wanted else None
    told = Question(
        text=read.text,
        language=known.language,
        kind=("ballot" if read.group else ask.kind) if ask else "passages",
        about=about,
        people=tuple(place.mention for place in sorted(read.people)),
        period=read.time.period if read.time else None,
        sittings=read.time.sittings if read.time else (),
        rung=read.rung,
        choice=ask.choice if ask else "",
        role=_role(read),
        closed=bool(read.folded) and read.folded[read.begins] in known.closed,
        negated=not known.negation.isdisjoint(read.folded),
        unknown=_unknown(read, missed, knows),
        rest=_rest(read),
        listed=kinds.listed(read.folded, ask, known) if ask else "",
        sought=read.sought,
        act=(ask.act if ask else "") or _act(read, about),
        group=read.group,
    )
    return _completed(told)


def _about(read: _Read, asked: Sequence[mentions.Asked]) -> tuple[Mention, ...]:
    """The rows named: by number and by whole name, or by the words that are left together with these."""
    places = sorted(read.about, key=lambda place: place.start)
    left = [each for each in asked if not each.soft and not any(_within(place, each.at) for place in places)]
    if not left and not _run_together(read, places):
        return tuple(place.mention for place in places)
    numbered = [place for place in places if _is_number(place)]
    if left and all(mentions.may_be_years(read.words, place.start, place.end, read.known) for place in numbered):
        numbered = []
    if numbered:
        other = _called_wholly(read, numbered, left)
        return (other,) if other else tuple(place.mention for place in places)
    put = bool(read.wanted and read.wanted.ask.kind in OF_PUT and not read.people)
    found = mentions.named(read.words, asked, read.names, put)
    if found and not found.subjects and read.wanted:
        found = _without_everyday(read, places, asked, put) or _bare_number(read) or found
    if found and not found.subjects and read.wanted and read.wanted.ask.kind in LOOSE and len(places) == 1:
        return (places[0].mention,)
    if read.wanted and read.wanted.ask.kind in OF_SITTINGS:
        return tuple(place.mention for place in places)
    return (found,) if found and (found.subjects or read.wanted) else ()


def _without_everyday(
    read: _Read, places: Sequence[Place], asked: Sequence[mentions.Asked], put: bool
) -> Mention | None:
    """What the words name without those that hardly any name has; None where nothing is."""
    quoted = [place for place in places if _is_quoted(read, place)]
    if len(quoted) == 1:
        return quoted[0].mention
    hard = {each.at for each in asked if not each.soft and read.words[each.at].word not in read.known.everyday}
    left = [each._replace(soft=each.soft or _is_everyday(read, each.at, hard)) for each in asked]
    if len(places) == 1 and all(_is_beside(read, places[0], each) for each in left):
        return places[0].mention
    if left == list(asked) or all(each.soft for each in left):
        return None
    found = mentions.named(read.words, left, read.names, put)
    return found if found and found.subjects else None


def _bare_number(read: _Read) -> Mention | None:
    """The one row of a number in brackets or after a little word, as "the zoneinfo one (615)" and "the sponsor of 604",
    with the word that numbers of this register begin with; None where there is none, or several."""
    for nth, token in enumerate(read.words):
        before = read.words[nth - 1].word if nth else ""
        if read.free[nth] and token.word.isdigit() and ("(" in token.before or before in read.known.of):
            with_word = ((Token(word, word, 0, 0), token._replace(before=" ")) for word in read.names.number_words)
            found = [mentions.numbered(pair, (True, True), read.names, read.known) for pair in with_word]
            rows = [place.mention for places in found for place in places]
            if len(rows) == 1 and len(rows[0].subjects) == 1:
                return rows[0]
    return None


def _is_beside(read: _Read, place: Place, each: mentions.Asked) -> bool:
    """Whether a word need not be in a whole name: it is in it, or may ask and does not follow it, as "budget" would."""
    return (
        each.soft or _within(place, each.at) or (read.words[each.at].word in read.known.cues and each.at != place.end)
    )


def _is_quoted(read: _Read, place: Place) -> bool:
    """Whether a whole name fills quotation marks."""
    start, end = read.words[place.start].start, read.words[place.end - 1].end
    return any(found.start(1) <= start and end <= found.end(1) for found in _QUOTED.finditer(read.text))


def _is_everyday(read: _Read, nth: int, hard: Set[int]) -> bool:
    """Whether a word is one that hardly any name has and stands not beside one of a name, as in "stack handling"."""
    token = read.words[nth]
    if token.word not in read.known.everyday:
        return False
    if not token.text.islower() and nth > 0 and read.known.language not in mentions.UNMARKED:
        return False
    near = [at for at in (nth - 1, nth + 1) if at in hard and not read.words[max(at, nth)].before.strip()]
    return token.word in read.known.cues or not near


def _with_the_year(read: _Read, about: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """What is named, and after it what has a bare year of the question in its name too."""
    if not read.time or not read.time.bare:
        return about
    year = [token.word for token in read.words[read.time.start : read.time.end]]
    return tuple(mentions.titled_with(mention, year, read.names) for mention in about)


def _telling(asked: Sequence[mentions.Asked]) -> list[int]:
    return [each.at for each in asked if not each.soft]


def _of_other(read: _Read) -> bool:
    """Whether what is asked for is of something beside what a number names, as "the sum spent on dances under 12"."""
    asks_sum = bool(read.wanted and read.wanted.ask.kind == "amount")
    return asks_sum and any(_is_number(place) for place in read.about)


def _act(read: _Read, about: Sequence[Mention]) -> RelationKind | Literal[""]:
    """What is said to be done to what is named, as "the repeal of"; nothing where that is in the name itself."""
    acts = read.known.acts
    titles = {token.word for mention in about for subject in mention.subjects[:1] for token in tokens(subject.title)}
    for nth, token in enumerate(read.words[:-1]):
        done = acts.get(token.word) if read.free[nth] else None
        if done and about and read.words[nth + 1].word in read.known.of and titles.isdisjoint(_same(acts, done)):
            return done
    return ""


def _same(acts: Mapping[str, RelationKind], done: RelationKind) -> Iterator[str]:
    return (word for word, act in acts.items() if act == done)


def _within(place: Place, at: int) -> bool:
    return place.start <= at < place.end


def _is_number(place: Place) -> bool:
    return not place.mention.subjects or place.mention.subjects[0].how == "number"


def _run_together(read: _Read, places: Sequence[Place]) -> bool:
    """Whether two whole names stand side by side with nothing between them, as no two do that are named apart."""
    return any(
        one.end == other.start
        and not read.words[other.start].before.strip()
        and not (_is_number(one) or _is_number(other))
        for one, other in pairwise(places)
    )


def _called_wholly(read: _Read, numbered: Sequence[Place], left: Sequence[mentions.Asked]) -> Mention | None:
    """The one row whose name holds a number together with what else is said: "the ordinance amending attachment C to
    ordinance 54-89" is not ordinance 54-89. None where the number alone is meant."""
    if len(left) < 2 or not numbered[0].mention.subjects:
        return None
    inside = [each for place in numbered for each in mentions.literally(read.words, place.start, place.end, read.names)]
    found = mentions.named(read.words, sorted([*left, *inside]), read.names)
    first = [each for each in found.subjects if each.score == found.subjects[0].score] if found else []
    return found if first and first[0].how != "number" else None


def _free_with_names(read: _Read) -> list[bool]:
    """The free words, and those of whole names."""
    free = list(read.free)
    for place in read.about:
        if not _is_number(place):
            free[place.start : place.end] = [True] * (place.end - place.start)
    return free


def _soft(read: _Read) -> frozenset[int]:
    """The words that need not be in a name though they may: those of a bare date, in brackets, and of what any body
    has, be it misspelled or written with a hyphen, as ``by-law``."""
    year = range(read.time.start, read.time.end) if read.time and read.time.bare else ()
    parts = (mentions.compound(read.words, nth) for nth in range(len(read.words)))
    common = {nth for part in parts for nth in part if _joined_word(read, part) in read.known.generic}
    generic = (nth for nth, said in enumerate(read.folded) if said in read.known.generic)
    misspelled = {nth for nth in generic if kinds.is_slip(read.words[nth].word, read.folded[nth])}
    return mentions.bracketed(read.text, read.words) | frozenset(year) | common | misspelled


def _joined_word(read: _Read, part: Sequence[int]) -> str:
    return "".join(read.words[nth].word for nth in part)


def _role(read: _Read) -> str:
    role = read.wanted.ask.role if read.wanted else ""
    return kinds.office(read.folded, read.known) if role == kinds.ANY_OFFICE else role


def _unknown(read: _Read, asked: Sequence[int], knows: Knows) -> tuple[str, ...]:
    """What names something that neither the register nor the index knows, as typed: numbers and persons that nobody
    has; of the words ``asked`` at these places each run of such words."""
    numbers = [place for place in read.about if not place.mention.subjects]
    unknown = [place.mention.words for place in numbers if not knows(place.mention.words)]
    for place in read.people:
        typed = place.mention.words
        if not (place.mention.subjects or knows(typed) or all(knows(token.text) for token in tokens(typed))):
            unknown.append(typed)
    run: list[int] = []
    for nth in (*asked, len(read.words) + 1):
        if run and nth != run[-1] + 1:
            unknown.append(read.text[read.words[run[0]].start : read.words[run[-1]].end])
            run = []
        if nth < len(read.words) and not _is_known(read, nth, knows) and (read.wanted or _is_name(read, nth)):
            run.append(nth)
    return tuple(dict.fromkeys(unknown))


def _is_name(read: _Read, nth: int) -> bool:
    """Whether a word is written as a name is: a question that asks for nothing in particular may use any other."""
    token = read.words[nth]
    marked = nth > 0 and token.text[0].isupper() and read.known.language not in mentions.UNMARKED
    return marked or token.word[0].isdigit() or mentions.is_inside(read.words, nth, read.known.stop)


def _is_known(read: _Read, nth: int, knows: Knows) -> bool:
    """Whether the register or the index knows a word, or all parts of what is written as one, or that as a whole."""
    parts = [read.words[at] for at in mentions.compound(read.words, nth)]
    stems = [read.names.stem(token.word) for token in parts]
    if all(read.names.holding(stem) or read.names.texts(stem) for stem in stems):
        return True
    typed = read.text[parts[0].start : parts[-1].end]
    return any(map(knows, dict.fromkeys((typed, *_as_one(read.text, parts[0].start, parts[-1].end)))))


def _as_one(text: str, start: int, end: int) -> tuple[str, ...]:
    """What is written as one with a word by an apostrophe, with either of the two: the record has it as one word."""
    found = next(each for each in _UNBROKEN.finditer(text) if each.start() <= start and end <= each.end())
    if not _APOSTROPHE.search(found[0]):
        return ()
    return tuple(_APOSTROPHE.sub(mark, found[0]) for mark in "'’")


def _rest(read: _Read) -> str:
    """The words that do more than ask, as typed; quoted phrases in their quotation marks."""
    quoted = [found[0] for found in _QUOTED.finditer(read.text)]
    spans = [found.span() for found in _QUOTED.finditer(read.text)]
    named = {nth for place in (*read.about, *read.people) for nth in range(place.start, place.end)}
    named |= {nth for nth in range(len(read.words)) if mentions.is_inside(read.words, nth, read.known.stop)}
    titles = {nth for place in read.people for nth in range(place.start, place.end - 1) if _is_title(read, nth)}
    left = [
        token
        for nth, token in enumerate(read.words)
        if not (_in_time(read, nth) or nth in titles)
        and (nth in named or not (read.asks[nth] or _is_idle(token.word, read.known)))
        and not any(start <= token.start < end for start, end in spans)
    ]
    return " ".join([*quoted, *_joined(left)])


def _is_title(read: _Read, nth: int) -> bool:
    return read.words[nth].word in read.known.titles


def _is_idle(word: str, known: Wording) -> bool:
    return word in known.stop or word in known.asking


def _joined(left: Sequence[Token]) -> list[str]:
    """Words, those of one compound with what joins them."""
    made: list[str] = []
    end = -1
    for token in left:
        if made and token.joined and token.start - len(token.before) == end:
            made[-1] += token.before + token.text
        else:
            made.append(token.text)
        end = token.end
    return made


def _completed(told: Question) -> Question:
    """What was decided in a time, of nothing that is named, is a list."""
    nameless = not told.about and not told.people and not told.closed
    if told.kind == "decision" and nameless and (told.period or told.sittings):
        return replace(told, kind="list", listed="decision")
    return told
