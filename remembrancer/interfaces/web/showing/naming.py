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
    "share": {
        "one-half": pgettext_lazy("share", "one-half"),
        "one-third": pgettext_lazy("share", "one-third"),
        "one-quarter": pgettext_lazy("share", "one-quarter"),
        "one-fifth": pgettext_lazy("share", "one-fifth"),
        "two-thirds": pgettext_lazy("share", "two-thirds"),
        "three-quarters": pgettext_lazy("share", "three-quarters"),
        "three-fifths": pgettext_lazy("share", "three-fifths"),
        "four-fifths": pgettext_lazy("share", "four-fifths"),
    },
    "entry": {
        "body": pgettext_lazy("kind of entry", "body"),
        "source": pgettext_lazy("kind of entry", "document"),
        "rendition": pgettext_lazy("kind of entry", "text"),
        "reading": pgettext_lazy("kind of entry", "reading"),
        "house": pgettext_lazy("kind of entry", "house"),
        "rulebook": pgettext_lazy("kind of entry", "rules"),
        "schedule": pgettext_lazy("kind of entry", "schedule"),
        "hold": pgettext_lazy("kind of entry", "hold"),
        "release": pgettext_lazy("kind of entry", "release of a hold"),
        "alias": pgettext_lazy("kind of entry", "former ids"),
        "person-merge": pgettext_lazy("kind of entry", "people merged"),
        "person-split": pgettext_lazy("kind of entry", "people told apart"),
        "classify": pgettext_lazy("kind of entry", "who may see"),
        "grant": pgettext_lazy("kind of entry", "role"),
        "event": pgettext_lazy("kind of entry", "event of a live sitting"),
        "utterance": pgettext_lazy("kind of entry", "live words"),
        "confirm": pgettext_lazy("kind of entry", "confirmation"),
        "dismiss": pgettext_lazy("kind of entry", "dismissal"),
        "correct": pgettext_lazy("kind of entry", "correction"),
        "request": pgettext_lazy("kind of entry", "request for information"),
        "minutes-step": pgettext_lazy("kind of entry", "step of the minutes"),
        "decree-step": pgettext_lazy("kind of entry", "step of a decision"),
        "delivery": pgettext_lazy("kind of entry", "delivery"),
        "redaction": pgettext_lazy("kind of entry", "redaction"),
        "disposal": pgettext_lazy("kind of entry", "disposal"),
    },
    "finding": {
        "action-overdue": pgettext_lazy("finding", "action overdue"),
        "ambiguous-speaker": pgettext_lazy("finding", "speaker not certain"),
        "attendance-contradicts-quorum": pgettext_lazy("finding", "attendance against quorum"),
        "attendance-copied": pgettext_lazy("finding", "attendance copied"),
        "attendance-differs": pgettext_lazy("finding", "attendance told otherwise"),
        "ballot-of-absent": pgettext_lazy("finding", "vote of somebody absent"),
        "ballot-of-non-member": pgettext_lazy("finding", "vote of a non-member"),
        "ballot-of-recused": pgettext_lazy("finding", "vote of somebody recused"),
        "ballot-twice": pgettext_lazy("finding", "somebody twice in one vote"),
        "broken-cue": pgettext_lazy("finding", "caption broken"),
        "broken-docx": pgettext_lazy("finding", "Word document damaged"),
        "broken-html": pgettext_lazy("finding", "page damaged"),
        "broken-pdf": pgettext_lazy("finding", "PDF damaged"),
        "broken-xml": pgettext_lazy("finding", "XML damaged"),
        "columns-unmapped": pgettext_lazy("finding", "columns not named"),
        "contradictory-decisions": pgettext_lazy("finding", "decisions contradict each other"),
        "correction-not-applied": pgettext_lazy("finding", "correction not applied"),
        "counts-differ": pgettext_lazy("finding", "numbers differ"),
        "date-differs": pgettext_lazy("finding", "dates differ"),
        "draft-differs": pgettext_lazy("finding", "versions differ"),
        "duplicate-key": pgettext_lazy("finding", "key twice"),
        "empty": pgettext_lazy("finding", "empty"),
        "encoding-guessed": pgettext_lazy("finding", "encoding guessed"),
        "encrypted": pgettext_lazy("finding", "locked"),
        "entity-not-expanded": pgettext_lazy("finding", "entities left as written"),
        "general-repeal": pgettext_lazy("finding", "repeal of whatever conflicts"),
        "long-line": pgettext_lazy("finding", "line too long"),
        "malformed-json": pgettext_lazy("finding", "JSON malformed"),
        "malformed-yaml": pgettext_lazy("finding", "YAML malformed"),
        "names-do-not-add-up": pgettext_lazy("finding", "names do not add up"),
        "no-date": pgettext_lazy("finding", "no date"),
        "no-reader": pgettext_lazy("finding", "kept, not read"),
        "no-text": pgettext_lazy("finding", "no text"),
        "no-text-layer": pgettext_lazy("finding", "scan without text"),
        "not-docx": pgettext_lazy("finding", "no Word document"),
        "number-twice": pgettext_lazy("finding", "number given twice"),
        "pass-fault": pgettext_lazy("finding", "part not looked through"),
        "present-and-absent": pgettext_lazy("finding", "present and absent"),
        "question-unclear": pgettext_lazy("finding", "unclear what was voted on"),
        "quorum-both-ways": pgettext_lazy("finding", "quorum told both ways"),
        "quorum-contradicted": pgettext_lazy("finding", "quorum contradicted"),
        "ragged-row": pgettext_lazy("finding", "row with other fields"),
        "reader-fault": pgettext_lazy("finding", "reader failed"),
        "recognised-text": pgettext_lazy("finding", "scan with recognised text"),
        "refers-to-none": pgettext_lazy("finding", "refers to nothing on record"),
        "refers-to-not-in-force": pgettext_lazy("finding", "refers to what is not in force"),
        "result-contradicted": pgettext_lazy("finding", "result contradicted"),
        "rung-skipped": pgettext_lazy("finding", "rung skipped"),
        "too-deep": pgettext_lazy("finding", "nested too deep"),
        "too-large": pgettext_lazy("finding", "too large"),
        "says-closed": pgettext_lazy("finding", "says it is closed"),
        "tracked-changes": pgettext_lazy("finding", "tracked changes"),
        "two-people-one-name": pgettext_lazy("finding", "two people, one name"),
        "undecodable": pgettext_lazy("finding", "letters not readable"),
        "unsigned": pgettext_lazy("finding", "not signed"),
        "voter-not-listed": pgettext_lazy("finding", "voter not listed"),
    },
    "answered": {
        "granted": pgettext_lazy("answer to a request", "granted"),
        "partly": pgettext_lazy("answer to a request", "partly granted"),
        "refused": pgettext_lazy("answer to a request", "refused"),
        "nothing-held": pgettext_lazy("answer to a request", "nothing held"),
        "withdrawn": pgettext_lazy("answer to a request", "withdrawn"),
    },
    "determined": {
        "release": pgettext_lazy("what is determined of a passage", "to release"),
        "withhold": pgettext_lazy("what is determined of a passage", "to withhold"),
        "redact": pgettext_lazy("what is determined of a passage", "to redact"),
    },
    "removed": {
        "source": pgettext_lazy("kind of thing", "a document"),
        "speech": pgettext_lazy("kind of thing", "a speech"),
        "item": pgettext_lazy("kind of thing", "an item"),
        "text": pgettext_lazy("kind of thing", "a text"),
        "requester": pgettext_lazy("kind of thing", "who asked"),
        "sitting": pgettext_lazy("kind of thing", "a sitting"),
        "finding": pgettext_lazy("kind of thing", "a finding"),
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
        return str(_("for holders of the role %s")) % name_of("held", value.removeprefix("role:"))
    if group == "principal":
        group, value = "held", value.removeprefix("role:")
    known = NAMES.get(group)
    if group == "outcome" and value in NAMES["computed"]:
        known = NAMES["computed"]
    if known is not None:
        return str(known.get(value, value))
    return _sentences((get_language() or "en").partition("-")[0]).word(group, value)


@lru_cache(32)
def _sentences(language: str) -> Sentences:
    return sentences(language)
