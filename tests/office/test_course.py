"""Laws of a sitting's course, of where ids lead, and of a source beside its text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from remembrancer.memory.views import ItemView, SpeechView
from remembrancer.model import OWNER, PUBLIC, Exit, Fault, Principal, Span
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import keeping
from remembrancer.office.registers.registered import Registered
from remembrancer.office.showing import beside, course, locating, shown
from remembrancer.testing import FixedClock

MEMBER = Principal("member:ivy")

HOUSE = r"""
language = "en"

[sitting]
path = ['(?P<key>(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}))\.\w+$']

[authority]
"minutes/*" = "approved"
"drafts/*" = "draft"

[[classes]]
heading = "In closed session:.*"
class = "members"
"""

AGENDAS = HOUSE.replace('"drafts/*" = "draft"', '"agendas/*" = "circulated"')
AGENDA = """# Wharf Trust: agenda for 6 May 2024

Present: Ivy Lark (chair), Una Pike

## 1. Moorings

To consider the moorings.
"""
CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:04.000
Ivy Lark: The moorings are rotten.
"""

DRAFT = """# Wharf Trust, 6 May 2024

Present: Ivy Lark (chair), Hal Moss, Una Pike

## 1. Moorings

**Hal Moss:** The moorings are rotten and must be replaced before the winter.

Moved by Hal Moss, seconded by Una Pike: That the moorings be replaced.

Carried.

## 2. In closed session: the harbour master

**Una Pike:** The harbour master Quennell drinks.

## 3. Any other business

**Percy Vane:** The gulls steal my lunch every day of the week.

**Una Pike:** Have you tried a lid?

**Percy Vane:** They can open lids, and I have a photograph that shows it.

**Ivy Lark:** Una Pike told us that the gulls were fed by the harbour office.
"""

MINUTES = DRAFT.replace("before the winter", "before the autumn")
UNDATED = "# Notes of the Wharf Trust\n\nPresent: Ivy Lark, Hal Moss\n\n## 1. Paint\n\nHal Moss: The paint peels.\n"
SECRETS = ("Quennell", "drinks", "In closed session")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    directory = tmp_path_factory.mktemp("course")
    with Office.create(directory / "office", "Wharf Trust", HOUSE, FixedClock("2024-06-01T10:00:00Z")) as made:
        long = "# Wharf Trust, 3 June 2024\n\n" + "".join(
            f"## {item}. Item {item}\n\n" + "".join(f"Hal Moss: Word {item} {n}.\n\n" for n in range(50))
            for item in range(1, 41)
        )
        papers = {
            "drafts/2024-05-06.md": DRAFT,
            "minutes/2024-05-06.md": MINUTES,
            "notes/paint.md": UNDATED,
            "minutes/2024-06-03.md": long,
        }
        for name, text in papers.items():
            path = directory / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            list(keeping.take_in(made.body(), OWNER, [keeping.File(path, name)]))
        yield made


def held(bureau: Bureau, principal: Principal, day: str) -> str:
    return next(line.id for line in course.calendar(bureau, principal) if line.dates == (day,))


def words(about: course.Course) -> str:
    return repr((about.parts, about.headings))


def test_pages_put_together_are_the_whole(office: Office) -> None:
    bureau = office.body()
    identity = held(bureau, PUBLIC, "2024-06-03")
    whole = course.course(bureau, PUBLIC, identity, size=0)
    assert whole.speeches == 2000
    pages = [course.course(bureau, PUBLIC, identity, page=number) for number in range(1, 99)]
    pages = pages[: pages[0].pages]
    assert all(len(page.parts) <= course.PAGE for page in pages)
    assert tuple(chain.from_iterable(page.parts for page in pages)) == whole.parts
    assert [each.item for each in whole.headings] == [part for part in whole.parts if isinstance(part, ItemView)]


