"""Is every quotation exact? Checked from outside: this script imports nothing of the program it checks.

    python bench/quotations.py HITS.jsonl --blobs DIR            # blobs as files: DIR/ab/cd/abcd...
    python bench/quotations.py HITS.jsonl --office DIR           # blobs from `remembrancer record blob SHA256`
    python bench/quotations.py --office DIR --ask QUERIES.txt    # runs `remembrancer search QUERY --json` for each
    python bench/quotations.py --self-test                       # altered quotations must be caught

Each line of HITS.jsonl is what ``search --json`` prints, an array of hits (one hit alone, or an answer of
``ask --json``, will do too). For every span the rendition's bytes must have the SHA-256 that names them and
``bytes[start:end]`` must decode to ``quote``; the letters and digits of ``text`` must be, in order, those of
the quotes. Prints how many were checked and each that is wrong; exit code 1 if any is, or if none was checked.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

Blob = Callable[[str], bytes]


def differences(hit: dict[str, Any], blob: Blob) -> Iterator[str]:
    """What is wrong with one hit, in sentences."""
    for span in hit["spans"]:
        start, end, name = span["start"], span["end"], span["rendition"]
        data = blob(name)
        if sha256(data).hexdigest() != name:
            yield f"{hit['id']}: the bytes of {name} are not those of their name"
        elif not 0 <= start < end <= len(data):
            yield f"{hit['id']}: {start}..{end} lies outside {name}"
        elif data[start:end] != span["quote"].encode("utf-8"):
            yield f"{hit['id']}: {start}..{end} of {name} reads {data[start:end]!r}, not {span['quote']!r}"
    if not hit["spans"]:
        yield f"{hit['id']}: no span proves it"
    if letters(hit["text"]) != letters("".join(span["quote"] for span in hit["spans"])):
        yield f"{hit['id']}: the text has other letters than its quotations: {hit['text']!r}"


def letters(text: str) -> str:
    """The letters and digits of a text, in order."""
    return "".join(character for character in text if character.isalnum())


def hits_of(line: str) -> list[dict[str, Any]]:
    """The hits of one line: an array of hits, an answer that holds them, or one hit."""
    value = json.loads(line)
    if isinstance(value, dict):
        value = value.get("answer", [value])
    return list(value)


def from_directory(directory: Path) -> Blob:
    """Blobs that are files by their name, straight in the directory or in folders of its first digits."""

    def blob(name: str) -> bytes:
        places = (directory / name, directory / name[:2] / name, directory / name[:2] / name[2:4] / name)
        return next((place for place in places if place.exists()), places[0]).read_bytes()

    return lru_cache(200)(blob)


def from_office(office: Path, command: str) -> Blob:
    """Blobs as the command prints them."""

    def blob(name: str) -> bytes:
        return run(command, "-o", str(office), "record", "blob", name)

    return lru_cache(200)(blob)


def run(*words: str) -> bytes:
    return subprocess.run(words, capture_output=True, check=True).stdout


def asked(office: Path, command: str, queries: Path) -> Iterator[str]:
    """What each query of a file, one a line, is answered with."""
    for query in queries.read_text(encoding="utf-8").splitlines():
        if query.strip():
            yield run(command, "-o", str(office), "search", "--json", "--", query).decode("utf-8")


def check(lines: Iterable[str], blob: Blob) -> tuple[int, int, list[str]]:
    """How many hits and spans were checked, and what is wrong with them."""
    hits = [hit for line in lines if line.strip() for hit in hits_of(line)]
    wrong = [difference for hit in hits for difference in differences(hit, blob)]
    return len(hits), sum(len(hit["spans"]) for hit in hits), wrong


def self_test() -> list[str]:
    """Which alterations of a true hit were not caught; a true hit that was refused is one of them."""
    data = "Chair: the *naïve* motion, 7 to 2, is carried. Applause.".encode()
    name = sha256(data).hexdigest()
    start, end = data.index(b"the"), data.index(b" Applause")
    span = {"source": name, "rendition": name, "start": start, "end": end, "quote": data[start:end].decode()}
    true = {"id": "a", "text": "the naïve motion, 7 to 2, is carried.", "spans": [span]}
    altered = {
        "a word": {**true, "spans": [{**span, "quote": span["quote"].replace("carried", "refused")}]},
        "a digit of both": {
            **true,
            "text": str(true["text"]).replace("7", "8"),
            "spans": [{**span, "quote": str(span["quote"]).replace("7", "8")}],
        },
        "white space": {**true, "spans": [{**span, "quote": str(span["quote"]) + " "}]},
        "a start": {**true, "spans": [{**span, "start": start + 1}]},
        "an end inside a letter": {**true, "spans": [{**span, "end": data.index("ï".encode()) + 1}]},
        "an end beyond the text": {**true, "spans": [{**span, "end": 10_000}]},
        "a word more in the text": {**true, "text": "the naïve motion, 7 to 2, is not carried."},
        "two letters in the text": {**true, "text": "the naïve motion, 2 to 7, is carried."},
        "no span": {**true, "spans": []},
    }
    blobs = {name: data}
    missed = [what for what, hit in altered.items() if not list(differences(hit, blobs.__getitem__))]
    if not list(differences(true, lambda _: data.replace(b"7", b"8"))):
        missed.append("the stored bytes")
    return missed + [f"refused though true: {wrong}" for wrong in differences(true, blobs.__getitem__)]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("hits", type=Path, nargs="?", help="a file of JSON lines")
    options.add_argument("--blobs", type=Path, help="a directory of blobs by SHA-256")
    options.add_argument("--office", type=Path, help="an office whose command prints blobs")
    options.add_argument("--ask", type=Path, help="a file of queries, one a line, to run in the office")
    options.add_argument("--command", default="remembrancer")
    options.add_argument("--self-test", action="store_true")
    given = options.parse_args()
    missed = self_test()
    if missed or given.self_test:
        print("\n".join(f"not caught: {what}" for what in missed) or "every alteration was caught")
        return 1 if missed else 0
    if not (given.blobs or given.office) or not (given.hits or (given.office and given.ask)):
        options.error("give hits (or --ask with --office), and --blobs or --office")
    blob = from_directory(given.blobs) if given.blobs else from_office(given.office, given.command)
    lines = (
        given.hits.read_text(encoding="utf-8").splitlines()
        if given.hits
        else asked(given.office, given.command, given.ask)
    )
    hits, spans, wrong = check(lines, blob)
    print("\n".join([*wrong, f"{hits:,} hits, {spans:,} quotations checked, {len(wrong)} wrong"]))
    print(json.dumps({"hits": hits, "quotations": spans, "wrong": len(wrong)}))
    return 1 if wrong or not spans else 0


if __name__ == "__main__":
    sys.exit(main())
