"""Items of a sitting -> the matters they are about, and numbers by which matters are cited anywhere.

The title of an item says more than what its matter is called: ``13.ii Optional chaining update for stage 2 (30m)`` is
about ``Optional chaining``. What only says what is asked for it goes; what is left, folded, is the key ``title:optional
chaining``. A number (``number:pep 634``) and an address (``link:example.org/proposal-x``) are keys where the house says
how they look. Items that follow no matter (``Adoption of the agenda``) give none, and headings of parts of an item
(``Conclusion``) belong to the item above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from msgspec.structs import replace

from remembrancer.model import Item, Mark
from remembrancer.read import dates
from remembrancer.read.house import matches
from remembrancer.record.persons import fold
from remembrancer.register.document import Document, Statement
from remembrancer.register.facts import AnyFact, Discussed, Mention
from remembrancer.register.passes.rungs import scales, vocabulary_of

_NUMBER = re.compile(
    r"^\s*\d{1,3}(?:(?:[.)](?:\d{1,3}|[ivxl]{1,5}|[a-z]))*(?:\([\w.]+\))*[.):]?\s+(?=\D|\d{4}\b|\d+(?:st|nd|rd|th)\b)"
    r"|(?-i:[a-z])[.):]\s+(?=\D)|(?:\.\d{1,3})+(?:\([\w.]+\))*\s+(?=\d))",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"(?:^|\s|(?<=\w)(?=\[\d+\s?(?:m|min\w*|h|hours?)\]))(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]|\(?\d+\s?(?:m|min\w*|h|hours?)\)?)[.,;:]?\s*$"
)
_ISSUE = re.compile(r"(?:\s|^)\(?(?:[A-Za-z][\w./-]*)?#\d+\)?|https?://\S+")
_QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]+)[\"”]")
_SEVERED = re.compile(r"(?:and|or|&)\s", re.IGNORECASE)
_NOT_LETTER = re.compile(r"[\W_]+")
_NUMERAL = re.compile(r"\W*\b(?:no|nr|num|number|numbers|nos)\b\W*", re.IGNORECASE)
_LEADING = re.compile(r"(?<!\d)0+$")
_STRAY = re.compile(r"[A-Z]{2,4}: |#|[^\w\s]*\w+ ?\(\{|.*(?:=>|[;{])\s*$")
_JOINED = re.compile(r",\s+(?:and\s+)?|\s+(?:and|&|\+)\s+")
_OPPOSED = re.compile(r"\s+/\s+|[\s-]vs\b\.?[\s-]")
_PLURAL = re.compile(r"\w and (?:\S+ ){1,4}proposals\b", re.IGNORECASE)
_ARTICLES = frozenset({"the", "a", "an", "proposal", "proposals"})
_LETTERS = re.compile(r"[^\W_]")
_ANY_YEAR = "2000"
_INTRODUCTION = 800
"""An item's addresses are looked for in so many bytes before its first speech."""


def find(document: Document, found: Sequence[AnyFact]) -> Iterator[Discussed]:
    """The matters of the items of a document that tells of a sitting."""
    if not _is_of_sitting(document):
        return
    titles = Titles(document)
    known = {fact.item for fact in found if isinstance(fact, Discussed)}
    for statement, end in _headings(document):
        if statement.item is not None and document.proceedings.items[statement.item].id not in known:
            for nth, mention in enumerate(_mentions(document, statement, end, titles)):
                yield document.fact(
                    Discussed,
                    statement,
                    "matters.item",
                    nth=nth,
                    mention=mention,
                    title=document.proceedings.items[statement.item].title,
                )


def business_of(document: Document, item: int | None, titles: Titles | None = None) -> int | None:
    """The item on the order of business that a heading belongs to: itself, or where it only heads a part of an
    item (``Conclusion``), the one above; None where none of them follows a matter."""
    known = titles or Titles(document)
    for each in document.ancestors(item):
        if known.is_business(each):
            return each
        if known.is_stray(each):
            return next((before for before in range(each - 1, -1, -1) if known.is_business(before)), None)
    return None


