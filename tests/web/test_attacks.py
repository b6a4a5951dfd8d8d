"""What somebody tries who means ill: each comes to nothing, and is answered as who mistook something."""

from __future__ import annotations

import base64
import logging
import re
import socket
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import lxml.html
import pytest

from remembrancer.model import OWNER, PUBLIC
from remembrancer.office import Office
from remembrancer.office.changing.keeping import File, take_in
from remembrancer.office.registers.registered import Registered
from remembrancer.office.showing import shown
from tests.web import commons
from tests.web.commons import SLUG
from tests.web.founding import PASSWORD
from tests.web.test_access_table import addresses, told

SITE = "http://testserver"
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "http:///evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example/",
    " //evil.example/",
    f"{SITE}@evil.example/",
    "data:text/html,x",
)
FORMS_THAT_PROGRAMS_SEND = {
    "token", "idp:oidc:revoke", "idp:oidc:userinfo", "idp:oidc:client_registration",
}  # fmt: skip
"""What is posted by programs with a secret of their own, and never with a browser's session."""

MARK = "<b onclick=alert(1)>Zebra</b><script>alert(2)</script>\"'><img src=x onerror=alert(3)>"
HOSTILE = f"""# {MARK} 7 May 2024

Present: Ada Quill (chair), Ben <img src=x onerror=alert(4)> Rook, {{{{ request.user }}}} Tarn

## 1. {MARK}

Moved by Ben <img src=x onerror=alert(4)> Rook, seconded by Ada Quill: That [this](javascript:alert(5)) {MARK} be done.

Recorded vote

For (1): Ada Quill

Against (1): Ben <img src=x onerror=alert(4)> Rook

RESOLVED 2024/<svg/onload=alert(6)>: That {MARK} be done.

**Ada {MARK}:** {MARK} {{% include "web/base.html" %}} </script><!-- {{{{ settings.SECRET_KEY }}}}

ACTION: Ada Quill to do {MARK} by 1 May 2025.
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script><text>Zebra</text></svg>'
PAGE = f"<!doctype html><title>{MARK}</title><h1>Zebra, 8 May</h1><p onclick=x()>{MARK}<iframe src=//evil.example>"


@pytest.fixture(scope="module")
def weald(django: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The open office, with documents that mean ill, under names that do."""
    directory = tmp_path_factory.mktemp("attacked")
    office = commons.founded(directory, closed=False)
    given = {
        "minutes/2024-05-07.md": HOSTILE,
        'x"; filename=evil.html\r\nSet-Cookie: a=b\r\n/2024-05-08 <img src=x onerror=alert(7)>.html': PAGE,
        "../../2024-05-09.svg": SVG,
    }
    with Office(office) as opened:
        for number, (name, text) in enumerate(given.items()):
            (directory / str(number)).write_text(text, encoding="utf-8")
            list(take_in(opened.body(), OWNER, [File(directory / str(number), name)]))
        opened.body().catch_up()
    commons.grant_roles(office)
    return office


@pytest.fixture
def at_the_weald(
    weald: Path, browser_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Any]]:
    from django.core.cache import cache

    cache.clear()
    with commons.serving(weald, monkeypatch):
        yield browser_as


def entries(office: Path) -> int:
    with Office(office) as opened:
        return opened.body().log.size()


# Forged requests.


def test_nothing_is_done_that_a_page_of_ours_did_not_send(at_the_weald: Callable[..., Any], weald: Path) -> None:
    from django.test import Client

    browser, before = at_the_weald("owner"), entries(weald)
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = browser.cookies
    wrong = {}
    for name, address in addresses().items():
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(forged, method)(address, headers={"origin": "https://evil.example"})
            nothing = 404 if name == "api-nothing" else 403
            if answer.status_code not in (nothing, 405) and name not in FORMS_THAT_PROGRAMS_SEND:
                wrong[name, method] = answer.status_code, answer.headers.get("Location", "")
    assert wrong.pop(("authorize", "post"))[1].startswith("/identity/o/authorize?"), "asked again, by a page of ours"
    assert wrong == {}
    assert entries(weald) == before
    assert browser.get("/account/").status_code == 200, "still signed in"


