"""Are turns read where they begin, under the right speaker?

    python bench/turns.py                 # all of it, on $REMEMBRANCER_RECORDS
    python bench/turns.py marks           # only some: qmsum, qmsum-text, parlamint, parlamint-text, ...
    python bench/turns.py --wrong         # and list what was missed or invented
    python bench/turns.py --self-test     # shuffled speakers and shifted lines must score badly

The truth of the structured sources is parsed here, by the standard library's json and ElementTree. A turn is
right when a speech of the same speaker begins with its words, in the same order; QMSum is read from its JSON
and from the same meetings printed as ``Speaker: words``; ParlaMint from its XML and from the plain transcripts
of the same sittings (what stands in brackets there is nobody's words). Turns marked by hand (``bench/marks``)
are right when a speech of that speaker begins on that line; within the marked stretches any other speech is
wrong. Floors: F1 of 0.99, and 0.98 on the marks and on ParlaMint's transcripts, where some labels stand within
a paragraph. The last line is JSON.
Exit code 1 if a floor is missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from remembrancer.model import Reading, Speech
from remembrancer.plain import plain
from remembrancer.read import read
from remembrancer.read.house import DEFAULT, House, parse

HERE = Path(__file__).resolve().parent
HOUSES = HERE.parent / "examples" / "houses"
FLOORS = {
    "qmsum": 0.99,
    "qmsum-text": 0.99,
    "parlamint": 0.99,
    "parlamint-text": 0.98,
    "theyworkforyou": 0.99,
    "marks": 0.98,
}
OPENING = 8
"""How many words of a turn must agree."""

BRACKETS = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
ASIDES = {"note", "kinesic", "incident", "vocal", "writing", "gap"}
Turn = tuple[str, str]
"""Speaker and opening words, or speaker and line."""


class Score(NamedTuple):
    right: int = 0
    found: int = 0
    marked: int = 0

    def plus(self, other: Score) -> Score:
        return Score(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.marked)

    @property
    def recall(self) -> float:
        return self.right / self.marked if self.marked else float(not self.found)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.marked) if self.found + self.marked else 1.0


Wrong = Callable[[str, Turn], None]


def compare(truth: list[Turn], found: list[Turn], wrong: Wrong) -> Score:
    """Turns that agree, in order."""
    blocks = SequenceMatcher(None, truth, found, autojunk=False).get_matching_blocks()
    right = sum(block.size for block in blocks)
    _tell(truth, {at for block in blocks for at in range(block.a, block.a + block.size)}, "missed", wrong)
    _tell(found, {at for block in blocks for at in range(block.b, block.b + block.size)}, "invented", wrong)
    return Score(right, len(found), len(truth))


def _tell(turns: list[Turn], right: set[int], what: str, wrong: Wrong) -> None:
    for at, turn in enumerate(turns):
        if at not in right:
            wrong(what, turn)


def opening(words: str) -> str:
    """The first words of a turn, without punctuation."""
    return " ".join(re.findall(r"\w+", words)[:OPENING])


def label(speaker: str) -> str:
    return " ".join(speaker.split()).rstrip(":").strip()


def found_turns(reading: Reading) -> list[Turn]:
    """The speeches of a reading that have words."""
    turns = [(label(speech.speaker), opening(_words(reading, speech))) for speech in reading.proceedings.speeches]
    return [turn for turn in turns if turn[1]]


def _words(reading: Reading, speech: Speech) -> str:
    return plain([reading.rendition.data[start:end].decode() for start, end in speech.spans])


def house(name: str) -> House:
    """The first example house whose file's name begins so, else none."""
    found = sorted(HOUSES.glob(f"{name}*.toml"))
    return parse(found[0].read_text(encoding="utf-8"), found[0].name) if found else DEFAULT


def qmsum(root: Path) -> Iterator[tuple[str, list[Turn], list[Turn]]]:
    conventions = house("qmsum")
    for path, turns in _meetings(root):
        yield path.name, _kept(turns), found_turns(read(path.read_bytes(), path.name, conventions))


def qmsum_text(root: Path) -> Iterator[tuple[str, list[Turn], list[Turn]]]:
    """The same meetings as text, a line a turn, without a house."""
    for path, turns in _meetings(root):
        printed = "".join(f"{speaker}: {' '.join(words.split())}\n" for speaker, words in turns if opening(words))
        yield path.name, _kept(turns), found_turns(read(printed.encode(), f"{path.stem}.txt", DEFAULT))


