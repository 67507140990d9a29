"""Claims that are measured by training, most of them on features that the base gave once."""

from __future__ import annotations

import statistics
from functools import cache, partial

import convnets
import keras
import numpy as np
from evidence import Evidence
from heads import BATCH, Examples, Recipe, build_head, train
from keras import layers
from lesson_5 import LAG_PICTURES
from verdict import Finding, above_zero, can_happen, span, within

import coursetools as ct
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


def features_once_equal_the_naive_run(
    evidence: Evidence, usual: tuple[int, ...] = (1, 2, 3), pictures: int = FEW_PICTURES
) -> Finding:
    """Losses of `ct.fit`, which keeps features, less those of Keras's own `fit`, same seeds."""
    some = evidence.large.some(pictures)
    chosen = some.images, some.labels
    seeds = evidence.seeds(usual)
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


def a_narrow_head_can_be_dead(evidence: Evidence) -> Finding:
    """Lesson 1's heads with 6 hidden units from seed 1 up; how many give nothing but zeros."""
    dead = [
        seed
        for seed in range(1, BIRTHS + 1)
        if train(Recipe(seed, epochs=BIRTH_EPOCHS), evidence.train, evidence.valid).share_of_zeros
        == 1
    ]
    return Finding(
        can_happen(len(dead)),
        f"{len(dead)} of {BIRTHS} seeds gave a hidden layer of nothing but zeros after "
        f"{BIRTH_EPOCHS} epochs: {', '.join(map(str, dead)) or 'none'}",
    )


def a_linear_head_on_the_averages_tells_cars_from_trucks(evidence: Evidence) -> Finding:
    """One unit on the 1,280 averages of the base's maps, against a coin flip."""
    (train_x, train_y), (valid_x, valid_y) = (
        (part.features.mean((1, 2)), part.labels) for part in (evidence.train, evidence.valid)
    )
    reached = []
    for seed in evidence.seeds(SEEDS):
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


def accuracy_falls_under_shifts(evidence: Evidence, pixels: int) -> Finding:
    """Accuracy of lesson 1's living heads less that on pictures moved to the right."""
    images = evidence.large.valid_images
    base = load_pretrained_base(trainable=False)
    moved = shifted(images, 0, pixels, fill="edge")
    there = Examples(base.predict(moved, batch_size=BATCH, verbose=0), evidence.valid.labels)
    before, after, changed, errors = [], [], [], []
    for weights in _living_heads(evidence):
        answers = [_says_truck(weights, part) for part in (evidence.valid, there)]
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


def moving_averages_lag(evidence: Evidence) -> Finding:
    """Last validation accuracy with batch normalization of momentum .9 less that of .99."""
    pictures = evidence.small.some(LAG_PICTURES)
    reached: dict[float, list[float]] = {0.9: [], 0.99: []}
    for momentum, values in reached.items():
        for seed in evidence.seeds(LAG_SEEDS):
            recipe = convnets.Convnet(
                f"{evidence.profile}-momentum-{momentum:g}-seed-{seed}",
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
        f"validation accuracy after {LAG_EPOCHS} epochs of {LAG_PICTURES:,} pictures: momentum .9 "
        f"{span(reached[0.9])}, .99 {span(reached[0.99])}",
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
def _living_heads(evidence: Evidence) -> list[list[np.ndarray]]:
    found: list[list[np.ndarray]] = []
    for seed in range(1, BIRTHS + 1):
        trained = train(Recipe(seed), evidence.train, evidence.valid)
        if trained.share_of_zeros < 1:
            found.append(trained.weights)
        if len(found) == len(evidence.seeds(SEEDS)):
            break
    return found


def _says_truck(weights: list[np.ndarray], part: Examples) -> np.ndarray:
    kernel, bias, out_kernel, out_bias = weights
    flat = part.features.reshape(len(part.features), -1)
    return (np.maximum(flat @ kernel + bias, 0) @ out_kernel + out_bias)[:, 0] > 0
