"""Speakers' labels: which lines begin a speech, judged by evidence over the whole document.

Every line that could begin a speech is a candidate, in one of the styles of ``house.Style``::

    AWB: words            MM, WH: words         Mr. Smith (Leeds, Lab): words      colon
    O señor PRESIDENTE (Able): words                 A Sr.ª Ann Able: words       colon, formal
    **Ann Able**: words   **Ann (1:02:03):** words   **Ann** - words               bold
    **Ann Able** 01:16    with the words in the blocks below                       bold-line
    Ann Able 00:12:31     with the words in the blocks below                       timestamp
    <ann> words                                                                    angle
    (Ann) words           (Ann) - words                                            bracket
    - Ann                 with the words in the entries below                      entry

A formal label begins with an article and a title, as in the verbatim reports of parliaments.
A candidate is taken as a speaker when the attendance names it, when the house says that the style is used, or
when the document as a whole is a dialogue. ``Note:``, ``Poll:``, ``SF: 3`` and the like are never speakers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from remembrancer.model import Attendee
from remembrancer.read.form import Range
from remembrancer.read.house import House, Style


class Candidate(NamedTuple):
    """A line that may begin a speech. ``label`` is where the name stands, ``words`` where the speech begins.

    ``time`` is where a timestamp stands, ``other`` ranges of the lead that name nobody (``From``, ``to all``).
    ``marked``: a colon or a time sets the name apart; bold alone, or a dash, is weak.
    """

    style: Style
    name: str
    label: Range
    words: int
    time: Range | None = None
    other: tuple[Range, ...] = ()
    marked: bool = True


TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?"


def _stamp(group: str) -> str:
    """A time in any brackets, linked or not."""
    return rf"(?:[ \t\u00a0]*[\[(_]*(?P<{group}>{TIME})[\])_]*(?:\(https?://[^)\s]*\))?[)\]_]*)"


NAME = (
    r"(?P<name>@?[^\W_](?:[^\n:：*_\[\](){}<>|\"=;!?`~]|(?<=[א-ת])\"(?=[א-ת])|(?<=\w)_(?=\w)|(?<=\w)\*(?=\w)"
    r"|\((?:[^()\n]|\([^()\n]*\)){0,120}\)|\[[^\]\n]{1,20}\](?!\()){0,70}?|\?{1,3})"
)
UPPER = "".join(chr(code) for code in range(0x41, 0x588) if chr(code).isupper())
"""The capital letters of the Latin, Greek, Cyrillic and Armenian alphabets, for a character class."""

BEFORE = rf"(?:\[?(?P<before>{TIME})\]?[ \t]+)?"
TO = r"(?P<to>[ \t]+to[ \t]+(?:Everyone|All|Hosts and panelists)(?:[ \t]*\(.{0,20}?\))?)?"
LINKED = r"(?P<open>\[(?=[^\]\n]{1,60}\]\())?"

_COLON = re.compile(
    rf"{BEFORE}(?P<from>From[ \t]+)?{LINKED}{NAME}(?(open)\]\([^)\s]*\)){TO}"
    rf"(?P<aside>[ \t]*<[^<>\n:]{{1,20}}>)?{_stamp('stamp')}?[ \t]*"
    r"(?::(?=\s|$|\*\*|[A-Z][a-z])|(?<=[A-Z]):(?=[A-Za-z])|(?<=\)):(?=\S)|：)(?:[*_]{2})?[ \t]*"
)
_DASHED = re.compile(
    rf"(?P<name>[{UPPER}][\w.'’]*(?:[ \t]+[{UPPER}][\w.'’]*){{0,3}})[ \t]+[–—-](?:[ \t]+|$)", re.MULTILINE
)
_BOLD_NAME = NAME.replace("|(?<=", "|:(?=[A-Za-z])|(?<=", 1)
_BOLD = re.compile(
    rf"{BEFORE}(?P<mark>\*{{1,3}}|_{{1,3}})[ \t]*{_BOLD_NAME}[ \t]*{_stamp('stamp')}?[ \t]*"
    rf"(?P<in>[:：]|[-–—](?=[ \t]*[*_]))?[ \t]*(?P=mark)"
    rf":?{_stamp('after')}?[ \t]*(?P<out>[:：]?)[*]{{0,2}}[ \t]*(?P<dash>[-–—](?=\s))?[ \t]*"
)
_HONORIFIC = (
    r"(?:señor(?:a|es|as|ito|ita)?|senhor(?:a|es|as)?|sr\.?[ªa]?|sra|signora?|monsieur|madame|m|mme|herr|frau|"
    r"honou?rable|deputad[oa]|diputad[oa]|députée?|abgeordneter?)\.?"
)
_PARTICLE = r"(?:d[aeo]s?|del|d'|e|y|i|et|und|and|of|the|la|las|le|les|los|el|o|a|für|para|pour|en|von|van|der|die|des)"
_WORD = rf"(?:[{UPPER}\d][\w'’.ª-]*,?|{_PARTICLE},?)"
_FORMAL_NAME = (
    rf"(?:(?i:o|a|os|as|el|la|los|las|le|il|der|die|the)[ \t]+(?i:{_HONORIFIC})(?!\w)|Abg\.|MM?\.|Mmes?)[ \t]+"
    rf"(?:(?i:(?:l[ea][ \t]+)?(?:vice-?)?(?:president[ea]?|présidente?))|{_WORD}(?:[ \t]+{_WORD}){{0,24}})"
    r"(?:[ \t]+\([^()\n]{1,120}\))?"
)
FORMAL = re.compile(rf"(?P<name>{_FORMAL_NAME})[ \t]?:(?=\s|$)[ \t]*")
"""A label that begins with an article and a title, at the start of a line."""
_TIMED = re.compile(rf"{NAME}[ \t\u00a0]+{_stamp('stamp')}[ \t]*$", re.MULTILINE)
_BRACKET = re.compile(r"\((?P<name>[^\W\d_][^()\n:;]{0,30})\)[ \t]*(?:[-–—:](?=\s))?[ \t]+(?=\S)")
_HEADING = re.compile(rf"[*_]{{0,2}}{NAME}[*_]{{0,2}}{_stamp('stamp')}?[ \t]*:?[*_ \t]*")
_NUMBER = re.compile(r"\d+[.,)]?\s*")
_DIRECTION = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+")
"""Marks for the direction of writing, before labels in Arabic and Hebrew."""
_BULLET = re.compile(r"(?:[•◦▪‣·●○]|o(?=[ \t]+[A-Z]))[ \t]+(?=\S)")
_ANGLE = re.compile(r"(?:\[?(?P<before>\d{1,2}:\d{2}(?::\d{2})?)\]?[ \t]+)?<(?P<name>[^<>\s|/]{1,30})>[ \t]+(?=\S)")


def candidate(text: str, start: int, end: int, house: House) -> Candidate | None:
    """The candidate at a line's first word, if it could begin a speech at all. No evidence is weighed here.

    A label before a bare number is a tally, not a speech.
    """
    found = _labelled(text, start, end, house)
    return None if found and _NUMBER.fullmatch(text, found.words, end) else found


def _labelled(text: str, start: int, end: int, house: House) -> Candidate | None:
    for pattern in house.speakers.pattern:
        match = re.compile(pattern).match(text, start, end)
        if match and match.groupdict().get("speaker"):
            return _by_house(match)
    if formal := FORMAL.match(text, start, end):
        return _candidate("colon", formal)
    for before in (_DIRECTION, _BULLET):
        lead = before.match(text, start, end)
        start = lead.end() if lead else start
    if start >= end:
        return None
    first = text[start]
    if first in "*_" or (first == "[" and text[start + 1 : start + 2].isdigit()):
        return _bold(text, start, end) or _colon(text, start, end)
    if first == "(":
        match = _BRACKET.match(text, start, end)
        return _candidate("bracket", match) if match else None
    if first == "<":
        match = _ANGLE.match(text, start, end)
        return _candidate("angle", match, "before") if match else None
    return _colon(text, start, end) or _timed(text, start, end) or _dashed(text, start, end)


def candidate_entry(text: str, start: int, end: int) -> Candidate | None:
    """A list entry that is nothing but a name; the caller sees that there are entries below it."""
    match = _HEADING.fullmatch(text, start, end) if end - start <= 40 else None
    return _candidate("entry", match, "stamp") if match else None


def candidate_heading(text: str, start: int, end: int) -> Candidate | None:
    """A heading that is nothing but a name, with or without a time."""
    match = _HEADING.fullmatch(text, start, end) if end - start <= 60 else None
    return _candidate("heading", match, "stamp") if match else None


def _by_house(match: re.Match[str]) -> Candidate:
    time = match.span("time") if match.groupdict().get("time") else None
    return Candidate("colon", match["speaker"].strip(), match.span("speaker"), match.end(), time)


def _colon(text: str, start: int, end: int) -> Candidate | None:
    lead = text[start : start + 160]
    if ":" not in lead and "：" not in lead:
        return None
    match = _COLON.match(text, start, end)
    return _candidate("colon", match, "before", "stamp") if match else None


def _dashed(text: str, start: int, end: int) -> Candidate | None:
    """``Ann - words`` is as weak as can be: only the attendance can make a speaker of it."""
    match = _DASHED.match(text, start, min(end, start + 60))
    return _candidate("colon", match)._replace(marked=False) if match else None


def _timed(text: str, start: int, end: int) -> Candidate | None:
    if not text[max(start, end - 12) : end].rstrip("])_ \t")[-1:].isdigit() or end - start > 80:
        return None
    match = _TIMED.match(text, start, end)
    return _candidate("timestamp", match, "stamp") if match else None


def _bold(text: str, start: int, end: int) -> Candidate | None:
    match = _BOLD.match(text, start, end)
    if not match:
        return None
    alone = match.end() >= end or not text[match.end() : end].strip(" \t*_-")
    marked = bool(match["in"] or match["out"] or match["before"] or match["stamp"] or match["after"])
    if len(match["mark"]) == 1 and not marked:
        return None
    found = _candidate("bold-line" if alone else "bold", match, "before", "stamp", "after")
    return found._replace(marked=marked or alone)


def _candidate(style: Style, match: re.Match[str], *times: str) -> Candidate:
    time = next((match.span(group) for group in times if match[group]), None)
    groups = match.groupdict()
    other = tuple(match.span(group) for group in ("from", "to", "aside") if groups.get(group))
    name = match["name"].rstrip()
    start = match.start("name")
    return Candidate(style, name, (start, start + len(name)), match.end(), time, other)


NOUNS = """
    notes? polls? votes? voting examples? conclusions? resolutions? resolved decisions? actions? todo summary abstract
    background context motivation rationale goals? outcomes? absent present attendees? attendance attending
    participants? apology apologies regrets observers? guests? members chairs? scribes? facilitators? minutes
    moderators? hosts? presenters? note-?takers? authors? champions? dates? times? location venue place contact names?
    e-?mail phone website urls? links? labels? slides? issues? topics? agenda subject title tags? duration video audio
    recordings? documents? files? references? discussion consensus proposals? motions? moved seconded seconder mover
    carried result status updates? questions? answers? options? pros? cons concerns? problems? solutions? steps?
    deadline due owner priority remote in-person on-?site total amount introduction overview details? description
    remarks? comments? feedback warning important continued recap presentations? announcements? reminders? heads-?up
    timeline explanation objections? ideas? brainstorm queue samples? positions? alternatives? highlights? volunteers?
    nominated plans? tasks? calendar observation precedent documentation exception responsibilities editors charter
    hinweis anmerkung beschluss abstimmung datum ort beginn ende anwesend abwesend entschuldigt antrag ergebnis fecha
    lugar nota acuerdo votación présents? excusés? lieu presentes ausentes дата место присутствовали отсутствовали
    решили голосовали 时间 時間 日期 地点 地點 出席 列席 缺席 请假 議題 议题 议程 議程 决议 決議 决定 備註 备注 附件
    日時 場所 出席者 欠席者 議事 결정 일시 장소 참석자 안건 التاريخ المكان الحاضرون الحضور الغائبون القرار ملاحظة
    النقاش المناقشة الموضوع الأعمال الملخص الإجراء التصويت النتيجة ملاحظات الساعة المدة الكاتب المرفقات
    תאריך מקום נוכחים נעדרים החלטה הערה הערות דיון נושא סיכום הצבעה תוצאה משימה שעה נספח
    讨论 討論 结论 結論 摘要 总结 總結 表决 表決 投票 结果 結果 行动 行動 主题 主題 记录 記錄 説明 说明 提案 議論 概要
    토론 결론 요약 표결 결과 참고 비고
