"""Kernels beside their feature maps: what each of them answers to, on several pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coursetools.operations import KERNELS, convolve, relu
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import Floats, PictureError, as_picture
from coursetools.visual.kernel import show_kernel
from coursetools.visual.maps import (
    KernelError,
    as_kernel,
    map_text,
    put_map,
    put_strength,
    shared_limit,
    size_and_range,
    written,
)
from coursetools.visual.steps import greyed

_SHOWN = ("edge", "bottom_sobel", "right_sobel", "blur", "sharpen")


@style.styled
def kernels_and_maps(
    pictures: Mapping[str, Any],
    kernels: Mapping[str, Any] | None = None,
    *,
    rectified: bool = False,
) -> Figure:
    """Return a figure of kernels, a row each with its numbers, its sum and its maps.

    The maps of one kernel share a scale. Where one of them has a negative value (before ReLU),
    blue is above zero, orange below and white is zero; else black is zero and bright is strong.

    Args:
        pictures: Names and pictures; those in colour become grey.
        kernels: Names and kernels; None takes five of the library.
        rectified: Whether the maps are shown after ReLU.

    Raises:
        PictureError: There is no picture, or one has another shape, type or range.
        KernelError: There is no kernel, or one has another shape or type.
        NoStopError: A kernel is larger than a picture.
    """
    if kernels is None:
        kernels = {name: KERNELS[name] for name in _SHOWN}
    if not pictures:
        raise PictureError("`pictures` must name at least one picture, but it is empty.")
    if not kernels:
        raise KernelError("`kernels` must name at least one kernel, but it is empty.")
    grey = {
        str(name): greyed(as_picture(picture, name=str(name))) for name, picture in pictures.items()
    }
    weights = {str(name): as_kernel(kernel, name=str(name)) for name, kernel in kernels.items()}
    columns, rows = len(grey) + 1, len(weights) + 1
    cell = style.WIDTH / columns
    figure = style.new_figure(rows * min(0.84 * cell, 2.1) + 0.2, width=style.WIDTH)
    axes = figure.subplots(rows, columns, squeeze=False)
    axes[0, 0].set_axis_off()
    for ax, (name, picture) in zip(axes[0, 1:], grey.items(), strict=True):
        put_picture(ax, picture[..., None])
        ax.set_title(name, loc="center", fontsize=12)
    parts = []
    for line, (name, kernel) in zip(axes[1:], weights.items(), strict=True):
        answers = {title: convolve(picture, kernel) for title, picture in grey.items()}
        # Also after ReLU the signs before it decide on the colours: so the two can be compared.
        signed = any(answer.min() < 0 for answer in answers.values())
        if rectified:
            answers = {title: relu(answer) for title, answer in answers.items()}
        _row(line, name, kernel, list(answers.values()), signed=signed)
        maps = "; ".join(f"on {title} {map_text(answer)}" for title, answer in answers.items())
        parts.append(f"{name}, sum {kernel.sum() + 0.0:.3g}: {maps}.")
    after = " after ReLU" if rectified else ""
    describe(
        figure,
        f"{len(weights)} kernels and their maps{after} on {len(grey)} pictures. " + " ".join(parts),
    )
    return figure


def _row(axes: Any, name: str, kernel: Floats, answers: list[Floats], *, signed: bool) -> None:
    show_kernel(kernel, ax=axes[0], text_size=15, label=kernel.size <= 49)
    axes[0].set_title(name, loc="center", fontsize=12)
    _caption(axes[0], f"sum {written(float(kernel.sum()))}")
    limit = shared_limit(answers)
    for ax, answer in zip(axes[1:], answers, strict=True):
        (put_map if signed else put_strength)(ax, answer, limit)
        _caption(ax, size_and_range(answer))


def _caption(ax: Axes, words: str) -> None:
    ax.set_xlabel(words, fontsize=10, color=style.MUTED, fontweight="normal")
