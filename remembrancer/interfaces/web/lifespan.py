"""What the served office does when it begins and when it ends."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event, Thread

from starlette.applications import Starlette

from remembrancer.interfaces.web.carrier import carrier
from remembrancer.interfaces.web.lending import Lender
from remembrancer.interfaces.web.opened import lender
from remembrancer.model import PUBLIC, Fault, Principal
from remembrancer.office import answering
from remembrancer.office.bureau import Bureau

PATIENCE = 5
"""Seconds to wait, at the end, for what is being made ready."""


@asynccontextmanager
async def lifespan(application: Starlette) -> AsyncIterator[None]:
    """Make the registers ready in the background, so that the first page is quick, and have jobs carried out; give
    everything back at the end."""
    ended = Event()
    warming = Thread(target=warm, args=(lender(), ended), name="warming", daemon=True)
    warming.start()
    watching = Thread(target=carrier().watch, args=(ended,), name="jobs", daemon=True)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join(PATIENCE)
        carrier().stop()
        warming.join(PATIENCE)
        if not warming.is_alive():
            lender().close()


def warm(lending: Lender, ended: Event) -> None:
    """Ask what the first visitors would, of every body, as the public and as a member."""
    with lending.lent() as office:
        for bureau in office:
            for principal in (PUBLIC, Principal("role:member")):
                if not ended.is_set():
                    _ask(bureau, principal)


def _ask(bureau: Bureau, principal: Principal) -> None:
    try:
        answering.ask(bureau, principal, bureau.name(), limit=1)
    except Fault as fault:
        logging.getLogger(__name__).warning("%s: %s", bureau.slug, fault.what)
