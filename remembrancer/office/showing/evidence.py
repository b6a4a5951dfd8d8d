"""What proves a certified extract to somebody who has neither this program nor the office: its files, in one archive.

::

    extract.txt                the extract as it is printed
    quotations.json            the words of the decision as the extract has them, and each quotation: of what, its
                               bytes in which text, the entry that names the text
    texts/SHA256               the texts, as who asked may read them
    entries/N.envelope         the bytes that the tree hashes
    entries/N.payload          the salt in hex, a newline, the canonical payload that the envelope commits to
    entries/N.proof            the C2SP tlog-proof of the envelope under a signed head
    keys/KEYID.vkey            the public keys of the head
    check.py                   checks all that with Python's standard library
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from remembrancer.model import Principal, Quote
from remembrancer.office.bureau import Bureau
from remembrancer.office.showing import logged
from remembrancer.office.showing.certified import Extract
from remembrancer.record import keys
from remembrancer.record.archive import zipped
from remembrancer.record.proof import format_inclusion


def evidence(bureau: Bureau, principal: Principal, made: Extract) -> Iterator[bytes]:
    """The pieces of a .zip of all that an extract for a principal rests on."""
    return zipped(_files(bureau, principal, made))


def _files(bureau: Bureau, principal: Principal, made: Extract) -> Iterator[tuple[str, bytes]]:
    quoted = [(of, quote, _entry(bureau, principal, quote)) for of, quote in _quotes(made)]
    told = {"words": made.decision.text, "quotations": [_told(*each) for each in quoted]}
    yield "extract.txt", made.text.encode()
    yield "quotations.json", json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
    yield "check.py", files("remembrancer.write").joinpath("check_extract.py").read_bytes()
    for verifier in bureau.log.verifiers:
        yield f"keys/{keys.file_of(verifier)}", keys.text_of(verifier).encode()
    for rendition, entry in sorted({quote.rendition: entry for _, quote, entry in quoted}.items()):
        yield f"texts/{rendition}", logged.blob(bureau, principal, entry, rendition)
    for entry in sorted({entry for _, _, entry in quoted}):
        yield f"entries/{entry}.envelope", logged.envelope(bureau, entry)
        yield f"entries/{entry}.payload", logged.payload(bureau, principal, entry)
        yield f"entries/{entry}.proof", format_inclusion(bureau.log.prove(entry))


def _told(of: str, quote: Quote, entry: int) -> dict[str, Any]:
    where = {"rendition": quote.rendition, "start": quote.start, "end": quote.end, "entry": entry}
    return {"of": of, "quote": quote.quote, **where}


def _quotes(made: Extract) -> Iterator[tuple[str, Quote]]:
    """What the extract says in the record's words: the decision, its vote, the quorum."""
    yield from (("decision", each) for each in made.decision.spans)
    yield from (("vote", each) for each in (made.vote.spans if made.vote else ()))
    yield from (("quorum", each) for each in (made.quorum.spans if made.quorum else ()))


def _entry(bureau: Bureau, principal: Principal, quote: Quote) -> int:
    """The entry of the reading from which a principal is quoted to."""
    seen = bureau.seen_source(principal, quote.source)
    assert seen is not None, "what is quoted to a principal they see"
    assert seen.row.rendition == quote.rendition, "who sees a source is quoted to from their own text of it"
    return seen.row.entry
