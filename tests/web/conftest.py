"""An office of the demo's documents, served, with one account for each role; each worker has its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.web import browsing

PROJECT = Path(__file__).resolve().parents[2]
SLUG = "larkenford-town-council"
FAREWELL = ("--timeout-graceful-shutdown", "5")
"""No page that a test left open keeps the process from ending."""


@pytest.fixture(scope="session")
def office_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo's office with the accounts that ``founding`` makes: a copy for this worker alone."""
    base = tmp_path_factory.getbasetemp()
    office = tmp_path_factory.mktemp("web") / "office"
    shutil.copytree(_founded(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base), office)
    os.environ["REMEMBRANCER_OFFICE"] = str(office)
    os.environ["DJANGO_SETTINGS_MODULE"] = "remembrancer.interfaces.web.settings"
    yield office
    shutil.rmtree(office, ignore_errors=True)


def _founded(place: Path) -> Path:
    """The office to copy, made once for all workers: who comes first makes it, the others wait until that is over."""
    office, begun, over = place / "founded", place / "founding", place / "founding-over"
    try:
        begun.mkdir()
    except FileExistsError:
        _wait_for(over)
    else:
        try:
            subprocess.run([sys.executable, "-m", "tests.web.founding", str(office)], check=True, cwd=PROJECT)
        finally:
            over.touch()
    assert (office / "accounts.db").exists(), "The office of the tests could not be founded; see above."
    return office


def _wait_for(path: Path, seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path} does not come."
        time.sleep(0.1)


@pytest.fixture(scope="session")
def django(office_directory: Path) -> None:
    """Django set up for that office."""
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()


@pytest.fixture(autouse=True)
def no_calls_counted(request: pytest.FixtureRequest) -> None:
    """What one test calls does not count against the limits of the next."""
    if "django" in request.fixturenames:
        from django.core.cache import cache

        request.getfixturevalue("django")
        cache.clear()


@pytest.fixture(autouse=True)
def one_moment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the windows in which calls are counted nor the codes of a second factor change while a test runs."""
    if "django" in request.fixturenames:
        request.getfixturevalue("django")
        from allauth.core.internal import ratelimit
        from allauth.mfa.totp.internal import auth

        from remembrancer.interfaces.web.accounts import limits

        now = time.time()
        told = SimpleNamespace(time=lambda: now, monotonic=time.monotonic, sleep=time.sleep)
        for module in (ratelimit, auth, limits):
            monkeypatch.setattr(module, "time", told)


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
    process = subprocess.Popen([*command, "--port", port, "--log-level", "warning", *FAREWELL], env=told)
    try:
        browsing.wait_for_answer(f"{address}/healthy", process)
        yield address
    finally:
        process.terminate()
        process.wait(browsing.PATIENCE)


@pytest.fixture(scope="module")
def chromium(django: None) -> Iterator[Any]:
    """A Chromium for the tests of one file: beside the loop of its driver, Django must be let do its work."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=browsing.PATIENCE * 1000)
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
        context.set_default_timeout(browsing.PATIENCE * 1000)
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
