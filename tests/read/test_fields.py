"""JSON, YAML, CSV and TSV: fields that a house maps, and nothing lost where it maps none."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from told import checked, codes, said, texts, titles, words

from remembrancer.model import Reading
from remembrancer.read import delimited, fields
from remembrancer.read.house import DEFAULT, House, parse
from remembrancer.read.recording_time import recording_time

COUNCIL = {
    "kind": "Meeting",
    "title": "Council",
    "when": "2020-01-07 19:00:00",
    "pages": 12,
    "present": ["Ann Ames", {"who": "Bob Berg", "as": "clerk"}],
    "absent": ["Cy Cole"],
    "items": {
        "1": {
            "number": "1",
            "title": "Roads",
            "votes": [{"side": "Yeas", "names": ["Ann Ames", "Bob Berg"]}],
            "items": {
                "1": {"title": "The bridge", "number": "1", "notes": ["It was closed.", "It opens."], "items": {}}
            },
        }
    },
    "turns": [{"words": "I object.", "who": "Ann Ames", "at": 370}, {"words": None, "who": "Bob Berg", "at": 371}],
}
HOUSE = """
[[fields]]
path = "*.json"
title = "title"
date = "when"
present = ["present"]
absent = ["absent"]
name = "who"
role = "as"
items = "items.*"
item_title = "title"
item_number = "number"
speeches = "turns[*]"
speaker = "who"
text = "words"
time = "at"
omit = ["kind"]
[fields.sections]
vote = ["votes"]
"""


def read(value: object, house: str = "", path: str = "a/x.json") -> Reading:
    data = value.encode() if isinstance(value, str) else json.dumps(value, ensure_ascii=False).encode()
    conventions: House = parse(house) if house else DEFAULT
    assert fields.recognises(data, path, conventions)
    return checked(fields.read(data, path, conventions))


def test_a_mapping_gives_the_sitting_its_facts() -> None:
    sitting = read(COUNCIL, HOUSE).proceedings.sittings[0]
    assert sitting.title == "Council"
    assert [(date.value, date.origin) for date in sitting.dates] == [("2020-01-07", "field")]
    assert [(line.label, line.present, line.role) for line in sitting.attendance] == [
        ("Ann Ames", True, ""),
        ("Bob Berg", True, "clerk"),
        ("Cy Cole", False, ""),
    ]


def test_items_nest_and_carry_their_numbers_texts_and_votes() -> None:
    reading = read(COUNCIL, HOUSE)
    assert titles(reading) == [(1, "1", "1 Roads"), (2, "1", "1 The bridge")]
    assert reading.proceedings.items[1].parent == 0
    placed = [(text.section, text.item, words(reading, text.spans)) for text in reading.proceedings.texts]
    assert ("vote", 0, "Yeas Ann Ames Bob Berg") in placed
    assert ("text", 1, "It was closed. It opens.") in placed


def test_the_speaker_is_laid_before_the_words_and_a_turn_without_words_is_text() -> None:
    reading = read(COUNCIL, HOUSE)
    assert said(reading) == [("Ann Ames", "I object.")]
    speech = reading.proceedings.speeches[0]
    assert words(reading, speech.label) == "Ann Ames"
    assert speech.time == "00:06:10.000"
    assert speech.place == "turns[0].who"
    assert ("text", "Bob Berg") in texts(reading)


def test_numbers_and_what_is_omitted_are_listed_by_address() -> None:
    assert read(COUNCIL, HOUSE).rendition.not_extracted == (
        "kind: 1 values, 7 letters, omitted by the house",
        "pages: 1 numbers or truth values",
        "turns[*].at: 2 numbers or truth values",
    )


def test_keys_are_letters_only_where_the_mapping_says_so() -> None:
    house = "[[fields]]\npath = '*'\nsittings = '.'\nkeys = ['votes']\n[fields.sections]\nvote = ['votes']\n"
    value = {"motion": "To open it.", "votes": {"Ames": 1, "Berg": -1}}
    assert texts(read(value, house)) == [("text", "To open it."), ("vote", "Ames 1 Berg -1")]
    assert texts(read(value)) == [("text", "To open it.")]
    assert "votes.Ames: 1 numbers or truth values" in read(value).rendition.not_extracted


def test_words_that_match_a_pattern_of_the_house_open_an_item() -> None:
    house = """
