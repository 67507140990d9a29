"""The stored histories of lesson 5: which networks are trained for each, and what is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import augmented
import convnets
import keras
import numpy as np
import troubles
from convnets import Convnet, Pictures, TrainedConvnet
from heads import Examples, Recipe, load_examples
from heads import train as train_head
from recipes import RecipeFailedError, words

LONG_EPOCHS = 40
LIVE_EPOCHS = 6
LIVE_SEEDS = (1, 2, 3, 4)
NOTEBOOK_SEED = 1
PAIR_SEEDS = (1, 2, 3)
PAIR_EPOCHS = 40
FEW_PICTURES = 64
LAG_PICTURES = 1000
"""So few that 12 epochs are 192 steps: after many, moving averages lag no more."""

LEARNED = 0.55
"""Validation accuracy that a network which never started does not reach."""

Say = Callable[[str], None]
Run = dict[str, Any]

THREE_BLOCKS = "The three-block network (291,405 parameters) on 512 pictures of 128x128"
SMALL = "The small network (17,809 parameters) on the training pictures of 32x32"


def long_recipe() -> Convnet:
    """The original's training of the three-block network."""
    return Convnet(
        "three-blocks-epsilon-seed-1",
        f"{THREE_BLOCKS}, Adam(epsilon=0.01), {LONG_EPOCHS} epochs.",
        convnets.three_blocks,
        seed=1,
        epochs=LONG_EPOCHS,
        optimizer=partial(keras.optimizers.Adam, epsilon=0.01),
    )


def live_recipe(seed: int) -> Convnet:
    """The training of the three-block network that the notebook runs itself."""
    return Convnet(
        f"three-blocks-seed-{seed}",
        f"{THREE_BLOCKS}, Adam(), {LIVE_EPOCHS} epochs.",
        convnets.three_blocks,
        seed=seed,
        epochs=LIVE_EPOCHS,
    )


def plain_convnet(say: Say) -> Run:
    """The three-block network: 40 epochs of the original's Adam, 6 of the usual one."""
    pictures = convnets.load_large()
    runs = [cook(live_recipe(seed), f"Adam(), seed {seed}", pictures, say) for seed in LIVE_SEEDS]
    dead = sum(run["share_of_zeros"] == 1 for run in runs)
    return {
        "what": (
            "The three-block network trained on the lessons' pictures from random weights. With "
            f"Adam() its hidden layer ended with nothing but zeros for {dead} of {len(runs)} seeds."
        ),
        "runs": [cook(long_recipe(), "Adam(epsilon=0.01)", pictures, say), *runs],
    }


def three_blocks_weights(say: Say) -> dict[str, np.ndarray]:
    """The weights that the notebook's training comes to, float16, in the order of `get_weights`.

    Raises RecipeFailedError if with the notebook's seed the network does not learn.
    """
    pictures = convnets.load_large()
    trained = convnets.train(live_recipe(NOTEBOOK_SEED), pictures)
    reached = trained.history["val_binary_accuracy"][-1]
    say(f"three blocks, seed {NOTEBOOK_SEED}: validation accuracy {reached:.3f}")
    if reached < LEARNED:
        raise RecipeFailedError(
            f"With the seed `{NOTEBOOK_SEED}` the three-block network ends at a validation "
            f"accuracy of {reached:.3f}. Choose another seed in lesson_5.py and in the notebook."
        )
    parts = ("conv_1", "conv_2", "conv_3", "hidden", "output")
    names = [f"{part}_{kind}" for part in parts for kind in ("kernel", "bias")]
    weights = (array.astype(np.float16) for array in trained.model.get_weights())
    return dict(zip(names, weights, strict=True))


def augmented_transfer(say: Say) -> Run:
    """Transfer learning with augmentation, truly and on the features of a few views."""
    return {
        "what": (
            "Lesson 1's head trained with augmentation, each picture mirrored or not and its "
            "contrast between half and one and a half: changed anew in each epoch, and on "
            f"features of {augmented.VIEWS} random views of each picture, computed once."
        ),
        "runs": augmented.augmented_runs(PAIR_SEEDS, say, convnets.load_large()),
    }


def augmentation_small(say: Say) -> Run:
    """The small network with and without augmentation, three seeds each."""
    pictures = convnets.load_little()
    kinds = (
        ("without", "", convnets.small_network),
        ("with", ", each mirrored or not and shifted by up to a tenth", convnets.small_augmented),
    )
    runs = []
    for kind, change, make in kinds:
        for seed in PAIR_SEEDS:
            what = f"{SMALL}{change}; Adam(), {PAIR_EPOCHS} epochs."
            recipe = Convnet(f"small-{kind}-seed-{seed}", what, make, seed, PAIR_EPOCHS)
            runs.append(cook(recipe, f"{kind} {seed}", pictures, say))
    return {
        "what": (
            f"The small network trained {PAIR_EPOCHS} epochs without augmentation and with it, "
            "from the same three seeds, on the small pictures."
        ),
        "runs": runs,
    }


