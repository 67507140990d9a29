"""Measure the thresholds of exercise 5.9 on the small pictures, and write them down.

    .venv/bin/python data/histories/capstone.py [SEED ...]

A linear model, the small network and the reference network are trained on the training part, each
with several seeds, and asked about the practice part. The rule was fixed beforehand: the linear
model's mean and three standard errors, the small network's mean, the reference's less 3 points.
"""

from __future__ import annotations

import itertools
import json
import math
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import keras
from keras import layers

import coursetools as ct
from coursetools.lessons.lesson_5.capstone import THRESHOLDS

EPOCHS = 12
BATCH = 16
"""So few because 12 epochs are all there are: they are then about 2,250 steps."""

SEEDS = (1, 2, 3)


def linear() -> list[Any]:
    """One unit on the pixels."""
    return [layers.Flatten(), layers.Dense(1, "sigmoid")]


def small() -> list[Any]:
    """Two convolutions and a narrow head."""
    return [
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.MaxPool2D(),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPool2D(),
        layers.Flatten(),
        layers.Dense(16, "relu"),
        layers.Dense(1, "sigmoid"),
    ]


def reference() -> list[Any]:
    """The network of the solution of 5.9."""
    blocks = []
    for filters in (16, 32, 48):
        blocks += [
            layers.Conv2D(filters, 3, padding="same", activation="relu"),
            layers.Conv2D(filters, 3, padding="same", activation="relu"),
            layers.MaxPool2D(),
        ]
    changes = [layers.RandomFlip("horizontal"), layers.RandomTranslation(0.1, 0.1)]
    return [*changes, *blocks, layers.Flatten(), layers.Dropout(0.3), layers.Dense(1, "sigmoid")]


NETWORKS: dict[str, Callable[[], list[Any]]] = {
    "linear": linear,
    "small": small,
    "reference": reference,
}


def accuracy(make: Callable[[], list[Any]], seed: int) -> float:
    """Train one network and give its accuracy on the practice part."""
    images, labels = ct.load_small("train")
    ct.set_seed(seed)
    network = keras.Sequential([keras.Input(images.shape[1:]), *make()])
    network.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
    network.fit(images, labels, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    pictures, answers = ct.load_small("practice")
    return float(((network.predict(pictures, verbose=0).ravel() > 0.5) == answers).mean())


def thresholds(measured: dict[str, list[float]], pictures: int) -> list[dict[str, Any]]:
    """Give the three levels by the rule."""
    mean = {name: statistics.mean(values) for name, values in measured.items()}
    error = math.sqrt(mean["linear"] * (1 - mean["linear"]) / pictures)
    levels = (
        (mean["linear"] + 3 * error, "a linear model and three standard errors"),
        (mean["small"], "the small network"),
        (mean["reference"] - 0.03, "the reference network less three points"),
    )
    return [{"at_least": round(level, 3), "what": what} for level, what in levels]


def main(seeds: tuple[int, ...]) -> None:
    """Measure, print every run and write the file."""
    pictures = len(ct.load_small("practice")[1])
    measured: dict[str, list[float]] = {}
    for name, make in NETWORKS.items():
        measured[name] = []
        for seed in seeds:
            began = time.perf_counter()
            measured[name].append(round(accuracy(make, seed), 4))
            seconds = time.perf_counter() - began
            print(f"{name:<10} seed {seed}  {measured[name][-1]:.3f}  {seconds:.0f} s", flush=True)
    levels = thresholds(measured, pictures)
    content = {
        "made_by": f"data/histories/capstone.py, seeds {', '.join(map(str, seeds))}",
        "measured_on_this_set": True,
        "pictures": f"the {pictures:,} pictures of the practice part",
        "measured": measured,
        "levels": levels,
    }
    print(json.dumps(levels, indent=1))
    if not all(a["at_least"] < b["at_least"] for a, b in itertools.pairwise(levels)):
        raise SystemExit("The levels do not rise: the set cannot tell the networks apart.")
    THRESHOLDS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SEEDS)