[items]
pattern = ['#topic (?P<title>.+)']
[[fields]]
path = "*"
speeches = "log[*]"
speaker = "who"
text = "words"
"""
    log = [{"who": "Ames", "words": "#topic Roads"}, {"who": "Berg", "words": "Closed."}]
    reading = read({"log": log}, house)
    assert titles(reading) == [(1, "", "Roads")]
    assert [(speech.speaker, speech.item) for speech in reading.proceedings.speeches] == [("Berg", 0)]


def test_speeches_are_detected_where_nearly_all_objects_of_a_list_have_speaker_and_words() -> None:
    reading = read({"date": "2020-01-07", "log": [{"speaker": "A", "text": "One."}, {"speaker": "B", "text": "Two."}]})
    assert said(reading) == [("A", "One."), ("B", "Two.")]
    assert [date.value for date in reading.proceedings.sittings[0].dates] == ["2020-01-07"]


def test_a_file_without_proceedings_is_texts_with_their_addresses_and_no_sitting() -> None:
    reading = read({"type": "object", "properties": {"a": {"type": "string"}}})
    assert reading.proceedings.sittings == ()
    assert [(text.place, words(reading, text.spans)) for text in reading.proceedings.texts] == [
        ("type", "object"),
        ("properties.a.type", "string"),
    ]


def test_malformed_json_is_found_at_its_line_and_column_and_kept_as_plain_text() -> None:
    source = '{\n"a": "one",\n"b": ["two",]\n}'
    reading = read(source)
    assert codes(reading) == ["malformed-json"]
    assert "line 3, column" in reading.proceedings.findings[0].message
    assert reading.proceedings.findings[0].place == "line 3"
    assert reading.rendition.data == source.encode()


def test_a_key_that_stands_twice_loses_neither_value() -> None:
    reading = read('{"a": "one", "a": "two"}')
    assert [text for _, text in texts(reading)] == ["one", "two"]
    assert codes(reading) == ["duplicate-key"]


def test_nesting_without_end_is_found_and_kept_as_plain_text() -> None:
    for depth in (fields.DEEPEST + 5, 100_000):
        assert codes(read("[" * depth + '"deep"' + "]" * depth)) == ["too-deep"]


def test_yaml_is_read_like_json_and_its_errors_are_found() -> None:
    yaml = "when: 2020-01-07\nturns:\n- {who: Ann, words: 'I object.'}\n"
    house = "[[fields]]\npath = '*.yaml'\ndate = 'when'\nspeeches = 'turns[*]'\nspeaker = 'who'\ntext = 'words'\n"
    reading = read(yaml, house, "x.yaml")
    assert said(reading) == [("Ann", "I object.")]
    assert [date.value for date in reading.proceedings.sittings[0].dates] == ["2020-01-07"]
    broken = read("a: [1, 2\nb: c\n", path="x.yaml")
    assert codes(broken) == ["malformed-yaml"]
    assert broken.proceedings.findings[0].message.startswith("This is not valid YAML")


def test_yaml_aliases_that_explode_are_kept_as_plain_text() -> None:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    assert codes(read("\n".join(lines), path="x.yaml")) == ["too-large"]


def test_json_lines_are_a_list_and_an_empty_file_is_malformed() -> None:
    lines = '{"speaker": "A", "text": "One."}\n{"speaker": "B", "text": "Two."}\n'
    assert said(read(lines, path="2020-01-07.jsonl")) == [("A", "One."), ("B", "Two.")]
    assert codes(read("")) == ["malformed-json"]


def test_a_table_is_read_in_place_and_its_source_is_its_rendition() -> None:
    table = 'time,speaker,words\n0:10,Ann,"I call it ""the bridge"", it is one."\n0:12,Ann,And so\n0:14,Bob,No\n'
    reading = read(table, path="2020-01-07.csv")
    assert reading.rendition.data == table.encode()
    assert said(reading) == [("Ann", 'I call it "the bridge", it is one. And so'), ("Bob", "No")]
    assert [speech.time for speech in reading.proceedings.speeches] == ["00:00:10.000", "00:00:14.000"]
    assert [speech.place for speech in reading.proceedings.speeches] == ["line 2", "line 4"]


def test_columns_without_a_header_are_named_by_number() -> None:
    house = "[[fields]]\npath = '*.tsv'\nspeeches = '[*]'\nspeaker = '2'\ntext = '3'\n"
    table = '1\tAnn\t"Quote at the start" of it.\t0\n2\tBob\tSay "no\t1\n'
    reading = read(table, house, "2020-01-07.tsv")
    assert said(reading) == [("Ann", '"Quote at the start" of it.'), ("Bob", 'Say "no')]


def test_fields_that_nothing_maps_are_texts_beside_the_speech() -> None:
    table = "speaker,text,remark\nAnn,One.,checked\nAnn,Two.,\n"
    reading = read(table, path="2020-01-07.csv")
    assert said(reading) == [("Ann", "One."), ("Ann", "Two.")]
    assert texts(reading) == [("text", "checked")]


def test_a_table_where_nobody_speaks_is_a_text_a_row_and_a_ragged_row_is_found() -> None:
    reading = read("a,b\nc,d\ne\n", path="x.csv")
    assert [text for _, text in texts(reading)] == ["a b", "c d", "e"]
    assert codes(reading) == ["ragged-row"]


def test_columns_are_known_by_their_names_in_other_languages() -> None:
    reading = read("Datum;TOP;Redner;Text\n2020-01-07;1 Mill;Ann;Ja.\n", path="2020-01-07.csv")
    assert said(reading) == [("Ann", "Ja.")]
    assert not codes(reading)


def test_a_table_that_names_words_but_no_speaker_says_how_to_map_it() -> None:
    table = "Date,Whoever,Text\n2020-01-07,Ann,Yes.\n"
    reading = read(table, path="2020-01-07.csv")
    assert codes(reading) == ["columns-unmapped"]
    mapped = read(table, "[[fields]]\npath = '*.csv'\nspeaker = 'Whoever'\ntext = 'Text'\n", "2020-01-07.csv")
    assert said(mapped) == [("Ann", "Yes.")]
    assert not codes(mapped)


def test_an_open_quotation_mark_loses_nothing() -> None:
    reading = read('speaker,text\nAnn,"never closed\nBob,yes\n', path="2020-01-07.csv")
    assert "never closed" in " ".join(text for _, text in said(reading) + texts(reading))


CELL = st.text(alphabet='ab1 ",;\t\n\r\u00e9', max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=5))
def test_the_tokenizer_finds_the_fields_that_the_csv_module_wrote(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    found = [[cell.value for cell in row] for row in delimited.rows(out.getvalue(), ",")]
    assert found == rows


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='ab1 ",\t\n\r\u00e9', max_size=60), st.sampled_from(["x.csv", "x.tsv"]))
def test_whatever_a_table_holds_every_letter_is_in_one_element(text: str, path: str) -> None:
    read("speaker,text,n\n" + text, path=path)


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet="ab \n\u00e9", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["speaker", "text", "items", "title", "a/b"]), inner)
    ),
    max_leaves=15,
)


@settings(max_examples=120, deadline=None)
@given(VALUE, st.sampled_from(["", HOUSE]))
def test_whatever_json_holds_every_letter_of_its_strings_is_in_one_element(value: object, house: str) -> None:
    reading = read(value, house)
    if not house:
        strings: list[str] = []
        _strings(value, strings)
        count = sum(map(str.isalnum, "".join(strings)))
        assert sum(map(str.isalnum, reading.rendition.data.decode())) == count


def _strings(value: object, into: list[str]) -> None:
    if isinstance(value, str):
        into.append(value)
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _strings(member, into)


def test_times_of_recordings() -> None:
    assert recording_time("370.5") == "00:06:10.500"
    assert recording_time("6:10") == "00:06:10.000"
    assert recording_time("noon") == ""


def test_fields_say_when_a_person_came_and_left_and_one_string_may_hold_a_role() -> None:
    house = """
    [[fields]]
    path = "*.json"
    date = "when"
    present = ["present[*]"]
    name = "who"
    since = "in"
    until = "out"
    """
    present = [
        {"who": "Ann Ames (North)", "in": "18:12"},
        {"who": "Bo Berg", "out": "7.40 pm"},
        "Cy Cole, Clerk",
        "Dyer, Di",
    ]
    value = {"when": "2020-01-07", "present": present}
    reading = checked(fields.read(json.dumps(value).encode(), "a.json", parse(house)))
    [sitting] = reading.proceedings.sittings
    assert [(line.label, line.affiliation, line.role, line.since, line.until) for line in sitting.attendance] == [
        ("Ann Ames", "North", "", "18:12", ""),
        ("Bo Berg", "", "", "", "19:40"),
        ("Cy Cole", "", "Clerk", "", ""),
        ("Dyer, Di", "", "", "", ""),
    ]
