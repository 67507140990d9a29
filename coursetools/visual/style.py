"""The look of the course's figures: one palette, one text size, and nothing changed on import.

Every drawing function of this package wears `styled`, so its figure looks the same whatever the
notebook around it has set, and the notebook's own plots keep their settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

WIDTH = 9.6
"""Width of a lesson's figure in inches; a notebook shows it about 700 pixels wide."""

DPI = 100

INK = "#1f2933"
MUTED = "#52606d"
LINE = "#cbd2d9"
PAPER = "#f5f7fa"

CAR = "#1768ac"
TRUCK = "#c2500a"
CLASS_COLOURS = (CAR, TRUCK)

TRAINING = "#52606d"
VALIDATION = "#8e2a74"
WARNING = "#fbe3d2"

BASE = "#1f7a7a"
BASE_LIGHT = "#d9ecec"
HEAD = "#b7791f"
HEAD_LIGHT = "#fbefd2"

_SETTINGS: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": MUTED,
    "axes.facecolor": "white",
    "axes.grid": False,
    "axes.labelcolor": INK,
    "axes.labelsize": 11,
    "axes.labelweight": "normal",
    "axes.linewidth": 0.8,
    "axes.prop_cycle": cycler(color=[CAR, TRUCK, VALIDATION, BASE, HEAD, MUTED]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.titlepad": 9.0,
    "axes.titlesize": 13,
    "axes.titleweight": "bold",
    "figure.constrained_layout.h_pad": 0.08,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.08,
    "figure.dpi": DPI,
    "figure.facecolor": "white",
    "figure.figsize": (7.6, 4.3),
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11,
    "grid.color": LINE,
    "grid.linewidth": 0.7,
    "image.cmap": "magma",
    "image.interpolation": "auto",
    "lines.linewidth": 2.0,
    "savefig.facecolor": "white",
    "text.color": INK,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "xtick.labelsize": 10,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "ytick.labelsize": 10,
}

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")


@contextmanager
def course_style() -> Iterator[None]:
    """Draw with the course's look inside a `with` block, and with the old settings after it."""
    # Not `rc_context`: it would also put back what pyplot sets when a notebook first draws, and
    # then no later figure would be shown.
    before = {name: mpl.rcParams[name] for name in _SETTINGS}
    mpl.rcParams.update(_SETTINGS)
    try:
        yield
    finally:
        mpl.rcParams.update(before)


def set_style() -> None:
    """Give the notebook's own plots the course's look from now on.

    Axes of pyplot's figures then have bold titles and labels, and `imshow` shows an array without
    colours in "magma". `matplotlib.rcdefaults()` takes it back.
    """
    # Only here: under a map of ours stand its size and values, which bold letters would overdo.
    mpl.rcParams.update({**_SETTINGS, "axes.labelweight": "bold"})


def styled(draw: Callable[_Params, _Result]) -> Callable[_Params, _Result]:
    """Make a drawing function draw in the course's look."""

    @wraps(draw)
    def drawn(*args: _Params.args, **kwargs: _Params.kwargs) -> _Result:
        with course_style():
            return draw(*args, **kwargs)

    return drawn


def new_figure(height: float, *, width: float = WIDTH, laid_out: bool = True) -> Figure:
    """Return an empty figure, `width` by `height` inches, that pyplot does not know.

    A cell shows such a figure once, when it is the cell's last value. One made with pyplot would
    be shown a second time when the cell ends. `laid_out` lets matplotlib fit the axes to the page.
    """
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
    # `layout=None` would mean: as the settings say.
    figure.set_layout_engine("constrained" if laid_out else "none")
    return figure


def axes_or_current(ax: Axes | None) -> Axes:
    """Return `ax`, or pyplot's current axes if it is None.

    Raises:
        TypeError: `ax` is neither axes nor None.
    """
    if ax is None:
        return plt.gca()
    if not isinstance(ax, Axes):
        raise TypeError(
            f"`ax` must be matplotlib axes or None, but it is `{type(ax).__name__}`. "
            "Pass one of the axes that `plt.subplots()` returns."
        )
    return ax


def dress(ax: Axes) -> None:
    """Give axes that were made outside this style its frame and ticks."""
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set(color=MUTED, linewidth=0.8)
    ax.tick_params(color=MUTED, labelcolor=INK, labelsize=10)
    ax.grid(axis="y", color=LINE, linewidth=0.7)


def bare(ax: Axes) -> None:
    """Leave an axes without ticks and frame, as a picture or a diagram wants it."""
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
