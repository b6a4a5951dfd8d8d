"""A source opens at its place, as a copy of no more than the principal may see, and never through a shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from remembrancer.interfaces.cli.opening import at_line, fragment, open_source, plain_name
from remembrancer.memory.cite import Hit
from remembrancer.model import OWNER, PUBLIC, Fault
from remembrancer.office import Office
from remembrancer.office.changing.keeping import File, classify, take_in
from remembrancer.queries import Filters

MINUTES = """# Minutes of 7 March 2024

## 1. Footbridge

Bell: the footbridge is closed until June.

## 2. Lease

Cole: the lease of the depot is not renewed.
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    paper = tmp_path / "minutes.md"
    paper.write_text(MINUTES, encoding="utf-8")
    made = Office.create(tmp_path / "office", "Larkenford Town Council")
    list(take_in(made.body(), OWNER, [File(paper, "papers/minutes of march.md")]))
    return made


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("../x", "x"),
        ("-rf", "rf"),
        ("a;b.txt", "a-b.txt"),
        ("c:\\minutes\\$(id).md", "id-.md"),
        ("..", "source"),
        ("minutes/März 2024.pdf", "März-2024.pdf"),
        ("", "source"),
        (".bashrc", "bashrc"),
    ],
)
def test_a_name_is_never_an_option_a_folder_or_a_command(path: str, name: str) -> None:
    assert plain_name(path) == name


@pytest.mark.parametrize(
    ("suffix", "place", "added"),
    [
        (".pdf", "page 3", "#page=3"),
        (".pdf", "", ""),
        (".html", "#content/p[2]", "#:~:text=the%20footbridge%20is%20closed"),
        (".md", "line 12", ""),
    ],
)
def test_a_browser_is_told_the_place_where_it_knows_such(suffix: str, place: str, added: str) -> None:
    assert fragment(suffix, place, "the footbridge is closed") == added


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        (["vi"], ["vi", "+12", "a.md"]),
        (["emacs", "-nw"], ["emacs", "-nw", "+12", "a.md"]),
        (["/usr/bin/code", "--wait"], ["/usr/bin/code", "--wait", "--goto", "a.md:12"]),
        (["subl"], ["subl", "a.md:12"]),
    ],
)
def test_an_editor_is_told_the_line_in_its_own_way(editor: list[str], command: list[str]) -> None:
    assert at_line(editor, Path("a.md"), "line 12") == command


def test_without_a_line_the_file_opens_at_its_beginning() -> None:
    assert at_line(["vi"], Path("a.md"), "") == ["vi", "a.md"]


def test_the_copy_is_the_source_byte_for_byte(office: Office) -> None:
    bureau, ran, shown = office.body(), list[list[str]](), list[str]()
    found, *_ = bureau.search(OWNER, "footbridge closed", Filters(kind="text"))
    path = open_source(bureau, OWNER, found, ran.append, shown.append, {"VISUAL": "vi -R"})
    assert path.read_bytes() == MINUTES.encode() and path.name == "minutes-of-march.md"
    assert ran == [["vi", "-R", "+5", str(path)]] and shown == []
    assert path.parent.stat().st_mode & 0o077 == 0 or path.drive


def test_without_an_editor_the_viewer_of_the_system_shows_it(office: Office) -> None:
    bureau, ran, shown = office.body(), list[list[str]](), list[str]()
    found, *_ = bureau.search(OWNER, "footbridge closed", Filters(kind="text"))
    path = open_source(bureau, OWNER, found, ran.append, shown.append, {})
    assert (ran, shown) == ([], [path.as_uri()])


def test_the_public_opens_the_text_of_its_own_circle(office: Office) -> None:
    bureau, shown = office.body(), list[str]()
    closed, *_ = bureau.search(OWNER, "lease depot", Filters(kind="text"))
    classify(bureau, OWNER, closed.id, "members")
    found, *_ = bureau.search(PUBLIC, "footbridge closed", Filters(kind="text"))
    path = open_source(bureau, PUBLIC, found, lambda _: None, shown.append, {})
    assert path.suffix == ".txt"
    assert b"footbridge" in path.read_bytes() and b"depot" not in path.read_bytes()
    with pytest.raises(Fault, match="may see"):
        open_source(bureau, PUBLIC, _of("0" * 64, found), lambda _: None, shown.append, {})


def _of(source: str, found: Hit) -> Hit:
    from dataclasses import replace

    return replace(found, spans=(replace(found.spans[0], source=source),))
