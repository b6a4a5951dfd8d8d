"""The commands, each in the room of its duty, under one name."""

from __future__ import annotations

from typing import Annotated

import typer

from remembrancer import __version__
from remembrancer.interfaces.cli import asking, bodies, deciding, listing, ordering, reading, recording, ruling

app = typer.Typer(
    name="remembrancer",
    help="Keeps a body's record and answers from it word for word, with the source.",
    epilog="Every command takes -o OFFICE, --body SLUG, --as PRINCIPAL, --json and --out FILE, wherever they stand.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(invoke_without_command=True)
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


bodies.register(app)
reading.register(app)
asking.register(app)
listing.register(app)
deciding.register(app)
recording.register(app)
ruling.register(app)
ordering.register(app)
