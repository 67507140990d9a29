"""Section 10: a head that never starts. Two runs, and how often each hidden unit is silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import CurvesError, Floats, as_curves

_COLOURS = (style.BASE, style.VALIDATION)


def zero_share(activations: Any) -> float:
    """Return the share of ReLU outputs that are exactly 0.

    Args:
        activations: Outputs of a layer for some pictures, shape (pictures, units).
    """
    return float((_activations(activations) == 0).mean())


@style.styled
def draw_activity(histories: Mapping[str, Any], activations: Mapping[str, Any]) -> Figure:
    """Return a figure of two runs: their training loss, and how silent their hidden units are.

    Args:
        histories: Two runs by name, each as `fit` returned it; the names appear in the figure.
        activations: By the same names, the hidden layer's outputs, shape (pictures, units).

    Raises:
        CurvesError: There are not two runs of the same names, or an array has another shape.
    """
    if len(histories) != 2 or set(histories) != set(activations):
        raise CurvesError(
            "`histories` and `activations` must name the same two runs, but they name "
            f"`{list(histories)}` and `{list(activations)}`."
        )
    losses = {name: as_curves(history)["loss"] for name, history in histories.items()}
    outputs = {name: _activations(activations[name]) for name in histories}
    figure = style.new_figure(3.9)
    left, right = figure.subplots(1, 2)
    _draw_losses(left, losses)
    _draw_silence(right, outputs)
    describe(figure, _text(losses, outputs))
    return figure


def _activations(values: Any) -> Floats:
    array = np.asarray(values)
    if array.ndim != 2 or not array.size or array.dtype.kind not in "iuf":
        raise CurvesError(
            "Activations must be numbers of shape (pictures, units), but their type is "
            f"`{array.dtype}` and their shape `{array.shape}`."
        )
    return array.astype(np.float32)


def _draw_losses(ax: Axes, losses: Mapping[str, Floats]) -> None:
    length = max(len(values) for values in losses.values())
    ax.axhline(np.log(2), color=style.MUTED, linewidth=1, linestyle=":")
    ax.text(1, np.log(2) + 0.02, "ln 2 = 0.6931, a coin flip", color=style.MUTED, fontsize=10)
    top = max(np.log(2), *(float(values.max()) for values in losses.values()))
    for (name, values), colour in zip(losses.items(), _COLOURS, strict=True):
        ax.plot(np.arange(1, len(values) + 1), values, color=colour, linewidth=2.4)
        ax.annotate(
            name,
            (len(values), float(values[-1])),
            (0, -10 if values[-1] > 0.35 else 10),
            textcoords="offset points",
            ha="right",
            va="center",
            color=colour,
            fontweight="bold",
        )
    ax.set(xlim=(0.5, length + 0.5), ylim=(0, 1.13 * top), xlabel="epoch")
    ax.set_title("Training loss")
    ax.grid(axis="y")


def _draw_silence(ax: Axes, outputs: Mapping[str, Floats]) -> None:
    position = 0.0
    for (name, values), colour in zip(outputs.items(), _COLOURS, strict=True):
        shares = (values == 0).mean(axis=0)
        places = position + np.arange(len(shares))
        ax.barh(places, np.ones(len(shares)), color=style.PAPER, height=0.78)
        ax.barh(places, shares, color=colour, height=0.78)
        for place, share in zip(places, shares, strict=True):
            inside = share > 0.5
            ax.text(
                share + (-0.015 if inside else 0.015),
                place,
                f"{share:.0%}",
                va="center",
                ha="right" if inside else "left",
                color="white" if inside else style.INK,
                fontsize=9.5,
            )
        ax.text(0, position - 0.95, name, color=colour, fontweight="bold", va="center")
        position = float(places[-1]) + 2.4
    ax.set_ylim(position - 1.5, -1.6)
    ax.set(xlim=(0, 1), xlabel="share of pictures for which the unit's output is 0")
    ax.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_title("Hidden units, one bar each")


def _text(losses: Mapping[str, Floats], outputs: Mapping[str, Floats]) -> str:
    parts = []
    for name, values in losses.items():
        share = (outputs[name] == 0).mean()
        units = outputs[name].shape[1]
        parts.append(
            f"{name}: training loss from {values[0]:.4f} to {values[-1]:.4f} in {len(values)} "
            f"epochs; its {units} hidden units output 0 in {share:.0%} of cases."
        )
    return "Two runs. " + " ".join(parts)
