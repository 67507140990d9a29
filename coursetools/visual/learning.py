"""A kernel that is learnt: its weights at several steps of training, beside the one to be found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import CurvesError, Floats
from coursetools.visual.maps import (
    KernelError,
    as_kernel,
    kernel_text,
    largest,
    number_words,
    put_numbers,
    written,
)


@style.styled
def kernel_frames(
    frames: Sequence[Any],
    target: Any = None,
    *,
    steps: Sequence[int] | None = None,
    losses: Sequence[float] | None = None,
    digits: int = 1,
) -> Figure:
    """Return a figure of a kernel at several steps, on one scale, and of the loss if it is given.

    Args:
        frames: Kernels of one shape, 2 to 8 of them, the earliest first.
        target: The kernel that is to be found; under each frame stands the largest difference.
        steps: The step of each frame; None numbers them from 0.
        losses: The loss after each step of the training, from step 0, for a curve below.
        digits: Decimals of the weights.

    Raises:
        KernelError: A frame or the target has another shape or type, or their number is another.
        CurvesError: `steps` or `losses` do not fit.
    """
    kernels, goal = _checked(frames, target)
    numbers = list(range(len(kernels))) if steps is None else [int(step) for step in steps]
    if len(numbers) != len(kernels):
        raise CurvesError(f"`steps` holds `{len(numbers)}` steps for {len(kernels)} frames.")
    curve = None if losses is None else _curve(losses, numbers)
    shown = kernels if goal is None else [*kernels, goal]
    limit = largest(shown)
    cell = style.WIDTH / len(shown)
    figure = style.new_figure(min(cell, 2.2) + 0.55 + (0 if curve is None else 2.0))
    grid = figure.add_gridspec(
        1 if curve is None else 2,
        len(shown),
        height_ratios=[1] if curve is None else [min(cell, 2.2) + 0.5, 2.0],
    )
    for place, kernel in enumerate(shown):
        ax = figure.add_subplot(grid[0, place])
        put_numbers(ax, kernel, number_words(kernel, digits), limit=limit, text_size=11)
        is_goal = place == len(kernels)
        title = "to be found" if is_goal else f"step {numbers[place]:,}"
        ax.set_title(title, loc="center", fontsize=11)
        if goal is not None and not is_goal:
            off = float(np.abs(kernel - goal).max())
            ax.set_xlabel(
                f"off by {written(off, 2)}", fontsize=10, color=style.MUTED, fontweight="normal"
            )
    if curve is not None:
        _draw_curve(figure.add_subplot(grid[1, :]), curve, numbers)
    describe(figure, _text(kernels, goal, numbers, curve))
    return figure


def _checked(frames: Sequence[Any], target: Any) -> tuple[list[Floats], Floats | None]:
    kernels = [as_kernel(frame, name=f"frames[{place}]") for place, frame in enumerate(frames)]
    if not 2 <= len(kernels) <= 8:
        raise KernelError(f"`frames` must be 2 to 8 kernels, but there are `{len(kernels)}`.")
    goal = None if target is None else as_kernel(target, name="target")
    sizes = {kernel.shape for kernel in (*kernels, *([] if goal is None else [goal]))}
    if len(sizes) > 1:
        raise KernelError(f"All kernels must have one shape, but there are `{sorted(sizes)}`.")
    return kernels, goal


def _curve(losses: Sequence[float], numbers: list[int]) -> Floats:
    curve = np.asarray(losses, np.float32).reshape(-1)
    if not np.isfinite(curve).all() or not 0 <= min(numbers) <= max(numbers) < len(curve):
        raise CurvesError(
            "`losses` must be finite and hold one number a step, from step 0 to the last frame's "
            f"{max(numbers)}, but it holds `{len(curve)}`."
        )
    return curve


def _draw_curve(ax: Any, curve: Floats, numbers: list[int]) -> None:
    style.dress(ax)
    ax.plot(curve, color=style.TRAINING)
    ax.plot(numbers, curve[numbers], "o", color=style.INK, markersize=7, zorder=4)
    if curve.min() > 0 and curve.max() / curve.min() > 50:
        ax.set_yscale("log")
    ax.set_xlabel("step")
    ax.set_ylabel("loss")


def _text(
    kernels: list[Floats], goal: Floats | None, numbers: list[int], curve: Floats | None
) -> str:
    parts = [
        f"Step {number}: {kernel_text(kernel)}."
        for number, kernel in zip(numbers, kernels, strict=True)
    ]
    if goal is not None:
        off = [f"{np.abs(kernel - goal).max():.2f}" for kernel in kernels]
        parts.append(
            f"To be found: {kernel_text(goal)}. Largest difference at each step: {', '.join(off)}."
        )
    if curve is not None:
        parts.append(f"The loss goes from {curve[0]:.3g} to {curve[-1]:.3g}.")
    return "A kernel as it is learnt. " + " ".join(parts)
