"""The register as Popolo (https://www.popoloproject.com): people, memberships, sittings, motions, votes and ballots.

One JSON object with a list for each class: ``organizations``, ``persons``, ``memberships``, ``events`` (the sittings),
``motions``, ``vote_events`` with their ``counts`` and ``votes``. A motion and a vote event name their sitting as
``legislative_session_id``, and give no ``date`` of their own, since Popolo wants a time of day there and minutes seldom
tell one. A source is a link to its SHA-256 as RFC 6920 writes it (``ni:///sha-256;...``).
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from remembrancer.model import Mark, Membership, Motion, Person, Vote
from remembrancer.register.rows import Register

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)
_OPTIONS = {"not-voting": "not voting"}
"""Popolo's words where they are others than ours."""


def write(register: Register, body: str, name: str) -> bytes:
    """The register of a body, by its slug and name, in UTF-8."""
    written = {
        "organizations": [{"id": body, "name": name}],
        "persons": [_person(row) for row in register.people],
        "memberships": [_membership(row, body) for person in register.people for row in person.memberships],
        "events": list(_events(register, body)),
        "motions": [_motion(row, body) for row in register.motions],
        "vote_events": [_vote_event(row, body) for row in register.votes],
    }
    return json.dumps(written, ensure_ascii=False, indent=2).encode() + b"\n"


def _person(row: Person) -> dict[str, Any]:
    others = [{"name": label} for label in row.labels if label != row.name]
    return {"id": row.id, "name": row.name, "other_names": others}


def _membership(row: Membership, body: str) -> dict[str, Any]:
    return {
        "person_id": row.person,
        "organization_id": body,
        "role": row.role or None,
        "label": row.affiliation or None,
        "start_date": _date(row.since.partition("/")[0]),
        "end_date": _date(row.until.rpartition("/")[2]),
        "sources": _sources(row.marks),
    }


def _events(register: Register, body: str) -> Iterator[dict[str, Any]]:
    """The sittings that motions, votes and attendance name."""
    dates: dict[str, str] = {}
    acts: tuple[Motion | Vote, ...] = (*register.motions, *register.votes)
    for row in acts:
        dates.setdefault(row.sitting, row.date)
    attendees: dict[str, list[dict[str, str]]] = {}
    for person in register.people:
        for presence in person.presences:
            dates.setdefault(presence.sitting, presence.date)
            if presence.present:
                attendees.setdefault(presence.sitting, []).append({"id": person.id, "name": person.name})
    for sitting, date in sorted(dates.items(), key=lambda pair: (pair[1], pair[0])):
        if sitting:
            start, _, end = date.partition("/")
            yield {
                "id": sitting,
                "classification": "sitting",
                "organization_id": body,
                "start_date": _date(start),
                "end_date": _date(end or start),
                "attendees": _distinct(attendees.get(sitting, ())),
            }


def _date(edtf: str) -> str | None:
    """A day, month or year; Popolo has no way to write that a date is open or uncertain."""
    return edtf if _DATE.fullmatch(edtf) else None


def _distinct(people: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return list({person["id"]: person for person in people}.values())


def _motion(row: Motion, body: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "organization_id": body,
        "legislative_session_id": row.sitting or None,
        "creator_id": row.mover or None,
        "identifier": row.number or None,
        "text": row.text,
        "result": row.outcome or None,
        "sources": _sources(row.marks),
    }


def _vote_event(row: Vote, body: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "organization_id": body,
        "legislative_session_id": row.sitting or None,
        "motion_id": row.motion or None,
        "identifier": row.number or None,
        "classification": row.method,
        "result": row.declared or None,
        "counts": [{"option": _option(choice), "value": number} for choice, number in row.counts],
        "votes": [
            {
                "vote_event_id": row.id,
                "voter_id": ballot.person or None,
                "voter": {"name": ballot.label},
                "option": _option(ballot.choice),
                "role": "teller" if ballot.teller else None,
            }
            for ballot in row.ballots
        ],
        "sources": _sources(row.marks),
    }


def _option(choice: str) -> str:
    return _OPTIONS.get(choice, choice)


def _sources(marks: Iterable[Mark]) -> list[dict[str, str]]:
    """Each source once, with the first place in it."""
    places: dict[str, str] = {}
    for mark in marks:
        places.setdefault(mark.source, mark.place)
    return [{"url": f"ni:///sha-256;{_base64(source)}", "note": place} for source, place in places.items()]


def _base64(sha256: str) -> str:
    return urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
