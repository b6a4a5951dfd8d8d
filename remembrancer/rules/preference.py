"""Who wins when every voter ranks several options: the one that beats each other in a vote between the two.

A ballot gives every option a number, the higher the better liked; equal numbers mean no preference between them.
``util beats process by 7 to 2`` is what one pair comes to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from remembrancer.model import Computed
from remembrancer.saying import Sentence, joined

UNKNOWN = "not determinable"

Ranking = Mapping[str, float]
"""Option to number, the higher the better liked."""


def preferred(ballots: Sequence[Ranking]) -> Computed:
    """The option that beats every other, or ``not determinable`` where there is none, and why. An option a ballot
    does not number is liked least there."""
    options = list(dict.fromkeys(option for ballot in ballots for option in ballot))
    if not options:
        return Computed(UNKNOWN, Sentence("no ballot names an option"))
    beaten = {option: [_pair(ballots, option, other) for other in options if other != option] for option in options}
    winner = next((option for option in options if all(more > fewer for more, fewer in beaten[option])), None)
    if winner is None:
        return Computed(UNKNOWN, Sentence("none of %(n)s options beats every other", n=len(options)))
    pairs = [Sentence("%(n)s to %(m)s", n=more, m=fewer) for more, fewer in beaten[winner]]
    told = joined(", ", pairs or [Sentence("it stood alone")])
    return Computed(winner, Sentence("it beats each other option: %(pairs)s", pairs=told))


def _pair(ballots: Sequence[Ranking], one: str, other: str) -> tuple[int, int]:
    """How many like one of two better, and how many the other."""
    least = float("-inf")
    differences = [
        ballot.get(one, least) - ballot.get(other, least) for ballot in ballots if one in ballot or other in ballot
    ]
    return sum(difference > 0 for difference in differences), sum(difference < 0 for difference in differences)
