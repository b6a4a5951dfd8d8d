"""What the kinds of entries are, in a sentence for who reads the log, and what is counted of a reading."""

from __future__ import annotations

from django.template import Library
from django.utils.translation import gettext_lazy as _

register = Library()

EXPLAINED = {
    "body": _("The body and its name."),
    "house": _("How the body’s documents are written."),
    "rulebook": _("Rules of procedure, in force from a day on."),
    "source": _("A document as it came."),
    "rendition": _("The text of a document."),
    "reading": _("What a reader found in a document."),
    "alias": _("Former ids, and what stands for them now."),
    "classify": _("Who may see something."),
    "grant": _("A role that was granted or ended."),
    "schedule": _("How long a kind of source stays."),
    "hold": _("Sources that are kept whatever the schedules say."),
    "release": _("The end of a hold."),
    "request": _("A step of a request for information."),
    "confirm": _("A fact that the clerk confirmed."),
    "dismiss": _("A fact that the clerk dismissed."),
    "correct": _("A fact that the clerk corrected."),
    "person-merge": _("Two names that are one person."),
    "person-split": _("One name that is several people."),
    "redaction": _("Something was removed by order."),
    "disposal": _("A source was disposed of by schedule."),
}
"""What each kind of entry is."""

COUNTED = {
    "sittings": _("sittings"),
    "items": _("items"),
    "speeches": _("speeches"),
    "attendance": _("people in attendance"),
    "closed": _("closed items"),
    "findings": _("findings"),
}
"""What each count of ``office.changing.drafting`` counts."""


@register.filter
def counted(name: str) -> str:
    """What a count counts."""
    return str(COUNTED.get(name, name))


@register.filter
def explained(kind: str) -> str:
    """What an entry of a kind is; nothing of one that the program does not know."""
    return str(EXPLAINED.get(kind, ""))
