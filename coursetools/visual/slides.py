"""One stop of a window on a picture, drawn beside the output it has filled so far.

Axes are measured in inches; `place` counts the stops from 0, row by row.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from matplotlib.axes import Axes

from coursetools.operations import padding_of, starts
from coursetools.operations.windows import padding_word
from coursetools.visual import cells, shapes

CELL = 0.34
LEFT = 0.2
WORDS = 0.24
_FLOOR = 0.48
_GAP = 1.15
# The line of words below needs a width of its own.
_LEAST_WIDTH = 3.1


@dataclass(frozen=True)
class Slide:
    """A window on a square picture.

    n: Pixels of the picture in each direction.
    k: Pixels of the window in each direction.
    stride: Pixels from one stop to the next.
    padding: "valid" or "same".
    zeros: Rows of padding before the picture and after it.
    stops: Row, or column, of the padded picture where each stop begins.
    """

    n: int
    k: int
    stride: int
    padding: str
    zeros: tuple[int, int]
    stops: tuple[int, ...]

    @property
    def across(self) -> int:
        """Pixels of the padded picture in each direction."""
        return self.n + sum(self.zeros)

    @property
    def places(self) -> int:
        """Stops in all."""
        return len(self.stops) ** 2

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a drawing in inches."""
        width = (self.across + len(self.stops)) * CELL + _GAP + 2 * LEFT
        return max(width, _LEAST_WIDTH), self.across * CELL + _FLOOR + 0.14


def new_slide(n: int, k: int, stride: int, padding: str) -> Slide:
    """Return a window on a picture.

    Raises:
        WindowError: As `output_size` raises it.
    """
    zeros = padding_of(n, k, stride, padding)
    stops = tuple(start + zeros[0] for start in starts(n, k, stride, padding))
    return Slide(n, k, stride, padding_word(padding), zeros, stops)


def draw_stop(ax: Axes, slide: Slide, place: int, *, letters: float) -> None:
    """Draw the picture with the window on it, and the output up to this stop."""
    row, column = divmod(place, len(slide.stops))
    first, second = slide.stops[row], slide.stops[column]
    inside = range(first, first + slide.k), range(second, second + slide.k)
    draw_picture(ax, slide, inside, letters=letters)
    draw_output(ax, slide, place + 1, letters=letters)
    for (x, top), width in (
        (window_corner(slide, place), slide.k),
        (output_corner(slide, place), 1),
    ):
        cells.window(ax, (x, top - width * CELL), width * CELL, width * CELL)
    ax.text(LEFT, WORDS, stop_words(slide, place), va="center", size=letters, weight="bold")


def draw_picture(
    ax: Axes,
    slide: Slide,
    inside: tuple[Container[int], Container[int]],
    *,
    letters: float = 10,
) -> None:
    """Draw the padded picture; rows and columns of the window have its colour."""
    top = slide.size[1] - 0.14
    real = range(slide.zeros[0], slide.zeros[0] + slide.n)
    for row in range(slide.across):
        for column in range(slide.across):
            corner = (LEFT + column * CELL, top - (row + 1) * CELL)
            if row in real and column in real:
                warm = row in inside[0] and column in inside[1]
                cells.pixel(ax, corner, CELL, fill=cells.WINDOW_FILL if warm else cells.PIXEL)
            else:
                cells.padded_zero(ax, corner, CELL, size=0.85 * letters)
    middle = top - slide.across * CELL / 2
    start = LEFT + slide.across * CELL
    shapes.arrow(ax, (start + 0.25, middle), (start + _GAP - 0.25, middle))


def draw_output(ax: Axes, slide: Slide, filled: int, *, letters: float = 10) -> None:
    """Draw the output, its first cells filled and numbered by the stop that fills them."""
    for number in range(slide.places):
        x, top = output_corner(slide, number)
        done = number < filled
        cells.pixel(ax, (x, top - CELL), CELL, fill=cells.OUTPUT if done else "white")
        if done:
            middle = (x + CELL / 2, top - CELL / 2)
            ax.text(*middle, f"{number + 1}", ha="center", va="center", size=0.85 * letters)


def window_corner(slide: Slide, place: int) -> tuple[float, float]:
    """Return the upper left corner of the window."""
    row, column = divmod(place, len(slide.stops))
    top = slide.size[1] - 0.14
    return LEFT + slide.stops[column] * CELL, top - slide.stops[row] * CELL


def output_corner(slide: Slide, place: int) -> tuple[float, float]:
    """Return the upper left corner of the output's cell."""
    row, column = divmod(place, len(slide.stops))
    x = LEFT + slide.across * CELL + _GAP
    middle = slide.size[1] - 0.14 - slide.across * CELL / 2
    return x + column * CELL, middle + (len(slide.stops) / 2 - row) * CELL


def stop_words(slide: Slide, place: int) -> str:
    """Return what stands below a stop."""
    return f"stop {place + 1} of {slide.places}"


def bare_board(ax: Axes, width: float, height: float) -> None:
    """Make one unit of some axes an inch, if they are as large as that, and hide their frame."""
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    ax.set_axis_off()


def slide_text(slide: Slide) -> str:
    """Return the window's way in words."""
    count = len(slide.stops)
    before, after = slide.zeros
    zeros = f", zeros added: {before} before and {after} after" if any(slide.zeros) else ""
    return (
        f"A window of {slide.k} by {slide.k} slides over {slide.n} by {slide.n} pixels with "
        f"stride {slide.stride} and padding {slide.padding}{zeros}. It makes {count} by {count} "
        "stops, row by row, and each fills one cell of the output."
    )
