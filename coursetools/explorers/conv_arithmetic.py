"""X6, convolution arithmetic: where a window can stop, and how often each pixel is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page, stills
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.grids import (
    NOW,
    OUTSIDE,
    PAPER,
    SEEN,
    WRONG,
    Cell,
    Grid,
    Window,
    grid_svg,
)
from coursetools.operations import NoStopError, output_size, padding_of, starts, visit_counts
from coursetools.visual.alt import describe

LARGEST, WIDEST, FASTEST, SPREADEST = 12, 5, 3, 3
IN_STILL = (
    (6, 3, 1, "valid", 1),
    (6, 3, 2, "valid", 1),
    (6, 3, 1, "same", 1),
    (6, 3, 2, "same", 1),
    (7, 3, 1, "valid", 2),
    (4, 5, 1, "valid", 1),
)


def arithmetic(*, still: bool = False) -> Any:
    """Explore how input size, kernel, stride, padding and dilation give the size of the output.

    Args:
        still: Return the still figure: six settings.
    """
    return settings_figure() if still or not has_widgets() else ConvArithmetic()


@dataclass(frozen=True)
class Setting:
    """A square window on a square picture.

    n: Pixels across the picture. k: Weights across the window. stride, dilation: In pixels.
    padding: "valid" or "same".
    """

    n: int
    k: int
    stride: int
    padding: str
    dilation: int

    @property
    def reach(self) -> int:
        """Pixels from the window's first weight to its last, both counted."""
        return (self.k - 1) * self.dilation + 1

    def stops(self) -> tuple[int, ...]:
        """Return where the window starts, along one side; none if it does not fit at all."""
        try:
            return starts(self.n, self.k, self.stride, self.padding, self.dilation)
        except NoStopError:
            return ()

    def zeros(self) -> tuple[int, int]:
        """Return how many zeros stand before and after a row of the picture."""
        if not self.stops():
            return 0, 0
        return padding_of(self.n, self.k, self.stride, self.padding, self.dilation)

    def visits(self) -> Any:
        """Return how often each pixel is seen, shape (n, n)."""
        if not self.stops():
            return np.zeros((self.n, self.n), int)
        line = visit_counts(self.n, self.k, self.stride, self.padding, self.dilation)
        return np.outer(line, line)

    def formula(self) -> str:
        """Return the formula of the output's size, with its numbers filled in."""
        if not self.stops():
            return f"n - reach = {self.n} - {self.reach} is below 0: no output"
        size = output_size(self.n, self.k, self.stride, self.padding, self.dilation)
        if self.padding == "same":
            return f"same: ceil(n / s) = ceil({self.n} / {self.stride}) = {size}"
        return (
            "valid: floor((n - reach) / s) + 1 = "
            f"floor(({self.n} - {self.reach}) / {self.stride}) + 1 = {size}"
        )

    def trouble(self) -> str:
        """Return what is wrong with this setting, or an empty text."""
        if not self.stops():
            return (
                f"no stop fits: the window reaches over {self.reach} pixels, and the picture "
                f"has {self.n}. A layer with this setting cannot be built."
            )
        if self.stride > 1 and self.dilation > 1:
            return (
                "Keras refuses a layer with both stride and dilation above 1. "
                "The arithmetic is shown all the same."
            )
        return ""


class ConvArithmetic(Explorer):
    """Set a window's numbers, and step it over the picture."""

    title = "Where can the window stop?"
    tries = (
        "Find two settings that give the same size.",
        "Find a setting that never sees some pixel.",
        "Same padding, stride 2: compare 6 pixels with 7. Where do the zeros go?",
    )

    def __init__(self) -> None:
        """Start with a window of 3 on 6 pixels."""
        stop = make.slider("Stop", 1, 1, 2)
        super().__init__(
            {
                "n": make.slider("Pixels across (n)", 6, 3, LARGEST),
                "k": make.slider("Kernel (k)", 3, 1, WIDEST),
                "stride": make.slider("Stride (s)", 1, 1, FASTEST),
                "dilation": make.slider("Dilation (d)", 1, 1, SPREADEST),
                "padding": make.dropdown("Padding", ("valid", "same"), width=170),
                "stop": stop,
                "play": make.play(stop),
            }
        )

    def setting(self) -> Setting:
        """Return the numbers of the controls."""
        return Setting(*(self.value(name) for name in ("n", "k", "stride", "padding", "dilation")))

    def settle(self) -> None:
        """Let the stops end with the last."""
        make.set_count(self.controls["stop"], len(self.setting().stops()) ** 2)

    def picture(self) -> str:
        """Return the picture under the window, the output, and the formula."""
        setting = self.setting()
        grids = [grid_svg(input_grid(setting, self._stop()), cell=36)]
        if setting.stops():
            grids.append(grid_svg(output_grid(setting, self._stop()), cell=36, most=300))
        return page.row(grids) + page.paragraph(setting.formula())

    def status(self) -> str:
        """Return the output's size, where the window stands and what is never seen."""
        setting = self.setting()
        if not setting.stops():
            return f"Careful: {setting.trouble()}"
        size, (row, column) = len(setting.stops()), self._place()
        before, after = setting.zeros()
        unseen = int((setting.visits() == 0).sum())
        told = f" Careful: {setting.trouble()}" if setting.trouble() else ""
        return (
            f"{size} by {size} outputs. Stop {self._stop()} of {size * size} starts at row "
            f"{setting.stops()[row]}, column {setting.stops()[column]}. Zeros around: {before} "
            f"before, {after} after. Pixels never seen: {unseen} of {setting.n**2}.{told}"
        )

    def code(self) -> str:
        """Return a call of `window_rows`, which draws the stops along one side."""
        setting = self.setting()
        numbers = (
            f"{setting.n}, {setting.k}, stride={setting.stride}, padding={setting.padding!r}, "
            f"dilation={setting.dilation}"
        )
        call = f"ct.window_rows({numbers})"
        return call if setting.stops() else f"{call}  # raises NoStopError"

    def draw_still(self) -> Figure:
        """Draw six settings."""
        return settings_figure()

    def _stop(self) -> int:
        return make.place(self.controls["stop"], len(self.setting().stops()) ** 2) + 1

    def _place(self) -> tuple[int, int]:
        row, column = divmod(self._stop() - 1, max(1, len(self.setting().stops())))
        return row, column


