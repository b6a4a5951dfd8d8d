"""Laws of the translations: every text of the pages is in every language's file and translated, and what is compiled
is what is written."""

from __future__ import annotations

import re
import runpy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "remembrancer" / "interfaces" / "web" / "locale"
PLACE = re.compile(r"%\(\w+\)s|%s|%d")
LANGUAGES = sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())


@pytest.fixture(scope="module")
def gathered(django: None) -> Catalog:
    """The texts of the pages as they are now."""
    script: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "translations"))
    catalog: Catalog = script["gathered"]()
    return catalog


def written(language: str) -> Catalog:
    return read_po(BytesIO((LOCALE / language / "LC_MESSAGES" / "django.po").read_bytes()), locale=language)


def keys(catalog: Catalog) -> set[tuple[str | None, str]]:
    return {(each.context, each.id if isinstance(each.id, str) else each.id[0]) for each in catalog if each.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_pages_is_in_the_file_of_a_language(gathered: Catalog, language: str) -> None:
    assert keys(gathered) == keys(written(language)), "run scripts/translations"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_a_translation(language: str) -> None:
    missing = [each.id for each in written(language) if each.id and not all(strings(each.string))]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_the_places_of_the_text_and_no_other(language: str) -> None:
    for each in written(language):
        places = set(PLACE.findall(" ".join(strings(each.id))))
        assert set(PLACE.findall(" ".join(strings(each.string)))) == places, each.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    told = said(written(language))
    assert {key: said(compiled).get(key) for key in told} == told


def said(catalog: Catalog) -> dict[tuple[str | None, tuple[str, ...]], tuple[str, ...]]:
    """What is translated, and how."""
    texts = {(context_of(each), strings(each.id)): strings(each.string) for each in catalog if each.id}
    return {key: translation for key, translation in texts.items() if all(translation)}


def context_of(message: Message) -> str | None:
    """What a compiled file gives as bytes."""
    context: Any = message.context
    return context.decode() if isinstance(context, bytes) else context


def strings(told: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)
