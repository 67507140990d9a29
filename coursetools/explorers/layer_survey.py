"""What a layer's channels answer to most, among some pictures, and what a channel is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.visual.cut import NetworkCuts
from coursetools.visual.inputs import Floats

AT_ONCE = 8
"""Copies of a layer's maps that are in memory together."""

Told = Callable[[int, int], None]
"""Called with how many steps are done, and of how many."""


@dataclass(frozen=True)
class Patch:
    """The place in one picture to which a channel answers most strongly.

    picture: Its number.
    answer: The channel's answer.
    rows, columns: The pixels of the receptive field that lie in the picture, from and up to.
    size: Pixels across the whole field.
    """

    picture: int
    answer: float
    rows: tuple[int, int]
    columns: tuple[int, int]
    size: int


@dataclass(frozen=True)
class Survey:
    """The strongest answer of each channel to each picture.

    answers: float32 of shape (pictures, channels).
    places: Its row and column in the map, shape (pictures, channels, 2).
    """

    answers: Floats
    places: NDArray[np.int64]


class NetworkInside:
    """A network and some pictures: each layer is run once, and what it says is kept."""

    def __init__(self, cuts: NetworkCuts, pictures: Floats) -> None:
        """Keep the network and the pictures, shape (n, h, w, 3)."""
        self.cuts = cuts
        self.pictures = pictures
        self.probabilities = cuts.probabilities(pictures)
        self._surveys: dict[str, Survey] = {}
        self._maps: dict[tuple[str, int], Floats] = {}
        self._without: dict[tuple[str, int, int], float] = {}

    def maps(self, layer: str, picture: int) -> Floats:
        """Return a layer's maps of one picture, shape (h', w', channels)."""
        key = (layer, picture)
        if key not in self._maps:
            if len(self._maps) >= AT_ONCE:  # the oldest goes
                del self._maps[next(iter(self._maps))]
            self._maps[key] = self.cuts.maps(layer, self.pictures[picture : picture + 1])[0]
        return self._maps[key]

    def survey(self, layer: str, told: Told | None = None) -> Survey:
        """Return the strongest answers of a layer to all pictures."""
        if layer not in self._surveys:
            answers, places = [], []
            for first in range(0, len(self.pictures), AT_ONCE):
                maps = self.cuts.maps(layer, self.pictures[first : first + AT_ONCE])
                count, height, width, channels = maps.shape
                rows = maps.reshape(count, height * width, channels)
                strongest = np.unravel_index(rows.argmax(axis=1), (height, width))
                answers.append(rows.max(axis=1))
                places.append(np.stack(strongest, axis=-1))
                if told is not None:
                    told(first + count, len(self.pictures))
            self._surveys[layer] = Survey(np.concatenate(answers), np.concatenate(places))
        return self._surveys[layer]

    def strongest(self, layer: str, channel: int, count: int) -> list[Patch]:
        """Return the patches to which a channel answers most, one of a picture at most."""
        survey, field = self.survey(layer), self.cuts.field(layer)
        height, width = self.pictures.shape[1:3]
        order = np.argsort(-survey.answers[:, channel], kind="stable")[:count]
        found = []
        for number in order:
            row, column = (int(one) for one in survey.places[number, channel])
            answer = float(survey.answers[number, channel])
            rows, columns = field.pixels(row, height), field.pixels(column, width)
            found.append(Patch(int(number), answer, rows, columns, field.size))
        return found

    def crop(self, patch: Patch) -> Floats:
        """Return the pixels of a patch as a square; what lies beyond the picture is grey."""
        picture = self.pictures[patch.picture]
        side = min(patch.size, max(picture.shape[:2]))
        canvas = np.full((side, side, picture.shape[-1]), 0.5, np.float32)
        inside = picture[slice(*patch.rows), slice(*patch.columns)]
        height, width = inside.shape[:2]
        # What was cut away at the first row or column is padding before it.
        top = side - height if patch.rows[0] == 0 else 0
        left = side - width if patch.columns[0] == 0 else 0
        canvas[top : top + height, left : left + width] = inside
        return canvas

    def without(self, layer: str, picture: int, channel: int) -> float:
        """Return the probability with a channel of a layer set to 0.

        Raises:
            NetworkError: The network cannot be cut behind the layer.
        """
        key = (layer, picture, channel)
        if key not in self._without:
            for _ in self._switch_off(layer, picture, [channel]):
                pass
        return self._without[key]

    def without_each(self, layer: str, picture: int, told: Told | None = None) -> Floats:
        """Return the probability with each channel of a layer set to 0 in turn.

        Raises:
            NetworkError: The network cannot be cut behind the layer.
        """
        channels = list(range(self.maps(layer, picture).shape[-1]))
        missing = [one for one in channels if (layer, picture, one) not in self._without]
        for done in self._switch_off(layer, picture, missing):
            if told is not None:
                told(done, len(missing))
        return np.array([self._without[layer, picture, one] for one in channels], np.float32)

    def tried_all(self, layer: str, picture: int) -> bool:
        """Return whether every channel has been switched off already."""
        count = self.maps(layer, picture).shape[-1]
        return all((layer, picture, one) in self._without for one in range(count))

    def _switch_off(self, layer: str, picture: int, channels: list[int]) -> Iterator[int]:
        maps = self.maps(layer, picture)
        for first in range(0, len(channels), AT_ONCE):
            some: Any = channels[first : first + AT_ONCE]
            copies = np.repeat(maps[None], len(some), axis=0)
            for copy, channel in zip(copies, some, strict=True):
                copy[..., channel] = 0
            answers = self.cuts.answers(layer, copies)
            for channel, answer in zip(some, answers, strict=True):
                self._without[layer, picture, channel] = float(answer)
            yield first + len(some)
