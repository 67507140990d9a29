"""X6, convolution arithmetic: where a window can stop, and how often each pixel is seen."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page, stills
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.grids import grid_svg
from coursetools.explorers.padded_window import Setting, input_grid, output_grid
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
        seen = ", ".join(str(count) for count in setting.line())
        words.append(f"{name}: {gives}; along a row pixels are seen {seen} times")
    describe(figure, "How often a window sees each pixel. " + ". ".join(words) + ".")
    return figure
