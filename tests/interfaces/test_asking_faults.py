"""Laws of faults in asking: whatever is typed, what comes back is an answer or a sentence with advice, never a
traceback; with ``--json`` it is JSON either way."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

COMMANDS = (
    ("ask",),
    ("search",),
    ("ask", "weir", "--as-of"),
    ("ask", "weir", "--about"),
    ("ask", "weir", "-n"),
    ("ask", "weir", "--as"),
    ("search", "weir", "--from"),
    ("search", "weir", "--speaker"),
    ("search", "weir", "--item"),
    ("search", "weir", "--sitting"),
    ("search", "weir", "--kind"),
    ("watch", "add"),
    ("watch", "add", "weir", "--name"),
    ("watch", "add", "--ask"),
    ("watch", "run"),
    ("watch", "remove"),
    ("request", "open"),
    ("request", "review"),
    ("request", "close"),
    ("request", "add", "1"),
    ("vectors",),
    ("vectors", "build"),
)
PIECES = (
    "weir",
    "speaker:",
    '"',
    "(",
    ")",
    "NOT",
    "-",
    "--",
    "*",
    "date:9..",
    "\udcff",
    "\x00",
    "\u202e",
    "9" * 30,
    "é",
)
TYPED = st.one_of(
    st.text(max_size=12),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join),
    st.sampled_from(["0", "-1", "2024-02-30", "9999", "2024/2025", "decision-aaaaaaaaaaaaaaaa", "member:", "role:X"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(command_line=st.sampled_from(COMMANDS), typed=TYPED, in_json=st.booleans())
def test_whatever_is_typed_is_answered_or_refused_with_a_sentence(
    command, office, command_line: tuple[str, ...], typed: str, in_json: bool
) -> None:
    told = command(*command_line, typed, *(["--json"] if in_json else []))
    assert told.code in (0, 1, 2, 3, 4), told.err
    assert "Traceback" not in told.err
    if in_json and told.code in (0,) and told.out:
        json.loads(told.out)
    if told.code and told.err:
        said = json.loads(told.err)["error"]["what"] if in_json and told.err.startswith("{") else told.err
        assert said.strip()
        assert "Error" not in said.removeprefix("Error:").split(":")[0]
