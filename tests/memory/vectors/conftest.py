"""An embedder without a model: texts are near as far as they share words, or words that stand for one another."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pytest

from remembrancer.memory.analysis import TOKEN

SAME = {"charges": "fees", "tariff": "fees", "car": "parking", "vehicle": "parking"}


class SharedWords:
    """The ``Embedder`` port: each word has a direction of its own that its hash decides."""

    name = "shared-words/1"
    dimensions = 64
    languages = frozenset({"en"})

    def embed(self, texts: Sequence[str]) -> Any:
        import numpy as np

        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in TOKEN.findall(text.lower()):
                digest = sha256(SAME.get(word, word).encode()).digest()
                for at in digest[:4]:
                    row[at % self.dimensions] += 1 if at < 128 else -1
            row /= max(float(np.linalg.norm(row)), 1e-9)
        return rows


@pytest.fixture
def embedder() -> SharedWords:
    pytest.importorskip("usearch")
    pytest.importorskip("numpy")
    return SharedWords()
