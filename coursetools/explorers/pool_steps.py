"""X4, the pool stepper: a window that keeps the largest, or the average, stop by stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page, small_pictures, stills
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.grids import PAPER, Cell, Grid, Window, grid_svg, number
from coursetools.explorers.small_pictures import Numbers, as_small
from coursetools.operations import average_pool, max_pool, output_size, starts, visit_counts
from coursetools.visual.alt import describe

MAPS = {
    "a map after ReLU": small_pictures.mixed,
    "a thin line": small_pictures.stripe,
    "a slope": small_pictures.slope,
}
GIVEN = "the one given"
KINDS = {"largest": max_pool, "average": average_pool}
# Pale enough for dark letters; neighbours in a row of windows are told apart by turns.
COLOURS = ("#cfe8f5", "#fde0b8", "#dcefd0", "#eddcf3")


def pool_stepper(image: Any = None, *, still: bool = False) -> Any:
    """Explore pooling: which numbers a window reads, and which one comes out.

    Args:
        image: A small map, 4 to 12 rows and columns of numbers; None offers a few.
        still: Return the still figure: windows of 2 and 3, largest and average.

    Raises:
        SmallPictureError: The map is not such a table of numbers.
    """
    maps = {} if image is None else {GIVEN: as_small(image, "image", least=4)}
    maps |= {name: values() for name, values in MAPS.items()}
    if still or not has_widgets():
        return pooling_figure(next(iter(maps.values())))
    return PoolStepper(maps)


@dataclass(frozen=True)
class Pooling:
    """A map, and the window that pools it.

    values: Shape (rows, columns). kind: "largest" or "average". size, stride: In cells.
    """

    values: Numbers
    kind: str
    size: int
    stride: int

    def pooled(self) -> Any:
        """Return what comes out; windows that would stick out are left away."""
        return KINDS[self.kind](self.values, self.size, self.stride)

    def place(self, stop: int) -> tuple[int, int]:
        """Return the first row and column of the window at a stop, from 1."""
        rows, columns = self._starts()
        row, column = divmod(stop - 1, len(columns))
        return rows[row], columns[column]

    def window(self, stop: int) -> Numbers:
        """Return the numbers under the window at a stop, shape (size, size)."""
        row, column = self.place(stop)
        return self.values[row : row + self.size, column : column + self.size]

    def visits(self) -> Any:
        """Return how often each number is read."""
        lines = [visit_counts(n, self.size, self.stride) for n in self.values.shape]
        return np.outer(*lines)

    def owners(self) -> Any:
        """Return the colour of each cell's last window, and -1 where there is none."""
        owners = np.full(self.values.shape, -1)
        rows, columns = self._starts()
        for i, row in enumerate(rows):
            for j, column in enumerate(columns):
                colour = 2 * (i % 2) + j % 2
                owners[row : row + self.size, column : column + self.size] = colour
        return owners

    def _starts(self) -> list[tuple[int, ...]]:
        return [starts(n, self.size, self.stride) for n in self.values.shape]


class PoolStepper(Explorer):
    """Step a pooling window over a small map."""

    title = "Keep the largest"
    tries = (
        "Make the stride smaller than the window: which numbers are read more than once?",
        "Make it larger: which numbers are lost?",
        "Pool the thin line by average, then by largest: how bright is it afterwards?",
    )

    def __init__(self, maps: dict[str, Numbers]) -> None:
        """Offer these maps; the first comes first."""
        self._maps = maps
        stop = make.slider("Stop", 1, 1, 2)
        super().__init__(
            {
                "map": make.dropdown("Map", list(maps)),
                "kind": make.dropdown("Keep the", list(KINDS), width=180),
                "size": make.slider("Window", 2, 2, 4),
                "stride": make.slider("Stride", 2, 1, 4),
                "stop": stop,
                "play": make.play(stop),
            }
        )

    def pooling(self) -> Pooling:
        """Return the map and the window that the controls say."""
        return Pooling(
            self._maps[self.value("map")],
            self.value("kind"),
            self.value("size"),
            self.value("stride"),
        )

    def settle(self) -> None:
        """Let the stops end with the last."""
        make.set_count(self.controls["stop"], self.pooling().pooled().size)

    def picture(self) -> str:
        """Return the map under its windows, and what has come out so far."""
        grids = pool_grids(self.pooling(), self._stop())
        words = (
            "Each window has a colour; hatched: read more than once; crossed out: never read"
            + (
                "; ringed: the largest under the window."
                if self.value("kind") == "largest"
                else "."
            )
        )
        return page.row([grid_svg(grid, cell=44, most=400) for grid in grids]) + page.paragraph(
            words
        )

    def status(self) -> str:
        """Return the window's numbers and result, and how many are read twice or never."""
        pooling, stop = self.pooling(), self._stop()
        (row, column), numbers = pooling.place(stop), pooling.window(stop)
        result = pooling.pooled().flat[stop - 1]
        visits = pooling.visits()
        return (
            f"Stop {stop} of {pooling.pooled().size}, row {row}, column {column}: the "
            f"{pooling.kind} of {', '.join(number(v) for v in numbers.flat)} is {number(result)}. "
            f"Of {visits.size} numbers {(visits > 1).sum()} are read more than once and "
            f"{(visits == 0).sum()} never."
        )

    def code(self) -> str:
        """Return the pooling, and the map it is done to."""
        pooling = self.pooling()
        function = KINDS[pooling.kind].__name__
        lines = (f"[{', '.join(f'{float(v):.6g}' for v in line)}]" for line in pooling.values)
        return (
            f"from coursetools.operations import {function}\n\n"
            f"image = np.array([{', '.join(lines)}])\n"
            f"ct.show_kernel({function}(image, size={pooling.size}, stride={pooling.stride}))"
        )

    def draw_still(self) -> Figure:
        """Draw windows of 2 and 3, both kinds."""
        return pooling_figure(self._maps[self.value("map")])

    def _stop(self) -> int:
        return make.place(self.controls["stop"], self.pooling().pooled().size) + 1


