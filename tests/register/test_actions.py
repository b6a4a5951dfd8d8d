"""Laws of actions: who is to do what by when, where it is written, and nothing where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.read.house import DEFAULT, House, parse
from remembrancer.register.document import read_document
from remembrancer.register.facts import Promised
from remembrancer.register.passes import actions
from remembrancer.register.passes.actions import due_in
from remembrancer.register.vocabulary import words

EN = words("actions", "en", DEFAULT)
TALK = parse('language = "en"\n[speakers]\nstyles = ["colon"]')


def promised(body: str, house: House = DEFAULT, path: str = "minutes/2021-05-04.md") -> list[Promised]:
    text = f"# Minutes of the Weir Board, 4 May 2021\n\n## 1. Sluice gates\n\n{body}\n"
    found = actions.find(read_document(text.encode(), path, house), ())
    return [fact for fact in found if isinstance(fact, Promised)]


@pytest.mark.parametrize(
    ("body", "owner", "text", "due"),
    [
        (
            "ACTION: The Clerk to write to the bank by 3 June.",
            "The Clerk",
            "write to the bank by 3 June.",
            "2021-06-03",
        ),
        ("Action item: Ann Able will oil the gate.", "Ann Able", "oil the gate.", ""),
        ("AI(ann): file an issue", "ann", "file an issue", ""),
        ("They agreed on oil. [AI: order the oil]", "", "order the oil", ""),
        ("ACTION: Ben to report at the next meeting", "Ben", "report at the next meeting", ""),
        ("ACTION: Ben to report before 5 January", "Ben", "report before 5 January", "2022-01-05"),
    ],
)
def test_a_label_gives_owner_words_and_day(body: str, owner: str, text: str, due: str) -> None:
    assert [(fact.owner, fact.text, fact.due) for fact in promised(body, TALK)] == [(owner, text, due)]


@pytest.mark.parametrize(
    ("entry", "owner", "done"),
    [
        ("Ann Able: order the oil", "Ann Able", False),
        ("Ann to order the oil", "Ann", False),
        ("[ ] @ann order the oil", "@ann", False),
        ("[x] @ann order the oil", "@ann", True),
        ("order the oil (owner: Ann Able)", "Ann Able", False),
        ("annable to order the oil and post the bill (done)", "", True),
        ("~~Ann: order the oil~~", "Ann", True),
        ("order the oil", "", False),
    ],
)
def test_an_entry_below_the_heading_is_an_action(entry: str, owner: str, done: bool) -> None:
    assert [(fact.owner, fact.done) for fact in promised(f"## Action items\n\n- {entry}\n")] == [(owner, done)]


def test_details_below_an_entry_are_none_of_their_own_unless_they_name_an_owner() -> None:
    body = "## Action items\n\n- Ann: order the oil\n  - the green one is cheaper\n  - Ben to fetch it\n"
    found = [(fact.owner, fact.text) for fact in promised(f"Present: Ben, Ann\n\n{body}")]
    assert found[0] == ("Ann", "order the oil")
    assert all("cheaper" not in text for _, text in found)


@pytest.mark.parametrize(
    "body", ["## Action items\n\n- None.\n", "## Action items\n\nNo action items.\n", "ACTION: none", "- [ ] #42 a bug"]
)
def test_nothing_to_do_is_no_action(body: str) -> None:
    assert promised(body) == []


def test_initials_that_are_a_label_elsewhere_stay_a_speaker() -> None:
    text = "# Minutes, 4 May 2021\n\n## Present\n\n- Abe Ink (AI)\n- Bo Bee (BB)\n\n## 1. Gates\n\n"
    talk = "AI: We did not get a letter this time.\n\nBB: Nor I.\n\nAI: Bo to ask again.\n"
    document = read_document(f"{text}{talk}".encode(), "minutes/2021-05-04.md", parse('[speakers]\nstyles = ["colon"]'))
    assert list(actions.find(document, ())) == []


def test_a_table_gives_each_column() -> None:
    rows = ("| Action | Owner | Due | Status |", "|---|---|---|---|", "| Oil the gate | Ann | 1 June 2021 | done |")
    body = "## Actions\n\n" + "\n".join(rows) + "\n"
    assert [(fact.owner, fact.text, fact.due, fact.done) for fact in promised(body)] == [
        ("Ann", "Oil the gate", "2021-06-01", True)
    ]


def test_a_file_of_actions_gives_each_field() -> None:
    fields = ("task: Oil the gate", "owner: Ann", "due: 2021-06-01", "status: done", "minuted: 2021-05-04")
    text = "actions:\n  - " + "\n    ".join(fields) + "\n"
    found = list(actions.find(read_document(text.encode(), "log.yaml", DEFAULT), ()))
    assert [(fact.owner, fact.due, fact.done, fact.date) for fact in found if isinstance(fact, Promised)] == [
        ("Ann", "2021-06-01", True, "2021-05-04")
    ]


def test_german_actions_have_owner_and_day() -> None:
    found = promised("Auftrag: Frau Able soll die Bank bis zum 3. Juni anschreiben.", parse('language = "de"'))
    assert [(fact.owner, fact.due) for fact in found] == [("Frau Able", "2021-06-03")]


def test_what_the_chair_hands_out_in_speech_is_inferred() -> None:
    found = promised("Ann: Good. Action for Ben Baker, a paper on the oil. Next.\n\nBen: Yes.\n\nAnn: Good.\n", TALK)
    assert [(fact.owner, fact.text, fact.stated) for fact in found] == [("Ben Baker", "a paper on the oil", False)]


@given(st.dates(), st.dates())
def test_a_day_without_a_year_is_never_before_the_sitting(day: object, sitting: object) -> None:
    written = f"by {day:%d %B}"
    due = due_in(written, str(sitting), EN)
    assert not due or due >= str(sitting)


NUMBERED = """## Actions required

**ACTION 7.1:** Ann Able to order the oil.

- Status: the shop is shut.

Ben said that the green one is cheaper.

**ACTION 7.2.** Find a ladder.

## 2. Gate

**ACTION 7.1:** Ann Able to order the oil.
"""


def test_where_actions_are_numbered_what_has_no_number_only_tells_of_one_and_none_is_had_twice() -> None:
    found = [(fact.owner, fact.text) for fact in promised(NUMBERED)]
    assert found == [("Ann Able", "order the oil."), ("", "Find a ladder.")]


@pytest.mark.parametrize(
    ("entry", "owner", "text"),
    [
        ("[ ] @Ann A to order the oil", "@Ann A", "order the oil"),
        ("[ ] try to order the oil @Ann A", "@Ann A", "try to order the oil @Ann A"),
        ("order the oil @ann.", "@ann", "order the oil @ann."),
    ],
)
def test_a_handle_is_an_owner_before_or_behind_the_words(entry: str, owner: str, text: str) -> None:
    found = promised(f"## Action items\n\n- {entry}\n")
    assert [(fact.owner, fact.text) for fact in found] == [(owner, text)]


def test_how_far_an_action_is_is_none_of_its_own() -> None:
    assert len(promised("## Action items\n\n- Ann: order the oil\n- Status: ordered\n")) == 1


TALKING = "ANN: The gate creaks.\n\nBEN: It does.\n\nANN: Well. {}\n"


def test_what_a_speaker_takes_on_is_inferred() -> None:
    (fact,) = promised(TALKING.format("I'll take an action item to oil the gate. Thanks."), TALK)
    assert (fact.owner, fact.text, fact.stated) == ("ANN", "oil the gate", False)
    assert promised(TALKING.format("Shall I say that I'll take an action item to oil the gate?"), TALK) == []
