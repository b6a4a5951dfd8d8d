"""``serve`` and ``account``: the office in a browser, and who may sign in to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remembrancer.access import parse_principal
from remembrancer.interfaces.cli import render_accounts as render
from remembrancer.interfaces.cli.command import BEGIN, KEEP, command, group
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.model import Exit, Fault, Principal
from remembrancer.saying import Sentence

if TYPE_CHECKING:
    from remembrancer.interfaces.web.serving.process import Served

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The address that the account signs in with.")]
Role = Annotated[str, typer.Option(metavar="NAME", help="The role that the record grants: member, clerk, chair ...")]
Name = Annotated[str, typer.Option(metavar="NAME", help="What the record calls the person.")]
From = Annotated[str, typer.Option("--from", metavar="D", help="The first day of the term.")]
To = Annotated[str, typer.Option("--to", metavar="D", help="Its last day.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    command(app, "serve", BEGIN)(serve)
    account = group(app, "account", KEEP, "Who may sign in to the office in a browser.", listed)
    command(account, "list")(listed)
    command(account, "invite")(invite)
    command(account, "add")(add)
    command(account, "link")(link)
    command(account, "close")(close)


def serve(
    desk: Desk,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port to be called on.")] = 8000,
    host: Annotated[str, typer.Option(metavar="H", help="The address of this machine to be called on.")] = "127.0.0.1",
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser, at a terminal.")] = True,
    demo_accounts: Annotated[
        bool, typer.Option("--demo-accounts", help="In the demo's office: an account for each role.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Only say what is amiss with serving it to others.")] = False,
) -> int:
    """Serve the office to browsers until stopped with Ctrl+C; prints the link that makes the first owner's account."""
    from remembrancer.interfaces.web.serving import process as serving

    if check:
        problems = serving.deploy_problems(desk.directory)
        desk.tell("serve-check", problems, render.deployment)
        return int(Exit.CHECK_FAILED) if problems else 0
    serving.address_of(desk.directory, host)  # Whether there is an office is said before its port is looked at.
    with serving.bound(host, port) as called:
        serving.set_up(desk.directory, host, called.getsockname()[1])
        served = serving.prepared(desk.directory, host, demo_accounts)
        serving.run(called, lambda: _begun(desk, served, show))
    return 0


def _begun(desk: Desk, served: Served, show: bool) -> None:
    desk.tell("serve", served, render.served)
    sys.stdout.flush()
    if show and sys.stdout.isatty():
        import webbrowser

        webbrowser.open(served.owner_link or served.address)


def listed(
    desk: Desk, everything: Annotated[bool, typer.Option("--all", help="Those that are closed, too.")] = False
) -> None:
    """List the accounts, with the roles that the record grants each today."""
    accounts = _accounts(desk)
    desk.tell("accounts", accounts.listed(desk.office, _asking(desk), everything), render.accounts)


def invite(desk: Desk, email: Email, role: Role, name: Name = "", since: From = "", until: To = "") -> None:
    """Print a link with which somebody makes an account, once, within a week; the record then grants the role."""
    _accounts(desk)
    from remembrancer.interfaces.web.accounts import inviting

    invited = inviting.invite(desk.bureau, desk.principal, email, role, name, since, until)
    desk.tell("account-link", {"email": email, "link": invited.link, "mailed": invited.mailed}, render.link)


def add(
    desk: Desk,
    email: Email,
    role: Annotated[list[str], typer.Option(metavar="NAME", help="A role that the record grants.")],
    name: Name = "",
    password_file: Annotated[
        Path | None, typer.Option("--password-file", metavar="FILE", help="Its first line; by default one is read.")
    ] = None,
) -> None:
    """Make an account without a browser, for scripts; the password is the first line of standard input."""
    accounts = _accounts(desk)
    account = accounts.added(desk.bureau, desk.principal, email, name, _password(password_file), role)
    desk.tell("account", account, render.account)


def link(
    desk: Desk,
    email: Email,
    without_second_factor: Annotated[
        bool, typer.Option("--without-second-factor", help="Take passkeys and codes away, where they are lost.")
    ] = False,
) -> None:
    """Print a link with which somebody who is locked out sets a new password, once, within three days."""
    accounts = _accounts(desk)
    told = accounts.sign_in_link(desk.office, _asking(desk), email, without_second_factor)
    desk.tell("account-link", {"email": email, "link": told, "mailed": False}, render.link)


def close(desk: Desk, email: Email) -> None:
    """Close an account: nobody signs in with it, its sessions and tokens end, and the record ends its roles."""
    accounts = _accounts(desk)
    ended = accounts.closed(desk.office, _asking(desk), email)
    desk.tell("account-closed", {"email": email, "entries": ended}, render.closed)


def _accounts(desk: Desk) -> Any:
    """The accounts of the office, ready."""
    from remembrancer.interfaces.web.serving import process as serving

    serving.set_up(desk.directory)
    from remembrancer.interfaces.web.accounts import keeping

    return keeping


def _asking(desk: Desk) -> Principal:
    """Who asks, where there may be several bodies."""
    return parse_principal(desk.common.by)


def _password(file: Path | None) -> str:
    if file is None:
        typed = _typed()
    else:
        from remembrancer.interfaces.cli.bodies import text_of

        typed = text_of(file)
    password = typed.splitlines()[0] if typed else ""
    if not password:
        raise Fault(
            Exit.USAGE,
            Sentence("There is no password."),
            Sentence("Give it as the first line of standard input or of a file."),
        )
    return password


def _typed() -> str:
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass("Password: ")
    return sys.stdin.readline()
