"""Blocks: what a format says about the shape of prose, before anyone asks who spoke.

A prose format (Markdown, reStructuredText, plain text, HTML, DOCX, PDF) yields its text, its blocks in order
and its markup; ``prose.structure`` makes sittings, items and speeches of them, the same way for all.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from remembrancer.read.form import Range

Kind = Literal["heading", "paragraph", "list", "row", "code", "quote", "furniture"]


class Block(NamedTuple):
    """One block of prose at characters ``start:end``.

    ``level``: of a heading (1 is the highest), or depth of a list entry (1 is the outermost).
    ``cells``: of a table row, in order. ``header``: a row of column names. ``table`` numbers the tables of a
    document from 1. ``strong``: ranges in bold. ``furniture`` is a page's navigation, running heads and advertising:
    kept as text, never taken for proceedings.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    cells: tuple[Range, ...] = ()
    header: bool = False
    table: int = 0
    strong: tuple[Range, ...] = ()


class Prose(NamedTuple):
    """A document as blocks. ``markup``: ranges nobody reads (link targets, tags, entities, comments).

    ``front``: (key, value range) pairs of front matter or document properties, such as ``date``.
    """

    text: str
    blocks: tuple[Block, ...]
    markup: tuple[Range, ...] = ()
    front: tuple[tuple[str, Range], ...] = ()
    places: tuple[tuple[int, str], ...] = ()
