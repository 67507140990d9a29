"""Which units, layer by layer, one unit of a stack of padded layers depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coursetools.operations import field_table, output_size, padding_of

Layers = Sequence[tuple[int, int]]
Interval = tuple[int, int]


@dataclass(frozen=True)
class Level:
    """The picture, or the maps after a layer, along one side.

    size: Units across.
    jump: Pixels between two neighbours.
    first: Where the first unit's middle lies in the picture, in pixels.
    needed: The first and last unit that count.
    """

    size: int
    jump: int
    first: float
    needed: Interval

    def middle(self, unit: int) -> float:
        """Return where a unit's middle lies in the picture, in pixels."""
        return self.first + unit * self.jump


def map_size(layers: Layers, side: int) -> int:
    """Return the units across the last map; every layer is padded to "same"."""
    for kernel, stride in layers:
        side = output_size(side, kernel, stride, "same")
    return side


def trace(layers: Layers, side: int, unit: int) -> list[Level]:
    """Return the picture first, then each layer's maps, for one unit of the last.

    Args:
        layers: (kernel, stride) of each layer, first layer first.
        side: Pixels across the picture.
        unit: The unit's place along this side.
    """
    sizes, firsts, jumps = [side], [0.0], [1]
    for kernel, stride in layers:
        before, _ = padding_of(sizes[-1], kernel, stride, "same")
        firsts.append(firsts[-1] + jumps[-1] * ((kernel - 1) / 2 - before))
        jumps.append(jumps[-1] * stride)
        sizes.append(output_size(sizes[-1], kernel, stride, "same"))
    needed = [(unit, unit)]
    for (kernel, stride), size in zip(reversed(layers), reversed(sizes[:-1]), strict=True):
        before, _ = padding_of(size, kernel, stride, "same")
        low, high = needed[0]
        reached = low * stride - before, high * stride - before + kernel - 1
        # What lies outside is padding, which depends on nothing.
        needed.insert(0, (max(reached[0], 0), min(reached[1], size - 1)))
    return [Level(*numbers) for numbers in zip(sizes, jumps, firsts, needed, strict=True)]


def theoretical_field(layers: Layers) -> int:
    """Return the pixels across the field of a unit far from every edge."""
    rows = field_table(layers)
    return rows[-1].size if rows else 1
