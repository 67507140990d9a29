"""X2, the window stepper: one stop at a time, its products, their sum and the growing map."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page, small_pictures, stills
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.grids import Cell, Grid, Window, grid_svg, number
from coursetools.explorers.pixels import SIGNED_WORDS, signed_fill
from coursetools.explorers.small_pictures import Numbers, SmallPictureError, as_small
from coursetools.operations import convolve
from coursetools.operations.kernels import KERNELS
from coursetools.visual.alt import describe

PICTURES = {
    "two lines": small_pictures.lines,
    "a square": small_pictures.square,
    "a slope": small_pictures.slope,
}
LEFT_MINUS_RIGHT = np.array([[1, -1], [1, -1]], np.float32)
GIVEN = "the one given"
STRIPS = 6


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
        patch = _patch(self._image(), self._kernel(), row, column)
        pairs = zip(patch.flat, self._kernel().flat, strict=True)
        products = " + ".join(f"{number(a)}\N{MULTIPLICATION SIGN}{_bracket(b)}" for a, b in pairs)
        return f"{products} = {number(self._map()[row, column])}"


def step_grids(image: Numbers, kernel: Numbers, stop: int) -> tuple[Grid, Grid, Grid]:
    """Return the picture with the window at a stop (from 1), its products, and the map so far."""
    answers = convolve(image, kernel)
    row, column = divmod(stop - 1, answers.shape[1])
    height, width = kernel.shape
    products = _patch(image, kernel, row, column) * kernel
    largest = float(np.abs(image).max())
    of_picture = Grid(
        tuple(tuple(Cell(number(v), signed_fill(v, 2 * largest)) for v in line) for line in image),
        f"the picture, {image.shape[0]} by {image.shape[1]}",
        f"The picture, rows from the top: {_read_out(image)}. The window covers rows {row} to "
        f"{row + height - 1} and columns {column} to {column + width - 1}.",
        (Window(row, column, height, width),),
    )
    of_products = Grid(
        _signed(products, float(np.abs(products).max())),
        f"{products.size} products, sum {number(float(answers[row, column]))}",
        f"The products of pixels and weights, rows from the top: {_read_out(products)}.",
    )
    places = np.arange(answers.size).reshape(answers.shape)
    shown = _signed(answers, float(np.abs(answers).max()))
    of_map = Grid(
        tuple(
            tuple(
                cell if place < stop else Cell() for cell, place in zip(line, numbers, strict=True)
            )
            for line, numbers in zip(shown, places, strict=True)
        ),
        f"the map, {answers.shape[0]} by {answers.shape[1]}, {stop} of {answers.size} stops",
        f"The map after {stop} of {answers.size} stops; the newest answer is "
        f"{number(float(answers[row, column]))}.",
        (Window(row, column, 1, 1),),
    )
    return of_picture, of_products, of_map


def strips_figure(image: Numbers, kernel: Numbers) -> Figure:
    """Draw six stops below each other: the window, its products, the map so far."""
    answers = convolve(image, kernel)
    stops = _telling_stops(answers)
    rows = -(-len(stops) // 2)
    figure, axes = stills.sheet(rows, 7, height=1.9 * rows, width_ratios=(6, 6, 6, 1, 6, 6, 6))
    words = []
    for ax in axes.flat:
        ax.set_axis_off()
    for strip, stop in zip(axes[:, [0, 1, 2, 4, 5, 6]].reshape(-1, 3), stops, strict=False):
        for ax, grid in zip(strip, step_grids(image, kernel, int(stop)), strict=True):
            ax.set_axis_on()
            stills.draw_grid(ax, grid, text_size=6.5)
            ax.set_xlabel("")
        value = answers.flat[stop - 1]
        strip[0].set_title(f"stop {stop}", fontsize=10)
        strip[1].set_title(f"sum {number(value)}", fontsize=10)
        strip[2].set_title("the map so far", fontsize=10)
        words.append(f"stop {stop} gives {number(value)}")
    describe(
        figure,
        f"A kernel of {kernel.shape[0]} by {kernel.shape[1]}, rows {_read_out(kernel)}, moves over "
        f"a picture of {image.shape[0]} by {image.shape[1]}; shown are the window, its products "
        f"and the map so far: {', '.join(words)}.",
    )
    return figure


def _telling_stops(answers: Any) -> list[int]:
    """Return the first stop of each answer, or of six of them, in the order of the window."""
    _, firsts = np.unique(answers, return_index=True)
    chosen = np.linspace(0, len(firsts) - 1, min(STRIPS, len(firsts))).round().astype(int)
    return [int(place) + 1 for place in np.sort(firsts[chosen])]


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


def _signed(values: Numbers, limit: float) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(Cell(number(v), signed_fill(v, limit), hatched=bool(v < 0)) for v in line)
        for line in values
    )


def _patch(image: Numbers, kernel: Numbers, row: int, column: int) -> Numbers:
    return image[row : row + kernel.shape[0], column : column + kernel.shape[1]]


def _bracket(value: Any) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _read_out(values: Numbers) -> str:
    return "; ".join(" ".join(number(v) for v in line) for line in values)


def _listed(values: Numbers) -> str:
    lines = (f"[{', '.join(f'{float(v):.6g}' for v in line)}]" for line in values)
    return f"[{', '.join(lines)}]"
