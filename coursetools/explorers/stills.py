"""Drawing the stills of explorers with matplotlib: grids of numbers, and pictures with a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from matplotlib.patheffects import withStroke

from coursetools.explorers.grids import INK, LINES, WRONG, Cell, Grid
from coursetools.visual import style

LARGE = 96
"""Pixels from which on an array has to be shrunk for a still."""


def draw_grid(ax: Axes, grid: Grid, *, text_size: float = 9) -> Axes:
    """Draw a grid of numbers on axes, with its caption below it."""
    top, left, rows, columns = grid.extent()
    ax.add_collection(_squares(grid))
    for row, cells in enumerate(grid.cells):
        for column, cell in enumerate(cells):
            _mark(ax, cell, row, column)
            if cell.text:
                # A halo keeps hatching away from the letters; it costs time, so only there.
                halo = [withStroke(linewidth=2.5, foreground=cell.fill)] if cell.hatched else None
                ax.text(
                    column + 0.5,
                    row + 0.5,
                    cell.text,
                    ha="center",
                    va="center_baseline",
                    fontsize=text_size,
                    color=INK,
                    path_effects=halo,
                )
    for window in grid.windows:
        ax.add_patch(
            Rectangle(
                (window.column, window.row),
                window.width,
                window.height,
                fill=False,
                edgecolor=window.colour,
                linewidth=2.5,
                linestyle="--" if window.dashed else "-",
            )
        )
    ax.set_xlim(left - 0.08, left + columns + 0.08)
    ax.set_ylim(top + rows + 0.08, top - 0.08)
    ax.set_aspect("equal")
    style.bare(ax)
    ax.set_xlabel(grid.caption, fontsize=9.5)
    return ax


def _squares(grid: Grid) -> PatchCollection:
    places = [(row, column) for row in range(grid.size[0]) for column in range(grid.size[1])]
    return PatchCollection(
        [Rectangle((column, row), 1, 1) for row, column in places],
        facecolor=[grid.cells[row][column].fill for row, column in places],
        edgecolor=LINES,
        linewidth=0.7,
    )


def _mark(ax: Axes, cell: Cell, row: int, column: int) -> None:
    if cell.hatched:
        ax.add_patch(
            Rectangle((column, row), 1, 1, fill=False, edgecolor=LINES, linewidth=0.7, hatch="///")
        )
    if cell.crossed:
        for ends in ([row, row + 1], [row + 1, row]):
            ax.plot([column, column + 1], ends, color=WRONG, linewidth=1)
    if cell.ringed:
        ax.add_patch(Circle((column + 0.5, row + 0.5), 0.42, fill=False, edgecolor=INK))


def draw_map(ax: Axes, values: Any, caption: str, **options: Any) -> Axes:
    """Draw an array as a picture with sharp pixels, and its caption below it."""
    # Left to itself, matplotlib averages what it shrinks: thin lines stay.
    way = "auto" if max(values.shape[:2]) > LARGE else "nearest"
    ax.imshow(values, interpolation=way, **options)
    style.bare(ax)
    for spine in ax.spines.values():  # what is white at its rim still has one
        spine.set(visible=True, color=LINES, linewidth=0.7)
    ax.set_xlabel(caption, fontsize=9.5)
    return ax


@style.styled
def sheet(
    rows: int, columns: int, *, height: float, width_ratios: Sequence[float] | None = None
) -> tuple[Figure, Any]:
    """Return a figure in the course's look and its axes, an array of (rows, columns)."""
    figure = style.new_figure(height)
    return figure, figure.subplots(rows, columns, squeeze=False, width_ratios=width_ratios)


def name_row(ax: Axes, words: str) -> None:
    """Write what a row of axes shows before its first."""
    ax.set_ylabel(words, rotation=0, ha="right", va="center", labelpad=10, fontsize=10.5)