@pytest.mark.parametrize("address", ["/", "/account/login/", f"/{SLUG}/watches/add"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_who_sends_a_page_left_open_too_long_is_told_what_to_do(
    at_the_weald: Callable[..., Any], address: str, language: str
) -> None:
    from django.test import Client

    stale = Client(enforce_csrf_checks=True).post(address, headers={"accept-language": language})
    assert stale.status_code == 403
    assert {"en": "send it once more", "de": "noch einmal ab"}[language] in stale.content.decode()
    assert "<style" not in stale.content.decode()


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PROPFIND"])
def test_no_page_is_shown_by_a_method_that_is_not_its_own(at_the_weald: Callable[..., Any], method: str) -> None:
    answer = at_the_weald().generic(method, f"/{SLUG}/register/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_what_programs_send_asks_for_a_secret_of_their_own(at_the_weald: Callable[..., Any]) -> None:
    browser = at_the_weald("owner")
    assert browser.get("/identity/o/api/userinfo").status_code == 401
    assert browser.post("/identity/o/api/token", {"grant_type": "authorization_code", "code": "x"}).status_code in (
        400,
        401,
    )
    assert browser.post("/identity/o/api/revoke", {"token": "x"}).status_code in (400, 401)


def test_looking_changes_nothing(at_the_weald: Callable[..., Any], weald: Path) -> None:
    """What is done is posted: following a link, or a picture's address, does nothing."""
    browser, before = at_the_weald("owner"), entries(weald)
    for name, address in addresses().items():
        if name != "reading_progress":
            browser.get(address)
    assert entries(weald) == before
    assert browser.get("/account/").status_code == 200


# Being led elsewhere.


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_address_of_ours_leads_elsewhere(at_the_weald: Callable[..., Any], elsewhere: str) -> None:
    query = urlencode({"next": elsewhere})
    given = {
        "next": elsewhere,
        "login": "member@larkenford.example",
        "password": PASSWORD,
        "language": "en",
        "look": "",
    }
    answers = [
        at_the_weald().post(f"/account/login/?{query}", given),
        at_the_weald().post(f"/look?{query}", given),
        at_the_weald("member").post(f"/account/reauthenticate/?{query}", given),
        at_the_weald("member").get(f"/account/login/?{query}"),
        at_the_weald("member").post(f"/account/logout/?{query}", given),
        at_the_weald("clerk").post(f"/{SLUG}/desk/settle", given | {"id": "x"}),
        at_the_weald("clerk").post(f"/{SLUG}/desk/classify", given | {"id": "x"}),
        at_the_weald("owner").post(f"/{SLUG}/owner/rename", {"name": "Weald Commons"}, headers={"referer": elsewhere}),
        at_the_weald().get(f"/{elsewhere}"),
        at_the_weald().get(f"//evil.example/{SLUG}/sittings"),
    ]
    for answer in answers:
        where = answer.headers.get("Location", "")
        assert urlsplit(where.replace("\\", "/").replace("\t", "").strip()).netloc in ("", "testserver"), where
        assert urlsplit(where).scheme in ("", "http"), where


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "X-Original-URL", "X-HTTP-Host-Override"]
)
def test_no_header_makes_the_office_call_itself_otherwise(at_the_weald: Callable[..., Any], name: str) -> None:
    for address in (
        f"/{SLUG}/",
        "/account/password/reset/",
        "/.well-known/oauth-authorization-server",
        f"/{SLUG}/feeds/",
    ):
        said = told(at_the_weald().get(address, headers={name: "evil.example"}))
        assert b"evil.example" not in said
    assert at_the_weald().get(f"/{SLUG}/", headers={"host": "evil.example"}).status_code == 400


# What documents say of themselves.


def acts(page: str) -> list[str]:
    """What of a page would act, or be fetched from elsewhere, that is no file of the office."""
    tree = lxml.html.document_fromstring(page)
    found = [f"{each.tag} {name}" for each in tree.iter() for name in each.attrib if str(name).startswith("on")]
    for each in tree.xpath("//script[not(@type='application/json')]"):
        if not (each.get("src") or "").startswith("/static/"):
            found.append(f"script {each.get('src')}")
    for address in tree.xpath("//@href | //@src | //@action | //@formaction | //object/@data"):
        if re.match(r"\s*(javascript|vbscript|data:text)", address, re.I) or "evil.example" in address:
            found.append(address[:60])
    found += [each.tag for each in tree.xpath("//iframe | //object | //embed | //base | //meta[@http-equiv='refresh']")]
    return [each for each in found if "sandbox" not in each]


def test_no_page_lets_a_document_act(at_the_weald: Callable[..., Any], weald: Path) -> None:
    browser = at_the_weald("owner")
    seen: dict[str, int] = {}
    ahead = [f"/{SLUG}/{room}" for room in ("sittings/", "decisions/", "people/", "matters/", "actions/", "sources/")]
    ahead += [
        f"/{SLUG}/{room}" for room in ("?q=zebra", "search?q=zebra", "search?q=zebra&sort=newest", "record/", "desk/")
    ]
    ahead += [
        f"/{SLUG}/{room}" for room in ("desk/queue", "desk/findings", "desk/retention", "desk/requests/", "register")
    ]
    ahead += [f"/{SLUG}/search?q={MARK}", f"/{SLUG}/?q={MARK}", f"/{SLUG}/decisions/?q={MARK}", f"/look?next={MARK}"]
    wrong = {}
    while ahead and len(seen) < 220:
        address = ahead.pop(0)
        if address in seen or "/download" in address:
            continue
        answer = browser.get(address)
        seen[address] = answer.status_code
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        page = answer.content.decode()
        assert answer.status_code < 500, address
        if page.strip() and (found := acts(page)):
            wrong[address] = found
        links = (unescape(link) for link in re.findall(r'href="([^"#]+)', page))
        ahead += [link for link in links if link.startswith(f"/{SLUG}/") and link not in seen]
    assert wrong == {}
    assert len(seen) > 60


def test_a_file_is_never_a_page_of_the_office(at_the_weald: Callable[..., Any], weald: Path) -> None:
    with Office(weald) as office:
        every = [each.id for each in shown.sources(office.body(), PUBLIC)]
        sources = [each for each in office.body().log.entries() if each.kind == "source"]
        numbers = {str((each.payload or {}).get("source")): each.number for each in sources}
    assert len(every) > 3
    for sha in every:
        for address in (
            f"/{SLUG}/sources/{sha}/as-it-came",
            f"/api/v1/{SLUG}/sources/{sha}/as-it-came",
            f"/api/v1/{SLUG}/record/blobs/{sha}",
            f"/{SLUG}/record/entries/{numbers[sha]}/blobs/{sha}",
        ):
            answer = at_the_weald().get(address)
            assert answer.status_code == 200, address
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            assert "Set-Cookie" not in answer.headers
            assert not re.search(r"[\r\n]", str(answer.headers["Content-Disposition"]))


def test_what_is_made_of_a_document_is_well_formed(at_the_weald: Callable[..., Any], weald: Path) -> None:
    """A calendar's lines, a feed's markup, an extract's text: what the record says stays within them."""
    from icalendar import Calendar
    from lxml import etree

    browser = at_the_weald()
    assert Calendar.from_ical(browser.get(f"/{SLUG}/feeds/sittings.ics").content)
    for name in ("sittings", "decisions"):
        feed = etree.fromstring(browser.get(f"/{SLUG}/feeds/{name}.atom").content)
        assert not [each for each in feed.iter() if each.tag.rpartition("}")[2] in ("script", "img", "b", "svg")]
    with Office(weald) as office:
        for row in Registered(office.body(), PUBLIC).register.decisions:
            kept = browser.get(f"/{SLUG}/decisions/{row.id}/extract.txt").headers["Content-Disposition"]
            assert re.fullmatch(r'attachment; filename="[\w.-]+"', kept), kept


@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "..%2fsettings.py",
        "%2e%2e/secrets.py",
        "web/../../settings.py",
        "/etc/passwd",
        "..\\settings.py",
        "",
        "web/",
    ],
)
def test_no_file_is_served_but_those_that_are_meant_to_be(django: None, path: str) -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.testclient import TestClient

    from remembrancer.interfaces.web.serving.files import files

    client = TestClient(Starlette(routes=[Mount("/static", files())]))
    assert client.get(f"/static/{path}").status_code in (404, 405)


