"""The persons whom a question names, and the affiliation whose members it asks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from remembrancer.memory.asking.question import Kind, Mention
from remembrancer.memory.asking.understanding.heard import Heard, is_common
from remembrancer.memory.asking.understanding.mentions import Place
from remembrancer.memory.asking.understanding.phrases import SLOT, found

PERSONAL: frozenset[Kind] = frozenset(
    {"ballot", "said", "attendance", "action", "mover", "seconder", "champion", "count"}
)
"""What may be asked of a person, so that a surname in lower case is one."""

VOTED: frozenset[Kind] = frozenset({"ballot", "vote"})
"""What may be asked of an affiliation."""


def find_people(heard: Heard, whole: Sequence[Place]) -> None:
    """Persons where the wording has them, after titles, by label, and by name where no row is called so."""
    _find_group(heard)
    slot = next((each for each in heard.wanted.taken if each.name == "p"), None) if heard.wanted else None
    if slot and all(heard.free[slot.start : slot.end]):
        heard.people += heard.take([_person(heard, slot.start, slot.end)])
    heard.about += heard.take(place for place in whole if all(heard.free[place.start : place.end]))
    at = 0
    while at < len(heard.words):
        end = _end_of_person(heard, at)
        if end > at:
            heard.people += heard.take([_person(heard, at, end)])
        at = max(end, at + 1)
    aside = set(besides(heard))
    heard.besides = [place for place in heard.people if place.mention.subjects and place.start in aside]
    heard.people = [place for place in heard.people if place not in heard.besides]
    for nth in aside if heard.besides else ():
        heard.asks[nth] = True


def besides(heard: Heard) -> Iterator[int]:
    """The places of the words that name those beside whom others are meant, as in "who besides Bell"."""
    for phrase in heard.known.besides:
        taken = found(phrase, heard.folded, lambda *_: False)
        end = start = taken[-1].end if taken else len(heard.words)
        while end < min(len(heard.words), start + SLOT) and _is_of_name(heard, end):
            end += 1
        if taken and end > start:
            yield from range(taken[0].start, end)


def _is_of_name(heard: Heard, nth: int) -> bool:
    return heard.words[nth].word in heard.known.titles or _may_be_part(heard, nth, True)


def _find_group(heard: Heard) -> None:
    """The affiliation, of the longest name, whose members are asked how they voted."""
    if heard.wanted is None or heard.wanted.ask.kind not in VOTED:
        return
    words = [token.word for token in heard.words]
    for said, group in heard.names.affiliations.items():
        if all(is_common(word, heard.known) for word in said):
            continue
        for start in range(len(words) - len(said) + 1):
            end = start + len(said)
            if tuple(words[start:end]) == said and all(heard.free[start:end]):
                heard.group = group
                heard.free[start:end] = [False] * len(said)
                heard.asks[start:end] = [True] * len(said)
                return


def _person(heard: Heard, start: int, end: int) -> Place:
    """Whom words call, without titles; nobody where the register has none who fits."""
    bare = [token for token in heard.words[start:end] if token.word not in heard.known.titles] or heard.words[start:end]
    typed = heard.text[bare[0].start : bare[-1].end]
    subjects = heard.names.whom.labelled(typed) or heard.names.whom.called([token.word for token in bare])
    return Place(start, end, Mention(typed, tuple(subjects)))


def _end_of_person(heard: Heard, at: int) -> int:
    """Where a person's name ends that begins here; ``at`` itself where none does."""
    if not heard.free[at] or heard.asks[at]:
        return at
    token = heard.words[at]
    if token.word in heard.known.titles:
        end = _run(heard, at + 1)
        return end if end > at + 1 else at
    if heard.names.whom.labelled(token.text) and token.text not in ("I", "A"):
        return at + 1
    end = at if _goes_on_a_name(heard, at) else _run(heard, at)
    if end == at or not any(heard.names.whom.is_surname(each.word) for each in heard.words[at:end]):
        return at
    if end - at > 1 and heard.names.whom.called([each.word for each in heard.words[at:end]]):
        return end
    return end if _alone(heard, at, end) else at


def _goes_on_a_name(heard: Heard, at: int) -> bool:
    """Whether a word stands beside another capitalised one in the name of a row, as ``House`` in ``Eldon House``."""
    before = heard.words[at - 1] if at > 1 else None
    if before is None or heard.words[at].before.strip() or not before.text[0].isupper():
        return False
    if (
        before.word in heard.known.titles
        or is_common(before.word, heard.known)
        or heard.names.whom.is_part(before.word)
    ):
        return False
    one, other = (set(heard.names.holding(heard.names.stem(each.word))) for each in (before, heard.words[at]))
    return not one.isdisjoint(other)


def _run(heard: Heard, at: int) -> int:
    """The end of words that may be parts of one name."""
    end = at
    while end < len(heard.words) and end < at + 4 and heard.free[end] and not heard.asks[end]:
        token = heard.words[end]
        if token.word in heard.known.titles or not (_may_be_part(heard, end, True) and _looks_named(heard, end)):
            break
        end += 1
    return end


def _looks_named(heard: Heard, nth: int) -> bool:
    """Whether a word is written as a name is, or known as one, or follows a title."""
    token = heard.words[nth]
    return token.text[0].isupper() or heard.names.whom.is_part(token.word) or (nth > 0 and _titled(heard, nth))


def _alone(heard: Heard, start: int, end: int) -> bool:
    """Whether a surname by itself is a person: it is in no row's name, or the question asks of persons."""
    capital = heard.words[start].text[0].isupper()
    unnamed = all(not heard.names.holding(heard.names.stem(token.word)) for token in heard.words[start:end])
    personal = bool(heard.wanted and heard.wanted.ask.kind in PERSONAL)
    return (unnamed and (capital or personal)) or (capital and personal and start > 0)


def may_be_person(heard: Heard, at: Sequence[int], free: Sequence[bool]) -> bool:
    """Whether these words may call somebody: a title or a part of a name each, or unknown, and not titles alone."""
    known, names = heard.known, heard.names
    if not all(free[nth] for nth in at):
        return False
    bare = [nth for nth in at if heard.words[nth].word not in known.titles]
    if len(bare) == 1 and names.whom.labelled(heard.words[bare[0]].text):
        return True
    return bool(bare) and all(_may_be_part(heard, nth, len(bare) > 1) for nth in bare)


def _may_be_part(heard: Heard, nth: int, beside: bool) -> bool:
    token = heard.words[nth]
    if heard.names.whom.is_part(token.word) or (beside and len(token.word) == 1 and token.word.isalpha()):
        return not is_common(token.word, heard.known) or token.text[0].isupper()
    if is_common(token.word, heard.known) or not token.word.isalpha():
        return False
    in_names = heard.names.holding(heard.names.stem(token.word)) or heard.names.spellings.alike(token.word)
    return not in_names or _titled(heard, nth)


def _titled(heard: Heard, nth: int) -> bool:
    """Whether a title stands before a word that is capitalised."""
    return nth > 0 and heard.words[nth - 1].word in heard.known.titles and heard.words[nth].text[0].isupper()