"""
"""Words that head a part of minutes, also after one or two others (``meeting date``)."""

ALONE = r"""
    nb n\.b\. (?-i:[Ee]\.?g\.?|[Ii]\.?e\.?) yeas? nays? ayes? noes for against abstain(?:ed)? abstentions? when
    where what why how who see also next prev(?:ious)? re fyi tl;?dr q a ai ps http https ftp mailto std default return
    yes no sf sa f n data local votos? but and so done merge close postpone today team adhoc by dated attest whereas
    adopted approved dinner lunch breakfast wifi someone edit caution here including include doc docs new old n/a none
    [a-z]\.
"""
"""Words that are no speaker when they are the whole label."""

_NOT_SPEAKERS = re.compile(
    rf"(?:[\w-]+\s+){{0,2}}(?:{'|'.join(NOUNS.split())})"
    r"(?:\s+(?:\#?\d[\d.]*|items?|made|needed|required|taken|from|for|by|of|re|url|page|number|list|log))?"
    rf"|(?:{'|'.join(ALONE.split())})"
    r"|(?:section|appendix|article|chapter|speaker|part|to|week|day|phase|step)\s+\S+"
    r"|(?:motions?|votes?|polls?|moved|seconded|carried|defeated|resolved|resolution|decision|action|meeting|agenda)\b.*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:(?:the|acting|deputy|vice|madam|mister|mr\.?|mme|le|la|der|die|el|a|o)\s+)*"
    r"(?:chair(?:man|woman|person)?|speaker|president|mayor|clerk|secretary|convener|moderator|llywydd|"
    r"all|everyone|everybody|several|various|unknown|unidentified|audience|vorsitzende[r]?|председатель|"
    r"(?:vize|vice-?)?(?:präsident(?:in)?|president[ea]|présidente?))\b.*",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:[A-ZÀ-Þ][A-Za-zà-ÿ]?[A-ZÀ-Þ0-9]{0,3}|[A-Z][A-Z0-9]{1,4}|[A-Z][a-z]{1,4}[A-Z])(?: \((?:chat|remote)\))?"
)
_TITLE = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Hon|Rt|Right|Prof|Cllr|Councillor|Sir|Dame|Lord|Lady|Baroness|Rev|Deputy|Mayor|Herr|Frau|"
    r"M|Mme|Sr|Sra|Don|Dona|Señor|Señora|The)\.?\s+)*"
)
_PART = rf"(?:(?:[dloDLO]['’])?[{UPPER}][\w'’.-]*|d[aeiou]s?|de[lr]|v[ao]n|el|la|bin|al|y|von|zu|ter|ten|di|le)"
_FULL = re.compile(rf"(?:{_TITLE}@?{_PART}(?:\s+{_PART}){{0,5}}|\?{{1,3}})(?:\s*\(.*\))?(?:\s*\[[^\]]*\])?")
_GROUP = re.compile(
    r"all|everyone|everybody|several|various|(?!(?:not|non|other)\b)(?:[\w.+-]+\s+){1,2}team", re.IGNORECASE
)
_HANDLE = re.compile(r"@?[a-z][\w.-]{1,24}(?:\s*\(.*\))?")
_JOINT = re.compile(r"\s*(?:,|/|&|\+|\band\b|\bund\b|\by\b|\be\b|\bet\b)\s*")
_ASIDE = re.compile(r"\s*[(\[].*[)\]]\s*$|\s+(?:on|in|via)\s+chat$")


def is_word_of_minutes(name: str, house: House) -> bool:
    """Whether a label is one of the words that look like speakers and are none."""
    bare = name.strip().rstrip(".") if len(name) > 2 else name
    if any(re.fullmatch(pattern, bare, re.IGNORECASE) for pattern in house.speakers.not_speakers):
        return True
    return bool(_NOT_SPEAKERS.fullmatch(_ASIDE.sub("", bare) or bare)) and not _ROLE.fullmatch(bare)


def is_formal(name: str) -> bool:
    """Whether a label begins with an article and a title: ``O señor PRESIDENTE``."""
    return bool(FORMAL.fullmatch(f"{name}:"))


def shape(name: str) -> str:
    """``abbreviation``, ``full`` (several words or a title), ``word``, ``handle``, ``joint`` or empty."""
    if is_formal(name):
        return "full"
    if len(name) > 120:
        return ""
    name = name.replace(":", " ")
    bare = _ASIDE.sub("", name)
    if _ABBREVIATION.fullmatch(bare) or name.strip("?") == "":
        return "abbreviation"
    if _ROLE.fullmatch(bare) or _GROUP.fullmatch(bare) or (_FULL.fullmatch(name) and " " in bare):
        return "full"
    parts = _JOINT.split(bare)
    if len(parts) > 1 and all(part and shape(part) for part in parts):
        return "joint"
    if _FULL.fullmatch(name) or _is_caseless(bare):
        return "word"
    return "handle" if _HANDLE.fullmatch(name) else ""


def _is_caseless(name: str) -> bool:
    """Whether a label is a few words of a script without capitals, as Chinese, Arabic and Hebrew are."""
    letters = [sign for sign in name if sign.isalpha()]
    plain = letters and not any(sign.isdecimal() for sign in name) and len(name) <= 40 and len(name.split()) <= 6
    return bool(plain) and all(sign.upper() == sign.lower() for sign in letters)


_CASELESS_NOUNS = tuple(noun for noun in NOUNS.split() if len(noun) > 1 and _is_caseless(noun))


def _names_in_bold(candidate: Candidate) -> bool:
    """Whether bold and a colon mark a label without capitals that holds no word of minutes."""
    name = candidate.name
    caseless = candidate.style == "bold" and candidate.marked and _is_caseless(_ASIDE.sub("", name))
    return caseless and not any(noun in name for noun in _CASELESS_NOUNS)


class Roll:
    """The people a document lists, and by which labels it may call them."""

    def __init__(self, attendance: Iterable[Attendee]) -> None:
        self.known: set[str] = set()
        self.handles: set[str] = set()
        self.joined: set[str] = set()
        self.size = 0
        for attendee in attendance:
            self._add(attendee)
            self.size += 1
        self.spellings = [key for key in self.known if len(key) >= 4]

    def _add(self, attendee: Attendee) -> None:
        label = attendee.label
        parts = [part for part in re.split(r"[\s.]+", label) if part]
        if attendee.abbreviation:
            self.known.add(_key(attendee.abbreviation))
        self.known.add(_key(label))
        if len(parts) == 1 or len(attendee.abbreviation) > 5:
            self.handles.add(_key(attendee.abbreviation or label))
        if len(parts) > 1:
            self.known |= {_key(part) for part in parts if len(part) > 1}
            self.known.add("".join(part[0] for part in parts).casefold())
            self.known.add((parts[0][0] + parts[-1][0]).casefold())
            self.known |= {_key(f"{parts[0]} {parts[-1][0]}"), _key(parts[0] + parts[-1][0])}
            self.joined |= {_key(parts[0] + parts[-1]), _key(parts[0][0] + parts[-1])}

    def knows(self, name: str) -> bool:
        """Whether a label, or each of several in one, is somebody on the list."""
        parts = _JOINT.split(_ASIDE.sub("", name))
        return all(self._knows(_key(part)) for part in parts)

    def _knows(self, key: str) -> bool:
        """``niko`` is ``nikomatsakis``, ``aable`` Ann Able; fewer letters prove nothing."""
        return (
            key in self.known
            or key in self.joined
            or (len(key) >= 4 and any(handle.startswith(key) for handle in self.handles))
        )

    def resembles(self, name: str) -> bool:
        """Whether a label is a known name but for a slip of the pen: ``Hudoson`` is Hudson."""
        key = _key(_ASIDE.sub("", name))
        return len(key) >= 4 and process.extractOne(key, self.spellings, scorer=fuzz.ratio, score_cutoff=80) is not None


def _key(name: str) -> str:
    return re.sub(r"[\s.@]+", " ", name).strip().casefold()


MANY = 4
"""So many lines make a pattern; fewer are chance."""


_KIN: tuple[frozenset[Style], ...] = (
    frozenset({"colon"}),
    frozenset({"bold", "bold-line"}),
    frozenset({"timestamp"}),
    frozenset({"angle"}),
    frozenset({"bracket"}),
    frozenset({"entry"}),
    frozenset({"heading"}),
)
"""Styles that are judged together: with one of them a document may use the other."""


def speakers(candidates: Sequence[Candidate], roll: Roll, house: House, lines: int) -> frozenset[tuple[Style, str]]:
    """The (style, name) pairs that are speakers in this document. ``lines``: how many could have begun a speech."""
    names = {candidate.name for candidate in candidates}
    forms = {name: shape(name) or ("full" if " " in name and roll.knows(name) else "") for name in names}
    forms = {name: form for name, form in forms.items() if form and not is_word_of_minutes(name, house)}
    plausible = [candidate for candidate in candidates if candidate.name in forms]
    counts = Counter(candidate.name for candidate in plausible)
    known = frozenset(name for name in forms if roll.knows(name) or roll.resembles(name))
    accepted: set[tuple[Style, str]] = set()
    told = set(house.speakers.styles)
    for styles in _KIN:
        # A bare name is a speaker only when the house says so or it is somebody who was there, again and again.
        if styles in ({"heading"}, {"entry"}) and not styles & told:
            accepted |= {
                (c.style, c.name)
                for c in plausible
                if c.style in styles and c.name in known and counts[c.name] > 1 and not told
            }
            continue
        used = styles & told if told else styles
        for timed in (True, False):
            own = [c for c in plausible if c.style in used and (c.time is not None) == timed]
            solid = [c for c in own if c.marked or c.style != "colon"] or own
            if own:
                evidence = _Evidence(solid, counts, forms, known, roll.size, lines, timed, bool(styles & told))
                accepted |= {(c.style, c.name) for c in own if evidence.speaks(c)}
    heard = {name for _, name in accepted}
    other = {(c.style, c.name) for c in plausible if c.marked and c.name in heard and c.style in (told or {c.style})}
    return frozenset(accepted | other)


class _Evidence:
    """What the lines of one style say together; those with a time are judged apart from those without."""

    def __init__(
        self,
        own: Sequence[Candidate],
        counts: Counter[str],
        forms: dict[str, str],
        known: frozenset[str],
        listed: int,
        lines: int,
        timed: bool,
        by_house: bool,
    ) -> None:
        self.counts, self.forms, self.known, self.by_house = counts, forms, known, by_house
        acquainted = sum(c.name in known for c in own)
        repeated = [c.name for c in own if counts[c.name] > 1]
        voices = len(set(repeated))
        often = len(repeated) / len(own)
        enough = 0.4 if own[0].style == "colon" else 0.15
        self.timed = timed and len(own) >= MANY
        self.listed = listed >= 3 and acquainted >= 2 and acquainted / len(own) >= 0.3
        self.unlisted = listed >= 5 and acquainted / len(own) < 0.2
        self.complete = listed >= 3 and acquainted / len(own) >= 0.6
        self.pattern = len(repeated) >= MANY and voices >= 2 and often >= 0.5
        self.dialogue = len(own) >= max(MANY, enough * lines) and often >= 0.4 and voices >= 2
        told = sum(c.marked and forms[c.name] in {"abbreviation", "full"} for c in own)
        self.dialogue |= len(own) >= max(MANY, 0.6 * lines) and told >= 0.6 * len(own)
        self.bold = len({c.name for c in own if _names_in_bold(c)}) >= 2 and often >= 0.4 and not self.unlisted
        self.formal = sum(is_formal(c.name) for c in own) >= MANY
        self.weak = sum(not c.marked for c in own) >= 0.3 * len(own)
        shapes = Counter(forms[name] for name in repeated)
        self.usual = {form for form, count in shapes.items() if count >= 0.05 * len(own)}

    def speaks(self, candidate: Candidate) -> bool:
        """Whether this label, in this style, is a speaker's."""
        name, count = candidate.name, self.counts[candidate.name]
        form = self.forms[name]
        if name in self.known or self.timed or (self.formal and is_formal(name)):
            return True
        if self.bold and _names_in_bold(candidate):
            return True
        if not candidate.marked and candidate.style == "colon":
            return False
        if not candidate.marked:
            return self.dialogue and (count > 1 or form == "full" or (self.weak and form in self.usual))
        if form == "full" and self.counts[_initials(name)]:
            return True
        if candidate.style == "entry" and form == "full":
            return False
        if _GROUP.fullmatch(name):
            return self.dialogue or self.by_house or self.listed
        if form == "joint":
            return all(self._is_voice(part) for part in _JOINT.split(_ASIDE.sub("", name)))
        if self.complete and form in {"word", "handle"}:
            return count >= (2 if form == "word" else 3)
        if self.dialogue and form == "handle" and candidate.style == "bold":
            return True
        if self.dialogue or self.by_house:
            return form in self.usual or count > 1
        if self.listed:
            return form in {"abbreviation", "full"} or (form == "word" and count > 1)
        if not self.pattern or self.unlisted:
            return False
        return count > 1 if form in {"word", "handle"} else form in self.usual

    def _is_voice(self, part: str) -> bool:
        """Whether one of several in a label speaks for itself too, or is written as initials are."""
        heard = part in self.known or self.counts[part] > 0 or self.counts[_initials(part)] > 0
        return heard or bool(_ABBREVIATION.fullmatch(part))


def _initials(name: str) -> str:
    """What the document may call somebody after naming them once in full."""
    return "".join(part[0] for part in re.split(r"[\s.-]+", name) if part)
