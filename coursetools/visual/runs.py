"""Several runs side by side: the loss of each above its accuracy, all on the same scales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import CurvesError, Floats, as_curves

_ROWS = (("loss", "loss", "val_loss"), ("accuracy", "binary_accuracy", "val_binary_accuracy"))
_MOST = 4


@style.styled
def draw_runs(histories: Mapping[str, Any]) -> Figure:
    """Return a figure with a column a run: its loss above its accuracy, on shared scales.

    Args:
        histories: Runs by name, two to four, each what `fit` returned or its `.history`.

    Raises:
        CurvesError: There are fewer or more runs, or one has no loss or no accuracy.
    """
    if not 2 <= len(histories) <= _MOST:
        raise CurvesError(f"This draws 2 to {_MOST} runs, not `{len(histories)}`.")
    runs = {name: as_curves(history, name=name) for name, history in histories.items()}
    figure = style.new_figure(4.9)
    grid = figure.subplots(2, len(runs), sharex=True, sharey="row", squeeze=False)
    for column, (name, curves) in enumerate(runs.items()):
        grid[0, column].set_title(name)
        grid[1, column].set_xlabel("epoch")
        for row, (_, training, validation) in enumerate(_ROWS):
            _draw(grid[row, column], curves, training, validation, name)
    for row, (label, *_) in enumerate(_ROWS):
        grid[row, 0].set_ylabel(label)
    grid[0, 0].set_ylim(bottom=0)
    grid[1, 0].set_ylim(0.3, 1.02)
    _name_lines(grid[1, -1])
    describe(figure, " ".join(_text(name, curves) for name, curves in runs.items()))
    return figure


def _draw(ax: Axes, curves: Mapping[str, Floats], training: str, validation: str, run: str) -> None:
    for key, colour, line in (
        (training, style.TRAINING, (0, (5, 1.5))),
        (validation, style.VALIDATION, "solid"),
    ):
        if key not in curves:
            raise CurvesError(f"The run `{run}` has no `{key}`, and so it cannot be compared.")
        values = curves[key]
        ax.plot(np.arange(1, len(values) + 1), values, color=colour, linestyle=line)
    ax.grid(axis="y")


def _name_lines(ax: Axes) -> None:
    """Write what the two lines are, once, in the lower right where curves seldom go."""
    for height, words, colour, line in (
        (0.20, "training", style.TRAINING, (0, (5, 1.5))),
        (0.08, "validation", style.VALIDATION, "solid"),
    ):
        ax.plot([0.50, 0.62], [height] * 2, color=colour, linestyle=line, transform=ax.transAxes)
        ax.text(0.65, height, words, color=colour, va="center", transform=ax.transAxes)


def _text(name: str, curves: Mapping[str, Floats]) -> str:
    words = [f"{name}, {len(curves['loss'])} epochs:"]
    for label, training, validation in _ROWS:
        first, last = curves[training][0], curves[training][-1]
        other = curves[validation]
        best = float(other.min() if label == "loss" else other.max())
        words.append(
            f"training {label} from {first:.3f} to {last:.3f}, validation {label} from "
            f"{other[0]:.3f} to {other[-1]:.3f}, at best {best:.3f};"
        )
    return " ".join(words).rstrip(";") + "."
