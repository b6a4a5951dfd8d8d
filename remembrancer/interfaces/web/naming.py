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
    if known is not None:
        return str(known.get(value, value))
    return _sentences((get_language() or "en").partition("-")[0]).word(group, value)


@lru_cache(32)
def _sentences(language: str) -> Sentences:
    return sentences(language)
