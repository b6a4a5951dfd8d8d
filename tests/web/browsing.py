"""A real Chromium that looks at pages: where it is found, and what must hold of every page it shows."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.conftest import PATIENCE

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
"""What a Chromium is called on the path of one system or another."""

PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""Where it stands on systems that put it on no path."""

LAWS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules of axe that every page keeps."""

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def chromium(bundled: str = "") -> str:
    """Where a Chromium is: as ``REMEMBRANCER_CHROMIUM`` says, on the path, where systems put it, or ``bundled``."""
    told = os.environ.get("REMEMBRANCER_CHROMIUM", "")
    found = [told, *filter(None, map(shutil.which, NAMES)), *PLACES, bundled]
    where = next((each for each in found if each and Path(each).is_file()), "")
    assert where, "No Chromium was found. Run scripts/chromium, or name one in REMEMBRANCER_CHROMIUM."
    return where


QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
"""What keeps a Chromium from calling anybody but the office on this machine."""


def launched(playwright: Any) -> Any:
    """A Chromium without a window that calls this machine alone; as root, in a container, it has no sandbox of its
    own."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, *(["--no-sandbox", "--disable-dev-shm-usage"] if root else [])]
    where = chromium(playwright.chromium.executable_path)
    return playwright.chromium.launch(executable_path=where, args=arguments, timeout=PATIENCE * 1000)


def free_port() -> int:
    """A port that nobody listens on, below those that systems give to whoever calls somebody: it stays free until it is
    used."""
    while True:
        with socket.socket() as listener, suppress(OSError):
            port = 20_000 + secrets.randbelow(12_000)
            listener.bind(("127.0.0.1", port))
            return port


def wait_for_answer(address: str, process: subprocess.Popen[Any], seconds: float = PATIENCE) -> None:
    """Wait until an address answers; fail where its process ended or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError(f"{address} does not answer.")


def axe(page: Any) -> list[str]:
    """What axe finds wrong with a page, one line each; empty where nothing is."""
    page.wait_for_load_state("load")
    results = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": LAWS}})
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary']}"
        for each in results.response["violations"]
        for node in each["nodes"]
    ]


def too_wide(page: Any) -> list[str]:
    """What sticks out of the window sideways, so that a phone would scroll; empty where nothing does."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth + 1 ? [] :
        [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 120))"""
    )
    return found


def looks(page: Any) -> Iterator[str]:
    """A page at its desk and on a phone, light and dark; its caller looks each time."""
    for scheme in ("light", "dark"):
        for size in (DESK, PHONE):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            yield f"{scheme} {size['width']}"


def faultless(page: Any) -> None:
    """That a page passes axe at a desk and on a phone, light and dark, and never scrolls sideways."""
    for look in looks(page):
        assert axe(page) == [], look
        assert too_wide(page) == [], look
