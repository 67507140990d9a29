"""Detect: the graph of ReLU, and what it does to a map and to its histogram."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import relu
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.extraction import mark_map
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import MINUS, NEGATIVE, POSITIVE, as_map, map_text, shared_limit

# Even, so that 0 is an edge between two bars and none holds values of both signs.
_BARS = 36


@style.styled
def relu_graph(ax: Axes | None = None, *, limit: float = 4.0) -> Axes:
    """Draw the graph of ReLU, flat and then rising, and return the axes.

    Args:
        ax: Where to draw; None is pyplot's current axes.
        limit: Inputs from -limit to limit are shown, above 0.

    Raises:
        ValueError: `limit` is not above 0.
    """
    if not limit > 0:
        raise ValueError(f"`limit` must be above 0, but it is `{limit}`.")
    ax = style.axes_or_current(ax)
    style.dress(ax)
    ax.plot([-limit, 0], [0, 0], color=NEGATIVE, linewidth=3.5, solid_capstyle="butt")
    ax.plot([0, limit], [0, limit], color=POSITIVE, linewidth=3.5, solid_capstyle="round")
    ax.plot([0], [0], "o", color=style.INK, markersize=7, zorder=4)
    ax.text(-limit * 0.5, limit * 0.06, "negative: 0,\nnot important", ha="center", color=NEGATIVE)
    ax.text(limit * 0.47, limit * 0.6, "positive:\nstays as it is", ha="right", color=POSITIVE)
    ax.set(xlim=(-limit, limit), ylim=(-limit * 0.08, limit * 1.04), aspect="equal")
    ax.set_xlabel("input x")
    ax.set_ylabel("max(0, x)")
    ax.set_title("ReLU")
    describe(
        ax,
        f"a graph that lies at 0 for inputs from -{limit:g} to 0 and then rises as fast as the "
        f"input, to {limit:g} at {limit:g}",
    )
    return ax


@style.styled
def relu_applied(feature_map: Any) -> Figure:
    """Return a figure of a map before and after ReLU, and its values with the cut-off part.

    Args:
        feature_map: Shape (h, w), (h, w, 1), or a batch of one.

    Raises:
        MapError: The shape or the type is another, or a number is not finite.
    """
    before = as_map(feature_map)
    after = relu(before)
    limit = shared_limit([before])
    height = 3.9 * min(1.6, before.shape[0] / before.shape[1])
    figure = style.new_figure(max(height, 3.2))
    left, middle, right = figure.subplots(1, 3, width_ratios=(1, 1, 1.15))
    mark_map(left, before, limit, "Before: the filter's answers")
    mark_map(middle, after, limit, "After ReLU")
    _histogram(right, before, limit)
    share = float((before < 0).mean())
    describe(
        figure,
        f"A feature map before and after ReLU. Before: {map_text(before)}. After: "
        f"{map_text(after)}. A histogram of the values before, from {-limit:.3g} to {limit:.3g}; "
        f"its negative part, {share:.0%} of the values, is struck out.",
    )
    return figure


def _histogram(ax: Axes, values: Floats, limit: float) -> None:
    edges = np.linspace(-limit, limit, _BARS + 1)
    counts, _ = np.histogram(np.clip(values, -limit, limit), edges)
    middles = (edges[:-1] + edges[1:]) / 2
    negative = middles < 0
    width = edges[1] - edges[0]
    shares = counts / values.size
    style.dress(ax)
    ax.bar(
        middles[negative],
        shares[negative],
        width,
        facecolor="white",
        edgecolor=NEGATIVE,
        linewidth=0.8,
        hatch="xxxx",
    )
    ax.bar(middles[~negative], shares[~negative], width, facecolor=POSITIVE, edgecolor="white")
    # Many values lie near 0; uncut, their bars would leave no height for the others.
    tallest = np.sort(shares)
    shown = min(float(tallest[-1]), 3 * float(tallest[-3])) or float(tallest[-1])
    ax.set(xlim=(-limit, limit), ylim=(0, shown * 1.3))
    below, above = float((values < 0).mean()), float((values > 0).mean())
    ax.text(
        -limit * 0.95, shown * 1.2, f"{below:.0%} below 0:\nstruck out", va="top", color=NEGATIVE
    )
    ax.text(
        limit * 0.95,
        shown * 1.2,
        f"{above:.0%} above 0:\nkept",
        va="top",
        ha="right",
        color=POSITIVE,
    )
    ax.set_xlabel("value before ReLU")
    ax.set_ylabel("share of the map")
    ax.set_yticks([])
    ax.set_xticks([-limit, 0, limit], [f"{MINUS}{limit:.2g}", "0", f"{limit:.2g}"])
    ax.grid(visible=False)
    ax.set_title("All values", loc="center", fontsize=12)
