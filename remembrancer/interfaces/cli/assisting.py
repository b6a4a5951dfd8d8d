"""``mcp``: the office for an assistant that runs on the same machine."""

from __future__ import annotations

from typing import Annotated

import typer

from remembrancer.access import parse_principal
from remembrancer.interfaces.cli.command import BEGIN, PANEL, command
from remembrancer.interfaces.cli.desk import Desk

As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="PRINCIPAL",
        help="As whom the assistant asks: public, member:PERSON, role:NAME or owner. What it is told it may pass on to "
        "whoever runs it, so that by default it is told what anybody may know.",
        rich_help_panel=PANEL,
    ),
]


def register(app: typer.Typer) -> None:
    """Add this command."""
    command(app, "mcp", BEGIN)(mcp)


def mcp(desk: Desk, by: As = "public") -> None:
    """Answer an assistant that speaks MCP, on standard input and output; the assistant itself starts this.

    It asks as the public unless --as says otherwise: what it is told it may pass on to whoever runs it.
    """
    from remembrancer.interfaces.mcp import local

    local.serve(desk.directory, parse_principal(by))
