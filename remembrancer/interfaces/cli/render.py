"""What a person reads: the answer first, the evidence beneath it, ids that can be copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from remembrancer.interfaces.cli.lines import Line
from remembrancer.plain import plain

if TYPE_CHECKING:
    from remembrancer.memory.cite import Hit
    from remembrancer.memory.views import (
        AttendeeView,
        ElementView,
        FindingView,
        ItemView,
        PersonView,
        SittingLine,
        SittingView,
        SourceView,
        SpeechView,
        TextView,
    )
    from remembrancer.office import BodyName
    from remembrancer.office.changing.granting import GrantView
    from remembrancer.office.registers.registered_views import ClaimView
    from remembrancer.office.showing.auditing import LogLine
    from remembrancer.office.showing.withheld import Closed

Parts = Iterator[Line]

DIM, STRONG, ID, WARN = "dim", "bold", "cyan", "yellow"
SHORT = 12
"""Characters of a SHA-256 that a person needs to name a source."""


def claimed(claim: ClaimView) -> Parts:
    """A reported claim, how many independent origins it has, and each chain."""
    origins = count(len(claim.origins), "independent origin")
    yield Line(Text(f"Reported, from {origins}: “{' '.join(claim.text.split())}”"))
    for chain in claim.chains:
        yield indented(Text(" ← ".join(chain), DIM))


def hits(value: Sequence[Hit], verbose: bool = False) -> Parts:
    """Passages; ``verbose`` shows each among the lines around it."""
    if not value:
        yield Line(Text("Nothing in the record matches.", STRONG))
    for number, hit in enumerate(value, 1):
        if number > 1:
            yield Line(Text())
        yield from _hit(number, hit, verbose)


def _hit(number: int, hit: Hit, verbose: bool) -> Parts:
    """The words, then who said them and when, then where they stand."""
    before, after = _around(hit) if verbose else ([], [])
    yield from (indented(Text(line, DIM)) for line in before)
    yield Line(Text(f"“{hit.text}”"), f"{number:>2}. ")
    yield from (indented(Text(line, DIM)) for line in after)
    who = (hit.speaker, STRONG) if hit.speaker else (hit.kind, "")
    yield indented(joined([who, (hit.date or "undated", ""), (hit.sitting, ID)]))
    yield indented(hit_line(hit))


def _around(hit: Hit) -> tuple[list[str], list[str]]:
    """The lines of a hit's window before its words and after them."""
    if not hit.window or not hit.spans:
        return [], []
    window = hit.window.quote.encode()
    sides = window[: hit.spans[0].start - hit.window.start], window[hit.spans[-1].end - hit.window.start :]
    before, after = ([text for line in side.decode().split("\n") if (text := plain([line]))] for side in sides)
    return before, after


def hit_line(hit: Hit) -> Text:
    """Where a hit stands, with what authority, and its id."""
    return joined([(_where(hit.path, hit.place), DIM), (hit.authority, DIM), (hit.id, ID)])


def sittings(value: Sequence[SittingLine | Closed]) -> Parts:
    if not value:
        yield Line(Text("No sittings are in the record yet."))
    for line in value:
        if isinstance(line, tuple):
            yield from _closed(line)
            continue
        yield Line(Text(line.title or "(untitled)", STRONG), f"{_dates(line.dates):<11} ")
        counts = f"{count(line.items, 'item')}, {count(line.speeches, 'speech', 'speeches')}"
        yield indented(joined([(line.id, ID), (counts, ""), (line.venue, ""), (line.authority, "")]), 12)


def sources(value: Sequence[SourceView | Closed]) -> Parts:
    if not value:
        yield Line(Text("No sources are in the record yet."))
    for source in value:
        if isinstance(source, tuple):
            yield from _closed(source)
            continue
        yield Line(Text(source.path, STRONG))
        yield indented(_source_line(source))


def _closed(known: Closed) -> Parts:
    """What of something closed may be known."""
    yield Line(Text(known.title, STRONG))
    yield indented(Text(f"closed: {known.ground}", WARN))


