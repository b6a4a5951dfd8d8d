"""What the values of the record are called in the language of the page: authorities, kinds, classes, outcomes, force.

Groups that answers have words for already (outcome, force, choice, decided, method, role ...) are those of
``memory.asking.answering``; the others stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from remembrancer.memory.asking.answering.sentences import Sentences, sentences

NAMES: Mapping[str, Mapping[str, object]] = {
    "authority": {
        "recording": pgettext_lazy("authority", "recording"),
        "notes": pgettext_lazy("authority", "notes"),
        "draft": pgettext_lazy("authority", "draft"),
        "circulated": pgettext_lazy("authority", "circulated"),
        "approved": pgettext_lazy("authority", "approved"),
        "signed": pgettext_lazy("authority", "signed"),
    },
    "kind": {
        "speech": pgettext_lazy("kind of passage", "speech"),
        "item": pgettext_lazy("kind of passage", "heading"),
        "text": pgettext_lazy("kind of passage", "other text"),
    },
    "class": {
        "open": pgettext_lazy("class", "open to everybody"),
        "existence": pgettext_lazy("class", "its title alone is open"),
        "members": pgettext_lazy("class", "for members"),
        "hidden": pgettext_lazy("class", "for the owner alone"),
    },
    "section": {
        "title": pgettext_lazy("section", "title"),
        "heading": pgettext_lazy("section", "heading"),
        "attendance": pgettext_lazy("section", "attendance"),
        "agenda": pgettext_lazy("section", "agenda"),
        "summary": pgettext_lazy("section", "summary"),
        "conclusion": pgettext_lazy("section", "conclusion"),
        "actions": pgettext_lazy("section", "actions"),
        "motion": pgettext_lazy("section", "motion"),
        "vote": pgettext_lazy("section", "vote"),
        "text": pgettext_lazy("section", "text"),
    },
    "method": {
        "roll-call": pgettext_lazy("method of a vote", "by roll call"),
        "division": pgettext_lazy("method of a vote", "by division"),
        "show-of-hands": pgettext_lazy("method of a vote", "by show of hands"),
        "tally": pgettext_lazy("method of a vote", "with numbers"),
        "ballot": pgettext_lazy("method of a vote", "by secret ballot"),
        "poll": pgettext_lazy("method of a vote", "by a poll"),
        "unanimous": pgettext_lazy("method of a vote", "unanimously"),
        "no-objection": pgettext_lazy("method of a vote", "without objection"),
        "acclamation": pgettext_lazy("method of a vote", "by acclamation"),
        "voice": pgettext_lazy("method of a vote", "by voice"),
        "lot": pgettext_lazy("method of a vote", "by lot"),
    },
    "computed": {
        "not determinable": pgettext_lazy("by the rules", "not determinable"),
        "met": pgettext_lazy("by the rules", "met"),
        "not met": pgettext_lazy("by the rules", "not met"),
    },
    "held": {
        "public": pgettext_lazy("role", "public"),
        "member": pgettext_lazy("role", "member"),
        "officer": pgettext_lazy("role", "officer"),
        "chair": pgettext_lazy("role", "chair"),
        "clerk": pgettext_lazy("role", "clerk"),
        "auditor": pgettext_lazy("role", "auditor"),
        "owner": pgettext_lazy("role", "owner"),
    },
    "verb": {
        "amends": pgettext_lazy("a text", "amends"),
        "repeals": pgettext_lazy("a text", "repeals"),
        "replaces": pgettext_lazy("a text", "replaces"),
        "confirms": pgettext_lazy("a text", "confirms"),
        "implements": pgettext_lazy("a text", "implements"),
        "ratifies": pgettext_lazy("a text", "ratifies"),
        "interprets": pgettext_lazy("a text", "interprets"),
        "suspends": pgettext_lazy("a text", "suspends"),
        "revives": pgettext_lazy("a text", "revives"),
        "cites": pgettext_lazy("a text", "cites"),
    },
    "deed": {
        "take-in": pgettext_lazy("deed", "read documents in"),
        "settle": pgettext_lazy("deed", "settle questions"),
        "classify": pgettext_lazy("deed", "say who may see what"),
        "convene": pgettext_lazy("deed", "set the house and the rules"),
        "hold": pgettext_lazy("deed", "hold documents"),
        "dispose": pgettext_lazy("deed", "dispose of what is due"),
        "request": pgettext_lazy("deed", "answer requests for information"),
        "audit": pgettext_lazy("deed", "verify the whole record and see who held which role"),
        "inspect": pgettext_lazy("deed", "see who signed in and who was refused"),
    },
    "decided_by": {
        "sitting": _("at a sitting"),
        "written-resolution": _("by written resolution"),
        "ballot-period": _("in a ballot"),
        "delegate": _("by a delegate"),
        "urgent-action": _("by urgent action, to be ratified"),
        "silence": _("by silence"),
    },
}
"""Values by group, and what each is called."""


def name_of(group: str, value: str) -> str:
    """What a value is called; the value itself where nothing names it."""
    if group == "class" and value.startswith("role:"):
        return str(_("for holders of the role %s")) % value.removeprefix("role:")
    known = NAMES.get(group)
    if group == "outcome" and value in NAMES["computed"]:
        known = NAMES["computed"]
    if known is not None:
        return str(known.get(value, value))
    return _sentences((get_language() or "en").partition("-")[0]).word(group, value)


@lru_cache(32)
def _sentences(language: str) -> Sentences:
    return sentences(language)
