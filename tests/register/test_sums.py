"""A motion or decision has the sums of money that its own words name, each at its bytes."""

from __future__ import annotations

from remembrancer.read import house as houses
from remembrancer.register.document import Document, read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import AnyFact, Moved, Resolved
from remembrancer.register.resolve import resolve

HOUSE = houses.parse(
    'language = "en"\n[[papers]]\npath = "ordinances/*.md"\nis = "decision"\nnumber = [\'NO\\. (?P<number>\\d+)\']'
)

MINUTES = """# Minutes of 4 May 2031

## 1. Ferry steps

MOVED by Cllr Dory, SECONDED by Cllr Mole, that a sum of two thousand pounds sterling (£2,000) be granted for the ferry
steps under Section 1,250 of 2030.

Motion carried 3-0.

The clerk told of a bill of £99 that nobody moved.
"""

ORDINANCE = """# ORDINANCE NO. 5

**AN ORDINANCE CONCERNING LAMPS**

THE TOWN ORDAINS AS FOLLOWS:

### 1. Whoever breaks a lamp shall pay a fine of not more than $500.
"""


def document(text: str, path: str) -> Document:
    return read_document(text.encode(), path, HOUSE)


def acts(told: Document) -> list[AnyFact]:
    return [fact for fact in extract(told) if isinstance(fact, (Moved, Resolved))]


def test_a_motion_has_the_sums_of_its_text_each_once_and_no_others() -> None:
    told = document(MINUTES, "minutes/2031-05-04.md")
    motions = [fact for fact in acts(told) if isinstance(fact, Moved)]
    assert [[(each.value, each.currency) for each in fact.amounts] for fact in motions] == [[("2000", "GBP")]]
    (only,) = motions[0].amounts
    quoted = [" ".join(told.data[mark.start : mark.end].decode().split()) for mark in only.marks]
    assert quoted == ["two thousand pounds sterling", "£2,000"]
    assert all(mark.place for mark in only.marks)


def test_an_ordinance_has_the_sums_of_its_provisions() -> None:
    rows = resolve(extract(document(ORDINANCE, "ordinances/5.md"))).decisions
    assert [(each.text, each.value, each.currency) for row in rows for each in row.amounts] == [("$500", "500", "$")]
