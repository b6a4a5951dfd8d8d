"""Who speaks is judged by the whole document; words of minutes never speak."""

import pytest

from remembrancer.model import Attendee
from remembrancer.read import markdown, plaintext
from remembrancer.read.account import account
from remembrancer.read.house import DEFAULT, parse
from remembrancer.read.speakers import Roll, candidate, is_word_of_minutes, shape


def turns(text: str, path: str = "notes.md", house: str = "") -> list[str]:
    reader = markdown if path.endswith(".md") else plaintext
    reading = reader.read(text.encode(), path, parse(house))
    account(reading)
    return [speech.speaker for speech in reading.proceedings.speeches]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("AWB: yes", "AWB"),
        ("MM, WH: yes", "MM, WH"),
        ("RW/BE: yes", "RW/BE"),
        ("Name Able (Org): yes", "Name Able (Org)"),
        ("**Ann**: yes", "Ann"),
        ("**Ann:** yes", "Ann"),
        ("**Ann Able** [05:29](https://x.example/?t=5): yes", "Ann Able"),
        ("**Ann Able (34:54):** yes", "Ann Able"),
        ("Ann [GOV]: yes", "Ann [GOV]"),
        ("Mr. Smith: yes", "Mr. Smith"),
        ("The Chair (Hon. Ann Able (Mill, Lib.)): yes", "The Chair (Hon. Ann Able (Mill, Lib.))"),
        ("[Ann](https://example.org/ann): yes", "Ann"),
        ("<ann> yes", "ann"),
        ("Ann Able 00:12:31", "Ann Able"),
        ("10:31:22 From Ann Able to Everyone: yes", "Ann Able"),
        ("(Ann) - yes", "Ann"),
        ("**Ann Able (8:56) -** yes", "Ann Able"),
        ("AB<in chat>: yes", "AB"),
        ("Łucja Able: yes", "Łucja Able"),
        ("O señor PRESIDENTE: yes", "O señor PRESIDENTE"),
        ("A señora ABLE (Vice) : yes", "A señora ABLE (Vice)"),
        ("A señora PRESIDENTA DA COMISIÓN 2ª, VÍAS, AUGAS E " + "OUTRAS " * 8 + "(Able): yes", ""),
        ("A Sr.ª Ann Able (AB): yes", "A Sr.ª Ann Able (AB)"),
        ("La señora ABLE BAKER: yes", "La señora ABLE BAKER"),
        ("M. le président : yes", "M. le président"),
        ("Mme Ann Able : yes", "Mme Ann Able"),
        ("Abg. Able (AB): yes", "Abg. Able (AB)"),
        ("Vizepräsidentin Ann Able: yes", "Vizepräsidentin Ann Able"),
    ],
)
def test_a_label_is_found_as_written(line: str, name: str) -> None:
    found = candidate(line, 0, len(line), DEFAULT)
    assert found is not None
    name = name or line.partition(":")[0]
    assert found.name == name
    assert line[slice(*found.label)] == name
    assert shape(name)


@pytest.mark.parametrize("line", ["http://example.org", "foo::bar()", "SF: 3", "12:30 lunch", "`a: b`", "| a: b |"])
def test_what_cannot_be_a_label_is_no_candidate(line: str) -> None:
    assert candidate(line, 0, len(line), DEFAULT) is None


@pytest.mark.parametrize(
    "word", ["Note", "Poll", "Yeas", "Action item", "Meeting date", "Motion Passed (5 to 0)", "Where"]
)
def test_words_of_minutes_are_no_speakers(word: str) -> None:
    assert is_word_of_minutes(word, DEFAULT)


def test_shapes() -> None:
    assert [shape(name) for name in ("AWB", "Ann Able", "Ann", "ann", "AWB/MM", "a b c d e f")] == [
        "abbreviation",
        "full",
        "word",
        "handle",
        "joint",
        "",
    ]


def test_a_dialogue_needs_no_list_of_names() -> None:
    text = "\n\n".join(f"{name}: words of a turn" for name in ("Grad A", "PhD B", "Grad A", "Professor D", "PhD B"))
    assert turns(text, "talk.txt") == ["Grad A", "PhD B", "Grad A", "Professor D", "PhD B"]


def test_labels_of_facts_are_no_dialogue() -> None:
    assert turns("Purpose: say who\n\nScope: all of us\n\nCost: none\n\nColour: blue\n") == []


def test_code_is_part_of_the_speech_it_stands_in_and_never_a_label() -> None:
    text = "AB: see\n\n```\nCD: 4\n```\n\nCD: yes\n\nAB: so\n\nCD: no\n"
    assert turns(text) == ["AB", "CD", "AB", "CD"]


def test_the_attendance_makes_speakers_of_names_said_once() -> None:
    present = "## Present\n\n- Ann Able\n- Ben Baker\n- Cora Cook\n\n"
    assert turns(f"{present}## Notes\n\n- Ann: hello\n- Colour: blue\n- Cora Cook: bye\n") == ["Ann", "Cora Cook"]


def test_initials_may_be_those_of_an_abbreviation() -> None:
    assert is_word_of_minutes("e.g.", DEFAULT) and is_word_of_minutes("eg", DEFAULT)
    assert not is_word_of_minutes("EG", DEFAULT)


