"""Laws of what the office says: it is a value made of a template, that keeps what fills it; nothing that reaches a
person is pieced together of words."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from remembrancer.saying import NOTHING, Day, Sentence, Term, either, joined, listed, packed, unpacked, verbatim

PACKAGE = Path(__file__).resolve().parents[1] / "remembrancer"
SAID_BY = frozenset(
    ("Fault", "Turn", "Computed", "Notice", "Noticed", "notice", "Asked", "Problem", "Finding", "finding", "require")
)
"""What takes a sentence of the office, or leaves one in the record."""
MAKERS = frozenset(("Sentence", "remark"))
PLACE = re.compile(r"%\((\w+)\)s")

TOLD = Sentence(
    "%(decision)s, %(force)s since %(day)s: %(why)s",
    decision="By-law 7",
    force=Term("force", "in-force"),
    day=Day("2031-05-01"),
    why=joined("; ", (Sentence("%(n)s for", n=9), verbatim("100 % of them"))),
)


def test_a_sentence_is_its_english() -> None:
    assert TOLD == "By-law 7, in-force since 2031-05-01: 9 for; 100 % of them"
    assert Sentence("100 % of them") == "100 % of them"
    assert Sentence("%(file)s is no file: %(error)s.", file=Path("a"), error=OSError("gone")) == "a is no file: gone."
    assert not NOTHING


def test_things_are_listed_with_the_words_between_them() -> None:
    assert [str(listed(["a"])), str(listed(["a", "b", "c"]))] == ["a", "a and b and c"]
    assert [str(either(["a"])), str(either(["a", "b", "c"]))] == ["a", "a, b or c"]


@pytest.mark.parametrize("way", [copy.deepcopy, lambda told: pickle.loads(pickle.dumps(told)), kept := "kept"])
def test_a_sentence_is_the_same_value_after_it_was_kept_or_copied(way: object) -> None:
    again = unpacked(msgspec.json.decode(msgspec.json.encode(TOLD, enc_hook=packed))) if way == kept else way(TOLD)
    assert shape(again) == shape(TOLD)


def shape(told: object) -> object:
    """All that a sentence is made of."""
    if isinstance(told, Sentence):
        return told.template, {name: shape(each) for name, each in told.values.items()}
    return type(told), str(told), getattr(told, "group", "")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name != "saying.py":
            yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.AST, names: frozenset[str]) -> Iterator[ast.Call]:
    for each in ast.walk(tree):
        if isinstance(each, ast.Call) and getattr(each.func, "id", getattr(each.func, "attr", "")) in names:
            yield each


def pieced(tree: ast.AST) -> list[int]:
    """The lines in which what the office says is made of words instead of a template."""
    given = (
        (call, each) for call in calls(tree, SAID_BY) for each in (*call.args, *(key.value for key in call.keywords))
    )
    return [call.lineno for call, each in given if is_words(each)]


def is_words(given: ast.expr) -> bool:
    """Whether an argument is words of its own: a text in quotes with a space in it, or one put together in place."""
    if isinstance(given, ast.IfExp):
        return is_words(given.body) or is_words(given.orelse)
    if isinstance(given, ast.BoolOp):
        return any(map(is_words, given.values))
    if isinstance(given, ast.Constant):
        return isinstance(given.value, str) and " " in given.value
    if isinstance(given, ast.BinOp):
        return isinstance(given.op, ast.Add | ast.Mod) and any(map(is_text, (given.left, given.right)))
    formatted = isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute) and given.func.attr == "format"
    return formatted or (isinstance(given, ast.JoinedStr) and any(map(is_wordy, given.values)))


def is_wordy(part: ast.expr) -> bool:
    """Whether a part of a formatted text has a word beside a space, as no id or code has."""
    return isinstance(part, ast.Constant) and re.search(r"[A-Za-z] | [A-Za-z]", str(part.value)) is not None


def is_text(each: ast.expr) -> bool:
    return isinstance(each, ast.JoinedStr) or (isinstance(each, ast.Constant) and isinstance(each.value, str))


def test_nothing_that_the_office_says_is_pieced_together_of_words() -> None:
    assert {name: lines for name, tree in modules() if (lines := pieced(tree))} == {}


@pytest.mark.parametrize(
    "made",
    [
        'Fault(Exit.USAGE, f"There is no {what} here.")',
        'Fault(Exit.USAGE, "There is none.", NOTHING)',
        'Fault(Exit.USAGE, "There is no " + what)',
        'Fault(Exit.USAGE, "There is no %s." % what)',
        'Fault(Exit.USAGE, "There is no {}.".format(what))',
        'Turn(day, "in-force", why="As it says.")',
        'notice("a-code", "error", "It is so." if so else Sentence("It is not."), NOTHING)',
    ],
)
def test_the_guard_notices_words_that_are_no_template(made: str) -> None:
    assert pieced(ast.parse(made)) == [1]


def test_a_template_is_written_out_where_it_is_used_and_fills_its_places() -> None:
    wrong = []
    for name, tree in modules():
        for call in calls(tree, MAKERS):
            template = call.args[0] if len(call.args) == 1 else None
            written = template.value if isinstance(template, ast.Constant) and isinstance(template.value, str) else None
            if written is None or set(PLACE.findall(written)) != {each.arg for each in call.keywords}:
                wrong.append((name, call.lineno))
    assert wrong == []
