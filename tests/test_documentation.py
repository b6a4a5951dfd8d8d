"""The documentation's law: what it lists is what the program has, and what it says to type works."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from remembrancer.read import READERS
from remembrancer.record.entries import KINDS, Draft
from remembrancer.record.export import export
from remembrancer.record.log import Log

PROJECT = Path(__file__).resolve().parents[1]
DOCS = PROJECT / "docs"


def finding_codes() -> Iterator[str]:
    """The first argument, where it is a literal, of whatever makes a finding."""
    for path in (PROJECT / "remembrancer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in ("Finding", "finding", "_MalformedError") and isinstance(node.args[0].value, str):
                    yield node.args[0].value


def test_every_code_of_a_finding_is_explained() -> None:
    page = (DOCS / "reading.md").read_text(encoding="utf-8")
    codes = set(finding_codes())
    assert {"no-date", "malformed-json", "reader-fault"} <= codes
    assert not [code for code in sorted(codes) if f"`{code}`" not in page]


def test_every_reader_and_every_kind_of_entry_is_listed() -> None:
    formats = (DOCS / "reading.md").read_text(encoding="utf-8")
    record = (DOCS / "record.md").read_text(encoding="utf-8")
    assert not [reader for reader in READERS if f"| `{reader}` |" not in formats]
    assert not [kind for kind in sorted(KINDS) if f"`{kind}`" not in record]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """300 entries, so that a tile is full, with a blob and letters beyond ASCII."""
    with Log.create(tmp_path / "alder") as log:
        blob = log.put("Grüße aus Nîmes".encode())
        log.append([Draft("source", {"source": blob, "blobs": [blob], "path": f"früh/{n}.txt"}) for n in range(300)])
        export(log, tmp_path / "copy")
    return tmp_path / "copy"


def check(directory: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(DOCS / "check_export.py"), str(directory)]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")


def test_an_export_is_checked_without_our_code(exported: Path) -> None:
    told = check(exported)
    assert told.returncode == 0, told.stderr
    assert "300 entries, 300 payloads, 1 blobs" in told.stdout
    assert "remembrancer" not in (DOCS / "check_export.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["tile/entries", "payloads", "blobs"])
def test_the_check_without_our_code_notices_one_altered_byte(exported: Path, part: str) -> None:
    path = next(each for each in sorted((exported / part).rglob("*")) if each.is_file())
    path.write_bytes(
        path.read_bytes().replace(b"fr", b"Fr", 1) if part == "payloads" else path.read_bytes()[:-1] + b"!"
    )
    assert check(exported).returncode != 0
