"""The augmentation wall's still: four transformations of a picture in four strengths."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import stills
from coursetools.explorers.label_risks import risks
from coursetools.explorers.pixels import shrunk
from coursetools.operations import Augmentation, versions
from coursetools.visual.alt import describe
from coursetools.visual.inputs import Floats

LARGEST = 96
"""Pixels each way that a version has at most."""

_DRAWN = 16


def strengths_figure(picture: Floats, name: str, subject: str) -> Figure:
    """Draw four transformations of a picture, each in four strengths."""
    small = shrunk(picture, LARGEST)
    ladder: dict[str, tuple[float, ...]] = {
        "rotation": (15, 45, 90, 180),
        "shift": (0.1, 0.2, 0.35, 0.5),
        "contrast": (0.2, 0.5, 0.8, 1.0),
        "hue": (0.05, 0.1, 0.25, 0.5),
    }
    figure, axes = stills.sheet(len(ladder), 5, height=1.5 * len(ladder))
    warned = []
    for row, (transformation, strengths) in zip(axes, ladder.items(), strict=True):
        stills.draw_map(row[0], small.squeeze(), "as it is", cmap="gray", vmin=0, vmax=1)
        stills.name_row(row[0], transformation)
        for ax, strength in zip(row[1:], strengths, strict=True):
            settings: dict[str, Any] = {transformation: strength}
            asked = Augmentation(**settings)
            made = versions(small, asked, _DRAWN, seed=1)
            strongest = made[int(np.argmax(np.abs(made - small).mean(axis=(1, 2, 3))))]
            risky = bool(risks(subject, asked))
            words = f"{strength:g} degrees" if transformation == "rotation" else f"{strength:.0%}"
            stills.draw_map(
                ax,
                strongest.squeeze(),
                f"up to {words}{' (!)' if risky else ''}",
                cmap="gray",
                vmin=0,
                vmax=1,
            )
            if risky:
                warned.append(f"{transformation} up to {words}")
    figure.supxlabel("(!) may change the class", fontsize=10)
    describe(
        figure,
        f"{name}: four transformations in four strengths, of 16 versions the one that differs "
        f"most. What may change the class: {', '.join(warned) or 'none of them'}.",
    )
    return figure
