"""How often each pixel is used, with padding and without."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coursetools.operations import visit_counts
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Integers
from coursetools.visual.maps import readable_on

_PADDINGS = ("valid", "same")
_MOST = 16
_COLOURS = "Blues"


@style.styled
def visit_figure(n: int = 7, kernels: Sequence[int] = (3, 5), stride: int = 1) -> Figure:
    """Return heat maps of how many stops of a window use each pixel, VALID and SAME.

    Args:
        n: Pixels of the picture in each direction, at most 16.
        kernels: Sizes of the windows, one column each.
        stride: Pixels from one stop to the next.

    Raises:
        WindowError: As `output_size` raises it.
        ValueError: The picture is too large to be drawn, or there is no kernel.
    """
    if n > _MOST or not len(kernels):
        raise ValueError(
            f"`n` must be at most {_MOST} and `kernels` not empty, but they are `{n}` and "
            f"`{tuple(kernels)}`."
        )
    counts = {
        (padding, k): np.outer(
            visit_counts(n, k, stride, padding), visit_counts(n, k, stride, padding)
        )
        for padding in _PADDINGS
        for k in kernels
    }
    # A window of 25 uses a pixel up to 25 times: each column has a scale of its own.
    side = min(style.WIDTH / len(kernels), 3.4)
    figure = style.new_figure(2 * (side + 0.35), width=max(side * len(kernels) + 0.4, 3.4))
    axes = figure.subplots(2, len(kernels), squeeze=False)
    for row, padding in enumerate(_PADDINGS):
        for column, k in enumerate(kernels):
            top = max(int(counts[other, k].max()) for other in _PADDINGS)
            _draw(axes[row, column], counts[padding, k], top)
            axes[row, column].set_title(
                f"{padding.upper()}, {k}{shapes.TIMES}{k}", loc="center", fontsize=12
            )
    figure.supxlabel("number of stops that use the pixel", fontsize=10.5, color=style.MUTED)
    describe(figure, _text(n, stride, counts))
    return figure


def _draw(ax: Axes, counts: Integers, top: int) -> None:
    shown = ax.imshow(counts, cmap=_COLOURS, vmin=0, vmax=top * 1.25)
    style.bare(ax)
    size = min(11.0, 80 / len(counts))
    for (row, column), count in np.ndenumerate(counts):
        colour = readable_on(shown.cmap(count / (1.25 * top)))
        ax.text(column, row, f"{count}", ha="center", va="center", fontsize=size, color=colour)
        if count == 0:
            ax.add_patch(
                Rectangle(
                    (column - 0.5, row - 0.5), 1, 1, fill=False, hatch="///", edgecolor="#8f99a3"
                )
            )


def _text(n: int, stride: int, counts: dict[tuple[str, int], Integers]) -> str:
    parts = []
    for (padding, k), table in counts.items():
        unseen = int((table == 0).sum())
        parts.append(
            f"{padding.upper()}, {k} by {k}: the corner {table[0, 0]}, the middle "
            f"{table[n // 2, n // 2]}{f', {unseen} pixels never' if unseen else ''}."
        )
    return (
        f"How many stops of a window with stride {stride} use each of {n} by {n} pixels. "
        + " ".join(parts)
    )
