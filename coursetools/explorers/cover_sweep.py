"""A network's answers to a picture covered at every place, run in batches and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from coursetools.operations import cover_places, covered
from coursetools.visual.inputs import Floats, NetworkError

BATCH = 32

Told = Callable[[int, int], None]
Place = tuple[int, int]


@dataclass(frozen=True)
class Sweep:
    """The answers to one picture, covered at each place of a patch.

    places: (row, column) of the patch's upper left corner.
    patch: Pixels across it.
    whole: The probability for the picture as it is.
    answers: The probability for each place, shape (places,).
    """

    places: tuple[Place, ...]
    patch: int
    whole: float
    answers: Floats

    def changes(self, size: tuple[int, int]) -> Floats:
        """Return for each pixel the mean change of the probability while it is covered."""
        total = np.zeros(size, np.float32)
        times = np.zeros(size, np.float32)
        for (row, column), answer in zip(self.places, self.answers, strict=True):
            spot = slice(row, row + self.patch), slice(column, column + self.patch)
            total[spot] += answer - self.whole
            times[spot] += 1
        return (total / np.maximum(times, 1)).astype(np.float32)

    def lowest(self) -> int:
        """Return the number of the place at which the probability is least."""
        return int(np.argmin(self.answers))

    def highest(self) -> int:
        """Return the number of the place at which the probability is greatest."""
        return int(np.argmax(self.answers))


class Coverer:
    """A network and some pictures; each question is put to the network once."""

    def __init__(self, model: Any, pictures: Floats) -> None:
        """Keep the model, with one probability as output, and its pictures (n, h, w, 3)."""
        self._model = model
        self._pictures = pictures
        self.size: tuple[int, int] = (pictures.shape[1], pictures.shape[2])
        self.probabilities = self._ask(pictures)
        self._sweeps: dict[tuple[int, int, int], Sweep] = {}
        self._single: dict[tuple[int, int, Place], float] = {}

    def swept(self, picture: int, patch: int, stride: int) -> Sweep | None:
        """Return a sweep if it has been run."""
        return self._sweeps.get((picture, patch, stride))

    def sweep(self, picture: int, patch: int, stride: int, told: Told | None = None) -> Sweep:
        """Cover a picture at every place and ask the network, in batches.

        Args:
            picture: Its number.
            patch: Pixels across the patch.
            stride: Pixels from one place to the next.
            told: Called after each batch.
        """
        key = (picture, patch, stride)
        if key not in self._sweeps:
            places = cover_places(self.size, patch, stride)
            answers = []
            for first in range(0, len(places), BATCH):
                some = places[first : first + BATCH]
                answers.append(self._ask(covered(self._pictures[picture], some, patch)))
                if told is not None:
                    told(first + len(some), len(places))
            whole = float(self.probabilities[picture])
            self._sweeps[key] = Sweep(places, patch, whole, np.concatenate(answers))
        return self._sweeps[key]

    def answer(self, picture: int, patch: int, place: Place) -> float:
        """Return the probability with the picture covered at one place."""
        key = (picture, patch, place)
        if key not in self._single:
            covers = covered(self._pictures[picture], [place], patch)
            self._single[key] = float(self._ask(covers)[0])
        return self._single[key]

    def _ask(self, batch: Floats) -> Floats:
        found = np.asarray(self._model(batch, training=False), np.float32)
        if found.shape != (len(batch), 1):
            raise NetworkError(
                "The model must give one probability a picture, shape (n, 1), but it gave "
                f"`{found.shape}`."
            )
        return found[:, 0]
