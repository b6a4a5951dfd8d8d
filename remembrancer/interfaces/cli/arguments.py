"""The order of arguments: options that every command takes may stand before or after the command's name."""

from __future__ import annotations

from collections.abc import Sequence

VALUED = ("-o", "--office", "--body", "--as", "--out")
FLAGS = ("--json",)
HELP = ("--help", "-h")


def arrange(arguments: Sequence[str]) -> list[str]:
    """The arguments with the common options last, where their command takes them.

    >>> arrange(["-o", "town", "search", "bridge", "--json", "-n", "3"])
    ['search', 'bridge', '-n', '3', '-o', 'town', '--json']
    """
    words, after = _until_double_dash(arguments)
    own: list[str] = []
    common: list[str] = []
    at = 0
    while at < len(words):
        width = _width(words[at])
        (common if width else own).extend(words[at : at + (width or 1)])
        at += width or 1
    if any(word in HELP for word in own):
        common = []
    return [*own, *common, *after]


def name_a_command(words: Sequence[str]) -> bool:
    """Whether arranged arguments hold more than common options."""
    return bool(words) and not _width(words[0])


def _until_double_dash(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return list(arguments[:at]), list(arguments[at:])


def _width(word: str) -> int:
    """How many arguments a common option takes up, itself included; 0 for anything else."""
    if word in VALUED:
        return 2
    joined = word.startswith("-o") and not word.startswith("--") and len(word) > 2
    return 1 if word in FLAGS or joined or any(word.startswith(f"{each}=") for each in VALUED[1:]) else 0
