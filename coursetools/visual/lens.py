"""A kernel as a lens: one picture, and what shows through it where the lens lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from coursetools.operations import convolve
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.images import put_picture
from coursetools.visual.inputs import as_picture
from coursetools.visual.maps import SIGNED, KernelError, as_kernel, extremes, shared_limit
from coursetools.visual.steps import greyed

_MOST = 4


@style.styled
def kernel_lenses(
    image: Any,
    kernels: Mapping[str, Any],
    *,
    center: tuple[float, float] = (0.5, 0.5),
    radius: float = 0.3,
) -> Figure:
    """Return a figure of one picture under several kernels, each a round lens on it.

    Within a lens stands the kernel's map: blue above zero, orange below, white where the kernel
    does not answer. Each lens has a scale of its own.

    Args:
        image: One picture; one in colour becomes grey.
        kernels: Names and kernels, 1 to 4 of them.
        center: Where the lens lies, down and across, as shares of height and width.
        radius: Its radius, as a share of the shorter side, above 0 and at most 1.

    Raises:
        PictureError: The picture has another shape, type or range.
        KernelError: A kernel has another shape or type, or their number is another.
        ValueError: `radius` or `center` lies outside its range.
    """
    picture = greyed(as_picture(image))
    weights = {str(name): as_kernel(kernel, name=str(name)) for name, kernel in kernels.items()}
    if not 1 <= len(weights) <= _MOST:
        raise KernelError(f"`kernels` must name 1 to {_MOST} kernels, but names `{len(weights)}`.")
    if not 0 < radius <= 1 or not all(0 <= share <= 1 for share in center):
        raise ValueError(
            "`radius` must be above 0 and at most 1, and `center` two shares from 0 to 1, but "
            f"they are `{radius}` and `{center}`."
        )
    height, width = picture.shape
    place = center[1] * (width - 1), center[0] * (height - 1)
    reach = radius * min(height, width)
    cell = style.WIDTH / max(len(weights), 3)
    figure = style.new_figure(cell * height / width + 0.4, width=cell * len(weights))
    rows, columns = np.ogrid[:height, :width]
    inside = (columns - place[0]) ** 2 + (rows - place[1]) ** 2 <= reach**2
    parts = []
    for number, (name, kernel) in enumerate(weights.items(), start=1):
        answers = convolve(picture, kernel, padding="same")
        ax = figure.add_subplot(1, len(weights), number)
        put_picture(ax, picture[..., None])
        shown = ax.imshow(answers / shared_limit([answers[inside]]), cmap=SIGNED, vmin=-1, vmax=1)
        shown.set_clip_path(Circle(place, reach, transform=ax.transData))
        for colour, line in (("white", 5.0), (style.INK, 2.0)):
            ax.add_patch(Circle(place, reach, fill=False, edgecolor=colour, linewidth=line))
        ax.set_title(name, loc="center", fontsize=12)
        low, high = extremes(answers[inside])
        parts.append(f"{name}: answers from {low:.3g} to {high:.3g}")
    describe(
        figure,
        f"One picture of {height} by {width} under {len(weights)} round lenses, each showing what "
        f"a kernel answers there. {'; '.join(parts)}.",
    )
    return figure
