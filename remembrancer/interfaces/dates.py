"""Dates as people and programs type them."""

from __future__ import annotations

import re
from datetime import date

from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence


def day(text: str) -> str:
    """A date to the year, month or day, or empty; a Fault (usage) if it is none."""
    told = text.strip()
    form = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", told)
    try:
        if form:
            date(int(form[1]), int(form[2] or 1), int(form[3] or 1))
            return told
    except ValueError:
        form = None
    if told:
        raise Fault(
            Exit.USAGE,
            Sentence("%(since)s is no date.", since=repr(told)),
            Sentence("Write it as 2024, 2024-03 or 2024-03-07."),
        )
    return ""