def placed(document: Document, facts: Iterable[AnyFact]) -> list[AnyFact]:
    """Facts that stand under the heading of a part of an item (``Conclusion``), as facts of that item."""
    titles = Titles(document)
    items = document.proceedings.items
    above = {
        item.id: items[business].id
        for at, item in enumerate(items)
        if (business := business_of(document, at, titles)) is not None and business != at
    }
    return [replace(fact, item=above[fact.item]) if fact.item in above else fact for fact in facts]


def mention_of(
    title: str,
    document: Document,
    marks: tuple[Mark, ...] = (),
    links: Iterable[str] = (),
    titles: Titles | None = None,
) -> Mention | None:
    """The matter a title names, also by the numbers in it and the addresses beside it; None if it names none."""
    known = titles or Titles(document)
    cited = mentions_in(title, document)
    keys = [key for _, _, mention in cited for key in mention.keys]
    keys += [key for address in links if (key := link_key(address, document))]
    name = known.name(title)
    head = known.head(name)
    keys += [f"title:{folded}" for each in (name, head) if len(folded := known.folded(each)) > 1]
    keys += [f"title:{former}" for each in known.formers(title) if len(former := known.folded(known.name(each))) > 1]
    if not keys:
        return None
    number = cited[0][2].number if cited else ""
    return Mention(title=head or name or title.strip(), number=number, keys=tuple(dict.fromkeys(keys)), marks=marks)


