"""Laws of a page made anew: nothing in it can act, none of its words are lost, the marked place is marked."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.memory.cite import letters
from remembrancer.read.cleaned import KEPT, LARGEST, cleaned
from remembrancer.read.house import DEFAULT
from remembrancer.read.html import read

TAG = re.compile(r"<(/?)([^\s>/]*)([^>]*)>")
BARE = re.compile(r'(?: (?:colspan|rowspan|start|value)="\d{1,3}")*| id="mark"')
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>go</a>",
    "<a href=' java\tscript:alert(1)' onclick=alert(1)>go</a>",
    "<svg onload=alert(1)><script>alert(2)</script><a xlink:href='javascript:x'><text>drawn</text></a></svg>",
    "<form action='https://elsewhere.example'><input name=q value=1><button formaction='//x'>Go</button></form>",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.example'>",
    "<iframe src='https://elsewhere.example'></iframe><object data=x></object><embed src=x>",
    "<link rel=stylesheet href='https://elsewhere.example/x.css'><style>@import '//x';</style>",
    "<base href='https://elsewhere.example/'>",
    "<p style='background:url(//x)' class=masthead id=main>words</p>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<td colspan='9\" onmouseover=\"alert(1)'>cell</td>",
    "<!--<img src=x onerror=alert(1)>--><![CDATA[<script>x</script>]]>",
    "<?php echo '<script>'; ?>",
    "<plaintext><script>alert(1)</script>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
)


def page(body: str) -> bytes:
    return f"<!doctype html><html><body>{body}</body></html>".encode()


def acts(made: str) -> list[str]:
    """Whatever in a page is neither words nor one of the bare tags."""
    tags = [match.groups() for match in TAG.finditer(made)]
    found = [name for _, name, rest in tags if name not in KEPT | {"br"} or not BARE.fullmatch(rest)]
    return found + re.findall(r"<(?![/a-z])", made)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_a_page_can_act(attack: str) -> None:
    made = cleaned(page(f"<h1>Minutes</h1><p>Before.</p>{attack}<p>After.</p>"))
    assert acts(made) == []
    assert "Before." in made


@given(
    st.lists(
        st.sampled_from((*ATTACKS, "<p>", "</p>", "<table>", "<tr>", "<td>", "<mark>", "words ", "&lt;b&gt;", '"'))
    )
)
def test_nothing_acts_however_it_is_put_together(parts: list[str]) -> None:
    assert acts(cleaned(page("".join(parts)))) == []


@given(st.text(max_size=300))
def test_nothing_acts_whatever_is_written(text: str) -> None:
    assert acts(cleaned(page(text))) == []


def test_its_words_are_those_of_the_rendition() -> None:
    data = page("<h1>Minutes</h1><ul><li>One <b>two</b><li>Three</ul><table><tr><th>Name<td>Ann</table><p>A<br>B")
    said = letters(read(data, "minutes.html", DEFAULT).rendition.data.decode())
    assert letters(TAG.sub("", cleaned(data))) == said


def test_the_block_that_is_looked_for_is_marked_and_no_other() -> None:
    data = page("<p>First.</p><p>Second <i>one</i>.</p><p>Third.</p>")
    made = cleaned(data, ["/html/body/p[2]"])
    assert "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", made)) == "Second one."
    assert made.count('id="mark"') == 1


def test_a_page_too_large_is_shown_as_text_alone() -> None:
    assert cleaned(page("a" * LARGEST)) == ""


def test_elements_in_one_another_take_no_longer_than_side_by_side() -> None:
    began = time.process_time()
    for nested in ("<h1>", "<h1><b>", "<div>", "<ul><li>", "<table><tr><td>"):
        cleaned(page(nested * (LARGEST // 2 // len(nested)) + "x"))
    assert time.process_time() - began < 8