def _source_line(source: SourceView) -> Text:
    closed = source.visibility if source.visibility not in ("open", "") else ""
    facts = [source.reader, source.authority, closed, "removed" if source.gone else "", _size(source.size)]
    left_out = count(len(source.not_extracted), "part") + " not extracted" if source.not_extracted else ""
    return joined([(source.id[:SHORT], ID), *((each, "") for each in facts), (left_out, WARN)])


def people(value: Sequence[PersonView]) -> Parts:
    if not value:
        yield Line(Text("Nobody is named in the record yet."))
    for person in value:
        about = ", ".join([*person.roles, *person.affiliations])
        yield Line(Text.assemble((person.name, STRONG), f"  {about}" if about else ""))
        counts = [
            f"listed at {count(person.sittings, 'sitting')}",
            count(person.speeches, "speech", "speeches"),
        ]
        yield indented(joined([(person.id, ID), *((each, "") for each in counts)]))


def findings(value: Sequence[FindingView]) -> Parts:
    if not value:
        yield Line(Text("There are no findings."))
    for code, count in Counter(each.code for each in value).most_common():
        yield Line(Text.assemble((code, STRONG), f"  {count}"))
        for each in value:
            if each.code == code:
                yield from _finding(each.message, each.advice, _where(each.path, each.place), each.id)


def _finding(message: str, advice: str, where: str, identity: str) -> Parts:
    yield indented(Text(message), 2)
    if advice:
        yield indented(Text(advice, DIM), 4)
    yield indented(joined([(where, DIM), (identity, ID)]), 4)


def show_finding(value: FindingView) -> Parts:
    yield Line(Text(value.code, STRONG))
    yield from _finding(value.message, value.advice, _where(value.path, value.place), value.id)
    if value.span:
        yield Line(Text())
        yield indented(Text(f"“{value.span.quote}”"), 4)


def show_sitting(value: SittingView) -> Parts:
    yield Line(Text(value.title or "(untitled)", STRONG))
    yield Line(joined([(_dates(value.dates), ""), (value.venue, ""), (value.authority, ""), (value.id, ID)]))
    yield from _attendance(value.attendance)
    if value.items:
        yield Line(Text())
        yield Line(Text("Order of business", STRONG))
    spoken = Counter(each.item for each in value.speeches)
    for item in value.items:
        yield from _item_line(item, spoken[item.id])
    yield Line(Text())
    alone = spoken[""]
    counts = f"{count(len(value.speeches), 'speech', 'speeches')}" + (f", {alone} under no item" if alone else "")
    sources = ", ".join(source[:SHORT] for source in value.sources)
    yield Line(Text.assemble(f"{counts}. Told by {count(len(value.sources), 'source')}: ", (sources, ID)))
    if value.items:
        yield Line(Text("Read an item: remembrancer show ITEM", DIM))
    else:
        yield from _under(value.speeches, value.texts)


def _under(speeches: Sequence[SpeechView], texts: Sequence[TextView]) -> Parts:
    """What a sitting without items says, in order."""
    spoken: list[SpeechView | TextView] = [*speeches, *texts]
    for each in sorted(spoken, key=lambda one: [(span.source, span.start) for span in one.spans[:1]]):
        yield Line(Text())
        yield from _passage(each)


def _attendance(lines: Sequence[AttendeeView]) -> Parts:
    for title, present in (("Present", True), ("Absent", False), ("Named", None)):
        named = [_attendee(line) for line in lines if line.present is present]
        if named:
            yield Line(Text())
            yield Line(Text.assemble((title, STRONG), f"  {len(named)}"))
            yield indented(Text("; ".join(named)), 2)


def _attendee(line: AttendeeView) -> str:
    about = ", ".join(each for each in (line.role, line.affiliation) if each)
    stay = " ".join(f"{word} {when}" for word, when in (("from", line.since), ("until", line.until)) if when)
    return line.label + (f" ({about})" if about else "") + (f" {stay}" if stay else "")