def test_every_element_stands_on_the_page_it_is_looked_for_on(office: Office) -> None:
    bureau = office.body()
    identity = held(bureau, PUBLIC, "2024-06-03")
    whole = course.course(bureau, PUBLIC, identity, size=0)
    for part in whole.parts[::97]:
        page = course.course(bureau, PUBLIC, identity, at=part.id)
        assert part in page.parts
    for heading in course.course(bureau, PUBLIC, identity).headings:
        assert heading.item in course.course(bureau, PUBLIC, identity, page=heading.page).parts


def test_a_page_beyond_the_last_is_the_last(office: Office) -> None:
    bureau = office.body()
    identity = held(bureau, PUBLIC, "2024-06-03")
    last = course.course(bureau, PUBLIC, identity, page=10**6)
    assert last.page == last.pages
    assert last.parts


def test_what_prevails_is_shown_and_every_document_can_be_asked_for(office: Office) -> None:
    bureau = office.body()
    identity = held(bureau, PUBLIC, "2024-05-06")
    about = course.course(bureau, PUBLIC, identity)
    assert [(each.authority, each.prevails) for each in about.accounts] == [("approved", True), ("draft", False)]
    assert "before the autumn" in words(about)
    draft = course.course(bureau, PUBLIC, identity, source=about.accounts[1].source)
    assert "before the winter" in words(draft)


def test_an_agenda_never_hides_what_was_said(tmp_path: Path) -> None:
    """Circulated before the sitting, and of an authority above captions: it tells only what was planned."""
    with Office.create(tmp_path / "office", "Wharf Trust", AGENDAS, FixedClock("2024-06-01T10:00:00Z")) as made:
        bureau = made.body()
        for name, text in (("captions/2024-05-06.vtt", CAPTIONS), ("agendas/2024-05-06.md", AGENDA)):
            path = tmp_path / Path(name).name
            path.write_text(text, encoding="utf-8")
            list(keeping.take_in(bureau, OWNER, [keeping.File(path, name)]))
        about = course.course(bureau, PUBLIC, held(bureau, PUBLIC, "2024-05-06"))
        assert [(each.authority, each.prevails) for each in about.accounts] == [
            ("recording", True),
            ("circulated", False),
        ]
        assert "The moorings are rotten." in words(about)
        assert [line.authority for line in shown.sittings(bureau, PUBLIC)] == ["recording"]
        people = Registered(bureau, PUBLIC).register.people
        assert [
            each for person in people for each in person.presences if each.present and person.name == "Una Pike"
        ] == []


def test_a_document_of_another_sitting_tells_nothing_of_this_one(office: Office) -> None:
    bureau = office.body()
    other = course.course(bureau, PUBLIC, held(bureau, PUBLIC, "2024-06-03")).accounts[0].source
    with pytest.raises(Fault) as refused:
        course.course(bureau, PUBLIC, held(bureau, PUBLIC, "2024-05-06"), source=other)
    assert refused.value.exit_code == Exit.REFUSED


def test_the_business_of_an_item_stands_under_it(office: Office) -> None:
    bureau = office.body()
    about = course.course(bureau, PUBLIC, held(bureau, PUBLIC, "2024-05-06"))
    business = course.business(bureau, Registered(bureau, PUBLIC), about)
    moorings = next(each.item.id for each in about.headings if "Moorings" in each.item.title)
    assert [each.mover for each in business[moorings].motions] == ["Hal Moss"]
    draft = course.course(bureau, PUBLIC, about.id, source=about.accounts[1].source)
    own = next(each.item.id for each in draft.headings if "Moorings" in each.item.title)
    assert course.business(bureau, Registered(bureau, PUBLIC), draft)[own] == business[moorings]


def test_reported_speech_is_known_by_its_chain(office: Office) -> None:
    bureau = office.body()
    about = course.course(bureau, PUBLIC, held(bureau, PUBLIC, "2024-05-06"))
    ids = {part.id for part in about.parts}
    told = course.chains(Registered(bureau, PUBLIC).register, ids)
    (element,) = told
    assert "told us" in next(part.text for part in about.parts if part.id == element)  # type: ignore[union-attr]
    assert told[element][0][-1] == "Una Pike"


