"""Laws of deeds on what is closed: what a clerk says of it is as closed as it, what somebody does not see they do not
open, and what was removed is on no disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from remembrancer.model import OWNER, PUBLIC, Exit, Fault, Person, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import incoming, retaining
from remembrancer.office.changing.keeping import File, classify, redact, take_in
from remembrancer.office.registers.registrar import correct, dismiss, keep_apart, merge, register_of, split
from remembrancer.office.showing import shown
from remembrancer.office.showing.auditing import log_lines
from remembrancer.queries import Filters, Word
from tests.web import commons
from tests.web.commons import SECRETS, Thing

CLERK, MEMBER = Principal("role:clerk"), Principal("member:jo")
SAID = "Ines Nightshade was here"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return commons.founded(tmp_path, closed=True)


@pytest.fixture
def things(directory: Path) -> dict[str, Thing]:
    return commons.things(directory)


@pytest.fixture
def bureau(directory: Path, things: dict[str, Thing]) -> Iterator[Bureau]:
    with Office(directory) as office:
        yield office.body()


def told(bureau: Bureau, principal: Principal, start: int) -> str:
    """What somebody reads in the log from an entry on."""
    return str([line.payload for line in log_lines(bureau, principal, start) if line.payload])


def open_decision(bureau: Bureau) -> str:
    return next(each.id for each in register_of(bureau, PUBLIC).decisions if each.number == "2024/3")


def called(bureau: Bureau, name: str) -> Person:
    return next(each for each in register_of(bureau, PUBLIC).people if name in each.name)


def test_that_a_decision_is_of_a_closed_matter_is_as_closed_as_the_matter(
    bureau: Bureau, things: dict[str, Thing]
) -> None:
    size, what = bureau.log.size(), SECRETS["role:clerk"][0]
    before = [each.title for each in register_of(bureau, PUBLIC).matters]
    correct(bureau, CLERK, open_decision(bureau), {"matter": things["role:clerk"].matter})
    assert [each.title for each in register_of(bureau, PUBLIC).matters] == before
    assert what not in told(bureau, PUBLIC, size) + told(bureau, MEMBER, size)
    assert what in told(bureau, CLERK, size)


def test_that_a_decision_is_of_an_open_matter_is_open_though_closed_papers_speak_of_it(bureau: Bureau) -> None:
    size = bureau.log.size()
    correct(bureau, CLERK, open_decision(bureau), {"matter": "Pond fence"})
    assert "'title': 'Pond fence'" in told(bureau, PUBLIC, size)


@pytest.mark.parametrize("visibility", ["members", "role:clerk", "hidden"])
def test_what_is_said_of_people_is_told_to_who_knows_all_of_them(
    bureau: Bureau, things: dict[str, Thing], visibility: str
) -> None:
    size, who, quill = bureau.log.size(), things[visibility].person, called(bureau, "Quill").id
    keep_apart(bureau, OWNER, who, quill, SAID)
    merge(bureau, OWNER, quill, who)
    split(bureau, OWNER, who)
    for principal, reads in ((PUBLIC, ()), (MEMBER, ("members",)), (CLERK, ("members", "role:clerk"))):
        assert (SAID in told(bureau, principal, size)) == (visibility in reads), principal
        assert visibility in reads or who not in told(bureau, principal, size)


def test_what_is_said_of_people_whom_everybody_knows_is_open(bureau: Bureau) -> None:
    size = bureau.log.size()
    keep_apart(bureau, CLERK, called(bureau, "Quill").id, called(bureau, "Rook").id, "two of them")
    assert "two of them" in told(bureau, PUBLIC, size)


@pytest.mark.parametrize("deed", ["classify", "redact"])
def test_what_was_said_of_a_document_is_closed_and_removed_with_it(bureau: Bureau, deed: str) -> None:
    size, decision = bureau.log.size(), open_decision(bureau)
    correct(bureau, CLERK, decision, {"title": "The bribe"}, "Ben Rook took it")
    dismiss(bureau, CLERK, decision, "it was a bribe")
    assert "bribe" in told(bureau, PUBLIC, size)
    source = next(each.id for each in shown.sources(bureau, PUBLIC) if "03-05" in each.path)
    if deed == "classify":
        classify(bureau, CLERK, source, "members")
    else:
        redact(bureau, OWNER, source, "a court")
    assert "bribe" not in told(bureau, PUBLIC, size)
    assert ("bribe" in told(bureau, MEMBER, size)) == (deed == "classify")


def test_a_hold_on_what_is_hidden_is_hidden(bureau: Bureau, things: dict[str, Thing]) -> None:
    size, source = bureau.log.size(), things["hidden"].source
    with pytest.raises(Fault):
        retaining.hold(bureau, CLERK, SAID, [source])
    retaining.hold(bureau, OWNER, SAID, [source])
    assert told(bureau, MEMBER, size) == told(bureau, CLERK, size) == "[]"
    assert [each.reason for each in retaining.holds(bureau, OWNER)] == [SAID]


def test_under_which_authority_something_hidden_was_removed_is_told_to_nobody_else(
    bureau: Bureau, things: dict[str, Thing]
) -> None:
    hidden = things["hidden"]
    redact(bureau, OWNER, hidden.source, SAID)
    for identity in (hidden.source, hidden.speech):
        assert SAID not in str(shown.nothing(bureau, CLERK, identity).what)
        assert SAID in str(shown.nothing(bureau, OWNER, identity).what)


def test_nobody_opens_what_they_do_not_see(bureau: Bureau, things: dict[str, Thing]) -> None:
    size = bureau.log.size()
    for identity in (things["hidden"].source, things["hidden"].speech, "speech-aaaaaaaaaaaaaaaa"):
        with pytest.raises(Fault) as refused:
            classify(bureau, CLERK, identity, "open")
        assert refused.value.exit_code == Exit.REFUSED
        assert str(refused.value.what) == f"There is nothing of the id {identity}."
    assert bureau.log.size() == size


@pytest.mark.parametrize("visibility", ["open", "members", "role:clerk"])
def test_nobody_opens_what_they_do_not_see_by_handing_in_a_copy(
    bureau: Bureau, directory: Path, visibility: str
) -> None:
    path = f"{SECRETS['hidden'][0]}/{commons.DAYS['hidden']}.md"
    list(take_in(bureau, CLERK, [File(directory.parent / path, path)], visibility=visibility))
    assert path not in [each.path for each in shown.sources(bureau, CLERK)]
    assert path in [each.path for each in shown.sources(bureau, OWNER)]


def test_what_is_handed_in_for_a_narrower_circle_is_nobody_else_s_job(directory: Path) -> None:
    with Office(directory) as office:
        body = office.body()
        handed = [incoming.Handed(0, "minutes/2024-07-01.md")]
        number = incoming.hand_in(office, body, OWNER, "none", handed, "hidden")
        assert incoming.readings(office, body, CLERK) == []
        for deed in (incoming.reading, incoming.discard, incoming.again):
            with pytest.raises(Fault) as refused:
                deed(office, body, CLERK, number)
            assert refused.value.exit_code == Exit.REFUSED
        assert [each.id for each in incoming.readings(office, body, OWNER)] == [number]
        own = incoming.hand_in(office, body, CLERK, "none", handed, "hidden")
        assert incoming.reading(office, body, CLERK, own).id == own


def test_no_file_of_an_office_keeps_a_word_that_was_redacted(tmp_path: Path) -> None:
    """Not even an index, which would only mark that a passage is gone."""
    directory, path = commons.founded(tmp_path, closed=False), tmp_path / "2024-06-11.md"
    path.write_text(commons.KNOWN, encoding="utf-8")
    words = tuple(word.encode() for word in commons.KNOWN_WORDS)
    with Office(directory) as office:
        list(take_in(office.body(), OWNER, [File(path, "minutes/2024-06-18.md")]))
        office.body().catch_up()
    assert [each for each in _holding(directory, words) if "index" in each]
    with Office(directory) as office:
        bureau = office.body()
        [item] = [
            item.id
            for seen in bureau.all_seen(OWNER)
            for item in bureau.view(seen).proceedings.items
            if "Saffron" in item.title
        ]
        redact(bureau, OWNER, item, "a court")
        assert [passage.id for passage, _ in bureau.matching(PUBLIC, Word("fence"), Filters(), 9)]
    assert _holding(directory, words) == []


def _holding(directory: Path, words: tuple[bytes, ...]) -> list[str]:
    files = (each for each in directory.rglob("*") if each.is_file())
    return [str(each.relative_to(directory)) for each in files if any(word in each.read_bytes() for word in words)]
