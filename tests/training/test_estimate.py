"""The time a training will take: counted right, and nothing changed by asking."""

import numpy as np
import pytest

from coursetools.training.estimate import STEPS, Estimate, estimate, in_words
from training.augmented_model import LABELS, PICTURES, build


def test_asking_changes_nothing() -> None:
    model = build()
    before = [weight.numpy() for weight in model.variables]
    found = estimate(model, PICTURES, LABELS, epochs=3, batch_size=16)
    assert all(np.array_equal(a, b.numpy()) for a, b in zip(before, model.variables, strict=True))
    assert model.optimizer.iterations.numpy() == 0
    assert (found.steps, found.epochs) == (3, 3)
    assert found.start > 0
    assert found.step > 0


def test_the_middle_one_of_the_steps_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0, 5, 10, 11, 20, 22, 30, 60])
    monkeypatch.setattr("coursetools.training.estimate.time.perf_counter", lambda: next(ticks))

    class Model:
        def get_compile_config(self) -> dict:
            return {}

        def compile_from_config(self, config: dict) -> None: ...

        def train_on_batch(self, *batch: object) -> None: ...

    monkeypatch.setattr("keras.models.clone_model", lambda model: model)
    found = estimate(Model(), np.zeros((130, 2)), np.zeros(130), epochs=10, batch_size=64)
    assert STEPS == 3
    assert found == Estimate(start=5, step=2, steps=3, epochs=10)
    assert found.seconds == 65
    assert str(found) == "10 epochs of 3 steps: about 70 seconds on this machine"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "10 seconds"),
        (11, "20 seconds"),
        (90, "90 seconds"),
        (91, "2 minutes"),
        (121, "3 minutes"),
    ],
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
