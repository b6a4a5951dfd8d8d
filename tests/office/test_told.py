"""An answer is made of the register's facts or of the record's passages; a language model adds no word to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from remembrancer.model import OWNER, Fault
from remembrancer.office import Office
from remembrancer.office.asking import answering
from remembrancer.office.asking.answering import ask
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.office.registers.registered_views import BallotView, by_choice

MINUTES = """# Minutes of the meeting of 7 March 2024

## 1. Footbridge

Moved by Cllr Bell, seconded by Cllr Cole: That £1,200 be allocated for the repair of the footbridge.

For: Bell, Cole, Dorn. Against: Eames.

RESOLVED 2024/1: That £1,200 be allocated for the repair of the footbridge.

## 2. Depot

The clerk reported that the roof of the depot leaks.
The keys of the depot are with the clerk.
"""


def test_those_of_one_name_are_told_apart_by_what_they_stand_for_whatever_their_titles() -> None:
    written = (("Cllr Ann Bell", "North"), ("Ann Bell", "South"), ("Jo Dorn", "North"))
    ballots = [BallotView(name, "", ward, "yes", False) for name, ward in written]
    assert by_choice(ballots) == {"yes": ("Cllr Ann Bell (North)", "Ann Bell (South)", "Jo Dorn")}


class Model:
    """A language model that says what it was told to say, by the instructions it gets."""

    def __init__(self, wordings: str, choice: str = "[]") -> None:
        self.said = {"other wordings": wordings, "numbered passages": choice}
        self.given: list[str] = []

    def complete(self, instructions: str, words: str) -> str:
        self.given.append(words)
        return next(said for part, said in self.said.items() if part in " ".join(instructions.split()))


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    place = tmp_path_factory.mktemp("answering")
    paper = place / "2024-03-07.md"
    paper.write_text(MINUTES, encoding="utf-8")
    with Office.create(place / "office", "Larkenford Town Council") as made:
        list(take_in(made.body(), OWNER, [File(paper, paper.name)]))
        yield made.body()


def consult(monkeypatch: pytest.MonkeyPatch, model: Model) -> None:
    monkeypatch.setattr(answering, "consulted", lambda bureau, principal: model)


def test_a_fact_comes_with_the_words_that_prove_it(bureau: Bureau) -> None:
    told = ask(bureau, OWNER, "Who moved the repair of the footbridge?")
    assert (told.status, told.kind, told.value) == ("answered", "mover", "Cllr Bell")
    assert "Bell" in told.answer[0].text and told.facts[0].spans


def test_what_the_register_does_not_know_is_answered_in_the_records_words(bureau: Bureau) -> None:
    told = ask(bureau, OWNER, "What is said of the roof of the depot?")
    assert told.kind == "passages" and "leaks" in told.answer[0].text
    assert told.value == tuple(hit.id for hit in told.answer)


@pytest.mark.parametrize("question", ["", " ?! ", "…"])
def test_a_question_without_words_is_refused(bureau: Bureau, question: str) -> None:
    with pytest.raises(Fault, match="no question"):
        ask(bureau, OWNER, question)


def test_another_wording_is_answered_from_the_record_and_said_to_be_another(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "who put forward mending the crossing of planks"
    assert ask(bureau, OWNER, asked).status == "silent"
    consult(monkeypatch, Model('["Who moved the repair of the footbridge?"]'))
    told = ask(bureau, OWNER, asked)
    assert (told.question, told.value, told.reworded) == (asked, "Cllr Bell", True)


def test_a_wording_on_which_the_record_is_silent_leaves_it_silent(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "Who moved the swimming pool?"
    before = ask(bureau, OWNER, asked)
    consult(monkeypatch, Model('["Who moved the indoor baths?", "Who moved the footbridge of Quillfeather?"]'))
    assert ask(bureau, OWNER, asked) == before and before.status == "silent"


def test_a_choice_changes_the_order_of_passages_and_nothing_else(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask(bureau, OWNER, "What is said of the depot?")
    assert before.kind == "passages" and len(before.answer) > 1
    model = Model("[]", f"[{len(before.answer)}] The mayor resigned.")
    consult(monkeypatch, model)
    after = ask(bureau, OWNER, "What is said of the depot?")
    assert after.answer == (before.answer[-1], *before.answer[:-1])
    assert "resigned" not in repr(after)
    assert len(model.given) == 1


def test_an_answer_of_the_register_is_given_to_no_model(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model('["What is said of the depot?"]', "[1]")
    consult(monkeypatch, model)
    assert ask(bureau, OWNER, "Who moved the repair of the footbridge?").value == "Cllr Bell"
    assert model.given == []
