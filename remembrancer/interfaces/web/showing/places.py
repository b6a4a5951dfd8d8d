"""Where words stand, for a person: the way to a node of HTML or XML said as what stands at its end, ``paragraph 32``.

The whole way stays in the record and in JSON, where programs follow it.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from remembrancer.interfaces.web.showing.sayings import in_page

KINDS = {
    "p": _("paragraph %s"),
    "paragraph": _("paragraph %s"),
    "li": _("point %s"),
    "point": _("point %s"),
    "tr": _("row %s of the table"),
    "blockquote": _("quotation %s"),
    "speech": _("speech %s"),
    "section": _("section %s"),
    "article": _("article %s"),
    "summary": _("note %s"),
}
"""What a node is called, by its tag; of others the nearest node around them is told."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title", "heading"))

_WAY = re.compile(r"(?:/|#)?[\w.:#-]+(?:\[\d+\])?(?:/[\w.:#-]+(?:\[\d+\])?)+")
_STEP = re.compile(r"([\w.:-]+)(?:\[(\d+)\])?")


def placed(place: str) -> str:
    """A place in the page's language; itself where nothing says it better."""
    said = _at_the_end(place) if _WAY.fullmatch(place) else in_page(place)
    return said or place


def _at_the_end(way: str) -> str:
    for step in reversed(way.split("/")):
        found = _STEP.fullmatch(step)
        if found and found[1] in HEADINGS:
            return str(_("the heading"))
        if found and found[1] in KINDS:
            return str(KINDS[found[1]]) % (found[2] or 1)
    return ""
