"""The independent check of quotations passes what is true and catches what is not."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from remembrancer.memory.cite import Hit
from remembrancer.model import Quote

SCRIPT = Path(__file__).parents[2] / "bench" / "quotations.py"
DATA = b"Motion: that the *levy* stand. Carried."
NAME = sha256(DATA).hexdigest()
HIT = Hit("a", "speech", "that the levy stand.", "line 1", "", "", "", "", "notes", 1.0, "", (
    Quote(NAME, NAME, 8, 30, "that the *levy* stand."),
))  # fmt: skip


def checked(directory: Path, *lines: object) -> subprocess.CompletedProcess[str]:
    blobs = directory / "blobs" / NAME[:2]
    blobs.mkdir(parents=True)
    (blobs / NAME).write_bytes(DATA)
    hits = directory / "hits.jsonl"
    hits.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    command = [sys.executable, SCRIPT, hits, "--blobs", directory / "blobs"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_true_hits_and_answers_pass(tmp_path: Path) -> None:
    ran = checked(tmp_path, [asdict(HIT)], {"question": "?", "answer": [asdict(HIT)]}, [])
    assert ran.returncode == 0
    assert "2 quotations checked, 0 wrong" in ran.stdout


def test_one_altered_quotation_among_true_ones_is_caught_and_named(tmp_path: Path) -> None:
    altered = json.loads(json.dumps(asdict(HIT)).replace("levy", "duty"))
    ran = checked(tmp_path, [asdict(HIT)], [altered])
    assert ran.returncode == 1
    assert "duty" in ran.stdout and "1 wrong" in ran.stdout


def test_nothing_checked_is_no_pass(tmp_path: Path) -> None:
    assert checked(tmp_path, []).returncode == 1


def test_its_own_failing_cases_are_caught() -> None:
    ran = subprocess.run([sys.executable, SCRIPT, "--self-test"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_it_imports_nothing_of_the_program() -> None:
    assert "import remembrancer" not in SCRIPT.read_text(encoding="utf-8")
    assert "from remembrancer" not in SCRIPT.read_text(encoding="utf-8")
