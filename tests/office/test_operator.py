"""A language model is consulted for nobody who may see more than its operator."""

from __future__ import annotations

from pathlib import Path

import pytest

from remembrancer.memory.cite import Hit
from remembrancer.model import OWNER, PUBLIC, Fault, Principal
from remembrancer.office import SETTINGS, Office
from remembrancer.office.asking.consulting import consulted, in_its_order
from remembrancer.office.changing.keeping import File, take_in

MODEL = """
[language_model]
url = "http://localhost:9/v1"
model = "small"
key_variable = "NO_SUCH_KEY"
sees = "{sees}"
"""


class Choosing:
    def __init__(self, *_: str) -> None: ...

    def complete(self, instructions: str, words: str) -> str:
        return "[2]"


def office(directory: Path, settings: str, closed: bool = False) -> Office:
    with Office.create(directory, "Larkenford Town Council") as made:
        paper = directory.parent / "minutes.md"
        paper.write_text("# Minutes of 7 March 2024\n\nBell: the bridge is closed.\n", encoding="utf-8")
        list(take_in(made.body(), OWNER, [File(paper, paper.name)], "", "role:clerk" if closed else "open"))
    with (directory / SETTINGS).open("a", encoding="utf-8") as file:
        file.write(settings)
    return Office(directory)


def hit(number: int) -> Hit:
    return Hit(f"text-{number}", "text", f"Passage {number}", "", "", "", "", "", "notes", 1.0, "minutes.md", ())


def test_without_a_setting_there_is_no_model(tmp_path: Path) -> None:
    with office(tmp_path / "office", "") as made:
        assert consulted(made.body(), OWNER, Choosing) is None


def test_with_open_matter_alone_nobody_sees_more_than_the_public(tmp_path: Path) -> None:
    with office(tmp_path / "office", MODEL.format(sees="public")) as made:
        assert consulted(made.body(), OWNER, Choosing) is not None


def test_whoever_sees_more_than_the_operator_has_it_not_consulted(tmp_path: Path) -> None:
    with office(tmp_path / "office", MODEL.format(sees="public"), closed=True) as made:
        assert consulted(made.body(), OWNER, Choosing) is None
        assert consulted(made.body(), Principal("role:clerk"), Choosing) is None
        assert consulted(made.body(), PUBLIC, Choosing) is not None


def test_an_operator_who_sees_all_may_be_consulted_for_all(tmp_path: Path) -> None:
    with office(tmp_path / "office", MODEL.format(sees="owner"), closed=True) as made:
        assert consulted(made.body(), OWNER, Choosing) is not None


@pytest.mark.parametrize(
    "settings",
    [
        '\n[language_model]\nurl = "https://x.example/v1"\n',
        MODEL.format(sees="nobody"),
        MODEL.format(sees="public") + 'key = "secret"\n',
        MODEL.format(sees="public").replace('"small"', "7"),
        MODEL.format(sees="public").replace("http://localhost:9", "http://x.example"),
    ],
)
def test_a_wrong_setting_is_said(tmp_path: Path, settings: str) -> None:
    with office(tmp_path / "office", settings) as made, pytest.raises(Fault) as said:
        consulted(made.body(), OWNER)
    assert "secret" not in said.value.what and said.value.advice


def test_it_changes_the_order_alone() -> None:
    hits = [hit(1), hit(2), hit(3)]
    assert in_its_order(Choosing(), "Who?", hits) == (hits[1], hits[0], hits[2])
    assert in_its_order(None, "Who?", hits) == tuple(hits)
