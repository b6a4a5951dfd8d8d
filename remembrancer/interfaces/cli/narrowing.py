"""The options that narrow a search, for every command that searches."""

from __future__ import annotations

from typing import Annotated

import typer

Since = Annotated[str, typer.Option("--from", metavar="D", help="Sittings from this date on.")]
Until = Annotated[str, typer.Option("--to", metavar="D", help="Sittings up to this date.")]
Speaker = Annotated[str, typer.Option(metavar="S", help="Only what this speaker said.")]
InSitting = Annotated[str, typer.Option(metavar="ID", help="Only in this sitting.")]
UnderItem = Annotated[str, typer.Option(metavar="X", help="Only under this item: its id, or words of its title.")]
OfKind = Annotated[str, typer.Option(metavar="K", help="Only speech, item or text.")]