def test_nothing_closed_is_in_the_course_the_public_reads(office: Office) -> None:
    bureau = office.body()
    about = course.course(bureau, PUBLIC, held(bureau, PUBLIC, "2024-05-06"))
    assert not any(secret in repr(about) for secret in SECRETS)
    whole = course.course(bureau, MEMBER, held(bureau, MEMBER, "2024-05-06"))
    assert all(secret in repr(whole) for secret in SECRETS)


def test_findings_are_for_who_settles_them(office: Office) -> None:
    bureau = office.body()
    identity = next(line.id for line in course.calendar(bureau, OWNER) if not line.dates)
    assert course.noticed(bureau, PUBLIC, Registered(bureau, PUBLIC), identity) == ([], [])
    read, _ = course.noticed(bureau, OWNER, Registered(bureau, OWNER), identity)
    assert "no-date" in {finding.code for finding in read}


def test_an_item_that_may_only_be_known_to_exist_stands_in_its_place(tmp_path: Path) -> None:
    with Office.create(tmp_path / "office", "Wharf Trust", HOUSE, FixedClock("2024-06-01T10:00:00Z")) as made:
        bureau, path = made.body(), tmp_path / "2024-05-06.md"
        path.write_text(MINUTES, encoding="utf-8")
        list(keeping.take_in(bureau, OWNER, [keeping.File(path, "minutes/2024-05-06.md")]))
        whole = course.course(bureau, OWNER, held(bureau, OWNER, "2024-05-06"))
        closed = next(each.item.id for each in whole.headings if "closed session" in each.item.title)
        keeping.classify(bureau, OWNER, closed, "existence", "A matter of staff", "Standing order 9")
        about = course.course(bureau, PUBLIC, held(bureau, PUBLIC, "2024-05-06"))
        titles = [each.item.title for each in about.headings]
        assert [title.rpartition(". ")[2] for title in titles] == [
            "Moorings",
            "A matter of staff",
            "Any other business",
        ]
        item = next(each.item for each in about.headings if each.item.id == closed)
        assert (item.number, item.ground, item.spans, item.place) == ("", "Standing order 9", (), "")
        order = [part.id for part in about.parts]
        after = next(each.item.id for each in about.headings if "Any other" in each.item.title)
        assert order.index(after) == order.index(closed) + 1
        assert not any(secret in repr(about) for secret in SECRETS)


# Where ids lead.


def ids_of(bureau: Bureau, principal: Principal) -> list[str]:
    """Every id of everything that a principal is shown."""
    found = [source.id for source in shown.sources(bureau, principal)]
    for line in course.calendar(bureau, principal):
        about = course.course(bureau, principal, line.id, size=0)
        for each in about.accounts:
            found += [part.id for part in course.course(bureau, principal, line.id, source=each.source, size=0).parts]
        found.append(line.id)
    found += [finding.id for finding in shown.findings(bureau, principal)]
    register = Registered(bureau, principal).register
    for row in register.rows():
        found += [row.id, *getattr(row, "formers", ())]
    return found


def test_every_id_that_is_shown_leads_somewhere(office: Office) -> None:
    bureau = office.body()
    for principal in (PUBLIC, MEMBER, OWNER):
        for identity in ids_of(bureau, principal)[::7]:
            assert locating.locate(bureau, principal, identity) is not None, identity


def test_a_passage_leads_to_a_page_that_has_it(office: Office) -> None:
    bureau = office.body()
    for identity in ids_of(bureau, PUBLIC)[::31]:
        located = locating.locate(bureau, PUBLIC, identity)
        if located and located.kind == "passage":
            page = course.course(bureau, PUBLIC, located.sitting, at=located.id, source=located.source)
            assert located.id in {part.id for part in page.parts}


