"""Facts are of one matter by number, address or title, whatever the order in which they were read."""

from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.register.facts import AnyFact, Discussed, Mention, Moved, Promised, Resolved, Standing, Voted
from remembrancer.register.resolving.following import follow, matters


def debate(nth: int, *keys: str, title: str = "", date: str = "", former: str = "") -> Discussed:
    mention = Mention(
        title=title or keys[-1].partition(":")[2].capitalize(), keys=(*keys, *([former] if former else []))
    )
    day = date or f"2031-01-{nth % 28 + 1:02}"
    return Discussed(
        id=f"discussed-{nth:05}",
        rule="t",
        sitting=f"s{nth}",
        date=day,
        item=f"i{nth}",
        mention=mention,
        title=mention.title,
    )


def decision(nth: int, key: str, status: str, date: str, outcome: str = "carried") -> Resolved:
    return Resolved(
        id=f"decision-{nth:05}",
        rule="t",
        date=date,
        kind="set-status",
        ladder="step",
        status_to=status,
        outcome="lost" if outcome == "lost" else "carried",
        mentions=(Mention(title=key, keys=(key,)),),
    )


def groups(facts: list[AnyFact]) -> list[set[str]]:
    following = follow(facts)
    found: dict[str, set[str]] = {}
    for fact, matter in following.matter_of.items():
        found.setdefault(matter, set()).add(fact)
    return sorted(found.values(), key=min)


def test_an_address_joins_titles_and_a_title_joins_addresses() -> None:
    facts: list[AnyFact] = [
        debate(1, "link:lantern", "title:night lights"),
        debate(2, "link:lantern", "title:signal lamps"),
        debate(3, "title:signal lamps"),
        debate(4, "title:fog horns"),
    ]
    assert groups(facts) == [{"discussed-00001", "discussed-00002", "discussed-00003"}, {"discussed-00004"}]


def test_a_title_never_joins_two_numbers() -> None:
    facts: list[AnyFact] = [
        debate(1, "number:bill 5", "title:rezoning"),
        debate(2, "number:bill 6", "title:rezoning"),
        debate(3, "title:rezoning"),
        debate(4, "number:bill 5"),
    ]
    assert groups(facts) == [{"discussed-00001", "discussed-00004"}, {"discussed-00002"}, {"discussed-00003"}]


def test_a_longer_title_joins_the_only_one_that_begins_it() -> None:
    longer, shorter = debate(1, "title:signal lamps cost"), debate(2, "link:lantern", "title:signal lamps")
    assert len(groups([longer, shorter])) == 1
    rival = debate(3, "link:other", "title:signal lamps cost of oil")
    assert len(groups([longer, shorter, rival])) == 3


def test_a_title_that_begins_many_is_the_name_of_their_family() -> None:
    budget = debate(0, "title:budget 2031")
    lines = [debate(nth, f"title:budget 2031 {line}") for nth, line in enumerate(("lamps", "horns", "quays"), start=1)]
    more = [
        debate(nth, f"title:budget 2031 {line}") for nth, line in enumerate(("oil", "rope", "tar", "sand"), start=5)
    ]
    assert len(groups([budget, *lines])) == 1
    assert len(groups([budget, *lines, *more])) == 8


def test_what_stands_before_a_title_makes_it_another_and_so_does_a_version() -> None:
    lamps = debate(1, "link:lantern", "title:signal lamps")
    assert len(groups([lamps, debate(2, "title:red signal lamps")])) == 2
    assert len(groups([lamps, debate(2, "link:lantern-v2", "title:signal lamps v2")])) == 2
    assert len(groups([lamps, debate(2, "link:lantern-v2", "title:signal lamps")])) == 2


def test_spaces_and_plurals_make_no_difference() -> None:
    assert len(groups([debate(1, "title:signal lamps"), debate(2, "title:signallamp")])) == 1


def test_a_fact_that_names_nothing_is_of_the_only_matter_of_its_item() -> None:
    action = Promised(id="action-1", rule="t", item="i1", text="oil the lamps")
    following = follow([debate(1, "title:signal lamps"), action])
    assert following.matter_of["action-1"] == following.matter_of["discussed-00001"]
    second = Discussed(id="discussed-9", rule="t", item="i1", mention=Mention(title="Fog", keys=("title:fog horns",)))
    assert "action-1" not in follow([debate(1, "title:signal lamps"), second, action]).matter_of


