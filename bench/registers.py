"""Public registers as their git histories tell them: which matters, by which names, on which rung, when.

A register is a few Markdown tables, one row for each matter, under headings or in files that name a rung. Every commit
is read before and after, so that a matter keeps its identity through renamings (a row is known by its title, by the
label of its link and by the repository linked to; whatever shares one of them is one matter) and a move is a row
that stands on another rung than before. Nothing of ``remembrancer`` is used here.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

ASIDE = "aside"
"""The rung of whatever was withdrawn, rejected or left."""

NOT_MOVED = re.compile(r"\b(?:remains|split (?:off|out)|renam\w+)\b", re.IGNORECASE)
TIDIED = re.compile(r"\b(?:proposal duplicate|spec status)\b", re.IGNORECASE)

_LINK = re.compile(r"\[((?:[^\[\]`]|`[^`]*`|\[[^\]]*\])+)\](?:\(([^)\s]+)\)|\[([^\]]*)\])?")
_DEFINED = re.compile(r"^\[([^\]]+)\]:\s*(\S+)", re.MULTILINE)
_HOST = re.compile(r"https?://(?:www\.)?([^/#?]+)/([^#?]*)")
_GENERAL = {"notes", "ecma262", "ecma402", "test262", "spec", "meetings", "proposals", "design"}
_DROPPED = re.compile(r"\b(?:prototype|proposals?|the|a|an|tc39|es\d+|new)\b")


class Row(NamedTuple):
    """A matter as one table gives it: the names it goes by, its rung, and the addresses in its row."""

    names: frozenset[str]
    title: str
    rung: str
    links: tuple[str, ...]


class Commit(NamedTuple):
    """A commit with the tables of the files it touches, before and after."""

    day: str
    subject: str
    before: tuple[Row, ...]
    after: tuple[Row, ...]


@dataclass
class Matters:
    """Which names are one matter: a matter is known by the smallest of its names."""

    above: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """The matter of a name; the name itself where it is not known."""
        while self.above.get(name, name) != name:
            name = self.above[name]
        return name

    def join(self, names: Iterable[str]) -> str:
        """Make these names one matter."""
        tops = {self.of(name) for name in names}
        top = min(tops)
        for each in (*tops, *names):
            self.above[each] = top
        return top

    def names(self) -> dict[str, set[str]]:
        """Every matter with all its names."""
        grouped: dict[str, set[str]] = defaultdict(set)
        for name in self.above:
            grouped[self.of(name)].add(name)
        return grouped


def folded(title: str) -> str:
    """A title without case, accents, punctuation and the words that every title has."""
    bare = unicodedata.normalize("NFKD", title.replace("<br />", " ").replace("&nbsp;", " "))
    bare = "".join(char for char in bare if not unicodedata.combining(char)).casefold()
    bare = re.sub(r"[^a-z0-9]+", " ", bare)
    return " ".join(_DROPPED.sub(" ", bare).split())


def repository(address: str) -> str:
    """What an address is known by: a repository's name, else the whole path; empty for what is no matter's own."""
    found = _HOST.match(address)
    if not found:
        return ""
    host, parts = found[1].casefold(), [part for part in found[2].casefold().split("/") if part]
    if host == "github.com" and len(parts) >= 2:
        own = parts[1] if len(parts) == 2 or (parts[2] in ("tree", "blob") and len(parts) <= 5) else "/".join(parts)
        return "" if parts[1] in _GENERAL and len(parts) == 2 else own.removesuffix(".git")
    if host.endswith((".github.io", "tc39.es")) and parts:
        return "" if parts[0] in _GENERAL else parts[0]
    return ""


def rows(text: str, path: str, rung_of: Callable[[str, str, str], str]) -> tuple[Row, ...]:
    """The rows of a file's tables. ``rung_of(path, heading, value of a column "Stage")`` names the rung."""
    links = {label.casefold(): address for label, address in _DEFINED.findall(text)}
    heading = ""
    columns: list[str] = []
    found: list[Row] = []
    for line in text.splitlines():
        if line.startswith("#"):
            heading, columns = line.lstrip("# "), []
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not columns:
                columns = [cell.casefold() for cell in cells]
            elif not set(line) <= set("|-: "):
                found += _rows(cells, columns, links, partial(rung_of, path, heading))
        else:
            columns = []
    return tuple(found)


