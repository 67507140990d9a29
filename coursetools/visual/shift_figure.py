"""A picture shifted a little and pooled again and again: how long do the results differ?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import distinct_after_pools, pool_again, shifted
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import as_map, largest
from coursetools.visual.pooling_steps import pools_words, put_steps

Shift = tuple[int, int]
_KINDS = ("max", "average", "skip")


def distinct_table(picture: Any, *, reach: int = 3, pools: int = 4) -> pd.DataFrame:
    """Count the different results that all shifts of a picture give, for each way to condense.

    Args:
        picture: Shape (h, w).
        reach: Most pixels of a shift in each direction: 3 makes 49 shifts.
        pools: How often to condense.

    Returns:
        A row for max pooling, average pooling and skipping (the first pixel of each window), a
        column for each number of pools.

    Raises:
        MapError, ShiftError: As `distinct_after_pools` raises them.
    """
    one = as_map(picture, name="picture")
    counts = {
        kind: distinct_after_pools(one, reach=reach, pools=pools, kind=kind) for kind in _KINDS
    }
    columns = [pools_words(number) for number in range(pools + 1)]
    return pd.DataFrame.from_dict(counts, orient="index", columns=columns)


@style.styled
def shift_figure(
    picture: Any,
    shifts: Sequence[Shift] = ((0, 0), (0, 1), (3, -2)),
    *,
    reach: int = 3,
    pools: int = 4,
    kind: str = "max",
) -> Figure:
    """Return a figure of shifted pictures through several pools, and of how many results differ.

    Below each map stands how many of its cells differ from those of the first row; below each
    column how many different results all shifts up to `reach` pixels give there.

    Args:
        picture: Shape (h, w), no value below 0.
        shifts: Pixels (down, right) of each row; the first is what the others are compared with.
        reach: Most pixels of a shift in each direction, for the counts.
        pools: How often to condense, each time with a 2x2 window moved by 2.
        kind: "max", "average", or "skip".

    Raises:
        MapError: The picture has another shape or type.
        ShiftError: A number is not whole, or `kind` is another word.
        ValueError: There is no shift.
    """
    if not len(shifts):
        raise ValueError("`shifts` must hold at least one pair (down, right), but it is empty.")
    one = as_map(picture, name="picture")
    rows = [pool_again(shifted(one, down, right), pools, kind=kind) for down, right in shifts]
    differing = [[int((a != b).sum()) for a, b in zip(row, rows[0], strict=True)] for row in rows]
    counts = distinct_after_pools(one, reach=reach, pools=pools, kind=kind)
    every = (2 * reach + 1) ** 2

    side = style.WIDTH / (pools + 1)
    figure = style.new_figure(len(rows) * (side + 0.18) + 1.0)
    axes = figure.subplots(len(rows), pools + 1, squeeze=False)
    limit = largest([step for row in rows for step in row])
    for line, row, shift in zip(axes, rows, shifts, strict=True):
        put_steps(line, row, limit)
        line[0].set_ylabel(shift_words(shift), fontweight="bold", fontsize=10)
    for line, cells in zip(axes[1:], differing[1:], strict=True):
        for ax, number in zip(line, cells, strict=True):
            _compare(ax, number)
    for number, ax in enumerate(axes[0]):
        ax.set_title(pools_words(number), loc="center", fontsize=11)
        size = rows[0][number].shape
        ax.set_xlabel(f"{size[0]}{shapes.TIMES}{size[1]}")
    for ax, count in zip(axes[-1], counts, strict=True):
        _count_below(ax, count, every)
    describe(figure, _text(shifts, differing, counts, every, rows[0], kind))
    return figure


def shift_words(shift: Shift) -> str:
    """Say in words where a shift goes: "1 right", "3 down, 2 left", "not moved"."""
    parts = [
        f"{abs(number)} {words[number < 0]}"
        for number, words in zip(shift, (("down", "up"), ("right", "left")), strict=True)
        if number
    ]
    return ", ".join(parts) or "not moved"


def _compare(ax: Axes, number: int) -> None:
    words = f"{number} cells differ" if number != 1 else "1 cell differs"
    ax.set_xlabel("the same" if number == 0 else words, color=style.MUTED if number else style.BASE)


def _count_below(ax: Axes, count: int, every: int) -> None:
    ax.text(
        0.5,
        -0.24,
        f"{every} shifts give\n{count} {'result' if count == 1 else 'results'}",
        transform=ax.transAxes,
        ha="center",
        va="top",
        fontweight="bold",
        fontsize=10.5,
    )


def _text(
    shifts: Sequence[Shift],
    differing: list[list[int]],
    counts: Sequence[int],
    every: int,
    first: Sequence[Floats],
    kind: str,
) -> str:
    sizes = ", ".join(f"{step.shape[0]} by {step.shape[1]}" for step in first)
    rows = " ".join(
        f"Moved {shift_words(shift)}: {', '.join(map(str, cells))} cells differ from the first."
        for shift, cells in zip(shifts[1:], differing[1:], strict=True)
    )
    return (
        f"A picture {shift_words(shifts[0])}, and moved a little, before and after 1 to "
        f"{len(counts) - 1} pools ({kind}), sizes {sizes}. {rows} All {every} shifts give "
        f"{', '.join(map(str, counts))} different results."
    )
