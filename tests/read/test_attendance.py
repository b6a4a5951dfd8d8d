"""Who was there, who was not, and who came and went."""

import pytest

from remembrancer.model import Attendee
from remembrancer.read import markdown
from remembrancer.read.account import account
from remembrancer.read.attendance import Coming, asides, comings, listing, with_comings
from remembrancer.read.house import DEFAULT


def there(text: str) -> list[Attendee]:
    reading = markdown.read(f"# Meeting of 2 May 2031\n\n{text}".encode(), "minutes.md", DEFAULT)
    account(reading)
    return list(reading.proceedings.sittings[0].attendance)


def labels(text: str) -> list[tuple[str, bool | None]]:
    return [(line.label, line.present) for line in there(text)]


def test_headings_and_labels_say_who_was_there_and_who_was_not() -> None:
    text = "Present: A. Able, B. Baker and C. Cook\n\nRegrets: D. Dyer\n\n## Business\n\nNone.\n"
    assert labels(text) == [("A. Able", True), ("B. Baker", True), ("C. Cook", True), ("D. Dyer", False)]


def test_lists_name_affiliation_role_and_handle() -> None:
    lines = there(
        "## Present\n\n- Ann Able @able (TSC)\n- Ben Baker @bb (TSC)\n- Cora Cook, Mill Ltd. (Voting Member)\n"
    )
    assert [(line.label, line.abbreviation, line.affiliation, line.role) for line in lines] == [
        ("Ann Able", "able", "", "TSC"),
        ("Ben Baker", "bb", "", "TSC"),
        ("Cora Cook", "", "Mill Ltd", "Voting Member"),
    ]


def test_a_line_of_names_with_abbreviations_needs_no_heading() -> None:
    lines = there("Ann Able (AA), Ben Baker (BB), Cora Cook (CC)\n\n## Business\n\nAA: yes\n")
    assert [(line.label, line.abbreviation) for line in lines] == [
        ("Ann Able", "AA"),
        ("Ben Baker", "BB"),
        ("Cora Cook", "CC"),
    ]


def test_a_note_that_several_share_is_no_abbreviation() -> None:
    lines = there("## Present\n\n- Ann Able (MILL)\n- Mia Moor (MILL)\n")
    assert [line.abbreviation for line in lines] == ["", ""]


def test_a_list_may_say_when_somebody_came_or_left() -> None:
    lines = there(
        "## Present\n\n- Ann Able (arrived 7.15 pm)\n- Ben Baker (left at item 4)\n- Cora Cook (first half)\n"
    )
    assert [(line.since, line.until) for line in lines] == [("19:15", ""), ("", "4"), ("", "first half")]


def test_a_role_after_a_name_belongs_to_the_name() -> None:
    lines = there("Also present: Mrs D. Dyer, Town Clerk; Mr E. East, Finance Officer; 14 members of the public\n")
    assert [(line.label, line.role) for line in lines] == [
        ("Mrs D. Dyer", "Also present, Town Clerk"),
        ("Mr E. East", "Also present, Finance Officer"),
    ]
    lines = there("Present: Ann Able, Chair, Ben Baker and Cora Cook, in the chair\n")
    assert [(line.label, line.role) for line in lines] == [
        ("Ann Able", "Chair"),
        ("Ben Baker", ""),
        ("Cora Cook", "in the chair"),
    ]


def test_names_go_on_below_their_label() -> None:
    column = "Present: Ann Able, Chair\n         Ben Baker\n         Cora Cook\n\nAbsent: D. Dyer\n"
    assert labels(column) == [("Ann Able", True), ("Ben Baker", True), ("Cora Cook", True), ("D. Dyer", False)]
    wrapped = "Present: Ann Able, Ben Baker, Cora\nCook, Dan Dyer\nThe meeting was opened by the chair.\n"
    assert [label for label, _ in labels(wrapped)] == ["Ann Able", "Ben Baker", "Cora Cook", "Dan Dyer"]


def test_a_table_headed_present_is_a_list_and_its_header_nobody() -> None:
    table = (
        "| Present | Ward | Office | Remarks |\n| --- | --- | --- | --- |\n"
        "| Ann Able | North | Mayor until item 1 | in the chair for item 1 |\n| Ben Baker | South | | left 7.40 pm |\n"
    )
    assert [(line.label, line.affiliation, line.role, line.until) for line in there(table)] == [
        ("Ann Able", "North", "Mayor until item 1", ""),
        ("Ben Baker", "South", "", "19:40"),
    ]
    other = "| Attendance | 2030 | 2031 |\n| --- | --- | --- |\n| Library | 12 | 14 |\n"
    assert there(other) == []


