"""The program that is asked: the office of a body, and what ``ask --json`` prints, made in this process."""

from __future__ import annotations

import json
from typing import Any

from remembrancer.interfaces import shapes
from remembrancer.model import OWNER
from remembrancer.office.asking import answering
from remembrancer.office.bureau import Bureau


def ask(bureau: Bureau, question: str) -> dict[str, Any]:
    """An answer with the fields of ``ask --json``."""
    told: dict[str, Any] = json.loads(shapes.dump("ask", answering.ask(bureau, OWNER, question)))
    return told
