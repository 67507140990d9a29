"""Exercise 2.6: the sliding sum, written by oneself and tried on pictures of many shapes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.answers import Function
from coursetools.answers.specs import CaseResult, FunctionSpec
from coursetools.exercises import Exercise, fail_if, shown
from coursetools.operations import convolve

Floats = NDArray[Any]

NEAR = 1e-4
"""Values are right if none is off by more than this share of the largest."""

_SEED = 206
_EXAMPLE = slice(0, 1)
_SHAPES = slice(1, 5)
_VALUES = slice(5, 8)


def lines_picture() -> Floats:
    """Give the 6x6 picture of section 9: an upright line, and a short one that lies."""
    picture = np.zeros((6, 6), np.float32)
    picture[:, 1] = 1
    picture[4, 3:] = 1
    return picture


def _cases() -> tuple[tuple[Floats, Floats], ...]:
    """Give the example, four pairs of unlike shapes in whole numbers, and three of any numbers."""
    random = np.random.default_rng(_SEED)
    example = (lines_picture(), np.array([[1, -1], [1, -1]], np.float32))
    pairs: list[tuple[Floats, Floats]] = [example]
    for image, kernel in (((5, 8), (2, 3)), ((7, 4), (3, 1)), ((6, 9), (4, 4)), ((3, 5), (3, 2))):
        pairs.append((random.integers(0, 10, image), random.integers(0, 10, kernel)))
    for image, kernel in (((6, 7), (3, 3)), ((9, 5), (2, 4)), ((8, 8), (5, 3))):
        pairs.append((random.normal(0, 1, image), random.normal(0, 1, kernel)))
    return tuple((image.astype(np.float32), kernel.astype(np.float32)) for image, kernel in pairs)


write_the_sliding_sum = Exercise(
    number="2.6",
    title="Ten lines",
    question=(
        "Write `my_conv(image, kernel)`: for a picture and a kernel, both arrays of two axes, it "
        "gives the map for stride 1 without padding. It has to work for any height and width of "
        "either, and to leave both as they are."
    ),
    answers={"my_conv": Function(cases=_cases(), words="a function of a picture and a kernel")},
    minutes=8,
    hints=(
        "Two loops, over the rows and the columns of the *map*. How many stops has a window of "
        "`kh` rows in a picture of `h` rows?",
        "At each stop, `patch = image[i:i + kh, j:j + kw]`, with `kh, kw = kernel.shape`.",
        "`out = np.zeros((h - kh + 1, w - kw + 1))`, and in the loops "
        "`out[i, j] = (patch * kernel).sum()`.",
    ),
)


@write_the_sliding_sum.solution
def _solution() -> dict[str, Any]:
    import numpy as np

    def my_conv(image: Any, kernel: Any) -> Any:
        kh, kw = kernel.shape
        rows = image.shape[0] - kh + 1
        columns = image.shape[1] - kw + 1
        out = np.zeros((rows, columns))
        for i in range(rows):
            for j in range(columns):
                patch = image[i : i + kh, j : j + kw]
                out[i, j] = (patch * kernel).sum()
        return out

    return {"my_conv": my_conv}


@write_the_sliding_sum.check(points=1)
def example_is_right(my_conv: FunctionSpec) -> str:
    """The 6 × 6 picture of section 9 gives the table of section 9."""
    _fail_at_first_mistake(my_conv.results[_EXAMPLE])
    if "Tensor" in my_conv.results[0].type:
        return "A library did the work, which is fine. Try the two loops too: they show how."
    return ""


@write_the_sliding_sum.check(points=1, needs=example_is_right)
def any_shape_is_right(my_conv: FunctionSpec) -> None:
    """Pictures and kernels that are not square give the right map."""
    _fail_at_first_mistake(my_conv.results[_SHAPES])


@write_the_sliding_sum.check(points=0, needs=example_is_right)
def leaves_them_alone(my_conv: FunctionSpec) -> None:
    """Picture and kernel are left as they are."""
    changed = {place for result in my_conv.results for place in result.changed}
    what = " and ".join(("the picture", "the kernel")[place] for place in sorted(changed))
    fail_if(
        bool(changed),
        f"Your function changes {what} that it is given, and somebody may still need that. Write "
        "to an array of its own.",
    )


@write_the_sliding_sum.check(points=2, needs=(any_shape_is_right, leaves_them_alone))
def any_numbers_are_right(my_conv: FunctionSpec) -> None:
    """Random pictures and kernels with negative and fractional numbers give the right map."""
    _fail_at_first_mistake(my_conv.results[_VALUES])


def _fail_at_first_mistake(results: Iterable[CaseResult]) -> None:
    for result in results:
        mistake = _no_map(result) or _wrong_size(result) or _wrong_values(result)
        fail_if(mistake, mistake)


def _case(result: CaseResult) -> str:
    image, kernel = result.arguments
    return f"With a picture of {_by(image.shape)} and a kernel of {_by(kernel.shape)}"


def _by(shape: Iterable[int]) -> str:
    return " × ".join(str(size) for size in shape)


def _map(result: CaseResult) -> Floats | None:
    """Give the map as an array of two axes, whatever axes of 1 a library put around them."""
    array = result.array
    while array is not None and array.ndim > 2 and 1 in (array.shape[0], array.shape[-1]):
        array = array[..., 0] if array.shape[-1] == 1 else array[0]
    return array


def _no_map(result: CaseResult) -> str:
    """Say why a case gave no map, an empty text if it gave one."""
    if result.error is not None:
        raised = shown(f"{result.error.type}: {result.error.message}")
        sizes = " Is each patch of the kernel's size?" if "broadcast" in raised else ""
        return f"{_case(result)} your function raised {raised}.{sizes}"
    if result.type == "NoneType":
        return "Your function gives back nothing. End it with `return` and the map."
    found = _map(result)
    if result.number is not None and (found is None or found.size == 1):
        return (
            f"{_case(result)} your function gives one number, {shown(result.shown)}. A map has a "
            "number for each stop of the window."
        )
    if found is None or found.ndim != 2:
        what = f"of shape `{found.shape}`" if found is not None else f"a `{result.type}`"
        return f"{_case(result)} your function gives {what}; a map has rows and columns of numbers."
    return ""


def _wrong_size(result: CaseResult) -> str:
    """Say what is wrong with the size of a map, an empty text if nothing is."""
    found = _map(result)
    asked = convolve(*result.arguments).shape
    if found is None or found.shape == asked:
        return ""
    (h, w), (kh, kw) = (argument.shape for argument in result.arguments)
    rows, columns = asked
    told = f"{_case(result)} your map is {_by(found.shape)}"
    stops = "a window of k has n - k + 1 stops."
    own = "Take height and width from the kernel itself; they need not be equal."
    known = (
        ((rows - 1, columns - 1), f", one row and one column short: {stops}"),
        ((rows - 1, columns), f", one row short: {stops}"),
        ((rows, columns - 1), f", one column short: {stops}"),
        ((h, w), f", as large as the picture. Without padding it stays inside: {stops}"),
        ((h + kh - 1, w + kw - 1), f", larger than the picture. Without padding, {stops}"),
        ((kh, kw), ", as large as the kernel. It needs a number for each stop of the window."),
        ((columns, rows), ": rows and columns are swapped."),
        *(((h - k + 1, w - k + 1), f". {own}") for k in (kh, kw, 3, 2)),
    )
    end = next((words for shape, words in known if found.shape == shape), "")
    return f"{told}{end}" if end else f"{told}; it should be {_by(asked)}."


def _wrong_values(result: CaseResult) -> str:
    """Say what is wrong with the values of a map of the right size, an empty text if nothing is."""
    found = _map(result)
    image, kernel = result.arguments
    asked = convolve(image, kernel)
    if found is None or _near(found, asked):
        return ""
    if not np.isfinite(found).all():
        return f"{_case(result)} some values of your map are NaN or infinite."
    for mistake, feedback in _mistakes(image, kernel, asked):
        if not _near(mistake, asked) and _near(found, mistake):
            return feedback
    row, column = np.unravel_index(np.abs(found - asked).argmax(), asked.shape)
    return (
        f"{_case(result)} your map has `{found[row, column]:.4g}` at row {row}, column {column}; "
        f"the products there add up to `{asked[row, column]:.4g}`."
    )


def _mistakes(image: Floats, kernel: Floats, asked: Floats) -> list[tuple[Floats, str]]:
    """Give what typical mistakes compute, and what to say to each."""
    return [
        (
            convolve(image, kernel[::-1, ::-1]),
            "You turned the kernel by 180 degrees, as textbooks do; networks lay it on as it is. "
            "Multiply place by place.",
        ),
        (np.trunc(asked), "Values are cut to whole numbers: make the output an array of floats."),
        (np.zeros_like(asked), "Every value of your map is 0. Is the sum stored in `out[i, j]`?"),
        (asked / kernel.size, "That is the mean of the products; their sum is asked for."),
        (np.maximum(asked, 0), "Negative values are gone. ReLU is a step of its own."),
        (np.abs(asked), "Negative values have lost their sign."),
        (
            convolve(image, np.ones_like(kernel)),
            "That is the sum of the pixels in the window: the weights are missing.",
        ),
        (
            image[: asked.shape[0], : asked.shape[1]],
            "That is a part of the picture itself. Each value has to be a sum of products.",
        ),
    ]


def _near(found: Floats, asked: Floats) -> bool:
    return bool(np.abs(found - asked).max() <= NEAR * max(1.0, float(np.abs(asked).max())))
