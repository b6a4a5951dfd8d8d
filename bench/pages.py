"""Does the served office answer 50 times a second, 95 of 100 answers within 150 ms?

    python bench/pages.py [--office DIR] [--rate 50] [--seconds 60] [--most-ms 150]

Serves a copy of the office in a process of its own and visits it as nobody and as the owner. Visits begin at random
moments, however long the others take (an open loop), and their time is counted from the moment at which they should
have begun. Pages are mixed: Ask, Search, sittings, sources, the register, decisions, matters, people, the record,
feeds. Which there are is read from the office's own lists. Everything is fetched before the clock begins, but half of
the questions and searches are of words that nobody asked for before. Prints one JSON object; exit code 1 where a floor
is missed by all visits, by those who are signed in or by those who are not, or a page failed. ``--most-ms 1`` must miss
it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from served import copied

from remembrancer.office import Office

FIRST_PAGE = 100_000
"""Bytes of the first page as they are sent, with its style and scripts."""

SIGNED_IN = 0.3
"""The share of visits by somebody who is signed in."""

NEW = 0.5
"""The share of questions and searches of words in an order that is seldom asked for."""

DIFFERENT = 40
"""At most so many pages of one kind are visited."""

AT_ONCE = 4
"""Pages that are fetched at once before the clock begins."""

PATIENCE = 60.0
"""Seconds in which an office that begins must have answered."""

LISTS = {"sitting": "sittings/", "source": "sources/", "decision": "decisions/", "matter": "matters/"}
"""Pages of things, and the lists that lead to them."""

SHARES = {
    "ask": 15,
    "search": 15,
    "sitting": 15,
    "source": 8,
    "register": 8,
    "decision": 8,
    "matter": 8,
    "people": 6,
    "sittings": 6,
    "record": 5,
    "feed": 6,
}
"""Of a hundred visits so many are to each kind of page."""

WORDS = ("budget", "minutes", "report", "agenda", "motion", "approved", "chair", "committee", "proposal", "vote")


class Visit(NamedTuple):
    """A page to fetch, when, counted from the beginning, and by whom."""

    kind: str
    path: str
    at: float
    signed_in: bool
    new: bool = False


class Answer(NamedTuple):
    """What came back: the status, the bytes that were sent, and the milliseconds since it was to be asked for."""

    status: int
    sent: int
    took: float
    page: bytes


async def fetch(port: int, path: str, cookie: str = "", since: float = 0.0) -> Answer:
    """One page over a connection of its own, as a browser asks for it."""
    since = since or time.perf_counter()
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n"
    asked += f"Cookie: session={cookie}\r\n" if cookie else ""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{asked}\r\n".encode())
        came = await reader.read(-1)
        writer.close()
    except OSError:
        came = b""
    head, _, page = came.partition(b"\r\n\r\n")
    status = int(head[9:12] or 0)
    return Answer(status, len(page), (time.perf_counter() - since) * 1000, page)


async def plain(port: int, path: str) -> str:
    """A page's text, not compressed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
    came = await reader.read(-1)
    writer.close()
    return came.partition(b"\r\n\r\n")[2].decode(errors="replace")


async def pages(port: int, slug: str) -> dict[str, list[str]]:
    """The addresses to visit, by kind: those of things are taken from the office's lists."""
    found = {
        "ask": [f"/{slug}/", *(f"/{slug}/?q=What+was+decided+about+the+{word}%3F" for word in WORDS)],
        "search": [f"/{slug}/search?q={word}" for word in WORDS],
        "register": [f"/{slug}/register/"],
        "people": [f"/{slug}/people/"],
        "sittings": [f"/{slug}/sittings/"],
        "record": [f"/{slug}/record/"],
        "feed": links(await plain(port, f"/{slug}/feeds/"), rf"/{slug}/[\w/-]+\.(?:atom|ics|json)"),
    }
    for kind, listed in LISTS.items():
        found[kind] = links(await plain(port, f"/{slug}/{listed}"), rf"/{slug}/{listed}[\w-]+")[:DIFFERENT]
    found["people"] += links(await plain(port, f"/{slug}/people/"), rf"/{slug}/people/[\w-]+")[:DIFFERENT]
    return {kind: each for kind, each in found.items() if each}


def links(page: str, like: str) -> list[str]:
    """The different addresses of a kind that a page links to."""
    return sorted(set(re.findall(rf'"(?:https?://[^/"]+)?({like})["?#]', page)))


def visits(found: Mapping[str, Sequence[str]], rate: float, seconds: float) -> Iterator[Visit]:
    """Visits at random moments, the same in every run."""
    chance = random.Random(5)
    kinds, at = list(found), 0.0
    while (at := at + chance.expovariate(rate)) < seconds:
        kind = chance.choices(kinds, [SHARES[each] for each in kinds])[0]
        path, signed_in = chance.choice(found[kind]), chance.random() < SIGNED_IN
        new = kind in ("ask", "search") and chance.random() < NEW
        yield Visit(kind, in_new_words(chance, path) if new else path, at, signed_in, new)


def in_new_words(chance: random.Random, path: str) -> str:
    """The address of a question or a search with words of its own."""
    return f"{path.partition('?')[0]}?q={'+'.join(chance.sample(WORDS, 4))}"


