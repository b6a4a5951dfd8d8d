"""HTML: the text a page shows, with places, without what belongs to the site."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.read import choose
from remembrancer.read.account import account
from remembrancer.read.house import DEFAULT
from remembrancer.read.html import extract, read

PAGE = """<!DOCTYPE html>
<html><head><title>Minutes of 7 March</title><style>p {color: red}</style>
<script>track("visitor")</script></head>
<body><!-- draft, do not publish -->
<nav><ul><li><a href=/>Home</a><li><a href=/about>About us</a></ul></nav>
<main id=minutes>
<h1>Parish&nbsp;Council</h1>
<p><cite>Ann Able:</cite> We  agree
 &amp; sign.<br>… at once</p>
<h2 id=roll>Roll call</h2>
<dl><dt>Present<dd>Ann Able, Ben Baker</dl>
<ol start=3><li>Budget<ol><li>Roads</ol><li value=7>Gate</ol>
<ul><li>a bare point</ul>
<table><tr><th>Name<th>Vote<tr><td>Ann <b>Able</b><td><p>yes<p>at last</table>
<blockquote>As it was written.</blockquote>
<pre>
Cid Cole:   I object.
Dee Dunn:   Why?
</pre>
<pre class=highlight>vote = 7</pre>
<img src=/i/gate.png alt="the gate"><form><input name=q value="old words"><textarea>a remark</textarea></form>
</main>
<div class="related-posts"><h3>Read also</h3><a href=x>Dog show</a></div>
<footer>Powered by a press</footer>
</body></html>"""


def blocks(page):
    prose = extract(page).prose()
    return [(block.kind, block.level, prose.text[block.start : block.end]) for block in prose.blocks]


def words(page):
    return [entry for entry in blocks(page) if entry[0] != "furniture"]


def test_a_page_becomes_its_blocks_in_reading_order():
    assert words(PAGE) == [
        ("heading", 1, "Parish\xa0Council"),
        ("paragraph", 0, "Ann Able: We agree & sign.\n… at once"),
        ("heading", 2, "Roll call"),
        ("paragraph", 0, "Present"),
        ("list", 1, "Ann Able, Ben Baker"),
        ("list", 1, "3. Budget"),
        ("list", 2, "1. Roads"),
        ("list", 1, "7. Gate"),
        ("list", 1, "a bare point"),
        ("row", 0, "Name\tVote"),
        ("row", 0, "Ann Able\tyes\nat last"),
        ("quote", 0, "As it was written."),
        ("paragraph", 0, "Cid Cole:   I object."),
        ("paragraph", 0, "Dee Dunn:   Why?"),
        ("code", 0, "vote = 7"),
        ("paragraph", 0, "a remark"),
    ]


def test_navigation_and_advertising_are_furniture_and_still_text():
    furniture = [text for kind, _, text in blocks(PAGE) if kind == "furniture"]
    assert furniture == ["Minutes of 7 March", "Home", "About us", "Read also", "Dog show", "Powered by a press"]


def test_names_used_for_furniture_do_not_hide_what_is_long_and_not_links():
    page = f"<html><body><div class='attachment widget author'><p>{'The council resolved so. ' * 20}</p></div>"
    assert words(page)[0][0] == "paragraph"


def test_rows_have_cells_and_a_header_and_bold_is_strong():
    prose = extract(PAGE).prose()
    rows = [block for block in prose.blocks if block.kind == "row"]
    assert [[prose.text[a:b] for a, b in row.cells] for row in rows] == [["Name", "Vote"], ["Ann Able", "yes\nat last"]]
    assert [row.header for row in rows] == [True, False]
    assert [prose.text[a:b] for a, b in rows[1].strong] == ["Able"]


def test_a_table_that_lays_out_a_page_is_no_table():
    page = "<table><tr><td>Menu<td><h1>Minutes</h1><p>We met.</p><table><tr><td>Ann<td>yes</table></table>"
    assert words(page) == [
        ("paragraph", 0, "Menu"),
        ("heading", 1, "Minutes"),
        ("paragraph", 0, "We met."),
        ("row", 0, "Ann\tyes"),
    ]


def test_places_lead_from_the_nearest_id():
    reading = read(PAGE.encode(), "a.html", DEFAULT)
    labels = [run.label for run in reading.rendition.places]
    assert {"#minutes/h1", "#roll", "#minutes/p", "#minutes/ol/li/ol/li", "#minutes/table/tr[2]"} <= set(labels)


def test_the_title_is_front_matter():
    prose = extract(PAGE).prose()
    assert [(key, prose.text[a:b].strip()) for key, (a, b) in prose.front] == [("title", "Minutes of 7 March")]


def test_what_is_not_shown_is_listed():
    listed = "\n".join(read(PAGE.encode(), "a.html", DEFAULT).rendition.not_extracted)
    for part in ("a style sheet of 14 bytes", "a script of 16 bytes", "a comment of 21 bytes", "gate.png: an image"):
        assert part in listed
    assert "a form field of 9 bytes" in listed
    data = read(PAGE.encode(), "a.html", DEFAULT).rendition.data
    assert b"track" not in data
    assert b"do not publish" not in data


def test_declared_encodings_are_used():
    page = "<html><head><meta charset=windows-1252></head><body><p>Søren's procès-verbal</p></body></html>"
    reading = read(page.encode("cp1252"), "a.html", DEFAULT)
    assert "Søren's procès-verbal" in reading.rendition.data.decode()
    assert "encoding-guessed" not in {finding.code for finding in reading.proceedings.findings}


def test_an_xml_declaration_or_a_doctype_makes_a_page_whatever_its_name():
    page = b"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html>\n<html><body><p>Words</p></body></html>"
    assert choose(page, "minutes", DEFAULT).name.startswith("html/")
    account(read(page, "minutes", DEFAULT))


def test_a_page_cut_off_anywhere_is_read_as_far_as_it_goes():
    for end in range(40, len(PAGE), 37):
        account(read(PAGE[:end].encode(), "a.html", DEFAULT))
    assert b"We agree" in read(PAGE[: PAGE.index("… at")].encode(), "a.html", DEFAULT).rendition.data


def test_a_log_pasted_into_a_page_keeps_its_lines():
    log = "\n".join(f"[10:3{n}] {name}: words\n  of {name}" for n, name in enumerate(["Ann Able", "Ben Baker"] * 3))
    reading = read(f"<html><body><h2>Log</h2>\n{log}\n<h2>End</h2></body></html>".encode(), "a.html", DEFAULT)
    assert [speech.speaker for speech in reading.proceedings.speeches] == ["Ann Able", "Ben Baker"] * 3
    assert b"Ann Able: words of Ann Able\n[10:31]" in reading.rendition.data
    account(reading)


def test_times_at_the_heads_of_two_lines_are_no_log():
    page = b"<html><body><p>Trains leave at\n10:30 from here and\n11:30 from there.</body></html>"
    assert b"leave at 10:30 from here and 11:30 from" in read(page, "a.html", DEFAULT).rendition.data


def test_elements_nested_without_end_keep_their_words():
    page = "<html><body>" + "<div>" * 50_000 + "words within" + "<p>after"
    reading = read(page.encode(), "a.html", DEFAULT)
    assert reading.rendition.data.split() == [b"words", b"within", b"after"]


def test_a_page_without_text_says_so():
    reading = read(b"<!doctype html><html><body><script>fill()</script></body></html>", "a.html", DEFAULT)
    assert [finding.code for finding in reading.proceedings.findings] == ["no-text"]
    assert reading.rendition.not_extracted


def test_five_megabytes_in_one_line_are_read_in_time():
    page = "<html><body><p>" + "the chair said so, " * 260_000 + "</p></body></html>"
    started = time.process_time()
    account(read(page.encode(), "a.html", DEFAULT))
    assert time.process_time() - started < 20


BLOCKS = ["<p>", "</p>", "<li>", "<ul>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<h2>", "</h2>", "<br>"]
OTHERS = ["<b>", "</b>", "<pre>", "</pre>", "<nav>", "</nav>", "<dl>", "<dt>", "<dd>", "&eacute;", "<!--x-->"]
SOUP = [*BLOCKS, *OTHERS, "word", " two  words "]


@given(st.lists(st.sampled_from(SOUP), max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_soup_of_tags_keeps_every_word_in_one_block(soup):
    page = "<html><body>" + "".join(soup)
    reading = read(page.encode(), "a.html", DEFAULT)
    account(reading)
    kept = "".join(reading.rendition.data.decode().split())
    assert kept.count("word") == "".join(soup).count("word")
    prose = extract(page).prose()
    ends = [0] + [block.end for block in prose.blocks]
    assert all(block.start >= end for block, end in zip(prose.blocks, ends, strict=False))
