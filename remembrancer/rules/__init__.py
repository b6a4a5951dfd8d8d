"""Rules of procedure as data, and pure functions that compute quorum and majority and explain them."""

from remembrancer.rules.checked import Problem, RulebookFault, check, overlaps, parse
from remembrancer.rules.described import described
from remembrancer.rules.majority import Question, outcome, question_of
from remembrancer.rules.preference import preferred
from remembrancer.rules.quorum import Numbers, Verdict, quorum
from remembrancer.rules.rulebook import Rulebook, in_force
from remembrancer.rules.shipped import shipped, shipped_toml

__all__ = [
    "Numbers",
    "Problem",
    "Question",
    "Rulebook",
    "RulebookFault",
    "Verdict",
    "check",
    "described",
    "in_force",
    "outcome",
    "overlaps",
    "parse",
    "preferred",
    "question_of",
    "quorum",
    "shipped",
    "shipped_toml",
]
