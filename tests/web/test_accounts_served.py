"""``serve`` and ``account`` as a person types them: each a process of its own, as Django is set up once for each."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from remembrancer.interfaces.web.serving.process import ALONE
from tests.web.browsing import PATIENCE, free_port
from tests.web.founding import DEMO

PASSWORD = "a kettle on the second shelf"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of one small body, whose settings are the demo's."""
    office = tmp_path_factory.mktemp("small") / "office"
    typed(office, "init", str(office), "--body", "Alder Town")
    settings = office / "remembrancer.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[web]\ndemo = true\n", encoding="utf-8")
    return office


def environment() -> dict[str, str]:
    told = {key: value for key, value in os.environ.items() if not key.startswith(("REMEMBRANCER_", "DJANGO_"))}
    return told | {"PYTHONUTF8": "1", "COLUMNS": "200"}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "remembrancer.interfaces.cli", *words]


def typed(office: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    line = command(*words, *([] if words[0] == "init" else ["-o", str(office)]))
    return subprocess.run(
        line, check=False, env=environment(), input=given, capture_output=True, encoding="utf-8", timeout=PATIENCE
    )


def told(office: Path, *words: str, given: str = "") -> Any:
    ran = typed(office, *words, "--json", given=given)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


class Serving:
    """An office served until the context ends, and what it printed at the start."""

    def __init__(self, office: Path, *words: str) -> None:
        self.port = free_port()
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        line = command("serve", "-o", str(office), "--port", str(self.port), "--no-open", "--json", *words)
        self._process = subprocess.Popen(line, env=environment(), stdout=subprocess.PIPE, encoding="utf-8")

    def __enter__(self) -> Serving:
        assert self._process.stdout
        said = ""
        while not said.endswith("\n}\n"):
            line = self._process.stdout.readline()
            assert line, f"It ended having said {said!r}."
            said += line
        self.said = json.loads(said)
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped()

    def stopped(self) -> int:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        return self._process.wait(PATIENCE)

    def get(self, path: str) -> tuple[int, str]:
        with self._browser.open(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()


@pytest.fixture
def serving(small: Path) -> Iterator[Serving]:
    with Serving(small) as begun:
        yield begun


def test_an_office_is_served_with_the_link_of_its_first_owner_and_stops_cleanly(serving: Serving) -> None:
    assert serving.said["bodies"] == ["Alder Town"]
    assert serving.said["address"] == f"http://localhost:{serving.port}"
    assert serving.get("/healthy") == (200, "well\n")
    link = serving.said["owner_link"].removeprefix(serving.said["address"])
    assert "You are invited" in serving.get(link)[1]
    assert serving.get("/static/mfa/js/webauthn.js")[0] == 200
    assert serving.stopped() == 0


def test_an_invitation_made_later_leads_to_where_the_office_was_served_last(serving: Serving, small: Path) -> None:
    port = serving.port
    assert serving.stopped() == 0
    link = told(small, "account", "invite", "ann@alder.example", "--role", "clerk")["link"]
    assert f"http://localhost:{port}/account/invitation/" in link


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such marks; a folder's own rules hold there.")
def test_accounts_and_keys_are_for_who_runs_the_office_alone(small: Path) -> None:
    told(small, "account", "list")
    secret = [small / "accounts.db", small / "web" / "secret.key", small / "web" / "identity.pem"]
    assert [each.stat().st_mode & 0o077 for each in secret] == [0, 0, 0]


def test_a_port_that_is_taken_is_said(small: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ran = typed(small, "serve", "--no-open", "--port", str(other.getsockname()[1]))
    assert ran.returncode == 3
    assert re.search(r"Port \d+ of 127\.0\.0\.1 cannot be used: .+", ran.stderr)
    assert "--port" in ran.stderr


def test_an_office_without_tls_is_not_served_to_others(small: Path) -> None:
    ran = typed(small, "serve", "--no-open", "--host", "0.0.0.0", "--port", "0")
    assert (ran.returncode, "passwords would travel in the open" in ran.stderr) == (3, True)


def test_the_demo_is_served_with_an_account_for_each_role(small: Path) -> None:
    with Serving(small, "--demo-accounts") as begun:
        roles = [email.partition("@")[0] for email, _ in begun.said["demo"]]
        assert roles == ["public", "member", "officer", "chair", "clerk", "auditor", "owner"]
        assert begun.said["owner_link"] is None


def test_no_other_office_is_given_such_accounts(small: Path, tmp_path: Path) -> None:
    office = tmp_path / "own"
    typed(office, "init", str(office), "--body", "Birch Town")
    ran = typed(office, "serve", "--demo-accounts", "--no-open", "--port", "0")
    assert (ran.returncode, "no demo" in ran.stderr) == (3, True)


def test_an_account_is_made_invited_opened_again_and_closed_at_the_terminal(small: Path) -> None:
    made = told(small, "account", "add", "noa@alder.example", "--role", "clerk", "--name", "Noa", given=f"{PASSWORD}\n")
    assert [(each["role"], each["body"]) for each in made["roles"]] == [("clerk", "alder-town")]
    assert made["principal"].startswith("account:")
    invited = told(small, "account", "invite", "ole@alder.example", "--role", "member", "--to", "2030-12-31")
    assert "/account/invitation/" in invited["link"]
    assert "/account/password/reset/key/" in told(small, "account", "link", "noa@alder.example")["link"]
    closed = told(small, "account", "close", "noa@alder.example")
    assert len(closed["entries"]) == 1
    assert "noa@alder.example" not in {each["email"] for each in told(small, "account", "list")}
    every = {each["email"]: each for each in told(small, "account", "list", "--all")}
    assert (every["noa@alder.example"]["active"], every["noa@alder.example"]["roles"]) == (False, [])
    assert typed(small, "account", "link", "noa@alder.example").returncode == 3


@pytest.mark.parametrize(
    ("words", "given", "code"),
    [
        (["add", "no address", "--role", "clerk"], PASSWORD, 2),
        (["add", "pia@alder.example", "--role", "public"], PASSWORD, 2),
        (["add", "pia@alder.example", "--role", "clerk"], "", 2),
        (["add", "pia@alder.example", "--role", "clerk"], "password", 3),
        (["invite", "pia@alder.example", "--role", "clerk", "--as", "role:clerk"], "", 3),
        (["list", "--as", "public"], "", 3),
        (["close", "nobody@alder.example"], "", 3),
    ],
)
def test_what_is_wrong_at_the_terminal_is_said_and_changes_nothing(
    small: Path, words: list[str], given: str, code: int
) -> None:
    ran = typed(small, "account", *words, given=given)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert "Traceback" not in ran.stderr


def test_djangos_own_check_finds_nothing_amiss_behind_tls(small: Path, tmp_path: Path) -> None:
    office = tmp_path / "tls"
    typed(office, "init", str(office), "--body", "Cedar Town")
    settings = office / "remembrancer.toml"
    behind = '\n[web]\naddress = "https://cedar.example"\nproxies = 1\n'
    settings.write_text(settings.read_text(encoding="utf-8") + behind, encoding="utf-8")
    ran = typed(office, "serve", "--check")
    assert (ran.returncode, ran.stdout) == (0, "Nothing is amiss.\n")
    alone = typed(small, "serve", "--check")
    assert (alone.returncode, alone.stdout.splitlines()[0]) == (1, ALONE)


def test_every_cookie_is_the_hosts_alone_behind_tls(tmp_path: Path) -> None:
    """And owners, clerks and auditors are asked for a second factor there, if nothing else is said."""
    office = tmp_path / "tls"
    typed(office, "init", str(office), "--body", "Cedar Town")
    settings = office / "remembrancer.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\n[web]\naddress = "https://cedar.example"\n', encoding="utf-8"
    )
    script = (
        "import django; django.setup()\n"
        "from django.conf import settings as told\n"
        "from remembrancer.interfaces.web.showing.looking import COOKIE\n"
        "print(told.SESSION_COOKIE_NAME, told.CSRF_COOKIE_NAME, told.LANGUAGE_COOKIE_NAME, COOKIE)\n"
        "print(*sorted(told.SECOND_FACTOR))"
    )
    found = {"REMEMBRANCER_OFFICE": str(office), "DJANGO_SETTINGS_MODULE": "remembrancer.interfaces.web.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", script], env=environment() | found, capture_output=True, encoding="utf-8", check=True
    )
    cookies, asked = ran.stdout.splitlines()
    assert all(each.startswith("__Host-") for each in cookies.split())
    assert asked == "auditor clerk owner"


def test_an_office_that_is_missing_is_said_before_its_port_is_looked_at(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = typed(tmp_path / "nowhere", "serve", "--port", str(taken.getsockname()[1]))
    assert ran.returncode and "nowhere" in ran.stderr and "Port" not in ran.stderr


def test_the_demo_says_how_to_look_at_it() -> None:
    """The demo of the examples ends with a command that this program knows."""
    assert "serve --demo-accounts" in (DEMO / "demo.py").read_text(encoding="utf-8")
