"""What an office asks of itself now and then, as jobs: that the record holds, and that every document is read again
under the house in force."""

from __future__ import annotations

from typing import Any

from remembrancer.model import Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau, Progress, require
from remembrancer.office.changing import keeping
from remembrancer.office.changing.incoming import Outcome, totals
from remembrancer.office.jobs import Job
from remembrancer.office.showing.auditing import extracted_again
from remembrancer.record.verify import Verdict
from remembrancer.saying import Sentence

VERIFY, READ_AGAIN = "verify", "read-again"


def ask_to_verify(office: Office, bureau: Bureau, principal: Principal, extract: bool = False) -> int:
    """Have the record verified, with ``extract`` also every text made again from its source; the job's number."""
    require(principal, "audit", Sentence("verify what is closed"))
    return office.work.jobs.add(bureau.slug, principal.name, VERIFY, {"extract": extract})


def ask_to_read_again(office: Office, bureau: Bureau, principal: Principal) -> int:
    """Have every document read again under the house in force; the job's number."""
    require(principal, "take-in", Sentence("read documents into the record"))
    return office.work.jobs.add(bureau.slug, principal.name, READ_AGAIN, {})


def last(office: Office, bureau: Bureau, principal: Principal, kind: str) -> Job | None:
    """The latest job of a kind."""
    require(principal, "audit", Sentence("see what was verified"))
    return next(iter(office.work.jobs.jobs(bureau.slug, kind, 1)), None)


def verify(office: Office, job: Job, progress: Progress) -> Outcome:
    """Carry out: verify. What is wrong is its result, no failure of the job."""
    bureau, principal = _as_asked(office, job)
    require(principal, "audit", Sentence("verify what is closed"))
    verdict = bureau.verify(progress=progress)
    told: dict[str, Any] = {"holds": verdict.holds, "problem": _problem(verdict), "at": bureau.log.clock.now()}
    told |= {"size": verdict.size, "root": verdict.root.hex(), "heads": verdict.heads, "blobs": verdict.blobs}
    told |= {"removed": verdict.removed_payloads}
    if job.told["extract"] and verdict.holds:
        again = extracted_again(bureau, principal, progress)
        told["holds"] = not again.different
        told |= {"checked": again.checked, "different": [each._asdict() for each in again.different]}
        told |= {"unchecked": len(again.unchecked)}
    return Outcome("done", told, job.told)


def read_again(office: Office, job: Job, progress: Progress) -> Outcome:
    """Carry out: read every document again. What was read so before adds nothing."""
    bureau, principal = _as_asked(office, job)
    taken = list(keeping.read_again(bureau, principal, progress))
    bureau.catch_up(progress)
    return Outcome("done", {"totals": totals(bureau, taken)}, job.told)


def _as_asked(office: Office, job: Job) -> tuple[Bureau, Principal]:
    """The body, and who asked with the roles they hold by now."""
    bureau = office.body(job.body)
    return bureau, bureau.principal(Principal(job.principal))


def _problem(verdict: Verdict) -> dict[str, str] | None:
    problem = verdict.problem
    return {"part": problem.part, "where": problem.where, "message": problem.message} if problem else None
