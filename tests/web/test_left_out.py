"""Law: what is not in the text of a source is told in the page's language, its name as it stands in the source."""

from __future__ import annotations

import json
import re

import pytest

from remembrancer.model import Reading
from remembrancer.read import read
from remembrancer.read.house import DEFAULT

PAGE = (
    b"<!doctype html><html><head><style>p {}</style><script>let a = 1</script></head><body><!-- drafted by Ida -->"
    b'<p>The pump is mended.</p><img src="weir.png"><p>It rains.<svg></svg></p></body></html>'
)
IMAGES = b"<!doctype html><html><body><p>Views.</p>" + b'<img src="data:image/png;base64,iVBORw0KGgo=">' * 11
VALUES = json.dumps([{"text": f"The weir leaks, for the {n}. time.", "number": n, "done": False} for n in range(3)])
AKOMA = (
    b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate><!-- typed -->'
    b"<meta><identification>abc</identification></meta><debateBody><p>It rains.</p></debateBody></debate></akomaNtoso>"
)


def left_out(reading: Reading) -> tuple[str, ...]:
    return reading.rendition.not_extracted


READ = {
    "page.html": left_out(read(PAGE, "page.html", DEFAULT)),
    "images.html": left_out(read(IMAGES, "images.html", DEFAULT)),
    "values.json": left_out(read(VALUES.encode(), "values.json", DEFAULT)),
    "debate.xml": left_out(read(AKOMA, "debate.xml", DEFAULT)),
    "weir.png": left_out(read(b"\x89PNG\r\n\x1a\n" + bytes(20_000), "weir.png", DEFAULT)),
}
SAID = {
    "word/media/image1.png: an image of 20 kB": "word/media/image1.png: ein Bild mit 20 kB",
    "12 times a tracked deletion of 340 bytes": "12-mal eine nachverfolgte Löschung mit 340 Bytes",
    "page 3: a stamp": "Seite 3: ein Stempel",
    "votes[*].id: 3 values, 40 letters, omitted by the house": "votes[*].id: 3 Werte, 40 Buchstaben, vom Hausstil "
    "ausgelassen",
    "comments and processing instructions: 3": "Kommentare und Verarbeitungsanweisungen: 3",
    "a <b>: a thing": 'a &lt;b&gt;: <span lang="en">a thing</span>',
}


@pytest.mark.parametrize("part", SAID)
def test_a_part_is_said_in_the_language_of_the_page_and_marked_where_that_has_it_not(django: None, part: str) -> None:
    from django.utils.html import conditional_escape
    from django.utils.translation import override

    from remembrancer.interfaces.web.templatetags.record import left_out

    with override("de"):
        assert conditional_escape(left_out(part)) == SAID[part]
    with override("en"):
        assert conditional_escape(left_out(part)) == conditional_escape(part)


@pytest.mark.parametrize("name", READ)
def test_whatever_a_reader_leaves_out_has_words_in_german(django: None, name: str) -> None:
    from django.utils.html import conditional_escape
    from django.utils.translation import override

    from remembrancer.interfaces.web.templatetags.record import left_out

    with override("de"):
        told = [conditional_escape(left_out(part)) for part in READ[name]]
    assert told and not [each for each in told if 'lang="en"' in each]
    assert not re.search(r"\b(an?|of|letters|times|numbers|values)\b", " ".join(told))
