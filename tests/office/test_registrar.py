"""Laws of the office's register: made anew it is what it was step by step; what a clerk says of it is in the record;
of what is closed it knows nothing."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remembrancer.memory.cite import letters
from remembrancer.model import OWNER, PUBLIC, Decision, Exit, Fault, Mark, Person, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import File, classify, files_under, take_in
from remembrancer.office.registers.registered import Registered, Wanted
from remembrancer.office.registers.registrar import (
    ALL,
    Scope,
    confirm,
    correct,
    dismiss,
    merge,
    register_of,
    set_rules,
    split,
)
from remembrancer.office.showing.certified import extract
from remembrancer.record.note import parse_verifier
from remembrancer.record.proof import check_entry, parse_inclusion
from remembrancer.register.rows import Register
from remembrancer.testing import FixedClock

ROOT = Path(__file__).resolve().parents[2]
COUNCIL = ROOT / "tests" / "commands" / "fixtures" / "council"
DEMO = ROOT / "examples" / "demo"
MEMBER = Principal("member:Ann Archer")
SECRETS = ("Quillfeather", "chapel", "Zorn", "2021/9", "2021/10", "ferryman")
"""Words of the closed minutes that stand in no open ones."""

WORDS = ("text", "title", "question", "number", "label", "mover_label", "seconder_label", "casting", "target_text")
"""The fields of rows and their parts that are the record's words."""

CLASSES = ("existence", "members", "role:audit", "hidden")


def files(*folders: str) -> list[File]:
    return [
        File(each.path, each.path.relative_to(COUNCIL).as_posix())
        for each in files_under(map(COUNCIL.joinpath, folders))
    ]


def read(bureau: Bureau, given: Iterable[File], visibility: str | None = None) -> None:
    list(take_in(bureau, OWNER, list(given), visibility=visibility))


