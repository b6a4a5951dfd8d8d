"""``rules``: the rules of procedure, checked, shown, put in force, and what they make of a vote or a sitting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remembrancer.interfaces.cli import render_register as render
from remembrancer.interfaces.cli.bodies import text_of
from remembrancer.interfaces.cli.command import KEEP, command, group
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.model import Exit


def register(app: typer.Typer) -> None:
    """Add these commands."""
    rules = group(app, "rules", KEEP, "The rules of procedure: quorum, majorities, commencement.", listed)
    command(rules, "list")(listed)
    command(rules, "show")(show)
    command(rules, "check")(check)
    command(rules, "set")(put)
    command(rules, "explain")(explain)


def listed(desk: Desk) -> None:
    """List the rulebooks that were put in force, and those that come with the program."""
    from remembrancer.office.showing import procedure

    desk.tell("rules-list", procedure.rulebooks(desk.bureau), render.rulebooks)


def show(desk: Desk, name: Annotated[str, typer.Argument(metavar="NAME", help="As rules list prints it.")]) -> None:
    """Show a rulebook: each rule in a sentence with where it stands, and the whole as TOML."""
    from remembrancer.office.showing import procedure

    desk.tell("rules-show", procedure.shown(desk.bureau, name), render.rulebook)


def check(desk: Desk, file: Annotated[Path, typer.Argument(metavar="FILE", help="A rulebook in TOML.")]) -> int:
    """Say what is wrong with a rulebook, line by line, and what to do. The exit code is 1 where anything is wrong."""
    from remembrancer.rules.checked import problems

    found = problems(text_of(file))
    desk.tell("rules-check", found, render.problems)
    return int(Exit.CHECK_FAILED) if any(each.severity == "error" for each in found) else 0


def put(
    desk: Desk,
    rulebook: Annotated[
        str, typer.Argument(metavar="FILE|NAME", help="A TOML file, or one that comes with the program.")
    ],
    since: Annotated[str, typer.Option(metavar="D", help="From when it holds; by default as it says itself.")] = "",
) -> None:
    """Put a rulebook in force; what was computed by earlier rules stays computed by them."""
    from remembrancer.office.registers import registrar
    from remembrancer.rules.shipped import shipped_toml

    toml = text_of(Path(rulebook)) if _is_file(rulebook) else shipped_toml(rulebook)
    desk.entered(registrar.set_rules(desk.bureau, desk.principal, toml, since, rulebook))


def explain(
    desk: Desk, identity: Annotated[str, typer.Argument(metavar="VOTE|SITTING", help="The id of either.")]
) -> None:
    """Say what the rules make of a vote, or of the quorum and the votes of a sitting, and why."""
    from remembrancer.office.showing import procedure

    desk.tell("rules-explain", procedure.explained(desk.bureau, desk.principal, identity), render.explained)


def _is_file(given: str) -> bool:
    return given.endswith(".toml") or Path(given).exists()
