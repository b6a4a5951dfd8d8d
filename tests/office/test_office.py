"""Laws of the office: what is read is kept once, found, shown to whom it may be, and removed when it must be."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from remembrancer.access import parse_principal
from remembrancer.memory.views import ElementView, SittingView
from remembrancer.model import OWNER, PUBLIC, Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import granting, keeping
from remembrancer.office.showing import shown, withheld
from remembrancer.queries import Filters
from remembrancer.record.intake import Taken
from remembrancer.testing import FixedClock

MINUTES = """# Ashby Board, 5 March 2024

Present: Ann Archer (AA), Bo Baker (BB), Cy Cole (CC)

## 1. Footbridge

AA: The footbridge repair costs forty thousand pounds.

BB: I second that the footbridge be repaired.

## 2. Confidential: staffing

CC: The caretaker Zebediah is to be dismissed.

## 3. Close

AA: We close at nine.
"""

HOUSE = """
[[classes]]
heading = ".*Confidential.*"
class = "members"
"""

SECRETS = ("Zebediah", "caretaker", "staffing", "dismissed", "Cy Cole")
MEMBER = Principal("member:ann")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office.create(tmp_path / "office", "Ashby Board", clock=FixedClock("2024-04-01T10:00:00Z")) as made:
        yield made


def read(
    bureau: Bureau, directory: Path, name: str, text: str, house: str = "", visibility: str | None = None
) -> list[Taken]:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    files = [keeping.File(path, name)]
    return list(keeping.take_in(bureau, OWNER, files, house, visibility))


def texts(bureau: Bureau, principal: Principal, query: str) -> list[str]:
    return [hit.text for hit in bureau.search(principal, query, Filters(), 50)]


def everything_shown(bureau: Bureau, principal: Principal) -> str:
    """All that a principal can get out of the office, as one string."""
    seen: list[object] = [
        shown.sources(bureau, principal),
        shown.sittings(bureau, principal),
        shown.people(bureau, principal),
        shown.findings(bureau, principal),
    ]
    for line in shown.sittings(bureau, principal):
        sitting = shown.show(bureau, principal, line.id)
        assert isinstance(sitting, SittingView)
        seen.append(sitting)
        seen += [shown.show(bureau, principal, item.id) for item in sitting.items]
    seen += [bureau.search(principal, word, Filters(), 50) for word in ("footbridge", "Confidential", *SECRETS)]
    return repr(seen)


def test_reading_again_adds_nothing(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    (taken,) = read(bureau, tmp_path, "minutes.md", MINUTES)
    assert taken.new
    size = bureau.log.size()
    (again,) = read(bureau, tmp_path, "minutes.md", MINUTES)
    assert not again.new
    assert bureau.log.size() == size


def test_the_same_bytes_at_another_path_are_the_same_source(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES)
    read(bureau, tmp_path, "copy/of/minutes.md", MINUTES)
    assert len(shown.sources(bureau, OWNER)) == 1


def test_every_quotation_is_the_bytes_it_names(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES)
    hits = bureau.search(PUBLIC, "footbridge", Filters())
    assert hits
    for hit in hits:
        for span in hit.spans:
            assert bureau.log.blob(span.rendition)[span.start : span.end].decode() == span.quote


def test_a_sitting_names_who_attended_and_who_spoke_by_the_same_person(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES)
    (line,) = shown.sittings(bureau, OWNER)
    sitting = shown.show(bureau, OWNER, line.id)
    assert isinstance(sitting, SittingView)
    assert line.dates == ("2024-03-05",)
    present = {attendee.label: attendee.person for attendee in sitting.attendance}
    assert set(present) == {"Ann Archer", "Bo Baker", "Cy Cole"}
    assert {speech.speaker: speech.person for speech in sitting.speeches}["AA"] == present["Ann Archer"]


@pytest.mark.parametrize("how", ["by the house's mark", "by classify", "as a whole file"])
def test_the_public_learns_nothing_of_what_is_closed(office: Office, tmp_path: Path, how: str) -> None:
    bureau = office.body()
    if how == "by the house's mark":
        read(bureau, tmp_path, "minutes.md", MINUTES, HOUSE)
    elif how == "as a whole file":
        read(bureau, tmp_path, "minutes.md", MINUTES, visibility="members")
    else:
        read(bureau, tmp_path, "minutes.md", MINUTES)
        (line,) = shown.sittings(bureau, OWNER)
        sitting = shown.show(bureau, OWNER, line.id)
        assert isinstance(sitting, SittingView)
        closed = next(item for item in sitting.items if "staffing" in item.title)
        keeping.classify(bureau, OWNER, closed.id, "members")
    secrets = SECRETS[:-1]
    public, member = everything_shown(bureau, PUBLIC), everything_shown(bureau, MEMBER)
    assert not [secret for secret in secrets if secret in public]
    assert all(secret in member for secret in secrets)
    assert ("forty thousand" in public) == (how != "as a whole file")
    assert texts(bureau, MEMBER, "Zebediah") == ["The caretaker Zebediah is to be dismissed."]


def test_a_mixed_document_is_quoted_to_each_circle_from_its_own_rendition(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES, HOUSE)
    (public,) = bureau.search(PUBLIC, "nine", Filters())
    (member,) = bureau.search(MEMBER, "nine", Filters())
    assert public.id == member.id
    assert public.spans[0].rendition != member.spans[0].rendition
    assert b"Zebediah" not in bureau.log.blob(public.spans[0].rendition)
    assert public.place != member.place


def test_scores_and_counts_for_the_public_do_not_depend_on_what_is_closed(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "open.md", MINUTES.replace("Zebediah", "nobody"))
    before = bureau.search(PUBLIC, "footbridge OR caretaker", Filters())
    read(bureau, tmp_path, "closed.md", MINUTES.replace("5 March", "12 March"), visibility="hidden")
    assert bureau.search(PUBLIC, "footbridge OR caretaker", Filters()) == before


def test_existence_shows_a_public_title_and_ground_alone(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES)
    (line,) = shown.sittings(bureau, OWNER)
    sitting = shown.show(bureau, OWNER, line.id)
    assert isinstance(sitting, SittingView)
    closed = next(item for item in sitting.items if "staffing" in item.title)
    with pytest.raises(Fault, match="what the public may see"):
        keeping.classify(bureau, OWNER, closed.id, "existence")
    keeping.classify(bureau, OWNER, closed.id, "existence", "An exempt item", "personal data")
    seen = shown.show(bureau, PUBLIC, line.id)
    assert isinstance(seen, SittingView)
    item = next(each for each in seen.items if each.id == closed.id)
    assert (item.title, item.ground, item.spans, item.number) == ("An exempt item", "personal data", (), "")
    assert not [secret for secret in SECRETS[:-1] if secret in everything_shown(bureau, PUBLIC)]


@pytest.mark.parametrize("kind", ["source", "sitting"])
def test_of_a_whole_that_may_be_known_to_exist_title_and_ground_alone_are_shown(
    office: Office, tmp_path: Path, kind: str
) -> None:
    """Until it is classed otherwise; to members it is what it was before."""
    bureau, jo = office.body(), Principal("member:jo")
    (taken,) = read(bureau, tmp_path, "minutes.md", MINUTES)
    identity = taken.source if kind == "source" else taken.sittings[0]
    keeping.classify(bureau, OWNER, identity, "existence", "An exempt document", "personal data")
    assert withheld.closed(bureau, PUBLIC) == (("An exempt document", "personal data"),)
    assert withheld.closed(bureau, jo) == ()
    assert everything_shown(bureau, PUBLIC) == everything_shown(office.body(), Principal("role:nobody"))
    assert (shown.sources(bureau, PUBLIC), shown.sittings(bureau, PUBLIC)) == ([], [])
    keeping.classify(bureau, OWNER, identity, "hidden")
    assert withheld.closed(bureau, PUBLIC) == ()


def test_what_is_hidden_around_it_keeps_even_its_public_title(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    (taken,) = read(bureau, tmp_path, "minutes.md", MINUTES)
    keeping.classify(bureau, OWNER, taken.sittings[0], "existence", "An exempt sitting", "personal data")
    keeping.classify(bureau, OWNER, taken.source, "hidden")
    assert withheld.closed(bureau, PUBLIC) == ()


def test_opening_what_was_closed_shows_it_again(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    (taken,) = read(bureau, tmp_path, "minutes.md", MINUTES, visibility="members")
    assert texts(bureau, PUBLIC, "footbridge") == []
    keeping.classify(bureau, OWNER, taken.source, "open")
    assert len(texts(bureau, PUBLIC, "footbridge")) == 3


def test_a_draft_and_the_approved_minutes_are_one_sitting_and_the_approved_prevail(
    office: Office, tmp_path: Path
) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "draft/minutes.md", MINUTES.replace("forty", "fourteen"))
    read(bureau, tmp_path, "approved/minutes.md", MINUTES)
    (line,) = shown.sittings(bureau, OWNER)
    assert len(line.sources) == 2
    assert line.authority == "approved"
    sitting = shown.show(bureau, OWNER, line.id)
    assert isinstance(sitting, SittingView)
    assert "forty thousand" in repr(sitting.speeches)
    assert "fourteen" not in repr(sitting.speeches)
    said = texts(bureau, OWNER, '"I second that the footbridge"')
    assert said == ["I second that the footbridge be repaired."]
    differing = bureau.search(OWNER, "thousand pounds", Filters())
    assert {hit.authority for hit in differing} == {"draft", "approved"}
    element = shown.show(bureau, OWNER, next(hit.id for hit in differing if hit.authority == "approved"))
    assert isinstance(element, ElementView)
    assert [each.authority for each in element.revises] == ["draft"]


@pytest.mark.parametrize("replacement", ["", "A sentence was removed."])
def test_redacting_a_speech_leaves_no_trace_of_it_in_any_file(office: Office, tmp_path: Path, replacement: str) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES)
    (hit,) = bureau.search(OWNER, "Zebediah", Filters())
    keeping.redact(bureau, OWNER, hit.id, "order 7/2024", replacement)
    assert texts(bureau, OWNER, "Zebediah") == []
    assert texts(bureau, OWNER, "footbridge")
    assert bureau.log.verify().holds
    with pytest.raises(Fault, match="order 7/2024"):
        shown.show(bureau, OWNER, hit.id)
    office.close()
    shutil.rmtree(tmp_path / "office" / "derived")
    kept = [path for path in (tmp_path / "office").rglob("*") if path.is_file()]
    assert not [path for path in kept if b"Zebediah" in path.read_bytes()]
    with Office(tmp_path / "office") as again:
        assert texts(again.body(), OWNER, "Zebediah") == []
        assert bool(texts(again.body(), OWNER, "footbridge"))
        with pytest.raises(Fault, match="order 7/2024"):
            shown.show(again.body(), OWNER, hit.id)


def test_redacting_a_source_removes_it_and_says_so(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    (taken,) = read(bureau, tmp_path, "minutes.md", MINUTES)
    keeping.redact(bureau, OWNER, taken.source, "court order")
    assert shown.sources(bureau, OWNER) == []
    assert texts(bureau, OWNER, "footbridge") == []
    assert bureau.log.verify().holds
    with pytest.raises(Fault, match="court order"):
        shown.show(bureau, OWNER, taken.source)


def test_derived_files_may_be_deleted_at_any_time(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES, HOUSE)
    before = everything_shown(bureau, MEMBER), everything_shown(bureau, PUBLIC)
    office.close()
    shutil.rmtree(tmp_path / "office" / "derived")
    with Office(tmp_path / "office") as again:
        rebuilt = again.body()
        assert (everything_shown(rebuilt, MEMBER), everything_shown(rebuilt, PUBLIC)) == before


def test_a_public_export_holds_nothing_closed_and_verifies(office: Office, tmp_path: Path) -> None:
    from remembrancer.record.export import verify_export

    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES, HOUSE)
    exported = tmp_path / "exported"
    keeping.export_to(bureau, PUBLIC, exported, public=True)
    files = [path for path in exported.rglob("*") if path.is_file()]
    assert not [path for path in files if b"Zebediah" in path.read_bytes()]
    assert [path for path in files if b"forty thousand" in path.read_bytes()]
    assert verify_export(exported).holds
    with pytest.raises(Fault) as refused:
        keeping.export_to(bureau, PUBLIC, tmp_path / "full", public=False)
    assert refused.value.exit_code is Exit.REFUSED


def test_what_is_closed_later_stays_out_of_a_public_export_too(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES)
    (hit,) = bureau.search(OWNER, "Zebediah", Filters())
    keeping.classify(bureau, OWNER, hit.id, "members")
    keeping.export_to(bureau, PUBLIC, tmp_path / "exported", public=True)
    files = [path for path in (tmp_path / "exported").rglob("*") if path.is_file()]
    assert not [path for path in files if b"Zebediah" in path.read_bytes()]


def test_an_import_answers_as_the_office_it_came_from(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES)
    keeping.export_to(bureau, OWNER, tmp_path / "exported", public=False)
    with Office.create(tmp_path / "other", "Another Body") as other:
        restored = other.import_body(tmp_path / "exported")
        assert restored.log.root() == bureau.log.root()
        assert restored.name() == "Ashby Board"
        assert restored.search(OWNER, "footbridge", Filters()) == bureau.search(OWNER, "footbridge", Filters())


def test_a_granted_role_holds_on_its_days(office: Office) -> None:
    bureau = office.body()
    granting.grant(bureau, OWNER, "member:ann", "clerk", "2024-01-01", "2024-06-30")
    assert bureau.principal(MEMBER, "2024-03-01").roles == {"clerk"}
    assert bureau.principal(MEMBER, "2024-07-01").roles == frozenset()
    assert bureau.principal(Principal("member:bo"), "2024-03-01").roles == frozenset()


def test_a_revoked_role_is_held_no_more_whatever_day_it_is_on_the_machine(office: Office) -> None:
    bureau = office.body()
    number = granting.grant(bureau, OWNER, MEMBER.name, "clerk")
    assert bureau.principal(MEMBER).roles == {"clerk"}
    granting.revoke(bureau, OWNER, number)
    assert bureau.principal(MEMBER).roles == frozenset()


@pytest.mark.parametrize("name", ["public", "member:ann", "role:chair", "role:auditor"])
def test_who_is_not_let_do_a_deed_is_refused(office: Office, tmp_path: Path, name: str) -> None:
    bureau, principal = office.body(), parse_principal(name)
    for attempt in (
        lambda: list(keeping.take_in(bureau, principal, [])),
        lambda: keeping.classify(bureau, principal, "x", "open"),
        lambda: keeping.redact(bureau, principal, "x", "y"),
        lambda: granting.grant(bureau, principal, "member:x", "clerk"),
        lambda: bureau.set_house(principal, ""),
    ):
        with pytest.raises(Fault) as refused:
            attempt()
        assert refused.value.exit_code is Exit.REFUSED


def test_several_bodies_keep_their_own_records(office: Office, tmp_path: Path) -> None:
    other = office.add_body("Ashby Harbour Trust")
    read(other, tmp_path, "minutes.md", MINUTES)
    assert shown.sources(office.body("ashby-board"), OWNER) == []
    with pytest.raises(Fault, match="several bodies"):
        office.body()
    with pytest.raises(Fault, match="no body 'x'"):
        office.body("x")


def test_an_office_of_a_later_format_is_refused_with_a_sentence(office: Office, tmp_path: Path) -> None:
    settings = tmp_path / "office" / "remembrancer.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("format = 1", "format = 2"), encoding="utf-8")
    with pytest.raises(Fault, match="has format 2; this program knows 1"):
        Office(tmp_path / "office")


def test_files_named_are_found_sorted_without_hidden_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b/2.md", "a.md", ".hidden", "b/.git/x", "b/1.md"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).touch()
    monkeypatch.chdir(tmp_path)
    found = [file.recorded for file in keeping.files_under([Path("in")])]
    assert found == ["in/a.md", "in/b/1.md", "in/b/2.md"]
    with pytest.raises(Fault) as missing:
        keeping.files_under([Path("nowhere")])
    assert missing.value.exit_code is Exit.UNREADABLE


def test_what_a_redaction_of_closed_matter_lists_is_closed(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES, HOUSE)
    (hit,) = bureau.search(OWNER, "Zebediah", Filters())
    number = keeping.redact(bureau, OWNER, hit.id, "order 7/2024")
    assert bureau.log.entry(number).visibility == "members"


def test_the_days_of_one_sitting_join_and_a_revised_day_is_linked_to_that_day(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    house = "[sitting]\npath = ['(?P<key>spring)/']"
    second = MINUTES.replace("5 March", "6 March").replace("footbridge", "towpath")
    read(bureau, tmp_path, "spring/1.md", MINUTES, house)
    read(bureau, tmp_path, "spring/2.md", second, house)
    read(bureau, tmp_path, "spring/approved/2.md", second.replace("forty", "fifty"), house)
    (line,) = shown.sittings(bureau, OWNER)
    assert line.dates == ("2024-03-05", "2024-03-06")
    assert len(line.sources) == 3
    sitting = shown.show(bureau, OWNER, line.id)
    assert isinstance(sitting, SittingView)
    said = [speech.text for speech in sitting.speeches]
    assert "The footbridge repair costs forty thousand pounds." in said
    assert "The towpath repair costs fifty thousand pounds." in said
    assert "The towpath repair costs forty thousand pounds." not in said


def test_a_house_with_a_class_that_is_none_is_refused(office: Office) -> None:
    with pytest.raises(Fault, match="'member' is no class"):
        office.body().set_house(OWNER, HOUSE.replace("members", "member"))


@pytest.mark.parametrize("heading", ["Confidential: staffing", "CONFIDENTIAL.*", "2. .*", "Confidential"])
def test_a_mark_for_closed_headings_matches_with_and_without_the_number(
    office: Office, tmp_path: Path, heading: str
) -> None:
    bureau = office.body()
    house = HOUSE.replace(".*Confidential.*", heading)
    read(bureau, tmp_path, "minutes.md", MINUTES, house)
    closed = texts(bureau, PUBLIC, "Zebediah") == []
    assert closed == (heading != "Confidential")


def test_a_file_read_again_with_a_class_takes_it(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES)
    read(bureau, tmp_path, "minutes.md", MINUTES, visibility="hidden")
    assert texts(bureau, PUBLIC, "footbridge") == []
    path = tmp_path / "minutes.md"
    list(keeping.take_in(bureau, OWNER, [keeping.File(path, "minutes.md")]))
    assert texts(bureau, PUBLIC, "footbridge") == [], "reading without a class leaves the class as it is"


@pytest.mark.parametrize(("holder", "role"), [("public", "clerk"), ("owner", "clerk"), ("member:ann", "owner")])
def test_roles_are_for_members_and_the_owner_is_no_role(office: Office, holder: str, role: str) -> None:
    with pytest.raises(Fault) as refused:
        granting.grant(office.body(), OWNER, holder, role)
    assert refused.value.exit_code is Exit.USAGE


def test_a_draft_that_is_read_later_does_not_prevail(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "approved/minutes.md", MINUTES)
    read(bureau, tmp_path, "draft/minutes.md", MINUTES.replace("forty", "fourteen"))
    hits = bureau.search(OWNER, "fourteen OR thousand", Filters())
    assert [hit.authority for hit in hits] == ["approved", "draft"]
    element = shown.show(bureau, OWNER, hits[1].id)
    assert isinstance(element, ElementView)
    assert [each.authority for each in element.revised_by] == ["approved"]
    assert element.revises == ()


def test_a_redacted_cue_leaves_its_neighbours_and_its_replacement_is_found(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    cues = ("Ann: it rains", "Bo: Zebediah drinks", "Cy: fine indeed")
    captions = "WEBVTT\n\n" + "".join(
        f"00:00:0{index}.000 --> 00:00:0{index + 1}.000\n<v {cue.split(': ')[0]}>{cue.split(': ')[1]}\n\n"
        for index, cue in enumerate(cues, 1)
    )
    read(bureau, tmp_path, "2024-03-05.vtt", captions)
    (hit,) = bureau.search(OWNER, "Zebediah", Filters())
    keeping.redact(bureau, OWNER, hit.id, "order 8/2024", "A remark about a colleague was removed.")
    (left,) = bureau.search(OWNER, "fine indeed", Filters())
    data = bureau.log.blob(left.spans[0].rendition).decode()
    assert data.startswith("WEBVTT")
    assert "<v Cy>fine indeed" in data
    assert "Zebediah" not in data
    assert texts(bureau, OWNER, "colleague") == ["A remark about a colleague was removed."]


def test_a_log_cut_short_with_its_heads_is_noticed_against_what_was_derived(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES)
    office.close()
    (tmp_path / "office" / "bodies" / "ashby-board" / "record.db").write_bytes(b"")
    for rest in ("record.db-wal", "record.db-shm"):
        (tmp_path / "office" / "bodies" / "ashby-board" / rest).unlink(missing_ok=True)
    with Office(tmp_path / "office") as again:
        verdict = again.body().verify()
        assert not verdict.holds
        assert verdict.problem is not None
        assert "0 entries and had" in verdict.problem.message
        with pytest.raises(Fault, match="not what it was"):
            shown.sources(again.body(), OWNER)


def test_a_sitting_that_is_not_there_is_said_not_met_with_silence(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    read(bureau, tmp_path, "minutes.md", MINUTES, visibility="members")
    (line,) = shown.sittings(bureau, OWNER)
    for principal, identity in ((OWNER, "sitting-nope"), (PUBLIC, line.id)):
        with pytest.raises(Fault, match=f"no sitting {identity}"):
            bureau.search(principal, "footbridge", Filters(sitting=identity))
    assert bureau.search(OWNER, "footbridge", Filters(sitting=line.id))


def test_an_office_is_not_made_among_other_files(tmp_path: Path) -> None:
    (tmp_path / "minutes.md").touch()
    with pytest.raises(Fault, match="is not empty"):
        Office.create(tmp_path, "Ashby Board")


def test_what_cannot_be_read_is_kept_with_a_finding_and_has_no_text(office: Office, tmp_path: Path) -> None:
    bureau = office.body()
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (taken,) = keeping.take_in(bureau, OWNER, [keeping.File(tmp_path / "photo.png", "photo.png")])
    assert not taken.readable
    (source,) = shown.sources(bureau, OWNER)
    assert bureau.log.blob(source.rendition) == b""
    assert bureau.log.blob(source.id) == (tmp_path / "photo.png").read_bytes()
    assert [finding.code for finding in shown.findings(bureau, OWNER)] == ["no-reader"]
