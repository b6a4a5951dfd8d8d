"""The rulebooks that come with the program: ``books/*.toml``, each with citations of public sources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from remembrancer.model import Exit, Fault
from remembrancer.rules.checked import parse
from remembrancer.rules.rulebook import Rulebook
from remembrancer.saying import Sentence


@cache
def shipped() -> Mapping[str, Rulebook]:
    """The rulebooks by the name of their file, in order."""
    return MappingProxyType({name: parse(toml, name) for name, toml in sorted(_texts().items())})


def shipped_toml(name: str) -> str:
    """The TOML of a shipped rulebook, to start one's own from. Raises Fault (usage) for a name there is not."""
    if name not in _texts():
        raise Fault(
            Exit.USAGE,
            Sentence("No rulebook %(name)s comes with the program.", name=repr(name)),
            Sentence("There are: %(list)s.", list=", ".join(shipped())),
        )
    return _texts()[name]


@cache
def _texts() -> dict[str, str]:
    folder = files("remembrancer.rules") / "books"
    return {
        path.name.removesuffix(".toml"): path.read_text(encoding="utf-8")
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    }