def test_a_column_says_who_was_absent() -> None:
    head = "## Attendance\n\n| Member | Attendance |\n| --- | --- |\n"
    table = f"{head}| Ann Able | Present (from 7.15 pm) |\n| Bo Bell | Apologies |\n"
    assert [(line.label, line.present, line.since) for line in there(table)] == [
        ("Ann Able", True, "19:15"),
        ("Bo Bell", False, ""),
    ]


def test_business_ends_a_list() -> None:
    assert labels("## Attendance\n\n- Ann Able\n- Ben Baker\n\n> **Motion Passed**\n") == [
        ("Ann Able", True),
        ("Ben Baker", True),
    ]


def test_a_note_without_brackets_may_say_when_somebody_left() -> None:
    lines = there("Present:\n\n- Ann Able left at 11:04\n- Ben Baker @bb (Mill) - joined at 16:23 UTC\n")
    assert [(line.label, line.since, line.until) for line in lines] == [
        ("Ann Able", "", "11:04"),
        ("Ben Baker", "16:23", ""),
    ]


@pytest.mark.parametrize(
    "heading", ["Public comment", "Public participation", "Staff report", "Other business", "Zoom chat", "Budget"]
)
def test_other_headings_list_nobody(heading: str) -> None:
    assert listing(heading) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("At 4:56 PM, Councillor B. Baker leaves the meeting.", ("Councillor B. Baker", "leaves", "16:56")),
        ("Cllr Cook left the meeting at 19:42", ("Cllr Cook", "leaves", "19:42")),
        ("Ann Able joined at item 5.", ("Ann Able", "arrives", "5")),
        ("Ann joined the committee meeting to report", ("Ann", "arrives", "")),
        (
            "At 1:41 PM, Her Worship the Mayor C. Cook leaves the meeting.",
            ("Her Worship the Mayor C. Cook", "leaves", "13:41"),
        ),
        ("Cllr Cook, having declared an interest, left the room at 8.36 pm.", ("Cllr Cook", "leaves", "20:36")),
        ("Ann abstained from the vote and left the meeting temporarily.", ("Ann", "leaves", "")),
        ("It is Ann's report and she just joined the call", ("Ann", "arrives", "")),
        ("@able kindly joined the call ([from 9:29](https://example.org/t=569))", ("@able", "arrives", "")),
        ("(as Ann joined after we ended the public session)", ("Ann", "arrives", "")),
        ("The discussion continued after Łukasz left.", ("Łukasz", "leaves", "")),
        ("Trustee Dyer was excused at 9:15 p.m.", ("Trustee Dyer", "leaves", "21:15")),
        ("Ben Baker joined group chat.", ("Ben Baker", "arrives", "")),
        ("~ Ben Baker joins ~", ("Ben Baker", "arrives", "")),
        ("Um 19.05 Uhr verlässt Frau Able die Sitzung.", ("Frau Able", "leaves", "19:05")),
        ("Herr Baker kommt um 17:40 Uhr hinzu.", ("Herr Baker", "arrives", "17:40")),
        ("M. Cook quitte la séance à 19 h 30.", ("M. Cook", "leaves", "19:30")),
        ("A las 18:25 horas abandona la sesión la Sra. Cook.", ("Sra. Cook", "leaves", "18:25")),
        ("Ana Baker entrou na reunião às 15h40.", ("Ana Baker", "arrives", "15:40")),
        ("Ás 18.25 h abandona a sesión a señora Castro.", ("Castro", "leaves", "18:25")),
    ],
)
def test_sentences_tell_of_comings(sentence: str, expected: tuple[str, str, str]) -> None:
    found = [(coming.label, coming.kind, coming.when) for coming in comings(sentence, 0, len(sentence))]
    assert found == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Mill joined the association.",
        "Ann left a comment on the paper.",
        "Ben joined Example Ltd in 2020.",
        "$3 was left.",
        "Ann joined the working group in May.",
        "Ben joined us last year.",
        "Ann joined the meeting last week.",
        "Ann will join the meeting.",
        "Cook left the company.",
        "Ann joined the Chamber of Commerce.",
        "Ann left the call open.",
        "Ben left a comment at 10:15 on the issue.",
        "Trustee Dyer was excused from the meeting.",
        "The bus left at 5.40 pm.",
        "Decorators dropped.",
    ],
)
def test_other_sentences_tell_of_none(sentence: str) -> None:
    assert list(comings(sentence, 0, len(sentence))) == []