def test_all_and_teams_speak_where_others_do() -> None:
    text = "\n\n".join(["AB: one", "CD: two", "All: yes", "AB: three", "Northern team: ready", "CD: four"])
    assert turns(text) == ["AB", "CD", "All", "AB", "Northern team", "CD"]
    assert turns(text.replace("Northern", "Not")) == ["AB", "CD", "All", "AB", "CD"]
    assert turns("Outing for all\n\nAll: welcome\n") == []


def test_a_name_over_a_list_speaks_if_the_attendance_has_it() -> None:
    present = "## Present\n\n- Ann Able\n- Ben Baker\n- Cora Cook\n\n## Notes\n\n"
    text = f"{present}Ann\n- one\n- two\n\nNext Steps\n- three\n\nBen\n- four\n"
    assert turns(text, house='[speakers]\nstyles = ["entry"]') == ["Ann", "Ben"]


def test_a_topic_over_a_list_never_speaks() -> None:
    text = "- Ann\n    - one\n- Footbridge Repair Costs\n    - two\n" * 2
    assert turns(text, house='[speakers]\nstyles = ["entry"]') == ["Ann", "Ann"]


VERBATIM = """\
O señor PRESIDENTE: Bo día.

Ábrese a sesión.

Punto primeiro.

(Aplausos.)

Ten a palabra a señora Able. O resultado é o seguinte: ningún.

A señora ABLE (Costas): Grazas.

Unha cousa importante: a ponte.

Outra cousa.

A ponte.

O señor PRESIDENTE: Grazas.

A señora ABLE (Costas): Señor Baker: máis.

A ponte.

O señor BAKER: Non.
"""


def test_in_a_verbatim_report_a_speech_goes_on_until_the_next_label() -> None:
    reading = plaintext.read(VERBATIM.encode(), "2031-03-12.txt", DEFAULT)
    speeches = reading.proceedings.speeches
    said = [b" ".join(reading.rendition.data[a:b] for a, b in speech.spans).decode() for speech in speeches]
    assert [speech.speaker for speech in speeches] == [
        "O señor PRESIDENTE", "A señora ABLE (Costas)", "O señor PRESIDENTE", "A señora ABLE (Costas)", "O señor BAKER",
    ]  # fmt: skip
    assert said[0].endswith("ningún.") and "Aplausos" not in said[0]
    assert said[1].endswith("A ponte.")
    assert account(reading).other == len("Aplausos")


def test_a_house_says_what_is_no_speaker() -> None:
    text = "\n\n".join(["AB: one", "CD: two", "XY: a code", "AB: three", "CD: four", "XY: a code"])
    assert "XY" not in turns(text, house='[speakers]\nnot_speakers = ["XY"]')


def test_a_roll_knows_people_by_what_they_may_be_called() -> None:
    roll = Roll([Attendee("Ann Able", abbreviation="AAB"), Attendee("nikolaus")])
    assert all(map(roll.knows, ["annable", "aable", "AAB", "Ann", "Able", "AA", "ann able", "niko", "Ann, AAB"]))
    assert not roll.knows("Ben")
    assert roll.resembles("Anne Able")


@pytest.mark.parametrize(
    "lines",
    [
        "**دينا سالم:** أقترح ذلك.\n\n**عمر خليل:** أوافق.\n\n**دينا سالم:** شكرا.",
        "**דנה לוי:** אני מציעה.\n\n**עומר כהן:** אני מסכים.\n\n**דנה לוי:** תודה.",
        "**王小明：** 我建议批准。\n\n**李华：** 同意。\n\n**王小明：** 谢谢。",
    ],
)
def test_bold_labels_without_capitals_speak_where_one_of_several_recurs(lines: str) -> None:
    first, second, again = turns(f"# 2031-05-06\n\n{lines}\n")
    assert first == again != second
    assert turns("# 2031-05-06\n\n" + "\n\n".join(lines.split("\n\n")[:2])) == []


def test_headings_of_minutes_without_capitals_never_speak() -> None:
    assert turns("**القرار النهائي:** نعم.\n\n**جدول الأعمال:** واحد.\n\n**القرار النهائي:** لا.\n") == []
    assert turns("**最终决定：** 批准。\n\n**讨论摘要：** 无。\n\n**最终决定：** 否。\n") == []


def test_somebody_on_a_roll_without_capitals_speaks_without_bold() -> None:
    arabic = "الحاضرون: دينا سالم، عمر خليل، ليلى حسن\n\nدينا سالم: أوافق.\n\nعمر خليل: شكرا.\n"
    assert turns(arabic) == ["دينا سالم", "عمر خليل"]
    hebrew = "נוכחים: דנה לוי, עומר כהן, רות בר\n\nדנה לוי: אני מסכימה.\n\nעומר כהן: תודה.\n"
    assert turns(hebrew) == ["דנה לוי", "עומר כהן"]


def test_running_text_without_capitals_has_no_speakers() -> None:
    assert turns("قال عمر: نعم.\n\nوأضافت دينا: لا.\n\nقال عمر: نعم.\n") == []
