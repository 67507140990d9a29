"""Where one unit really looks, against the box that theory gives it."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from coursetools.operations import FieldError, effective_width, field_extent
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import as_map, put_strength

_SHARE = 0.9


@style.styled
def field_heat(gradient: Any, field: int | None = None, ax: Axes | None = None) -> Axes:
    """Draw a unit's mean absolute gradient, its theoretical field and what holds 90 % of it.

    Args:
        gradient: Shape (h, w), for instance from `field_by_gradient`.
        field: Pixels across the theoretical field; None takes all pixels with a gradient.
        ax: Where to draw; None is pyplot's current axes.

    Raises:
        FieldError: The gradient has another shape, is 0 everywhere, or `field` is less than 1.
    """
    extent = field_extent(gradient)
    values = np.abs(as_map(gradient, name="gradient"))
    if field is not None and field < 1:
        raise FieldError(f"`field` must be at least 1 pixel, but it is `{field}`.")
    full = max(extent) if field is None else int(field)
    width = effective_width(values, _SHARE)
    middle = _middle(values)
    ax = style.axes_or_current(ax)
    put_strength(ax, values, float(values.max()), gamma=0.5)
    _box(ax, middle, full, "#ffffff", (0, (4, 3)))
    _box(ax, middle, width, "#7fd3f7", "-")
    # The box may reach beyond the picture: there is padding then.
    rows, columns = values.shape
    reach = full / 2 + 1
    ax.set_xlim(min(-0.5, middle[1] - reach), max(columns - 0.5, middle[1] + reach))
    ax.set_ylim(max(rows - 0.5, middle[0] + reach), min(-0.5, middle[0] - reach))
    ax.set_facecolor("#3a3f45")
    ax.set_title(f"{_SHARE:.0%} lies within {width} of {full} pixels")
    ax.set_xlabel(f"dashed: theory, {full} across; solid: {_SHARE:.0%}, {width} across")
    describe(
        ax,
        f"the gradient of one unit over {rows} by {columns} pixels; it reaches {extent[0]} rows "
        f"and {extent[1]} columns, in theory {full}, and {_SHARE:.0%} of it lie in the middle "
        f"{width} by {width}",
    )
    return ax


def _middle(values: Floats) -> tuple[float, float]:
    middle = []
    for axis in (1, 0):
        reached = np.flatnonzero(values.any(axis=axis))
        middle.append(float(reached[0] + reached[-1]) / 2)
    return middle[0], middle[1]


def _box(
    ax: Axes, middle: tuple[float, float], width: int, colour: str, line: str | tuple[int, Any]
) -> None:
    ax.add_patch(
        Rectangle(
            (middle[1] - width / 2, middle[0] - width / 2),
            width,
            width,
            fill=False,
            edgecolor=colour,
            linewidth=2,
            linestyle=line,
        )
    )
