"""The process that carries out jobs beside the one that serves pages; see ``office.running.carrying``."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Event, Lock, Thread

from remembrancer.interfaces.web.serving.opened import lender

SECONDS = 5.0
"""How often it is looked whether a job was left by a process that is gone."""

PATIENCE = 10
"""Seconds that the process is given to give its job back; killed, it holds the job until its lease ends."""


class Carrier:
    """Begins the process where a job is left, and never two of them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._stopped = False

    def begin(self) -> None:
        """Have what is left carried out, if that is not being done."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                command = [sys.executable, "-m", "remembrancer.office.running.carrying", str(self._directory)]
                self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own
                Thread(target=self._follow, args=(self._process,), name="jobs", daemon=True).start()

    def watch(self, ended: Event) -> None:
        """Look now and then whether a job is left by a process that was killed, until the office stops."""
        while not ended.wait(SECONDS):
            self._begin_if_left()

    def _follow(self, process: subprocess.Popen[bytes]) -> None:
        """A job may have come while the process ended, having seen none."""
        if process.wait() == 0 and not self._stopped:
            self._begin_if_left()

    def _begin_if_left(self) -> None:
        with lender().lent() as office:
            left = (office.directory / "work.db").exists() and office.work.jobs.are_left()
        if left and not self._stopped:
            self.begin()

    def stop(self) -> None:
        """End the process; its job waits for the next one."""
        self._stopped = True
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                end(self._process, PATIENCE)


def end(process: subprocess.Popen[bytes], patience: float) -> None:
    """Stop a process, and kill it where it does not end in so many seconds."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@cache
def carrier() -> Carrier:
    """That of the office which is served here."""
    return Carrier(lender().directory)
