"""Opening a sitting of which the document itself says little: captions, logs and data files."""

from __future__ import annotations

from remembrancer.read.dates import from_path
from remembrancer.read.form import Form
from remembrancer.read.house import House


def open_sitting(form: Form, path: str, house: House) -> int:
    """A sitting with the title, key and date that its path gives, by the house's patterns or common ones."""
    facts = from_path(path, house.sitting.path)
    sitting = form.sitting(title=facts.title, key=facts.key)
    if facts.date:
        form.dated(sitting, facts.date, "path")
    return sitting


def report_undated(form: Form, sitting: int) -> None:
    """Say so if neither the document nor its path dates a sitting."""
    if not form.sitting_so_far(sitting).dates:
        form.finding(
            "no-date",
            "No date was found in the document or its path.",
            "Put the date (such as 2024-03-07) into the file's name, or say in the house where it stands.",
        )
