"""Operations: the log, its signed head, proofs and blobs."""

from __future__ import annotations

from typing import Any

from ninja import P, QueryEx, Router

from remembrancer.interfaces.rest.operations import operation
from remembrancer.interfaces.rest.parameters import Sha
from remembrancer.interfaces.rest.replies import Bytes, Page
from remembrancer.interfaces.web.admitting.asking import Asking
from remembrancer.model import Exit, Fault
from remembrancer.office.showing import auditing, proving
from remembrancer.saying import Sentence

router = Router()
TAG = "Record"
Number = QueryEx[int | None, P(ge=0, le=2**53, description="The number of an entry.")]
Size = QueryEx[int | None, P(alias="from", ge=1, le=2**53, description="The size of an earlier head.")]


@operation(router, "GET", "/{body}/record/log", "log")
def log(
    asking: Asking,
    limit: QueryEx[int, P(ge=1, le=1000, description="How many at most.")] = 100,
    after: QueryEx[int, P(ge=-1, le=2**53, description="The number of the entry before.")] = -1,
) -> Any:
    """List the entries of the record, oldest first; what is closed to the caller shows its envelope only."""
    size = asking.bureau.log.size()
    first, last = min(after + 1, size), min(after + 1 + limit, size)
    lines = list(auditing.log_lines(asking.bureau, asking.principal, first, last))
    return Page(lines, str(last - 1) if last < size else "")


@operation(router, "GET", "/{body}/record/checkpoint", "checkpoint")
def checkpoint(asking: Asking) -> Any:
    """Give the signed head of the record; who keeps it can tell later that nothing was cut off."""
    return proving.head(asking.bureau)


@operation(router, "GET", "/{body}/record/proof", "proof")
def proof(asking: Asking, entry: Number = None, old_size: Size = None) -> Any:
    """Prove that an entry is in the record, or that the record only added to an earlier head; name one of the two."""
    if (entry is None) == (old_size is None):
        raise Fault(
            Exit.USAGE,
            Sentence("A proof is of one thing."),
            Sentence("Name an `entry`, or the size of an earlier head: `from`."),
        )
    if entry is not None:
        return proving.inclusion(asking.bureau, entry)
    return proving.consistency(asking.bureau, old_size or 0)


@operation(router, "GET", "/{body}/record/blobs/{sha}", "blob")
def blob(asking: Asking, sha: Sha) -> Any:
    """Give the bytes of a source or of its text, so that anybody can check a quotation."""
    return Bytes(auditing.blob(asking.bureau, asking.principal, sha), sha)
