"""What makes a function a command: its own arguments, and the options that every command takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from remembrancer.interfaces.cli.desk import Common, Desk
from remembrancer.interfaces.cli.faults import NobodyReads
from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

PANEL = "For every command"
BEGIN, LOOK, KEEP = "Begin", "Ask and look up", "Keep"
"""Under which heading of the help a command stands."""

Run = Callable[..., int | None]

_COMMON: dict[str, tuple[Any, Any]] = {
    "office": (
        Annotated[
            str,
            typer.Option(
                "-o",
                "--office",
                metavar="OFFICE",
                envvar="REMEMBRANCER_OFFICE",
                help="The office's directory; by default this one.",
                rich_help_panel=PANEL,
                show_default=False,
            ),
        ],
        "",
    ),
    "body": (
        Annotated[
            str,
            typer.Option(
                metavar="SLUG",
                help="Which body; by default the only one.",
                rich_help_panel=PANEL,
                show_default=False,
            ),
        ],
        "",
    ),
    "by": (
        Annotated[
            str,
            typer.Option(
                "--as",
                metavar="PRINCIPAL",
                help="As whom: public, member:PERSON, role:NAME or owner.",
                rich_help_panel=PANEL,
            ),
        ],
        "owner",
    ),
    "json": (Annotated[bool, typer.Option("--json", help="Print JSON.", rich_help_panel=PANEL)], False),
    "out": (
        Annotated[
            str,
            typer.Option(
                metavar="FILE",
                help="Write to a file what would be printed.",
                rich_help_panel=PANEL,
                show_default=False,
            ),
        ],
        "",
    ),
}


def group(app: typer.Typer, name: str, panel: str, summary: str, listing: Run | None = None) -> typer.Typer:
    """A command that has commands of its own; alone it does what ``listing`` does, if there is one."""
    made = typer.Typer(
        cls=Group, help=summary, no_args_is_help=False, context_settings={"help_option_names": ["--help", "-h"]}
    )
    if listing is not None:
        shown = _runner(listing)

        def alone(context: typer.Context, **given: Any) -> None:
            if context.invoked_subcommand is None:
                shown(**given)

        first = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
        _sign(alone, [first, *_parameters(listing)])
        made.callback(invoke_without_command=True, help=summary)(alone)
    app.add_typer(made, name=name, rich_help_panel=panel)
    return made


def command(app: typer.Typer, name: str, panel: str | None = None) -> Callable[[Run], Run]:
    """Register a function of a Desk and its own arguments; it may return an exit code."""

    def register(function: Run) -> Run:
        told = inspect.getdoc(function)
        app.command(name, cls=Command, help=told, rich_help_panel=panel)(_runner(function))
        return function

    return register


class Command(TyperCommand):
    """A command that takes texts and defaults as they are.

    Typer has every value checked by Pydantic, which takes a fifth of the time that a question takes to load and has
    nothing to check in a text. Its parameters are made deep inside, so that they are changed where they are handed out.
    """

    def get_params(self, ctx: Any) -> list[Any]:
        return _as_typed(super().get_params(ctx))


class Group(TyperGroup):
    """The same for a command that has commands of its own."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _as_typed(super().get_params(ctx))


def _as_typed(parameters: list[Any]) -> list[Any]:
    for each in parameters:
        if not isinstance(each.process_value, partial):
            each.process_value = partial(_taken, each, each.process_value)
    return parameters


def _taken(parameter: Any, checked: Callable[[Any, Any], Any], context: Any, value: Any) -> Any:
    is_text = isinstance(value, str) and parameter.type_descriptor.annotation is str
    is_default = value == parameter.default and not parameter.required
    return value if is_text or is_default else checked(context, value)


def _runner(function: Run) -> Callable[..., None]:
    own = [each.name for each in _own(function)]

    def run(**given: Any) -> None:
        common: dict[str, Any] = {key: default if key in own else given[key] for key, (_, default) in _COMMON.items()}
        _check_typed(value for key, value in given.items() if key not in ("office", "out"))
        common |= {key: Path(common[key]) if common[key] else None for key in ("office", "out")}
        try:
            with Desk(Common(**common)) as desk:
                code = function(desk, **{key: given[key] for key in own})
        except BrokenPipeError as error:
            raise NobodyReads from error
        if code:
            raise typer.Exit(code)

    _sign(run, _parameters(function))
    return run


def _check_typed(values: Iterable[Any]) -> None:
    """A Fault (usage) where what was typed is no text: bytes that are not UTF-8 come as halves of characters. The
    names of files may be such, and are paths."""
    for value in values:
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and not _is_text(each):
                shown = each.encode("ascii", "backslashreplace").decode()
                raise Fault(
                    Exit.USAGE,
                    Sentence("'%(words)s' is no text in UTF-8.", words=shown),
                    Sentence("Set the terminal to UTF-8 and type it anew."),
                )


def _is_text(typed: str) -> bool:
    return typed.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in typed)


def _own(function: Run) -> list[inspect.Parameter]:
    """The function's parameters after its desk."""
    return list(inspect.signature(function, eval_str=True).parameters.values())[1:]


def _parameters(function: Run) -> list[inspect.Parameter]:
    own = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in _own(function)]
    names = {each.name for each in own}
    common = [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for key, (annotation, default) in _COMMON.items()
        if key not in names
    ]
    return [*own, *common]


def _sign(function: Any, parameters: list[inspect.Parameter]) -> None:
    function.__signature__ = inspect.Signature(parameters)
    function.__annotations__ = {each.name: each.annotation for each in parameters}
