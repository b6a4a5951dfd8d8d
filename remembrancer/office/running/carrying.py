"""Carries out the jobs of an office, one after another, in a process of its own: ``python -m
remembrancer.office.running.carrying OFFICE``. It ends when none is left.

A job is leased while it is carried out. Of a process that is killed the lease ends, and the next one takes the job up.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from remembrancer.model import Fault
from remembrancer.office import Office
from remembrancer.office.bureau import Progress
from remembrancer.office.changing import incoming
from remembrancer.office.changing.incoming import Outcome
from remembrancer.office.jobs import LEASE, Job
from remembrancer.office.running import kept_copies, upkeep
from remembrancer.office.working import Work
from remembrancer.saying import Sentence

Carry = Callable[[Office, Job, Progress], Outcome]

KINDS: Mapping[str, Carry] = {
    incoming.KIND: incoming.carry_out,
    upkeep.VERIFY: upkeep.verify,
    upkeep.READ_AGAIN: upkeep.read_again,
    kept_copies.KIND: kept_copies.carry_out,
}
"""How each kind of job is carried out. It may be carried out twice, where who did so was killed."""

REPORTED = 0.25
"""Seconds between two reports of how far a job is."""


def carry_all(office: Office) -> int:
    """Carry out jobs until none is left; how many there were."""
    holder = f"{os.getpid()} {os.urandom(6).hex()}"
    incoming.sweep(office)
    office.work.jobs.prune()
    count = 0
    while job := office.work.jobs.take(holder):
        carry(office, job, holder)
        count += 1
    return count


def carry(office: Office, job: Job, holder: str) -> None:
    """Carry out one job that was taken. What is wrong with it is told in its result; who is stopped gives it back."""
    jobs = office.work.jobs
    try:
        with _held(office.directory, job, holder):
            outcome = KINDS[job.kind](office, job, _reporting(office.work, job, holder))
    except Fault as fault:
        outcome = Outcome("failed", {"what": fault.what, "advice": fault.advice}, job.told)
    except Exception:
        logging.getLogger(__name__).exception("Job %s failed.", job.id)
        what = Sentence("The program failed in the middle; nothing is lost.")
        advice = Sentence("Try again; the server's log says what it was.")
        outcome = Outcome("failed", {"what": what, "advice": advice}, job.told)
    except BaseException:
        jobs.give_back(job.id, holder)
        raise
    if jobs.end(job.id, holder, outcome.state, outcome.result, outcome.told) and outcome.state == "done":
        incoming.finish(office, job)


def _reporting(work: Work, job: Job, holder: str) -> Progress:
    last = 0.0

    def report(doing: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= REPORTED:
            last = time.monotonic()
            work.jobs.report(job.id, holder, doing, done, total)

    return report


@contextmanager
def _held(directory: Path, job: Job, holder: str) -> Iterator[None]:
    """Renew the lease of a job for as long as the context lasts."""
    ended = threading.Event()

    def renew() -> None:
        work = Work(directory / "work.db")
        try:
            while not ended.wait(LEASE / 3) and work.jobs.renew(job.id, holder):
                pass
        finally:
            work.close()

    renewing = threading.Thread(target=renew, name="lease", daemon=True)
    renewing.start()
    try:
        yield
    finally:
        ended.set()
        renewing.join()


def _stop(*_: object) -> None:
    raise SystemExit(0)


def main(directory: str) -> int:
    """Carry out the jobs of the office in a directory; stopped, it gives back the one it is at."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, _stop)
    with Office(Path(directory)) as office:
        carry_all(office)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
