"""A kernel is a handful of numbers: here they are, with their signs in colour."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.maps import as_kernel, kernel_text, largest, number_words, put_numbers


@style.styled
def show_kernel(
    kernel: Any,
    label: bool = True,
    digits: int | None = None,
    text_size: float = 28,
    ax: Axes | None = None,
) -> Axes:
    """Draw a kernel as coloured cells with its numbers, and return the axes.

    Blue is above zero, orange below, white is zero; the kernel's largest weight has the
    strongest colour.

    Args:
        kernel: Shape (rows, columns), also (rows, columns, 1, 1) as layers keep it.
        label: Whether the numbers are written.
        digits: Decimals to which they are rounded; None writes three figures.
        text_size: Size of the numbers in points; where they would not fit they are smaller.
        ax: Where to draw; None is pyplot's current axes.

    Raises:
        KernelError: The shape or the type is another, or a weight is not finite.

    Example:
        >>> plt.subplot(1, 2, 1)
        >>> show_kernel(edge)
        >>> plt.title("edge")
    """
    weights = as_kernel(kernel)
    ax = style.axes_or_current(ax)
    words = number_words(weights, digits)
    if not label:
        words[:] = ""
    put_numbers(ax, weights, words, limit=largest([weights]), text_size=text_size)
    describe(ax, f"a {kernel_text(weights)}, sum {weights.sum() + 0.0:.3g}")
    return ax
