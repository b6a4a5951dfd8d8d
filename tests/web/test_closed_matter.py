"""Laws of what is closed: the public is answered to the byte as by an office that never had it; of what may only be
known to exist everybody sees title and ground, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import PUBLIC, Principal
from remembrancer.office import Office
from remembrancer.office.asking import answering
from remembrancer.office.changing import keeping
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registrar import register_of
from remembrancer.office.showing import course, locating, shown
from tests.web import commons
from tests.web.commons import DAYS, GROUND, SECRETS, SLUG, TITLE

WORDS = ("fence", "geese", "contract", "Ines", "fenze", '"under it"', "speaker:Rook", "NOT fence", "2024/5", "signed")
QUESTIONS = (
    "What was decided about the pond fence?",
    "Is Resolution 2024/5 in force?",
    "What repealed Resolution 2024/5?",
    "Who voted against the pond fence?",
    "How did Ben Rook vote on the pond fence?",
    "What did Ben Rook say about the geese?",
    "Which decisions were made in 2024?",
    "How many motions were carried in 2024?",
    "When was the last meeting?",
    "What is Ben Rook to do?",
    "Who was absent on 5 March 2024?",
    "What was the contract?",
    "What did Ines say?",
)
LISTS = ("sittings/", "sources/", "people/", "register/", "decisions/", "matters/", "actions/", "feeds/", "search")
FEEDS = ("feeds/sittings.atom", "feeds/decisions.atom", "feeds/sittings.ics")
TOLD = ("sittings", "sources", "people", "findings", "decisions", "matters", "motions", "votes", "actions", "notices")
LISTING = (f"/{SLUG}/sittings/", f"/{SLUG}/sources/", f"/api/v1/{SLUG}/sittings", f"/api/v1/{SLUG}/sources")
TYPED = ("in", "con", "re", "po", "qu", "ox", "20")


@pytest.fixture(scope="module")
def without(django: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return commons.founded(tmp_path_factory.mktemp("open"), closed=False)


@pytest.fixture(scope="module")
def whole(django: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same office, where what is closed was read too."""
    return commons.founded(tmp_path_factory.mktemp("whole"), closed=True)