# Headers.


def as_served(browser: Any) -> Any:
    """The same session at the pages as they are served, with what every answer says."""
    from django.core.asgi import get_asgi_application
    from starlette.testclient import TestClient

    from remembrancer.interfaces.web.serving.headers import Headers

    cookies = {name: told.value for name, told in browser.cookies.items()}
    return TestClient(
        Headers(get_asgi_application()), cookies=cookies, follow_redirects=False, client=("127.0.0.1", 50000)
    )


def test_every_page_says_what_browsers_may_do_with_it(at_the_weald: Callable[..., Any]) -> None:
    for role in ("", "owner"):
        browser = as_served(at_the_weald(role))
        for name, address in addresses().items():
            if name == "account_logout" and role:
                continue
            headers = browser.get(address).headers
            policy = headers["Content-Security-Policy"]
            assert "unsafe" not in policy, name
            assert "default-src 'none'" in policy, name
            assert headers["X-Content-Type-Options"] == "nosniff", name
            assert headers["X-Frame-Options"] == "DENY", name
            assert headers["Referrer-Policy"] == "same-origin", name
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin", name
            assert headers.get("Access-Control-Allow-Origin") in (None, "*"), name
            assert "Access-Control-Allow-Credentials" not in headers, name
            if headers.get("Content-Type", "").startswith("text/html"):
                assert "frame-ancestors 'none'" in policy, name
                assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name


