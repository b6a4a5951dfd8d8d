"""Laws of agendas: they are known by their path or by the house, and never tell who came or what came of it."""

from __future__ import annotations

import pytest

from remembrancer.read import read
from remembrancer.read.agendas import is_agenda
from remembrancer.read.house import DEFAULT, House

AGENDA = b"""# Agenda of the meeting of 5 March 2024

Present: Ada Quill, Ben Rook

## 1. Moorings

To consider the moorings.
"""


@pytest.mark.parametrize(
    "path",
    ["agendas/2024-03-05.md", "2018-04-11-Agenda.md", "minutes/2024/agenda_03.txt", "Tagesordnung 5. M\u00e4rz.pdf",
     "pv/Ordre du jour.docx", "2024-03/convocatoria.html"],
)  # fmt: skip
def test_a_path_says_that_a_file_is_an_agenda(path: str) -> None:
    assert is_agenda(path, DEFAULT)


@pytest.mark.parametrize(
    "path",
    ["minutes/2024-03-05.md", "agendas-and-minutes/2024-03-05.md", "agendas/2024-03-05-minutes.md", "addenda/1.md",
     "2024-03-05.vtt"],
)  # fmt: skip
def test_what_tells_of_a_sitting_is_no_agenda(path: str) -> None:
    assert not is_agenda(path, DEFAULT)


def test_a_house_says_which_files_are_agendas() -> None:
    assert is_agenda("before/2024-03-05.md", House(agendas=("before/*",)))


def test_an_agenda_does_not_say_who_was_there() -> None:
    (minutes,) = read(AGENDA, "minutes/2024-03-05.md", DEFAULT).proceedings.sittings
    (agenda,) = read(AGENDA, "agendas/2024-03-05.md", DEFAULT).proceedings.sittings
    assert [each.label for each in minutes.attendance] == ["Ada Quill", "Ben Rook"]
    assert agenda.attendance == ()
    assert agenda.dates == minutes.dates
