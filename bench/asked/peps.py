"""Enhancement proposals: what their own headers say, parsed here as mail headers are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.parser import HeaderParser
from pathlib import Path

from records import files

from asked.known import Known

BODY = "peps"
FOLDER = "python-peps/dev"
PEOPLE = {"author": "Author", "sponsor": "Sponsor", "delegate": "PEP-Delegate"}


def headers(path: Path) -> dict[str, str]:
    """The headers of a proposal, folded lines joined."""
    text = path.read_text(encoding="utf-8", errors="replace").lstrip()
    return {name: " ".join(value.split()) for name, value in HeaderParser().parsestr(text, headersonly=True).items()}


def people(value: str) -> tuple[str, ...]:
    """The names of a header that lists people, without addresses; a word in capitals is none."""
    bare = re.sub(r"<[^>]*>|\([^)]*\)|\S+@\S+|\S+ at \S+\.\w+", " ", value)
    return tuple(" ".join(each.split()) for each in bare.split(",") if each.strip() and not each.isupper())


def known(root: Path) -> Iterator[Known]:
    """All that is asked about."""
    told = [(path.name, headers(path)) for path, _ in files(root, FOLDER) if path.name.startswith("pep-")]
    replaced = {number for _, each in told for number in re.findall(r"\d+", each.get("Replaces", ""))}
    titles = Counter(each.get("Title", "").casefold() for _, each in told)
    for key, each in told:
        if each.get("PEP", "").isdigit():
            alone = titles[each["Title"].casefold()] == 1
            yield from _of_paper(key, each, alone)
            yield from _never(key, each, each["PEP"] in replaced)


def _of_paper(key: str, told: dict[str, str], alone: bool) -> Iterator[Known]:
    fields = {"matter": f"PEP {told['PEP']}", "number": told["PEP"]}
    if alone:
        fields["title"] = told["Title"].replace("`", "")

    def fact(kind: str, *gold: str | tuple[str, ...]) -> Known:
        return Known(BODY, kind, key, fields, gold)

    yield fact("status", told["Status"])
    for kind, name in PEOPLE.items():
        value = told.get(name) or (told.get("BDFL-Delegate", "") if kind == "delegate" else "")
        if found := people(value):
            yield fact(f"champion-{kind}", found)
    for kind, name in (("superseded-by", "Superseded-By"), ("supersedes", "Replaces")):
        if numbers := re.findall(r"\d+", told.get(name, "")):
            yield fact(kind, tuple(numbers))
    if "Created" in told and (day := _day(told["Created"])):
        yield fact("date-created", day)


def _never(key: str, told: dict[str, str], replaced: bool) -> Iterator[Known]:
    """What no proposal has: a seconder, money, and, unless one says so, a successor."""
    fields = {"matter": f"PEP {told['PEP']}"}
    yield Known(BODY, "no-seconder", key, fields, ())
    yield Known(BODY, "no-amount", key, fields, ())
    if told["Status"] in ("Final", "Active", "Draft") and not replaced and "Superseded-By" not in told:
        yield Known(BODY, "no-successor", key, fields, ())


def _day(text: str) -> str:
    try:
        return datetime.strptime(text, "%d-%b-%Y").date().isoformat()
    except ValueError:
        return ""