def pool_grids(pooling: Pooling, stop: int) -> tuple[Grid, Grid]:
    """Return the map with the window at a stop, and what has come out up to it."""
    row, column = pooling.place(stop)
    under, visits, owners = pooling.window(stop), pooling.visits(), pooling.owners()
    won = divmod(int(np.argmax(under)), pooling.size)
    winner = (row + won[0], column + won[1]) if pooling.kind == "largest" else None

    def cell(i: int, j: int) -> Cell:
        return Cell(
            number(pooling.values[i, j]),
            COLOURS[owners[i, j]] if owners[i, j] >= 0 else PAPER,
            hatched=bool(visits[i, j] > 1),
            crossed=not visits[i, j],
            ringed=(i, j) == winner,
        )

    height, width = pooling.values.shape
    of_map = Grid(
        tuple(tuple(cell(i, j) for j in range(width)) for i in range(height)),
        f"the map, {height} by {width}",
        f"The map, {height} by {width}. The window covers rows {row} to "
        f"{row + pooling.size - 1} and columns {column} to {column + pooling.size - 1} and holds "
        f"{', '.join(number(v) for v in under.flat)}.",
        (Window(row, column, pooling.size, pooling.size),),
    )
    return of_map, _result_grid(pooling, stop)


def _result_grid(pooling: Pooling, stop: int) -> Grid:
    pooled = pooling.pooled()
    rows, columns = pooled.shape
    i, j = divmod(stop - 1, columns)

    def cell(order: int) -> Cell:
        row, column = divmod(order, columns)
        text = number(pooled[row, column]) if order < stop else ""
        return Cell(text, COLOURS[2 * (row % 2) + column % 2])

    return Grid(
        tuple(
            tuple(cell(row * columns + column) for column in range(columns)) for row in range(rows)
        ),
        f"the {pooling.kind} of each window, {rows} by {columns}",
        f"The pooled map, {rows} by {columns}, after {stop} of {pooled.size} stops; the newest "
        f"number is {number(pooled[i, j])}.",
        (Window(i, j, 1, 1),),
    )


def pooling_figure(values: Numbers) -> Figure:
    """Draw a map pooled by windows of 2 and 3, moved by as many, by largest and by average."""
    figure, axes = stills.sheet(2, 4, height=5.2, width_ratios=(6, 3, 6, 3))
    words = []
    for row, size in zip(axes, (2, 3), strict=True):
        for (left, right), kind in zip((row[:2], row[2:]), KINDS, strict=True):
            pooling = Pooling(values, kind, size, size)
            last = int(np.prod([output_size(n, size, size) for n in values.shape]))
            of_map, of_result = pool_grids(pooling, last)
            stills.draw_grid(left, Grid(of_map.cells, of_map.caption, of_map.words))
            stills.draw_grid(right, Grid(of_result.cells, f"windows of {size}: {kind}", ""))
            results = "; ".join(" ".join(number(v) for v in line) for line in pooling.pooled())
            words.append(f"windows of {size}, {kind}: {results}")
    describe(figure, "A map of numbers, pooled: " + ". ".join(words) + ".")
    return figure
