"""Where the words of a row stand: one address for each document, with all of its words marked there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from remembrancer.interfaces.web.admitting.asking import Asking
from remembrancer.interfaces.web.showing.addresses import address
from remembrancer.model import Quote

MOST = 40
"""Most places of one document that an address names."""


class Where(NamedTuple):
    """A document in which words of a row stand, at ``place``, which is known of the first alone."""

    address: str
    path: str
    authority: str
    place: str


def where(asking: Asking, spans: Sequence[Quote], place: str = "") -> list[Where]:
    """The documents that quotations are from, in their order."""
    quotes: dict[tuple[str, str], list[Quote]] = {}
    for quote in spans:
        quotes.setdefault((quote.source, quote.rendition), []).append(quote)
    return [
        _where(asking, source, rendition, found, place if at == 0 else "")
        for at, ((source, rendition), found) in enumerate(quotes.items())
    ]


def _where(asking: Asking, source: str, rendition: str, quotes: Sequence[Quote], place: str) -> Where:
    row = asking.bureau.catalog.source(source)
    at = ",".join(f"{quote.start}-{quote.end}" for quote in quotes[:MOST])
    query = urlencode({"at": at, "in": rendition[:12]}, safe=",")
    leads_to = f"{address('source', asking.slug, source)}?{query}#mark"
    return Where(leads_to, row.path if row else "", row.authority if row else "", place)
