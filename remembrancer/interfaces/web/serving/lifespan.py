"""What the served office does when it begins and when it ends."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event, Thread

from starlette.applications import Starlette

from remembrancer.interfaces.web.serving.carrier import carrier, end
from remembrancer.interfaces.web.serving.kept import kept_pages
from remembrancer.interfaces.web.serving.lending import Lender
from remembrancer.interfaces.web.serving.opened import lender
from remembrancer.office.running import warming

PATIENCE = 5
"""Seconds to wait, at the end, for what is being made ready."""

LOOKED = 0.2
"""Seconds between two looks whether it is ready."""


@asynccontextmanager
async def lifespan(application: Starlette) -> AsyncIterator[None]:
    """Make the registers ready in the background, so that the first page is quick, and have jobs carried out; give
    everything back at the end."""
    ended = Event()
    preparing = Thread(target=warm, args=(lender(), ended), name="warming", daemon=True)
    preparing.start()
    watching = Thread(target=carrier().watch, args=(ended,), name="jobs", daemon=True)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        kept_pages().close()
        watching.join(PATIENCE)
        carrier().stop()
        preparing.join(PATIENCE)
        if not preparing.is_alive():
            lender().close()


def warm(lending: Lender, ended: Event) -> None:
    """Ask what the first visitors would: first in a process of its own, which does what takes long and leaves this one
    to the visitors, then here, where what it kept is only read."""
    command = [sys.executable, "-m", "remembrancer.office.running.warming", str(lending.directory)]
    lending.prepared_elsewhere.set()
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own
        while process.poll() is None:
            if ended.wait(LOOKED):
                end(process, PATIENCE)
    finally:
        lending.prepared_elsewhere.clear()
    with lending.lent() as second:
        with lending.lent() as first:
            warming.warm(first, ended.is_set)
        warming.warm(second, ended.is_set)  # Visitors have the first one meanwhile.
    gc.freeze()  # What stays is looked through for cycles no more: of a large office that takes a second.
