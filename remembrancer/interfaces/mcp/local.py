"""The server over standard input and output: started by an assistant on the machine that holds the office."""

from __future__ import annotations

from pathlib import Path

from remembrancer.interfaces.mcp.reception import Reception
from remembrancer.interfaces.mcp.server import server
from remembrancer.interfaces.web.serving.lending import Lender
from remembrancer.model import Principal
from remembrancer.office import Office


def serve(directory: Path, principal: Principal) -> None:
    """Answer the assistant as one principal until it closes standard input. A Fault where there is no office."""
    with Office(directory) as office:
        address = str(office.web.get("address", "")).rstrip("/")
    lender = Lender(directory, most=1)
    try:
        server(Reception(lender, lambda: principal, address)).run("stdio")
    finally:
        lender.close()
