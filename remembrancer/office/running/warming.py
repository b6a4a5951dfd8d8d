"""What the first visitors of an office would wait for, made before they come.

``python -m remembrancer.office.running.warming OFFICE`` makes what is kept beside the record -
catalog, indexes, facts, registers - and gives way to all others.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from remembrancer.model import PUBLIC, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.asking import answering
from remembrancer.office.bureau import SELDOM, Bureau

PRINCIPALS = (PUBLIC, Principal("role:member"))
"""Who is asked for: the public, and what members see."""

GIVES_WAY = 10
"""How much later than others a process is served that has time."""


def warm(office: Office, is_over: Callable[[], bool] = lambda: False) -> None:
    """Ask every body a question as the public and as a member, until it is over."""
    for bureau in office:
        for principal in PRINCIPALS:
            if not is_over():
                _ask(bureau, principal)


def _ask(bureau: Bureau, principal: Principal) -> None:
    try:
        answering.ask(bureau, principal, bureau.name(), limit=1)
    except Fault as fault:
        logging.getLogger(__name__).warning("%s: %s", bureau.slug, fault.what)


def main() -> None:
    """Make everything ready for the office that the command line names."""
    if hasattr(os, "nice"):  # Windows has none.
        os.nice(GIVES_WAY)
    gc.set_threshold(SELDOM)
    with Office(Path(sys.argv[1])) as office:
        warm(office)


if __name__ == "__main__":
    main()
