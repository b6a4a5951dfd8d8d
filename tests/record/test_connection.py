"""Law: who waits in vain for another's transaction is told so, and may try again."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from remembrancer.model import Exit, Fault
from remembrancer.record.connection import writing


def test_a_database_that_another_holds_is_unavailable_and_not_broken(tmp_path: Path) -> None:
    one, other = (apsw.Connection(str(tmp_path / "work.db")) for _ in range(2))
    with writing(one), pytest.raises(Fault, match=r"holds work\.db") as told, writing(other):
        pass
    assert told.value.exit_code is Exit.UNAVAILABLE
    with writing(other):
        other.execute("CREATE TABLE kept (word TEXT)")