def mentions_in(text: str, document: Document) -> list[tuple[int, int, Mention]]:
    """The matters a text cites by number, as ranges of characters with the matter; overlapping ones, the longest."""
    found: list[tuple[int, int, Mention]] = []
    for pattern in document.house.matters.number:
        for match in _compiled(pattern).finditer(text):
            written = " ".join(match[0].split())
            key = number_key(match[0], match["number"])
            found.append((*match.span(), Mention(title=written, number=written, keys=(key,))))
    kept: list[tuple[int, int, Mention]] = []
    for start, end, mention in sorted(found, key=lambda each: (each[0], -each[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, mention))
    return kept


def number_key(written: str, number: str) -> str:
    """The key of a number in the words around it: ``PEP-0634`` and ``PEPs 634`` are ``number:pep 634``."""
    before, _, after = written.partition(number)
    around = _NUMERAL.sub(" ", f"{_LEADING.sub('', before)} {after}")
    words = [re.sub(r"(?<=\w\w)s$", "", word) for word in folded_title(around).split()]
    value = number.strip().casefold()
    return " ".join(["number:" + " ".join(words), value.lstrip("0") or "0" if value.isdecimal() else value]).strip()


def link_key(address: str, document: Document) -> str:
    """The key of an address, or nothing where the house does not say that such an address is a matter's."""
    for pattern in document.house.matters.link:
        match = _compiled(pattern).search(address)
        if match:
            return f"link:{match['key'].casefold().rstrip('/')}"
    return ""


@cache
def folded_title(title: str) -> str:
    """Without case, accents, punctuation, code marks and articles: ``The Promise.any proposal`` is ``promise any``."""
    words = _NOT_LETTER.sub(" ", fold(title)).split()
    kept = [word for word in words if word not in _ARTICLES]
    return " ".join(kept or words)


class Titles:
    """What the words of a language and a house make of titles of items; one for each document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        vocabulary = vocabulary_of(document.language, document.house)
        many = "|".join(scale.many for scale in scales(document.language, document.house)) or "(?!)"
        own = document.house.matters
        self._asks = re.compile(rf"(?:{many})", re.IGNORECASE)
        self._asked = re.compile(rf"({many})\s*(?:[/;,&+]|\band\b)\s*(?=[^\W\d_])", re.IGNORECASE)
        self._list = re.compile(rf"(?:{many})\s*:\s*(.+)", re.IGNORECASE)
        self._before = _anchored(rf"^[^\w\"“]*{vocabulary.any_of('before')}(?!\w)[:,]?\s*", many)
        self._after = _anchored(rf"(?:(?<=\W)|(?<!\w)){vocabulary.any_of('after')}\W*$", many)
        self._leave_out = [_compiled(pattern) for pattern in own.leave_out]
        self._stray = _compiled(vocabulary.any_of("stray"))
        self._splits = vocabulary.pattern("splits")
        self._silent = vocabulary.pattern("silent")
        self._headed = _compiled(vocabulary.any_of("headed"))
        self._formerly = [_compiled(each) for each in vocabulary["formerly"]]
        self._none = _compiled(rf"\W*(?:{'|'.join([*own.not_matters, vocabulary.any_of('not_matters')])})\W*")
        sections = document.house.sections
        self._sections = _compiled("|".join(f"(?:{each})" for every in sections.values() for each in every))
        self._conclusions = _compiled("|".join(f"(?:{each})" for each in sections.get("conclusion", ())) or "(?!)")
        self._business: dict[int, bool] = {}

    @cached_property
    def _groups(self) -> frozenset[int]:
        """Items that only gather others below them: nothing but headings of other matters stands under them."""
        items = self._document.proceedings.items
        spoken = {speech.item for speech in self._document.proceedings.speeches}
        return frozenset(
            each.parent
            for each in items
            if each.parent is not None
            and each.parent not in spoken
            and not self._heads_part(each.title)
            and not self._asks.search(items[each.parent].title)
            and _is_numbered(each) >= _is_numbered(items[each.parent])
        )

    @cached_property
    def _concluded(self) -> frozenset[int]:
        """Items under which a heading of their conclusions stands."""
        items = self._document.proceedings.items
        return frozenset(
            each.parent for at, each in enumerate(items) if each.parent is not None and self.is_conclusion(at)
        )

    def _heads_part(self, title: str) -> bool:
        plain = " ".join(_NUMBER.sub("", title).replace("`", "").split())
        return not plain or bool(self._none.fullmatch(plain) or self._sections.fullmatch(plain))

    def is_business(self, item: int) -> bool:
        """Whether an item follows a matter of its own and heads no part of another item."""
        if item not in self._business:
            self._business[item] = self._is_business(item)
        return self._business[item]

    def is_conclusion(self, item: int) -> bool:
        """Whether an item is the heading of conclusions, by the house's words."""
        return self._conclusions.fullmatch(self._document.proceedings.items[item].title) is not None

    def is_stray(self, item: int) -> bool:
        """Whether what was read as a heading is a speech or a line of code in the midst of the item before it, or
        only puts a rung to the sitting (``Poll: advance to stage 3?``)."""
        title = self._document.proceedings.items[item].title
        if (_STRAY.match(title) and not self._before.match(title)) or self._stray.fullmatch(title):
            return True
        return bool(self._asks.search(title)) and not self.name(title)

    def name(self, title: str) -> str:
        """A title without what only says what is asked for the matter it names."""
        name = _NUMBER.sub("", " ".join(title.replace("`", "").split()))
        for pattern in (*self._formerly, *self._leave_out):
            name = pattern.sub(" ", name)
        return self._stripped(" ".join(_ISSUE.sub(" ", name).split()))

    def folded(self, name: str) -> str:
        """A name as a key has it, without the words that in this house tell no matters apart."""
        return folded_title(self._silent.sub(" ", name)) or folded_title(name)

    def head(self, name: str) -> str:
        """What stands before a colon where that names the matter: ``Mill bridge`` of ``Mill bridge: tenders``."""
        before, colon, after = name.partition(": ")
        named = colon and after and len(folded_title(before).split()) > 1 and not self._headed.fullmatch(before)
        return before.strip() if named else ""

    def formers(self, title: str) -> list[str]:
        """What a title says its matter was called before."""
        return [match["title"].strip() for pattern in self._formerly for match in pattern.finditer(title)]

    def parts(self, title: str) -> list[str]:
        """A title as those of its matters: ``A for stage 4 / B for stage 2`` and ``A.b, C.d`` are about two."""
        parts = self._asked.sub(lambda match: match[1] + "\n", title).split("\n")
        if len(parts) > 1 and all(len(folded_title(self.name(part))) > 2 for part in parts):
            return parts
        rest = self._list.search(title)
        listed = [each for each in _JOINED.split(self.name(rest[1] if rest else title)) if each.strip()]
        named = _PLURAL.search(title) is not None and len(listed) == 2
        return listed if len(listed) > 1 and (named or all(_is_code(each) for each in listed)) else [title]

    def conjuncts(self, title: str) -> list[str]:
        """The names that a title lists: ``A, B and C``, ``A / B`` or ``A vs. B``."""
        return [part for each in _JOINED.split(self.name(title)) for part in _OPPOSED.split(each) if part.strip()]

    def _is_business(self, item: int) -> bool:
        written = self._document.proceedings.items[item]
        if self._heads_part(written.title) or is_day(written.title) or self.is_stray(item) or item in self._groups:
            return False
        above = next((each for each in self._document.ancestors(written.parent) if self.is_business(each)), None)
        if above is None or _is_numbered(written) or self._asks.search(written.title):
            return True
        if self._links(written):
            return True
        presented = above in self._concluded or _BRACKET.search(written.title) is not None or _is_code(written.title)
        return bool(mentions_in(written.title, self._document)) or (item in self._concluded and presented)

    def _links(self, item: Item) -> bool:
        """Whether the address of a matter stands in a heading."""
        addresses = self._document.links(item.spans[0].start, item.spans[-1].end) if item.spans else []
        return any(link_key(address, self._document) for address, _ in addresses)

    def splits(self, title: str) -> bool:
        """Whether a title is about what is to be taken out of a matter: the address in it is that matter's."""
        return self._splits.search(title) is not None

    def _stripped(self, name: str) -> str:
        while True:
            shorter = _BRACKET.sub("", name).strip(" \t.,;:–—-/!?")
            if quoted := _QUOTED.fullmatch(shorter):
                return quoted["words"].strip()
            for pattern in (self._after, self._before):
                kept = pattern.sub("", shorter).strip()
                shorter = shorter if _SEVERED.match(kept) else kept
            shorter = shorter if folded_title(shorter) else ""
            if shorter == name or not shorter:
                return shorter
            name = shorter


def _is_of_sitting(document: Document) -> bool:
    """Whether a document is no paper of the body's and has a date, an attendance or speeches."""
    proceedings = document.proceedings
    told = any(document.dates) or any(sitting.attendance for sitting in proceedings.sittings) or proceedings.speeches
    return bool(told) and not any(matches(papers.path, document.path) for papers in document.house.papers)


def _headings(document: Document) -> Iterator[tuple[Statement, int]]:
    """The headings of items, each with the byte at which what is said under it, or the next heading, begins."""
    end = len(document.data)
    for statement in reversed(document.statements):
        if statement.kind == "item" and statement.pieces:
            yield statement, end
        if statement.kind != "text" and statement.pieces:
            end = statement.pieces[0].start


def _mentions(document: Document, statement: Statement, end: int, titles: Titles) -> list[Mention]:
    if statement.item is None or not titles.is_business(statement.item):
        return []
    title = document.proceedings.items[statement.item].title
    parts = titles.parts(title)
    links = [] if titles.splits(title) else _own_links(document, statement.pieces[0].start, end)
    marks = document.marks(statement)
    if len(parts) == 1:
        mention = mention_of(title, document, marks, links[:1], titles)
        return [mention] if mention else []
    paired = [[link] for link in links] if len(links) == len(parts) else [[] for _ in parts]
    made = [mention_of(part, document, marks, link, titles) for part, link in zip(parts, paired, strict=True)]
    return [mention for mention in made if mention]


def _own_links(document: Document, start: int, end: int) -> list[str]:
    """The addresses of matters in a heading and before what is said under it, each key once."""
    if not document.house.matters.link:
        return []
    known: dict[str, str] = {}
    for address, _ in document.links(start, min(end, start + _INTRODUCTION)):
        if key := link_key(address, document):
            known.setdefault(key, address)
    return list(known.values())


def _is_numbered(item: Item) -> bool:
    return bool(item.number or _NUMBER.match(item.title))


def is_day(title: str) -> bool:
    """Whether a title is nothing but a date or a month: such a heading opens a sitting, and is no matter of it."""
    return any(_is_date(written) for written in (title, f"{title} {_ANY_YEAR}"))


def _is_date(written: str) -> bool:
    rest = list(written)
    for found in dates.find(written, _ANY_YEAR):
        rest[found.start : found.end] = " " * (found.end - found.start)
    return "".join(rest) != written and not _LETTERS.search("".join(rest))


def _is_code(text: str) -> bool:
    """Whether a text is one word that is a name in code, as ``Intl.Locale``."""
    return " " not in text and bool(re.search(r"\w[.#]\w|[a-z][A-Z]", text))


def _anchored(expression: str, many: str) -> re.Pattern[str]:
    return re.compile(expression.replace("{rungs}", f"(?:{many})"), re.IGNORECASE)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