def founded(directory: Path, house: Path) -> Office:
    return Office.create(
        directory, "Brackwater", house.read_text(encoding="utf-8"), clock=FixedClock("2021-06-01T12:00:00Z")
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The council's open minutes and drafts, and its standing orders in force."""
    with founded(tmp_path / "office", COUNCIL / "house.toml") as made:
        bureau = made.body()
        read(bureau, files("minutes", "drafts"))
        set_rules(bureau, OWNER, (COUNCIL / "rulebook.toml").read_text(encoding="utf-8"))
        yield made


def at(bureau: Bureau, time: str) -> None:
    clock = bureau.log.clock
    assert isinstance(clock, FixedClock)
    clock.time = time


def rebuilt(office: Office, *principals: Principal) -> list[Register]:
    """The registers made from the record alone, by an office that never saw ``derived``."""
    office.close()
    shutil.rmtree(office.directory / "derived")
    return [register_of(office.body(), each) for each in principals or (OWNER,)]


def inferred(bureau: Bureau) -> Decision:
    return next(row for row in register_of(bureau, OWNER).decisions if not row.stated)


def numbered(bureau: Bureau, number: str, scope: Scope = ALL) -> Decision:
    return next(row for row in register_of(bureau, OWNER, scope).decisions if row.number == number)


def person(bureau: Bureau, name: str) -> Person:
    return next(row for row in register_of(bureau, OWNER).people if row.name == name)


# Made anew


def test_the_register_made_anew_is_the_one_made_step_by_step(tmp_path: Path) -> None:
    with founded(tmp_path / "office", COUNCIL / "house.toml") as office:
        for file in files("minutes", "drafts", "closed"):
            read(office.body(), [file])
            register_of(office.body(), OWNER)
        stepwise = register_of(office.body(), OWNER)
        assert stepwise.decisions
        assert rebuilt(office) == [stepwise]


def test_deleting_what_is_derived_changes_nothing_for_anybody(office: Office) -> None:
    read(office.body(), files("closed"), "members")
    principals = (OWNER, PUBLIC, MEMBER)
    before = [register_of(office.body(), each) for each in principals]
    assert rebuilt(office, *principals) == before


def test_the_order_of_reading_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's nine formats, drafts, poll and captions in three orders: the same rows, ids led to what they share."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "bench"), *sys.path])
    from rebuilding import comparable

    documents = files_under([DEMO / "documents"])
    told = set()
    for seed in range(3):
        random.Random(seed).shuffle(documents)
        with founded(tmp_path / f"office{seed}", DEMO / "house.toml") as office:
            read(office.body(), [File(each.path, each.path.relative_to(DEMO).as_posix()) for each in documents])
            told.add(comparable(register_of(office.body(), OWNER), office.body()))
    assert len(told) == 1


def test_what_was_read_later_is_seen_at_once(office: Office) -> None:
    before = register_of(office.body(), OWNER)
    read(office.body(), files("closed"))
    after = register_of(office.body(), OWNER)
    assert {row.id for row in before.decisions} < {row.id for row in after.decisions}


# What the clerk says


def test_what_is_confirmed_is_stated_and_says_by_whom_and_when(office: Office) -> None:
    bureau = office.body()
    fact = inferred(bureau)
    entry = bureau.log.entry(confirm(bureau, OWNER, fact.id, "asked the chair").entry)
    assert (entry.kind, entry.by, entry.at) == ("confirm", "owner", "2021-06-01T12:00:00Z")
    assert entry.payload is not None
    assert entry.payload["note"] == "asked the chair"
    now = register_of(bureau, OWNER).get(fact.id)
    assert isinstance(now, Decision)
    assert now.stated
    assert now.confirmed == "owner 2021-06-01T12:00:00Z"


def test_what_is_dismissed_is_gone_until_it_is_confirmed(office: Office) -> None:
    bureau = office.body()
    fact = inferred(bureau)
    dismiss(bureau, OWNER, fact.id)
    assert register_of(bureau, OWNER).get(fact.id) is None
    confirm(bureau, OWNER, fact.id)
    assert register_of(bureau, OWNER).get(fact.id) is not None


def test_a_later_correction_takes_back_an_earlier_one(office: Office) -> None:
    bureau = office.body()
    first = numbered(bureau, "2021/1")
    correct(bureau, OWNER, first.id, {"title": "Steps", "kind": "note"})
    assert (numbered(bureau, "2021/1").title, numbered(bureau, "2021/1").rule) == ("Steps", "clerk")
    correct(bureau, OWNER, first.id, {"title": "Ferry steps", "kind": first.kind})
    now = numbered(bureau, "2021/1")
    assert (now.title, now.kind, now.text) == ("Ferry steps", first.kind, first.text)


def test_a_decision_is_named_by_its_number_where_it_is_settled(office: Office) -> None:
    correct(office.body(), OWNER, "2021/1", {"title": "Steps"})
    assert numbered(office.body(), "2021/1").title == "Steps"


def test_a_matter_is_corrected_to_by_its_title(office: Office) -> None:
    bureau = office.body()
    correct(bureau, OWNER, inferred(bureau).id, {"matter": "Ferry steps"})
    moved = next(row for row in register_of(bureau, OWNER).decisions if row.rule == "clerk")
    assert moved.matter == numbered(bureau, "2021/1").matter


def test_two_people_are_one_when_merged_and_two_again_when_split(office: Office) -> None:
    bureau = office.body()
    cole, dunn = person(bureau, "Cy Cole"), person(bureau, "Dee Dunn")
    merge(bureau, OWNER, cole.id, dunn.id)
    one = person(bureau, "Cy Cole")
    assert (one.id, "Dee Dunn" in one.labels) == (cole.id, True)
    votes = register_of(bureau, OWNER).votes
    assert all(ballot.person == cole.id for vote in votes for ballot in vote.ballots if ballot.label == "Dee Dunn")
    split(bureau, OWNER, cole.id)
    assert (person(bureau, "Cy Cole").id, person(bureau, "Dee Dunn").id) == (cole.id, dunn.id)


def test_all_that_was_said_of_the_register_survives_rebuilding(office: Office) -> None:
    bureau = office.body()
    confirm(bureau, OWNER, inferred(bureau).id)
    correct(bureau, OWNER, "2021/1", {"title": "Steps"})
    dismiss(bureau, OWNER, "2021/2")
    merge(bureau, OWNER, "Cy Cole", "Dee Dunn")
    before = register_of(bureau, OWNER)
    assert rebuilt(office) == [before]


@pytest.mark.parametrize("principal", [PUBLIC, MEMBER])
def test_only_the_owner_changes_the_register(office: Office, principal: Principal) -> None:
    bureau = office.body()
    size = bureau.log.size()
    changes: list[Callable[[], int]] = [
        lambda: confirm(bureau, principal, "2021/1"),
        lambda: dismiss(bureau, principal, "2021/1"),
        lambda: correct(bureau, principal, "2021/1", {"title": "Mine"}),
        lambda: merge(bureau, principal, "Cy Cole", "Dee Dunn"),
        lambda: split(bureau, principal, "Cy Cole"),
        lambda: set_rules(bureau, principal, (COUNCIL / "rulebook.toml").read_text(encoding="utf-8")),
    ]
    for change in changes:
        with pytest.raises(Fault) as raised:
            change()
        assert raised.value.exit_code == Exit.REFUSED
    assert bureau.log.size() == size


# Two kinds of past


def test_as_of_leaves_out_later_sittings_and_what_they_did(office: Office) -> None:
    before, after = Scope("2021-03-31"), Scope("2021-05-02")
    assert [row.number for row in register_of(office.body(), OWNER, before).decisions if row.number] == ["2021/1"]
    first = numbered(office.body(), "2021/1", before).id
    shown = [Registered(office.body(), OWNER, each) for each in (before, after)]
    assert [each.decision(each.one(Decision, first)).force for each in shown] == ["in-force", "repealed"]


def test_a_month_is_answered_for_by_its_last_day(office: Office) -> None:
    by_month, by_day = (Registered(office.body(), OWNER, Scope(each)) for each in ("2021-05", "2021-05-31"))
    assert by_month.decisions() == by_day.decisions()


def test_as_known_leaves_out_later_entries(office: Office) -> None:
    bureau = office.body()
    before = register_of(bureau, OWNER)
    at(bureau, "2021-06-05T09:00:00Z")
    read(bureau, files("closed"))
    correct(bureau, OWNER, "2021/1", {"title": "Steps"})
    assert register_of(bureau, OWNER) != before
    assert register_of(bureau, OWNER, Scope(as_known="2021-06-01")) == before
    assert register_of(bureau, OWNER, Scope(as_known="2021-06-04")) == before
    assert register_of(bureau, OWNER, Scope(as_known="2021-06-05")) == register_of(bureau, OWNER)


def test_rules_compute_from_their_day_on_alone(office: Office) -> None:
    bureau = office.body()
    assert {vote.computed.outcome for vote in register_of(bureau, OWNER).votes} == {"carried", "lost"}
    later = (COUNCIL / "rulebook.toml").read_text(encoding="utf-8").replace('"majority"', '"unanimous"')
    set_rules(bureau, OWNER, later, "2021-04-01")
    computed = {vote.date: vote.computed.outcome for vote in register_of(bureau, OWNER).votes if vote.ballots}
    assert computed == {"2021-03-04": "carried", "2021-04-08": "lost"}


# What is closed


def everything(bureau: Bureau, principal: Principal) -> str:
    """All that a principal is told of the register."""
    registered = Registered(bureau, principal)
    register = registered.register
    told: list[object] = [
        registered.decisions(Wanted(inferred=True)),
        registered.motions(),
        registered.votes(),
        registered.actions(),
        registered.matters(),
        registered.queue(),
        registered.notices(),
        register.quorums,
        *(registered.matter(each) for each in register.matters),
        *(registered.person(each) for each in register.people),
    ]
    return repr(told)


@pytest.mark.parametrize("visibility", CLASSES)
def test_a_closed_document_changes_nothing_in_the_register_of_the_public(office: Office, visibility: str) -> None:
    before = everything(office.body(), PUBLIC)
    read(office.body(), files("closed"), visibility)
    assert all(word in everything(office.body(), OWNER) for word in SECRETS), "the owner knows of it"
    assert everything(office.body(), PUBLIC) == before


@pytest.mark.parametrize("visibility", CLASSES)
def test_what_a_clerk_says_of_closed_matter_changes_nothing_for_the_public(office: Office, visibility: str) -> None:
    bureau = office.body()
    read(bureau, files("closed"), visibility)
    before = everything(bureau, PUBLIC)
    correct(bureau, OWNER, "2021/9", {"title": "Quillfeather's pay"})
    dismiss(bureau, OWNER, "2021/10")
    confirm(bureau, OWNER, next(row for row in register_of(bureau, OWNER).decisions if "sell" in row.text).id)
    assert everything(bureau, PUBLIC) == before


def test_open_rows_have_for_the_owner_the_ids_they_have_for_the_public(office: Office, tmp_path: Path) -> None:
    """Also where a closed document tells them again, and says more of them."""
    bureau = office.body()
    for name in ("2021-03-04.md", "2021-04-08.md"):
        text = (COUNCIL / "minutes" / name).read_text(encoding="utf-8").replace("steps.", "steps, said Quillfeather.")
        (tmp_path / name).write_text(text, encoding="utf-8")
        read(bureau, [File(tmp_path / name, f"drafts/closed/{name}")], "members")
    public, owner = register_of(bureau, PUBLIC), register_of(bureau, OWNER)
    assert "Quillfeather" not in everything(bureau, PUBLIC)
    assert {row.id for row in public.rows()} <= {row.id for row in owner.rows()}


def test_members_know_what_is_for_members(office: Office) -> None:
    read(office.body(), files("closed"), "members")
    assert everything(office.body(), MEMBER) == everything(office.body(), OWNER)


def lines(word: str) -> st.SearchStrategy[str]:
    """One item of minutes that tells of a thing in several ways."""
    return st.sampled_from(
        [
            f"Moved by Cy Cole, seconded by Dee Dunn: That the {word} be bought.\n\nCarried unanimously.\n\n"
            f"RESOLVED 2021/3{len(word)}: That the {word} be bought.",
            f"Recorded vote\n\nFor (1): Cy {word.title()}\n\nAgainst (1): Dee Dunn",
            f"ACTION: Cy Cole to buy the {word} by 1 May 2021.",
            f"**Dee Dunn:** We agreed to sell the {word}. Cy Cole told us that the {word} had been stolen from us.",
        ]
    )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(CLASSES),
    st.lists(lines("bench"), min_size=1, max_size=2),
    st.lists(lines("zebu"), min_size=1, max_size=3),
)
def test_no_word_count_or_id_of_a_closed_item_reaches_the_public(
    tmp_path_factory: pytest.TempPathFactory, visibility: str, open_lines: list[str], closed_lines: list[str]
) -> None:
    """Whatever is said there, of whatever class: to the public it is as if other closed words stood in its place, in
    the same form, by which a reader tells where speeches end; and the open rows have for the public the ids they have
    for the owner."""
    place = tmp_path_factory.mktemp("closed")
    parts = [
        "# Brackwater, 4 May 2021",
        "Present: Cy Cole, Dee Dunn",
        "## 1. Bench",
        *open_lines,
        "## 2. Zebu",
        *closed_lines,
    ]
    others = [each.replace("zebu", "wildebeest and the zebu calf") for each in parts]
    told = []
    for name, closed in (("one", parts), ("other", others)):
        (place / name).mkdir()
        path = place / name / "2021-05-04.md"
        path.write_text("\n\n".join(closed) + "\n", encoding="utf-8")
        with founded(place / name / "office", COUNCIL / "house.toml") as office:
            bureau = office.body()
            read(bureau, [File(path, "minutes/2021-05-04.md")])
            item = next(
                each
                for each in bureau.view(next(iter(bureau.all_seen(OWNER)))).proceedings.items
                if "Zebu" in each.title
            )
            classify(bureau, OWNER, item.id, visibility, "A purchase", "standing order 3")
            public, owner = register_of(bureau, PUBLIC), register_of(bureau, OWNER)
            assert "zebu" not in everything(bureau, PUBLIC).casefold()
            assert {row.id for row in public.rows()} <= {row.id for row in owner.rows()}
            told.append([(type(row).__name__, getattr(row, "text", "")) for row in public.rows()])
    assert told[0] == told[1]


