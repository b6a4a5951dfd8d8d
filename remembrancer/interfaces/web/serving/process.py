"""Serving an office: Django set up for it, its accounts made ready, one process that answers until it is stopped."""

from __future__ import annotations

import gc
import os
import re
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from remembrancer.model import Exit, Fault
from remembrancer.office import Office
from remembrancer.saying import Sentence

LOOPBACK = ("127.0.0.1", "localhost", "::1")
USUAL = 8000
"""The port of an office that was not served yet."""

SWITCH = 0.0005
"""Seconds after which a thread that makes a page lets another go on: a page that is kept takes less than the usual
five thousandths, and would wait for them at each step."""

LOOKED_THROUGH = 5_000
"""Objects made before Python looks for cycles among the newest: pages leave many, and all visitors wait while it looks,
about as long as for one page where they are these many, and for twenty where they are the command line's."""

FAREWELL = 5
"""Seconds that open streams are given when the office stops."""


@dataclass(frozen=True, slots=True)
class Served:
    """How an office is served: where people reach it, the link of the first owner if there is none yet, and what the
    demo's accounts sign in with."""

    bodies: tuple[str, ...]
    address: str
    owner_link: str
    demo: tuple[tuple[str, str], ...]


ALONE = "It is served to its own machine alone: write its address under [web] in remembrancer.toml."


def set_up(directory: Path, host: str = "127.0.0.1", port: int | None = None) -> None:
    """Set Django up for an office and bring its accounts up to date. A Fault where it cannot be served. Without a
    ``port`` its links lead to where it was served last."""
    if not address_of(directory, host):
        # By its name, not its number: browsers make passkeys for names alone.
        os.environ.setdefault("REMEMBRANCER_ADDRESS", f"http://localhost:{_port(directory / 'web' / 'port', port)}")
    os.environ["REMEMBRANCER_OFFICE"] = str(directory.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "remembrancer.interfaces.web.settings"
    import django

    django.setup()
    from remembrancer.interfaces.web.accounts.beginning import prepare

    prepare()


def _port(kept: Path, port: int | None) -> int:
    """The port, kept for who makes links later; the one that was kept where none is told."""
    if port is None:
        told = kept.read_text(encoding="ascii", errors="replace") if kept.exists() else ""
        return int(told) if re.fullmatch(r"[0-9]{1,5}", told) else USUAL
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    kept.write_text(str(port), encoding="ascii")
    return port


def address_of(directory: Path, host: str) -> str:
    """The address that the office says it is reached at, or none. A Fault where there is no office, where it keeps no
    body, or would be served to others without TLS."""
    with Office(directory) as office:
        if not office.bodies():
            raise Fault(
                Exit.USAGE,
                Sentence("This office keeps no body yet."),
                Sentence("Add one: remembrancer bodies add NAME."),
            )
        told = str(office.web.get("address", ""))
        _check_host(host, told)
        return told


def prepared(directory: Path, host: str, demo_accounts: bool) -> Served:
    """Make ready what the first visitors need, once Django is set up."""
    from remembrancer.interfaces.web import settings
    from remembrancer.interfaces.web.accounts import demonstration, inviting

    with Office(directory) as office:
        demo = demonstration.accounts(office, host in LOOPBACK and settings.LOCAL) if demo_accounts else ()
        link = inviting.invite_first_owner(office)
        return Served(tuple(each.name for each in office.bodies()), settings.ADDRESS, link, tuple(demo))


def bound(host: str, port: int) -> socket.socket:
    """A socket on which to be called; a Fault where another program has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    if os.name != "nt":  # There it would let two programs have one port.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except (OSError, OverflowError) as error:
        made.close()
        what = Sentence(
            "Port %(port)s of %(host)s cannot be used: %(error)s.",
            port=port,
            host=host,
            error=getattr(error, "strerror", None) or error,
        )
        raise Fault(Exit.REFUSED, what, Sentence("Stop what uses it, or choose another with --port.")) from error
    return made


def run(called: socket.socket, begun: Callable[[], None]) -> None:
    """Answer calls until stopped; ``begun`` is called as soon as the first could be answered."""
    import uvicorn

    sys.setswitchinterval(SWITCH)
    gc.set_threshold(LOOKED_THROUGH)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                begun()

    config = uvicorn.Config(
        "remembrancer.interfaces.web.application:application",
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # Django and allauth read what proxies say, as far as [web] proxies trusts them.
        server_header=False,
        timeout_graceful_shutdown=FAREWELL,
    )
    try:
        Server(config).run(sockets=[called])
    except KeyboardInterrupt:
        return
    finally:
        called.close()


def deploy_problems(directory: Path) -> list[str]:
    """What Django's own check finds amiss with serving the office to others; of one without an address that alone."""
    set_up(directory)
    from django.core.checks import run_checks

    from remembrancer.interfaces.web.settings import LOCAL

    if LOCAL:
        return [ALONE]
    return [str(each) for each in run_checks(include_deployment_checks=True) if not each.is_silenced()]


def _check_host(host: str, address: str) -> None:
    if host not in LOOPBACK and urlsplit(address).scheme != "https":
        raise Fault(
            Exit.REFUSED,
            Sentence("On %(host)s others could call this office, and passwords would travel in the open.", host=host),
            Sentence("Put a proxy with TLS before it and write its address under [web] in remembrancer.toml."),
        )
