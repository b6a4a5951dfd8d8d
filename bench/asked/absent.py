"""What the record cannot answer: matters that never were, people who are not in it, days before it begins.

Matters are invented (``absent.toml``) or made of two real titles, the beginning of one with the end of the other. None
is taken that stands in the body's files, whose raw text is searched here; of a person, the surname must not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from asked.known import Known, digest, written

INVENTED = Path(__file__).parent / "absent.toml"
MADE = 12
"""Matters made of two titles, for each body."""
BEFORE = {"tc39": 1998, "wasm": 2009, "peps": 1987, "london": 2009, "magdeburg": 1996, "rivergrove": 1951}
"""A year before each record begins."""
NAMED = {"matter", "meeting"}
"""Fields one of which a real fact must have to be asked about with an absent name or day."""
YEARS = 6
"""Each of so many years before that is asked about."""


def known(haystacks: Mapping[str, str], answerable: Sequence[Known]) -> Iterator[Known]:
    """All that cannot be answered; a haystack is the text of a body's files, ``squeezed``."""
    invented = tomllib.loads(INVENTED.read_text(encoding="utf-8"))
    for body, hay in haystacks.items():
        own = [each for each in answerable if each.body == body and each.gold and NAMED & each.fields.keys()]
        for matter in [*invented[body]["matters"], *recombined(hay, own)]:
            if squeezed(bare(matter)) not in hay:
                yield _about(body, "absent-matter", matter, own)
        for person in invented[body]["people"]:
            if squeezed(person.split()[-1]) not in hay:
                yield _about(body, "absent-person", person, own)
        yield from _before(body, own)


def squeezed(text: str) -> str:
    """A text in lower case with one space wherever there are any."""
    return " ".join(text.casefold().split())


def bare(matter: str) -> str:
    """What of a matter's name must not stand in the record."""
    return re.sub(r"^the |[„“]", "", matter)


def recombined(hay: str, own: Sequence[Known]) -> list[str]:
    """Beginnings of real titles with ends of others, in the order of their hashes."""
    titles = sorted({title for each in own for title in map(_title, [each]) if len(title.split()) >= 2}, key=digest)
    made = (_joined(one, other) for one, other in zip(titles, titles[1:] + titles[:1], strict=True))
    return [each for each in made if each and squeezed(each) not in hay][:MADE]


def _title(known: Known) -> str:
    fields = known.fields
    title = (
        fields.get("title") or fields.get("item") or fields["matter"] if "matter" in fields or "item" in fields else ""
    )
    return "" if any(char.isdigit() for char in title) else title.strip("„“")


def _joined(one: str, other: str) -> str:
    first, last = one.split(), other.split()
    head, tail = first[: (len(first) + 1) // 2], last[len(last) // 2 :]
    return " ".join([*head, *tail]) if not set(map(str.casefold, head)) & set(map(str.casefold, tail)) else ""


def _about(body: str, kind: str, name: str, own: Sequence[Known]) -> Known:
    """A question with an absent name and else the fields of a real fact."""
    real = own[digest(body, name) % len(own)]
    day = next((each.fields["day"] for each in own if "day" in each.fields), "")
    fields = {"day": day} | dict(real.fields) | {("person" if kind == "absent-person" else "absent"): name}
    return Known(body, kind, name, fields, ())


def _before(body: str, own: Sequence[Known]) -> Iterator[Known]:
    for nth in range(YEARS):
        real = own[digest(body, "before", str(nth)) % len(own)]
        year = BEFORE[body] - nth
        day = f"{year}-{nth % 12 + 1:02}-{nth * 4 % 27 + 1:02}"
        words = written(day, "de" if body == "magdeburg" else "en")
        yield Known(body, "before", words, dict(real.fields) | {"day": words, "year": str(year)}, ())
