"""Section 11: how little data is enough. Accuracy against the number of training pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from coursetools.visual import style
from coursetools.visual.alt import describe, listed
from coursetools.visual.inputs import CurvesError, Floats


@style.styled
def draw_data_size(
    accuracies: Mapping[int, Sequence[float]],
    ax: Axes | None = None,
    *,
    here: tuple[int, float] | None = None,
) -> Axes:
    """Draw validation accuracy against the number of training pictures, on a doubling scale.

    Args:
        accuracies: For each number of pictures, the accuracy of every seed, in 0 to 1.
        ax: Where to draw; None is pyplot's current axes.
        here: A number of pictures and the accuracy just measured with it, marked as such.

    Raises:
        CurvesError: There is no number of pictures, or an accuracy lies outside 0 to 1.
    """
    sizes, runs = _checked(accuracies)
    ax = style.axes_or_current(ax)
    means = np.array([run.mean() for run in runs])
    ax.fill_between(
        sizes, [run.min() for run in runs], [run.max() for run in runs], color=style.BASE_LIGHT
    )
    for size, run in zip(sizes, runs, strict=True):
        ax.plot([size] * len(run), run, "o", color=style.BASE, alpha=0.45, markersize=5)
    ax.plot(sizes, means, color=style.BASE)
    for size, mean, run in zip(sizes, means, runs, strict=True):
        ax.annotate(
            f"{mean:.2f}",
            (size, float(run.max())),
            (0, 7),
            textcoords="offset points",
            ha="center",
            fontweight="bold",
        )
    _set_axes(ax, sizes, runs)
    if here is not None:
        _mark_here(ax, *here)
    describe(ax, _text(sizes, runs, here))
    return ax


def _checked(accuracies: Mapping[int, Sequence[float]]) -> tuple[list[int], list[Floats]]:
    if not accuracies:
        raise CurvesError("`accuracies` must name at least one number of pictures, but is empty.")
    sizes = sorted(int(size) for size in accuracies)
    runs = [np.asarray(accuracies[size], dtype=np.float32).reshape(-1) for size in sizes]
    for size, run in zip(sizes, runs, strict=True):
        if size < 1 or not run.size or not ((run >= 0) & (run <= 1)).all():
            raise CurvesError(
                f"`accuracies[{size}]` must hold accuracies in 0 to 1, but it is `{run.tolist()}`."
            )
    return sizes, runs


def _set_axes(ax: Axes, sizes: list[int], runs: list[Floats]) -> None:
    least = min(float(run.min()) for run in runs)
    ax.set_xscale("log", base=2)
    ax.set_xticks(sizes, [f"{size:,}" for size in sizes])
    ax.minorticks_off()
    ax.set_ylim(min(0.48, least - 0.03), 1.02)
    ax.axhline(0.5, color=style.MUTED, linewidth=1, linestyle=":")
    ax.text(sizes[-1], 0.505, "guessing", ha="right", va="bottom", color=style.MUTED, fontsize=10)
    ax.set_xlabel("training pictures")
    ax.set_ylabel("validation accuracy")
    seeds = max(len(run) for run in runs)
    ax.set_title(f"How few pictures are enough? (dots: {seeds} seeds, line: their mean)")
    style.dress(ax)


def _mark_here(ax: Axes, size: int, accuracy: float) -> None:
    ax.plot([size], [accuracy], "D", color=style.TRUCK, markersize=9, zorder=5)
    ax.annotate(
        f"measured just now: {accuracy:.2f}",
        (size, accuracy),
        (14, -22),
        textcoords="offset points",
        color=style.TRUCK,
        fontweight="bold",
        va="center",
        arrowprops={"arrowstyle": "-", "color": style.TRUCK, "shrinkB": 4},
    )


def _text(sizes: list[int], runs: list[Floats], here: tuple[int, float] | None) -> str:
    points = listed(
        [
            f"{size:,} pictures {run.mean():.2f} ({run.min():.2f} to {run.max():.2f})"
            for size, run in zip(sizes, runs, strict=True)
        ]
    )
    text = f"Mean validation accuracy, with its spread over {len(runs[0])} seeds: {points}."
    if here is not None:
        text += f" Measured just now: {here[1]:.2f} with {here[0]:,} pictures."
    return text
