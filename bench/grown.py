"""Text grown from the records to any size: passages that join runs of their real sentences, the same for one seed.

    for document in documents(sentences(root), passages=1_000_000): ...

A document holds ``TOLD`` passages as paragraphs; nothing in it is invented but the labels of speakers and the days.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from remembrancer.memory.around import windows
from remembrancer.model import Passage, Span

TEXTS = {".md", ".txt", ".rst", ".vtt", ".xml", ".html"}
TOLD = 250
"""Passages of a document: about those of a long sitting."""

RUN = 4
"""Sentences of a passage at most."""

SPEAKERS = 400
FIRST, DAYS = date(1990, 1, 1), 12_000
SENTENCE = re.compile(r"[A-ZÀ-Þ][^.!?\n<>|{}\[\]]{25,240}[.!?](?=\s)")


class Document(NamedTuple):
    """Its name (the SHA-256 of ``data``), its words in UTF-8, and its passages."""

    name: str
    data: bytes
    passages: list[Passage]


def sentences(root: Path, most: int = 300_000) -> list[str]:
    """Real sentences of the text files under a folder in their order, an equal part of each of its folders."""
    folders = [folder for folder in sorted(root.iterdir()) if folder.is_dir()]
    found: list[str] = []
    for at, folder in enumerate(folders, 1):
        wanted = at * most // len(folders)
        for path in sorted(path for path in folder.rglob("*") if path.suffix in TEXTS):
            if len(found) >= wanted:
                break
            text = path.read_text(encoding="utf-8", errors="replace")[:400_000]
            found += [" ".join(each.split()) for each in SENTENCE.findall(text.replace("\n", " ") + " ")]
        del found[wanted:]
    return found


def documents(real: Sequence[str], passages: int, seed: int = 1) -> Iterator[Document]:
    """Documents of so many passages in all."""
    chance = random.Random(seed)
    for number in range(-(-passages // TOLD)):
        count = min(TOLD, passages - number * TOLD)
        starts = [chance.randrange(len(real) - RUN) for _ in range(count)]
        yield document(number, [" ".join(real[at : at + chance.randint(1, RUN)]) for at in starts], chance)


def document(number: int, texts: Sequence[str], chance: random.Random) -> Document:
    """The texts as the paragraphs of one document of one day."""
    paragraphs = [text.encode() for text in texts]
    data = b"\n\n".join(paragraphs)
    name = sha256(data).hexdigest()
    day = (FIRST + timedelta(days=chance.randrange(DAYS))).isoformat()
    found, start = [], 0
    for part, paragraph in enumerate(paragraphs):
        end = start + len(paragraph)
        found.append(
            Passage(
                id=f"speech-{name[:12]}-{part}",
                number=0,
                kind="speech",
                body="grown",
                source=name,
                rendition=name,
                spans=(Span(start, end),),
                speaker=f"Speaker {chance.randrange(SPEAKERS)}",
                sitting=f"sitting-{number}",
                date=day,
                language="en",
                path=f"{day}.txt",
                window=Span(start, end),
            )
        )
        start = end + 2
    around = windows(found, [("open", span) for each in found for span in each.spans])
    return Document(name, data, [each._replace(window=span) for each, span in zip(found, around, strict=True)])
