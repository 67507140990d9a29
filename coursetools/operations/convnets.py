"""A convnet of blocks as arithmetic: the shape, the weights and the field after each layer.

A block is some convolutions and a maximum pooling that halves the maps. Filters double from block
to block. A head lays the last maps out (or averages them) and ends in one number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from coursetools.operations.fields import field_table
from coursetools.operations.windows import PADDINGS, NoStopError, output_size, whole

HEADS = ("flatten", "average")
_POOL = 2


class ConvnetError(ValueError):
    """A convnet's setting is none: not a whole number from 1, or another word."""


@dataclass(frozen=True)
class PlanLayer:
    """One layer of a convnet.

    kind: "convolution", "pooling", "flatten", "average" or "dense".
    name: What a reader calls it, such as "Conv 5x5".
    block: The block it is in, counted from 1; 0 for the head.
    shape: Of its output for one picture: (rows, columns, channels), or (numbers,).
    parameters: Its weights, biases included.
    field: Pixels across that one of its units sees; 0 in the head, which sees all.
    """

    kind: str
    name: str
    block: int
    shape: tuple[int, ...]
    parameters: int
    field: int


@dataclass(frozen=True)
class Convnet:
    """The settings of a convnet of blocks; as they stand, it is the one of lesson 5.

    size: Pixels across the picture, which is square.
    channels: Of the picture.
    blocks: How many.
    convolutions: In each block.
    filters: Of the first block's convolutions; the next has twice as many.
    first_kernel: Weights across a kernel of the first block's convolutions.
    kernel: The same for the other blocks.
    padding: Of the convolutions, "same" or "valid"; poolings are never padded.
    head: "flatten" or "average".
    hidden: Units of a dense layer before the last; 0 leaves it out.

    Raises:
        ConvnetError: A setting is none.
    """

    size: int = 128
    channels: int = 3
    blocks: int = 3
    convolutions: int = 1
    filters: int = 32
    first_kernel: int = 5
    kernel: int = 3
    padding: str = "same"
    head: str = "flatten"
    hidden: int = 6

    def __post_init__(self) -> None:
        for name in ("size", "channels", "blocks", "convolutions", "filters", "kernel"):
            whole(getattr(self, name), name)
        whole(self.first_kernel, "first_kernel")
        whole(self.hidden + 1, "hidden + 1")
        if self.padding not in PADDINGS or self.head not in HEADS:
            raise ConvnetError(
                f"`padding` must be one of {PADDINGS} and `head` one of {HEADS}, but they are "
                f"`{self.padding!r}` and `{self.head!r}`."
            )

    def layers(self) -> tuple[PlanLayer, ...]:
        """Return the layers, from the picture to the one number.

        Raises:
            NoStopError: Without padding the maps have become smaller than a kernel.

        Example:
            >>> sum(layer.parameters for layer in Convnet().layers())
            291405
        """
        base = self._blocks()
        return (*base, *self._head(base[-1].shape))

    def parameters(self) -> int:
        """Return the weights of all layers; errors are those of `layers`."""
        return sum(layer.parameters for layer in self.layers())

    def with_(self, **settings: object) -> Convnet:
        """Return the same convnet but for some settings."""
        return replace(self, **settings)  # type: ignore[arg-type]

    def block_filters(self, block: int) -> int:
        """Return the filters of a block's convolutions, the first block being 1."""
        return int(self.filters * 2 ** (block - 1))

    def block_kernel(self, block: int) -> int:
        """Return the weights across a kernel of a block's convolutions."""
        return self.first_kernel if block == 1 else self.kernel

    def _blocks(self) -> tuple[PlanLayer, ...]:
        size, channels = self.size, self.channels
        windows: list[tuple[int, int]] = []
        found = []
        for block in range(1, self.blocks + 1):
            kernel, filters = self.block_kernel(block), self.block_filters(block)
            for _ in range(self.convolutions):
                size = self._shrunk(size, kernel, 1, self.padding, block)
                windows.append((kernel, 1))
                weights = (kernel * kernel * channels + 1) * filters
                channels = filters
                shape = (size, size, channels)
                field = field_table(windows)[-1].size
                name = f"Conv {kernel}\N{MULTIPLICATION SIGN}{kernel}"
                found.append(PlanLayer("convolution", name, block, shape, weights, field))
            size = self._shrunk(size, _POOL, _POOL, "valid", block)
            windows.append((_POOL, _POOL))
            field = field_table(windows)[-1].size
            found.append(PlanLayer("pooling", "MaxPool", block, (size, size, channels), 0, field))
        return tuple(found)

    def _shrunk(self, size: int, kernel: int, stride: int, padding: str, block: int) -> int:
        try:
            return output_size(size, kernel, stride, padding)
        except NoStopError as error:
            raise NoStopError(
                f"In block {block} the maps are only `{size}` by `{size}`: a window of {kernel} "
                f"by {kernel} fits nowhere. Take fewer blocks, smaller kernels or padding 'same'."
            ) from error

    def _head(self, shape: tuple[int, ...]) -> tuple[PlanLayer, ...]:
        rows, columns, channels = shape
        numbers = rows * columns * channels if self.head == "flatten" else channels
        name = "Flatten" if self.head == "flatten" else "Average"
        found = [PlanLayer(self.head, name, 0, (numbers,), 0, 0)]
        for units in (self.hidden, 1):
            if units:
                weights = (numbers + 1) * units
                found.append(PlanLayer("dense", f"Dense {units}", 0, (units,), weights, 0))
                numbers = units
        return tuple(found)
