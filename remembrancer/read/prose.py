"""What prose of any format says: blocks in, sittings, items, speeches and texts out."""

from __future__ import annotations

from remembrancer.model import Proceedings
from remembrancer.read.blocks import Prose
from remembrancer.read.form import Form
from remembrancer.read.house import House


def structure(prose: Prose, path: str, house: House) -> Proceedings:
    """The proceedings of a document as blocks; ``path`` is relative, with forward slashes."""
    form = Form(prose.text, prose.places, house.language)
    for start, end in prose.markup:
        form.markup(start, end)
    item = None
    for block in prose.blocks:
        if block.kind == "heading":
            item = form.item([(block.start, block.end)], level=block.level)
        else:
            form.text_at([(block.start, block.end)], item=item)
    return form.finish()
