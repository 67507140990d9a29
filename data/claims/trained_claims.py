"""Claims that are measured by training, most of them on features that the base gave once."""

from __future__ import annotations

import statistics
from functools import cache, partial

import convnets
import keras
import numpy as np
from heads import BATCH, Examples, Recipe, build_head, load_examples, train
from keras import layers
from verdict import Finding, above_zero, can_happen, span, within

import coursetools as ct
from coursetools.datasets import load_arrays
from coursetools.operations import shifted
from coursetools.pretrained import load_pretrained_base
from coursetools.training import set_seed

SEEDS = (1, 2, 3, 4, 5)
BIRTHS = 24
BIRTH_EPOCHS = 6
SAME_LOSS = 1e-4
FEW_PICTURES = 64
LINEAR_EPOCHS = 30
LAG_SEEDS = (1, 2, 3)
LAG_EPOCHS = 12


@cache
def examples(part: str) -> Examples:
    """Features of a part of the lessons' set, computed once for all claims."""
    return load_examples(part)


def features_once_equal_the_naive_run(
    seeds: tuple[int, ...] = (1, 2, 3), pictures: int = FEW_PICTURES
) -> Finding:
    """Losses of `ct.fit`, which keeps features, less those of Keras's own `fit`, same seeds."""
    images, labels, _ = load_arrays("train", profile="reduced")
    step = len(images) // pictures
    chosen = images[::step], np.asarray(labels[::step], np.float32)[:, None]
    base = load_pretrained_base(trainable=False)
    differences = []
    for seed in seeds:
        losses = [_losses(seed, base, chosen, features_once=way) for way in (True, False)]
        differences.append(float(np.abs(np.subtract(*losses)).max()))
    return Finding(
        within(differences, SAME_LOSS),
        f"largest difference of a loss in 3 epochs of {len(chosen[0])} pictures: "
        f"{max(differences):.1e} (seeds: {len(seeds)}; the same is up to {SAME_LOSS:g})",
    )


def a_narrow_head_can_be_dead() -> Finding:
    """Lesson 1's heads with 6 hidden units from seed 1 up; how many give nothing but zeros."""
    dead = [
        seed
        for seed in range(1, BIRTHS + 1)
        if train(
            Recipe(seed, epochs=BIRTH_EPOCHS), examples("train"), examples("valid")
        ).share_of_zeros
        == 1
    ]
    return Finding(
        can_happen(len(dead)),
        f"{len(dead)} of {BIRTHS} seeds gave a hidden layer of nothing but zeros after "
        f"{BIRTH_EPOCHS} epochs: {', '.join(map(str, dead)) or 'none'}",
    )


def a_linear_head_on_the_averages_tells_cars_from_trucks() -> Finding:
    """One unit on the 1,280 averages of the base's maps, against a coin flip."""
    (train_x, train_y), (valid_x, valid_y) = (
        (part.features.mean((1, 2)), part.labels) for part in (examples("train"), examples("valid"))
    )
    reached = []
    for seed in SEEDS:
        set_seed(seed)
        head = keras.Sequential(
            [keras.Input(train_x.shape[1:]), layers.Dense(1, activation="sigmoid")]
        )
        head.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
        head.fit(train_x, train_y, batch_size=BATCH, epochs=LINEAR_EPOCHS, verbose=0)
        right = (head.predict(valid_x, verbose=0) > 0.5) == (valid_y > 0.5)
        reached.append(float(right.mean()))
    noise = float(np.sqrt(0.25 / len(valid_y)))
    return Finding(
        above_zero([value - 0.5 for value in reached], noise),
        f"validation accuracy {span(reached)}; a coin flip has .500",
    )


def accuracy_falls_under_shifts(pixels: int) -> Finding:
    """Accuracy of lesson 1's living heads less that on pictures moved to the right."""
    images, _, _ = load_arrays("valid", profile="reduced")
    base = load_pretrained_base(trainable=False)
    moved = shifted(images, 0, pixels, fill="edge")
    there = Examples(base.predict(moved, batch_size=BATCH, verbose=0), examples("valid").labels)
    before, after, changed, errors = [], [], [], []
    for weights in _living_heads():
        answers = [_says_truck(weights, part) for part in (examples("valid"), there)]
        right = [each == (there.labels[:, 0] > 0.5) for each in answers]
        before.append(float(right[0].mean()))
        after.append(float(right[1].mean()))
        changed.append(float((answers[0] != answers[1]).mean()))
        errors.append(float((right[0] ^ right[1]).mean()))
    # Each picture is compared with itself, so only those count that turn right or wrong.
    noise = float(np.sqrt(statistics.mean(errors) / len(images)))
    return Finding(
        above_zero([a - b for a, b in zip(before, after, strict=True)], noise),
        f"accuracy {span(before)}, moved by {pixels} pixels {span(after)}; answers that change "
        f"{span(changed)}",
    )


def moving_averages_lag() -> Finding:
    """Last validation accuracy with batch normalization of momentum .9 less that of .99."""
    pictures = convnets.load_little()
    reached: dict[float, list[float]] = {0.9: [], 0.99: []}
    for momentum, values in reached.items():
        for seed in LAG_SEEDS:
            recipe = convnets.Convnet(
                f"momentum-{momentum:g}-seed-{seed}",
                "",
                partial(convnets.normalized, momentum),
                seed,
                LAG_EPOCHS,
            )
            trained = convnets.train(recipe, pictures)
            values.append(trained.history["val_binary_accuracy"][-1])
    differences = [a - b for a, b in zip(reached[0.9], reached[0.99], strict=True)]
    noise = float(np.sqrt(2 * 0.25 / len(pictures.valid_labels)))
    return Finding(
        above_zero(differences, noise),
        f"validation accuracy after {LAG_EPOCHS} epochs: momentum .9 {span(reached[0.9])}, .99 "
        f"{span(reached[0.99])}",
    )


def _losses(
    seed: int, base: keras.Model, chosen: tuple[np.ndarray, np.ndarray], *, features_once: bool
) -> list[float]:
    head = build_head(Recipe(seed))
    model = keras.Sequential([keras.Input(chosen[0].shape[1:]), base, *head.layers])
    model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
    run = ct.fit if features_once else keras.Model.fit
    options = {"batch_size": 32, "epochs": 3, "shuffle": False, "verbose": 0}
    losses: list[float] = run(model, *chosen, **options).history["loss"]
    return losses


@cache
def _living_heads() -> list[list[np.ndarray]]:
    found = []
    for seed in range(1, BIRTHS + 1):
        trained = train(Recipe(seed), examples("train"), examples("valid"))
        if trained.share_of_zeros < 1:
            found.append(trained.weights)
        if len(found) == len(SEEDS):
            break
    return found


def _says_truck(weights: list[np.ndarray], part: Examples) -> np.ndarray:
    kernel, bias, out_kernel, out_bias = weights
    flat = part.features.reshape(len(part.features), -1)
    return (np.maximum(flat @ kernel + bias, 0) @ out_kernel + out_bias)[:, 0] > 0
