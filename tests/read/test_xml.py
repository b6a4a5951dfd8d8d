"""XML formats: the whole tree becomes text, nothing is fetched, and what is broken is recovered and found."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import checked, codes, said, texts, titles, words

from remembrancer.model import Reading
from remembrancer.read import akomantoso, otherxml, tei, theyworkforyou, xmltext
from remembrancer.read.house import DEFAULT, parse

DAY = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE publicwhip [<!ENTITY mdash "&#8212;">]>
<publicwhip>
<speech id="uk.org.publicwhip/debate/2020-01-07b.1.0" nospeaker="true" colnum="1"><p>The House met.</p></speech>
<major-heading id="uk.org.publicwhip/debate/2020-01-07b.1.1" colnum="1">
    Roads </major-heading>
<minor-heading colnum="2">The bridge</minor-heading>
<speech speakername="Ann Ames" colnum="2" time="014:30:00"><p>I beg to move&mdash;it is <i>closed</i>.</p>
<p>Since May.</p></speech>
<speech nospeaker="true"><p pwmotiontext="yes">That it be opened.</p></speech>
<division divnumber="7" colnum="3"><divisioncount ayes="2" noes="1"/>
 <mplist vote="aye"><mpname vote="aye">Ames, Ann</mpname><mpname vote="aye">Berg, Bob</mpname></mplist>
 <mplist vote="no"><mpname vote="no">Cole, Cy</mpname></mplist></division>
<major-heading colnum="4">Schools</major-heading>
</publicwhip>"""

COMMITTEE = """<publicwhip><bill>Bridges Bill</bill><committee><chairmen>
<mpname attending="true">Ann Ames</mpname></chairmen>
<mpname attending="false"> Berg, Bob <span>(Norwich)</span> (Lab)</mpname><clerk>Cy Cole</clerk></committee>
<minor-heading id="uk.org.publicwhip/standing/standing2019-11-01_BRIDGES_05-0_2020-01-07a.1.0">Clause 1</minor-heading>
</publicwhip>"""

PARLAMINT = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="gl" xml:id="X_2020-01-07"><teiHeader>
<fileDesc><titleStmt><title type="main">Corpus</title><title type="sub">Diario</title></titleStmt></fileDesc>
<profileDesc><settingDesc><setting>
<name>Santiago</name><date when="2020-01-07"/></setting></settingDesc><particDesc><person xml:id="AmesAnn"><persName>
<surname>Ames</surname><forename>Ann</forename></persName></person></particDesc></profileDesc></teiHeader>
<text><body><div><head>Estradas</head><pb n="3"/><note type="time">As dez.</note>
<note type="speaker">A señora AMES:</note>
<u who="#AmesAnn"><seg>Bo día.</seg><seg>Si <note>(Aplausos.)</note> abonda.</seg></u>
<u who="#BergBob"><seg>Non.</seg></u></div></body></text></TEI>"""

DEBATE = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="hansard"><meta>
<identification><FRBRWork><FRBRuri value="/akn/xx/debate/2020-01-07"/></FRBRWork></identification>
<references><TLCPerson eId="ames" showAs="Ann Ames"/></references>
<notes><note><p>A footnote.</p></note></notes></meta>
<preface><p><docTitle>Second sitting</docTitle>, <docDate date="2020-01-07">7 January</docDate></p></preface>
<debateBody><debateSection name="roads"><num>1.</num><heading>Roads</heading>
<debateSection><heading>The bridge</heading><speech by="#ames" startTime="2020-01-07T14:30:00"><from>Ms Ames:</from>
<p>I beg to move. <scene>(Applause)</scene> Now.</p></speech></debateSection></debateSection>
<debateSection name="division"><summary>(Carried.)</summary></debateSection></debateBody></debate></akomaNtoso>"""


def read_day(source: str | bytes, house: str = "") -> Reading:
    data = source if isinstance(source, bytes) else source.encode("iso-8859-1")
    conventions = parse(house) if house else DEFAULT
    assert theyworkforyou.recognises(data, "day.xml", conventions)
    return checked(theyworkforyou.read(data, "day.xml", conventions))


def read_tei(source: str) -> Reading:
    assert tei.recognises(source.encode(), "x.xml", DEFAULT)
    return checked(tei.read(source.encode(), "x.xml", DEFAULT))


def read_akn(source: str) -> Reading:
    assert akomantoso.recognises(source.encode(), "x.xml", DEFAULT)
    return checked(akomantoso.read(source.encode(), "x.xml", DEFAULT))


def test_headings_open_items_and_a_speech_has_its_speaker_time_and_column() -> None:
    reading = read_day(DAY)
    assert titles(reading) == [(1, "", "Roads"), (2, "", "The bridge"), (1, "", "Schools")]
    assert said(reading) == [("Ann Ames", "I beg to move\u2014it is closed. Since May.")]
    speech = reading.proceedings.speeches[0]
    assert (speech.time, speech.place, speech.item) == ("14:30", "column 2", 1)


