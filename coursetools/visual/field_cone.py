"""How the receptive field grows: the units that one unit depends on, layer below layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from coursetools.operations import FieldRow, field_table, receptive_field
from coursetools.visual import cells, shapes, style
from coursetools.visual.alt import describe

_ROW = 0.85
_TALL = 0.26
_MOST_PIXELS = 64
_LEFT, _RIGHT = 2.15, 1.75


@style.styled
def field_cone(layers: Iterable[Sequence[int]] = ((3, 1), (3, 1), (3, 1))) -> Figure:
    """Return a side view of a stack: one unit of the last layer and all it depends on.

    Args:
        layers: (kernel, stride) of each layer, first layer first; the field may be 64 at most.

    Raises:
        FieldError, WindowError: As `receptive_field` raises them.
        ValueError: There is no layer, or the field is too wide to be drawn.
    """
    stack = [tuple(layer) for layer in layers]
    rows = field_table(stack)
    if not rows or rows[-1].size > _MOST_PIXELS:
        raise ValueError(
            f"`layers` must be a stack with a field of at most {_MOST_PIXELS} pixels, but it has "
            f"`{len(rows)}` layers and a field of `{receptive_field(stack)}`."
        )
    figure, ax = shapes.drawing_board(_ROW * len(rows) + 1.1)
    _draw(ax, stack, rows)
    describe(figure, _text(rows))
    return figure


def _draw(ax: Axes, stack: Sequence[Sequence[int]], rows: Sequence[FieldRow]) -> None:
    margin = 2
    pixels = rows[-1].size + 2 * margin
    unit = min((style.WIDTH - _LEFT - _RIGHT) / pixels, 0.42)
    middle = _LEFT + (style.WIDTH - _LEFT - _RIGHT) / 2
    # How many units of each map the one at the top depends on, from the picture upwards.
    needed = [receptive_field(stack[depth:]) for depth in range(len(rows) + 1)]
    jumps = [1, *(row.jump for row in rows)]
    for depth, (count, jump) in enumerate(zip(needed, jumps, strict=True)):
        y = 0.55 + depth * _ROW
        extra = margin if depth == 0 else (margin if jump == 1 else 1)
        _draw_units(ax, (middle, y), count, extra, unit, jump)
        if depth:
            below = _across(needed[depth - 1], jumps[depth - 1], unit), y - _ROW + _TALL
            here = _across(count, jump, unit), y
            _draw_beam(ax, middle, below, here)
            _label(ax, y, rows[depth - 1], depth)
    y = 0.55 + _TALL / 2
    ax.text(0.15, y, "picture", va="center", fontweight="bold")
    ax.text(middle, 0.3, f"{rows[-1].size} pixels", ha="center", va="center", color=cells.WINDOW)


def _width(jump: int, unit: float) -> float:
    """Return how wide a unit is drawn: neighbours that are far apart do not touch."""
    return 0.94 * unit * max(1.0, 0.6 * jump)


def _across(count: int, jump: int, unit: float) -> float:
    """Return the distance from the left edge of some units to the right edge of the last."""
    return (count - 1) * jump * unit + _width(jump, unit)


def _draw_units(
    ax: Axes, place: tuple[float, float], count: int, extra: int, unit: float, jump: int
) -> None:
    middle, y = place
    step = jump * unit
    left = middle - (count + 2 * extra) * step / 2
    width = _width(jump, unit)
    for number in range(count + 2 * extra):
        x = left + (number + 0.5) * step - width / 2
        if x < _LEFT - 0.15 or x + width > style.WIDTH - _RIGHT + 0.15:
            continue
        inside = extra <= number < extra + count
        ax.add_patch(
            Rectangle(
                (x, y),
                width,
                _TALL,
                facecolor="#f2b48a" if inside else cells.PIXEL,
                edgecolor=cells.WINDOW if inside else style.MUTED,
                linewidth=1.2 if inside else 0.6,
                zorder=4,
            )
        )


def _draw_beam(
    ax: Axes, middle: float, below: tuple[float, float], here: tuple[float, float]
) -> None:
    (wide, low), (narrow, high) = below, here
    corners = [
        (middle - wide / 2, low),
        (middle + wide / 2, low),
        (middle + narrow / 2, high),
        (middle - narrow / 2, high),
    ]
    ax.add_patch(Polygon(corners, facecolor=cells.WINDOW_FILL, edgecolor="none", zorder=1))


def _label(ax: Axes, y: float, row: FieldRow, depth: int) -> None:
    stride = f", stride {row.stride}" if row.stride > 1 else ""
    ax.text(0.15, y + _TALL / 2 + 0.1, f"layer {depth}", va="center", fontweight="bold")
    words = f"window {row.kernel}{stride}"
    ax.text(0.15, y + _TALL / 2 - 0.12, words, va="center", fontsize=10, color=style.MUTED)
    x = style.WIDTH - _RIGHT + 0.25
    ax.text(x, y + _TALL / 2 + 0.1, f"field {row.size}", va="center", fontweight="bold")
    ax.text(
        x,
        y + _TALL / 2 - 0.12,
        f"neighbours {row.jump} apart",
        va="center",
        fontsize=9.5,
        color=style.MUTED,
    )


def _text(rows: Sequence[FieldRow]) -> str:
    parts = [
        f"Layer {number}, window {row.kernel}, stride {row.stride}: field {row.size}, neighbours "
        f"{row.jump} {'pixel' if row.jump == 1 else 'pixels'} apart."
        for number, row in enumerate(rows, start=1)
    ]
    return "The receptive field through a stack of layers. " + " ".join(parts)
