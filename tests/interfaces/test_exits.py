"""Laws of the edge: what the exit codes say, how faults are told, and that the order of options is nobody's burden."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from remembrancer.interfaces.cli import faults
from remembrancer.interfaces.cli.arguments import arrange
from remembrancer.model import Exit, Fault
from tests.conftest import PATIENCE


def test_done_is_0_also_where_the_record_is_silent(command, office) -> None:
    assert command("ask", "Who is the vicar?").code == 0
    assert command("search", "vicar").code == 0
    assert command("--help").code == 0
    assert command("--version").text.startswith("remembrancer ")


def test_a_failed_check_is_1_and_names_what_is_wrong(command, office) -> None:
    source = json.loads(command("sources", "--json").out)[0]["id"]
    for blob in (office / "bodies").rglob(source):
        blob.chmod(0o644)
        blob.write_bytes(b"not what was read")
    told = command("record", "verify")
    assert told.code == 1
    assert f"blob {source}" in told.text
    assert command("record", "blob", source).code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["serch"],
        ["search"],
        ["search", "a", "--kind", "song"],
        ["search", "a", "-n", "x"],
        ["sittings", "--as", "queen"],
    ],
)
def test_a_mistake_in_the_command_is_2_in_one_style(command, office, arguments: list[str]) -> None:
    told = command(*arguments)
    assert (told.code, told.text) == (2, "")
    first, second = told.err.splitlines()
    assert first.startswith("Error: ")
    assert second.startswith("       ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "minutes"],
        ["show", "nothing"],
        ["house", "set", "house.toml"],
        ["bodies", "add", "Other"],
        ["grant", "role:a", "chair"],
        ["classify", "x", "open"],
        ["redact", "x", "--authority", "y"],
        ["dispose"],
        ["hold", "add", "--everything", "--reason", "r"],
        ["schedule", "set", "notes", "P1Y"],
        ["record", "export", "copy"],
        ["record", "verify"],
    ],
    ids=" ".join,
)
def test_what_the_public_may_not_is_3(command, office, arguments: list[str]) -> None:
    size = len(json.loads(command("record", "log", "--json").out))
    assert command(*arguments, "--as", "public").code == 3
    assert len(json.loads(command("record", "log", "--json").out)) == size


def test_what_cannot_be_read_is_4(command, office, tmp_path: Path) -> None:
    assert command("read", "nothing-here").code == 4
    (tmp_path / "empty").mkdir()
    assert command("read", "empty").code == 4
    (tmp_path / "picture.bin").write_bytes(bytes(range(256)) * 8)
    told = command("read", "picture.bin")
    assert told.code == 4
    assert "could not be read" in told.text
    assert command("read", "minutes", "picture.bin").code == 0


def test_common_options_may_stand_anywhere(command, office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REMEMBRANCER_OFFICE")
    common = [["-o", "office"], ["--as=public"], ["--body", "alder-parish-council"], ["--json"]]
    wanted = command("search", "weir", *itertools.chain(*common)).out
    assert json.loads(wanted)
    for order in itertools.permutations(common):
        before, after = itertools.chain(*order[:2]), itertools.chain(*order[2:])
        assert command(*before, "search", *after, "weir").out == wanted


def test_what_follows_two_hyphens_is_no_option() -> None:
    assert arrange(["search", "-o", "x", "--", "--json"]) == ["search", "-o", "x", "--", "--json"]


def test_out_writes_what_would_be_printed(command, office, tmp_path: Path) -> None:
    for arguments in (["sittings"], ["sittings", "--json"], ["record", "checkpoint"]):
        printed = command(*arguments)
        told = command(*arguments, "--out", "file")
        assert told.out == b""
        assert (tmp_path / "file").read_bytes() == printed.out
    source = json.loads(command("sources", "--json").out)[0]["id"]
    command("record", "blob", source, "--out", "file")
    assert (tmp_path / "file").read_bytes() == (tmp_path / "minutes" / "2024-03-07.md").read_bytes()


@pytest.mark.parametrize("exit_code", list(Exit))
def test_every_fault_has_its_code_and_name(exit_code: Exit, capsys: pytest.CaptureFixture[str]) -> None:
    assert faults.tell(Fault(exit_code, "What is wrong.", "What to do."), in_json=True) == exit_code
    error = json.loads(capsys.readouterr().err)["error"]
    assert error == {"code": faults.NAMES[exit_code], "what": "What is wrong.", "advice": "What to do."}


def test_a_fault_of_ours_is_a_sentence_and_with_debug_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REMEMBRANCER_DEBUG", raising=False)
    assert faults.tell(ZeroDivisionError("by nought"), in_json=False) == faults.INTERNAL
    told = capsys.readouterr().err
    assert "REMEMBRANCER_DEBUG=1" in told
    assert "Traceback" not in told
    monkeypatch.setenv("REMEMBRANCER_DEBUG", "1")
    faults.tell(ZeroDivisionError("by nought"), in_json=False)
    assert "ZeroDivisionError" in capsys.readouterr().err


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "remembrancer.interfaces.cli", *arguments],
        capture_output=True,
        env=os.environ | environment,
        check=False,
        timeout=PATIENCE,
    )


def test_a_console_that_cannot_show_a_character_shows_a_replacement_and_json_stays_utf8(office) -> None:
    told = process("search", "quoted", PYTHONIOENCODING="ascii")
    assert told.returncode == 0
    assert b"?8,400" in told.stdout
    told = process("search", "quoted", "--json", PYTHONIOENCODING="cp1252")
    assert "£8,400" in json.loads(told.stdout)[0]["text"]


@pytest.mark.skipif(os.name == "nt", reason="A pipe that is closed early is another thing on Windows.")
def test_a_pipe_that_is_closed_early_is_quiet(office) -> None:
    whole = subprocess.Popen(
        [sys.executable, "-m", "remembrancer.interfaces.cli", "record", "log", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert whole.stdout is not None
    whole.stdout.close()
    _, err = whole.communicate(timeout=PATIENCE)
    assert (err, whole.returncode) == (b"", 0)


HEAVY = ("docutils", "trafilatura", "lxml", "markdown_it", "babel", "tomlkit", "tantivy", "apsw", "sentencex", "webvtt")
WEB = ("django", "allauth", "ninja", "starlette", "uvicorn", "mcp")


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], (*HEAVY, "remembrancer.office")),
        (["sittings"], ("docutils", "trafilatura", "lxml", "babel", "pypdfium2", *WEB)),
        (["ask", "What was resolved?"], WEB),
        (["search", "hedge"], WEB),
    ],
    ids=["version", "sittings", "ask", "search"],
)
def test_a_command_imports_only_what_it_needs(office, arguments: list[str], absent: tuple[str, ...]) -> None:
    """So that commands start at once."""
    script = (
        "import sys; from remembrancer.interfaces.cli import run; code = run(sys.argv[1:]); "
        "sys.stderr.write(' '.join(sys.modules)); sys.exit(code)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, check=False, timeout=PATIENCE
    )
    assert told.returncode == 0
    assert set(absent).isdisjoint(told.stderr.decode().split())