@pytest.fixture(scope="module")
def known(django: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """And one in which everybody may know of an item that it exists."""
    return commons.with_a_known_item(tmp_path_factory.mktemp("known"))


@pytest.fixture(scope="module")
def titled(django: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """And one in which everybody may know of a whole document that it exists."""
    return commons.with_a_known_document(tmp_path_factory.mktemp("titled"))


@pytest.fixture
def public(django: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, list[str]], dict[str, tuple[Any, ...]]]:
    """What the public is answered by an office at some addresses: status, headers and every byte."""
    from django.test import Client

    from remembrancer.interfaces.web import settings

    monkeypatch.setattr(settings, "CALLS_A_MINUTE", 1_000_000)

    def answers(office: Path, addresses: list[str]) -> dict[str, tuple[Any, ...]]:
        with monkeypatch.context() as patch, commons.serving(office, patch):
            client = Client()
            return {each: _answered(client.get(each)) for each in addresses}

    return answers


def _answered(answer: Any) -> tuple[Any, ...]:
    """Without what each page has anew, and without how many entries the log has, which everybody may know."""
    content = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"|data-entries="\d+"', b"", answer.content)
    headers = {**answer.headers, "Content-Length": len(content)}
    return answer.status_code, sorted(headers.items()), content


def addresses(office: Path) -> Iterator[str]:
    """Where the public asks, looks, leafs and lists; every open thing by its id."""
    from urllib.parse import quote

    root, api = f"/{SLUG}/", f"/api/v1/{SLUG}/"
    yield root
    yield from (f"{root}?q={quote(each)}" for each in QUESTIONS)
    yield from (f"{root}?q={quote(each)}&as-of=2024-04-30" for each in QUESTIONS[:3])
    yield from (f"{api}ask?question={quote(each)}" for each in QUESTIONS)
    for each in WORDS:
        yield from (f"{root}search?q={quote(each)}&sort={order}" for order in ("relevance", "newest"))
        yield from (f"{api}search{path}?q={quote(each)}" for path in ("", "/facets"))
    yield from (f"{root}search/suggestions?q={each}" for each in TYPED)
    yield from (root + each for each in (*LISTS, *FEEDS))
    yield from (f"{root}register/?on={day}" for day in ("2024-04-10", "2024-06-30"))
    yield from (f"{api}{each}" for each in TOLD)
    yield from (f"{api}{each}?limit=1" for each in TOLD)
    yield from (f"{root}id/{each}" for each in _ids(office))
    with Office(office) as opened:
        bureau = opened.body()
        registered = Registered(bureau, PUBLIC).register
        yield from (f"{root}matters/{each.id}" for each in registered.matters)
        yield from (f"{root}motions/{each.id}" for each in registered.motions)
        yield from (f"{root}votes/{each.id}" for each in registered.votes)
        yield from (f"{root}people/{each.id}" for each in registered.people)
        yield from (f"{root}decisions/{each.id}" for each in registered.decisions)
        yield from (f"{root}sittings/{each.id}" for each in shown.sittings(bureau, PUBLIC))
        yield from (f"{api}sittings/{each.id}" for each in shown.sittings(bureau, PUBLIC))
        yield from (f"{root}sources/{each.id}" for each in shown.sources(bureau, PUBLIC))


def _ids(office: Path) -> Iterator[str]:
    with Office(office) as opened:
        for line in shown.sittings(opened.body(), PUBLIC):
            yield from (part.id for part in course.course(opened.body(), PUBLIC, line.id).parts)


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [address for address, answer in one.items() if answer != other[address]]


def test_the_public_is_answered_as_by_an_office_that_has_nothing_closed(
    without: Path, whole: Path, public: Callable[..., Any]
) -> None:
    """Every byte, count, order, score, suggestion and ETag; of the log alone the envelopes show that it grew."""
    asked = list(addresses(without))
    assert list(addresses(whole)) == asked, "the public has the same ids"
    there, here = public(whole, asked), public(without, asked)
    assert {status for status, *_ in here.values()} <= {200, 302, 400}
    assert differing(here, there) == []


def test_asking_for_a_closed_word_is_answered_as_for_one_that_is_nowhere(
    whole: Path, public: Callable[..., Any]
) -> None:
    """Not even by what is suggested instead, or by the form of the answer."""
    forms = (
        f"/{SLUG}/?q={{}}", f"/{SLUG}/?q=What+was+decided+about+the+{{}}+contract%3F", f"/{SLUG}/search?q={{}}",
        f"/{SLUG}/search?q=%22{{}}+contract%22", f"/{SLUG}/search?q=fence&item={{}}",
        f"/{SLUG}/search/suggestions?q={{}}",
        f"/{SLUG}/people/?q={{}}", f"/{SLUG}/matters/?q={{}}", f"/{SLUG}/decisions/?q={{}}", f"/{SLUG}/sources/?q={{}}",
        f"/api/v1/{SLUG}/ask?question={{}}", f"/api/v1/{SLUG}/search?q={{}}", f"/api/v1/{SLUG}/search/facets?q={{}}",
        f"/api/v1/{SLUG}/matters/{{}}", f"/api/v1/{SLUG}/people/Ines+{{}}", f"/api/v1/{SLUG}/decisions?matter={{}}",
        f"/api/v1/{SLUG}/actions?owner=Ines+{{}}",
    )  # fmt: skip
    for what, who, _number in SECRETS.values():
        for word in (what, who):
            nowhere = "Vwxkzj" + "q" * (len(word) - 6)
            told = public(whole, [form.format(word) for form in forms])
            untold = public(whole, [form.format(nowhere) for form in forms])
            for (address, answer), other in zip(told.items(), untold.values(), strict=True):
                assert _told(answer, word) == _told(other, nowhere), address


def _told(answer: tuple[Any, ...], word: str) -> tuple[Any, ...]:
    """An answer without the word that was asked for, and without the hash of all that it says."""
    status, headers, content = answer
    return status, [name for name, _ in headers], content.decode().replace(word, "W").replace(word.lower(), "W")


def test_what_may_only_be_known_to_exist_shows_title_and_ground_and_nothing_else(
    known: Path, public: Callable[..., Any]
) -> None:
    """In every interface: with the open pages and the lists, wherever it is named at all."""
    asked = [*addresses(known), f"/{SLUG}/record/", f"/{SLUG}/record/removals", f"/api/v1/{SLUG}/record/log?limit=1000"]
    with Office(known) as office:
        for each in shown.sources(office.body(), PUBLIC):
            kept = f"{{}}/sources/{each.id}/as-it-came"
            asked += [kept.format(f"/{SLUG}"), kept.format(f"/api/v1/{SLUG}"), f"/api/v1/{SLUG}/record/blobs/{each.id}"]
        asked += [f"/{SLUG}/record/entries/{number}" for number in range(office.body().log.size())]
    asked += [f"/{SLUG}/search?q={word}" for word in ("staff", "matter")] + [f"/{SLUG}/?q=What+of+the+matter+of+staff"]
    answers = public(known, asked)
    heard = {address: str(headers).encode() + content for address, (_status, headers, content) in answers.items()}
    for word in commons.KNOWN_WORDS:
        assert [address for address, told in heard.items() if word.encode() in told] == []
    naming = [address for address, told in heard.items() if TITLE.encode() in told]
    assert [address for address in naming if "/sittings/" in address], "it is known to exist"
    assert [address for address in naming if GROUND.encode() not in heard[address]] == []


def test_a_document_that_may_be_known_to_exist_adds_title_and_ground_to_the_lists_and_not_a_byte_elsewhere(
    whole: Path, titled: Path, public: Callable[..., Any]
) -> None:
    asked = list(addresses(whole))
    assert list(addresses(titled)) == asked, "the public has the same ids"
    here, there = public(whole, asked), public(titled, asked)
    assert set(differing(here, there)) == set(LISTING)
    for address in LISTING:
        told, before = there[address][2].decode(), here[address][2].decode()
        if address.startswith("/api/"):
            assert json.loads(told) == [*json.loads(before), {"title": TITLE, "ground": GROUND}]
        else:
            line = re.search(r'<h2 id="closed">.*?</ul></li></ul>', told, re.S)
            assert line is not None
            assert told.replace(line[0], "") == before
            assert re.findall(r"<h3>(.*?)</h3>.*<li>(.*?)</li>", line[0]) == [(TITLE, GROUND)]


def test_of_a_document_that_may_be_known_to_exist_whoever_copies_the_open_record_gets_no_word(
    titled: Path, tmp_path: Path
) -> None:
    with Office(titled) as office:
        keeping.export_to(office.body(), PUBLIC, tmp_path / "copy", public=True)
    copied = b"".join(path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file())
    assert [word for word in (*commons.SECRETS["existence"], DAYS["existence"]) if word.encode() in copied] == []


def test_who_asks_for_a_document_that_may_be_known_to_exist_is_told_title_and_ground(titled: Path) -> None:
    with Office(titled) as office:
        told = answering.ask(office.body(), PUBLIC, "What was decided about the matter of staff?")
    assert told.status == "silent"
    assert TITLE in told.sentence
    assert GROUND in told.sentence


def test_who_is_named_in_a_closed_document_of_an_open_sitting_alone_is_found_by_those_who_may_read_it(
    whole: Path,
) -> None:
    """Nobody is counted by it: what the open minutes say of the quorum stands."""
    with Office(whole) as office:
        bureau, member = office.body(), Principal("member:jo")
        what = f"Ines {commons.SECRETS['members'][1]}"
        assert what in [each.name for each in locating.followed(bureau, member)]
        assert what not in [each.name for each in locating.followed(bureau, PUBLIC)]
        seen, open_to_all = (register_of(bureau, each).quorums for each in (member, PUBLIC))
        shared = {each.sitting: each.present for each in open_to_all}
        assert shared == {each.sitting: each.present for each in seen if each.sitting in shared}


def test_an_assistant_too_is_told_title_and_ground_and_nothing_else(known: Path) -> None:
    from remembrancer.interfaces.mcp.reception import Reception
    from remembrancer.interfaces.mcp.resources import Resources
    from remembrancer.interfaces.mcp.tools import Tools
    from remembrancer.interfaces.web.serving.lending import Lender

    lender = Lender(known)
    reception = Reception(lender, lambda: PUBLIC)
    tools = Tools(reception)
    told = [tools.sitting("2024-06-18"), tools.search("contract OR staff OR geese"), tools.ask("What of the staff?")]
    told += [tools.decisions_in_force("2024-07-01"), tools.ask("What was decided on 18 June 2024?")]
    heard = "".join(each.model_dump_json() for each in told) + Resources(reception).sittings(SLUG)
    lender.close()
    assert not any(word in heard for word in commons.KNOWN_WORDS)
    assert TITLE in heard
    assert GROUND in heard
