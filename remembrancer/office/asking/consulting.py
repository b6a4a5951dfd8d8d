"""The language model of an office, where one is configured, and who may have it consulted.

::

    # remembrancer.toml
    [language_model]
    url = "https://models.example.org/v1"
    model = "small-instruct"
    key_variable = "MODEL_KEY"    # the environment variable that holds the key; leave out where none is needed
    sees = "public"               # as whom its operator sees the record

It is consulted for nobody who may see more than its operator: neither what they ask nor what is found for them
leaves the office.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from remembrancer.access import may, parse_principal
from remembrancer.memory.asking.consulting import chosen
from remembrancer.memory.cite import Hit
from remembrancer.model import Exit, Fault, Principal
from remembrancer.office.bureau import Bureau
from remembrancer.ports import LanguageModel
from remembrancer.saying import Sentence

SETTINGS = ("url", "model", "key_variable", "sees")

Make = Callable[[str, str, str], LanguageModel]


def consulted(bureau: Bureau, principal: Principal, make: Make | None = None) -> LanguageModel | None:
    """The model that may be consulted for a principal; None where there is none, or the principal sees more than
    its operator does. Fault (usage) where it is not configured as it must be."""
    settings = bureau.language_model
    if not settings:
        return None
    _check(settings)
    operator = bureau.principal(parse_principal(settings["sees"]))
    if any(may(principal, "read", each) and not may(operator, "read", each) for each in bureau.catalog.classes()):
        return None
    if make is None:
        from remembrancer.memory.language_model import ChatCompletions  # Few offices have one.

        make = ChatCompletions
    return make(settings["url"], settings["model"], os.environ.get(settings.get("key_variable", ""), ""))


def in_its_order(model: LanguageModel | None, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits, those first that the model chose; as they were where there is none, or only one hit."""
    if model is None or len(hits) < 2:
        return tuple(hits)
    return tuple(hits[place] for place in chosen(model, question, [hit.text for hit in hits]))


def _check(settings: Mapping[str, str]) -> None:
    wrong = [name for name in settings if name not in SETTINGS]
    lacking = [name for name in ("url", "model", "sees") if not settings.get(name)]
    if wrong or lacking or not all(isinstance(value, str) for value in settings.values()):
        what = Sentence("a value not in quotes")
        if lacking:
            what = Sentence("no %(name)s", name=lacking[0])
        elif wrong:
            what = Sentence("%(name)s, which is no setting", name=repr(wrong[0]))
        said = Sentence("[language_model] in remembrancer.toml has %(what)s.", what=what)
        raise Fault(Exit.USAGE, said, Sentence("It takes %(list)s, each as text in quotes.", list=", ".join(SETTINGS)))