@pytest.mark.parametrize("path", ["/static/web/office.css", "/mcp", "/mcp/account", "/healthy", "/nowhere"])
def test_what_is_not_djangos_says_the_same_and_that_tls_is_the_only_way(django: None, path: str) -> None:
    from starlette.testclient import TestClient

    from remembrancer.interfaces.web.application import application
    from remembrancer.interfaces.web.serving.headers import POLICY, Headers

    headers = TestClient(Headers(application, tls=True)).get(path, headers={"x-forwarded-proto": "https"}).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Security-Policy"] == POLICY
    assert headers.get_list("Strict-Transport-Security") == ["max-age=0; includeSubDomains; preload"]


@pytest.mark.parametrize("path", ["/mcp", "/mcp/account", "/api/v1/bodies"])
def test_a_program_that_calls_without_tls_is_refused_and_not_led_on(django: None, path: str) -> None:
    from starlette.testclient import TestClient

    from remembrancer.interfaces.web.application import application
    from remembrancer.interfaces.web.serving.headers import Headers

    client = TestClient(Headers(application, tls=True), follow_redirects=False, client=("127.0.0.1", 50000))
    refused = client.get(path)
    assert (refused.status_code, refused.headers["Content-Type"]) == (403, "application/problem+json")
    assert refused.json()["status"] == 403
    assert client.get(path, headers={"x-forwarded-proto": "https"}).status_code != 403
    plain = TestClient(Headers(application, tls=False), client=("127.0.0.1", 50000))
    assert plain.get(path).status_code != 403


def test_nothing_that_is_not_for_everybody_stays_in_a_cache(at_the_weald: Callable[..., Any]) -> None:
    browser = at_the_weald("owner")
    for name, address in addresses().items():
        if name in ("account_logout", "idp:oidc:jwks"):  # The second are public keys.
            continue
        kept = browser.get(address).headers["Cache-Control"]
        assert "public" not in kept, name
        assert any(word in kept for word in ("no-store", "private", "no-cache")), name
        if name.startswith(("account", "mfa", "member", "record_roles", "desk", "request", "backup", "token")):
            assert "no-store" in kept, name


def test_a_secret_in_an_address_is_nobody_s(at_the_weald: Callable[..., Any]) -> None:
    from remembrancer.interfaces.web.accounts.models import Account, Token

    account = Account.objects.get(email="owner@larkenford.example")
    secret = Token.issue(account, "A test", list(Token.SCOPES))[1]
    for name in ("token", "access_token", "key", "api_key", "authorization", "session"):
        assert at_the_weald().get(f"/api/v1/{SLUG}/grants?{name}={secret}").status_code == 401
        assert at_the_weald().get(f"/{SLUG}/record/roles?{name}={secret}").status_code == 302
    assert at_the_weald().get(f"/{SLUG}/record/roles", headers={"authorization": f"Bearer {secret}"}).status_code == 302


