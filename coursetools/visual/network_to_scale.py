"""Lesson 5: a convnet drawn to scale, from a tall and thin picture to short and deep maps."""

from __future__ import annotations

from collections import Counter
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle

from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.box_row import Column, MapBox, box_columns
from coursetools.visual.network_plan import Plan, plan_of

_MARGIN, _ROW, _HEIGHT = 0.12, 7.65, 4.1
_TALL, _LEAST, _MIDDLE = 1.5, 1.3, 2.72
_UNITS_SHOWN = 8
_LOOK = {
    "picture": (style.INK, style.PAPER),
    "convolution": (style.BASE, style.BASE_LIGHT),
    "pooling": (style.MUTED, "#ffffff"),
}


@style.styled
def network_to_scale(network: Any = None) -> Figure:
    """Return a figure of a convnet: boxes as tall as the maps and as deep as their channels.

    Below each block stand its layers with the shapes they give, its weights, and how many pixels
    across one of its units sees. On the picture's face a dashed square shows that of the last.

    Args:
        network: A `coursetools.operations.Convnet`, a built Keras model of layers in a row (no
            other model inside), or None for the lesson's network of 291,405 weights.

    Raises:
        NetworkError: The model has no fixed input size, no maps, or holds another model.
        NoStopError: The convnet's maps become smaller than a kernel.
    """
    plan = plan_of(network)
    figure, board = shapes.drawing_board(_HEIGHT)
    columns = box_columns(plan, left=_MARGIN, width=_ROW, tall=_TALL, least=_LEAST, middle=_MIDDLE)
    for number, column in enumerate(columns):
        for box in column.boxes:
            _draw_box(board, box, plan)
        _write_column(board, column, number, plan)
    _draw_head(board, plan)
    title = f"{plan.parameters:,} parameters"
    if plan.field:
        title += f"; the last maps see {plan.field} of {plan.picture[0]} pixels across"
    board.text(_MARGIN, _HEIGHT - 0.2, title, size=13, weight="bold", va="center")
    _draw_key(board)
    describe(figure, plan_words(plan))
    return figure


def plan_words(plan: Plan) -> str:
    """Return what the boxes show, for those who cannot see them."""
    parts = [f"A picture of {shapes.by(plan.picture)}."]
    for block in sorted({layer.block for layer in plan.maps}):
        layers = [one for one in plan.maps if one.block == block]
        steps = ", ".join(
            f"{one.name} gives {shapes.by(one.shape)}"
            + (f" with {one.parameters:,} weights" if one.parameters else "")
            for one in layers
        )
        sees = f", a unit sees {layers[-1].field} pixels across" if layers[-1].field else ""
        parts.append(f"Block {block}: {steps}{sees}.")
    head = ", ".join(
        f"{one.name} of {one.shape[0]:,} numbers"
        if one.kind != "dense"
        else f"{one.name} with {one.parameters:,} weights"
        for one in plan.head
    )
    parts.append(f"Head: {head}. Together {plan.parameters:,} parameters.")
    return " ".join(parts)


def block_lines(plan: Plan, block: int) -> list[str]:
    """Return what stands below a block's boxes, line by line; like layers share a line."""
    layers = [one for one in plan.maps if one.block == block]
    counts = Counter((one.name, one.shape) for one in layers)
    lines = []
    for (name, shape), count in counts.items():
        several = f"{count} {shapes.TIMES} " if count > 1 else ""
        lines.extend([f"{several}{name}:", f"   {shapes.by(shape)}"])
    weights = sum(one.parameters for one in layers)
    lines.append(f"{weights:,} weights")
    if layers[-1].field:
        lines.append(f"sees {layers[-1].field} pixels")
    return lines


def head_lines(plan: Plan) -> list[str]:
    """Return what stands below the head, line by line."""
    lines = [
        f"{one.name}: {one.shape[0]:,}" if one.kind != "dense" else one.name for one in plan.head
    ]
    weights = sum(one.parameters for one in plan.layers if one.kind == "dense")
    return [*lines, f"{weights:,} weights"]


def _draw_box(board: Axes, box: MapBox, plan: Plan) -> None:
    edge, fill = _LOOK[box.kind]
    for side, colour in ((box.front(), fill), (box.top(), fill), (box.face(), "white")):
        board.add_patch(Polygon(side, facecolor=colour, edgecolor=edge, linewidth=1.1))
    if box.kind == "pooling":
        board.add_patch(
            Polygon(box.front(), facecolor="none", edgecolor=edge, hatch="....", linewidth=0)
        )
    if box.kind == "picture" and plan.field > 0:
        share = min(1.0, plan.field / plan.picture[0])
        board.add_patch(
            Polygon(
                box.face(share),
                facecolor=style.WARNING,
                edgecolor=style.VALIDATION,
                linestyle="--",
                linewidth=1.3,
            )
        )


def _write_column(board: Axes, column: Column, number: int, plan: Plan) -> None:
    left = column.left
    if number == 0:
        title, lines = "Picture", [shapes.by(plan.picture)]
        words = "height: pixels\nlength:\nchannels" + (
            "\ndashed: what\none unit sees" if plan.field else ""
        )
        board.text(left, 1.12, words, size=8.5, va="top", color=style.MUTED, linespacing=1.35)
    else:
        block = sorted({layer.block for layer in plan.maps})[number - 1]
        title, lines = f"Block {block}", block_lines(plan, block)
    _write(board, left, title, lines)


def _write(board: Axes, left: float, title: str, lines: list[str]) -> None:
    board.text(left, 1.68, title, size=11.5, weight="bold", va="top")
    for place, line in enumerate(lines):
        board.text(left, 1.42 - 0.2 * place, line, size=9, va="top")


def _draw_head(board: Axes, plan: Plan) -> None:
    left = _MARGIN + _ROW + 0.15
    shapes.arrow(board, (left - 0.2, _MIDDLE), (left + 0.08, _MIDDLE))
    board.add_patch(
        Rectangle(
            (left + 0.16, _MIDDLE - _TALL / 2),
            0.1,
            _TALL,
            facecolor=style.HEAD_LIGHT,
            edgecolor=style.HEAD,
        )
    )
    dense = [one for one in plan.head if one.kind == "dense"]
    for place, layer in enumerate(dense):
        _draw_units(board, left + 0.62 + 0.42 * place, layer.shape[0])
    _write(board, left, "Head", head_lines(plan))


def _draw_units(board: Axes, middle: float, count: int) -> None:
    shown = min(count, _UNITS_SHOWN)
    apart = min(0.2, _TALL / max(shown, 1))
    low = _MIDDLE - apart * (shown - 1) / 2
    for place in range(shown):
        left_out = count > shown and place == shown // 2
        if left_out:
            board.text(middle, low + apart * place, "⋮", ha="center", va="center", size=11)
            continue
        board.add_patch(
            Circle((middle, low + apart * place), 0.07, facecolor=style.HEAD_LIGHT, ec=style.HEAD)
        )


def _draw_key(board: Axes) -> None:
    for low, kind in ((_HEIGHT - 0.28, "convolution"), (_HEIGHT - 0.53, "pooling")):
        edge, fill = _LOOK[kind]
        hatch = "...." if kind == "pooling" else None
        left = style.WIDTH - 1.4
        board.add_patch(
            Rectangle((left, low), 0.24, 0.17, facecolor=fill, edgecolor=edge, hatch=hatch)
        )
        board.text(left + 0.32, low + 0.085, kind, size=10, va="center")
