"""A window on a padded picture: where it stops, what it sees, and how that looks as a grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from coursetools.explorers.grids import NOW, OUTSIDE, PAPER, SEEN, WRONG, Cell, Grid, Window
from coursetools.operations import NoStopError, output_size, padding_of, starts, visit_counts


@dataclass(frozen=True)
class Setting:
    """A square window on a square picture.

    n: Pixels across the picture. k: Weights across the window. stride, dilation: In pixels.
    padding: "valid" or "same".
    """

    n: int
    k: int
    stride: int
    padding: str
    dilation: int

    @property
    def reach(self) -> int:
        """Pixels from the window's first weight to its last, both counted."""
        return (self.k - 1) * self.dilation + 1

    def stops(self) -> tuple[int, ...]:
        """Return where the window starts, along one side; none if it does not fit at all."""
        try:
            return starts(self.n, self.k, self.stride, self.padding, self.dilation)
        except NoStopError:
            return ()

    def zeros(self) -> tuple[int, int]:
        """Return how many zeros stand before and after a row of the picture."""
        if not self.stops():
            return 0, 0
        return padding_of(self.n, self.k, self.stride, self.padding, self.dilation)

    def line(self) -> list[int]:
        """Return how often each pixel of a row is seen by the stops along it."""
        if not self.stops():
            return [0] * self.n
        counts = visit_counts(self.n, self.k, self.stride, self.padding, self.dilation)
        return [int(count) for count in counts]

    def visits(self) -> Any:
        """Return how often each pixel is seen, shape (n, n)."""
        return np.outer(self.line(), self.line())

    def formula(self) -> str:
        """Return the formula of the output's size, with its numbers filled in."""
        if not self.stops():
            return f"n - reach = {self.n} - {self.reach} is below 0: no output"
        size = output_size(self.n, self.k, self.stride, self.padding, self.dilation)
        if self.padding == "same":
            return f"same: ceil(n / s) = ceil({self.n} / {self.stride}) = {size}"
        return (
            "valid: floor((n - reach) / s) + 1 = "
            f"floor(({self.n} - {self.reach}) / {self.stride}) + 1 = {size}"
        )

    def trouble(self) -> str:
        """Return what is wrong with this setting, or an empty text."""
        if not self.stops():
            return (
                f"no stop fits: the window reaches over {self.reach} pixels, and the picture "
                f"has {self.n}. A layer with this setting cannot be built."
            )
        if self.stride > 1 and self.dilation > 1:
            return (
                "Keras refuses a layer with both stride and dilation above 1. "
                "The arithmetic is shown all the same."
            )
        return ""


def input_grid(setting: Setting, stop: int | None) -> Grid:
    """Return the padded picture, how often each pixel is seen, and the window at a stop."""
    before, after = setting.zeros()
    total, visits = before + setting.n + after, setting.visits()
    stops = setting.stops()
    row, column = divmod(stop - 1, max(1, len(stops))) if stop else (0, 0)
    top, left = (before + stops[row], before + stops[column]) if stops else (0, 0)
    taps = range(0, setting.reach, setting.dilation)
    under = {(top + i, left + j) for i in taps for j in taps} if stop else set()

    def cell(i: int, j: int) -> Cell:
        inside = before <= i < before + setting.n and before <= j < before + setting.n
        seen = visits[i - before, j - before] if inside else 0
        fill = SEEN if (i, j) in under else (PAPER if inside else OUTSIDE)
        return Cell(
            text=str(seen) if seen else "",
            fill=fill,
            hatched=not inside,
            crossed=inside and not seen,
        )

    frame = Window(
        top, left, setting.reach, setting.reach, NOW if stops else WRONG, dashed=not stops
    )
    return Grid(
        tuple(tuple(cell(i, j) for j in range(total)) for i in range(total)),
        f"{setting.n} by {setting.n} pixels: how often each is seen"
        + (f", {before} + {after} rows of zeros (hatched)" if before + after else ""),
        f"A picture of {setting.n} by {setting.n} pixels with {before} rows of zeros before and "
        f"{after} after. Along a row its pixels are seen "
        f"{', '.join(str(count) for count in setting.line())} times by a window that reaches "
        f"over {setting.reach} pixels" + ("." if stops else ", which does not fit into it."),
        (frame,) if stop or not stops else (),
    )


def output_grid(setting: Setting, stop: int) -> Grid:
    """Return the output's cells, those filled up to a stop, in the order of stops."""
    size = len(setting.stops())

    def cell(i: int, j: int) -> Cell:
        order = i * size + j + 1
        return Cell(str(order) if order <= stop else "", SEEN if order == stop else PAPER)

    row, column = divmod(stop - 1, size)
    return Grid(
        tuple(tuple(cell(i, j) for j in range(size)) for i in range(size)),
        f"{size} by {size} outputs, in the order of the stops",
        f"The output, {size} by {size}; stop {stop} gives row {row}, column {column}.",
        (Window(row, column, 1, 1),),
    )
