"""Writes what is made from the program: the reference of the commands and the JSON Schemas.

``python docs/generate.py`` writes ``docs/reference/cli.md`` and ``docs/schemas/*.json``; a test fails when they
are not what it would write.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from remembrancer.interfaces import shapes
from remembrancer.interfaces.cli.app import program
from remembrancer.interfaces.cli.command import PANEL
from remembrancer.interfaces.cli.faults import INTERNAL, INTERRUPTED

DOCS = Path(__file__).parent

HEAD = f"""\
# The commands

<!-- Made by docs/generate.py from the program itself. -->

Options that every command takes may stand before or after its name. Exit codes: 0 done, also where the record
is silent; 1 a check failed; 2 a mistake in the command; 3 refused; 4 unreadable input, also where nothing of
what was named could be read; 5 not now, as while another process holds the index; {INTERNAL} a fault of the
program; {INTERRUPTED} stopped. What is wrong is said on standard error, with `--json` as
[error](../schemas/error.json). With `REMEMBRANCER_DEBUG=1` a fault of the program shows its traceback.
"""

JSON = {
    "search": ["search"],
    "ask": ["ask"],
    "prompt": [],
    "show": ["show-sitting", "show-element", "show-source", "show-person", "show-finding"],
    "sources": ["sources"],
    "sittings": ["sittings"],
    "people": ["people"],
    "people list": ["people"],
    "people merge": ["entered"],
    "people split": ["entered"],
    "findings": ["findings"],
    "read": ["read", "read-account"],
    "init": ["init"],
    "bodies": ["bodies"],
    "bodies add": ["bodies"],
    "house guess": ["house-guess"],
    "house set": ["house"],
    "house show": ["house"],
    "record log": ["record-log"],
    "record verify": ["record-verify"],
    "record checkpoint": ["record-checkpoint"],
    "record prove": ["record-prove"],
    "record blob": ["record-blob"],
    "record export": ["record-export"],
    "record import": ["bodies"],
    "backup": ["bodies", "backup"],
    "restore": ["bodies"],
    "grant": ["entered"],
    "revoke": ["entered"],
    "grants": ["grants"],
    "classify": ["entered"],
    "redact": ["entered"],
    "dispose": ["dispose"],
    "hold": ["holds"],
    "hold add": ["entered"],
    "hold release": ["entered"],
    "hold list": ["holds"],
    "schedule": ["schedules"],
    "schedule set": ["entered"],
    "schedule list": ["schedules"],
    "request": ["requests"],
    "request open": ["request"],
    "request list": ["requests"],
    "request show": ["request", "request-check"],
    "request add": ["request-add"],
    "request review": ["request-review", "entered"],
    "request close": ["request-close", "request-copy"],
    "request forget": ["entered"],
    "watch": ["watches"],
    "watch add": ["watches"],
    "watch list": ["watches"],
    "watch remove": ["watches"],
    "watch run": ["watch-run"],
    "decisions": ["decisions"],
    "decision": ["decision"],
    "extract": ["extract"],
    "matters": ["matters"],
    "matter": ["matter"],
    "motions": ["motions"],
    "motion": ["motion"],
    "votes": ["votes"],
    "vote": ["vote"],
    "person": ["person"],
    "actions": ["actions"],
    "queue": ["queue"],
    "confirm": ["entered"],
    "dismiss": ["entered"],
    "correct": ["entered"],
    "take-back": ["entered"],
    "register check": ["register-check"],
    "register export": [],
    "vectors": ["vectors"],
    "vectors build": ["vectors"],
    "vectors remove": ["vectors"],
    "rules": ["rules-list"],
    "rules list": ["rules-list"],
    "rules show": ["rules-show"],
    "rules check": ["rules-check"],
    "rules set": ["entered"],
    "rules explain": ["rules-explain"],
    "serve": ["serve", "serve-check"],
    "mcp": [],
    "account": ["accounts"],
    "account list": ["accounts"],
    "account invite": ["account-link"],
    "account add": ["account"],
    "account link": ["account-link"],
    "account close": ["account-closed"],
}
"""The published shapes of each command's JSON; none at the prompt, and where another body publishes it (Popolo)."""


def commands() -> dict[str, Any]:
    """Every command by its words, those with commands of their own included."""
    return dict(_walk(typer.main.get_command(program()), ""))


def _walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    if name:
        yield name, command
    for word, each in getattr(command, "commands", {}).items():
        yield from _walk(each, f"{name} {word}".strip())


def reference() -> str:
    """The reference of the commands, in Markdown."""
    found = commands()
    common = [each for each in found["search"].params if each.rich_help_panel == PANEL]
    parts = [HEAD, "## For every command\n", _table(common)]
    for name, command in found.items():
        parts += _section(name, command)
    return "\n".join(parts).rstrip() + "\n"


def _section(name: str, command: Any) -> Iterator[str]:
    own = [each for each in command.params if each.rich_help_panel != PANEL and each.name not in ("help", "context")]
    yield f"## remembrancer {name}\n"
    yield f"{command.help}\n"
    if name in JSON or not hasattr(command, "commands"):
        yield f"```\n{_usage(name, own)}\n```\n"
    if own:
        yield _table(own)
    if JSON.get(name):
        links = ", ".join(f"[{shape}](../schemas/{shape}.json)" for shape in JSON[name])
        yield f"JSON: {links}\n"


def _usage(name: str, params: list[Any]) -> str:
    words = [f"remembrancer {name}"]
    words += [_written(each) for each in params if each.param_type_name == "argument"]
    words += ["[OPTIONS]"] if any(each.param_type_name == "option" for each in params) else []
    return " ".join(words)


def _written(param: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.metavar) if param.required else f"[{param.metavar}]"
    value = f" {param.metavar}" if param.metavar else ""
    return ", ".join(param.opts) + value


def _table(params: list[Any]) -> str:
    rows = [f"| `{_written(each)}` | {_meaning(each)} |" for each in params]
    return "\n".join(["| | |", "| --- | --- |", *rows]) + "\n"


def _meaning(param: Any) -> str:
    said = [param.help.replace("|", "\\|")]
    if param.param_type_name == "option" and param.default not in (None, "", False, ()):
        said.append(f"Default: `{param.default}`.")
    if param.param_type_name == "option" and param.required:
        said.append("Required.")
    if param.envvar:
        said.append(f"Or `{param.envvar}`.")
    return " ".join(said)


def made() -> dict[Path, str]:
    """Every file that is made, with its text."""
    schemas = {DOCS / "schemas" / f"{name}.json": _schema(name) for name in shapes.published()}
    return {DOCS / "reference" / "cli.md": reference(), DOCS / "reference" / "json.md": shapes_reference(), **schemas}


def shapes_reference() -> str:
    """What holds for all the JSON, and the list of its schemas."""
    about = (shapes.__doc__ or "").partition("\n\n")[2].replace("``", "`")
    links = "\n".join(f"- [{name}](../schemas/{name}.json)" for name in shapes.published())
    return f"# The JSON\n\n<!-- Made by docs/generate.py from the program itself. -->\n\n{about}\n{links}\n"


def _schema(name: str) -> str:
    return json.dumps(shapes.schema(name), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    for path, text in made().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
