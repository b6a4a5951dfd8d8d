"""Laws of the owner's pages: what is changed is an entry, graver deeds ask who is there, nobody else comes in."""

from __future__ import annotations

import io
import zipfile
from asyncio import run
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.changing import granting, keeping
from remembrancer.office.running.carrying import carry_all
from tests.web import browsing
from tests.web.commons import serving
from tests.web.conftest import SLUG

BRIDGE = "bridge-board"
HOUSE = '[speakers]\nstyles = ["bold"]\n'
MINUTES = (
    "# Bridge Board, {day} May 2024\n\nPresent: Ivy Lark\n\n## 1. Planks\n\n**Ivy Lark:** The planks are rotten.\n"
)
OPEN_TO_CLERKS = ("house", "rules", "house.toml")
PAGES = ("", "members", "accounts", "health", "backup", *OPEN_TO_CLERKS)
OTHERS = ("", "public", "member", "chair", "officer", "auditor", "clerk")


@pytest.fixture
def bridge(django: None, tmp_path: Path) -> Path:
    """An office of its own, in which the accounts of the demo's roles hold the same roles."""
    from remembrancer.access import ROLES
    from remembrancer.interfaces.web.accounts.models import Account

    with Office.create(tmp_path / "office", "Bridge Board", HOUSE) as office:
        bureau = office.body()
        for day in (6, 7):
            (tmp_path / f"2024-05-0{day}.md").write_text(MINUTES.format(day=day), encoding="utf-8")
            file = keeping.File(tmp_path / f"2024-05-0{day}.md", f"2024-05-0{day}.md")
            list(keeping.take_in(bureau, OWNER, [file]))
        for role in ROLES[1:]:
            account = Account.objects.get(email=f"{role}@larkenford.example")
            granting.grant(bureau, OWNER, account.principal, role, name=account.name)
    return tmp_path / "office"


@pytest.fixture
def at_the_bridge(
    bridge: Path, browser_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Any]]:
    """The test client at that office instead of the demo's; jobs wait for ``carry_all``."""
    with serving(bridge, monkeypatch):
        yield browser_as


def entries(office: Path, kind: str) -> list[Any]:
    with Office(office) as opened:
        return [entry for entry in opened.body(BRIDGE).log.entries() if entry.kind == kind]


def at(name: str) -> str:
    return f"/{BRIDGE}/owner/{name}"


@pytest.mark.parametrize("role", OTHERS)
def test_the_owners_pages_are_for_the_owner(at_the_bridge: Callable[..., Any], role: str) -> None:
    client = at_the_bridge(role)
    for name in PAGES:
        lets_in = role == "clerk" and name in OPEN_TO_CLERKS
        assert client.get(at(name)).status_code == (200 if lets_in else 403 if role else 302), name


@pytest.mark.parametrize("name", PAGES)
def test_the_owner_sees_each_page(at_the_bridge: Callable[..., Any], name: str) -> None:
    assert at_the_bridge("owner").get(at(name)).status_code == 200


@pytest.mark.parametrize("name", ["members", "accounts", "backup"])
def test_who_was_away_is_asked_again_who_they_are(at_the_bridge: Callable[..., Any], name: str) -> None:
    client = at_the_bridge("owner")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    answer = client.get(at(name))
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]


def test_a_new_name_is_an_entry_and_stands_on_every_page(at_the_bridge: Callable[..., Any], bridge: Path) -> None:
    owner = at_the_bridge("owner")
    assert owner.post(at("rename"), {"name": "  Board of   Bridges "}).status_code == 303
    assert entries(bridge, "body")[-1].payload["name"] == "Board of Bridges"
    assert entries(bridge, "body")[-1].by.startswith("account:")
    assert "Board of Bridges" in owner.get(f"/{BRIDGE}/").content.decode()
    assert owner.post(at("rename"), {"name": " "}).status_code == 400


def test_who_adds_a_body_owns_it(at_the_bridge: Callable[..., Any], bridge: Path) -> None:
    owner = at_the_bridge("owner")
    answer = owner.post(at("bodies/add"), {"name": "Ford Board"})
    assert answer.headers["Location"] == "/ford-board/owner/"
    assert owner.get("/ford-board/owner/members").status_code == 200
    assert at_the_bridge("clerk").post(at("bodies/add"), {"name": "Weir Board"}).status_code == 403


def test_a_role_is_granted_and_ended_by_entries(at_the_bridge: Callable[..., Any], bridge: Path) -> None:
    from remembrancer.interfaces.web.accounts.models import Account

    owner, account = at_the_bridge("owner"), Account.objects.get(email="public@larkenford.example")
    told = {"holder": account.principal, "role": "auditor", "since": "", "until": "2099-12-31"}
    assert owner.post(at("members/grant"), told).status_code == 303
    last = entries(bridge, "grant")[-1]
    assert last.payload["principal"] == account.principal
    assert at_the_bridge("public").get(f"/{BRIDGE}/record/roles").status_code == 200
    assert owner.post(at(f"members/{last.number}/revoke")).status_code == 303
    assert entries(bridge, "grant")[-1].payload == {"revokes": last.number}
    assert at_the_bridge("public").get(f"/{BRIDGE}/record/roles").status_code == 403
    other = told | {"role": "", "other-role": " pond-keeper"}
    assert owner.post(at("members/grant"), other).status_code == 303
    assert entries(bridge, "grant")[-1].payload["role"] == "pond-keeper"
    assert owner.post(at("members/grant"), told | {"until": "1999-01-01", "since": "2000-01-01"}).status_code == 400