# More than was asked for.


def test_a_form_takes_no_more_than_its_fields(at_the_weald: Callable[..., Any], weald: Path) -> None:
    from remembrancer.interfaces.web.accounts.models import Account, Invitation, Token

    owner = at_the_weald("owner")
    more = {
        "by": "owner",
        "body": "",
        "used": "2020-01-01",
        "ends": "2999-01-01",
        "digest": "0" * 64,
        "id": "1",
        "pk": "1",
    }
    owner.post(f"/{SLUG}/owner/members/invite", {"email": "ivy@weald.example", "role": "member", **more})
    made = Invitation.objects.get(email="ivy@weald.example")
    assert (made.body, made.role, made.used) == (SLUG, "member", None)
    assert made.by == Account.objects.get(email="owner@larkenford.example").principal
    assert made.digest != "0" * 64
    member = at_the_weald("member")
    before = Account.objects.get(email="member@larkenford.example")
    member.post(
        "/account/",
        {
            "name": "The member",
            "email": "x@evil.example",
            "key": "a" * 16,
            "is_active": "",
            "password": "x",
            "role": "owner",
        },
    )
    after = Account.objects.get(email="member@larkenford.example")
    assert (after.name, after.key, after.is_active, after.password) == ("The member", before.key, True, before.password)
    for scope in ("grant", f"feed:{SLUG}:calendar", "read grant", "owner"):
        member.post("/account/tokens", {"name": "more", "scopes": [scope], "days": "10"})
    assert not Token.objects.filter(name="more").exists()


def test_an_invitation_gives_no_other_role_than_it_says(at_the_weald: Callable[..., Any], weald: Path) -> None:
    from remembrancer.interfaces.web.accounts.models import Account, Invitation

    _made, secret = Invitation.issue(
        email="", body=SLUG, role="member", by=Account.objects.get(email="owner@larkenford.example").principal
    )
    guest = at_the_weald()
    guest.get(f"/account/invitation/{secret}")
    given = {"email": "oz@weald.example", "name": "Oz", "password": "a goose in the third row"}
    guest.post(
        "/account/invitation", {**given, "role": "owner", "body": "", "since": "", "is_active": "1", "key": "a" * 16}
    )
    with Office(weald) as office:
        account = Account.objects.get(email="oz@weald.example")
        from remembrancer.model import Principal

        assert office.body().principal(Principal(account.principal)).roles == {"member"}
    assert account.key != "a" * 16


def test_nobody_reaches_what_is_somebody_else_s_by_its_number(at_the_weald: Callable[..., Any]) -> None:
    from remembrancer.interfaces.web.accounts.models import Account, Token

    chair, member = at_the_weald("chair"), at_the_weald("member")
    chair.post(f"/{SLUG}/watches/add", {"kind": "search", "q": "geese"})
    account = Account.objects.get(email="chair@larkenford.example")
    token = Token.issue(account, "Theirs", ["read"])[0]
    feed = Token.issue(account, "Their feed", [f"feed:{SLUG}:calendar"])[0]
    theirs = {
        f"/account/tokens/{token.pk}/revoke": 404,
        f"/{SLUG}/feeds/{feed.pk}/revoke": 404,
        f"/{SLUG}/owner/tokens/{token.pk}/revoke": 403,
        f"/{SLUG}/watches/geese/remove": 403,
        f"/{SLUG}/watches/geese": 403,
        "/account/assistants/nonesuch/end": 404,
    }
    assert {address: member.post(address).status_code for address in theirs} == theirs
    unknown = member.post(f"/{SLUG}/watches/gander").content
    assert _plain(member.post(f"/{SLUG}/watches/geese").content) == _plain(unknown.replace(b"gander", b"geese"))
    assert Token.objects.filter(pk__in=(token.pk, feed.pk)).count() == 2
    assert chair.get(f"/{SLUG}/watches/geese").status_code == 200
    wrong_kind = chair.post(f"/{SLUG}/feeds/{token.pk}/revoke")
    assert wrong_kind.status_code == 404, "a token that opens no feed is none of the feeds' page"


def _plain(page: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)


