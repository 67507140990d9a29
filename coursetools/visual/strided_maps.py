"""One picture at several strides: what a map keeps of a thin line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from coursetools.operations import answering_share, convolve, relu
from coursetools.visual import shapes, style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats
from coursetools.visual.maps import as_kernel, as_map, largest, put_strength


@style.styled
def strided_maps(
    picture: Any, settings: Sequence[tuple[Any, int]], *, padding: str = "same"
) -> Figure:
    """Return a figure of a picture and its maps after ReLU, for several kernels and strides.

    Below each map stands the share of the picture's bright pixels that still have an answer,
    see `answering_share`. Each map has its own scale: another kernel answers more loudly.

    Args:
        picture: Shape (h, w), bright things on 0.
        settings: Pairs of a kernel, shape (rows, columns), and a stride.
        padding: "same" or "valid", in any case.

    Raises:
        MapError, KernelError: The picture or a kernel has another shape or type.
        ValueError: There is no setting, or no pixel of the picture is above 0.
        WindowError: A stride is not whole or less than 1, or the padding is another word.
    """
    one = as_map(picture, name="picture")
    if not len(settings):
        raise ValueError("`settings` must hold at least one pair (kernel, stride).")
    results: list[tuple[str, Floats, float]] = []
    for kernel, stride in settings:
        weights = as_kernel(kernel)
        name = f"{weights.shape[0]}{shapes.TIMES}{weights.shape[1]}, stride {stride}"
        answers = relu(convolve(one, weights, stride=stride, padding=padding))
        share = answering_share(one, weights, stride=stride, padding=padding)
        results.append((name, answers, share))
    count = len(results) + 1
    side = min(style.WIDTH / count, 2.6)
    figure = style.new_figure(side + 0.75, width=side * count)
    first, *others = figure.subplots(1, count)
    put_strength(first, one, largest([one]))
    first.set_title("picture", loc="center", fontsize=11)
    first.set_xlabel(f"{one.shape[0]}{shapes.TIMES}{one.shape[1]}")
    for ax, (name, answers, share) in zip(others, results, strict=True):
        put_strength(ax, answers, largest([answers]))
        ax.set_title(name, loc="center", fontsize=11)
        size = f"{answers.shape[0]}{shapes.TIMES}{answers.shape[1]}"
        ax.set_xlabel(f"{size}\n{share:.0%} answered")
    describe(figure, _text(one, results))
    return figure


def _text(picture: Floats, results: Sequence[tuple[str, Floats, float]]) -> str:
    parts = [
        f"{name.replace(shapes.TIMES, ' by ')}: {answers.shape[0]} by {answers.shape[1]}, "
        f"{share:.1%} of its bright pixels have an answer"
        for name, answers, share in results
    ]
    return (
        f"A picture of {picture.shape[0]} by {picture.shape[1]} and its maps after ReLU. "
        f"{'; '.join(parts)}."
    )
