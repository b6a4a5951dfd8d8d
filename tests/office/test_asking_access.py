"""Laws of who is told what: what is closed to somebody moves nothing that they are told, and nothing is quoted to them
that is not in a text they may read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from marlow import APRIL, CLASSES, CLOSED, MARCH, MARKS, MIXED, OTHER, PARTS, SECRETS, closed_by_ruling, founded, read
from marlow import questions as all_questions

from remembrancer.interfaces import shapes
from remembrancer.model import OWNER, PUBLIC, Principal
from remembrancer.office import Office
from remembrancer.office.asking.answering import ask
from remembrancer.office.bureau import Bureau
from remembrancer.queries import Filters

MEMBER = Principal("member:Ada Quill")
CLERK = Principal("role:clerk")
PRINCIPALS = (PUBLIC, MEMBER, CLERK, OWNER)
OPEN = {"minutes/2024-03-05.md": MARCH, "minutes/2024-04-09.md": APRIL}
QUESTIONS = tuple(all_questions())
SEARCHES = ("towpath", "heron OR narwhal", "Ada Quill", "item:heron", "Crake", '"told us"', "speaker:Zelda")
SCORED = tuple(each for each in SEARCHES if ":" not in each)
"""Searches whose hits are ranked by their words, and not, as equals are, by their ids."""
HASHED = re.compile(r"[a-z]+-[a-z2-7]{16}\b|\b[0-9a-f]{64}\b")
Make = Callable[..., Office]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Offices of the open minutes, each by a name of its own."""
    made: list[Office] = []

    def make(name: str, marks: str = "") -> Office:
        made.append(founded(tmp_path / name, marks))
        read(made[-1].body(), tmp_path / f"{name}-papers", OPEN)
        return made[-1]

    yield make
    for office in made:
        office.close()


def papers(office: Office) -> Path:
    return office.directory.parent / f"{office.directory.name}-papers"


def told(
    bureau: Bureau, principal: Principal, asked: tuple[str, ...] = QUESTIONS, searched: tuple[str, ...] = SEARCHES
) -> list[bytes]:
    """Everything that asking and searching tells a principal, as programs get it; and the names that are completed."""
    answers = [shapes.dump("ask", ask(bureau, principal, each)) for each in asked]
    found = [shapes.dump("search", bureau.search(principal, each, Filters(), 50)) for each in searched]
    return [*answers, *found, repr(names(bureau, principal)).encode()]


def names(bureau: Bureau, principal: Principal) -> list[str]:
    """What the prompt completes."""
    from remembrancer.interfaces.cli.prompting import Prompt

    prompt = Prompt(_At(bureau, principal), lambda words: 0, [])  # type: ignore[arg-type]
    return sorted(prompt.names())


class _At:
    """A desk that is set up already."""

    def __init__(self, bureau: Bureau, principal: Principal) -> None:
        self.bureau, self.principal = bureau, principal


def without_hashes(answers: list[bytes]) -> list[str]:
    """The same with ids and hashes numbered as they come: a mixed document's are made of its closed words too."""
    numbers: dict[str, str] = {}
    return [HASHED.sub(lambda each: numbers.setdefault(each[0], f"#{len(numbers)}"), each.decode()) for each in answers]


def secrets_in(answers: list[bytes]) -> set[str]:
    """The closed words in what was told, beyond the question itself."""
    said = [re.sub(r'"question":\s*"[^"]*"', "", each.decode()) for each in answers]
    return {word for word in SECRETS for each in said if word in each and "is silent on" not in each}


def test_whole_documents_that_are_closed_change_no_byte_of_what_the_public_is_told(make: Make) -> None:
    plain_office, other = make("plain"), make("closed")
    before = told(plain_office.body(), PUBLIC)
    for visibility in CLASSES:
        text = CLOSED.replace("2024/91", f"2024/91{len(visibility)}").replace("14 May", f"{len(visibility)} May")
        name = f"minutes/2024-05-{len(visibility):02}.md"
        read(other.body(), papers(other), {name: text}, visibility)
    assert secrets_in(told(other.body(), OWNER)), "the owner is told of it"
    assert told(other.body(), PUBLIC) == before


@pytest.mark.parametrize("visibility", ["existence", "hidden"])
@pytest.mark.parametrize("how", ["marks", "ruling"])
def test_closed_items_change_nothing_that_the_public_is_told(make: Make, how: str, visibility: str) -> None:
    """Whatever is said there, to the public it is as if little or nothing were."""
    answers = []
    for name, title, words in (("much", "Narwhal purchase", PARTS), ("little", "A visit", OTHER)):
        office = make(name, MARKS.replace("CLASS", visibility) if how == "marks" else "")
        read(office.body(), papers(office), {"minutes/2024-06-11.md": MIXED.format(title=title, words=words)})
        if how == "ruling":
            closed_by_ruling(office.body(), visibility)
        answers.append(told(office.body(), PUBLIC, QUESTIONS[::2], SCORED))
    assert not secrets_in(answers[0])
    assert without_hashes(answers[0]) == without_hashes(answers[1])


@pytest.mark.parametrize("principal", [MEMBER, CLERK], ids=lambda each: each.name)
def test_what_is_hidden_moves_nothing_that_members_are_told_but_the_scores(make: Make, principal: Principal) -> None:
    """Who may see some closed matter searches all of it: what is hidden weighs in the scores of what they find there,
    and in nothing else."""
    answers = []
    for name in ("plain", "hidden"):
        office = make(name)
        read(
            office.body(),
            papers(office),
            {"minutes/2024-06-11.md": MIXED.format(title="A visit", words=OTHER)},
            "members",
        )
        if name == "hidden":
            read(office.body(), papers(office), {"minutes/2024-05-14.md": CLOSED}, "hidden")
        told = [ask(office.body(), principal, each) for each in QUESTIONS[::5]]
        answers.append([(each.status, each.value, each.sentence, each.facts, each.readings) for each in told])
    assert answers[0] == answers[1]