def test_an_invitation_shows_its_link_once(at_the_bridge: Callable[..., Any]) -> None:
    owner = at_the_bridge("owner")
    shown = owner.post(at("members/invite"), {"email": "new@bridge.example", "role": "member"}).content.decode()
    assert "/account/invitation/" in shown
    again = owner.get(at("members")).content.decode()
    assert "new@bridge.example" in again
    assert "/account/invitation/" not in again
    number = again.partition("/invitations/")[2].partition("/")[0]
    assert owner.post(at(f"members/invitations/{number}/withdraw")).status_code == 303
    assert "new@bridge.example" not in owner.get(at("members")).content.decode()


def test_what_is_wrong_with_a_house_is_said_with_its_line(at_the_bridge: Callable[..., Any], bridge: Path) -> None:
    clerk = at_the_bridge("clerk")
    for toml, line in (('language = "en"\nx = = 1\n', 2), ('[speakers]\n\nstyles = ["loud"]\n', 3)):
        said = clerk.post(at("house/check"), {"toml": toml}).content.decode()
        assert f"Line {line}:" in said
        assert clerk.post(at("house"), {"toml": toml, "do": "set"}).status_code == 200
    assert "Nothing is wrong" in clerk.post(at("house/check"), {"toml": HOUSE}).content.decode()
    assert len(entries(bridge, "house")) == 1


def test_a_draft_is_tried_on_documents_and_nothing_is_recorded(at_the_bridge: Callable[..., Any], bridge: Path) -> None:
    with Office(bridge) as office:
        before = office.body().log.size()
    toml = HOUSE + '[items]\nnot_items = [".*Planks"]\n'
    page = at_the_bridge("clerk").post(at("house"), {"toml": toml, "do": "try"}).content.decode()
    assert page.count("<caption>2024-05-0") == 2
    assert "<strong>1</strong>" in page
    assert "not_items" in page.partition('id="effects"')[2]
    with Office(bridge) as office:
        assert office.body().log.size() == before


def test_a_house_is_put_in_force_and_every_version_stays(at_the_bridge: Callable[..., Any], bridge: Path) -> None:
    clerk = at_the_bridge("clerk")
    file = io.BytesIO(b'\xef\xbb\xbflanguage = "en"\r\n')
    file.name = "house.toml"
    assert clerk.post(at("house"), {"toml": "ignored", "file": file, "do": "set"}).status_code == 303
    assert clerk.get(at("house.toml")).content == b'language = "en"\n'
    (first, second) = entries(bridge, "house")
    page = clerk.get(at("house")).content.decode()
    assert at(f"house/versions/{first.number}") in page
    changed = clerk.get(at(f"house/versions/{second.number}")).content.decode()
    assert "added" in changed
    assert "[speakers]" in changed
    assert clerk.get(at("house/versions/0")).status_code == 404


def test_everything_is_read_again_by_a_job(at_the_bridge: Callable[..., Any], bridge: Path) -> None:
    clerk = at_the_bridge("clerk")
    clerk.post(at("house"), {"toml": HOUSE + '[items]\nnot_items = [".*Planks"]\n', "do": "set"})
    job = clerk.post(at("house/read-again")).headers["Location"]
    assert "progress" in clerk.get(job).content.decode()
    with Office(bridge) as office:
        carry_all(office)
        assert office.body().house().items.not_items == (".*Planks",)
        readings = office.body().catalog.readings()
        assert {row.house for row in readings} == {readings[0].house}
        size = office.body().log.size()
    assert "Everything was read again" in clerk.get(job).content.decode()
    clerk.post(at("house/read-again"))
    with Office(bridge) as office:
        carry_all(office)
        assert office.body().log.size() == size


def test_rules_are_checked_told_in_sentences_and_put_in_force(at_the_bridge: Callable[..., Any], bridge: Path) -> None:
    clerk = at_the_bridge("clerk")
    assert "Line 1" in clerk.post(at("rules/check"), {"toml": "nonsense = 3\n"}).content.decode()
    page = clerk.get(at("rules")).content.decode()
    name = page.partition('href="?from=')[2].partition('"')[0]
    begun = clerk.get(f"{at('rules')}?from={name}")
    toml = clerk.get(f"{at('rules.toml')}?name={name}").content.decode()
    assert begun.status_code == 200
    assert "What they say" in clerk.post(at("rules"), {"toml": toml, "do": "try"}).content.decode()
    assert not entries(bridge, "rulebook")
    assert clerk.post(at("rules"), {"toml": toml, "do": "set", "since": "2024-01-01"}).status_code == 303
    assert entries(bridge, "rulebook")[-1].payload["since"] == "2024-01-01"
    assert clerk.get(f"{at('rules')}?from=nothing").status_code == 403


