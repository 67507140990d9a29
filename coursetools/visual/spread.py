"""Lesson 5: a few runs of two recipes as dots, with their means and spreads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import sqrt

import numpy as np
from matplotlib.axes import Axes

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import CurvesError, Floats

_COLOURS = (style.CAR, style.TRUCK, style.VALIDATION, style.BASE)
_MARKS = ("o", "s", "^", "D")


@style.styled
def draw_spread(
    results: Mapping[str, Sequence[float]],
    ax: Axes | None = None,
    *,
    pictures: int | None = None,
) -> Axes:
    """Draw the accuracy of each run as a dot, a row a recipe, with mean and range.

    Args:
        results: For each recipe, the accuracy of every run (seed), in 0 to 1.
        ax: Where to draw; None is pyplot's current axes.
        pictures: How many pictures the accuracies were measured on: a bar then shows two standard
            errors of one measurement, chance that no seed is to blame for.

    Raises:
        CurvesError: There is no recipe or no run, an accuracy lies outside 0 to 1, or `pictures`
            is less than 1.
    """
    runs = _checked(results)
    if pictures is not None and pictures < 1:
        raise CurvesError(f"`pictures` must be at least 1, but it is `{pictures}`.")
    ax = style.axes_or_current(ax)
    for row, (name, values) in enumerate(runs.items()):
        _draw_row(ax, row, values, name)
    every = np.concatenate(list(runs.values()))
    low, high = float(every.min()), float(every.max())
    pad = max(0.25 * (high - low), 0.015)
    ax.set_xlim(low - pad, high + pad)
    if pictures is not None:
        _draw_error(ax, len(runs), standard_error(float(every.mean()), pictures), pictures)
    ax.set_yticks(range(len(runs)), list(runs))
    ax.set_ylim(len(runs) - (0.1 if pictures is not None else 0.45), -0.6)
    ax.set_xlabel("validation accuracy")
    seeds = max(len(values) for values in runs.values())
    ax.set_title(f"A dot a run ({seeds} seeds each), a line for their mean")
    style.dress(ax)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color=style.LINE, linewidth=0.7)
    describe(ax, spread_words(results, pictures=pictures))
    return ax


def standard_error(accuracy: float, pictures: int) -> float:
    """Return the standard error of an accuracy measured on so many pictures."""
    return sqrt(max(accuracy * (1 - accuracy), 0.0) / pictures)


def spread_words(results: Mapping[str, Sequence[float]], *, pictures: int | None = None) -> str:
    """Return in words the mean and the range of each recipe, and whether the ranges overlap.

    Arguments and errors are those of `draw_spread`.
    """
    runs = _checked(results)
    parts = [
        f"{name}: mean {values.mean():.3f}, from {values.min():.3f} to {values.max():.3f} in "
        f"{len(values)} {'run' if len(values) == 1 else 'runs'}."
        for name, values in runs.items()
    ]
    ordered = sorted(runs.values(), key=lambda values: float(values.mean()))
    if len(ordered) > 1:
        apart = all(below.max() < above.min() for below, above in pairwise(ordered))
        parts.append("The dots do not overlap." if apart else "The dots overlap.")
    if pictures is not None:
        error = standard_error(float(np.concatenate(ordered).mean()), pictures)
        parts.append(f"One standard error with {pictures:,} pictures is {error:.3f}.")
    return " ".join(parts)


def _draw_row(ax: Axes, row: int, values: Floats, name: str) -> None:
    colour, mark = _COLOURS[row % len(_COLOURS)], _MARKS[row % len(_MARKS)]
    mean = float(values.mean())
    ax.plot(
        [values.min(), values.max()], [row, row], color=colour, linewidth=7, alpha=0.22,
        solid_capstyle="round",
    )  # fmt: skip
    ax.plot(values, [row] * len(values), mark, color=colour, markersize=9, alpha=0.85, label=name)
    ax.plot([mean, mean], [row - 0.27, row + 0.27], color=style.INK, linewidth=2)
    ax.annotate(
        f"{mean:.3f}",
        (mean, row - 0.29),
        (0, 2),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontweight="bold",
    )


def _draw_error(ax: Axes, row: int, error: float, pictures: int) -> None:
    left, right = ax.get_xlim()
    middle = left + error + 0.02 * (right - left)
    y = row - 0.35
    ax.errorbar([middle], [y], xerr=[[error], [error]], color=style.MUTED, capsize=4, linewidth=1.4)
    words = (
        f"  chance of one measurement with {pictures:,} pictures: \N{PLUS-MINUS SIGN}{error:.3f}"
    )
    ax.text(middle + error, y, words, va="center", fontsize=10, color=style.MUTED)


def _checked(results: Mapping[str, Sequence[float]]) -> dict[str, Floats]:
    if not results:
        raise CurvesError("`results` must name at least one recipe, but it is empty.")
    runs = {
        str(name): np.asarray(values, dtype=np.float32).reshape(-1)
        for name, values in results.items()
    }
    for name, values in runs.items():
        if not values.size or not ((values >= 0) & (values <= 1)).all():
            raise CurvesError(
                f"`results[{name!r}]` must hold accuracies in 0 to 1, but it is "
                f"`{values.tolist()}`."
            )
    return runs