def input_grid(setting: Setting, stop: int | None) -> Grid:
    """Return the padded picture, how often each pixel is seen, and the window at a stop."""
    before, after = setting.zeros()
    total, visits = before + setting.n + after, setting.visits()
    stops = setting.stops()
    row, column = divmod(stop - 1, max(1, len(stops))) if stop else (0, 0)
    top, left = (before + stops[row], before + stops[column]) if stops else (0, 0)
    taps = range(0, setting.reach, setting.dilation)
    under = {(top + i, left + j) for i in taps for j in taps} if stop else set()

    def cell(i: int, j: int) -> Cell:
        inside = before <= i < before + setting.n and before <= j < before + setting.n
        seen = visits[i - before, j - before] if inside else 0
        fill = SEEN if (i, j) in under else (PAPER if inside else OUTSIDE)
        return Cell(
            text=str(seen) if seen else "",
            fill=fill,
            hatched=not inside,
            crossed=inside and not seen,
        )

    frame = Window(
        top, left, setting.reach, setting.reach, NOW if stops else WRONG, dashed=not stops
    )
    return Grid(
        tuple(tuple(cell(i, j) for j in range(total)) for i in range(total)),
        f"{setting.n} by {setting.n} pixels: how often each is seen"
        + (f", {before} + {after} rows of zeros (hatched)" if before + after else ""),
        f"A picture of {setting.n} by {setting.n} pixels with {before} rows of zeros before and "
        f"{after} after. Along a row its pixels are seen "
        f"{', '.join(str(count) for count in _line(setting))} times by a window that reaches "
        f"over {setting.reach} pixels" + ("." if stops else ", which does not fit into it."),
        (frame,) if stop or not stops else (),
    )


def output_grid(setting: Setting, stop: int) -> Grid:
    """Return the output's cells, those filled up to a stop, in the order of stops."""
    size = len(setting.stops())

    def cell(i: int, j: int) -> Cell:
        order = i * size + j + 1
        return Cell(str(order) if order <= stop else "", SEEN if order == stop else PAPER)

    row, column = divmod(stop - 1, size)
    return Grid(
        tuple(tuple(cell(i, j) for j in range(size)) for i in range(size)),
        f"{size} by {size} outputs, in the order of the stops",
        f"The output, {size} by {size}; stop {stop} gives row {row}, column {column}.",
        (Window(row, column, 1, 1),),
    )


def settings_figure() -> Figure:
    """Draw six settings, each with how often a pixel is seen."""
    figure, axes = stills.sheet(2, 3, height=6.6)
    words = []
    for ax, numbers in zip(axes.flat, IN_STILL, strict=True):
        setting = Setting(*numbers)
        stills.draw_grid(ax, input_grid(setting, 1 if setting.stops() else None), text_size=8)
        size = len(setting.stops())
        gives = f"{size} by {size}" if size else "no stop fits"
        name = f"n {setting.n}, k {setting.k}, stride {setting.stride}, {setting.padding}" + (
            f", dilation {setting.dilation}" if setting.dilation > 1 else ""
        )
        ax.set_title(f"{name}\n{gives}", fontsize=10)
        ax.set_xlabel("")
        words.append(f"{name}: {gives}; along a row pixels are seen {_listed(setting)} times")
    describe(figure, "How often a window sees each pixel. " + ". ".join(words) + ".")
    return figure


def _line(setting: Setting) -> list[int]:
    if not setting.stops():
        return [0] * setting.n
    counts = visit_counts(setting.n, setting.k, setting.stride, setting.padding, setting.dilation)
    return [int(count) for count in counts]


def _listed(setting: Setting) -> str:
    return ", ".join(map(str, _line(setting)))
