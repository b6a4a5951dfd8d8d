"""The prompt takes questions, picks a reading by its number, runs commands, and completes what the register knows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from remembrancer.interfaces.cli.desk import Common, Desk
from remembrancer.interfaces.cli.prompting import Names, Prompt, converse
from remembrancer.memory.asking.answer import Reading
from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.asking import answering
from remembrancer.office.asking.answering import Told
from remembrancer.office.changing.keeping import File, take_in

MINUTES = """# Minutes of the meeting of 7 March 2024

## 1. Footbridge

Moved by Cllr Bell, seconded by Cllr Cole: That the footbridge be repaired.

RESOLVED 2024/1: That the footbridge be repaired.

## 2. Lease of the depot

Moved by Cllr Dorn, seconded by Cllr Bell: That the lease of the depot be renewed.

RESOLVED 2024/2: That the lease of the depot be renewed.
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    paper = tmp_path / "2024-03-07.md"
    paper.write_text(MINUTES, encoding="utf-8")
    with Office.create(tmp_path / "office", "Larkenford Town Council") as made:
        list(take_in(made.body(), OWNER, [File(paper, paper.name)]))
    with Desk(Common(tmp_path / "office", "", "owner", False, None)) as opened:
        yield opened


def typed(desk: Desk, *said: str) -> list[list[str]]:
    """Type lines, then Ctrl-D; the command lines that were carried out."""
    ran: list[list[str]] = []

    def run(words: list[str]) -> int:
        ran.append(words)
        return 0

    with create_pipe_input() as pipe:
        pipe.send_text("".join(f"{line}\r" for line in said) + "\x04")
        assert converse(desk, run, ["search", "decision", "prompt", "show"], input=pipe, output=DummyOutput()) == 0
    return ran


def test_a_line_is_a_question(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    typed(desk, "Who moved the repair of the footbridge?")
    assert "Bell" in capsys.readouterr().out


def test_a_question_on_which_the_record_is_silent_is_no_error(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    typed(desk, "What was decided on the lighthouse?", "?!", "", "/quit")
    said = capsys.readouterr()
    assert "lighthouse" in said.out and "There is no question." in said.err


def test_a_stroke_begins_a_command_of_the_same_office(desk: Desk) -> None:
    (words,) = typed(desk, "/decision 2024/1 --as public")
    assert words == ["decision", "-o", str(desk.directory), "--as", "owner", "2024/1", "--as", "public"]


@pytest.mark.parametrize(
    ("line", "arguments"),
    [
        ("/search foot bridge -n 2", ["foot bridge", "-n", "2"]),
        ('/search "foot bridge"', ['"foot bridge"']),
        ("/search the chair's -n 2 --kind text", ["the chair's", "-n", "2", "--kind", "text"]),
        ("/search", []),
        ('/decision "an open quotation', ['"an', "open", "quotation"]),
    ],
)
def test_what_a_search_looks_for_stands_as_it_is(desk: Desk, line: str, arguments: list[str]) -> None:
    """There is no shell: quotation marks mean a phrase, and words belong together up to the first option."""
    (words,) = typed(desk, line)
    assert words[5:] == arguments


def test_a_pasted_question_of_several_lines_is_one_question(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    typed(desk, "\x1b[200~Who moved the repair\nof the footbridge?\x1b[201~")
    assert "Bell" in capsys.readouterr().out


def test_a_number_shows_what_the_answer_numbers(desk: Desk) -> None:
    """A row by the command for its kind, a passage by show; none of the question's own words is taken for one."""
    shown = typed(desk, "What was said on the depot?", "1")
    assert [words[0] for words in shown] == ["show"] and shown[0][1].startswith(("text-", "item-"))


def test_a_number_picks_a_reading_of_an_ambiguous_question(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_bureau: object, _who: object, question: str, about: str = "", **_: object) -> Told:
        asked.append(about)
        readings = () if about else (Reading("motion-1", "one"), Reading("motion-2", "the other"))
        return Told(question, "answered" if about else "ambiguous", "mover", None, "Which?", readings=readings)

    monkeypatch.setattr(answering, "ask", answer)
    typed(desk, "Who moved it?", "3", "2")
    assert asked == ["", "motion-2"]
    assert "There are 2 to choose from." in capsys.readouterr().out


def test_a_fault_of_one_line_ends_no_sitting(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> Told:
        raise faults.pop()

    faults: list[BaseException] = [KeyboardInterrupt(), ZeroDivisionError("by nothing")]
    monkeypatch.setattr(answering, "ask", fails)
    typed(desk, "Who moved the lease?", "Who moved the lease?", "/lift")
    said = capsys.readouterr()
    assert "ZeroDivisionError" in said.err and "Stopped." in said.out and "/lift" in said.out


def test_the_prompt_opens_no_prompt(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(desk, "/prompt", "/") == []
    assert "There is no command /prompt." in capsys.readouterr().out


def test_what_was_not_answered_is_not_opened(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    typed(desk, "/open", "/more", "What was decided on the lighthouse?", "/open 2")
    said = capsys.readouterr().out
    assert said.count("There is nothing to open.") == 2 and said.count("Nothing was asked yet.") == 1


def test_what_is_no_command_is_said_with_what_there_is(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(desk, "/lift") == []
    said = capsys.readouterr().out
    assert "There is no command /lift." in said and "/more" in said


def test_the_history_is_kept_outside_the_office(desk: Desk, tmp_path: Path) -> None:
    typed(desk, "Who moved the lease?")
    kept = [path for path in (tmp_path / "state").rglob("questions") if "Who moved" in path.read_text("utf-8")]
    assert len(kept) == 1
    assert not any("questions" in path.name for path in (tmp_path / "office").rglob("*"))
    shutil.rmtree(tmp_path / "state")


def completed(names: Names, before: str) -> list[str]:
    document = Document(before, len(before))
    return [
        before[: len(before) + found.start_position] + found.text
        for found in names.get_completions(document, CompleteEvent())
    ]


def test_names_are_completed_by_their_beginnings_wherever_they_stand() -> None:
    names = Names(["search", "sittings", "ask"], lambda: ["Mill Lane footbridge", "Millicent Dorn", "2024/16"])
    assert completed(names, "Who moved the mill l") == ["Who moved the Mill Lane footbridge"]
    assert completed(names, "Did Mill") == ["Did Mill Lane footbridge", "Did Millicent Dorn"]
    assert completed(names, "/s") == ["/search", "/sittings"]
    assert completed(names, "what of xy") == []


def test_case_and_accents_need_not_be_typed() -> None:
    names = Names([], lambda: ["Élodie Brûlé", "Zürcher Straße"])
    assert completed(names, "did elodie b") == ["did Élodie Brûlé"]
    assert completed(names, "the ZURCHER") == ["the Zürcher Straße"]


def test_who_is_not_of_the_body_is_not_completed(desk: Desk) -> None:
    """A name in the record that no list of attendance has may be that of a member of the public."""
    names = list(Prompt(desk, lambda _: 0, []).names())
    assert "2024/1" in names and not any("Bell" in name for name in names)


def test_names_are_loaded_when_something_is_typed_and_once() -> None:
    loads: list[int] = []

    def load() -> list[str]:
        loads.append(1)
        return ["Footbridge"]

    names = Names([], load)
    assert loads == []
    assert completed(names, "foot") == ["Footbridge"] == completed(names, "foot")
    assert loads == [1]