def test_the_record_is_verified_by_a_job_and_a_damaged_one_is_shown_as_such(
    at_the_bridge: Callable[..., Any], bridge: Path
) -> None:
    owner = at_the_bridge("owner")
    job = owner.post(at("health/verify"), {"extract": "yes"}).headers["Location"]
    with Office(bridge) as office:
        carry_all(office)
    assert "The record holds." in owner.get(job).content.decode()
    assert "The record holds." in owner.get(at("health")).content.decode()
    blob = next(path for path in (bridge / "bodies" / BRIDGE / "blobs").rglob("*") if path.is_file())
    blob.write_bytes(b"other")
    owner.post(at("health/verify"))
    with Office(bridge) as office:
        carry_all(office)
    assert "The record does not hold." in owner.get(at("health")).content.decode()


def test_a_job_is_shown_to_who_may_audit_in_its_own_body_alone(at_the_bridge: Callable[..., Any]) -> None:
    owner = at_the_bridge("owner")
    job = owner.post(at("health/verify")).headers["Location"]
    assert at_the_bridge("auditor").get(job).status_code == 200
    assert at_the_bridge("member").get(job).status_code == 403
    assert owner.get(at("jobs/99999")).status_code == 404
    part = owner.get(job, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<div")


def test_a_copy_of_the_office_is_sent_with_keys_only_where_they_are_ticked(at_the_bridge: Callable[..., Any]) -> None:
    owner = at_the_bridge("owner")
    for told, with_keys in (({}, False), ({"keys": "yes"}, True)):
        names = zipfile.ZipFile(io.BytesIO(sent(owner.post(at("backup"), told)))).namelist()
        assert f"bodies/{BRIDGE}/record.db" in names
        assert (f"bodies/{BRIDGE}/keys/signer.skey" in names) == with_keys


def test_where_the_settings_name_a_directory_a_copy_is_made_there(
    at_the_bridge: Callable[..., Any], bridge: Path
) -> None:
    owner = at_the_bridge("owner")
    assert "Make a copy there now" not in owner.get(at("backup")).content.decode()
    with (bridge / "remembrancer.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[backup]\ninto = "copies"\n')
    assert "Make a copy there now" in owner.get(at("backup")).content.decode()
    job = owner.post(at("backup"), {"into": "yes"}).headers["Location"]
    with Office(bridge) as office:
        carry_all(office)
    (made,) = (bridge / "copies").iterdir()
    assert made.name in owner.get(job).content.decode()
    assert made.name in owner.get(at("backup")).content.decode()


def sent(answer: Any) -> bytes:
    """All that a streamed answer sends."""

    async def collected() -> bytes:
        return b"".join([piece async for piece in answer])

    data = run(collected())
    answer.close()
    return data


def test_the_owner_of_one_body_alone_does_not_own_the_office(at_the_bridge: Callable[..., Any], bridge: Path) -> None:
    with Office(bridge) as office:
        office.add_body("Ford Board")
    owner = at_the_bridge("owner")
    for name in ("accounts", "backup"):
        assert owner.get(at(name)).status_code == 403
    assert owner.get(at("members")).status_code == 200
    assert owner.post(at("bodies/add"), {"name": "Weir Board"}).status_code == 403


def test_anybodys_token_and_sessions_are_ended_by_the_owner(at_the_bridge: Callable[..., Any]) -> None:
    from remembrancer.interfaces.web.accounts.models import Account, Token

    member = Account.objects.get(email="member@larkenford.example")
    token, _secret = Token.issue(member, "a feed of the bridge", ["read"])
    owner = at_the_bridge("owner")
    assert "a feed of the bridge" in owner.get(at("accounts")).content.decode()
    assert owner.post(at(f"tokens/{token.pk}/revoke")).status_code == 303
    assert not Token.objects.filter(pk=token.pk).exists()
    assert owner.post(at("accounts/sign-out"), {"email": member.email}).status_code == 303
    assert owner.post(at("accounts/sign-out"), {"email": "nobody@bridge.example"}).status_code == 403


def test_a_trial_of_mail_says_that_none_is_set(at_the_bridge: Callable[..., Any]) -> None:
    owner = at_the_bridge("owner")
    owner.post(at("health/mail"))
    assert "No mail server is set" in owner.get(at("health")).content.decode()


@pytest.mark.parametrize("name", PAGES[:-1])
def test_the_owners_pages_are_faultless(page_as: Callable[..., Any], name: str) -> None:
    page = page_as("owner")
    page.goto(f"/{SLUG}/owner/{name}")
    browsing.faultless(page)


def test_a_house_is_checked_as_one_types(page_as: Callable[..., Any]) -> None:
    page = page_as("clerk")
    page.goto(f"/{SLUG}/owner/house")
    page.fill("#toml", 'language = "en"\nx = = 1\n')
    page.wait_for_selector("#checked:has-text('Line 2:')")
    page.fill("#toml", 'language = "en"\n')
    page.wait_for_selector("#checked:has-text('Nothing is wrong')")