def test_a_division_keeps_its_counts_and_who_voted_how_with_its_item() -> None:
    reading = read_day(DAY)
    votes = [text for text in reading.proceedings.texts if text.section == "vote"]
    assert [words(reading, vote.spans) for vote in votes] == ["ayes 2 noes 1 aye Ames, Ann Berg, Bob no Cole, Cy"]
    assert votes[0].item == 1
    assert ("motion", "That it be opened.") in texts(reading)


def test_revisions_of_a_day_share_a_key_and_its_date_comes_from_the_ids() -> None:
    first, second = (read_day(DAY.replace("2020-01-07b", f"2020-01-07{letter}")) for letter in "ab")
    assert first.proceedings.sittings[0].key == second.proceedings.sittings[0].key == "debate/2020-01-07"
    assert [date.value for date in first.proceedings.sittings[0].dates] == ["2020-01-07"]


def test_a_committee_lists_who_attended() -> None:
    sitting = read_day(COMMITTEE).proceedings.sittings[0]
    assert sitting.title == "Bridges Bill"
    assert [date.value for date in sitting.dates] == ["2020-01-07"]
    assert [(line.label, line.present, line.role, line.affiliation) for line in sitting.attendance] == [
        ("Ann Ames", True, "chair", ""),
        ("Berg, Bob", False, "", "Norwich, Lab"),
        ("Cy Cole", None, "clerk", ""),
    ]


def test_a_motion_is_an_item_with_its_number_and_no_sitting() -> None:
    text = "*S1 Ann Ames: Bridges\u2014That they open."
    source = f'<publicwhip><spmotion spid="S1" date="2020-01-07">\n{text}</spmotion></publicwhip>'
    reading = read_day(source.encode())
    assert titles(reading) == [(1, "S1", "*S1 Ann Ames: Bridges")]
    assert texts(reading) == [("motion", "\u2014That they open.")]
    assert reading.proceedings.sittings == ()
    assert reading.proceedings.items[0].place == "S1 of 2020-01-07"


def test_an_item_whose_heading_the_house_marks_is_of_its_class() -> None:
    house = '[[classes]]\nheading = "Schools"\nclass = "members"\n'
    assert [item.visibility for item in read_day(DAY, house).proceedings.items] == ["open", "open", "members"]


def test_the_rendition_has_the_letters_of_the_elements_and_of_no_attribute() -> None:
    data = COMMITTEE.encode()
    expected = "".join(filter(str.isalnum, "".join(ET.fromstring(data).itertext())))
    assert "".join(filter(str.isalnum, read_day(data).rendition.data.decode())) == expected


def test_a_parlamint_utterance_is_a_speech_labelled_by_the_note_before_it() -> None:
    reading = read_tei(PARLAMINT)
    assert said(reading) == [("A señora AMES", "Bo día. Si abonda."), ("BergBob", "Non.")]
    speech = reading.proceedings.speeches[0]
    assert (speech.name, speech.place, speech.item) == ("Ann Ames", "page 3", 0)
    assert words(reading, speech.label) == "A señora AMES:"
    assert texts(reading) == [("text", "As dez."), ("text", "(Aplausos.)")]


def test_the_header_dates_the_sitting_and_is_listed_as_not_extracted() -> None:
    reading = read_tei(PARLAMINT)
    sitting = reading.proceedings.sittings[0]
    assert (sitting.title, sitting.venue, sitting.key) == ("Diario", "Santiago", "X_2020-01-07")
    assert [(date.value, date.origin) for date in sitting.dates] == [("2020-01-07", "field")]
    assert reading.rendition.not_extracted == ("teiHeader: the description of the file, 27 letters",)
    assert reading.proceedings.language == "gl"


def test_an_akoma_ntoso_debate_has_items_speeches_and_scenes_in_their_place() -> None:
    reading = read_akn(DEBATE)
    assert titles(reading) == [(1, "1", "1. Roads"), (2, "", "The bridge")]
    assert said(reading) == [("Ms Ames", "I beg to move. Now.")]
    speech = reading.proceedings.speeches[0]
    assert (speech.name, speech.time, speech.item) == ("Ann Ames", "14:30", 1)
    assert ("vote", "(Carried.)") in texts(reading)
    assert ("text", "(Applause)") in texts(reading)
    assert ("text", "A footnote.") in texts(reading)


def test_an_akoma_ntoso_debate_is_dated_by_its_preface_and_an_act_is_no_sitting() -> None:
    sitting = read_akn(DEBATE).proceedings.sittings[0]
    assert (sitting.title, sitting.key) == ("Second sitting", "/akn/xx/debate/2020-01-07")
    assert [(date.value, date.origin) for date in sitting.dates] == [("2020-01-07", "text")]
    act = DEBATE.replace("debate", "act").replace("debateSection", "section")
    assert read_akn(act).proceedings.sittings == ()


