"""An office of the fixtures for each test that asks for one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[1] / "commands" / "fixtures"


@pytest.fixture
def office(command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The papers of Alder Parish Council, read; the closed ones lie beside it."""
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    assert command("init", "office", "--body", "Alder Parish Council", "--house", "house.toml").code == 0
    monkeypatch.setenv("REMEMBRANCER_OFFICE", "office")
    assert command("read", "minutes", "drafts", "captions.vtt").code == 0
    return tmp_path / "office"
