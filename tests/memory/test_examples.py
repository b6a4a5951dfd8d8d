"""The examples in the documentation of a module are true."""

import doctest
from types import ModuleType

import pytest

from remembrancer import plain
from remembrancer.memory import analysis, lookup, query


@pytest.mark.parametrize("module", [plain, analysis, lookup, query])
def test_the_examples_hold(module: ModuleType) -> None:
    ran = doctest.testmod(module)
    assert ran.attempted > 0
    assert ran.failed == 0