# Extracts


@pytest.mark.parametrize("principal", [OWNER, PUBLIC])
def test_an_extract_is_proven_by_the_public_key_alone(office: Office, principal: Principal) -> None:
    bureau = office.body()
    read(bureau, files("closed"), "members")
    made = extract(bureau, principal, Registered(bureau, principal), "2021/1")
    (key,) = (office.directory / "bodies").rglob("*.vkey")
    verifiers = [parse_verifier(key.read_text(encoding="utf-8").strip())]
    proof = parse_inclusion(made.proof.encode())
    envelope = next(bureau.log.store.leaves(made.entry)).envelope
    assert check_entry(proof, envelope, verifiers) is not None
    assert check_entry(proof, envelope[:-1] + b" ", verifiers) is None
    assert made.proof in made.text


def test_an_extract_tells_body_sitting_quorum_text_and_vote(office: Office) -> None:
    bureau = office.body()
    made = extract(bureau, OWNER, Registered(bureau, OWNER), "2021/1")
    for words in (
        "BRACKWATER", "4 of 5 seats", "2021-03-04", "Bo Baker, seconded by Cy Cole",
        "That £900 be allocated for the repair of the ferry steps.", "yes 3, no 1", "no: Dee Dunn", "Signature",
    ):  # fmt: skip
        assert words in made.text
    assert max(map(len, made.text.partition("Source ")[0].splitlines())) <= 78