def test_one_sentence_may_tell_of_two_comings() -> None:
    sentence = "Cllr Cook left the meeting at 7.10 pm and returned at 7.30 pm."
    found = [(coming.kind, coming.when) for coming in comings(sentence, 0, len(sentence))]
    assert found == [("leaves", "19:10"), ("arrives", "19:30")]


def test_directions_in_a_speech_are_the_minutes_own() -> None:
    speech = "Yes. (Ann leaving. 4, 1)\n(Ben joins on phone)\n(for Cora Cook, who just arrived) No.\n-- Dan leaves --"
    found = [(coming.label, coming.kind) for coming in asides(speech, 0, len(speech))]
    assert found == [("Ann", "leaves"), ("Ben", "arrives"), ("Cora Cook", "arrives"), ("Dan", "leaves")]


def test_only_asides_count_within_a_speech() -> None:
    speech = "I left the meeting early. [Ann joined midway through this meeting] Ben left the meeting, I think."
    assert [coming.label for coming in asides(speech, 0, len(speech))] == ["Ann"]


def test_several_stays_are_several_lines() -> None:
    events = [Coming("Cllr Baker", "leaves", "19:00", 0, 1), Coming("B. Baker", "arrives", "19:20", 1, 2)]
    stays = with_comings([Attendee("B. Baker")], events)
    assert [(line.since, line.until) for line in stays] == [("", "19:00"), ("19:20", "")]


def test_somebody_absent_who_arrives_was_present_from_then() -> None:
    [line] = with_comings([Attendee("B. Baker", False)], [Coming("Baker", "arrives", "19:20", 0, 1)])
    assert (line.present, line.since) == (True, "19:20")


def test_namesakes_are_told_apart_by_their_note_or_not_at_all() -> None:
    listed = [Attendee("M. Hale", affiliation="North"), Attendee("M. Hale", affiliation="South")]
    noted = Coming("M. Hale", "leaves", "19:40", 0, 1, note="North Ward")
    assert [line.until for line in with_comings(listed, [noted])] == ["19:40", ""]
    lines = with_comings(listed, [noted._replace(note="")])
    assert [(line.affiliation, line.until) for line in lines] == [("North", ""), ("South", ""), ("", "19:40")]


def test_a_coming_without_a_time_keeps_the_documents_word() -> None:
    lines = there("Present: Ann Able, Ben Baker\n\n## Business\n\nBen Baker left the meeting.\n")
    assert [(line.label, line.until) for line in lines] == [("Ann Able", ""), ("Ben Baker", "left")]


def test_a_heading_that_announces_the_meeting_goes_on_with_the_title() -> None:
    head = "# Mill Parish Council\n\n## Minutes of the meeting held on 2 May 2031\n\n"
    text = f"{head}Venue: The Barn\n\n## 1. Roads\n\nNone.\n"
    proceedings = markdown.read(text.encode(), "a.md", DEFAULT).proceedings
    [sitting] = proceedings.sittings
    assert (sitting.title, sitting.dates[0].value, sitting.venue) == ("Mill Parish Council", "2031-05-02", "The Barn")
    assert [item.title for item in proceedings.items] == ["1. Roads"]


@pytest.mark.parametrize(
    ("line", "venue"),
    [
        ("held on 2 May 2031 at 7.00 pm in the Council Chamber, Market Place", "the Council Chamber, Market Place"),
        ("The council met in Mill Hall at 7.00 pm.", "Mill Hall"),
        ("Held in March at 7.00 pm", ""),
        ("We meet in the usual way.", ""),
    ],
)
def test_a_line_at_the_top_may_say_where(line: str, venue: str) -> None:
    reading = markdown.read(f"# Meeting of 2 May 2031\n\n{line}\n".encode(), "minutes.md", DEFAULT)
    assert reading.proceedings.sittings[0].venue == venue
