"""Laws of the model: the same text has the same vector, whatever stands beside it; what means the same lies near."""

from __future__ import annotations

import pytest

from remembrancer.memory.vectors import minilm
from remembrancer.model import Fault

if not minilm.installed():
    pytest.skip("the extra is not installed", allow_module_level=True)

import numpy as np


def test_a_vector_is_of_unit_length_and_depends_on_its_text_alone() -> None:
    model = minilm.MiniLM()
    text = "The weir is to be mended before winter."
    alone = model.embed([text])[0]
    beside = model.embed([text, *(f"Another matter, number {number}." for number in range(20))])
    later = model.embed([text])[0]
    assert alone.shape == (model.dimensions,)
    assert np.linalg.norm(beside, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.abs(beside[0] - alone).max() < 1e-5
    assert np.abs(later - alone).max() < 1e-5
    assert model.embed([]).shape == (0, model.dimensions)


def test_what_means_the_same_lies_nearer_than_what_does_not() -> None:
    asked, same, other = minilm.load().embed(
        ["cost of leaving a car in town", "Parking charges rise by a tenth.", "The choir sang at the fair."]
    )
    assert asked @ same > asked @ other + 0.2


def test_another_file_in_its_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    package, inside, _ = minilm.FILES["weights"]
    monkeypatch.setitem(minilm.FILES, "weights", (package, inside, "0" * 64))
    with pytest.raises(Fault, match="weights"):
        minilm.MiniLM()