def _item_line(item: ItemView, speeches: int) -> Parts:
    indent = 2 * max(item.level - 1, 0) if item.level < 5 else 8
    yield indented(Text(_titled(item)), 2 + indent)
    closed = (
        f"{item.visibility}: {item.ground}" if item.ground else item.visibility if item.visibility != "open" else ""
    )
    facts = [(item.id, ID), (count(speeches, "speech", "speeches") if speeches else "", ""), (closed, WARN)]
    yield indented(joined(facts), 4 + indent)


def _titled(item: ItemView) -> str:
    """Number and title; many titles begin with their number."""
    if not item.number or item.title.startswith(item.number):
        return item.title
    return f"{item.number} {item.title}"


def show_element(value: ElementView) -> Parts:
    from remembrancer.memory.views import ItemView  # What is shown is made of it: it is loaded by now.

    element = value.element
    yield from _item_heading(element) if isinstance(element, ItemView) else _passage(element)
    yield indented(joined([(value.date or "undated", ""), (value.sitting, ID), (value.authority, "")]), 2)
    yield indented(Text(_where(value.path, value.element.place), DIM), 2)
    for title, others in (("Revises", value.revises), ("Revised by", value.revised_by)):
        for other in others:
            yield indented(joined([(f"{title}", ""), (other.id, ID), (other.authority, "")]), 2)
    for each in value.under:
        yield Line(Text())
        yield from _passage(each)


def _item_heading(item: ItemView) -> Parts:
    yield Line(Text(_titled(item), STRONG))
    if item.ground:
        yield Line(Text(f"Closed: {item.ground}", WARN))


def _passage(each: SpeechView | TextView) -> Parts:
    speaker = getattr(each, "speaker", "")
    if speaker:
        yield Line(joined([(speaker, STRONG), (getattr(each, "time", ""), DIM)]))
    yield indented(Text(each.text), 2)
    yield indented(joined([(each.id, ID), (each.place, DIM)]), 2)


def show_source(value: SourceView) -> Parts:
    yield Line(Text(value.path, STRONG))
    yield Line(Text(value.id, ID))
    yield Line(joined([(value.reader, ""), (value.authority, ""), (value.visibility, ""), (_size(value.size), "")]))
    yield Line(Text(f"recorded {value.recorded}; its text is {value.rendition}", DIM))
    for sitting in value.sittings:
        yield Line(joined([("tells", ""), (sitting, ID)]))
    if value.account:
        yield Line(Text(_letters(value.account)))
    for part in value.not_extracted:
        yield Line(Text(f"Not extracted: {part}", WARN))


def show_person(value: PersonView) -> Parts:
    yield from people([value])
    yield indented(Text("written " + ", ".join(value.labels)), 4)


SHOWN: dict[str, Callable[[Any], Parts]] = {
    "show-sitting": show_sitting,
    "show-element": show_element,
    "show-source": show_source,
    "show-person": show_person,
    "show-finding": show_finding,
}


def founded(value: Mapping[str, Any]) -> Parts:
    yield Line(Text(f"An office for {value['body'].name} is in {value['office']}.", STRONG))
    yield Line(Text())
    yield Line(Text(f"Next, read the body's documents: remembrancer read PATH -o {value['office']}"))
    yield Line(Text("To name the office once and for all, set REMEMBRANCER_OFFICE.", DIM))


def bodies(value: Sequence[BodyName]) -> Parts:
    for body in value:
        yield Line(Text.assemble((body.slug, ID), f"  {body.name}"))


def toml(value: Mapping[str, str]) -> Parts:
    yield from verbatim(value["toml"] or "# The samples show no convention that needs to be written down.")


def house(value: Mapping[str, str]) -> Parts:
    if value["toml"]:
        yield from verbatim(value["toml"])
    else:
        yield Line(Text("No house is set: conventions are detected. Propose one: remembrancer house guess PATH"))


def house_set(value: Mapping[str, str]) -> Parts:
    yield Line(Text("The house is in force from now on.", STRONG))
    yield Line(Text("Read the documents again to apply it: remembrancer read PATH"))


def verbatim(text: str) -> Parts:
    """As it is: never wrapped."""
    for line in text.removesuffix("\n").split("\n"):
        yield Line(Text(line), fixed=True)