async def drive(port: int, planned: Sequence[Visit], cookie: str) -> list[tuple[Visit, Answer]]:
    """Begin every visit at its moment; the answers of all."""
    began = time.perf_counter()

    async def visit(each: Visit) -> tuple[Visit, Answer]:
        await asyncio.sleep(began + each.at - time.perf_counter())
        return each, await fetch(port, each.path, cookie if each.signed_in else "", began + each.at)

    return await asyncio.gather(*(visit(each) for each in planned))


async def become_used(port: int, paths: Sequence[str], cookie: str) -> None:
    """Fetch all pages as both, so that every opening of the office has been asked for most."""
    free = asyncio.Semaphore(AT_ONCE)

    async def visit(path: str, who: str) -> None:
        async with free:
            await fetch(port, path, who)

    await asyncio.gather(*(visit(path, who) for path in paths for who in ("", cookie)))


async def first_page(port: int, slug: str) -> int:
    """The bytes of the first page with all that it names."""
    page = await plain(port, f"/{slug}/")
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    fetched = [await fetch(port, each) for each in (f"/{slug}/", *named)]
    return sum(each.sent for each in fetched)


def summed(took: Sequence[float]) -> dict[str, float]:
    """How many, the middle, and what 95 and 99 of 100 keep within."""
    ordered = sorted(took)
    shares = {f"p{share}_ms": round(ordered[int(len(ordered) * share / 100)], 1) for share in (50, 95, 99)}
    return {"visits": len(ordered), **shares}


def prepared(office: Path) -> tuple[str, str]:
    """The body's slug and the session of an owner made for the bench."""
    from remembrancer.interfaces.web.serving import process as serving

    serving.set_up(office)
    from django.test import Client

    from remembrancer.interfaces.web.accounts.beginning import add_account

    with Office(office) as opened:
        account = add_account(opened, "bench@example.org", "The bench", None, ["owner"])
        slug = opened.bodies()[0].slug
    client = Client()
    client.force_login(account)
    return slug, str(client.session.session_key)


async def measure(port: int, process: int, slug: str, cookie: str, rate: float, seconds: float) -> dict[str, Any]:
    """Fetch every page, several at once, then measure; ``computed_ms`` is what a visit takes of the processor."""
    began = time.perf_counter()
    await fetch(port, f"/{slug}/")
    first = time.perf_counter() - began
    found = await pages(port, slug)
    await become_used(port, [path for paths in found.values() for path in paths], cookie)
    before = computed(process)
    answers = await drive(port, list(visits(found, rate, seconds)), cookie)
    worked = computed(process) - before
    by_kind: dict[str, list[float]] = defaultdict(list)
    groups: dict[str, list[float]] = defaultdict(list)
    for visit, answer in answers:
        by_kind[visit.kind].append(answer.took)
        groups["signed_in" if visit.signed_in else "signed_out"].append(answer.took)
        if visit.new:
            groups["new_words"].append(answer.took)
    failed = sorted({f"{answer.status} {visit.path}" for visit, answer in answers if answer.status != 200})
    return {
        "rate": rate,
        "seconds": seconds,
        "first_answer_seconds": round(first, 2),
        "first_page_bytes": await first_page(port, slug),
        "errors": len([each for _, each in answers if each.status != 200]),
        "failed": failed[:10],
        **summed([answer.took for _, answer in answers]),
        "computed_ms": round(worked * 1000 / len(answers), 1),
        **{group: summed(took) for group, took in groups.items()},
        "pages": {kind: summed(took) for kind, took in sorted(by_kind.items())},
    }


def memory(process: int) -> int:
    """How many MB a process has taken at most, where the system says so."""
    status = Path(f"/proc/{process}/status")
    told = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(told[1]) // 1024 if told else 0


def computed(process: int) -> float:
    """How many seconds of the processor a process has taken, where the system says so."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    told = stat.read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def answers_by(port: int, served: subprocess.Popen[bytes], until: float) -> None:
    """Wait until the office answers."""
    while time.monotonic() < until and served.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The office does not answer.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--office", type=Path, help="without one, the demo's")
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--most-ms", type=float, default=150, help="what 95 of 100 answers must keep within")
    told = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        office = copied(told.office, Path(scratch))
        slug, cookie = prepared(office)
        command = [sys.executable, "-m", "remembrancer.interfaces.cli", "-o", str(office), "serve"]
        environment = {name: value for name, value in os.environ.items() if name != "REMEMBRANCER_ADDRESS"}
        command += ["--no-open", "--port", str(port)]
        served = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            answers_by(port, served, time.monotonic() + PATIENCE)
            figures = asyncio.run(measure(port, served.pid, slug, cookie, told.rate, told.seconds))
            figures["memory_mb"] = memory(served.pid)
        finally:
            served.terminate()
            served.wait(30)
    print(json.dumps(figures))
    slowest = max(each["p95_ms"] for each in (figures, figures["signed_in"], figures["signed_out"]))
    return int(slowest > told.most_ms or figures["first_page_bytes"] > FIRST_PAGE or figures["errors"] > 0)


if __name__ == "__main__":
    sys.exit(main())
