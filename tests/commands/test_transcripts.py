"""Law: what the transcripts show is what the commands print; see README.md."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from remembrancer.record.log import SystemClock

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "examples" / "demo"
FIRST_STEPS = HERE.parents[1] / "docs" / "first-five-minutes.md"
TRANSCRIPTS = [*sorted(path for path in HERE.glob("*.md") if path.name != "README.md"), FIRST_STEPS]

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KINDS = "sitting|item|speech|text|person|finding|decision|matter|motion|vote|action"
IDS = re.compile(rf"\b({KINDS})-[a-z2-7]{{16}}\b")
HASHES = re.compile(r"\b[0-9a-f]{64}\b")
SHORT = re.compile(r"\b[0-9a-f]{12}\b")
PLAIN = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "TIME"),
    (re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{90,}={0,2}"), "SIGNATURE"),
    (re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{43}="), "HASH"),
)
WORD = re.compile(rf"\b(?:(?:{KINDS}|sha256|short)-\d+)\b")


class Names:
    """The words of one transcript for what differs from run to run."""

    def __init__(self, today: str) -> None:
        self.today = today
        self.words: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def written(self, text: str) -> str:
        text = HASHES.sub(lambda found: self._word("sha256", found[0]), text)
        text = IDS.sub(lambda found: self._word(found[1], found[0]), text)
        text = SHORT.sub(lambda found: self._word("short", found[0]), text)
        for pattern, word in PLAIN:
            text = pattern.sub(word, text)
        return text.replace(self.today, "TODAY")

    def typed(self, command: str) -> str:
        real = {word: name for name, word in self.words.items()}
        return WORD.sub(lambda found: real.get(found[0], found[0]), command)

    def _word(self, kind: str, name: str) -> str:
        if name not in self.words:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.words[name] = f"{kind}-{self.counts[kind]}"
        return self.words[name]


def commands_of(block: str) -> Iterator[str]:
    return (line[2:] for line in block.splitlines() if line.startswith("$ "))


def printed(line: str, command: object, monkeypatch: pytest.MonkeyPatch) -> str:
    word, *arguments = shlex.split(line)
    if word == "export":
        monkeypatch.setenv(*arguments[0].split("=", 1))
        return ""
    if word == "cat":
        return Path(arguments[0]).read_text(encoding="utf-8")
    assert word == "remembrancer", f"transcripts know no command {word}"
    told = command(*arguments)  # type: ignore[operator]
    exit_line = f"[exit {told.code}]\n" if told.code else ""
    return (
        "".join(part if part.endswith("\n") or not part else f"{part}\n" for part in (told.text, told.err)) + exit_line
    )


def played(text: str, command: object, monkeypatch: pytest.MonkeyPatch) -> str:
    """The transcript as it is now, on one day."""
    now = SystemClock().now()
    monkeypatch.setattr(SystemClock, "now", lambda _: now)
    names = Names(now[:10])

    def block(found: re.Match[str]) -> str:
        parts = []
        for line in commands_of(found[1]):
            parts.append(f"$ {line}\n" + names.written(printed(names.typed(line), command, monkeypatch)))
        return "```console\n" + "".join(parts) + "```"

    return BLOCK.sub(block, text)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_is_what_its_commands_print(
    path: Path, command: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    text = path.read_text(encoding="utf-8")
    if "demo/" in text and not (DEMO / "documents").exists():
        pytest.skip("The demo's documents are not here.")
    shutil.copytree(HERE / "fixtures", tmp_path, dirs_exist_ok=True)
    if "demo/" in text:
        shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("*.py", "*.toml.bak"))
    now = played(text, command, monkeypatch)
    if request.config.getoption("--accept"):
        path.write_text(now, encoding="utf-8", newline="\n")
    else:
        assert now == text, "Run pytest tests/commands --accept and read the difference."


def test_every_transcript_is_played_in_a_place_of_its_own(command: object, tmp_path: Path) -> None:
    """A path that a transcript names is relative; nothing of this machine stands in one."""
    assert Path.cwd() == tmp_path.resolve()
    assert all(os.sep + "tmp" not in path.read_text(encoding="utf-8") for path in TRANSCRIPTS)


def test_a_transcript_that_differs_is_caught(command: object, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "```console\n$ remembrancer sittings\nNo sittings at all.\n```\n"
    assert played(told, command, monkeypatch) != told
