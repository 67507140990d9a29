"""Lesson 5: networks compared by the gap between their training and validation curves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import CurvesError, Floats, as_curves

_MEASURES = {
    "accuracy": ("binary_accuracy", "val_binary_accuracy"),
    "loss": ("loss", "val_loss"),
}
_MOST = 4


@style.styled
def draw_gaps(histories: Mapping[str, Any], *, measure: str = "accuracy") -> Figure:
    """Return a figure with a panel a network; the gap between its two curves is shaded.

    All panels share one scale. The gap of the last epoch is written beside the curves: how much
    better the network is on pictures it has been trained on.

    Args:
        histories: Runs by name, one to four, each what `fit` returned or its `.history`.
        measure: "accuracy" or "loss".

    Raises:
        CurvesError: There are none or too many runs, or one lacks a curve.
        ValueError: `measure` is another word.
    """
    if measure not in _MEASURES:
        raise ValueError(f"`measure` must be 'accuracy' or 'loss', but it is `{measure!r}`.")
    if not 1 <= len(histories) <= _MOST:
        raise CurvesError(f"This draws 1 to {_MOST} runs, not `{len(histories)}`.")
    pairs = {name: _pair(history, name, measure) for name, history in histories.items()}
    figure = style.new_figure(3.6)
    axes = figure.subplots(1, len(pairs), sharey=True, squeeze=False)[0]
    for ax, (name, (training, validation)) in zip(axes, pairs.items(), strict=True):
        _draw(ax, training, validation)
        ax.set_title(name, fontsize=11.5)
    axes[0].set_ylabel(measure)
    low, high = axes[0].get_ylim()
    axes[0].set_ylim((min(low, 0.45), 1.02) if measure == "accuracy" else (0, high))
    for ax, (training, validation) in zip(axes, pairs.values(), strict=True):
        _mark_gap(ax, training, validation, len(pairs))
    _name_lines(axes[0], at_top=measure == "loss")
    words = " ".join(_text(name, *pair, measure) for name, pair in pairs.items())
    describe(figure, f"Training and validation {measure}, the gap between them shaded. {words}")
    return figure


def last_gap(history: Any, *, measure: str = "accuracy") -> float:
    """Return how much better a run ends on training pictures than on validation pictures.

    Raises:
        CurvesError: The run lacks a curve.
    """
    training, validation = _pair(history, "history", measure)
    gap = float(training[-1] - validation[-1])
    return gap if measure == "accuracy" else -gap


def _pair(history: Any, name: str, measure: str) -> tuple[Floats, Floats]:
    curves = as_curves(history, name=name)
    missing = [key for key in _MEASURES[measure] if key not in curves]
    if missing:
        raise CurvesError(f"The run `{name}` has no `{missing[0]}`, and so no gap to draw.")
    training, validation = (curves[key] for key in _MEASURES[measure])
    return training, validation


def _draw(ax: Axes, training: Floats, validation: Floats) -> None:
    epochs = np.arange(1, len(training) + 1)
    ax.fill_between(epochs, training, validation, color=style.WARNING, linewidth=0)
    ax.plot(epochs, training, color=style.TRAINING, linestyle=(0, (5, 1.5)))
    ax.plot(epochs, validation, color=style.VALIDATION, linewidth=2.4)
    ax.set_xlabel("epoch")
    ax.set_xticks(sorted({1, (len(training) + 1) // 2, len(training)}))
    ax.grid(axis="y")


def _mark_gap(ax: Axes, training: Floats, validation: Floats, panels: int) -> None:
    last = len(training)
    high, low = max(training[-1], validation[-1]), min(training[-1], validation[-1])
    ax.set_xlim(0.5 if last > 1 else 0, last * (1 + 0.09 * panels) + 0.5)
    x = last * (1 + 0.02 * panels)
    ax.plot([x, x], [low, high], color=style.TRUCK, linewidth=1.6)
    ax.text(
        x * 1.01,
        (high + low) / 2,
        f" {abs(float(training[-1] - validation[-1])):.2f}",
        color=style.TRUCK,
        fontweight="bold",
        va="center",
        clip_on=False,
    )


def _name_lines(ax: Axes, *, at_top: bool) -> None:
    low = 0.82 if at_top else 0.06
    for height, words, colour, line in (
        (low + 0.1, "training", style.TRAINING, (0, (5, 1.5))),
        (low, "validation", style.VALIDATION, "solid"),
    ):
        left = 0.5 if at_top else 0.42
        ax.plot([left, left + 0.11], [height] * 2, color=colour, ls=line, transform=ax.transAxes)
        ax.text(left + 0.14, height, words, color=colour, va="center", transform=ax.transAxes)


def _text(name: str, training: Floats, validation: Floats, measure: str) -> str:
    gap = abs(float(training[-1] - validation[-1]))
    return (
        f"{name}, {len(training)} epochs: training {measure} from {training[0]:.2f} to "
        f"{training[-1]:.2f}, validation {measure} from {validation[0]:.2f} to "
        f"{validation[-1]:.2f}, a gap of {gap:.2f} at the end."
    )
