"""Laws of requests for information: who may handle them, what is found and held, what goes out, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest

from remembrancer.interfaces import shapes
from remembrancer.model import OWNER, PUBLIC, Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import keeping, retaining
from remembrancer.office.desk import considering, copies, requests
from remembrancer.queries import Filters
from remembrancer.testing import FixedClock

CLERK = Principal("role:clerk")

MINUTES = """# Ashby Board, 5 March 2024

Present: Ann Archer (AA), Bo Baker (BB), Cy Cole (CC)

## 1. Footbridge

AA: The footbridge repair costs forty thousand pounds.

BB: I second that the footbridge be repaired.

## 2. Confidential: {subject}

CC: The {subject} {secret} of the footbridge crew.

## 3. Close

AA: We close at nine, and Bo Baker thanks {name} for the footbridge tea.
"""

HOUSE = """
[[classes]]
heading = ".*Confidential.*"
class = "members"

[authority]
"drafts/*" = "draft"

[requests]
days = 20
"""

SECRETS = {"subject": "caretaker", "secret": "Zebediah is dismissed", "name": "Dora Quill"}
OTHERS = {"subject": "treasurer and his two dogs", "secret": "Obadiah is to be praised at length", "name": "Ed Po"}


def made(directory: Path, words: dict[str, str], *paths: str) -> Office:
    office = Office.create(directory / "office", "Ashby Board", HOUSE, FixedClock("2024-04-01T10:00:00Z"))
    for path in paths or ("minutes.md",):
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        text = MINUTES.format(**words) + ("" if path == "minutes.md" else "\nBB: This is a draft.\n")
        (directory / path).write_text(text, encoding="utf-8")
        files = [keeping.File(directory / path, path)]
        list(keeping.take_in(office.body(), OWNER, files))
    return office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with made(tmp_path, SECRETS) as opened:
        yield opened


@pytest.fixture
def bureau(office: Office) -> Bureau:
    return office.body()


def asked(bureau: Bureau, *searches: str, by: Principal = OWNER) -> int:
    number = requests.open_(bureau, by, "foi", "Nina Wyatt", "All on the footbridge, please.")
    considering.add(bureau, by, number, searches or ("footbridge",))
    return number


def passages(bureau: Bureau, number: int, by: Principal = OWNER) -> list[considering.Considered]:
    return list(considering.review(bureau, by, number).passages)


def passage(bureau: Bureau, number: int, words: str) -> str:
    return next(each.id for each in passages(bureau, number) if words in each.text)


def refused(act: Callable[[], object]) -> tuple[Exit, str]:
    with pytest.raises(Fault) as fault:
        act()
    assert fault.value.what.endswith(".")
    return fault.value.exit_code, fault.value.what


def test_what_is_asked_for_is_found_also_where_it_is_closed_and_comes_with_its_class(bureau: Bureau) -> None:
    found = passages(bureau, asked(bureau))
    assert {each.visibility for each in found} == {"open", "members"}
    assert any("Zebediah" in each.text for each in found)
    assert all(each.determination is None for each in found)


def answered(directory: Path, words: dict[str, str]) -> dict[str, bytes]:
    """The copy of a request for everything, with the closed item withheld and a name taken out."""
    with made(directory, words) as office:
        bureau = office.body()
        number = asked(bureau, "footbridge", "close")
        source = bureau.catalog.sources()[0].sha
        considering.add(bureau, OWNER, number, sources=[source])
        closed = [each.id for each in passages(bureau, number) if each.visibility == "members"]
        considering.determine(bureau, OWNER, number, "withhold", closed, reason="Staffing")
        considering.determine(bureau, OWNER, number, "release", ["rest"])
        considering.determine(bureau, OWNER, number, "redact", ["all"], [words["name"]], reason="A third party")
        copies.close(bureau, OWNER, number, "partly", directory / "copy")
    return {path.name: path.read_bytes() for path in sorted((directory / "copy").iterdir())}


def test_copies_of_two_records_that_differ_in_what_stays_closed_are_the_same_bytes(tmp_path: Path) -> None:
    one, other = answered(tmp_path / "one", SECRETS), answered(tmp_path / "other", OTHERS)
    assert one == other
    assert not any(secret.encode() in data for data in one.values() for secret in SECRETS.values())
    assert not any("dora" in name or "caretaker" in name for name in one)


def test_a_copy_names_nothing_by_an_id_or_a_hash_from_which_closed_words_could_be_guessed(
    tmp_path: Path, bureau: Bureau
) -> None:
    number = asked(bureau)
    considering.determine(bureau, OWNER, number, "withhold", [passage(bureau, number, "Zebediah")], reason="Staffing")
    considering.determine(bureau, OWNER, number, "release", ["rest"])
    copies.close(bureau, OWNER, number, "partly", tmp_path / "copy")
    written = b"".join(path.read_bytes() for path in (tmp_path / "copy").iterdir())
    source = bureau.catalog.sources()[0]
    readings = [each for each in bureau.catalog.readings() if each.source == source.sha]
    known = {source.sha, *(each.rendition for each in readings), *(each.blob for each in readings)}
    known |= {element.element.id for element in considering.located(bureau, OWNER, _all_ids(bureau))}
    assert not [name for name in known if name.encode() in written]


def _all_ids(bureau: Bureau) -> list[str]:
    return [each for source in bureau.catalog.sources() for each in considering.covered(bureau, OWNER, source.sha)]


def test_an_open_document_that_is_released_is_named_by_its_source(tmp_path: Path, bureau: Bureau) -> None:
    (tmp_path / "open.md").write_text("# Ashby Board, 6 June 2024\n\nAA: The kiosk is open.\n", encoding="utf-8")
    list(keeping.take_in(bureau, OWNER, [keeping.File(tmp_path / "open.md", "open.md")]))
    number = asked(bureau, "kiosk")
    considering.determine(bureau, OWNER, number, "release", ["all"])
    copies.close(bureau, OWNER, number, "granted", tmp_path / "copy")
    told = json.loads((tmp_path / "copy" / "copy.json").read_text(encoding="utf-8"))
    assert [document["path"] for document in told["documents"]] == ["open.md"]
    assert told["documents"][0]["source"] in {source.sha for source in bureau.catalog.sources()}
    assert "[closed" not in (tmp_path / "copy" / "answer.md").read_text(encoding="utf-8")


def test_the_copy_for_programs_keeps_to_its_published_shape_and_quotes_the_bytes_beside_it(
    tmp_path: Path, bureau: Bureau
) -> None:
    number = asked(bureau)
    considering.determine(bureau, OWNER, number, "redact", ["all"], ["forty thousand"], reason="Commercial")
    considering.determine(bureau, OWNER, number, "release", ["rest"])
    made = copies.close(bureau, OWNER, number, "partly", tmp_path / "copy", "We are glad to help.")
    told = json.loads((tmp_path / "copy" / "copy.json").read_text(encoding="utf-8"))
    jsonschema.validate(told, shapes.schema("request-copy"))
    shapes.dump("request-close", made)
    for document in told["documents"]:
        data = (tmp_path / "copy" / document["text"]).read_bytes()
        for each in document["passages"]:
            assert all(data[q["start"] : q["end"]].decode() == q["quote"] for q in each["quotations"])
        for mark in told["closed"]:
            assert data[mark["start"] : mark["end"]].decode() == f"[closed {mark['number']}]"
    readable = (tmp_path / "copy" / "document-1.md").read_text(encoding="utf-8")
    assert "The footbridge repair costs **[closed 1]** pounds." in readable
    assert "| [closed 1] | 1 | - | Commercial |" in (tmp_path / "copy" / "schedule.md").read_text(encoding="utf-8")
    assert "We are glad to help" in (tmp_path / "copy" / "answer.md").read_text(encoding="utf-8")


def test_a_copy_is_told_from_any_other(tmp_path: Path, bureau: Bureau) -> None:
    number = asked(bureau, "nothing-of-the-kind")
    assert refused(lambda: copies.check(requests.request(bureau, OWNER, number), tmp_path))[0] == Exit.REFUSED
    copies.close(bureau, OWNER, number, "nothing-held", tmp_path / "copy")
    found = requests.request(bureau, OWNER, number)
    assert {each.state for each in copies.check(found, tmp_path / "copy")} == {"same"}
    (tmp_path / "copy" / "answer.md").write_text("Granted!", encoding="utf-8")
    (tmp_path / "copy" / "copy.json").unlink()
    (tmp_path / "copy" / "more.md").write_text("More.", encoding="utf-8")
    states = {each.name: each.state for each in copies.check(found, tmp_path / "copy")}
    assert states == {"answer.md": "altered", "copy.json": "missing", "more.md": "not sent"}


def test_what_may_answer_is_not_disposed_of_while_the_request_is_open(tmp_path: Path) -> None:
    with made(tmp_path, SECRETS, "drafts/minutes.md") as office:
        bureau = office.body()
        retaining.set_schedule(bureau, OWNER, "draft", "P1D", "recorded")
        assert len(keeping.due(bureau, ahead=60)) == 1
        number = asked(bureau)
        assert keeping.due(bureau, ahead=60) == []
        copies.close(bureau, OWNER, number, "withdrawn")
        assert len(keeping.due(bureau, ahead=60)) == 1
        assert retaining.holds(bureau, OWNER) == []


@pytest.mark.parametrize("principal", [PUBLIC, Principal("member:ann"), Principal("role:audit")])
def test_others_are_refused_in_the_same_words_whether_there_is_such_a_request_or_not(
    bureau: Bureau, principal: Principal, tmp_path: Path
) -> None:
    number = asked(bureau)
    acts: list[Callable[[int], object]] = [
        lambda n: requests.request(bureau, principal, n),
        lambda n: considering.review(bureau, principal, n),
        lambda n: considering.add(bureau, principal, n, ["footbridge"]),
        lambda n: considering.determine(bureau, principal, n, "release", ["all"]),
        lambda n: copies.close(bureau, principal, n, "granted", tmp_path / "copy"),
        lambda n: requests.forget(bureau, principal, n, "law"),
        lambda n: requests.requests(bureau, principal),
        lambda n: requests.open_(bureau, principal, "foi", "Nina"),
    ]
    size = bureau.log.size()
    for act in acts:
        assert refused(lambda act=act: act(number)) == refused(lambda act=act: act(number + 1000))  # type: ignore[misc]
        assert "may not handle requests" in refused(lambda act=act: act(number))[1]  # type: ignore[misc]
    assert bureau.log.size() == size


def test_the_log_says_of_a_request_no_more_than_that_there_is_one_to_those_who_do_not_handle_it(
    bureau: Bureau,
) -> None:
    from remembrancer.office.showing.auditing import log_lines

    asked(bureau)
    lines = [line for line in log_lines(bureau, Principal("member:ann")) if line.kind in ("request", "hold")]
    assert lines and all(line.state == "closed" and line.payload is None for line in lines)


def test_a_public_export_says_nothing_of_requests(bureau: Bureau, tmp_path: Path) -> None:
    asked(bureau)
    keeping.export_to(bureau, PUBLIC, tmp_path / "export", public=True)
    written = [path.read_bytes() for path in (tmp_path / "export").rglob("*") if path.is_file()]
    assert not any(words in data for data in written for words in (b"Nina", b"searched", b"footbridge, please"))


def test_a_clerk_finds_and_determines_what_a_clerk_may_see_and_nothing_hidden_moves_it(
    bureau: Bureau, tmp_path: Path
) -> None:
    number = asked(bureau, by=CLERK)
    secret = passage(bureau, number, "Zebediah")
    considering.determine(bureau, CLERK, number, "withhold", [secret], reason="Staffing")
    keeping.classify(bureau, OWNER, secret, "hidden")
    assert secret not in {each.id for each in passages(bureau, number, CLERK)}
    assert "has no passage" in refused(lambda: considering.determine(bureau, CLERK, number, "release", [secret]))[1]
    assert considering.review(bureau, CLERK, number).gone == ()
    assert "only the owner" in refused(lambda: copies.close(bureau, CLERK, number, "refused", tmp_path / "copy"))[1]
    other = asked(bureau, "crew", by=CLERK)
    assert passages(bureau, other, CLERK) == []


def test_what_was_removed_from_the_record_is_said_to_be_and_does_not_hold_up_the_answer(
    bureau: Bureau, tmp_path: Path
) -> None:
    number = asked(bureau, by=CLERK)
    tea = passage(bureau, number, "tea")
    keeping.redact(bureau, OWNER, tea, "order 7")
    assert considering.review(bureau, CLERK, number).gone == (tea,)
    considering.determine(bureau, CLERK, number, "release", ["all"])
    copies.close(bureau, CLERK, number, "granted", tmp_path / "copy")
    assert not any(b"tea" in path.read_bytes() for path in (tmp_path / "copy").glob("document-*"))


def test_a_request_to_which_the_owner_added_what_is_hidden_is_closed_by_the_owner(
    bureau: Bureau, tmp_path: Path
) -> None:
    first = asked(bureau)
    keeping.classify(bureau, OWNER, passage(bureau, first, "Zebediah"), "hidden")
    number = requests.open_(bureau, CLERK, "foi", "Nina Wyatt")
    considering.add(bureau, OWNER, number, ["crew"])
    assert passages(bureau, number, CLERK) == []
    assert len(passages(bureau, number)) == 1
    assert "only the owner" in refused(lambda: copies.close(bureau, CLERK, number, "nothing-held", tmp_path / "c"))[1]
    considering.determine(bureau, OWNER, number, "withhold", ["all"], reason="Staffing")
    assert copies.close(bureau, OWNER, number, "refused", tmp_path / "c").passages == 0


def test_what_is_determined_later_replaces_what_was_before_and_redactions_add_up(bureau: Bureau) -> None:
    number = asked(bureau)
    tea = passage(bureau, number, "tea")

    def now() -> tuple[str, list[str]]:
        said = next(each.determination for each in passages(bureau, number) if each.id == tea)
        assert said is not None
        return said.action, [part.words for part in said.parts]

    considering.determine(bureau, OWNER, number, "withhold", [tea], reason="Personal")
    assert now() == ("withhold", [])
    considering.determine(bureau, OWNER, number, "redact", [tea], ["Dora Quill"], reason="Personal")
    considering.determine(bureau, OWNER, number, "redact", [tea], ["Bo Baker"], reason="Personal")
    assert now() == ("redact", ["Dora Quill", "Bo Baker"])
    considering.determine(bureau, OWNER, number, "release", [tea])
    assert now() == ("release", [])


def test_what_is_determined_of_a_passage_holds_for_every_version_of_it(tmp_path: Path) -> None:
    with made(tmp_path, SECRETS, "minutes.md", "drafts/minutes.md") as office:
        bureau = office.body()
        number = requests.open_(bureau, OWNER, "foi", "Nina Wyatt")
        considering.add(bureau, OWNER, number, sources=[source.sha for source in bureau.catalog.sources()])
        told = [each for each in passages(bureau, number) if "Zebediah" in each.text]
        assert len(told) == 2
        considering.determine(bureau, OWNER, number, "withhold", [told[1].id], reason="Staffing")
        now = [each.determination for each in passages(bureau, number) if "Zebediah" in each.text]
        assert all(said is not None and said.action == "withhold" for said in now)


def test_a_request_is_not_closed_before_everything_is_determined_nor_otherwise_than_it_was(
    bureau: Bureau, tmp_path: Path
) -> None:
    number = asked(bureau)
    tea = passage(bureau, number, "tea")

    def close(outcome: str) -> str:
        return refused(lambda: copies.close(bureau, OWNER, number, outcome, tmp_path / "copy"))[1]

    assert "Nothing was determined" in close("granted")
    considering.determine(bureau, OWNER, number, "release", ["all"])
    assert "granted, not to refused" in close("refused")
    considering.determine(bureau, OWNER, number, "redact", [tea], ["Dora Quill"], reason="Personal")
    assert "partly, not to granted" in close("granted")
    assert "is no outcome" in close("maybe")
    assert not (tmp_path / "copy").exists()
    assert requests.request(bureau, OWNER, number).outcome == ""


def test_words_that_stay_closed_do_not_go_out_elsewhere_unknowingly(bureau: Bureau, tmp_path: Path) -> None:
    number = asked(bureau)
    tea, second = passage(bureau, number, "tea"), passage(bureau, number, "second that")
    considering.determine(bureau, OWNER, number, "release", ["all"])
    considering.determine(bureau, OWNER, number, "redact", [tea], ["footbridge"], reason="A trade secret")
    for act in (
        lambda: copies.close(bureau, OWNER, number, "partly", tmp_path / "copy"),
        lambda: (
            considering.determine(bureau, OWNER, number, "withhold", [second], reason="Footbridges are secret")
            and copies.close(bureau, OWNER, number, "partly", tmp_path / "copy")
        ),
    ):
        assert "is to stay closed and stands in" in refused(act)[1]
    assert not (tmp_path / "copy").exists()
    copies.close(bureau, OWNER, number, "partly", tmp_path / "copy", even_so=True)


def test_the_record_is_as_it_was_after_a_copy_went_out(bureau: Bureau, tmp_path: Path) -> None:
    before = [hit.text for hit in bureau.search(OWNER, "footbridge", Filters(), 50)]
    number = asked(bureau)
    considering.determine(bureau, OWNER, number, "withhold", ["all"], reason="Refused")
    copies.close(bureau, OWNER, number, "refused", tmp_path / "copy")
    assert [hit.text for hit in bureau.search(OWNER, "footbridge", Filters(), 50)] == before
    assert bureau.verify().holds
    assert not list((tmp_path / "copy").glob("document-*"))


def test_who_asked_is_forgotten_and_the_log_of_the_answer_stays(bureau: Bureau, tmp_path: Path) -> None:
    number = asked(bureau, "nothing-of-the-kind")
    assert "is open" in refused(lambda: requests.forget(bureau, OWNER, number, "schedule 7"))[1]
    made = copies.close(bureau, OWNER, number, "nothing-held", tmp_path / "copy")
    requests.forget(bureau, OWNER, number, "schedule 7")
    found = requests.request(bureau, OWNER, number)
    assert (found.requester, found.text) == ("", "")
    assert (found.outcome, dict(found.files)) == ("nothing-held", made.files)
    assert "forgotten before" in refused(lambda: requests.forget(bureau, OWNER, number, "schedule 7"))[1]
    assert bureau.verify().holds
    assert not any(b"Nina Wyatt" in (leaf.payload or b"") for leaf in bureau.log.store.leaves())


def test_subject_access_proposes_what_names_the_person_and_the_names_of_others_in_it(
    bureau: Bureau, tmp_path: Path
) -> None:
    number = requests.open_(bureau, OWNER, "subject-access", "Bo Baker", about="Bo Baker")
    proposed = considering.review(bureau, OWNER, number).proposed
    texts = {each.text for each in proposed}
    assert any("I second" in text for text in texts) and any("tea" in text for text in texts)
    assert not any("forty thousand" in text for text in texts)
    considering.add(bureau, OWNER, number, proposed=True)
    assert considering.review(bureau, OWNER, number).proposed == ()
    tea = next(each for each in passages(bureau, number) if "tea" in each.text)
    assert tea.others == ("AA",)
    considering.determine(bureau, OWNER, number, "release", ["all"])
    considering.determine(bureau, OWNER, number, "redact", ["all"], others=True, reason="Others")
    assert next(each for each in passages(bureau, number) if each.id == tea.id).determination.action == "redact"  # type: ignore[union-attr]


def test_a_request_is_due_as_the_house_says_or_as_it_is_entered(bureau: Bureau) -> None:
    assert requests.request(bureau, OWNER, requests.open_(bureau, OWNER, "foi", "Nina")).due == "2024-04-21"
    own = requests.open_(bureau, OWNER, "foi", "Nina", due="2024-05-01")
    assert requests.request(bureau, OWNER, own).due == "2024-05-01"


def test_what_is_typed_wrongly_is_answered_with_a_sentence(bureau: Bureau, tmp_path: Path) -> None:
    number = asked(bureau)
    tea = passage(bureau, number, "tea")
    acts: list[Callable[[], object]] = [
        lambda: requests.open_(bureau, OWNER, "gossip", "Nina"),
        lambda: requests.open_(bureau, OWNER, "foi", "  "),
        lambda: requests.open_(bureau, OWNER, "foi", "Nina", due="soon"),
        lambda: requests.open_(bureau, OWNER, "subject-access", "Nina"),
        lambda: requests.request(bureau, OWNER, 4711),
        lambda: considering.add(bureau, OWNER, number),
        lambda: considering.add(bureau, OWNER, number, elements=["speech-nothing"]),
        lambda: considering.determine(bureau, OWNER, number, "withhold", [tea]),
        lambda: considering.determine(bureau, OWNER, number, "redact", [tea], reason="x"),
        lambda: considering.determine(bureau, OWNER, number, "redact", [tea], ["not there"], reason="x"),
        lambda: considering.determine(bureau, OWNER, number, "release", ["speech-nothing"]),
        lambda: (
            copies.close(bureau, OWNER, number, "withdrawn", tmp_path / "c")
            and copies.close(bureau, OWNER, number, "withdrawn")
        ),
    ]
    for act in acts:
        refused(act)