def unproven(bureau: Bureau, register: Register) -> list[str]:
    """Each text of a row whose letters do not stand in the bytes of its evidence."""

    def quoted(marks: Iterable[Mark]) -> str:
        return letters("".join(bureau.renditions.get(each.rendition)[each.start : each.end].decode() for each in marks))

    found: list[str] = []
    for row in (*register.motions, *register.votes, *register.decisions, *register.actions, *register.reports):
        said = [getattr(row, name, "") for name in WORDS]
        parts = [*getattr(row, "provisions", ()), *getattr(row, "relations", ()), *getattr(row, "ballots", ())]
        said += getattr(row, "conditions", ())
        found += [f"{row.id}: {text}" for text in said if letters(text) not in quoted(row.marks)]
        found += [
            f"{row.id}: {text}"
            for part in parts
            for text in (getattr(part, name, "") for name in WORDS)
            if letters(text) not in quoted(part.marks)
        ]
    return found


def test_every_word_of_a_row_stands_in_its_quotations(tmp_path: Path) -> None:
    """Nothing is stated that the record does not show: texts, titles, questions, names, conditions, all formats."""
    with founded(tmp_path / "office", DEMO / "house.toml") as made:
        bureau, documents = made.body(), files_under([DEMO / "documents"])
        read(bureau, [File(each.path, each.path.relative_to(DEMO / "documents").as_posix()) for each in documents])
        register = register_of(bureau, OWNER)
        assert len(register.decisions) > 50
        assert unproven(bureau, register) == []
        false = replace(register.decisions[0], text="That Zebediah be thanked.")
        assert unproven(bureau, replace(register, decisions=(false,))) == [f"{false.id}: That Zebediah be thanked."]
