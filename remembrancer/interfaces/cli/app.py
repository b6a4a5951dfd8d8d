"""The commands, each in the room of its duty, under one name."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from remembrancer import __version__
from remembrancer.interfaces.cli.command import Group

ROOMS = (
    "bodies",
    "reading",
    "asking",
    "listing",
    "deciding",
    "recording",
    "backing",
    "ruling",
    "ordering",
    "requesting",
    "watching",
    "embedding",
    "serving",
    "assisting",
)
"""In the order in which the help shows their commands."""

OFTEN = {"ask": "asking", "search": "asking", "prompt": "asking"}
"""Commands that are asked for so often that only their own room is loaded for them."""


EPILOG = "Every command takes -o OFFICE, --body SLUG, --as PRINCIPAL, --json and --out FILE, wherever they stand."


def program(command: str = "") -> typer.Typer:
    """Every command; where ``command`` is one that is asked for often, no more than those of its room."""
    app = typer.Typer(
        name="remembrancer",
        cls=Group,
        help="Keeps a body's record and answers from it word for word, with the source.",
        epilog=EPILOG,
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback(invoke_without_command=True)(root)
    for room in (OFTEN[command],) if command in OFTEN else ROOMS:
        import_module(f"remembrancer.interfaces.cli.{room}").register(app)
    return app


def names() -> list[str]:
    """The names of all commands."""
    from typer.main import get_group

    return list(get_group(program()).commands)


def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    """Keeps a body's record and answers from it word for word, with the source."""
    if version:
        typer.echo(f"remembrancer {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
