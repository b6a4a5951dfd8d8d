"""A thousand searches over every format of an office, written down for ``bench/quotations.py`` to check.

    python bench/searches.py --office DIR --out NEW_DIRECTORY [--searches 1000] [--body SLUG]
    python bench/quotations.py NEW_DIRECTORY/hits.jsonl --blobs NEW_DIRECTORY/blobs

Each line of ``hits.jsonl`` is what ``search --json`` prints. The searches take turns over the formats (a reader
and the ending of a path): words and phrases of a passage in a document of that format, asked of the whole
record and of that document alone, since small formats would else hardly be found. The last line printed is
JSON: searches, hits, and quotations by format.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from remembrancer.interfaces.shapes import dump
from remembrancer.memory.cite import Hit
from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau, Seen
from remembrancer.plain import plain
from remembrancer.queries import Field, Filters, Group, Phrase, Query, Word

WORD = re.compile(r"[^\W_]{3,20}")
FEWEST = 4
"""Words that a passage must have to be searched for."""

TRIES = 10
"""For each search so many documents are looked into at most, since some hold no such passage."""


def formats(bureau: Bureau) -> dict[str, list[Seen]]:
    """The sources by reader and ending, of every format that has a text at all."""
    found: dict[str, list[Seen]] = {}
    for seen in bureau.all_seen(OWNER):
        if seen.row.account["letters"]:
            found.setdefault(format_of(seen), []).append(seen)
    return dict(sorted(found.items()))


def format_of(seen: Seen) -> str:
    return f"{seen.row.reader.partition('/')[0]} {Path(seen.source.path).suffix.lower()}".strip()


def words_in(bureau: Bureau, seen: Seen, chance: random.Random) -> list[str]:
    """The words of one of the passages of a source; empty where it has none with enough of them."""
    passages = list(bureau.passages(seen).values())
    for passage in chance.sample(passages, min(5, len(passages))):
        data = bureau.renditions.get(passage.rendition)
        words = WORD.findall(plain([data[start:end].decode() for start, end in passage.spans]))
        if len(words) >= FEWEST:
            return words
    return []


def queries(words: list[str], source: str, chance: random.Random) -> Iterator[Query]:
    """Two searches: some words in the whole record; a phrase, or else a word, in the one document."""
    yield Group(may=tuple(Word(word) for word in chance.sample(words, chance.randint(2, FEWEST))))
    at = chance.randrange(len(words) - 1)
    wanted: tuple[Query, ...] = (Phrase(" ".join(words[at : at + 2])), Word(chance.choice(words)))
    yield Group(must=(Field("source", source),), may=wanted)


def searched(bureau: Bureau, count: int, chance: random.Random) -> Iterator[list[Hit]]:
    """What each search finds, over the formats in turn."""
    left = count
    by_format = formats(bureau)
    for name in islice(cycle(by_format), TRIES * count):
        if left <= 0:
            return
        seen = chance.choice(by_format[name])
        words = words_in(bureau, seen, chance)
        for query in queries(words, seen.source.sha, chance) if words else ():
            left -= 1
            yield bureau.search(OWNER, query, Filters(), 10)


def keep_blobs(bureau: Bureau, hits: list[Hit], directory: Path) -> None:
    """The blobs that prove hits, as files by their names."""
    for name in {span.rendition for hit in hits for span in hit.spans}:
        if not (directory / name).exists():
            (directory / name).write_bytes(bureau.log.blob(name))


def write(bureau: Bureau, count: int, seed: int, directory: Path) -> dict[str, object]:
    """Search and write everything into a new directory; the figures."""
    (directory / "blobs").mkdir(parents=True)
    names = {seen.source.sha: format_of(seen) for seen in bureau.all_seen(OWNER)}
    done = found = 0
    quotations: Counter[str] = Counter()
    with (directory / "hits.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for hits in searched(bureau, count, random.Random(seed)):
            file.write(json.dumps(json.loads(dump("search", hits)), ensure_ascii=False) + "\n")
            keep_blobs(bureau, hits, directory / "blobs")
            done, found = done + 1, found + len(hits)
            quotations.update(names[span.source] for hit in hits for span in hit.spans)
    return {"searches": done, "hits": found, "quotations": dict(sorted(quotations.items()))}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--office", type=Path, required=True)
    options.add_argument("--body", default="", help="which of its bodies, where there are several")
    options.add_argument("--out", type=Path, required=True, help="a new directory")
    options.add_argument("--searches", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with Office(given.office) as office:
        bureau = office.body(given.body)
        figures = write(bureau, given.searches, given.seed, given.out)
        silent = sorted(set(formats(bureau)) - set(figures["quotations"]))  # type: ignore[call-overload]
    print("\n".join(f"nothing was found in any document of the format {name}" for name in silent))
    print(json.dumps({**figures, "formats_not_found": silent}))
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
