"""The largest of a window against its mean, on pictures that tell the two apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.operations import average_pool, max_pool
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import as_map, largest, put_strength, written

_SIDE = 16
_COLUMNS = ("before", "max pooling", "average pooling")


def pooling_pictures(seed: int = 0) -> dict[str, Floats]:
    """Return three pictures of 16 by 16 pixels in 0 to 1: a thin line, noise, a gradient."""
    line = np.zeros((_SIDE, _SIDE), np.float32)
    line[:, 6] = 1
    noise = np.random.default_rng(seed).random((_SIDE, _SIDE), np.float32)
    gradient = np.tile(np.linspace(0, 1, _SIDE, dtype=np.float32), (_SIDE, 1))
    return {"thin line": line, "noise": noise, "gradient": gradient}


@style.styled
def max_against_average(pictures: Mapping[str, Any] | None = None) -> Figure:
    """Return a figure of pictures, each max-pooled and average-pooled once, on one scale.

    Args:
        pictures: Maps of shape (h, w) without negative values, by name; None takes those of
            `pooling_pictures`.

    Raises:
        MapError: A map has another shape or type.
        ValueError: There is no map.
    """
    named = pooling_pictures() if pictures is None else pictures
    if not named:
        raise ValueError("`pictures` must hold at least one map, but it is empty.")
    rows = {str(name): as_map(picture, name="pictures") for name, picture in named.items()}
    results = {name: (one, max_pool(one), average_pool(one)) for name, one in rows.items()}
    # Pictures side by side read like words: what is compared stands in one column of three.
    side = min(style.WIDTH / len(results), 2.3)
    figure = style.new_figure(3 * (side + 0.12) + 0.3, width=max(side * len(results), 4.0))
    axes = figure.subplots(3, len(results), squeeze=False)
    limit = largest([step for steps in results.values() for step in steps])
    for column, (name, steps) in enumerate(results.items()):
        for row, step in enumerate(steps):
            ax = axes[row, column]
            put_strength(ax, step, limit)
            size = f"{step.shape[0]}{shapes.TIMES}{step.shape[1]}"
            ax.set_xlabel(f"{size}, largest {_largest(step)}, mean {step.mean():.2f}", fontsize=10)
            if column == 0:
                ax.set_ylabel(_COLUMNS[row], fontweight="bold")
        axes[0, column].set_title(name, loc="center", fontsize=12)
    describe(figure, _text(results))
    return figure


def _largest(step: Floats) -> str:
    return written(float(step.max()), 2)


def _text(results: Mapping[str, tuple[Floats, Floats, Floats]]) -> str:
    parts = [
        f"{name}: largest value {_largest(before)} and mean {before.mean():.2f} before, "
        f"{_largest(most)} and {most.mean():.2f} after max pooling, "
        f"{_largest(mean)} and {mean.mean():.2f} after average pooling."
        for name, (before, most, mean) in results.items()
    ]
    return "Pictures pooled once with 2 by 2 windows. " + " ".join(parts)