def read(value: Mapping[str, Any]) -> Parts:
    totals, files = value["totals"], value["files"]
    known = totals["files"] - totals["new"] - totals["unreadable"]
    told = [f"{totals['new']} new", f"{known} in the record already" if known else ""]
    told.append(f"{totals['unreadable']} that could not be read" if totals["unreadable"] else "")
    yield Line(Text(f"{count(totals['files'], 'file')}: {', '.join(each for each in told if each)}.", STRONG))
    yield from _found(totals)
    noticed = [(file["path"], finding) for file in files for finding in file["findings"]]
    if noticed:
        yield Line(Text())
        yield Line(Text(count(len(noticed), "finding"), STRONG))
        yield from _grouped(noticed)
        yield Line(Text("All of them: remembrancer findings", DIM))
    if totals["letters"]:
        yield Line(Text())
        yield Line(Text('Next: remembrancer sittings, or ask: remembrancer ask "..."', DIM))


def _found(totals: Mapping[str, int]) -> Parts:
    if not totals["letters"]:
        return
    words = (("sitting", "sittings"), ("item", "items"), ("speech", "speeches"))
    counts = [count(totals[plural], one, plural) for one, plural in words]
    counts.append(count(totals["attendance"], "line") + " of attendance")
    yield Line(Text("Found " + ", ".join(counts) + "."))
    percent = 100 * totals["letters_in_speech_or_item"] / totals["letters"]
    yield Line(Text(f"{percent:.1f} % of the letters stand in speeches and items; the rest is kept in its place."))


def _grouped(noticed: Sequence[tuple[str, Mapping[str, str]]]) -> Parts:
    """By code, one example each."""
    for code, count in Counter(finding["code"] for _, finding in noticed).most_common():
        path, example = next(each for each in noticed if each[1]["code"] == code)
        yield Line(Text.assemble("  ", (code, WARN), f"  {count}"))
        yield indented(Text(f"{_where(path, example['place'])}: {example['message']}"), 4)
        if example["advice"]:
            yield indented(Text(example["advice"], DIM), 4)


def account(value: Sequence[Mapping[str, Any]]) -> Parts:
    for line in value:
        yield Line(joined([(line["path"], STRONG), (line["reader"], "")]))
        yield indented(Text(_letters(line)), 2)
        for part in line["not_extracted"]:
            yield indented(Text(f"not extracted: {part}", WARN), 2)


def _letters(account: Mapping[str, Any]) -> str:
    parts = ("in_speech", "in_item", "other", "markup", "in_findings")
    return f"{account['letters']} letters: " + ", ".join(f"{account[part]} {part.replace('_', ' ')}" for part in parts)


def log(value: Sequence[LogLine]) -> Parts:
    for line in value:
        closed = line.visibility if line.visibility != "open" else ""
        about = _about(line.payload or {}) if line.state == "shown" else line.state
        told = [(line.kind, STRONG), (closed, WARN), (line.by, ""), (about, DIM)]
        yield Line(joined(told), f"{line.number:>6}  {line.at}  ")


def _about(payload: Mapping[str, Any]) -> str:
    """What an entry is about, for one line."""
    told = [
        str(payload[key]) for key in ("name", "path", "id", "principal", "role", "reason", "period") if payload.get(key)
    ]
    told += [str(payload[key]) for key in ("class", "authority", "reader") if payload.get(key)]
    return " ".join(told) or str(payload.get("source", ""))[:SHORT]


