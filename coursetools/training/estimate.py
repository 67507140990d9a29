"""How long a training will take on this machine, from a few steps of a copy of the model."""

from __future__ import annotations

import time
from dataclasses import dataclass

import keras
import numpy as np

STEPS = 3


@dataclass(frozen=True)
class Estimate:
    """What a training is going to take; printed, it is a sentence.

    start: seconds until the first step is done, in which TensorFlow prepares the computation.
    step: seconds a step takes after that. steps: steps an epoch. epochs: how many.
    """

    start: float
    step: float
    steps: int
    epochs: int

    @property
    def seconds(self) -> float:
        """Seconds for all of it, without the validation after each epoch."""
        return self.start + self.step * self.steps * self.epochs

    def __str__(self) -> str:
        return (
            f"{self.epochs} epochs of {self.steps} steps: about {in_words(self.seconds)} on this "
            "machine"
        )


def estimate(
    model: keras.Model,
    pictures: np.ndarray,
    labels: np.ndarray,
    *,
    epochs: int,
    batch_size: int = 64,
) -> Estimate:
    """Time a few training steps of a copy; the model itself stays as it is.

    The copy draws first weights of its own. So set the seed after this, not before it, where what
    is built next is to come out the same each time.

    Args:
        model: A compiled model.
        pictures: Shape (n, ...), as the model takes them; one batch of them is used.
        labels: Shape (n,) or (n, 1).
        epochs: How many epochs are planned.
        batch_size: Pictures a step.
    """
    copy = keras.models.clone_model(model)
    copy.compile_from_config(model.get_compile_config())
    batch = np.asarray(pictures[:batch_size], "float32")
    truth = np.asarray(labels[:batch_size], "float32").reshape(len(batch), -1)
    times = []
    for _ in range(STEPS + 1):
        began = time.perf_counter()
        copy.train_on_batch(batch, truth)
        times.append(time.perf_counter() - began)
    steps = -(-len(pictures) // batch_size)
    return Estimate(start=times[0], step=float(np.median(times[1:])), steps=steps, epochs=epochs)


def in_words(seconds: float) -> str:
    """Say a time as a person would: `"40 seconds"`, `"3 minutes"`.

    Up to 90 seconds to the next ten, beyond that to the next whole minute, since more would be
    claiming to know too much.
    """
    if seconds <= 10:
        return "10 seconds"
    if seconds <= 90:
        return f"{-(-seconds // 10) * 10:.0f} seconds"
    return f"{-(-seconds // 60):.0f} minutes"
