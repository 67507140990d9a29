"""The stored histories: which heads are trained for each, and what is noted of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import letters
from heads import (
    Examples,
    Recipe,
    Trained,
    train,
)

LESSON_SEED = 1
TEN_SEEDS = (LESSON_SEED, *range(2, 11))
RUNS_A_SIZE = 5
SIZE_UNITS = 16
SIZES = (32, 64, 128, 256, 512)
MOST_SEEDS = 200
TRIAL_EPOCHS = 4
MOST_ZEROS = 0.9

Say = Callable[[str], None]


class RecipeFailedError(RuntimeError):
    """On this data set a recipe no longer gives a run of the kind it is there for."""


@dataclass(frozen=True)
class Kitchen:
    """What every recipe needs: both parts of the set, and where progress is told."""

    train: Examples
    valid: Examples
    say: Say

    def cook(self, recipe: Recipe, name: str, **notes: Any) -> dict[str, Any]:
        """Train a head and return it as it is stored."""
        trained = train(recipe, self.train, self.valid)
        run = stored(trained, name, words(recipe, len(self.train.labels)), **notes)
        self.say(f"{name}: {summary(run)}")
        return run


def stored(trained: Trained, name: str, what: str, **notes: Any) -> dict[str, Any]:
    """Return a trained head as a run of a file."""
    return {
        "name": name,
        "seed": trained.recipe.seed,
        "what": what,
        "share_of_zeros": round(trained.share_of_zeros, 4),
        **notes,
        "history": {
            curve: [float(f"{value:.6g}") for value in values]
            for curve, values in trained.history.items()
        },
    }


def words(recipe: Recipe, available: int) -> str:
    """Return a recipe in words."""
    pictures = recipe.pictures or available
    return (
        f"Flatten, Dense {recipe.units} relu, Dense 1 sigmoid on the frozen base; Adam with a "
        f"learning rate of {recipe.rate:g}, {recipe.epochs} epochs of {pictures} pictures"
        + (f", after {recipe.warm_up} that are not shown." if recipe.warm_up else ".")
    )


def summary(run: dict[str, Any]) -> str:
    """Return a run in one line."""
    curves = run["history"]
    plain = "plainly" if letters.is_plain(curves) else "not plainly"
    return (
        f"{letters.letter(curves)} {plain}, loss {curves['loss'][0]:.4f} to "
        f"{curves['loss'][-1]:.4f}, validation loss {min(curves['val_loss']):.3f} to "
        f"{curves['val_loss'][-1]:.3f}, accuracy {curves['binary_accuracy'][-1]:.3f} and "
        f"{curves['val_binary_accuracy'][-1]:.3f}, zeros {run['share_of_zeros']:.2f}"
    )


def ten_seeds(kitchen: Kitchen) -> dict[str, Any]:
    """Lesson 1's head from ten different beginnings."""
    runs = [kitchen.cook(Recipe(seed), f"seed {seed}") for seed in TEN_SEEDS]
    dead = sum(run["share_of_zeros"] == 1 for run in runs)
    return {
        "what": (
            "Lesson 1's head trained ten times, each time from other random weights. Hidden "
            f"layers that ended with nothing but zeros: {dead} of {len(runs)}."
        ),
        "runs": runs,
    }


def dead_and_living(kitchen: Kitchen) -> dict[str, Any]:
    """A head of lesson 1 that dies, and one that lives."""
    recipe = next(_dying(kitchen, within=1))
    dead = kitchen.cook(recipe, "dead")
    living = _first(
        kitchen,
        "living",
        map(Recipe, TEN_SEEDS),
        lambda run: (
            run["share_of_zeros"] < MOST_ZEROS and run["history"]["binary_accuracy"][-1] > 0.9
        ),
    )
    return {
        "what": (
            "Two of lesson 1's heads that differ only in their first random weights. Seeds were "
            f"tried from 1 up: of {recipe.seed}, the last is the first that dies at once."
        ),
        "runs": [dead, living],
    }


def three_runs(kitchen: Kitchen) -> dict[str, Any]:
    """Three runs of unlike kind, for exercise 1.6."""
    slow = (Recipe(seed, rate=rate) for rate in (3e-6, 2e-6, 1e-6) for seed in (1, 2, 3))
    # A head dies in its first steps, and their loss still shows in the first epoch's mean.
    stuck = (replace(recipe, warm_up=2) for recipe in _dying(kitchen, within=2))
    usual = (Recipe(seed, units=16) for seed in (11, 12, 13, 14, 15, 16))
    wanted = [
        ("run 1", letters.UNDERFITS, slow),
        ("run 2", letters.NEVER_STARTED, stuck),
        ("run 3", letters.OVERFITS, usual),
    ]
    runs = [
        _first(kitchen, name, recipes, lambda run, letter=letter: _is_plainly(run, letter))
        for name, letter, recipes in wanted
    ]
    return {
        "what": "Three trainings of unlike kind, to be told apart by their curves.",
        "runs": runs,
    }


def data_size(kitchen: Kitchen) -> dict[str, Any]:
    """Accuracy against the number of training pictures."""
    available = len(kitchen.train.labels)
    runs, dead = [], 0
    for size in [*(size for size in SIZES if size < available), available]:
        started = 0
        for seed in count(1):
            recipe = Recipe(seed, units=SIZE_UNITS, pictures=size)
            run = kitchen.cook(recipe, f"{size} pictures, seed {seed}", pictures=size)
            if run["share_of_zeros"] == 1:
                dead += 1
                continue
            runs.append(run)
            started += 1
            if started == RUNS_A_SIZE:
                break
    return {
        "what": (
            f"A head with {SIZE_UNITS} hidden units trained on more and more pictures, half of "
            f"each class, drawn anew for each of {RUNS_A_SIZE} seeds; 30 epochs each, whatever the "
            "number, and the accuracy that counts is that after the last one. Heads that died and "
            f"were left out, the next seed in their place: {dead}."
        ),
        "runs": runs,
    }


FILES = {
    "ten-seeds": ten_seeds,
    "dead-and-living": dead_and_living,
    "three-runs": three_runs,
    "data-size": data_size,
}
"""What makes each file of stored histories."""


def _dying(kitchen: Kitchen, *, within: int) -> Iterator[Recipe]:
    """Return the recipes of lesson 1's heads that die within some epochs, by seed."""
    for seed in range(1, MOST_SEEDS + 1):
        recipe = Recipe(seed)
        trial = train(replace(recipe, epochs=TRIAL_EPOCHS), kitchen.train, kitchen.valid)
        # Others die slowly, or keep a unit that answers to a training picture or two.
        if trial.share_of_zeros == 1 and letters.stands_still(trial.history, after=within):
            yield recipe
        if seed % 10 == 0:
            kitchen.say(f"looking for a head that dies: {seed} seeds tried")
    raise RecipeFailedError(f"None of `{MOST_SEEDS}` seeds gives a head that dies.")


def _first(
    kitchen: Kitchen,
    name: str,
    recipes: Iterator[Recipe],
    fits: Callable[[dict[str, Any]], bool],
) -> dict[str, Any]:
    """Return the first run that fits."""
    for recipe in recipes:
        run = kitchen.cook(recipe, name)
        if fits(run):
            return run
    raise RecipeFailedError(f"None of the recipes for `{name}` gives a run of its kind any more.")


def _is_plainly(run: dict[str, Any], letter: str) -> bool:
    return letters.letter(run["history"]) == letter and letters.is_plain(run["history"])
