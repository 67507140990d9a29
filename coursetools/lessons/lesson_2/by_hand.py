"""Exercise 2.4: one stop of the window by hand, with numbers drawn by the student's id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursetools.answers import Number
from coursetools.exercises import Exercise, Failed, fail_if, named
from coursetools.operations import KERNELS

KERNEL_NAMES = ("bottom_sobel", "right_sobel", "emboss")
"""Which kernels are drawn, in the order of the formula."""

_NEAR = 1e-6

Rows = tuple[tuple[int, ...], ...]


def draw_patch_and_kernel(digest: bytes) -> Mapping[str, Any] | None:
    """Give patch and kernel: bytes 0 to 8 modulo 10 are the patch, byte 9 modulo 3 the kernel.

    None, to draw again, if the answer or the answer of the turned kernel is 0, or if both are
    the same: then the most usual mistake would be right.
    """
    patch = np.array([byte % 10 for byte in digest[:9]]).reshape(3, 3)
    kernel = KERNELS[KERNEL_NAMES[digest[9] % len(KERNEL_NAMES)]].astype(int)
    answer, turned = (patch * kernel).sum(), (patch * kernel[::-1, ::-1]).sum()
    if 0 in (answer, turned) or answer == turned:
        return None
    return {
        "patch": _rows(patch),
        "kernel": _rows(kernel),
        "tables": f"**Patch**\n{_table(patch)}\n\n**Kernel**\n{_table(kernel)}",
        "products": _products(patch[0], kernel[0]),
    }


def _rows(array: NDArray[Any]) -> Rows:
    return tuple(tuple(int(value) for value in row) for row in array)


def _table(array: NDArray[Any]) -> str:
    return "\n".join("| " + " | ".join(f"{value:2d}" for value in row) + " |" for row in array)


def _products(pixels: NDArray[Any], weights: NDArray[Any]) -> str:
    texts = [f"{pixel} · {weight}" for pixel, weight in zip(pixels, weights, strict=True)]
    return f"{texts[0]}, {texts[1]} and {texts[2]}"


compute_by_hand = Exercise(
    number="2.4",
    title="By hand",
    question=(
        "The window stops at this patch of a picture, whose pixels are whole numbers here, and "
        "the kernel is laid upon it:\n\n{tables}\n\n"
        "What does the filter answer, as networks compute it? And what does ReLU leave of that? "
        "Store the two numbers as `filtered` and `detected`."
    ),
    answers={"filtered": Number(), "detected": Number()},
    draw_from=draw_patch_and_kernel,
    minutes=4,
    hints=(
        "Nine products, each of a pixel and the weight in the same place; then their sum.",
        "Leave out the places where the weight is 0, and mind the signs of the others.",
        "The first row gives {products}. Do the same for the other two rows and add up all nine.",
    ),
)


@compute_by_hand.solution
def _solution(draw: Mapping[str, Any]) -> dict[str, Any]:
    import numpy as np

    patch = np.array(draw["patch"])
    weights = np.array(draw["kernel"])
    filtered = (patch * weights).sum()
    return {"filtered": filtered, "detected": max(0, filtered)}


@compute_by_hand.check(points=2)
def sum_of_products(filtered: float, draw: Mapping[str, Any]) -> None:
    """The filter's answer is the sum of the nine products."""
    patch, kernel = np.array(draw["patch"]), np.array(draw["kernel"])
    products = patch * kernel
    mistakes = [*_slips(patch, kernel).items(), *_parts(products)]
    fail_if(
        not _equal(filtered, products.sum()),
        named(filtered, mistakes)
        or f"`{filtered:.6g}` is not it. Multiply each pixel by the weight in the same place and "
        "add up the nine products, one row after the other.",
    )


@compute_by_hand.check(points=1)
def relu_of_it(filtered: float, detected: float, draw: Mapping[str, Any]) -> str:
    """The second number is ReLU of the first, be that quite right or only nearly so."""
    patch, kernel = np.array(draw["patch"]), np.array(draw["kernel"])
    right = _equal(filtered, (patch * kernel).sum())
    fail_if(
        not right and filtered not in _slips(patch, kernel),
        "This is looked at once `filtered` is right, or nearly so.",
    )
    asked = max(0.0, filtered)
    if _equal(detected, asked):
        return "" if right else "ReLU is right for your `filtered`."
    fail_if(
        filtered < 0 and _equal(detected, filtered),
        f"`{detected:.6g}` is negative, and ReLU lets nothing negative through: it gives 0.",
    )
    fail_if(
        filtered < 0 and _equal(detected, -filtered),
        "ReLU does not swap the sign of a negative number; it makes it 0.",
    )
    fail_if(
        filtered > 0 and _equal(detected, 0),
        f"`{filtered:.6g}` is positive, and ReLU lets that through as it is.",
    )
    fail_if(
        filtered > 0 and _equal(detected, 1),
        f"ReLU keeps a positive number as large as it is: `{filtered:.6g}`, not 1.",
    )
    raise Failed(
        f"`{detected:.6g}` is not ReLU of `{filtered:.6g}`. ReLU gives the larger of 0 and the "
        "number."
    )


def _equal(one: float, other: float) -> bool:
    return bool(abs(one - other) <= _NEAR)


def _slips(patch: NDArray[Any], kernel: NDArray[Any]) -> dict[float, str]:
    """Give answers of known mistakes, the likeliest first, without those that are right or 0."""
    products = patch * kernel
    turned = int((patch * kernel[::-1, ::-1]).sum())
    turned_words = "You turned the kernel; lay it on as it is and multiply place by place."
    if turned == -products.sum():
        turned_words = (
            "Right size, wrong sign: check the negative weights. Turning the kernel by 180 degrees "
            "gives the same; networks lay it on as it is."
        )
    found = [
        (turned, turned_words),
        (-products.sum(), "Right size, wrong sign: check the negative weights."),
        (
            patch.sum(),
            "{value} is the sum of the pixels: the weights are missing. Multiply each pixel by the "
            "weight in the same place first.",
        ),
        (
            np.abs(products).sum(),
            "{value} counts every product as positive. A product with a negative weight is "
            "negative.",
        ),
        (
            products[kernel > 0].sum(),
            "{value} is what the positive weights give. The negative ones count too.",
        ),
        (
            (patch * kernel.T).sum(),
            "{value} comes of rows and columns swapped, or of a product of matrices. Multiply each "
            "pixel by the weight in the same place: `*`, not `@`.",
        ),
        (
            (patch @ kernel).sum(),
            "{value} is from a product of matrices. Multiply place by place: `*`, not `@`.",
        ),
    ]
    slips: dict[float, str] = {}
    for value, feedback in found:
        if value not in (0, products.sum()):
            slips.setdefault(float(value), feedback)
    return slips


def _parts(products: NDArray[Any]) -> list[tuple[float, str]]:
    """Give what one row alone adds up to: too little of an answer to go on from."""
    names = ("first", "middle", "last")
    return [
        (float(row.sum()), f"{{value}} is the {name} row alone. Add the other two.")
        for name, row in zip(names, products, strict=True)
    ]
