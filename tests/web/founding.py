"""Founds the office that the tests of pages look at: the demo's documents read, one account for each role.

It is run as a program, ``python -m tests.web.founding DIRECTORY``, so that nothing of it stays open where it is copied.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from remembrancer.access import ROLES
from remembrancer.interfaces.cli import run

DEMO = Path(__file__).resolve().parents[2] / "examples" / "demo"
PASSWORD = "in the second drawer"


def found(office: Path) -> None:
    """Make the office where nothing is yet."""
    told = ["-o", str(office)]
    assert run(["init", str(office), "--body", "Larkenford Town Council", "--house", str(DEMO / "house.toml")]) == 0
    assert run(["rules", "set", str(DEMO / "rulebook.toml"), *told]) == 0
    assert run(["read", str(DEMO / "documents"), *told]) == 0
    add_accounts(office)


def add_accounts(directory: Path) -> None:
    """One account for each role, and one that the record grants none: ROLE@larkenford.example, ``PASSWORD``."""
    os.environ["REMEMBRANCER_OFFICE"] = str(directory)
    os.environ["DJANGO_SETTINGS_MODULE"] = "remembrancer.interfaces.web.settings"
    import django

    django.setup()
    from remembrancer.interfaces.web.accounts.beginning import add_account, prepare
    from remembrancer.office import Office

    prepare()
    with Office(directory) as office:
        for role in ROLES:
            roles = [] if role == "public" else [role]
            add_account(office, f"{role}@larkenford.example", f"The {role}", PASSWORD, roles)


if __name__ == "__main__":
    found(Path(sys.argv[1]))