def test_a_matter_has_its_rungs_by_date_and_stands_on_the_last() -> None:
    facts: list[AnyFact] = [
        decision(3, "title:signal lamps", "Step 1", "2031-01-05"),
        decision(1, "title:signal lamps", "Step 2", "2032-01-05"),
        decision(2, "title:signal lamps", "Step 3", "2032-06-05", outcome="lost"),
        debate(5, "title:signal lamps"),
    ]
    (row,) = matters(facts, follow(facts), {"decision-00001": "decision-row"})
    assert [(rung.date, rung.status) for rung in row.rungs] == [("2031-01-05", "Step 1"), ("2032-01-05", "Step 2")]
    assert (row.status, row.ladder, row.rungs[-1].decision) == ("Step 2", "step", "decision-row")
    assert "decision-row" in row.decisions and "decision-00003" in row.decisions


def test_a_paper_says_where_its_matter_stands() -> None:
    paper = Standing(
        id="standing-1",
        rule="t",
        ladder="step",
        status="Step 3",
        mention=Mention(title="Lamps", keys=("title:signal lamps",)),
    )
    facts: list[AnyFact] = [paper, decision(1, "title:signal lamps", "Step 2", "2032-01-05")]
    (row,) = matters(facts, follow(facts))
    assert row.status == "Step 3" and row.rungs[-1].decision == ""


WORDS = st.sampled_from(["lamp", "horn", "buoy", "quay", "signal", "fog", "night"])
TITLES = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: "title:" + " ".join(words))
KEYS = st.tuples(st.sampled_from(["", "link:a", "link:b", "number:bill 1", "number:bill 2"]), TITLES)


@settings(deadline=None, max_examples=60)
@given(st.lists(KEYS, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing(listed: list[tuple[str, str]], chance: random.Random) -> None:
    facts: list[AnyFact] = [debate(nth, *(key for key in keys if key)) for nth, keys in enumerate(listed)]
    shuffled = chance.sample(facts, len(facts))
    assert matters(facts, follow(facts)) == matters(shuffled, follow(shuffled))
    assert dict(follow(facts).matter_of) == dict(follow(shuffled).matter_of)


def test_five_thousand_items_are_followed_within_a_second() -> None:
    chance = random.Random(7)
    words = [f"w{nth}" for nth in range(900)]
    facts: list[AnyFact] = [
        debate(nth, "title:" + " ".join(chance.sample(words, chance.randint(1, 4)))) for nth in range(5000)
    ]
    started = time.process_time()
    matters(facts, follow(facts))
    assert time.process_time() - started < 1.5


def test_a_title_in_capitals_gives_way_to_the_same_in_letters() -> None:
    shouted = [debate(nth, "title:signal lamps", title="SIGNAL LAMPS") for nth in (1, 2)]
    facts: list[AnyFact] = [*shouted, debate(3, "title:signal lamps", title="Signal lamps")]
    assert [row.title for row in matters(facts, follow(facts))] == ["Signal lamps"]


def moved(nth: int, number: str, item: str) -> Moved:
    mention = Mention(title=number, number=number, keys=(f"number:{number}",))
    return Moved(id=f"motion-{nth:05}", rule="t", item=item, mentions=(mention,))


def test_a_motion_that_names_another_number_is_not_of_its_items_matter_nor_is_the_vote_on_it() -> None:
    known, other, unknown = moved(1, "bill 5", "i1"), moved(2, "bill 6", "i1"), moved(3, "bill 7", "i1")
    votes = [Voted(id=f"vote-{each.id}", rule="t", item="i1", motion=each.id) for each in (known, other, unknown)]
    facts = [debate(1, "number:bill 5"), debate(2, "number:bill 6"), known, other, unknown, *votes]
    assert groups(facts) == [
        {"discussed-00001", "motion-00001", "vote-motion-00001"},
        {"discussed-00002", "motion-00002", "vote-motion-00002"},
    ]


def test_a_motion_that_cites_an_unknown_number_stays_with_an_item_that_has_none() -> None:
    facts: list[AnyFact] = [debate(1, "title:pier lamps"), moved(1, "bill 7", "i1")]
    assert groups(facts) == [{"discussed-00001", "motion-00001"}]
