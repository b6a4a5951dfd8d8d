"""A word of grammar hardly counts beside others, and counts whole alone or in quotation marks."""

from __future__ import annotations

from remembrancer.memory.query import parse
from remembrancer.memory.weighing import BUSINESS, GRAMMAR, HEAVY, lightened, lone, side_by_side, weights
from remembrancer.queries import Group, Phrase, Word

ENGLISH = frozenset({"en"})


def test_grammar_and_business_count_less_than_what_is_named() -> None:
    found = weights(parse("What did the council say about the ferry?"), ENGLISH)
    assert found[Word("the")] == GRAMMAR
    assert found[Word("council")] == BUSINESS
    assert Word("ferry?") not in found


def test_words_count_whole_where_nothing_else_is_asked_for() -> None:
    assert weights(parse("what was the vote"), ENGLISH) == {}
    assert weights(parse("the"), ENGLISH) == {}
    assert weights(parse('+the "of the" ferry'), ENGLISH) == {}
    assert Phrase("of the") not in weights(parse('"of the" ferry the'), ENGLISH)


def test_the_stop_words_are_those_of_the_language_asked_in() -> None:
    both = frozenset({"de", "en"})
    assert Word("die") in weights(parse("wann wird die Fähre gebaut"), both)
    assert Word("die") not in weights(parse("when did the ferry die"), both)


def test_a_word_asked_twice_is_looked_for_once_and_heavy_stop_words_not_at_all() -> None:
    query = parse("the ferries and the ferry island")
    light = weights(query, ENGLISH)
    found = lightened(query, light, ENGLISH, lambda word: HEAVY + 1 if word == "the" else 5)
    assert side_by_side(found) == (Word("ferries"), Word("and"), Word("island"))


def test_a_query_with_operators_stays_as_it_is() -> None:
    for text in ("+ferry the", "ferry -the", "ferry AND the", "ferry"):
        query = parse(text)
        assert lightened(query, {}, ENGLISH, lambda _: HEAVY + 1) == query
    assert side_by_side(Group()) == ()


def test_a_lone_word_is_one_that_nothing_stands_beside() -> None:
    assert lone(parse("ferry")) == lone(Group(may=(Word("ferry"),))) == Word("ferry")
    assert [lone(parse(text)) for text in ('"the ferry"', "ferry island", "ferry -island", "speaker:Bell", "")] == [
        None
    ] * 5


def test_of_stop_words_alone_that_many_passages_have_the_rarest_is_looked_for() -> None:
    often = {"the": HEAVY + 3, "and": HEAVY + 2, "about": HEAVY + 1}
    query = Group(may=tuple(map(Word, often)))
    assert lightened(query, weights(query, ENGLISH), ENGLISH, often.__getitem__) == Group(may=(Word("about"),))
