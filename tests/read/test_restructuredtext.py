"""reStructuredText: our blocks agree with docutils, and what nobody reads is markup."""

from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.read import choose
from remembrancer.read.account import account
from remembrancer.read.house import DEFAULT
from remembrancer.read.restructuredtext import extract, read

RESOLUTION = """\
==========================
 2024-03-07 Mend the Gate
==========================

.. _gate:

.. This comment is for editors only.

The committee **resolves** that the gate, see :doc:`the rules </rules/gate>`
and `the report <https://a.example/report>`_, be mended [1]_::

    gate.mend()

    gate.paint()

It closes.

Costs
=====

#. The *smith* asks
   for forty.
#. The painter::

      ten

   and no more.

   - for the wood
   - for the iron

.. note:: Prices are of March.

   They may rise.

.. code:: python
   :class: sum

   pay(50)

.. figure:: gate.png
   :alt: the gate

   The gate as it was.

Sub cost
--------

Term
   What it means.

:Mover: Ann Able
:Seconder: Ben
   Baker

========  =====
Name      Vote
========  =====
Ann Able  yes
Ben       no
========  =====

+------+-----+
| Name | For |
+======+=====+
| Cid  | yes |
+------+-----+

.. [1] As the mayor said
   in March.
"""


def blocks(text):
    prose = extract(text)
    return [(block.kind, block.level, " ".join(text[block.start : block.end].split())) for block in prose.blocks]


def letters(words):
    return "".join(filter(str.isalnum, words))


def docutils_titles(text):
    settings_ = {"report_level": 5, "halt_level": 6, "doctitle_xform": False, "_disable_config": True}
    titles = publish_doctree(text, settings_overrides=settings_).findall(nodes.title)
    return [title.astext() for title in titles if isinstance(title.parent, nodes.section)]


def test_sections_are_those_of_docutils():
    assert [words for kind, _, words in blocks(RESOLUTION) if kind == "heading"] == docutils_titles(RESOLUTION)
    assert [level for kind, level, _ in blocks(RESOLUTION) if kind == "heading"] == [1, 2, 3]


def test_code_is_that_of_docutils():
    tree = publish_doctree(RESOLUTION, settings_overrides={"report_level": 5, "_disable_config": True})
    expected = [letters(node.astext()) for node in tree.findall(nodes.literal_block)]
    assert [letters(words) for kind, _, words in blocks(RESOLUTION) if kind == "code"] == expected


def test_lists_terms_fields_and_notes_are_blocks():
    found = blocks(RESOLUTION)
    for expected in [
        ("list", 1, "#. The *smith* asks for forty."),
        ("list", 2, "for the wood"),
        ("paragraph", 0, "They may rise."),
        ("paragraph", 0, "The gate as it was."),
        ("paragraph", 0, "Term"),
        ("paragraph", 0, ":Mover: Ann Able"),
        ("paragraph", 0, ":Seconder: Ben Baker"),
    ]:
        assert expected in found
    assert ("list", 1, "[1] As the mayor said in March.") in found


def test_tables_are_rows_with_cells_and_a_header():
    prose = extract(RESOLUTION)
    rows = [
        (block.table, block.header, [RESOLUTION[a:b] for a, b in block.cells])
        for block in prose.blocks
        if block.kind == "row"
    ]
    assert rows == [
        (1, True, ["Name", "Vote"]),
        (1, False, ["Ann Able", "yes"]),
        (1, False, ["Ben", "no"]),
        (2, True, ["Name", "For"]),
        (2, False, ["Cid", "yes"]),
    ]


def test_targets_comments_directives_and_roles_are_markup():
    prose = extract(RESOLUTION)
    markup = {RESOLUTION[start:end].strip() for start, end in prose.markup}
    assert {".. _gate:", ".. This comment is for editors only.", "doc", "/rules/gate"} <= markup
    assert {"https://a.example/report", ".. note::", ":class: sum", ".. figure:: gate.png"} <= markup


def test_bold_is_strong():
    prose = extract(RESOLUTION)
    assert [RESOLUTION[a:b] for block in prose.blocks for a, b in block.strong] == ["resolves"]


def test_header_lines_are_front_matter():
    text = "PEP: 9\nTitle: Mending\n  gates\nStatus: Final\nCreated: 07-Mar-2024\n\nAbstract\n========\n\nMend it.\n"
    front = {key: text[start:end] for key, (start, end) in extract(text).front}
    assert front == {"pep": "9", "title": "Mending", "status": "Final", "created": "07-Mar-2024"}


def test_a_named_file_is_never_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words", encoding="utf-8")
    text = (
        f"Words\n\n.. include:: {secret}\n\n.. raw:: html\n   :file: {secret}\n\n.. csv-table::\n   :file: {secret}\n"
    )
    reading = read(text.encode(), "a.rst", DEFAULT)
    assert b"hidden" not in reading.rendition.data
    account(reading)


def test_texts_that_show_sections_and_directives_are_taken_whatever_their_ending():
    assert choose(RESOLUTION.encode(), "gate.txt", DEFAULT).name.startswith("restructuredtext/")
    assert choose(b"Minutes\n=======\n\nWords.\n", "gate.txt", DEFAULT).name.startswith("plaintext/")


@given(st.lists(st.sampled_from(RESOLUTION.splitlines()), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_order_of_lines_is_read_and_accounted_for(lines):
    account(read("\n".join(lines).encode(), "a.rst", DEFAULT))


def test_the_whole_resolution_is_accounted_for():
    reading = read(RESOLUTION.replace("\n", "\r\n").encode(), "a.rst", DEFAULT)
    counted = account(reading)
    assert counted.markup > 0