def _meetings(root: Path) -> Iterator[tuple[Path, list[Turn]]]:
    for path in sorted((root / "qmsum").rglob("*.json")):
        turns = json.loads(path.read_text(encoding="utf-8"))["meeting_transcripts"]
        yield path, [(turn["speaker"], turn["content"]) for turn in turns]


def _kept(turns: Iterable[Turn]) -> list[Turn]:
    return [(label(speaker), opening(words)) for speaker, words in turns if opening(words)]


def parlamint(root: Path) -> Iterator[tuple[str, list[Turn], list[Turn]]]:
    for path, turns in _debates(root):
        yield path.name, _kept(turns), found_turns(read(path.read_bytes(), path.name, DEFAULT))


def parlamint_text(root: Path) -> Iterator[tuple[str, list[Turn], list[Turn]]]:
    """The plain transcripts of the same sittings, without a house."""
    truth = {path.stem: turns for path, turns in _debates(root)}
    for path in sorted((root / "parlamint-es-ga").rglob("*.txt")):
        if path.stem in truth:
            reading = read(path.read_bytes(), path.name, DEFAULT)
            found = [(label(speech.speaker), _words(reading, speech)) for speech in reading.proceedings.speeches]
            yield (
                path.name,
                *(_kept((who, BRACKETS.sub(" ", said)) for who, said in each) for each in (truth[path.stem], found)),
            )


def _debates(root: Path) -> Iterator[tuple[Path, list[Turn]]]:
    for path in sorted((root / "parlamint-es-ga").rglob("*.xml")):
        try:
            tree = ET.fromstring(path.read_bytes())
        except ET.ParseError:
            continue
        speaker, turns = "", []
        for element in tree.iter():
            name = element.tag.rpartition("}")[2]
            if name == "note" and element.get("type") == "speaker":
                speaker = "".join(element.itertext())
            elif name == "u":
                turns.append((speaker or element.get("who", ""), " ".join(_spoken(element))))
        if turns:
            yield path, turns


