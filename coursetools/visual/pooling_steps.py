"""A map pooled again and again, every step drawn as large as the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coursetools.operations import active_cells, active_share, pool_again
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import as_map, largest, put_strength

_COUNTS = ("share", "lit")
# Single lit cells of a large map would be overlooked: so few get a frame around them.
_FEW_CELLS = 4


@style.styled
def pooling_steps(
    pictures: Any, pools: int = 4, *, kind: str = "max", count: str = "share"
) -> Figure:
    """Return a figure of maps after no pool, one pool, two pools: each a row, on one scale.

    Args:
        pictures: A map of shape (h, w) without negative values, or several by name.
        pools: How often to condense, each time with a 2x2 window moved by 2.
        kind: "max", "average", or "skip", which keeps the first pixel of each window.
        count: What stands below each: the "share" of active cells, or how many are "lit".

    Raises:
        MapError: A map has another shape or type.
        ShiftError: `pools` is negative, or `kind` is another word.
        ValueError: `count` is another word, or there is no map.
    """
    if count not in _COUNTS:
        raise ValueError(f"`count` must be 'share' or 'lit', but it is `{count!r}`.")
    named = pictures if isinstance(pictures, Mapping) else {"": pictures}
    if not named:
        raise ValueError("`pictures` must hold at least one map, but it is empty.")
    rows = {
        str(name): pool_again(as_map(picture, name="pictures"), pools, kind=kind)
        for name, picture in named.items()
    }
    figure = _draw(rows, count)
    describe(figure, _text(rows, kind))
    return figure


def put_steps(axes: Sequence[Axes], steps: Sequence[Floats], limit: float) -> None:
    """Draw the steps of one map, each on its own axes, from black at 0 to bright at `limit`."""
    for ax, step in zip(axes, steps, strict=True):
        put_strength(ax, step, limit)
        lit = np.argwhere(active_cells(step))
        if 0 < len(lit) <= _FEW_CELLS and min(step.shape) > 8:
            _frame(ax, lit, 0.045 * max(step.shape))


def pools_words(number: int) -> str:
    """Return what a column of such a figure is called."""
    return {0: "before", 1: "1 pool"}.get(number, f"{number} pools")


def _draw(rows: Mapping[str, Sequence[Floats]], count: str) -> Figure:
    columns = len(next(iter(rows.values())))
    side = style.WIDTH / columns
    figure = style.new_figure(len(rows) * (side + 0.18) + 0.25)
    axes = figure.subplots(len(rows), columns, squeeze=False)
    limit = largest([step for steps in rows.values() for step in steps])
    for line, (name, steps) in zip(axes, rows.items(), strict=True):
        put_steps(line, steps, limit)
        for ax, step in zip(line, steps, strict=True):
            ax.set_xlabel(f"{step.shape[0]}{shapes.TIMES}{step.shape[1]}, {_amount(step, count)}")
        if name:
            line[0].set_ylabel(name, fontweight="bold")
    for number, ax in enumerate(axes[0]):
        ax.set_title(pools_words(number), loc="center", fontsize=11)
    return figure


def _frame(ax: Axes, cells: Any, reach: float) -> None:
    close = np.ptp(cells, axis=0).max() < 2 * reach
    for group in [cells] if close else cells[:, None]:
        top, left = group.min(axis=0) - reach
        bottom, right = group.max(axis=0) + reach
        ax.add_patch(
            Rectangle(
                (left, top),
                right - left,
                bottom - top,
                fill=False,
                edgecolor="#9ecae9",
                linewidth=1.2,
            )
        )


def _amount(step: Floats, count: str) -> str:
    return f"{active_share(step):.1%} active" if count == "share" else f"{_lit(step)} lit"


def _lit(step: Floats) -> int:
    return int(active_cells(step).sum())


def _text(rows: Mapping[str, Sequence[Floats]], kind: str) -> str:
    parts = []
    for name, steps in rows.items():
        numbers = ", ".join(
            f"{step.shape[0]} by {step.shape[1]} with {_lit(step)} "
            f"{'cell' if _lit(step) == 1 else 'cells'} active ({active_share(step):.1%})"
            for step in steps
        )
        parts.append(f"{name or 'A map'} after 0 to {len(steps) - 1} pools ({kind}): {numbers}.")
    return " ".join(parts)
