"""Known networks as lists of windows, up to their last feature maps.

VGG16 is that of K. Simonyan and A. Zisserman (2014), ResNet50 that of K. He and others (2015),
with the stride of a stage in its first 1x1 convolution, as there and in Keras. EfficientNet-Lite0
has the kernels and strides of EfficientNet-B0 (M. Tan and Q. Le, 2019). Only layers with a window
or a stride count: other 1x1 convolutions, ReLUs and sums see nothing new, and a shortcut beside a
block sees less than the block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from coursetools.operations.fields import field_table
from coursetools.operations.windows import output_size

Windows = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Stage:
    """A stage of a network.

    name: What it is called.
    windows: (kernel, stride) of its layers, in order.
    """

    name: str
    windows: Windows


@dataclass(frozen=True)
class StageRow:
    """A stage, and what has come of the picture after it.

    name: The stage's name.
    size: Pixels across its feature maps.
    jump: Pixels of the picture from one unit to the next.
    field: Pixels of the picture across that one unit sees, beyond its edge too.
    """

    name: str
    size: int
    jump: int
    field: int


def _stages(*windows: Windows) -> list[Stage]:
    """Name the stages after the first."""
    return [Stage(f"stage {number}", stage) for number, stage in enumerate(windows, start=2)]


def _repeated(kernel: int, stride: int, blocks: int) -> Windows:
    """Write down blocks of one window each, of which the first has the stride."""
    return ((kernel, stride), *[(kernel, 1)] * (blocks - 1))


STACKS: Mapping[str, tuple[Stage, ...]] = MappingProxyType(
    {
        "EfficientNet-Lite0": (
            Stage("stem", ((3, 2),)),
            *_stages(
                _repeated(3, 1, 1),
                _repeated(3, 2, 2),
                _repeated(5, 2, 2),
                _repeated(3, 2, 3),
                _repeated(5, 1, 3),
                _repeated(5, 2, 4),
                _repeated(3, 1, 1),
            ),
        ),
        "VGG16": tuple(
            Stage(f"block {number}", (*[(3, 1)] * convolutions, (2, 2)))
            for number, convolutions in enumerate((2, 2, 3, 3, 3), start=1)
        ),
        "ResNet50": (
            Stage("stem", ((7, 2), (3, 2))),
            *_stages(
                _repeated(3, 1, 3),
                ((1, 2), *[(3, 1)] * 4),
                ((1, 2), *[(3, 1)] * 6),
                ((1, 2), *[(3, 1)] * 3),
            ),
        ),
    }
)
"""Known networks by name."""


def stage_rows(stages: Sequence[Stage], size: int) -> tuple[StageRow, ...]:
    """Return a row for each stage of a network that is shown pictures `size` pixels across.

    All windows are taken as padded ("same"), as in these networks.

    Raises:
        WindowError: A size, kernel or stride is not whole, or less than 1.

    Example:
        >>> stage_rows(STACKS["VGG16"], 128)[-1]
        StageRow(name='block 5', size=4, jump=32, field=212)
    """
    windows: list[tuple[int, int]] = []
    rows = []
    for stage in stages:
        for kernel, stride in stage.windows:
            size = output_size(size, kernel, stride, "same")
        windows.extend(stage.windows)
        last = field_table(windows)[-1]
        rows.append(StageRow(stage.name, size, last.jump, last.size))
    return tuple(rows)
