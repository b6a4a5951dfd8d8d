"""Force follows from what is stated, day by day; where the record leaves doubt, the answer is that it does."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from remembrancer.model import Decision, Provision, Relation, Turn
from remembrancer.register.facts import Commencing, Fulfilled, Mention, Resolved
from remembrancer.register.resolving.force import History, force_of, force_on, histories, shifted
from remembrancer.rules.rulebook import CommencementRule, Rulebook

BOOK = Rulebook(
    name="Town",
    commencement=(
        CommencementRule(days=30, business=("ordinance",), emergency=True),
        CommencementRule(days=10, after="publication", business=("^order",)),
    ),
)


class Town:
    """Decisions with their facts, added one after another."""

    def __init__(self) -> None:
        self.decisions: list[Decision] = []
        self.facts: dict[str, Resolved] = {}

    def decide(
        self,
        name: str,
        day: str,
        relations: Sequence[Relation] = (),
        commencing: Sequence[Commencing] = (),
        general: str = "",
        **said: Any,
    ) -> None:
        row = {"sitting": "", "item": "", "matter": "", "kind": "adopt", "decided_by": "sitting", "outcome": "carried"}
        parts = tuple(Provision(number, "") for number in said.pop("parts", ()))
        text, position = said.pop("text", name), len(self.decisions)
        self.decisions.append(
            Decision(id=name, date=day, text=text, provisions=parts, relations=tuple(relations), **{**row, **said})
        )
        keys = (f"number:ordinance {name}",)
        targets = [general] if general else []
        self.facts[name] = Resolved(
            id=name,
            rule="papers.decision",
            commencing=tuple(commencing),
            mentions=(Mention(number=name, keys=keys),),
            position=position,
            relations=tuple(_general(each) for each in targets),
        )

    def histories(self, fulfilled: dict[str, list[Fulfilled]] | None = None) -> dict[str, History]:
        return histories(self.decisions, self.facts, (BOOK,), fulfilled or {})

    def on(self, name: str, day: str, provision: str = "") -> str:
        return force_of(self.histories()[name], provision, day)


def _general(title: str) -> Any:
    from remembrancer.register.facts import Relating

    return Relating(kind="repeals", target=Mention(title=title, keys=("general:ordinance",)))


def does(kind: Any, target: str, provision: str = "", stated: bool = True) -> Relation:
    return Relation(kind, target, target, provision, stated=stated)


def test_the_rules_say_when_a_text_begins_that_does_not() -> None:
    town = Town()
    town.decide("a", "2031-03-01", title="Ordinance on oaks")
    town.decide("b", "2031-03-01", title="Resolution on oaks")
    assert [town.on("a", day) for day in ("2031-02-28", "2031-03-30", "2031-03-31")] == [
        "uncommenced",
        "uncommenced",
        "in-force",
    ]
    assert town.on("b", "2031-03-01") == "in-force"


def test_its_own_words_go_before_the_rules() -> None:
    town = Town()
    town.decide("a", "2031-03-01", title="Ordinance", commencing=[Commencing(kind="at-once")])
    town.decide("b", "2031-03-01", title="Ordinance", commencing=[Commencing(kind="on", date="2031-09-01")])
    assert (town.on("a", "2031-03-01"), town.on("b", "2031-08-31"), town.on("b", "2031-09-01")) == (
        "in-force",
        "uncommenced",
        "in-force",
    )


def test_a_month_alone_leaves_the_days_in_doubt_undetermined() -> None:
    town = Town()
    town.decide("a", "2031-03", title="Ordinance")
    assert [town.on("a", day) for day in ("2031-02-27", "2031-04-15", "2031-04-30")] == [
        "uncommenced",
        "undetermined",
        "in-force",
    ]
    assert (town.on("a", "2032"), town.on("a", "2031")) == ("in-force", "undetermined")


def test_a_repeal_works_from_the_repealers_own_beginning_and_is_never_undone_by_its_repeal() -> None:
    town = Town()
    town.decide("a", "2030-01-01")
    town.decide("b", "2031-01-01", [does("repeals", "a")], [Commencing(kind="on", date="2031-04-01")])
    town.decide("c", "2032-01-01", [does("repeals", "b")])
    assert (town.on("a", "2031-03-31"), town.on("a", "2031-04-01")) == ("in-force", "repealed")
    assert (town.on("b", "2032-01-01"), town.on("a", "2032-06-01")) == ("repealed", "repealed")


def test_what_is_repealed_before_it_begins_repeals_nothing() -> None:
    town = Town()
    town.decide("a", "2030-01-01")
    town.decide("b", "2031-01-01", [does("repeals", "a")], [Commencing(kind="on", date="2031-04-01")])
    town.decide("c", "2031-02-01", [does("repeals", "b")])
    assert town.on("a", "2032-01-01") == "in-force"


def test_a_revival_needs_words() -> None:
    town = Town()
    town.decide("a", "2030-01-01")
    town.decide("b", "2031-01-01", [does("repeals", "a")])
    town.decide("c", "2032-01-01", [does("revives", "a")])
    assert (town.on("a", "2031-06-01"), town.on("a", "2032-06-01")) == ("repealed", "in-force")


def test_only_stated_relations_change_force() -> None:
    town = Town()
    town.decide("a", "2030-01-01")
    town.decide("b", "2031-01-01", [does("repeals", "a", stated=False)])
    assert town.on("a", "2031-06-01") == "in-force"


def test_a_provision_falls_alone_and_with_the_whole() -> None:
    town = Town()
    town.decide("a", "2030-01-01", parts=("1", "2"))
    town.decide("b", "2031-01-01", [does("repeals", "a", "2"), does("amends", "a", "1"), does("amends", "a", "3")])
    town.decide("c", "2032-01-01", [does("repeals", "a")])
    assert [town.on("a", "2031-06-01", number) for number in ("1", "1(a)", "2", "3", "")] == [
        "in-force",
        "in-force",
        "repealed",
        "in-force",
        "in-force",
    ]
    assert (town.on("a", "2030-06-01", "3"), town.on("a", "2030-06-01", "1")) == ("uncommenced", "in-force")
    assert {town.on("a", "2032-06-01", number) for number in ("1", "2", "3", "")} == {"repealed"}


def test_expiry_ends_force_and_an_ended_appointment_is_spent() -> None:
    town = Town()
    end = [Commencing(kind="until", date="2031-12-31")]
    town.decide("a", "2031-01-01", commencing=end)
    town.decide("b", "2031-01-01", commencing=end, kind="appoint")
    assert (town.on("a", "2031-12-31"), town.on("a", "2032-01-01"), town.on("b", "2032-01-01")) == (
        "in-force",
        "lapsed",
        "spent",
    )


def test_a_suspension_ends_with_what_suspends() -> None:
    town = Town()
    town.decide("a", "2030-01-01")
    town.decide("b", "2031-01-01", [does("suspends", "a")], [Commencing(kind="until", date="2031-06-30")])
    assert [town.on("a", day) for day in ("2031-02-01", "2031-07-01")] == ["suspended", "in-force"]


def test_what_waits_is_conditional_until_the_record_shows_it() -> None:
    town = Town()
    upon = Commencing(kind="upon", condition="its confirmation", months=1)
    town.decide("a", "2031-01-01", commencing=[upon])
    town.decide("b", "2031-01-01", conditions=("subject to funds",))
    town.decide("c", "2031-06-15", [does("confirms", "a")])
    assert (town.on("a", "2031-07-14"), town.on("a", "2031-07-15")) == ("conditional", "in-force")
    assert town.on("b", "2035-01-01") == "conditional"


def test_the_day_that_the_record_names_goes_before_what_is_worked_out() -> None:
    town = Town()
    town.decide("a", "2031-01-01", commencing=[Commencing(kind="upon", condition="its confirmation", months=1)])
    target = Mention(number="a")
    told = [
        Fulfilled(id="x", rule="r", target=target, event="confirmed", since="2031-05-31"),
        Fulfilled(id="y", rule="r", target=target, event="in-force", since="2031-07-04"),
    ]
    turns = town.histories({"a": told})["a"].whole
    assert (force_on(turns, "2031-07-03"), force_on(turns, "2031-07-04")) == ("conditional", "in-force")
    sooner = town.histories({"a": told[:1]})["a"].whole
    assert (force_on(sooner, "2031-06-29"), force_on(sooner, "2031-06-30")) == ("conditional", "in-force")


def test_a_general_repeal_leaves_texts_on_its_subject_open_until_they_are_amended() -> None:
    town = Town()
    town.decide("a", "2029-01-01", title="An act on river flood walls")
    town.decide("b", "2029-01-01", title="An act on street music")
    title = "All ordinances in conflict"
    town.decide(
        "c",
        "2031-01-01",
        [Relation("repeals", "", title)],
        general=title,
        title="Building",
        text="See river flood walls",
    )
    town.decide("d", "2033-01-01", [does("amends", "a", "4")])
    assert [town.on("a", day) for day in ("2030-01-01", "2032-01-01", "2034-01-01")] == [
        "in-force",
        "undetermined",
        "in-force",
    ]
    assert town.on("b", "2032-01-01") == "in-force"


def test_a_later_interpretation_of_the_same_provisions_governs_from_its_date() -> None:
    town = Town()
    town.decide("a", "2031-01-01", [does("interprets", "x", "5")])
    town.decide("b", "2032-01-01", [does("interprets", "x", "5")])
    town.decide("c", "2033-01-01", [does("interprets", "x", "6")])
    town.decide("d", "2034-01-01", [does("interprets", "x", "6"), does("amends", "c")])
    assert (town.on("a", "2031-12-31"), town.on("a", "2032-01-01"), town.on("b", "2035-01-01")) == (
        "in-force",
        "repealed",
        "in-force",
    )
    assert town.on("c", "2035-01-01") == "in-force"


def test_of_opposite_decisions_of_one_day_the_later_governs() -> None:
    town = Town()
    town.decide("a", "2031-01-01", sitting="s", text="That the gate be painted green")
    town.decide("b", "2031-01-01", sitting="s", text="That the gate be painted green", kind="reject")
    town.decide("c", "2031-01-01", sitting="s", text="That the oak be felled")
    assert (town.on("a", "2031-01-01"), town.on("c", "2031-01-01")) == ("repealed", "in-force")


def test_never_made_spent_and_undated_say_so_on_every_day() -> None:
    town = Town()
    town.decide("a", "2031", commencing=[Commencing(kind="never")])
    town.decide("b", "2031-01-01", outcome="lost")
    town.decide("c", "2031-01-01", kind="procedural")
    town.decide("d", "")
    assert [town.on(name, "2031-06-01") for name in "abcd"] == ["never-made", "never-made", "spent", "undetermined"]
    assert town.on("a", "1999-01-01") == "never-made"


def test_a_step_on_a_ladder_is_spent_when_the_matter_moves_on() -> None:
    town = Town()
    for name, day in (("a", "2031-01-01"), ("b", "2032-01-01")):
        town.decide(name, day, kind="set-status", matter="m", ladder="stage", status_to=name)
    assert (town.on("a", "2031-06-01"), town.on("a", "2032-01-01"), town.on("b", "2032-01-01")) == (
        "in-force",
        "spent",
        "in-force",
    )


@given(st.permutations(range(4)))
def test_the_order_of_decisions_changes_nothing(order: list[int]) -> None:
    town = Town()
    town.decide("a", "2030-01-01", parts=("1",))
    town.decide("b", "2031-01-01", [does("amends", "a", "1")])
    town.decide("c", "2032-01-01", [does("repeals", "a", "1")])
    town.decide("d", "2033-01-01", [does("repeals", "b")])
    expected = town.histories()
    town.decisions = [town.decisions[index] for index in order]
    assert town.histories() == expected


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 400))
def test_a_length_of_days_is_counted_from_the_day_after(day: date, days: int) -> None:
    assert shifted(day.isoformat(), days) == (day + timedelta(days)).isoformat()


@given(st.dates(date(2030, 1, 1), date(2034, 1, 1)))
def test_every_day_has_one_force_and_turns_change_it_only_on_their_day(day: date) -> None:
    turns = (Turn("2031-05-01", "in-force", ""), Turn("2033-05-01", "repealed", ""))
    before, after = (force_on(turns, (day + timedelta(step)).isoformat()) for step in (0, 1))
    if before != after:
        assert (day + timedelta(1)).isoformat() in {"2031-05-01", "2033-05-01"}


def test_an_urgent_action_waits_for_its_ratification() -> None:
    town = Town()
    town.decide("a", "2031-01-01", decided_by="urgent-action")
    town.decide("b", "2031-02-01", [does("ratifies", "a")])
    assert (town.on("a", "2031-01-15"), town.on("a", "2031-02-01")) == ("conditional", "in-force")


def test_what_waits_for_publication_by_the_rules_begins_so_long_after_it() -> None:
    town = Town()
    town.decide("a", "2031-01-01", title="Order on oaks")
    told = [Fulfilled(id="x", rule="r", target=Mention(number="a"), event="confirmed", since="2031-03-01")]
    turns = town.histories({"a": told})["a"].whole
    assert [force_on(turns, day) for day in ("2031-02-01", "2031-03-10", "2031-03-11")] == [
        "conditional",
        "conditional",
        "in-force",
    ]


def test_a_decision_to_adopt_a_text_by_number_is_of_that_texts_business() -> None:
    town = Town()
    town.decide("a", "2031-03-01", text="To adopt Ordinance 9-2031 with the changes discussed.")
    town.decide("b", "2031-03-01", text="That staff prepare an ordinance on oaks.")
    assert (town.on("a", "2031-03-02"), town.on("b", "2031-03-02")) == ("uncommenced", "in-force")