def verification(value: Mapping[str, Any]) -> Parts:
    problem, extraction = value["problem"], value["extraction"]
    if problem is not None:
        yield Line(Text("The record does not hold.", "bold red"))
        yield Line(Text(f"{problem.where}: {problem.message} ({problem.part})"))
        return
    yield Line(Text("The record holds." if value["holds"] else "The texts are not those of the sources.", STRONG))
    counts = [
        count(value["size"], "entry", "entries"),
        count(value["blobs"], "blob"),
        count(value["heads"], "head"),
    ]
    yield Line(Text(f"{', '.join(counts)} checked."))
    yield Line(Text(f"Root: {value['root']}"))
    if value["removed_payloads"]:
        why = "not in it: closed, or removed" if value["export"] else "lawfully removed; entries say by whom and why"
        yield Line(Text(f"{count(value['removed_payloads'], 'payload')} {why}."))
    if value["unchecked_signatures"]:
        yield Line(Text(f"{count(value['unchecked_signatures'], 'signature')} by keys that are not known here.", WARN))
    if extraction is not None:
        yield Line(Text(f"{count(extraction.checked, 'text')} made again from its source and found the same."))
        for title, group in (("Different", extraction.different), ("Not re-checked", extraction.unchecked)):
            for each in group:
                yield Line(Text(f"{title}: {each.path or each.source[:SHORT]}: {each.reason}", WARN))


def exported(value: Mapping[str, Any]) -> Parts:
    yield Line(Text(f"Exported to {value['directory']}.", STRONG))
    if value["size"] is not None:
        left = f"; left out as closed: {value['closed_payloads']} payloads, {value['closed_blobs']} blobs"
        counts = (("size", "entry", "entries"), ("payloads", "payload", ""), ("blobs", "blob", ""))
        told = ", ".join(count(value[key], one, many) for key, one, many in counts)
        yield Line(Text(told + (left if value["public"] else "")))
    yield Line(Text(f"Anybody can check it: remembrancer record verify --export {value['directory']}", DIM))


def copied(value: Mapping[str, Any]) -> Parts:
    yield Line(Text(f"Copied into {value['file']}.", STRONG))
    for name in value["removed"]:
        yield Line(Text(f"Gone for it: {name}", DIM))


def entered(value: Mapping[str, Any]) -> Parts:
    if value["already"]:
        yield Line(Text(f"Settled already: entry {value['entry']} of the record says so."))
    else:
        yield Line(Text(f"Done: entry {value['entry']} of the record says so."))


def disposal(value: Mapping[str, Any]) -> Parts:
    if not value["sources"]:
        yield Line(Text("Nothing is due."))
        return
    word = "Disposed of" if value["done"] else "Would dispose of"
    yield Line(Text(f"{word} {count(len(value['sources']), 'source')}:", STRONG))
    for one in value["sources"]:
        facts = (
            one["source"][:SHORT],
            one["authority"],
            f"due {one['due']} ({one['period']} from {one['since']})",
        )
        yield indented(joined([(one["path"], ""), *((each, DIM) for each in facts)]), 2)


def holds(value: Sequence[Any]) -> Parts:
    if not value:
        yield Line(Text("Nothing is held."))
    for hold in value:
        what = ["everything"] if hold.everything else [*(sha[:SHORT] for sha in hold.sources), *hold.authorities]
        yield Line(joined([(str(hold.entry), ID), (hold.at[:10], ""), (", ".join(what), STRONG), (hold.reason, "")]))


def schedules(value: Iterable[Any]) -> Parts:
    for each in value:
        origin = "by default" if each.entry is None else f"entry {each.entry}"
        yield Line(Text(f"{each.authority:<12}{each.period} from {each.since}  ({origin})"))
    yield Line(Text("Whatever is not named here stays for good.", DIM))


def grants(value: Iterable[GrantView]) -> Parts:
    for each in value:
        term = " ".join(part for part in (f"from {each.since}" if each.since else "", _until(each)) if part)
        who = f"{each.name} ({each.principal})" if each.name else each.principal
        yield Line(joined([(str(each.entry), ID), (each.role, STRONG), (who, ""), (term, DIM)]))


def _until(grant: GrantView) -> str:
    return f"to {grant.until}" if grant.until else ""


def _where(path: str, place: str) -> str:
    return ", ".join(each for each in (path, place) if each)


def _dates(dates: Sequence[str]) -> str:
    return ", ".join(dates) if dates else "undated"


def count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def joined(parts: Sequence[tuple[str, str]]) -> Text:
    """The parts that say something, with dots between them."""
    text = Text()
    for words, style in parts:
        if words:
            text.append(" · " if text else "", DIM).append(words, style)
    return text


def indented(text: Text, by: int = 4) -> Line:
    return Line(text, " " * by)
