"""JSON, JSON Lines and YAML (and, through ``delimited``, CSV and TSV): fields that a house maps.

The rendition is made here: every string on lines of its own, in the order of the file, but the number and
title of an item first, and the speaker of a speech before its words::

    {"date": "2020-01-07", "turns": [{"words": "I object.", "who": "Ames"}], "pages": 12}

with the mapping ``speeches = "turns[*]", speaker = "who", text = "words", date = "date"`` becomes the lines
``2020-01-07``, ``Ames``, ``I object.``, at the places ``date``, ``turns[0].who`` and ``turns[0].words``.
Keys are no letters unless the mapping says so (``keys``: an object from names to votes); numbers, truth values
and what the mapping omits are listed as not extracted, by address.
Strings that nothing maps are texts in place. Without a mapping a list of objects with a speaker and words is
taken for speeches; where there is none the file is texts. A file that cannot be parsed is kept as plain text.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from remembrancer.model import Attendee, Reading, Rendition, Section
from remembrancer.read import dates, delimited, encoding
from remembrancer.read.addresses import Role, Roles, key_shape
from remembrancer.read.attendance import Listing, moment
from remembrancer.read.form import LETTER, Form, Range, places_in_bytes
from remembrancer.read.house import FieldMapping, House, mapping_for, visibility_of
from remembrancer.read.listed import PARENTHESES, person
from remembrancer.read.opening import date_by_path, open_sitting
from remembrancer.read.recording_time import recording_time
from remembrancer.saying import remark

NAME = "fields"
VERSION = 1
EXTRACTOR = "fields/1"
DEEPEST = 200
"""How many containers deep a file may be; below that it is kept as plain text."""
MOST_LISTED = 200

_ENDINGS = (".json", ".jsonl", ".ndjson", ".geojson", ".yaml", ".yml")
_SPEAKER_KEYS = ("speaker", "speaker_name", "speakername", "sender", "nick")
_TEXT_KEYS = ("text", "content", "words", "transcription", "transcript", "payload", "message", "utterance", "speech")
_TIME_KEYS = ("time", "timestamp", "start_time", "start")
_DATE_KEYS = ("date", "datetime", "meeting_date", "session_datetime", "start_date", "start_time")
_FIRST = {"speaker": 0, "item_number": 0, "item_title": 1, "time": 1, "text": 2}
_LAID_NUMBERS = frozenset({"item_number", "item_title", "title", "text", "speaker", "date", "chair"})


class _Number(str):
    """A number or truth value as the file writes it."""

    __slots__ = ()


@dataclass(slots=True)
class _Node:
    """A value laid out: its range in the text, its role, and the nodes of its members.

    ``kind``: an ``object``, an ``entry`` (an object in a list), a ``list`` or a ``scalar``.
    """

    role: Role
    kind: str
    value: str | None
    span: Range
    members: list[_Node] = field(default_factory=list)

    def first(self, name: str) -> _Node | None:
        """The first member with a role, however deep below objects that have none."""
        for member in self.members:
            if member.role.name == name:
                return member
            if member.kind == "object" and not member.role.name and (found := member.first(name)):
                return found
        return None


def recognises(data: bytes, path: str, house: House) -> bool:
    """By the ending; without one, by a first line that opens an object or a list of objects."""
    name = path.lower().rpartition("/")[2]
    if name.endswith((*_ENDINGS, *delimited.ENDINGS)):
        return encoding.is_text(data)
    return "." not in name and re.match(rb"(\xef\xbb\xbf)?\s*(\{\s*\"|\[\s*\{)", data[:4096]) is not None


def read(data: bytes, path: str, house: House) -> Reading:
    """The reading of one structured file."""
    mapping = mapping_for(path, house)
    if path.lower().endswith(delimited.ENDINGS):
        return delimited.read(f"{NAME}/{VERSION}", data, path, house, mapping)
    decoded = encoding.decode(data)
    text = decoded.text.lstrip("\ufeff")
    try:
        value = _load(text, path)
        layout = _Layout(Roles(mapping or _detected(value)), limit=20 * len(text) + 10_000)
        root = layout.lay(value)
    except _MalformedError as error:
        return _as_plain_text(data, decoded, error)
    form = Form(layout.text(), layout.places, house.language)
    for finding in decoded.findings:
        form.finding(finding.code, finding.message, finding.advice)
    for address in layout.repeated:
        form.finding(
            "duplicate-key", remark("The key %(key)s stands twice in one object; both values were kept.", key=address)
        )
    if root is not None:
        _Filler(form, house, path).fill(root)
    rendition = Rendition(
        form.text.encode(), EXTRACTOR, places_in_bytes(form.text, form.places), layout.not_extracted()
    )
    return Reading(f"{NAME}/{VERSION}", rendition, form.finish())


class _MalformedError(Exception):
    """``code`` and ``message`` of the finding; ``line`` where it is, or 0."""

    def __init__(self, code: str, message: str, advice: str, line: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.advice, self.line = code, message, advice, line


def _load(text: str, path: str) -> Any:
    if path.lower().endswith((".yaml", ".yml")):
        return _load_yaml(text)
    if path.lower().endswith((".jsonl", ".ndjson")):
        lines = enumerate(text.splitlines(), 1)
        return [_load_json(line, number) for number, line in lines if line.strip()]
    return _load_json(text)


def _load_json(text: str, line: int = 0) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_int=_Number, parse_float=_Number, parse_constant=_Number
        )
    except json.JSONDecodeError as error:
        at = line or error.lineno
        raise _MalformedError(
            "malformed-json",
            remark(
                "This is not valid JSON: %(error)s at line %(n)s, column %(m)s. It was kept as plain text.",
                error=error.msg,
                n=at,
                m=error.colno,
            ),
            remark("Correct that place (often a comma or quotation mark before it) and read the file again."),
            at,
        ) from error
    except RecursionError as error:
        raise _too_deep() from error


def _too_deep() -> _MalformedError:
    return _MalformedError(
        "too-deep",
        remark("The file is nested more than %(n)s levels deep. It was kept as plain text.", n=DEEPEST),
        remark("No record of proceedings is nested so; look where the file comes from."),
    )


class _Pairs(dict[str, Any]):
    """An object some of whose keys stand twice; the later ones end in ``#2``, ``#3``."""

    __slots__ = ("repeated",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        self.repeated: list[str] = []
        for key, value in pairs:
            number, free = 2, key
            while free in self:
                free, number = f"{key}#{number}", number + 1
            if free != key:
                self.repeated.append(key)
            self[free] = value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    return members if len(members) == len(pairs) else _Pairs(pairs)


def _load_yaml(text: str) -> Any:
    yaml = YAML(typ="base", pure=True)
    yaml.allow_duplicate_keys = True
    try:
        documents = list(yaml.load_all(io.StringIO(text)))
    except RecursionError as error:
        raise _too_deep() from error
    except (YAMLError, ValueError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        why = getattr(error, "problem", "") or str(error).splitlines()[0]
        raise _malformed_yaml(why, mark.line + 1 if mark else 0, mark.column + 1 if mark else 0) from error
    return documents[0] if len(documents) == 1 else documents


def _malformed_yaml(why: str, line: int, column: int) -> _MalformedError:
    what = remark("This is not valid YAML: %(error)s. It was kept as plain text.", error=why)
    if line:
        what = remark(
            "This is not valid YAML: %(error)s at line %(n)s, column %(m)s. It was kept as plain text.",
            error=why,
            n=line,
            m=column,
        )
    advice = remark(
        "Correct that place (often an indent, a tab or a colon in an unquoted text) and read the file again."
    )
    return _MalformedError("malformed-yaml", what, advice, line)


def _as_plain_text(data: bytes, decoded: encoding.Decoded, error: _MalformedError) -> Reading:
    """The source itself, each line a text, with the finding at the line it is about."""
    form = Form(decoded.text)
    place = None
    for line in re.finditer(r"[^\r\n]+", decoded.text):
        if line[0].strip():
            form.text_at([line.span()])
    if error.line:
        place = _line_range(decoded.text, error.line)
    form.finding(error.code, error.message, error.advice, at=place)
    return encoding.reading(f"{NAME}/{VERSION}", data, decoded, form.finish())


def _line_range(text: str, line: int) -> Range:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end


class _Layout:
    """Writes the values of a file as lines, in order, and keeps what it leaves out."""

    def __init__(self, roles: Roles, limit: int) -> None:
        self.roles = roles
        self.limit = limit
        self.lines: list[str] = []
        self.length = 0
        self.places: list[tuple[int, str]] = []
        self.omitted: dict[str, list[int]] = {}
        self.numbers: dict[str, int] = {}
        self.repeated: list[str] = []

    def text(self) -> str:
        return "\n".join(self.lines)

    def lay(self, value: Any, shape: str = "", address: str = "", depth: int = 0) -> _Node | None:
        """The node of a value, or None where nothing of it is in the text."""
        role = self.roles.of(shape)
        if depth > DEEPEST:
            raise _too_deep()
        if role.name == "omit":
            self._omit(value, shape)
            return None
        if isinstance(value, (dict, list)):
            return self._container(value, shape, address, depth, role)
        return self._scalar(value, shape, address, role)

    def _container(self, value: dict[str, Any] | list[Any], shape: str, address: str, depth: int, role: Role) -> _Node:
        self.repeated += [f"{address}.{key}".lstrip(".") for key in getattr(value, "repeated", ())]
        entry = "entry" if shape.endswith("/#") else "object"
        node = _Node(role, "list" if isinstance(value, list) else entry, None, (self.length, self.length))
        for step, label, member in self._members(value, shape):
            inner = f"{address}{label}".lstrip(".")
            if role.keys and isinstance(value, dict):
                node.members.append(self._pair(label[1:], member, shape + step, inner, depth + 1))
                continue
            laid = self.lay(member, shape + step, inner, depth + 1)
            if laid is not None:
                node.members.append(laid)
        node.span = (node.span[0], self.length)
        return node

    def _pair(self, key: str, member: Any, shape: str, address: str, depth: int) -> _Node:
        """A key that is letters, with its value, even if that is a number."""
        pair = _Node(Role(), "entry", None, (self.length, self.length), [self._write(key, address, Role())])
        value = str(member) if isinstance(member, (_Number, bool)) else member
        laid = self.lay(value, shape, address, depth)
        pair.members += [laid] if laid is not None else []
        pair.span = (pair.span[0], self.length)
        return pair

    def _members(self, value: dict[str, Any] | list[Any], shape: str) -> Iterator[tuple[str, str, Any]]:
        if isinstance(value, list):
            yield from (("/#", f"[{number}]", member) for number, member in enumerate(value))
            return
        named = [(key_shape(str(key)), f".{key}", member) for key, member in value.items()]
        yield from sorted(named, key=lambda member: _FIRST.get(self.roles.of(shape + member[0]).name, 3))

    def _scalar(self, value: Any, shape: str, address: str, role: Role) -> _Node | None:
        number = isinstance(value, (_Number, bool)) or value is None
        if value is None or (number and role.name not in _LAID_NUMBERS):
            if value is not None:
                self.numbers[shape] = self.numbers.get(shape, 0) + 1
            return _Node(role, "scalar", str(value), (self.length, self.length)) if role.name == "time" else None
        return self._write(str(value), address, role)

    def _write(self, text: str, address: str, role: Role) -> _Node:
        start = self.length + 1 if self.lines else 0
        self.lines.append(text)
        self.length = start + len(text)
        if self.length > self.limit:
            raise _MalformedError(
                "too-large", remark("Aliases repeat the same text without end. It was kept as plain text."), ""
            )
        self.places.append((start, address or "value"))
        return _Node(role, "scalar", text, (start, self.length))

    def _omit(self, value: Any, shape: str) -> None:
        counts = self.omitted.setdefault(shape, [0, 0])
        waiting = [value]
        while waiting:
            member = waiting.pop()
            if isinstance(member, dict):
                waiting += member.values()
            elif isinstance(member, list):
                waiting += member
            elif member is not None:
                counts[0] += 1
                counts[1] += len(LETTER.findall(str(member)))

    def not_extracted(self) -> tuple[str, ...]:
        listed = [
            f"{_readable(shape)}: " + remark("%(n)s values, %(m)s letters, omitted by the house", n=values, m=letters)
            for shape, (values, letters) in self.omitted.items()
            if values
        ]
        listed += [
            f"{_readable(shape)}: " + remark("%(n)s numbers or truth values", n=count)
            for shape, count in self.numbers.items()
        ]
        more = len(listed) - MOST_LISTED
        return tuple(listed) if more <= 0 else (*listed[:MOST_LISTED], remark("and %(n)s more addresses", n=more))


def _readable(shape: str) -> str:
    steps = (step.replace("~2", "#").replace("~1", "/").replace("~0", "~") for step in shape.split("/")[1:])
    return "".join("[*]" if step == "#" else f".{step}" for step in steps).lstrip(".") or "the file"


class _Context(NamedTuple):
    """Where in the proceedings a value stands; ``owner`` is the entry or list whose texts are one text, or 0."""

    sitting: int | None = None
    item: int | None = None
    level: int = 0
    section: Section = "text"
    owner: int = 0


class _Filler:
    """Fills in the form from the nodes of a file."""

    def __init__(self, form: Form, house: House, path: str) -> None:
        self.form = form
        self.house = house
        self.path = path
        self.pending: list[Range] = []
        self.context = _Context()
        self.claimed: set[int] = set()
        self.opened: int | None = None

    def fill(self, root: _Node) -> None:
        self._visit(root, _Context())
        self._flush()

    def _visit(self, node: _Node, context: _Context) -> None:
        if id(node) in self.claimed:
            return
        if node.value is not None:
            self._scalar(node, context)
            return
        if node.role.section != "text":
            context = context._replace(section=node.role.section, owner=id(node))
        elif context.section == "text" and (node.kind == "entry" or (node.kind == "list" and not context.owner)):
            context = context._replace(owner=id(node))
        act = {"sittings": self._sitting, "items": self._item, "speeches": self._speech}.get(node.role.name)
        if act:
            act(node, context)
        elif node.role.name in {"present", "absent"}:
            self._attends(node, context)
        else:
            self._members(node, context)

    def _members(self, node: _Node, context: _Context) -> None:
        for member in node.members:
            self._visit(member, context)

    def _describe(self, sitting: int, name: str, said: str) -> None:
        if name == "title":
            self.form.describe(sitting, title=said)
        else:
            self.form.describe(sitting, venue=said)

    def _scalar(self, node: _Node, context: _Context) -> None:
        name = node.role.name
        if name == "chair":
            self.form.markup(*node.span)
            return
        if context.sitting is not None and name in {"title", "venue"}:
            self._describe(context.sitting, name, " ".join((node.value or "").split()))
        elif context.sitting is not None and name == "date":
            for found in dates.find(node.value or "")[:1]:
                where = (node.span[0] + found.start, node.span[0] + found.end)
                self.form.dated(context.sitting, found.value, "field", [where])
        elif context.sitting is not None and name in {"present", "absent"}:
            self._attendee(node, node, context, name == "present")
        section: Section = "title" if name == "title" else node.role.section
        self._text(node.span, context._replace(section=section if section != "text" else context.section))

    def _sitting(self, node: _Node, context: _Context) -> None:
        sitting = open_sitting(self.form, self.path, self.house)
        self._members(node, context._replace(sitting=sitting))
        date_by_path(self.form, sitting, self.path, self.house)

    def _item(self, node: _Node, context: _Context) -> None:
        title, number = node.first("item_title"), node.first("item_number")
        if title is not None and LETTER.search(title.value or ""):
            self._flush()
            adjacent = number is not None and abs(title.span[0] - number.span[1]) <= 1
            ranges = [number.span, title.span] if number and adjacent else [title.span]
            item = self.form.item(
                ranges,
                number=(number.value or "") if number else "",
                level=context.level + 1,
                parent=context.item,
                sitting=context.sitting,
                visibility=visibility_of(" ".join((title.value or "").split()), self.house),
            )
            context = context._replace(item=item, level=context.level + 1)
            self.claimed |= {id(title), id(number)} if number and adjacent else {id(title)}
        self._members(node, context)

    def _opens(self, text: _Node, context: _Context) -> bool:
        """Whether these words open an item by a pattern of the house; it then holds until the next."""
        for pattern in self.house.items.pattern:
            if found := re.fullmatch(pattern, (text.value or "").strip()):
                title = found.groupdict().get("title") or found[0]
                start = text.span[0] + (text.value or "").index(title)
                number = found.groupdict().get("number") or ""
                span = (start, start + len(title))
                self.form.markup(text.span[0], start)
                self.opened = self.form.item([span], number=number, sitting=context.sitting)
                return True
        return False

    def _speech(self, node: _Node, context: _Context) -> None:
        speaker, text, time = node.first("speaker"), node.first("text"), node.first("time")
        if text is not None and self._opens(text, context):
            self._flush()
            self.claimed.add(id(text))
        context = context._replace(item=self.opened if context.item is None else context.item)
        if speaker and text and text.span[0] < text.span[1] and id(text) not in self.claimed:
            self._flush()
            if time:
                self.form.markup(*time.span)
            self.form.speech(
                " ".join((speaker.value or "").split()),
                [text.span],
                label=[speaker.span],
                sitting=context.sitting,
                item=context.item,
                section=context.section,
                time=_time(time.value or "") if time else "",
            )
            self.claimed |= {id(speaker), id(text), id(time)}
        self._members(node, context)

    def _attends(self, node: _Node, context: _Context) -> None:
        """One person with a name and perhaps a role, or a list of persons."""
        name = node.first("name")
        if name is None or context.sitting is None:
            self._members(node, context)
            return
        self._attendee(name, node, context, node.role.name == "present")
        self._members(node, context)

    def _attendee(self, name: _Node, line: _Node, context: _Context, present: bool) -> None:
        said = {word: node.value or "" for word in ("role", "since", "until") if (node := line.first(word))}
        attendee = _attendee(" ".join((name.value or "").split()), present)
        since, until = (moment(said.get(word, "")) or said.get(word, "") for word in ("since", "until"))
        attendee = replace(
            attendee,
            role=said.get("role") or attendee.role,
            since=since or attendee.since,
            until=until or attendee.until,
        )
        assert context.sitting is not None
        self.form.attends(context.sitting, attendee, [name.span])

    def _text(self, span: Range, context: _Context) -> None:
        """Texts of one object and section that follow each other are one text."""
        if not context.owner or context != self.context or (self.pending and span[0] - self.pending[-1][1] > 1):
            self._flush()
            self.context = context
        self.pending.append(span)

    def _flush(self) -> None:
        if self.pending:
            ranges = [(self.pending[0][0], self.pending[-1][1])]
            context = self.context
            self.form.text_at(ranges, section=context.section, sitting=context.sitting, item=context.item)
        self.pending = []


def _attendee(label: str, present: bool) -> Attendee:
    """A person by one string, which may give a note in brackets or a role after the name."""
    named = person(label, 0, len(label), Listing(present))
    if named is None:
        return Attendee(label, present)
    rest = PARENTHESES.sub("", label).strip().removeprefix(named[0].label).strip()
    return named[0] if not rest or (rest.startswith(",") and named[0].role) else Attendee(label, present)


def _time(value: str) -> str:
    """A time in a recording, or the time of day in a date and time."""
    stamp = re.match(r"\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2})", value)
    return stamp[1] if stamp else recording_time(value)


def _detected(value: Any) -> FieldMapping | None:
    """A mapping of the first list of objects that have a speaker and words, where nearly all have both."""
    waiting: list[tuple[str, Any]] = [("", value)]
    for address, container in waiting:
        if len(waiting) > 10_000:
            break
        if isinstance(container, dict):
            waiting += [(f"{address}.{key}".lstrip("."), member) for key, member in container.items()]
        elif isinstance(container, list):
            keys = [_pair(member) for member in container]
            best = max(set(keys), key=keys.count) if keys else None
            if best and len(keys) > 1 and keys.count(best) >= 0.8 * len(keys):
                return _mapping(f"{address}[*]", best, container[keys.index(best)], value)
            waiting += [(f"{address}[*]", member) for member in container[:3]]
    return None


def _pair(member: Any) -> tuple[str, str] | None:
    """The keys of the speaker and of the words, if an object has both."""
    if not isinstance(member, dict):
        return None
    lower = {str(key).lower(): str(key) for key in member}
    speaker = next((lower[key] for key in _SPEAKER_KEYS if key in lower), None)
    text = next((lower[key] for key in _TEXT_KEYS if key in lower), None)
    if speaker is None or text is None or not isinstance(member[speaker], str):
        return None
    return (speaker, text) if member[text] is None or isinstance(member[text], str) else None


def _mapping(address: str, pair: tuple[str, str], member: dict[str, Any], root: Any) -> FieldMapping:
    top = root if isinstance(root, dict) else {}
    date = next((key for key in _DATE_KEYS if isinstance(top.get(key), str)), "")
    title = "title" if isinstance(top.get("title"), str) else ""
    time = next((key for key in _TIME_KEYS if key in member), "")
    return FieldMapping(path="*", speeches=address, speaker=pair[0], text=pair[1], time=time, date=date, title=title)
