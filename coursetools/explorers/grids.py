"""Grids of numbers: what is drawn of one, and how it becomes inline SVG.

A `Grid` says what stands in each cell, how the cell is marked and where windows lie. `grid_svg`
draws it for the explorer, `coursetools.explorers.stills` draws the same for its still.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from coursetools.explorers import page

INK = "#1f2933"
PAPER = "#ffffff"
LINES = "#7b8794"
OUTSIDE = "#e4e7eb"
SEEN = "#fde8c8"
NOW = "#8e2a74"
WRONG = "#b42318"

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Cell:
    """One square of a grid.

    text: What stands in it.
    fill: Its colour, "#rrggbb"; letters on it are dark.
    hatched: Draw thin lines across it.
    crossed: Draw a cross through it.
    ringed: Draw a ring in it.
    """

    text: str = ""
    fill: str = PAPER
    hatched: bool = False
    crossed: bool = False
    ringed: bool = False


@dataclass(frozen=True)
class Window:
    """A frame around cells; it may stick out of the grid.

    row, column: Its first cell.
    height, width: Cells across.
    colour: Of its line.
    dashed: Draw a dashed line.
    """

    row: int
    column: int
    height: int
    width: int
    colour: str = NOW
    dashed: bool = False


@dataclass(frozen=True)
class Grid:
    """A grid of cells with windows over it.

    cells: Rows of cells, all of the same length.
    caption: The line below it.
    words: What it shows, for those who cannot see it.
    windows: Frames, the last on top.
    """

    cells: tuple[tuple[Cell, ...], ...]
    caption: str
    words: str
    windows: tuple[Window, ...] = field(default=())

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.cells), len(self.cells[0])

    def extent(self) -> tuple[int, int, int, int]:
        """Return the first row and column drawn and how many of each, windows included."""
        height, width = self.size
        top = min([0, *(window.row for window in self.windows)])
        left = min([0, *(window.column for window in self.windows)])
        bottom = max([height, *(window.row + window.height for window in self.windows)])
        right = max([width, *(window.column + window.width for window in self.windows)])
        return top, left, bottom - top, right - left


def number(value: Any) -> str:
    """Return a number as it stands in a cell: a few digits, and a minus sign that is one."""
    text = f"{value:.3g}"
    if "e" in text:
        text = f"{value:.0f}" if abs(value) >= 1 else f"{value:.0e}"
    text = "0" if text in ("-0", "0") else text
    return text.replace("-", MINUS)


def grid_svg(grid: Grid, *, cell: float = 34, most: float = 440) -> str:
    """Return a grid as a `<figure>` of inline SVG.

    Args:
        grid: What to draw.
        cell: Pixels across a cell, at most.
        most: Pixels across the grid, at most; large grids get smaller cells.
    """
    top, left, rows, columns = grid.extent()
    side = min(cell, most / max(rows, columns))
    margin = 2
    width, height = columns * side + 2 * margin, rows * side + 2 * margin
    origin = f"translate({margin - left * side:.1f} {margin - top * side:.1f})"
    drawn = "".join(
        [
            _squares(grid, side),
            _marks(grid, side),
            _letters(grid, side),
            *(_frame(window, side) for window in grid.windows),
        ]
    )
    svg = f'<g transform="{origin}">{drawn}</g>'
    return page.drawing(svg, grid.words, grid.caption, width=width, height=height)


def _squares(grid: Grid, side: float) -> str:
    return "".join(
        f'<rect x="{column * side:.1f}" y="{row * side:.1f}" width="{side:.1f}" '
        f'height="{side:.1f}" fill="{cell.fill}" stroke="{LINES}" stroke-width="1"/>'
        for row, column, cell in _each(grid)
    )


def _marks(grid: Grid, side: float) -> str:
    hatches = _path(
        f"M{(column + a) * side:.1f} {(row + b) * side:.1f}"
        f"L{(column + b) * side:.1f} {(row + a) * side:.1f}"
        for row, column, cell in _each(grid)
        if cell.hatched
        for a, b in ((0, 0.5), (0, 1), (0.5, 1))
    )
    crosses = _path(
        f"M{column * side:.1f} {row * side:.1f}l{side:.1f} {side:.1f}"
        f"m{-side:.1f} 0l{side:.1f} {-side:.1f}"
        for row, column, cell in _each(grid)
        if cell.crossed
    )
    rings = "".join(
        f'<circle cx="{(column + 0.5) * side:.1f}" cy="{(row + 0.5) * side:.1f}" '
        f'r="{0.42 * side:.1f}" fill="none" stroke="{INK}" stroke-width="2"/>'
        for row, column, cell in _each(grid)
        if cell.ringed
    )
    return (
        f'<path d="{hatches}" stroke="{INK}" stroke-opacity="0.35" fill="none"/>'
        f'<path d="{crosses}" stroke="{WRONG}" stroke-width="1.5" fill="none"/>{rings}'
    )


def _letters(grid: Grid, side: float) -> str:
    longest = max((len(cell.text) for _, _, cell in _each(grid)), default=1)
    size = min(0.44 * side, 1.5 * side / max(longest, 1))
    letters = "".join(
        f'<text x="{(column + 0.5) * side:.1f}" y="{(row + 0.5) * side + 0.36 * size:.1f}"'
        f"{_halo(cell)}>"
        f"{escape(cell.text)}</text>"
        for row, column, cell in _each(grid)
        if cell.text
    )
    return f'<g fill="{INK}" font-size="{size:.1f}" text-anchor="middle">{letters}</g>'


def _halo(cell: Cell) -> str:
    """Keep hatching away from the letters."""
    return f' stroke="{cell.fill}" stroke-width="4" paint-order="stroke"' if cell.hatched else ""


def _frame(window: Window, side: float) -> str:
    dashes = ' stroke-dasharray="5 4"' if window.dashed else ""
    return (
        f'<rect x="{window.column * side:.1f}" y="{window.row * side:.1f}" '
        f'width="{window.width * side:.1f}" height="{window.height * side:.1f}" '
        f'fill="none" stroke="{window.colour}" stroke-width="3.5"{dashes}/>'
    )


def _path(parts: Iterable[str]) -> str:
    return "".join(parts)


def _each(grid: Grid) -> Sequence[tuple[int, int, Cell]]:
    return [
        (row, column, cell)
        for row, cells in enumerate(grid.cells)
        for column, cell in enumerate(cells)
    ]
