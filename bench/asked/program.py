"""The program that is asked: the office of a body, and what ``ask --json`` prints of it, made in this process."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from remembrancer.model import OWNER
from remembrancer.office import answering
from remembrancer.office.bureau import Bureau


def ask(bureau: Bureau, question: str) -> dict[str, Any]:
    """An answer with the fields of ``ask --json``."""
    told: dict[str, Any] = plain(answering.ask(bureau, OWNER, question))
    return told


def plain(value: Any) -> Any:
    """A frozen value as dictionaries and lists."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_asdict"):
        return {name: plain(each) for name, each in value._asdict().items()}
    return [plain(each) for each in value] if isinstance(value, tuple | list) else value
