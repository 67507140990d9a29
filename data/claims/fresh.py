"""Evidence of pictures that a user has imported: all runs are trained for it, with few seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import augmented
import convnets
import heads
import lesson_5
from convnets import Convnet, Pictures
from evidence import Evidence
from heads import Recipe
from recipes import SIZE_UNITS

from coursetools.training import StoredRun

FEW = 32
"""Pictures of the least training set, as in the stored history."""


class FreshEvidence(Evidence):
    """The imported pictures, and runs trained on them by the recipes of the stored histories.

    There are no small pictures of their own: the same ones are reduced to 32x32. Convolutional
    networks are kept on disk while they train, so a measurement that was stopped goes on.
    """

    profile = "full"

    def __init__(self, seeds: tuple[int, ...], say: Callable[[str], None] = print) -> None:
        self._seeds = seeds
        self._say = say
        self._trained: dict[str, list[StoredRun]] = {}
        self._recipes = {
            "ten-seeds": self._heads,
            "data-size": self._sizes,
            "plain-convnet": self._plain,
            "augmentation-small": self._pairs,
            "augmented-transfer": self._views,
        }

    @cached_property
    def small(self) -> Pictures:
        """The imported pictures at 32x32."""
        return convnets.load_large(self.profile, side=32)

    def seeds(self, usual: tuple[int, ...]) -> tuple[int, ...]:
        """Give the seeds of this measurement, whatever is usual."""
        return self._seeds

    def runs(self, name: str) -> Sequence[StoredRun]:
        """Train the runs that a stored history of this name holds, once."""
        if name not in self._trained:
            self._trained[name] = self._recipes[name]()
        return self._trained[name]

    def _heads(self) -> list[StoredRun]:
        return [self._head(Recipe(seed), f"seed {seed}") for seed in self._seeds]

    def _sizes(self) -> list[StoredRun]:
        most = len(self.train.labels)
        return [
            self._head(
                Recipe(seed, units=SIZE_UNITS, pictures=count),
                f"{count or most} pictures, seed {seed}",
                pictures=count or most,
            )
            for count in (FEW, None)
            for seed in self._seeds
        ]

    def _head(self, recipe: Recipe, name: str, **notes: Any) -> StoredRun:
        trained = heads.train(recipe, self.train, self.valid)
        self._say(f"{name}: {trained.history['val_binary_accuracy'][-1]:.3f}")
        extra = {"share_of_zeros": trained.share_of_zeros, **notes}
        return StoredRun(name, recipe.seed, trained.history, extra=extra)

    def _plain(self) -> list[StoredRun]:
        long = replace(lesson_5.long_recipe(), seed=self._seeds[0])
        live = [lesson_5.live_recipe(seed) for seed in self._seeds]
        return [self._convnet(recipe, recipe.name, self.large) for recipe in (long, *live)]

    def _pairs(self) -> list[StoredRun]:
        kinds = (("without", convnets.small_network), ("with", convnets.small_augmented))
        return [
            self._convnet(
                Convnet(f"small-{kind}-seed-{seed}", "", make, seed, lesson_5.PAIR_EPOCHS),
                f"{kind} {seed}",
                self.small,
            )
            for kind, make in kinds
            for seed in self._seeds
        ]

    def _convnet(self, recipe: Convnet, name: str, pictures: Pictures) -> StoredRun:
        kept = replace(recipe, name=f"{self.profile}-{recipe.name}")
        run = lesson_5.cook(kept, name, pictures, self._say)
        extra = {"share_of_zeros": run["share_of_zeros"]}
        return StoredRun(name, recipe.seed, run["history"], extra=extra)

    def _views(self) -> list[StoredRun]:
        runs = augmented.augmented_runs(self._seeds, self._say, self.large)
        return [StoredRun(run["name"], run["seed"], run["history"]) for run in runs]
