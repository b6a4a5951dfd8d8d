"""The demo's standing orders as a rulebook: sound, quoted word for word, and agreeing with what was planted."""

from __future__ import annotations

import tomllib
from pathlib import Path

from remembrancer.read import house as houses
from remembrancer.register.document import read_document
from remembrancer.register.facts import Voted
from remembrancer.register.passes.structured import find
from remembrancer.rules import Numbers, Question, check, outcome, parse, quorum
from remembrancer.rules.majority import counted

DEMO = Path(__file__).parents[2] / "examples" / "demo"
TOML = (DEMO / "rulebook.toml").read_text(encoding="utf-8")
TRUTH = tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))
WORDS = {"for": "yes", "against": "no", "abstained": "abstain"}


def test_the_rulebook_is_sound_and_quotes_the_standing_orders() -> None:
    assert check(TOML) == []
    orders = " ".join((DEMO / "documents" / "standing-orders.md").read_text(encoding="utf-8").split())
    book = parse(TOML)
    rules = [book.quorum, *book.majorities, book.tie, book.voting, book.motions]
    quotes = [rule.quote for rule in rules if rule is not None and rule.quote]
    assert len(quotes) == 5
    assert [quote for quote in quotes if quote not in orders] == []


def test_the_rules_give_the_result_of_every_planted_vote() -> None:
    book = parse(TOML)
    assert TRUTH["votes"]
    for vote in TRUTH["votes"]:
        counts = tuple((WORDS[word], number) for word, number in vote["counts"].items() if word in WORDS)
        result = "lost" if "lost" in vote["result"] else "carried"
        casting = "yes" if result == "carried" else "no"
        computed = outcome(book, Question(counts, casting=casting if counts[0][1] == counts[1][1] else ""))
        assert computed.outcome == result, vote["question"]


def test_the_recorded_votes_are_those_planted() -> None:
    path = DEMO / "documents" / "votes" / "recorded-votes.csv"
    house = houses.parse((DEMO / "house.toml").read_text(encoding="utf-8"))
    found = [
        fact
        for fact in find(read_document(path.read_bytes(), "votes/recorded-votes.csv", house), ())
        if isinstance(fact, Voted)
    ]
    planted = {
        (vote["date"], vote["resolution"]): {WORDS[word]: number for word, number in vote["counts"].items() if number}
        for vote in TRUTH["votes"]
    }
    for fact in found:
        counts = {
            choice: number
            for choice, number in counted(b.choice for b in fact.ballots)
            if choice != "absent" and number
        }
        assert planted[fact.date, fact.number] == counts


def test_the_quorum_is_the_one_planted() -> None:
    verdict = quorum(parse(TOML), Numbers(present=10))
    assert (verdict.required, verdict.computed.outcome) == (TRUTH["quorum"], "met")
