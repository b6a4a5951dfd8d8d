"""An office of the demo's documents, served, with one account for each role; each worker has its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from remembrancer.access import ROLES
from remembrancer.interfaces.cli import run
from tests.web import browsing

DEMO = Path(__file__).resolve().parents[2] / "examples" / "demo"
SLUG = "larkenford-town-council"
PASSWORD = "in the second drawer"
OPEN_PAPERS, CLOSED_PAPERS = "documents", "closed"


@pytest.fixture(scope="session")
def office_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo's office, read once; closed papers of ours beside them."""
    office = tmp_path_factory.mktemp("web") / "office"
    os.environ["REMEMBRANCER_OFFICE"] = str(office)
    os.environ["DJANGO_SETTINGS_MODULE"] = "remembrancer.interfaces.web.settings"
    told = ["-o", str(office)]
    assert run(["init", str(office), "--body", "Larkenford Town Council", "--house", str(DEMO / "house.toml")]) == 0
    assert run(["rules", "set", str(DEMO / "rulebook.toml"), *told]) == 0
    assert run(["read", str(DEMO / "documents"), *told]) == 0
    yield office
    shutil.rmtree(office, ignore_errors=True)


@pytest.fixture(scope="session")
def django(office_directory: Path) -> None:
    """Django set up for that office, with one account for each role: ROLE@larkenford.example, ``PASSWORD``."""
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    from remembrancer.interfaces.web.accounts.beginning import add_account, prepare
    from remembrancer.office import Office

    prepare()
    with Office(office_directory) as office:
        for role in ROLES:
            roles = [] if role == "public" else [role]
            add_account(office, f"{role}@larkenford.example", f"The {role}", PASSWORD, roles)


@pytest.fixture
def browser_as(django: None) -> Callable[[str], object]:
    """Django's test client, signed in as the account of a role; as nobody where none is named."""
    from django.test import Client

    from remembrancer.interfaces.web.accounts.models import Account

    def as_role(role: str = "") -> Client:
        client = Client()
        if role:
            account = Account.objects.get(email=f"{role}@larkenford.example")
            client.force_login(account)
            _show_a_password(client, account)
        return client

    return as_role


def _show_a_password(client: Any, account: Any) -> None:
    """As if who signed in had just shown a password, which the gravest deeds ask for."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()


@pytest.fixture(scope="session")
def served(django: None, office_directory: Path) -> Iterator[str]:
    """The address of the office, served by a process of its own."""
    address = f"http://127.0.0.1:{browsing.free_port()}"
    command = [sys.executable, "-m", "uvicorn", "remembrancer.interfaces.web.application:application"]
    told = {**os.environ, "REMEMBRANCER_OFFICE": str(office_directory), "REMEMBRANCER_ADDRESS": address}
    port = address.rpartition(":")[2]
    process = subprocess.Popen([*command, "--port", port, "--log-level", "warning"], env=told)
    try:
        _answers(f"{address}/healthy", process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until an address answers; fail where its process ended or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError(f"{address} does not answer.")


@pytest.fixture(scope="module")
def chromium(django: None) -> Iterator[Any]:
    """A Chromium for the tests of one file: beside the loop of its driver, Django must be let do its work."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = browsing.launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page_as(chromium: Any, served: str, browser_as: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """A page of the served office, signed in as the account of a role; as nobody where none is named. Further
    arguments are those of Playwright's ``new_context``, such as ``java_script_enabled=False``."""
    from django.conf import settings

    contexts: list[Any] = []

    def as_role(role: str = "", **told: Any) -> Any:
        context = chromium.new_context(base_url=served, viewport=browsing.DESK, **told)
        contexts.append(context)
        if role:
            name = settings.SESSION_COOKIE_NAME
            session = browser_as(role).cookies[name].value
            context.add_cookies([{"name": name, "value": session, "url": served, "httpOnly": True}])
        return context.new_page()

    yield as_role
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """What axe finds wrong with a page, one line each; see ``browsing`` for all that holds of a page."""
    return browsing.axe
