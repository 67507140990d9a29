"""Section 9: learning curves. Loss and accuracy against the epoch, read off the lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats, as_curves

Curves = Mapping[str, Floats]

_PANELS = (("Loss", "loss", "val_loss"), ("Accuracy", "binary_accuracy", "val_binary_accuracy"))
# Loss that has risen this far above its least is called overfitting, as exercise 1.6 calls it.
_RISE = 0.03


def best_epoch(history: Any) -> int | None:
    """Return the epoch, counted from 1, of the least validation loss; None without one."""
    values = as_curves(history).get("val_loss")
    if values is None or not np.isfinite(values).any():
        return None
    return int(np.nanargmin(values)) + 1


@style.styled
def draw_history(
    history: Any,
    *,
    background: Sequence[Any] | None = None,
    best: bool = True,
    epochs: int | None = None,
    title: str | None = None,
    figsize: tuple[float, float] | None = None,
) -> Figure:
    """Return a figure with two panels, loss and accuracy against the epoch.

    Args:
        history: What `fit` returned, its `.history`, or a DataFrame with one row an epoch. Curves
            that are not there are not drawn; `loss` must be.
        background: Further histories whose validation curves are drawn faint behind.
        best: Mark the epoch of the least validation loss, and shade what follows if the
            validation loss has risen by more than .03 at the end.
        epochs: Length of the epoch axis; None is the length of the history. A training that is
            still running passes the number it will have.
        title: Words above both panels.
        figsize: Width and height in inches.

    Raises:
        CurvesError: A history has no `loss`, or its curves differ in length.
    """
    curves = as_curves(history)
    behind = [as_curves(one, name="background") for one in background or ()]
    length = max([len(curves["loss"]), epochs or 1, *(len(one["loss"]) for one in behind)])
    stop = best_epoch(curves) if best else None
    width, height = figsize or (style.WIDTH, 3.9)
    figure = style.new_figure(height, width=width)
    if title:
        figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=13)
    for ax, (name, training, validation) in zip(figure.subplots(1, 2), _PANELS, strict=True):
        for one in behind:
            _line(ax, one.get(validation), style.VALIDATION, linewidth=0.9, alpha=0.3)
        _draw_panel(ax, curves, training, validation, length)
        if stop is not None:
            _mark_best(ax, curves, validation, stop, length)
        ax.set_title(name)
    if behind:
        figure.axes[0].set_title(
            f"faint: {len(behind)} other runs", loc="right", fontsize=10, fontweight="normal"
        )
    describe(figure, _text(curves, stop, len(behind)))
    return figure


def _draw_panel(ax: Axes, curves: Curves, training: str, validation: str, length: int) -> None:
    _line(ax, curves.get(training), style.TRAINING, linestyle=(0, (5, 1.5)))
    _line(ax, curves.get(validation), style.VALIDATION, linewidth=2.4)
    # A quarter of the panel is left free on the right for the names of the lines.
    ax.set_xlim(0.5, length + max(1.0, 0.34 * length))
    ax.set_xticks(_epoch_ticks(length))
    ax.set_xlabel("epoch")
    ax.grid(axis="y")
    _set_limits(ax, is_accuracy=training != "loss")
    ends = [
        (float(values[-1]), words, colour)
        for key, words, colour in (
            (training, "training", style.TRAINING),
            (validation, "validation", style.VALIDATION),
        )
        if (values := curves.get(key)) is not None and len(values) and np.isfinite(values[-1])
    ]
    _name_lines(ax, len(curves["loss"]), ends)


def _epoch_ticks(length: int) -> list[int]:
    """Return 1, and then steps of a round number, about six of them."""
    step = next((step for step in (1, 2, 5, 10, 20, 50) if length <= 6 * step), 100)
    return sorted({1, *range(step, length + 1, step)})


def _line(ax: Axes, values: Floats | None, colour: str, **look: Any) -> None:
    if values is None:
        return
    marker = "o" if len(values) == 1 else None
    ax.plot(np.arange(1, len(values) + 1), values, color=colour, marker=marker, **look)


def _set_limits(ax: Axes, *, is_accuracy: bool) -> None:
    low, high = ax.get_ylim()
    if is_accuracy:
        low, high = min(low, 0.9), 1.0
        ax.set_ylim(low - 0.04 * (high - low), high + 0.02)
    else:
        ax.set_ylim(0, max(high, 0.1) * 1.1)


def _name_lines(ax: Axes, last: int, ends: list[tuple[float, str, str]]) -> None:
    low, high = ax.get_ylim()
    apart = 0.085 * (high - low)
    ordered = sorted(ends)
    if len(ordered) == 2 and ordered[1][0] - ordered[0][0] < apart:
        middle = (ordered[0][0] + ordered[1][0]) / 2
        ordered = [
            (middle - apart / 2, *ordered[0][1:]),
            (middle + apart / 2, *ordered[1][1:]),
        ]
    for height, words, colour in ordered:
        ax.annotate(
            words,
            (last, float(np.clip(height, low + apart / 2, high - apart / 2))),
            (7, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            fontweight="bold",
            # The grid's lines end at the names instead of striking them through.
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )


def _mark_best(ax: Axes, curves: Curves, validation: str, stop: int, length: int) -> None:
    values = curves.get(validation)
    if values is None:
        return
    last = len(values)
    high = ax.get_ylim()[1]
    if overfits(curves):
        ax.axvspan(stop, last, color=style.WARNING, zorder=0)
        if last - stop >= 0.3 * last and validation == "val_loss":
            ax.annotate(
                "overfitting",
                ((stop + last) / 2, high),
                (0, -5),
                textcoords="offset points",
                ha="center",
                va="top",
                color=style.TRUCK,
                bbox={"facecolor": style.WARNING, "edgecolor": "none", "pad": 1.5},
            )
    value = float(values[stop - 1])
    ax.plot([stop], [value], "o", color=style.VALIDATION, markersize=8, zorder=5)
    if stop < last or last >= length:
        _label_best(ax, curves, validation, stop, length)


def _label_best(ax: Axes, curves: Curves, validation: str, stop: int, length: int) -> None:
    value = float(curves[validation][stop - 1])
    training = curves.get(validation.removeprefix("val_"))
    # The side away from the training curve is the emptier one.
    above = training is None or training[stop - 1] < value
    word = "best epoch" if validation == "val_loss" else "epoch"
    side, shift = ("left", -6) if stop < 0.6 * length else ("right", 6)
    ax.annotate(
        f"{word} {stop}: {value:.3f}",
        (stop, value),
        (shift, 36 if above else -32),
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=10,
        arrowprops={"arrowstyle": "-", "color": style.MUTED, "shrinkB": 4},
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.5},
        zorder=6,
    )


def overfits(history: Any) -> bool:
    """Say whether the validation loss ends more than .03 above its least."""
    values = as_curves(history).get("val_loss")
    if values is None or not np.isfinite(values).any():
        return False
    return bool(values[-1] - np.nanmin(values) > _RISE)


def _text(curves: Curves, stop: int | None, behind: int) -> str:
    length = len(curves["loss"])
    parts = [f"Learning curves of {length} {'epoch' if length == 1 else 'epochs'}."]
    for _, training, validation in _PANELS:
        for key, words in ((training, "Training"), (validation, "Validation")):
            values = curves.get(key)
            if values is not None and len(values):
                measure = "loss" if "loss" in key else "accuracy"
                parts.append(f"{words} {measure} goes from {values[0]:.3f} to {values[-1]:.3f}.")
    if stop is not None:
        parts.append(
            f"Validation loss is least, {curves['val_loss'][stop - 1]:.3f}, at epoch {stop}"
        )
        parts[-1] += "; after it the figure is shaded: overfitting." if overfits(curves) else "."
    if behind:
        parts.append(f"Behind them, faint, the validation curves of {behind} other runs.")
    return " ".join(parts)