def one_change(say: Say) -> Run:
    """The small network with dropout and with batch normalization, three seeds each."""
    pictures = convnets.load_little()
    kinds = (
        ("dropout", "a dropout of 0.3 before its head", convnets.small_with_dropout),
        (
            "batch normalization",
            "batch normalization of momentum 0.9 after its convolutions",
            convnets.small_normalized,
        ),
    )
    runs = []
    for kind, change, make in kinds:
        for seed in PAIR_SEEDS:
            what = f"{SMALL}, with {change}; Adam(), {PAIR_EPOCHS} epochs."
            name = f"small-{kind.replace(' ', '-')}-seed-{seed}"
            recipe = Convnet(name, what, make, seed, PAIR_EPOCHS)
            runs.append(cook(recipe, f"{kind} {seed}", pictures, say))
    return {
        "what": (
            "The small network with one thing changed, as the runs without augmentation in all "
            "else: dropout, or batch normalization."
        ),
        "runs": runs,
    }


def three_troubles(say: Say) -> Run:
    """Three runs with unlike troubles, for exercise 5.4."""
    little = convnets.load_little()
    train_set, valid_set = load_examples("train"), load_examples("valid")
    wanted: dict[str, Iterator[Run]] = {
        "P": _few_pictures(train_set, valid_set),
        "Q": _stopped_early(little, say),
        "R": _lagging(little.some(LAG_PICTURES), say),
    }
    return {
        "what": "Three trainings with unlike troubles, to be told apart by their curves.",
        "runs": [_first(name, runs, say) for name, runs in wanted.items()],
    }


def cook(recipe: Convnet, name: str, pictures: Pictures, say: Say) -> Run:
    """Train a network and return it as it is stored."""
    trained = convnets.train(recipe, pictures)
    run = stored(recipe, trained, name, pictures)
    say(f"{name}: {summary(run)}")
    return run


def stored(recipe: Convnet, trained: TrainedConvnet, name: str, pictures: Pictures) -> Run:
    """Return a trained network as a run of a file."""
    return {
        "name": name,
        "seed": recipe.seed,
        "what": recipe.what,
        "share_of_zeros": round(convnets.share_of_zeros(trained.model, pictures.valid_images), 4),
        "history": rounded(trained.history),
    }


def rounded(history: dict[str, list[float]]) -> dict[str, list[float]]:
    """Keep six digits of each value."""
    return {curve: [float(f"{value:.6g}") for value in values] for curve, values in history.items()}


def summary(run: Run) -> str:
    """Return a run in one line."""
    curves = run["history"]
    return (
        f"accuracy {curves['binary_accuracy'][-1]:.3f}, validation "
        f"{curves['val_binary_accuracy'][-1]:.3f} (lowest {min(curves['val_binary_accuracy']):.3f},"
        f" highest {max(curves['val_binary_accuracy']):.3f}), loss {curves['loss'][-1]:.3f}, "
        f"validation {curves['val_loss'][-1]:.3f} (lowest {min(curves['val_loss']):.3f})"
    )


def _few_pictures(train_set: Examples, valid_set: Examples) -> Iterator[Run]:
    for seed in range(1, 11):
        recipe = Recipe(seed, units=16, pictures=FEW_PICTURES)
        trained = train_head(recipe, train_set, valid_set)
        yield {
            "name": "P",
            "seed": seed,
            "what": words(recipe, FEW_PICTURES),
            "share_of_zeros": round(trained.share_of_zeros, 4),
            "history": rounded(trained.history),
        }


def _stopped_early(pictures: Pictures, say: Say) -> Iterator[Run]:
    for rate in (1e-4, 5e-5, 3e-5):
        for seed in (1, 2, 3):
            recipe = Convnet(
                f"trouble-q-{rate:g}-seed-{seed}",
                f"{SMALL}, Adam({rate:g}), 12 epochs.",
                convnets.small_network,
                seed,
                epochs=12,
                optimizer=partial(keras.optimizers.Adam, rate),
            )
            yield cook(recipe, "Q", pictures, say)


def _lagging(pictures: Pictures, say: Say) -> Iterator[Run]:
    for rate in (1e-3, 3e-3):
        for seed in (1, 2, 3):
            recipe = Convnet(
                f"trouble-r-{rate:g}-seed-{seed}",
                "Three blocks with batch normalization of momentum 0.99 (52,129 parameters) on "
                f"{LAG_PICTURES:,} training pictures of 32x32, Adam({rate:g}), 12 epochs.",
                partial(convnets.normalized, 0.99),
                seed,
                epochs=12,
                optimizer=partial(keras.optimizers.Adam, rate),
            )
            yield cook(recipe, "R", pictures, say)


def _first(name: str, runs: Iterator[Run], say: Say) -> Run:
    """Return the first run that plainly has the trouble of its name."""
    for run in runs:
        if troubles.is_plainly(run["history"], name):
            say(f"{name}: {summary(run)}")
            return run
    raise RecipeFailedError(f"None of the recipes for run `{name}` gives one of its kind any more.")


FILES: dict[str, Callable[[Say], Run]] = {
    "augmentation-small": augmentation_small,
    "augmented-transfer": augmented_transfer,
    "one-change": one_change,
    "three-troubles": three_troubles,
    "plain-convnet": plain_convnet,
}
"""What makes each file of lesson 5's stored histories."""