# Assistants that mean ill.


def registered(browser: Any, **more: Any) -> Any:
    asked = {"redirect_uris": ["https://evil.example/back"], "token_endpoint_auth_method": "none", **more}
    return browser.post("/identity/o/api/clients", asked, content_type="application/json")


def led(client: str, **more: str) -> str:
    challenge = base64.urlsafe_b64encode(sha256(b"v" * 43).digest()).rstrip(b"=").decode()
    asked = {"response_type": "code", "client_id": client, "redirect_uri": "https://evil.example/back", "scope": "read"}
    proof = {"code_challenge": challenge, "code_challenge_method": "S256"}
    return (
        f"/identity/o/authorize?{urlencode({key: value for key, value in {**asked, **proof, **more}.items() if value})}"
    )


@pytest.mark.parametrize("prompt", ["none", "none login", "none consent"])
def test_an_assistant_is_let_in_by_nobody_who_was_not_asked(at_the_weald: Callable[..., Any], prompt: str) -> None:
    """Not even by who let in another one before."""
    from allauth.idp.oidc.models import Client, Token

    from remembrancer.interfaces.web.accounts.models import Account

    member = at_the_weald("member")
    trusted = Client.objects.create(name="Trusted")
    Token.objects.create(
        client=trusted, user=Account.objects.get(email="member@larkenford.example"), scopes="openid\nread",
        type=Token.Type.REFRESH_TOKEN, hash="x" + prompt,
    )  # fmt: skip
    evil = registered(member).json()["client_id"]
    answer = member.get(led(evil, prompt=prompt, scope="openid read"))
    assert "evil.example" not in answer.headers.get("Location", "")
    assert answer.status_code == 400
    asked = member.get(led(evil))
    assert asked.status_code == 200
    assert b"evil.example" in asked.content, "who asks is said"
    trusted.delete()


@pytest.mark.parametrize(
    "wrong", [{"code_challenge": ""}, {"code_challenge_method": "plain"}, {"code_challenge_method": ""}]
)
def test_a_code_is_of_use_to_who_asked_for_it_alone(at_the_weald: Callable[..., Any], wrong: dict[str, str]) -> None:
    """Of assistants with a secret too."""
    member = at_the_weald("member")
    client = registered(member, token_endpoint_auth_method="client_secret_post").json()["client_id"]
    answer = member.get(led(client, **wrong))
    assert (answer.status_code, answer.headers.get("Location", "")[:40]) != (200, "")
    assert "code=" not in answer.headers.get("Location", "")


