"""Section 6: the head, from feature maps to one number, drawn with its model's own sizes."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle

from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.layers import HeadSizes, head_sizes

_MIDDLE = 2.2
_SPAN = 2.9
_MOST_UNITS = 16
_CELLS = 15
_RULES = {"sigmoid": "sigmoid", "relu": "ReLU", "": "no activation"}


@style.styled
def head_diagram(model: Any) -> Figure:
    """Return a diagram of a model's head: maps, vector, dense layers, with every weight counted.

    Args:
        model: A built Keras model that holds a base, then a layer that makes a vector (Flatten),
            then dense layers.

    Raises:
        NetworkError: The model has no such head.
    """
    sizes = head_sizes(model)
    figure, ax = shapes.drawing_board(4.6)
    columns = np.linspace(4.0, 8.7, len(sizes.units) + 1)
    _draw_maps(ax, sizes)
    ends = _draw_vector(ax, columns[0], sizes)
    for number, x in enumerate(columns[1:]):
        ends = _draw_layer(ax, ends, float(x), sizes, number)
    describe(figure, _text(sizes))
    return figure


def _draw_maps(ax: Axes, sizes: HeadSizes) -> None:
    rows, columns = (size or 1 for size in sizes.maps[:2])
    side, depth = 1.1, 0.8
    x, y = 0.35, _MIDDLE - 0.95
    top = [
        (x, y + side),
        (x + side, y + side),
        (x + side + depth, y + side + depth),
        (x + depth, y + side + depth),
    ]
    right = [
        (x + side, y),
        (x + side + depth, y + depth),
        (x + side + depth, y + side + depth),
        (x + side, y + side),
    ]
    for corners in (top, right):
        ax.add_patch(Polygon(corners, facecolor=style.BASE_LIGHT, edgecolor=style.BASE))
    ax.add_patch(
        Rectangle((x, y), side, side, facecolor="white", edgecolor=style.BASE, linewidth=1.4)
    )
    for place in range(1, columns):
        ax.plot([x + side * place / columns] * 2, [y, y + side], color=style.BASE, linewidth=0.8)
    for place in range(1, rows):
        ax.plot([x, x + side], [y + side * place / rows] * 2, color=style.BASE, linewidth=0.8)
    _label(ax, x + (side + depth) / 2, shapes.by(sizes.maps), "from the base")
    shapes.arrow(ax, (2.4, _MIDDLE), (3.6, _MIDDLE), sizes.laid_out_by)


def _draw_vector(ax: Axes, x: float, sizes: HeadSizes) -> list[tuple[float, float]]:
    cell = _SPAN / _CELLS
    low = _MIDDLE - _SPAN / 2
    ends = []
    for place in range(_CELLS):
        if place == _CELLS // 2:
            _dots(ax, x, _MIDDLE)
            continue
        ax.add_patch(
            Rectangle(
                (x - 0.13, low + place * cell),
                0.26,
                cell,
                facecolor=style.BASE_LIGHT,
                edgecolor=style.BASE,
            )
        )
        ends.append((x + 0.13, low + (place + 0.5) * cell))
    _label(ax, x, f"{sizes.vector:,}", "numbers")
    return ends


def _draw_layer(
    ax: Axes, ends: list[tuple[float, float]], x: float, sizes: HeadSizes, number: int
) -> list[tuple[float, float]]:
    units = sizes.units[number]
    places = _places(units)
    radius = min(0.17, 0.42 * _SPAN / max(len(places), 1))
    wires = [[end, (x - radius, place)] for end in ends for place in places]
    ax.add_collection(LineCollection(wires, colors=style.LINE, linewidths=0.5, zorder=1))
    for place in places:
        ax.add_patch(
            Circle(
                (x, place),
                radius,
                facecolor=style.HEAD_LIGHT,
                edgecolor=style.HEAD,
                linewidth=1.4,
                zorder=3,
            )
        )
    if len(places) < units:
        _dots(ax, x, _MIDDLE)
    kind = sizes.activations[number]
    _label(ax, x, f"{units:,} {'unit' if units == 1 else 'units'}", _RULES.get(kind, kind))
    before = (sizes.vector, *sizes.units)[number]
    middle = (ends[0][0] + x) / 2
    ax.text(
        middle,
        _MIDDLE + _SPAN / 2 + 0.62,
        f"{before:,} {shapes.TIMES} {units:,} + {units:,}\n= {sizes.weights[number]:,} weights",
        ha="center",
        va="center",
        fontsize=10.5,
    )
    return [(x + radius, place) for place in places]


def _places(units: int) -> list[float]:
    """Return heights for the units, with a gap in the middle where some are left out."""
    if units == 1:
        return [_MIDDLE]
    shown = min(units, _MOST_UNITS)
    heights = _MIDDLE + np.linspace(-1, 1, shown) * _SPAN / 2 * (0.55 + 0.4 * shown / _MOST_UNITS)
    kept = [float(height) for height in heights]
    return kept if shown == units else kept[: shown // 2 - 1] + kept[shown // 2 + 1 :]


def _dots(ax: Axes, x: float, y: float) -> None:
    for offset in (-0.07, 0, 0.07):
        ax.add_patch(Circle((x, y + offset), 0.018, color=style.MUTED, zorder=4))


def _label(ax: Axes, x: float, size: str, words: str) -> None:
    low = _MIDDLE - _SPAN / 2
    ax.text(x, low - 0.18, size, ha="center", va="top", fontweight="bold")
    ax.text(x, low - 0.42, words, ha="center", va="top", fontsize=10, color=style.MUTED)


def _text(sizes: HeadSizes) -> str:
    parts = [
        f"The head of a network. Feature maps of shape {shapes.by(sizes.maps)} become, by "
        f"{sizes.laid_out_by}, {sizes.vector:,} numbers."
    ]
    before = sizes.vector
    for units, kind, weights in zip(sizes.units, sizes.activations, sizes.weights, strict=True):
        parts.append(
            f"Dense, {units:,} {'unit' if units == 1 else 'units'}, {_RULES.get(kind, kind)}: "
            f"{before:,} times {units:,} plus {units:,} biases, {weights:,} weights."
        )
        before = units
    return " ".join([*parts, f"{sum(sizes.weights):,} weights in all."])
