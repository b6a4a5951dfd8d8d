"""How fast is search, and is every quotation exact?

    python bench/search.py                          # paragraphs of every text file under $REMEMBRANCER_RECORDS
    python bench/search.py --office DIR             # everything in an office, asked as its owner

Runs 1,000 queries drawn from the text - single words, several words, phrases, boolean, filtered - for the top
10 complete with quotes. Floors: p50 below 3 ms, p95 below 10 ms, no quotation that differs from its bytes.
``--keep DIR`` writes the hits (``hits.jsonl``) and their blobs there, for ``bench/quotations.py`` to check.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from statistics import quantiles

from remembrancer.memory.cite import Hit, Renditions
from remembrancer.memory.index import TantivyIndex
from remembrancer.memory.lookup import indexed
from remembrancer.memory.passages import cut
from remembrancer.memory.query import parse
from remembrancer.memory.search import search
from remembrancer.model import OWNER, Passage, Span
from remembrancer.plain import plain
from remembrancer.ports import Indexed
from remembrancer.queries import Filters

FLOORS = {"p50": 3.0, "p95": 10.0}
TEXTS = {".md", ".txt", ".rst", ".vtt", ".srt", ".json", ".xml", ".html", ".csv", ".tsv", ".yml", ".yaml"}
PARAGRAPH = re.compile(rb"\S(?:.|\n(?!\s*\n))*")
WORD = re.compile(r"[A-Za-z0-9]{3,20}")
Searched = tuple[Callable[[str, Filters, int], list[Hit]], Renditions]
"""How to search, and where the bytes of what is found are."""

DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d-\d\d)?")


def passages(root: Path, blobs: dict[str, bytes]) -> Iterator[Indexed]:
    """The paragraphs of every text under the root, as passages; their bytes go into ``blobs``."""
    for path in sorted(path for path in root.rglob("*") if path.suffix in TEXTS):
        data = path.read_bytes().decode("utf-8", "replace").encode()
        name = sha256(data).hexdigest()
        if name in blobs:
            continue
        blobs[name] = data
        date = DATE.search(path.name)
        for number, found in enumerate(PARAGRAPH.finditer(data)):
            for part, spans in enumerate(cut(data, [Span(*found.span())], "en")):
                passage = Passage(
                    id=f"{name[:12]}-{number}",
                    number=part,
                    kind="speech" if b":" in found[0][:20] else "text",
                    body=path.relative_to(root).parts[0],
                    source=name,
                    rendition=name,
                    spans=spans,
                    speaker=found[0][:20].decode(errors="ignore").partition(":")[0] if b":" in found[0][:20] else "",
                    date=date[0] if date else "",
                    language="en",
                    path=path.relative_to(root).as_posix(),
                )
                yield indexed(passage, plain([data[span.start : span.end].decode() for span in spans]))


def build(entries: Iterable[Indexed], directory: Path) -> TantivyIndex:
    """An index of the entries, with how long it took."""
    index = TantivyIndex(directory)
    began = time.perf_counter()
    ready = list(entries)
    analyzed = time.perf_counter()
    with index.writing() as batch:
        batch.add(ready)
        batch.commit(1)
    done = time.perf_counter()
    size = index.size()
    print(f"{size:,} passages: read and analyzed {size / (analyzed - began):,.0f}/s,", end=" ")
    print(f"indexed from ready tokens {size / (done - analyzed):,.0f}/s")
    return index


def queries(texts: list[str], chance: random.Random, count: int) -> list[tuple[str, str, Filters]]:
    """(what kind, query, filters), drawn from words that stand in the texts."""
    drawn = []
    kinds = ["word", "words", "phrase", "boolean", "filtered"]
    while len(drawn) < count:
        text = chance.choice(texts).replace('"', " ").replace("“", " ").replace("”", " ")
        words, run = WORD.findall(text), text.split()
        if len(words) < 6:
            continue
        kind = kinds[len(drawn) % len(kinds)]
        at = chance.randrange(max(1, len(run) - 4))
        some = chance.sample(words, 4)
        query = {
            "word": some[0],
            "words": " ".join(f'"{word}"' for word in some[: chance.randint(2, 4)]),
            "phrase": f'+"{" ".join(run[at : at + chance.randint(2, 4)])}" {some[0]}',
            "boolean": f'"{some[0]}" AND ("{some[1]}" OR "{some[2]}") AND NOT "{some[3]}"',
            "filtered": f'"{some[0]}" "{some[1]}" kind:{chance.choice(["speech", "text"])}',
        }[kind]
        year = chance.randint(2012, 2023)
        filters = Filters(since=f"{year}", until=f"{year + 2}") if kind == "filtered" else Filters()
        drawn.append((kind, query if kind != "word" else f'"{query}"', filters))
    return drawn


def wrong(hits: list[Hit], renditions: Renditions) -> int:
    """How many quotations differ from their bytes or have other letters than the text, counted plainly."""

    def letters(text: str) -> str:
        return "".join(letter for letter in text if letter.isalnum())

    bad = 0
    for hit in hits:
        for span in hit.spans:
            bad += renditions.get(span.rendition)[span.start : span.end].decode() != span.quote
        bad += letters(hit.text) != letters("".join(span.quote for span in hit.spans))
    return bad


def keep(hits: list[Hit], renditions: Renditions, directory: Path) -> None:
    """Add a line of hits, and the blobs that prove them, to a directory."""
    blobs = directory / "blobs"
    blobs.mkdir(parents=True, exist_ok=True)
    for name in {span.rendition for hit in hits for span in hit.spans}:
        if not (blobs / name).exists():
            (blobs / name).write_bytes(renditions.get(name))
    with (directory / "hits.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps([asdict(hit) for hit in hits]) + "\n")


def measure(searched: Searched, asked: list[tuple[str, str, Filters]], kept: Path | None) -> bool:
    """Print percentiles and differences; whether all floors hold."""
    searching, renditions = searched
    times: dict[str, list[float]] = {"all": []}
    bad = found = 0
    for kind, query, filters in asked:
        began = time.perf_counter()
        hits = searching(query, filters, 10)
        took = 1000 * (time.perf_counter() - began)
        times["all"].append(took)
        times.setdefault(kind, []).append(took)
        found += len(hits)
        bad += wrong(hits, renditions)
        if kept:
            keep(hits, renditions, kept)
    print(f"{len(asked):,} queries, {found:,} hits, {bad} quotations differ from their bytes")
    for kind, took in times.items():
        cuts = quantiles(took, n=100)
        print(f"{kind:>9}: p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms, most {max(took):.1f} ms")
    cuts = quantiles(times["all"], n=100)
    figures = {"queries": len(asked), "hits": found, "differ": bad}
    print(json.dumps({**figures, "p50_ms": round(cuts[49], 2), "p95_ms": round(cuts[94], 2)}))
    return not bad and cuts[49] < FLOORS["p50"] and cuts[94] < FLOORS["p95"]


def of_records(root: Path, directory: Path) -> Searched:
    """An index of the paragraphs under a folder, made in an empty directory."""
    blobs: dict[str, bytes] = {}
    index = build(passages(root, blobs), directory)
    renditions = Renditions(blobs.__getitem__)
    return lambda query, filters, limit: search([index], renditions, parse(query), filters, limit), renditions


def of_office(directory: Path, slug: str) -> Searched:
    """One body of an office, through everything that stands between the owner and the index."""
    from remembrancer.office import Office

    bureau = Office(directory).body(slug)
    bureau.catch_up()
    return lambda query, filters, limit: bureau.search(OWNER, query, filters, limit), bureau.renditions


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--office", type=Path, help="measure this office")
    options.add_argument("--body", default="", help="which of its bodies, where there are several")
    options.add_argument("--keep", type=Path, help="a new directory for hits and blobs")
    options.add_argument("--queries", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="", help="only the records in this folder")
    given = options.parse_args()
    records = os.environ.get("REMEMBRANCER_RECORDS")
    if not given.office and not records:
        print("Set REMEMBRANCER_RECORDS to a folder of records, or give --office; nothing was measured.")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        searched = (
            of_office(given.office, given.body)
            if given.office
            else of_records(Path(records or "") / given.only, Path(directory))
        )
        texts = [hit.text for hit in searched[0]("", Filters(), 4000)]
        passed = measure(searched, queries(texts, random.Random(given.seed), given.queries), given.keep)
    print("floors hold" if passed else f"FAILED: floors are {FLOORS} ms and no difference")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
