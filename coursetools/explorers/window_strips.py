"""A stop of a small window as grids of numbers: the picture, the products, the map so far."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import stills
from coursetools.explorers.grids import Cell, Grid, Window, number
from coursetools.explorers.pixels import signed_fill
from coursetools.explorers.small_pictures import Numbers
from coursetools.operations import convolve
from coursetools.visual.alt import describe

STRIPS = 6


def step_grids(image: Numbers, kernel: Numbers, stop: int) -> tuple[Grid, Grid, Grid]:
    """Return the picture with the window at a stop (from 1), its products, and the map so far."""
    answers = convolve(image, kernel)
    row, column = divmod(stop - 1, answers.shape[1])
    height, width = kernel.shape
    products = patch(image, kernel, row, column) * kernel
    largest = float(np.abs(image).max())
    of_picture = Grid(
        tuple(tuple(Cell(number(v), signed_fill(v, 2 * largest)) for v in line) for line in image),
        f"the picture, {image.shape[0]} by {image.shape[1]}",
        f"The picture, rows from the top: {_read_out(image)}. The window covers rows {row} to "
        f"{row + height - 1} and columns {column} to {column + width - 1}.",
        (Window(row, column, height, width),),
    )
    of_products = Grid(
        _signed(products, float(np.abs(products).max())),
        f"{products.size} products, sum {number(float(answers[row, column]))}",
        f"The products of pixels and weights, rows from the top: {_read_out(products)}.",
    )
    places = np.arange(answers.size).reshape(answers.shape)
    shown = _signed(answers, float(np.abs(answers).max()))
    of_map = Grid(
        tuple(
            tuple(
                cell if place < stop else Cell() for cell, place in zip(line, numbers, strict=True)
            )
            for line, numbers in zip(shown, places, strict=True)
        ),
        f"the map, {answers.shape[0]} by {answers.shape[1]}, {stop} of {answers.size} stops",
        f"The map after {stop} of {answers.size} stops; the newest answer is "
        f"{number(float(answers[row, column]))}.",
        (Window(row, column, 1, 1),),
    )
    return of_picture, of_products, of_map


def strips_figure(image: Numbers, kernel: Numbers) -> Figure:
    """Draw six stops below each other: the window, its products, the map so far."""
    answers = convolve(image, kernel)
    stops = _telling_stops(answers)
    rows = -(-len(stops) // 2)
    figure, axes = stills.sheet(rows, 7, height=1.9 * rows, width_ratios=(6, 6, 6, 1, 6, 6, 6))
    words = []
    for ax in axes.flat:
        ax.set_axis_off()
    for strip, stop in zip(axes[:, [0, 1, 2, 4, 5, 6]].reshape(-1, 3), stops, strict=False):
        for ax, grid in zip(strip, step_grids(image, kernel, int(stop)), strict=True):
            ax.set_axis_on()
            stills.draw_grid(ax, grid, text_size=6.5)
            ax.set_xlabel("")
        value = answers.flat[stop - 1]
        strip[0].set_title(f"stop {stop}", fontsize=10)
        strip[1].set_title(f"sum {number(value)}", fontsize=10)
        strip[2].set_title("the map so far", fontsize=10)
        words.append(f"stop {stop} gives {number(value)}")
    describe(
        figure,
        f"A kernel of {kernel.shape[0]} by {kernel.shape[1]}, rows {_read_out(kernel)}, moves over "
        f"a picture of {image.shape[0]} by {image.shape[1]}; shown are the window, its products "
        f"and the map so far: {', '.join(words)}.",
    )
    return figure


def _telling_stops(answers: Any) -> list[int]:
    """Return the first stop of each answer, or of six of them, in the order of the window."""
    _, firsts = np.unique(answers, return_index=True)
    chosen = np.linspace(0, len(firsts) - 1, min(STRIPS, len(firsts))).round().astype(int)
    return [int(place) + 1 for place in np.sort(firsts[chosen])]


def _signed(values: Numbers, limit: float) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(Cell(number(v), signed_fill(v, limit), hatched=bool(v < 0)) for v in line)
        for line in values
    )


def patch(image: Numbers, kernel: Numbers, row: int, column: int) -> Numbers:
    """Return the pixels under a kernel whose first weight lies at a row and column."""
    return image[row : row + kernel.shape[0], column : column + kernel.shape[1]]


def _read_out(values: Numbers) -> str:
    return "; ".join(" ".join(number(v) for v in line) for line in values)
