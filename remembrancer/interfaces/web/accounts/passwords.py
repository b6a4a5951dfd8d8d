"""Passwords that are guessed early are not taken: words of the body and of whoever chooses, lists, patterns, dates.

zxcvbn estimates, without asking anybody, how many tries somebody needs who knows the 30,000 commonest passwords, the
words of a language, names, the neighbours on a keyboard - and here the name of the body and of the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

TRIES = 10**10
"""What a password must withstand: somebody who has the digests, with scrypt, for years."""

LOOKED_AT = 64
"""Characters that are looked at: the estimate takes long for long passwords, which need none."""


class Guessable:
    """A validator for Django: refuses what is guessed within ``TRIES``; ``words`` are those of the office."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._words = words

    def validate(self, password: str, user: Any = None) -> None:
        """A ValidationError for a password that is guessed too easily."""
        known = [*self._words, getattr(user, "email", ""), getattr(user, "name", "")]
        estimate = zxcvbn(password[:LOOKED_AT], user_inputs=list(_parts(known)))
        if estimate["guesses"] < TRIES:
            raise ValidationError(
                _("This password is guessed easily. Take a few words that belong together only for you."), "guessable"
            )

    def get_help_text(self) -> str:
        """What a password must be."""
        return _("No common words or patterns, and not the name of the body or your own.")


def _parts(known: Iterable[str]) -> Iterable[str]:
    """Each name whole, without spaces, and its words."""
    for each in filter(None, known):
        words = re.findall(r"\w{3,}", each)
        yield from {each, "".join(words), *words}