def test_what_is_closed_leads_nowhere_as_what_never_was(office: Office) -> None:
    bureau = office.body()
    closed = set(ids_of(bureau, MEMBER)) - set(ids_of(bureau, PUBLIC))
    assert closed
    for identity in [*closed, "speech-aaaaaaaaaaaaaaaa", "sitting-aaaaaaaaaaaaaaaa", "f" * 64, "", "x", "../id"]:
        assert locating.locate(bureau, PUBLIC, identity) is None, identity


def test_the_public_is_not_followed(office: Office) -> None:
    bureau = office.body()
    names = {person.name for person in locating.followed(bureau, OWNER)}
    assert names == {"Ivy Lark", "Hal Moss", "Una Pike"}


def test_the_id_of_one_of_the_public_leads_to_their_speech_in_its_sitting(office: Office) -> None:
    bureau = office.body()
    about = course.course(bureau, PUBLIC, held(bureau, PUBLIC, "2024-05-06"))
    speech = next(part for part in about.parts if isinstance(part, SpeechView) and "gulls steal" in part.text)
    located = locating.locate(bureau, PUBLIC, speech.person)
    assert located is not None
    assert located.kind == "passage"
    assert located.sitting == about.id


# A source beside its text.


def source_named(bureau: Bureau, principal: Principal, path: str) -> str:
    return next(source.id for source in shown.sources(bureau, principal) if source.path == path)


def test_what_is_looked_for_is_marked_and_nothing_else(office: Office) -> None:
    bureau = office.body()
    sha = source_named(bureau, PUBLIC, "minutes/2024-06-03.md")
    data = shown.as_it_came(bureau, PUBLIC, sha)[1]
    at = data.index(b"Word 30 7.")
    span = Span(at, at + 10)
    page = beside.beside(bureau, PUBLIC, sha, (span,))
    assert page.page > 1
    assert "".join(run.text for run in page.runs if run.marked) == "Word 30 7."
    assert next(run.first for run in page.runs if run.marked)
    leaves = [beside.beside(bureau, PUBLIC, sha, page=number) for number in range(1, page.pages + 1)]
    assert "".join(run.text for leaf in leaves for run in leaf.runs) == data.decode()


@pytest.mark.parametrize("span", [Span(0, 10**9), Span(5, 5), Span(9, 3), Span(-1, 4)])
def test_a_place_that_is_not_in_the_text_is_not_marked(office: Office, span: Span) -> None:
    bureau = office.body()
    sha = source_named(bureau, PUBLIC, "notes/paint.md")
    assert not beside.beside(bureau, PUBLIC, sha, (span,)).found


def test_a_span_inside_a_character_is_not_marked(tmp_path: Path) -> None:
    with Office.create(tmp_path / "office", "Quay", clock=FixedClock("2024-06-01T10:00:00Z")) as made:
        path = tmp_path / "minutes.md"
        path.write_text("# Quay\n\nÄnne: Öl!\n", encoding="utf-8")
        (taken,) = keeping.take_in(made.body(), OWNER, [keeping.File(path, "minutes.md")])
        for start in range(8, 18):
            page = beside.beside(made.body(), PUBLIC, taken.source, (Span(start, start + 1),))
            assert "\ufffd" not in "".join(run.text for run in page.runs)


def test_who_sees_a_part_sees_neither_bytes_nor_pictures(office: Office) -> None:
    bureau = office.body()
    sha = source_named(bureau, PUBLIC, "minutes/2024-05-06.md")
    page = beside.beside(bureau, PUBLIC, sha)
    assert not page.whole
    assert not beside.is_whole(bureau, PUBLIC, sha)
    assert beside.is_whole(bureau, MEMBER, sha)
    assert not any(secret in repr(page) for secret in SECRETS)
    assert beside.page_picture(bureau, PUBLIC, sha, 1) is None


def test_an_unknown_source_is_refused_as_a_closed_one(office: Office) -> None:
    for look in (beside.beside, beside.is_whole):
        with pytest.raises(Fault) as refused:
            look(office.body(), PUBLIC, "0" * 64)
        assert refused.value.exit_code == Exit.REFUSED
