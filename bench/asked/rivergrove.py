"""A small city: what a person read in its texts (``rivergrove.toml``) and derived of their force (``judged``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import force

from asked.known import Known, Value, written

BODY = "rivergrove"
TEXTS = Path(__file__).parent / "rivergrove.toml"


def known(root: Path) -> Iterator[Known]:
    """All that is asked about; ``root`` is not needed, since people read the texts."""
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["text"]
    names = {each["file"]: each["name"] for each in texts}
    for each in texts:
        yield from _of_text(each)
    for asked in force.questions():
        if asked.force != "undetermined" and asked.text in names:
            provision = {"provision": asked.provision} if asked.provision else {}
            fields = {"matter": names[asked.text], "day": written(asked.day), "iso": asked.day} | provision
            yield Known(BODY, "force-part" if provision else "force", asked.text, fields, (asked.force,))


def _of_text(text: dict[str, Any]) -> Iterator[Known]:
    fields = {"matter": text["name"]}

    def fact(kind: str, *gold: Value, **more: str) -> Known:
        return Known(BODY, kind, text["file"], fields | more, gold)

    if "adopted" in text:
        yield fact("date", text["adopted"])
        if "voted" not in text:
            yield fact("no-vote")
        if "sum" not in text:
            yield fact("no-amount")
    if "sum" in text:
        yield fact("amount", text["sum"][0], what=text["sum"][1])
    if "amends" in text:
        yield fact("amends", tuple(text["amends"]))
    if "repeals" in text:
        yield fact("supersedes", tuple(text["repeals"]))
        number = text["name"].rpartition(" ")[2]
        for each in text["repeals"]:
            yield Known(BODY, "superseded-by", text["file"], {"matter": f"Ordinance {each}"}, (number,))
