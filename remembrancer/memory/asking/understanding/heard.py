"""A question on the way to being understood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from remembrancer.memory.asking.question import Sought
from remembrancer.memory.asking.understanding import kinds
from remembrancer.memory.asking.understanding.mentions import Place
from remembrancer.memory.asking.understanding.naming import Names
from remembrancer.memory.asking.understanding.times import Time
from remembrancer.memory.asking.understanding.tokens import Token
from remembrancer.memory.asking.understanding.wording import Wording

QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]")
"""What stands in quotation marks."""


@dataclass
class Heard:
    """A question on the way to being understood: which words are still free to name something, and which only ask."""

    text: str
    words: list[Token]
    known: Wording
    names: Names
    free: list[bool]
    asks: list[bool]
    folded: list[str]
    begins: int = 0
    wanted: kinds.Wanted | None = None
    time: Time | None = None
    rung: str = ""
    sought: Sought = ""
    group: str = ""
    about: list[Place] = field(default_factory=list)
    people: list[Place] = field(default_factory=list)
    besides: list[Place] = field(default_factory=list)

    def take(self, places: Iterable[Place]) -> list[Place]:
        """The places, whose words name nothing else from now on."""
        taken = list(places)
        for place in taken:
            self.free[place.start : place.end] = [False] * (place.end - place.start)
        return taken


def in_time(heard: Heard, nth: int) -> bool:
    return bool(heard.time and heard.time.start <= nth < heard.time.end)


def is_common(word: str, known: Wording) -> bool:
    return word in known.stop or word in known.cues or word in known.asking or word in known.generic


def is_idle(word: str, known: Wording) -> bool:
    return word in known.stop or word in known.asking
