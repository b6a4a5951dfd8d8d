"""Opening a sitting of which the document itself says little: captions, logs and data files."""

from __future__ import annotations

from remembrancer.read.dates import from_path
from remembrancer.read.form import Form
from remembrancer.read.house import House
from remembrancer.saying import remark


def open_sitting(form: Form, path: str, house: House) -> int:
    """A sitting with the title and key that its path gives, by the house's patterns."""
    facts = from_path(path, house.sitting.path)
    return form.sitting(title=facts.title, key=facts.key)


def date_by_path(form: Form, sitting: int, path: str, house: House) -> None:
    """Once the document is read: date a sitting by its path if it did not do so itself, or report that nothing does."""
    if form.sitting_so_far(sitting).dates:
        return
    facts = from_path(path, house.sitting.path)
    if facts.date:
        form.dated(sitting, facts.date, "path")
        return
    form.finding(
        "no-date",
        remark("No date was found in the document or its path."),
        remark("Put the date (such as 2024-03-07) into the file's name, or say in the house where it stands."),
    )
