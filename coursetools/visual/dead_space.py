"""What ReLU has left of a map: the active pixels, and the dead space around them."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from coursetools.operations import active_cells
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.maps import as_map, largest

_DEAD = "#d5dadf"
_FAINTEST = 0.28


@style.styled
def show_dead_space(feature_map: Any, ax: Axes | None = None) -> Axes:
    """Draw a map after ReLU with its zeros painted grey and their share in the title.

    Brightness goes by the square root of the value, so that weak answers can be told from none.

    Args:
        feature_map: Shape (h, w), no value below 0.
        ax: Where to draw; None is pyplot's current axes.

    Raises:
        MapError: The shape or the type is another, or a number is not finite.
        ValueError: A value is negative: the map has not been through ReLU.
    """
    values = as_map(feature_map)
    if values.min() < 0:
        raise ValueError(
            f"A map after ReLU has no value below 0, but the least here is `{values.min():.3g}`. "
            "Pass the map through ReLU first."
        )
    ax = style.axes_or_current(ax)
    # Magma without its dark end: next to grey, black would look emptier than the dead space.
    colours = ListedColormap(colormaps["magma"](np.linspace(_FAINTEST, 1, 256)), name="active")
    active = active_cells(values)
    strength = np.sqrt(values / largest([values]))
    ax.imshow(
        np.ma.masked_where(~active, strength), cmap=colours.with_extremes(bad=_DEAD), vmin=0, vmax=1
    )
    style.bare(ax)
    zero = 1 - float(active.mean())
    ax.set_title(f"{zero:.0%} of the map is zero")
    ax.set_xlabel("grey: 0", color=style.MUTED)
    describe(
        ax,
        f"a map of {values.shape[0]} by {values.shape[1]} after ReLU; the {zero:.1%} of it that "
        "are 0 are painted grey",
    )
    return ax
