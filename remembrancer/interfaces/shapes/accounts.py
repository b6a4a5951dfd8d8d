"""The shapes of the served office: where it is, and who may sign in."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from remembrancer.interfaces.shapes.base import Maybe, Shape


class Served(Shape):
    bodies: list[str]
    address: str
    owner_link: Maybe = Field(description="Opened once, makes the first owner's account; null where there is one.")
    demo: list[tuple[str, str]] = Field(description="Of the demo alone: addresses and passwords.")


class Held(Shape):
    body: str
    role: str
    since: Maybe
    until: Maybe
    entry: int = Field(description="The entry that grants it.")


class Account(Shape):
    principal: str = Field(description="What the record calls it.")
    email: str
    name: Maybe
    active: bool
    signed_in: Maybe = Field(description="The day of the last time.")
    roles: list[Held] = Field(description="What it holds today.")


class AccountLink(Shape):
    email: str
    link: str
    mailed: bool


class AccountClosed(Shape):
    email: str
    entries: list[int] = Field(description="The entries that end its roles.")


ACCOUNTS: dict[str, Any] = {
    "serve": Served,
    "serve-check": list[str],
    "accounts": list[Account],
    "account": Account,
    "account-link": AccountLink,
    "account-closed": AccountClosed,
}
"""Each published shape by its name, which is its schema's file name."""