def test_a_truncated_document_is_recovered_and_the_finding_says_where_it_broke() -> None:
    cut = DAY[: DAY.index("Since May") + 5]
    reading = read_day(cut)
    assert said(reading) == [("Ann Ames", "I beg to move\u2014it is closed. Since")]
    assert codes(reading) == ["broken-xml"]
    assert "line 9" in reading.proceedings.findings[0].message


def test_words_after_a_lost_end_tag_are_not_put_into_the_mouth_of_the_speaker_before() -> None:
    broken = '<publicwhip><speech speakername="A"><p>One.</p><speech speakername="B"><p>Two.</p></speech></publicwhip>'
    assert said(read_day(broken)) == [("A", "One."), ("B", "Two.")]


@pytest.mark.parametrize("system", ["file:///etc/hostname", "http://example.org/x"])
def test_external_entities_are_never_opened(system: str) -> None:
    doctype = f'<!DOCTYPE publicwhip [<!ENTITY x SYSTEM "{system}">]>'
    reading = read_day(doctype + '<publicwhip><speech speakername="A">a &x; b</speech></publicwhip>')
    assert said(reading) == [("A", "a &x; b")]
    assert codes(reading) == ["entity-not-expanded"]


def test_entities_that_explode_are_left_as_written() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE publicwhip [<!ENTITY l0 "ha">{levels}]>'
    reading = read_day(doctype + '<publicwhip><speech speakername="A">a &l9;</speech></publicwhip>')
    assert said(reading) == [("A", "a &l9;")]
    assert codes(reading) == ["entity-not-expanded"]


def test_nesting_without_end_keeps_every_letter() -> None:
    source = "<publicwhip>" + "<p>" * 3000 + "deep" + "</p>" * 3000 + "<p>after</p></publicwhip>"
    data = read_day(source).rendition.data.decode()
    assert "deep" in data and "after" in data


def test_undeclared_entities_of_html_and_stray_ampersands_are_letters() -> None:
    reading = read_day('<publicwhip><speech speakername="A">caf&eacute; AT&T <![CDATA[&x;]]></speech></publicwhip>')
    assert said(reading) == [("A", "caf\u00e9 AT&T &x;")]


def test_a_document_without_text_is_found() -> None:
    assert codes(read_day('<publicwhip><gidredirect oldgid="a"/></publicwhip>')) == ["no-text"]


TREE = st.recursive(
    st.text(alphabet="ab <&>\n\u00e9", max_size=12),
    lambda inner: st.tuples(
        st.sampled_from(["p", "i", "speech", "minor-heading", "division"]), st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)


def _serialised(tree: object) -> ET.Element:
    element = ET.Element("publicwhip")
    _fill(element, tree)
    return element


def _fill(element: ET.Element, tree: object) -> None:
    if isinstance(tree, str):
        last = element[-1] if len(element) else None
        if last is None:
            element.text = (element.text or "") + tree
        else:
            last.tail = (last.tail or "") + tree
        return
    assert isinstance(tree, tuple)
    inner = ET.SubElement(element, tree[0], {"speakername": "A"} if tree[0] == "speech" else {})
    for member in tree[1]:
        _fill(inner, member)


@settings(max_examples=80, deadline=None)
@given(TREE)
def test_any_tree_is_read_whole(tree: object) -> None:
    root = _serialised(tree)
    reading = read_day(ET.tostring(root))
    letters = "".join(filter(str.isalnum, "".join(root.itertext())))
    assert "".join(filter(str.isalnum, reading.rendition.data.decode())) == letters


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=len("<publicwhip>") + 200, max_value=len(DAY)))
def test_a_document_cut_anywhere_is_read(length: int) -> None:
    read_day(DAY[:length])


def test_only_the_named_root_is_recognised() -> None:
    assert xmltext.root_tag(b"<?xml version='1.0'?><!-- a --><x:TEI a='1'>") == ("TEI", " a='1'")
    assert not theyworkforyou.recognises(b"<html>publicwhip</html>", "a.xml", DEFAULT)
    assert not akomantoso.recognises(b'<xsd:schema targetNamespace="akn/3.0">', "a.xsd", DEFAULT)


def test_xml_of_no_known_format_is_texts_in_their_places() -> None:
    data = b"<?xml version='1.0'?><minutes kind='x'><item>Roads</item><item><p>Closed.</p> Since May.</item></minutes>"
    assert otherxml.recognises(data, "a", DEFAULT)
    reading = checked(otherxml.read(data, "a.xml", DEFAULT))
    assert texts(reading) == [("text", "Roads"), ("text", "Closed."), ("text", "Since May.")]
    assert [text.place for text in reading.proceedings.texts] == ["item[1]", "item[2]/p[1]", "item[2]"]
    assert reading.proceedings.sittings == ()
