"""Do 500 open event streams stay open for a minute, while pages are fetched?

    python bench/streams.py [--office DIR] [--streams 500] [--seconds 60]

Serves a copy of the office, or the demo's, in a process of its own, opens the streams, fetches the first page again and
again meanwhile, and lets the record grow once, which every stream must tell. Prints one JSON object; exit code 1 where
a stream was dropped or did not tell.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from served import copied

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.changing.granting import grant

PAGES_A_SECOND = 5


@dataclass
class Heard:
    """What one stream said, and whether it was dropped."""

    told: int = 0
    beats: int = 0
    dropped: bool = False


async def listen(port: int, slug: str, heard: Heard, until: float) -> None:
    """Open a stream and count what it says until the time is over."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /{slug}/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        await writer.drain()
        while (left := until - time.monotonic()) > 0:
            line = await asyncio.wait_for(reader.readline(), left)
            heard.dropped |= not line
            heard.told += line.startswith(b"event: record")
            heard.beats += line.startswith(b":")
            if not line:
                return
        writer.close()
    except TimeoutError:
        return
    except OSError:
        heard.dropped = True


async def fetch(port: int, slug: str, until: float) -> list[float]:
    """How many milliseconds each of the pages took that are fetched meanwhile."""
    took: list[float] = []
    while time.monotonic() < until:
        began = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /{slug}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        page = await reader.read()
        writer.close()
        assert page.startswith(b"HTTP/1.1 200"), page[:80]
        took.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(1 / PAGES_A_SECOND)
    return took


async def measure(port: int, office: Path, slug: str, streams: int, seconds: float) -> dict[str, object]:
    """Open the streams, fetch pages, let the record grow half-way."""
    until = time.monotonic() + seconds
    heard = [Heard() for _ in range(streams)]
    listening = [asyncio.create_task(listen(port, slug, each, until)) for each in heard]
    fetching = asyncio.create_task(fetch(port, slug, until))
    await asyncio.sleep(seconds / 2)
    await asyncio.to_thread(grow, office, slug)
    await asyncio.gather(*listening)
    took = sorted(await fetching)
    return {
        "streams": streams,
        "seconds": seconds,
        "dropped": sum(each.dropped for each in heard),
        "told_of_growth": sum(each.told >= 2 for each in heard),
        "pages": len(took),
        "page_p50_ms": round(statistics.median(took), 1),
        "page_p95_ms": round(took[int(len(took) * 0.95)], 1),
    }


def grow(office: Path, slug: str) -> None:
    """One more entry."""
    with Office(office) as opened:
        grant(opened.body(slug), OWNER, "member:Nobody", "chair", "2001-01-01", "2001-01-02")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--office", type=Path, help="without one, the demo's")
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        found = served(copied(told.office, Path(scratch)), told.streams, told.seconds)
    print(json.dumps(found))
    return int(bool(found["dropped"]) or found["told_of_growth"] != told.streams)


def served(directory: Path, streams: int, seconds: float) -> dict[str, object]:
    """Serve an office and measure."""
    with Office(directory) as office:
        slug = office.bodies()[0].slug
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "uvicorn", "remembrancer.interfaces.web.application:application"]
    told_of = {
        **os.environ,
        "REMEMBRANCER_OFFICE": str(directory),
        "REMEMBRANCER_ADDRESS": f"http://127.0.0.1:{port}",
    }
    process = subprocess.Popen([*command, "--port", str(port), "--log-level", "error"], env=told_of)
    try:
        answers(port)
        return asyncio.run(measure(port, directory, slug, streams, seconds))
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> None:
    """Wait until the office answers."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The office does not answer.")


if __name__ == "__main__":
    sys.exit(main())
