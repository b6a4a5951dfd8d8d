"""An embedder without a model: texts are near as far as they share words, or words that stand for one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from remembrancer.memory.analysis import TOKEN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SharedWords:
    """A ``ports.Embedder``: each word has a direction that its hash decides. ``same`` says which words are taken for
    which others. It needs numpy."""

    name = "shared-words/1"
    dimensions = 64
    languages = frozenset({"en"})

    def __init__(self, same: Mapping[str, str] = MappingProxyType({})) -> None:
        self._same = same

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        rows: NDArray[np.float32] = np.zeros((len(texts), self.dimensions), np.float32)
        for at, text in enumerate(texts):
            for word in TOKEN.findall(text.lower()):
                for byte in sha256(self._same.get(word, word).encode()).digest()[:4]:
                    rows[at, byte % self.dimensions] += 1 if byte < 128 else -1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-9)