def _rows(cells: list[str], columns: list[str], links: Mapping[str, str], rung: Callable[[str], str]) -> Iterator[Row]:
    at = next((index for index, name in enumerate(columns) if "proposal" in name), 0)
    if at >= len(cells) or not cells[at]:
        return
    stage = next((cells[i] for i, name in enumerate(columns) if name == "stage" and i < len(cells)), "")
    others = tuple(
        filter(
            None,
            (to or links.get((label or text).casefold(), "") for text, to, label in _LINK.findall("|".join(cells))),
        )
    )
    linked = [
        (text, to or links.get((label or text).casefold(), ""), label) for text, to, label in _LINK.findall(cells[at])
    ]
    linked = [each for each in linked if each[1]] or linked[:1] or [(cells[at], "", "")]
    for title, address, label in linked[:1] if cells[at].startswith("[") else linked:
        names = {f"title:{folded(title)}", f"label:{label.casefold()}", f"link:{repository(address)}"}
        yield Row(frozenset(names - {"label:", "link:", "title:"}), title, rung(stage), others)


_NOTES = re.compile(r"/(20\d\d-\d\d/[\w-]+)\.md#(.+)")


def heading_key(path: str, heading: str) -> str:
    """A heading of a file as a web address names it, without hyphens: ``2019-06/june-4#forinmechanics``."""
    stem = "/".join(path.removesuffix(".md").split("/")[-2:])
    return f"{stem}#{''.join(char for char in heading.casefold() if char.isalnum() and char.isascii())}"


def headings(commits: Iterable[Commit], matters: Matters) -> dict[str, str]:
    """The headings that the row of just one matter links to, with that matter."""
    found: dict[str, set[str]] = defaultdict(set)
    for commit in commits:
        for row in (*commit.before, *commit.after):
            for link in row.links:
                if notes := _NOTES.search(link):
                    found[heading_key(notes[1], notes[2])].add(matters.of(min(row.names)))
    return {heading: min(of) for heading, of in found.items() if len(of) == 1}


def history(bundle: Path, rung_of: Callable[[str, str, str], str]) -> tuple[list[Commit], list[Row]]:
    """The commits of a bundle from the first on, and the tables as they stand at its end."""
    with tempfile.TemporaryDirectory() as directory:
        _git(directory, "clone", "-q", "-b", "cut2023", str(bundle), ".")
        log = _git(
            directory,
            "log",
            "--reverse",
            "--topo-order",
            "-p",
            "-U1000000",
            "--date=short",
            "--no-renames",
            "--format=%x00%ad%x09%s",
            "--",
            "*.md",
        )
        commits = [_commit(part, rung_of) for part in log.split("\0")[1:]]
        last = [
            row
            for path in sorted(Path(directory).rglob("*.md"))
            for row in rows(path.read_text(encoding="utf-8"), path.relative_to(directory).as_posix(), rung_of)
        ]
    return commits, [row for row in last if row.rung]


def _commit(part: str, rung_of: Callable[[str, str, str], str]) -> Commit:
    head, _, diff = part.partition("\n")
    day, _, subject = head.partition("\t")
    before: list[Row] = []
    after: list[Row] = []
    for path, old, new in _files(diff):
        before += rows(old, path, rung_of)
        after += rows(new, path, rung_of)
    return Commit(day, subject, tuple(r for r in before if r.rung), tuple(r for r in after if r.rung))


def _files(diff: str) -> Iterator[tuple[str, str, str]]:
    for part in re.split(r"^diff --git ", diff, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n@@")
        lines = body.splitlines()[1:]
        path = head.splitlines()[0].rpartition(" b/")[2]
        yield path, "\n".join(x[1:] for x in lines if x[:1] in " -"), "\n".join(x[1:] for x in lines if x[:1] in " +")


def identities(commits: Iterable[Commit], aliases: Mapping[str, Iterable[str]]) -> Matters:
    """The names of all rows there ever were, joined; ``aliases`` gives a matter's other titles by one of its titles."""
    matters = Matters()
    for commit in commits:
        for row in (*commit.before, *commit.after):
            matters.join(row.names)
    for title, others in aliases.items():
        matters.join([f"title:{folded(name)}" for name in (title, *others)])
    return matters


def moved(commit: Commit, matters: Matters) -> dict[str, str]:
    """The matters that stand on another rung after a commit than before, with that rung; a row that is new, or new
    under its name, on the lowest rung, by a renaming or by a division has not moved."""
    if TIDIED.search(commit.subject):
        return {}
    was = {(matters.of(min(row.names)), row.rung) for row in commit.before}
    now = {(matters.of(min(row.names)), row.rung) for row in commit.after}
    known = {matter for matter, _ in was}
    return {
        matter: rung
        for matter, rung in sorted(now - was)
        if rung != "0" and (matter in known or not NOT_MOVED.search(commit.subject))
    }


def _git(directory: str, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=directory, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")