@pytest.fixture
def assistant(at_the_weald: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """An assistant that a member lets in: shows what it has, and is told what it is given for it."""
    from allauth.idp.oidc.models import Client

    member = at_the_weald("member")
    grants = {"redirect_uris": ["https://reader.example/back"], "grant_types": ["authorization_code", "refresh_token"]}
    client = registered(member, **grants).json()["client_id"]
    back = {"client_id": client, "redirect_uri": "https://reader.example/back"}
    page = member.get(led(client, redirect_uri=back["redirect_uri"], scope="openid read"))
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    agreed = {**{key: unescape(value) for key, value in form.items()}, "scopes": ["openid", "read"], "action": "grant"}
    brought = member.post("/identity/o/authorize", agreed).headers["Location"]
    code = parse_qs(urlsplit(brought).query)["code"][0]

    def show(**shown: str) -> Any:
        given = shown or {"code": code}
        kind = "refresh_token" if shown else "authorization_code"
        told = {**back, "grant_type": kind, "code_verifier": "v" * 43, **given}
        return at_the_weald().post("/identity/o/api/token", told)

    yield show
    Client.objects.filter(pk=client).delete()


def held() -> int:
    """How many tokens of assistants a member has given out."""
    from allauth.idp.oidc.models import Token

    from remembrancer.interfaces.web.accounts.models import Account

    return Token.objects.filter(user=Account.objects.get(email="member@larkenford.example")).count()


def test_a_refresh_token_is_good_once_and_one_that_comes_twice_ends_all_that_came_of_it(
    assistant: Callable[..., Any],
) -> None:
    first = assistant().json()
    second = assistant(refresh_token=first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert assistant(refresh_token="nonesuch").status_code == 400
    third = assistant(refresh_token=second["refresh_token"]).json()
    assert assistant(refresh_token=first["refresh_token"]).status_code == 400
    assert assistant(refresh_token=third["refresh_token"]).status_code == 400
    assert held() == 0


def test_a_code_that_comes_twice_ends_what_was_given_for_it(assistant: Callable[..., Any]) -> None:
    given = assistant().json()
    assert held() > 0
    assert assistant().status_code == 400
    assert held() == 0
    assert assistant(refresh_token=given["refresh_token"]).status_code == 400


def test_what_an_assistant_was_given_ends_however_often_it_is_renewed(
    assistant: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from allauth.idp.oidc.models import Token

    from remembrancer.interfaces.web import settings

    monkeypatch.setattr(settings, "ASSISTANTS_END_AFTER", 3600)
    told, ends = assistant().json(), []
    for _ in range(3):
        token = Token.objects.lookup(Token.Type.REFRESH_TOKEN, told["refresh_token"])
        assert token is not None
        ends.append(token.expires_at)
        told = assistant(refresh_token=told["refresh_token"]).json()
    assert len(set(ends)) == 1


def test_registering_an_assistant_has_nothing_fetched(
    at_the_weald: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*arguments: Any, **named: Any) -> Any:
        raise AssertionError("The office was made to call somebody.")

    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)
    inside = "http://169.254.169.254/latest/"
    more = dict.fromkeys(
        ("jwks_uri", "logo_uri", "client_uri", "policy_uri", "tos_uri", "sector_identifier_uri"), inside
    )
    assert registered(at_the_weald(), **more).status_code in (201, 400)
    browser = at_the_weald("member")
    for client in (inside, "https://evil.example/client.json"):
        assert "evil.example" not in browser.get(led(client)).headers.get("Location", "")
    for provider in ("evil.example", "organisation", "http:evil.example"):
        assert at_the_weald().post(f"/account/oidc/{provider}/login/").status_code in (400, 404)


# What the office says of itself.


def test_no_method_echoes_a_request(at_the_weald: Callable[..., Any]) -> None:
    for address in ("/", f"/{SLUG}/search", f"/api/v1/{SLUG}/sittings"):
        answer = at_the_weald().generic("TRACE", address, headers={"x-secret": "heron"})
        assert b"heron" not in told(answer)
        assert answer.status_code == 405 or not answer.content.startswith(b"TRACE")


def test_the_program_s_own_fault_says_nothing_of_itself(
    weald: Path, django: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import Client

    from remembrancer.interfaces.web.serving import opened

    def failing() -> Any:
        raise RuntimeError("the heron's secret is in " + str(weald))

    monkeypatch.setattr(opened, "lender", failing)
    for address in (f"/{SLUG}/", f"/api/v1/{SLUG}/sittings"):
        answer = Client(raise_request_exception=False).get(address)
        assert answer.status_code == 500
        assert not any(word in answer.content for word in (b"heron", b"RuntimeError", b"Traceback", bytes(weald)))


@pytest.mark.parametrize("place", ["*", "*.evil.example", "evil.example,https:", "evil.example;x", "é.example", "a@b"])
def test_an_assistant_leads_to_one_place_and_writes_nothing_into_the_page_s_policy(
    at_the_weald: Callable[..., Any], place: str
) -> None:
    assert registered(at_the_weald(), redirect_uris=[f"https://{place}/back"]).status_code == 400


@pytest.mark.parametrize("method", ["PROPFIND", "POST", "GET"])
def test_no_log_names_a_secret_address(
    at_the_weald: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """Calendars ask an address with PROPFIND first, which is refused as what no form of ours sent."""
    from django.test import Client

    heard, handler = list[str](), logging.Handler()
    monkeypatch.setattr(handler, "emit", lambda line: heard.append(line.getMessage()))
    monkeypatch.setattr(logging.getLogger("django"), "handlers", [handler])
    for address in (f"/{SLUG}/feeds/own/heron.ics", f"/{SLUG}/feeds/own/heron.atom", "/account/invitation/heron"):
        assert Client(enforce_csrf_checks=True).generic(method, address).status_code in (403, 404)
    assert heard == []
