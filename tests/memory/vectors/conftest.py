"""An embedder for which a vehicle's charges are parking fees."""

from __future__ import annotations

import pytest

from remembrancer.memory.vectors import minilm
from remembrancer.testing.embedding import SharedWords


@pytest.fixture
def embedder() -> SharedWords:
    if not minilm.installed():
        pytest.skip("the extra is not installed")
    return SharedWords({"charges": "fees", "tariff": "fees", "vehicle": "parking"})
