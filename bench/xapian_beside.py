"""Xapian for ``beside.py``, under the Python that has its bindings; it needs nothing of ours.

Lines of JSON come in: rows (number, text, speaker, day), an empty line, then again and again queries and an empty line.
After the rows it says ``true``, after queries the milliseconds that each took. The database is the one argument.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import xapian

DAY = 0


def lines() -> Iterator[Any]:
    for line in sys.stdin:
        if line == "\n":
            return
        yield json.loads(line)


def say(value: Any) -> None:
    print(json.dumps(value), flush=True)


def build(path: str) -> xapian.Database:
    database = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC)
    terms = xapian.TermGenerator()
    terms.set_stemmer(xapian.Stem("en"))
    terms.set_stemming_strategy(xapian.TermGenerator.STEM_SOME)
    for _, text, speaker, day in lines():
        document = xapian.Document()
        terms.set_document(document)
        terms.index_text(text)
        document.add_boolean_term("XS" + speaker)
        document.add_value(DAY, day)
        database.add_document(document)
    database.commit()
    database.close()
    return xapian.Database(path)


def query(asked: dict[str, Any], stem: xapian.Stem) -> xapian.Query:
    if asked["phrase"]:
        return xapian.Query(xapian.Query.OP_PHRASE, [word.lower() for word in asked["words"]])
    found = xapian.Query(xapian.Query.OP_OR, ["Z" + stem(word.lower()).decode() for word in asked["words"]])
    if asked["speaker"]:
        return xapian.Query(xapian.Query.OP_FILTER, found, xapian.Query("XS" + asked["speaker"]))
    if asked["since"]:
        days = xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, asked["since"], asked["until"])
        return xapian.Query(xapian.Query.OP_FILTER, found, days)
    return found


def best(database: xapian.Database, asked: dict[str, Any], stem: xapian.Stem) -> list[tuple[int, float]]:
    enquire = xapian.Enquire(database)
    enquire.set_query(query(asked, stem))
    return [(match.docid, match.weight) for match in enquire.get_mset(0, 10)]


def timed(database: xapian.Database, drawn: list[dict[str, Any]]) -> list[float]:
    stem = xapian.Stem("en")
    for asked in drawn[:4]:
        best(database, asked, stem)
    took = []
    for asked in drawn:
        began = time.perf_counter()
        best(database, asked, stem)
        took.append(1000 * (time.perf_counter() - began))
    return took


def main() -> None:
    database = build(sys.argv[1])
    say(True)
    while drawn := list(lines()):
        say(timed(database, drawn))


if __name__ == "__main__":
    main()
