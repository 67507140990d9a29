"""X2, the window stepper: one stop at a time, its products, their sum and the growing map."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page, small_pictures
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.grids import grid_svg, number
from coursetools.explorers.pixels import SIGNED_WORDS
from coursetools.explorers.small_pictures import Numbers, SmallPictureError, as_small
from coursetools.explorers.window_strips import patch, step_grids, strips_figure
from coursetools.operations import convolve
from coursetools.operations.kernels import KERNELS

PICTURES = {
    "two lines": small_pictures.lines,
    "a square": small_pictures.square,
    "a slope": small_pictures.slope,
}
LEFT_MINUS_RIGHT = np.array([[1, -1], [1, -1]], np.float32)
GIVEN = "the one given"


def window_stepper(image: Any = None, kernel: Any = None, *, still: bool = False) -> Any:
    """Explore how a kernel's answers come about, stop by stop.

    Args:
        image: A small picture, at most 12 by 12 numbers; None offers a few.
        kernel: At most 5 by 5 weights, or the name of a kernel of the library; None starts with
            `right_sobel`. Further kernels can be chosen.
        still: Return the still figure: six stops as strips.

    Raises:
        SmallPictureError: The picture or the kernel is not such a table of numbers, or the
            kernel is larger than the picture.
    """
    pictures = {} if image is None else {GIVEN: as_small(image, "image", least=2)}
    pictures |= {name: picture() for name, picture in PICTURES.items()}
    kernels = _kernels(kernel)
    first_picture, first_kernel = next(iter(pictures.values())), next(iter(kernels.values()))
    if any(k > n for k, n in zip(first_kernel.shape, first_picture.shape, strict=True)):
        raise SmallPictureError(
            f"A kernel of shape `{first_kernel.shape}` does not fit into a picture of shape "
            f"`{first_picture.shape}`."
        )
    if still or not has_widgets():
        return strips_figure(first_picture, first_kernel)
    return WindowStepper(pictures, kernels)


class WindowStepper(Explorer):
    """Step a kernel over a small picture."""

    title = "One window, one number"
    tries = (
        "Stop where the sum is 0. Is the picture empty there, or do the products cancel?",
        "Find the largest sum. What does the picture look like there?",
        "Find a negative sum: which weights made it?",
    )

    def __init__(self, pictures: dict[str, Numbers], kernels: dict[str, Numbers]) -> None:
        """Offer these pictures and kernels; the first of each comes first."""
        self._pictures, self._kernels = pictures, kernels
        stop = make.slider("Stop", 1, 1, 2, width=330)
        super().__init__(
            {
                "picture": make.dropdown("Picture", list(pictures)),
                "kernel": make.dropdown("Kernel", list(kernels)),
                "stop": stop,
                "play": make.play(stop),
            }
        )

    def settle(self) -> None:
        """Let the stops end with the last; a kernel too large for the picture has none."""
        make.set_count(self.controls["stop"], self._map().size if self._fits() else 0)

    def picture(self) -> str:
        """Return the picture under the window, the products, and the map so far."""
        if not self._fits():
            return page.paragraph("No stop, no products, no map.")
        stop = self._stop()
        grids = step_grids(self._image(), self._kernel(), stop)
        parts = [grid_svg(grid, cell=42, most=300) for grid in grids]
        return page.row(parts) + page.paragraph(
            f"{self._sum_written()}. Colours: {SIGNED_WORDS}; below 0 is hatched too."
        )

    def status(self) -> str:
        """Return the stop, its place and its sum."""
        if not self._fits():
            return "Careful: this kernel is larger than the picture, so it has no stop."
        answers, (row, column) = self._map(), self._place()
        value = answers[row, column]
        size = "the largest" if value == answers.max() else ""
        size = "the smallest" if value == answers.min() else size
        sign = "negative" if value < 0 else "positive" if value > 0 else "zero"
        words = f"{sign}, {size} of this map" if size else sign
        return (
            f"Stop {self._stop()} of {answers.size}, row {row}, column {column}: "
            f"the sum is {number(value)} ({words})."
        )

    def code(self) -> str:
        """Return the sum at this stop, with what it needs."""
        row, column = self._place()
        height, width = self._kernel().shape
        rows, columns = f"{row}:{row + height}", f"{column}:{column + width}"
        return (
            f"image = np.array({_listed(self._image())})\n"
            f"kernel = np.array({_listed(self._kernel())})\n"
            f"products = image[{rows}, {columns}] * kernel\n"
            "ct.show_kernel(products)\n"
            "products.sum()"
        )

    def draw_still(self) -> Figure:
        """Draw six stops of the first picture and kernel."""
        return strips_figure(self._image(), self._kernel())

    def _image(self) -> Numbers:
        return self._pictures[self.value("picture")]

    def _kernel(self) -> Numbers:
        return self._kernels[self.value("kernel")]

    def _fits(self) -> bool:
        sides = zip(self._kernel().shape, self._image().shape, strict=True)
        return all(k <= n for k, n in sides)

    def _map(self) -> Any:
        return convolve(self._image(), self._kernel())

    def _stop(self) -> int:
        return make.place(self.controls["stop"], self._map().size) + 1

    def _place(self) -> tuple[int, int]:
        row, column = divmod(self._stop() - 1, self._map().shape[1]) if self._fits() else (0, 0)
        return row, column

    def _sum_written(self) -> str:
        row, column = self._place()
        under = patch(self._image(), self._kernel(), row, column)
        pairs = zip(under.flat, self._kernel().flat, strict=True)
        products = " + ".join(f"{number(a)}\N{MULTIPLICATION SIGN}{_bracket(b)}" for a, b in pairs)
        return f"{products} = {number(self._map()[row, column])}"


def _kernels(kernel: Any) -> dict[str, Numbers]:
    known = {name.replace("_", " "): np.asarray(k) for name, k in KERNELS.items()}
    known["left minus right"] = LEFT_MINUS_RIGHT
    if kernel is None:
        first = "right sobel"
    elif isinstance(kernel, str):
        first = kernel.replace("_", " ").lower()
        if first not in known:
            raise SmallPictureError(
                f"There is no kernel `{kernel}`. Known ones are: {', '.join(known)}."
            )
    else:
        return {GIVEN: as_small(kernel, "kernel", most=5), **known}
    return {first: known[first], **known}


def _bracket(value: Any) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _listed(values: Numbers) -> str:
    lines = (f"[{', '.join(f'{float(v):.6g}' for v in line)}]" for line in values)
    return f"[{', '.join(lines)}]"