def _spoken(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if inner.tag.rpartition("}")[2] not in ASIDES:
            yield from _spoken(inner)
        yield inner.tail or ""


def theyworkforyou(root: Path) -> Iterator[tuple[str, list[Turn], list[Turn]]]:
    for path in sorted((root / "uk-assemblies-week").rglob("*.xml")):
        turns = [
            (speech.get("speakername", ""), "".join(speech.itertext()))
            for speech in ET.fromstring(path.read_bytes()).iter("speech")
            if speech.get("speakername")
        ]
        if turns:
            yield path.name, _kept(turns), found_turns(read(path.read_bytes(), path.name, DEFAULT))


def marks(root: Path) -> Iterator[tuple[str, list[Turn], list[Turn]]]:
    stretches: dict[str, list[range]] = defaultdict(list)
    for row in _table(HERE / "marks" / "turns" / "stretches.tsv"):
        stretches[row["path"]].append(range(int(row["first_line"]), int(row["last_line"]) + 1))
    bodies = {table.stem: table for table in (HERE / "marks" / "turns").glob("*.tsv") if table.stem != "stretches"}
    marked: dict[str, list[tuple[int, str]]] = defaultdict(list)
    body_of: dict[str, str] = {}
    for body, table in sorted(bodies.items()):
        for row in _table(table):
            marked[row["path"]].append((int(row["line"]), label(row["speaker"])))
            body_of[row["path"]] = body
    for path, lines in sorted(stretches.items()):
        body = body_of.get(path) or _body_of_folder(path, body_of)
        data = (root / path).read_bytes()
        reading = read(data, path, house(body))
        if reading.rendition.extractor and not reading.rendition.extractor.startswith("transcoded"):
            yield f"{body}: {path}", *_by_order(marked[path], lines, reading)
        else:
            yield f"{body}: {path}", *_by_line(marked[path], lines, reading)


def _body_of_folder(path: str, body_of: dict[str, str]) -> str:
    folder = path.split("/", 1)[0]
    return next((body for other, body in body_of.items() if other.startswith(f"{folder}/")), "")


def _by_line(marked: list[tuple[int, str]], stretches: list[range], reading: Reading) -> tuple[list[Turn], list[Turn]]:
    data = reading.rendition.data
    found = []
    for speech in reading.proceedings.speeches:
        start = (speech.label or speech.spans)[0].start
        line = data.count(b"\n", 0, start) + 1
        if any(line in stretch for stretch in stretches):
            found.append((label(speech.speaker), f"line {line}"))
    return [(speaker, f"line {line}") for line, speaker in sorted(marked)], found


def _by_order(marked: list[tuple[int, str]], stretches: list[range], reading: Reading) -> tuple[list[Turn], list[Turn]]:
    """Lines of a source that is not its own rendition do not count: speakers are compared in order, within each
    stretch between the first and the last that agree; what stands between two stretches is not marked."""
    marked = sorted(marked)
    truth = [speaker for _, speaker in marked]
    speakers = [label(speech.speaker) for speech in reading.proceedings.speeches]
    blocks = SequenceMatcher(None, truth, speakers, False).get_matching_blocks()
    place = {block.a + n: block.b + n for block in blocks for n in range(block.size)}
    inside: list[str] = []
    for stretch in stretches:
        agree = [place[at] for at, (line, _) in enumerate(marked) if line in stretch and at in place]
        inside += speakers[agree[0] : agree[-1] + 1] if agree else []
    return [(speaker, "") for speaker in truth], [(speaker, "") for speaker in inside]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


SOURCES = {
    "qmsum": qmsum,
    "qmsum-text": qmsum_text,
    "parlamint": parlamint,
    "parlamint-text": parlamint_text,
    "theyworkforyou": theyworkforyou,
    "marks": marks,
}


def measure(name: str, root: Path, show: bool) -> Score:
    """Print the score of one source, and for the marks of each body."""
    scores: dict[str, Score] = defaultdict(Score)
    for document, truth, found in SOURCES[name](root):

        def wrong(what: str, turn: Turn, document: str = document) -> None:
            if show:
                print(f"  {what}: {document} {' '.join(turn)}")

        part = document.split(":")[0] if name == "marks" else ""
        scores[part] = scores[part].plus(compare(truth, found, wrong))
    total = Score()
    for part, score in sorted(scores.items()):
        total = total.plus(score)
        if part:
            print(_line(f"  {part}", score))
    print(f"{_line(name, total)}  floor {FLOORS[name]}")
    return total


def _line(name: str, score: Score) -> str:
    return (
        f"{name:16} turns {score.marked:6}  found {score.found:6}  precision {score.precision:.4f}  "
        f"recall {score.recall:.4f}  F1 {score.f1:.4f}"
    )


def self_test() -> bool:
    """Whether wrong answers score badly: speakers shuffled, lines shifted, turns dropped."""
    chance = random.Random(7)
    truth = [(chance.choice("ABCDEFGH"), f"words number {n}") for n in range(400)]
    speakers = [speaker for speaker, _ in truth]
    chance.shuffle(speakers)
    shuffled = [(speaker, words) for speaker, (_, words) in zip(speakers, truth, strict=True)]
    shifted = [(speaker, f"{words} later") for speaker, words in truth]

    def quiet(what: str, turn: Turn) -> None:
        return

    return (
        compare(truth, truth, quiet).f1 == 1
        and compare(truth, shuffled, quiet).f1 < 0.5
        and compare(truth, shifted, quiet).f1 == 0
        and compare(truth, truth[::2], quiet).recall == 0.5
        and compare(truth, [*truth, *shuffled], quiet).precision < 0.6
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", choices=[*SOURCES, []], help="what to measure; all if left out")
    parser.add_argument("--wrong", action="store_true", help="list the turns missed and invented")
    parser.add_argument("--self-test", action="store_true", help="only check that wrong answers score badly")
    arguments = parser.parse_args()
    if not self_test():
        print("The scores cannot be trusted: a wrong answer scores well.")
        return 1
    if arguments.self_test:
        print("Wrong answers score badly, as they must.")
        return 0
    records = os.environ.get("REMEMBRANCER_RECORDS")
    if not records:
        print("Skipped: REMEMBRANCER_RECORDS does not name the folder of real records.")
        return 0
    scores = {name: measure(name, Path(records), arguments.wrong) for name in arguments.sources or SOURCES}
    print(json.dumps({name: {"turns": score.marked, "f1": round(score.f1, 4)} for name, score in scores.items()}))
    return 0 if all(score.marked and score.f1 >= FLOORS[name] for name, score in scores.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
