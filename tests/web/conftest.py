"""An office of the demo's documents, served, with one account for each role; each worker has its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from remembrancer.access import ROLES
from remembrancer.interfaces.cli import run

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
            client.force_login(Account.objects.get(email=f"{role}@larkenford.example"))
        return client

    return as_role
