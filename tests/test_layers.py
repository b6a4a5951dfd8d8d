"""The rooms: the contract of imports holds, and it notices a forbidden one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


def lint(directory: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    environment = {"PYTHONPATH": str(directory), "PATH": "", "SYSTEMROOT": "C:\\Windows", "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "remembrancer", tmp_path / "remembrancer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_layers_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("model.py", "from remembrancer import ports"),
        ("read/dates.py", "from remembrancer.record import log"),
        ("record/tree.py", "import remembrancer.memory.search"),
        ("memory/search.py", "import remembrancer.office"),
        ("office/showing/shown.py", "import remembrancer.interfaces.cli"),
        ("register/facts.py", "import remembrancer.memory.search"),
        ("register/passes/votes.py", "import remembrancer.register.resolving.force"),
        ("rules/quorum.py", "import remembrancer.register.facts"),
        ("office/showing/shown.py", "from django.http import HttpRequest"),
        ("office/showing/shown.py", "from remembrancer.office.changing import keeping"),
        ("interfaces/cli/asking.py", "import django.conf"),
        ("interfaces/shapes/record.py", "import ninja"),
        ("access.py", "from allauth.account.models import EmailAddress"),
    ],
)
def test_the_guard_notices_a_forbidden_import(copy: Path, room: str, forbidden: str) -> None:
    path = copy / "remembrancer" / room
    path.write_text(path.read_text(encoding="utf-8") + f"\n{forbidden}  # noqa\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode != 0
    assert "broken" in done.stdout.lower()


def test_everything_but_the_interfaces_imports_without_the_web() -> None:
    script = (
        "import sys, importlib, pkgutil, remembrancer\n"
        "sys.modules['django'] = None\n"
        "for found in pkgutil.walk_packages(remembrancer.__path__, 'remembrancer.'):\n"
        "    if not found.name.startswith('remembrancer.interfaces'):\n"
        "        importlib.import_module(found.name)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
