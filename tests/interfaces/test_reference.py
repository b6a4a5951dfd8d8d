"""Laws of the reference: it is what the program says of itself, and nothing goes unexplained."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def _generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = _generate()
COMMANDS = GENERATE.commands()


def test_the_reference_is_what_the_program_says() -> None:
    stale = [path.name for path, text in GENERATE.made().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "Run python docs/generate.py and read the difference."


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_all_it_takes_is_explained(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert command.help.splitlines()[0].endswith(".")
    for param in command.params:
        assert param.name == "context" or param.help, f"{name} {param.name} has no help"


@pytest.mark.parametrize("name", [name for name in COMMANDS if not hasattr(COMMANDS[name], "commands")])
def test_every_command_takes_the_common_options_and_publishes_its_json(name: str, command) -> None:
    assert name in GENERATE.JSON
    options = {option for param in COMMANDS[name].params for option in param.opts}
    assert {"--office", "--body", "--as", "--json", "--out"} <= options
    told = command(*name.split(), "--help")
    assert told.code == 0
    assert "Usage" in told.text
