"""The process that carries out the office's jobs beside the one that serves its pages; see ``office.carrying``."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Event, Lock

from remembrancer.interfaces.web.opened import lender

SECONDS = 5.0
"""How often it is looked whether a job was left by a process that is gone."""

PATIENCE = 10
"""Seconds that the process is given to give its job back."""


class Carrier:
    """Begins the process where a job is left, and never two of them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def begin(self) -> None:
        """Have what is left carried out, if that is not being done."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                command = [sys.executable, "-m", "remembrancer.office.carrying", str(self._directory)]
                self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own

    def watch(self, ended: Event) -> None:
        """Look now and then whether a job is left, until the office stops."""
        while not ended.wait(SECONDS):
            with lender().lent() as office:
                left = (office.directory / "work.db").exists() and office.work.jobs.are_left()
            if left:
                self.begin()

    def stop(self) -> None:
        """End the process; its job waits for the next one."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()
                self._process.wait(PATIENCE)


@cache
def carrier() -> Carrier:
    """That of the office which is served here."""
    return Carrier(lender().directory)
