"""``plain``: the text that a person reads, as a pure function of the quotes of its spans.

The letters and digits (``str.isalnum``) of the result are, in order, those of the quotes; only other
characters are removed, and spaces put in. Specified in the order in which it works:

1. The quotes are joined. Where a letter or digit would meet a letter or digit a space is put between, since
   a timestamp or a tag stood there. reStructuredText's ```a <>`_``, a link without its target, becomes ``a``.
2. Lines: a rule (``---``, ``+===+``, ``| --- |``) goes; so do a leading ``#`` to ``######``, ``>`` and
   bullet ``-``, ``*`` or ``+`` that a space follows; a line that begins and ends with ``|``, whatever ``>`` stand
   before it, is a table row, and each pipe becomes a space.
3. Backticks that enclose code go and the code stays as it is: nothing below touches it.
4. Emphasis, where markers of equal length pair as words are enclosed: ``*a*``, ``**a**``, ``_a_``,
   ``~~a~~``. A marker with letters or digits on both sides, or with spaces on both, is no marker.
5. What links leave when their target is a tag: ``[a]()`` and ``![a]()`` and ``[a][]`` become ``a``; ``<>``
   goes, and ``()`` where no word stands before it.
6. A backslash before punctuation goes. White space is folded to single spaces and trimmed.

    >>> plain(["**Ann:** we *must* keep `function*` and ", "[the rule](", ")."])
    'Ann: we must keep function* and the rule.'
    >>> plain(["- a * b, snake_case, 1 < 2, C++, #1234"])
    'a * b, snake_case, 1 < 2, C++, #1234'
    >>> plain(["and so", "we agreed"])
    'and so we agreed'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

INLINE = re.compile(r"[*_`~\[<(\\]")
LINE_MARK = re.compile(r"^[ \t]*[-=*_~+|:^`#>]", re.MULTILINE)
RULE = re.compile(r"^[ \t>]*(?:\|[ \t]*)?[-=*_~+|:^`#]{2}[-=*_~+|:^ \t]*$", re.MULTILINE)
LEAD = re.compile(r"^[ \t]*(?:>(?!=)[ \t]?)*[ \t]*(?:(#{1,6})(?=[ \t]|$)|[-*+](?=[ \t]))?", re.MULTILINE)
HEADING = re.compile(r"^([ \t]*#{1,6}[ \t].*?)[ \t]#+[ \t]*$", re.MULTILINE)
REST_LINK = re.compile(r"`([^`<>]*?)[ \t\n]*<>`__?")
ROW = re.compile(r"^[ \t]*(?:>(?!=)[ \t]*)*\|.*\|[ \t]*$", re.MULTILINE)
CODE = re.compile(r"(?<![`\\])(`+)(?!`)")
RUN = re.compile(r"\\.|\*+|_+|~~|\n[ \t]*\n", re.DOTALL)
LINK = re.compile(r"!?\[([^\[\]\n]*)\](?:\(\s*\)|\[\])")
EMPTY = re.compile(r"<>|\((?<!\S\()\s*\)")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]<>()#+\-.!|~])")


def plain(quotes: Sequence[str]) -> str:
    """The text of the quotes, as the module says; linear in their length."""
    text = join(quotes)
    if "<>`" in text:
        text = REST_LINK.sub(r"\1", text)
    if (LINE_MARK.search if "\n" in text else LINE_MARK.match)(text):
        text = _lines(text)
    if INLINE.search(text):
        text = "".join(part if code else _prose(part) for part, code in _parts(text))
    return " ".join(text.split())


def join(quotes: Sequence[str]) -> str:
    """The quotes as one string, with a space where two words would run together."""
    parts: list[str] = []
    last = ""
    for quote in quotes:
        if not quote:
            continue
        if last.isalnum() and quote[0].isalnum():
            parts.append(" ")
        parts.append(quote)
        last = quote[-1]
    return "".join(parts)


def _lines(text: str) -> str:
    text = RULE.sub("", text)
    text = ROW.sub(lambda row: row[0].replace("|", " "), text)
    if "#" in text:
        text = HEADING.sub(r"\1", text)
    return LEAD.sub("", text)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is code, without the backticks of the code."""
    if "`" not in text:
        yield text, False
        return
    ticks = [(run.start(1), run.end(1)) for run in CODE.finditer(text)]
    closing = _closing(ticks)
    done = at = 0
    while at < len(ticks):
        end = closing[at]
        if end is None:
            at += 1
            continue
        yield text[done : ticks[at][0]], False
        yield text[ticks[at][1] : ticks[end][0]], True
        done, at = ticks[end][1], end + 1
    yield text[done:], False


def _closing(ticks: list[tuple[int, int]]) -> list[int | None]:
    """For each run of backticks the next one of the same length, found from the end in one pass."""
    seen: dict[int, int] = {}
    closing: list[int | None] = [None] * len(ticks)
    for at in range(len(ticks) - 1, -1, -1):
        length = ticks[at][1] - ticks[at][0]
        closing[at] = seen.get(length)
        seen[length] = at
    return closing


def _prose(text: str) -> str:
    if "*" in text or "_" in text or "~" in text:
        text = _without_emphasis(text)
    if "[" in text:
        text = LINK.sub(r"\1", text)
    text = EMPTY.sub("", text)
    return ESCAPE.sub(r"\1", text) if "\\" in text else text


def _without_emphasis(text: str) -> str:
    """Remove the markers that pair, keeping one stack of open markers for each paragraph."""
    opened: list[tuple[str, int]] = []
    gone: list[tuple[int, int]] = []
    for run in RUN.finditer(text):
        marker, start, end = run[0], run.start(), run.end()
        if marker[0] == "\n":
            opened.clear()
        if marker[0] not in "*_~":
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if before and not before.isspace() and not after.isalnum():
            match = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == marker), None)
            if match is not None:
                gone += [(opened[match][1], opened[match][1] + len(marker)), (start, end)]
                del opened[match:]
                continue
        if after and not after.isspace() and not before.isalnum():
            opened.append((marker, start))
            del opened[:-16]
    return _cut_out(text, sorted(gone))


def _cut_out(text: str, gone: list[tuple[int, int]]) -> str:
    parts = []
    done = 0
    for start, end in gone:
        parts.append(text[done:start])
        done = end
    return "".join(parts) + text[done:]
