"""A series over time, raw and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats

_YEAR = 52
_COLOURS = (style.TRUCK, style.BASE, style.VALIDATION, style.HEAD)


class SeriesError(ValueError):
    """A series is not numbers in a row, or a filtered one is longer than the raw one."""


@style.styled
def draw_series(
    series: Any,
    filtered: Mapping[str, Any] | None = None,
    *,
    unit: str = "thousand hires",
) -> Figure:
    """Return a figure of a weekly series and, below it, of what filters make of it.

    In each title stands the spread of the steps from one week to the next, which smoothing
    lowers. A filtered series is shorter by the kernel's size less one: it is drawn in the middle.

    Args:
        series: Shape (weeks,); axes of size 1 are dropped.
        filtered: Filtered series by name, none longer than the raw one.
        unit: What the raw series counts.

    Raises:
        SeriesError: A series has another shape or type, holds values that are not finite, or is
            longer than the raw one.
    """
    raw = _line(series, "series")
    lines = {str(name): _line(values, str(name)) for name, values in (filtered or {}).items()}
    for name, values in lines.items():
        if len(values) > len(raw):
            raise SeriesError(
                f"`{name}` has `{len(values)}` values, more than the series it was made from, "
                f"which has `{len(raw)}`."
            )
    figure = style.new_figure(1.75 * (1 + len(lines)) + 0.35, width=8.4)
    axes = figure.subplots(1 + len(lines), 1, sharex=True, squeeze=False)[:, 0]
    _draw(axes[0], raw, len(raw), style.CAR, "raw")
    axes[0].set_ylabel(unit)
    for number, (name, values) in enumerate(lines.items()):
        ax = axes[number + 1]
        if values.min() >= 0:
            # The same quantity keeps the same scale.
            ax.sharey(axes[0])
        else:
            ax.axhline(0, color=style.MUTED, linewidth=0.8)
        _draw(ax, values, len(raw), _COLOURS[number % len(_COLOURS)], name)
    axes[-1].set_xlabel("week")
    axes[-1].set_xticks(range(0, len(raw) + 1, _YEAR))
    describe(figure, _text(raw, lines))
    return figure


def step_spread(values: Any) -> float:
    """Return the standard deviation of the steps from each value of a series to the next.

    Raises:
        SeriesError: The series has another shape or type.
    """
    line = _line(values, "values")
    return float(np.diff(line).std()) if len(line) > 1 else 0.0


def _line(values: Any, name: str) -> Floats:
    array = np.asarray(values)
    if (
        array.dtype.kind not in "biuf"
        or array.size == 0
        or max(array.shape, default=0) != array.size
    ):
        raise SeriesError(
            f"`{name}` must be numbers in a row, but its shape is `{array.shape}` and its type "
            f"`{array.dtype}`."
        )
    if not np.isfinite(array).all():
        raise SeriesError(f"`{name}` must hold finite numbers only.")
    return array.reshape(-1).astype(np.float32)


def _draw(ax: Axes, values: Floats, weeks: int, colour: str, name: str) -> None:
    first = (weeks - len(values)) / 2
    ax.plot(first + np.arange(len(values)), values, color=colour, linewidth=1.4)
    ax.set_title(f"{name}: week-to-week steps spread by {step_spread(values):.2f}", fontsize=11)
    ax.grid(axis="y")
    ax.set_xlim(0, weeks - 1)


def _text(raw: Floats, lines: Mapping[str, Floats]) -> str:
    parts = [
        f"{name}: {len(values)} values from {values.min():.3g} to {values.max():.3g}, steps from "
        f"one to the next spread by {step_spread(values):.2f}."
        for name, values in {"Raw": raw, **lines}.items()
    ]
    return "A weekly series and what filters make of it. " + " ".join(parts)
