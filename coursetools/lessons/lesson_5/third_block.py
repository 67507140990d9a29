"""Exercise 5.1: the third block of a network."""

from __future__ import annotations

from typing import Any

from coursetools.answers import Layers
from coursetools.answers.specs import ModelSpec
from coursetools.exercises import Exercise, Failed, fail_if, named, shown
from coursetools.lessons.lesson_5.reading import Convolution, convolutions, without_normalization

FILTERS = 128
SIDE = 32
"""Pixels a side of the maps that enter the block."""

TOTAL = 438_989
"""The parameters of the whole network."""

ABOVE = 291_405
"""The parameters of the lesson's network, whose third block has one convolution."""

_BEFORE = (5 * 5 * 3 + 1) * 32 + (3 * 3 * 32 + 1) * 64
_HIDDEN = 6

the_third_block = Exercise(
    number="5.1",
    title="A third block",
    question=(
        "Blocks one and two stand above and give maps of 32 × 32 × 64. Write block three: **two** "
        f"convolutions with {FILTERS} filters of 3 × 3 and ReLU that keep the maps' size, then a "
        "pooling layer that halves it. Store the layers in a list, `block_three = [...]`. With the "
        "head, the network then has 438,989 parameters."
    ),
    answers={"block_three": Layers(input_shape=(SIDE, SIDE, 64))},
    minutes=5,
    hints=(
        "Copy block two, and see what is different.",
        "Three layers: convolution, convolution, pooling.",
        f'`layers.Conv2D({FILTERS}, 3, padding="same", activation="relu")` twice, and '
        "`layers.MaxPool2D()`.",
    ),
)


@the_third_block.solution
def _solution() -> dict[str, Any]:
    from keras import layers

    block_three = [
        layers.Conv2D(128, 3, padding="same", activation="relu"),
        layers.Conv2D(128, 3, padding="same", activation="relu"),
        layers.MaxPool2D(),
    ]
    return {"block_three": block_three}


@the_third_block.check(points=0)
def a_block(block_three: ModelSpec) -> None:
    """It is a block: it has a convolution, and it takes the maps of block two."""
    if block_three.outputs is None:
        reason = f" ({shown(block_three.error.message)})" if block_three.error else ""
        raise Failed(
            f"Your layers could not be run on maps of 32 × 32 × 64{reason}. Check their order."
        )
    fail_if(
        not convolutions(block_three),
        "There is no convolution in your block so far. It begins with `layers.Conv2D`.",
    )
    fail_if(
        len(block_three.outputs.shape) != 4,
        "Your block gives a list of numbers, no maps. The head, with `Flatten`, comes after it.",
    )


@the_third_block.check(points=1, needs=a_block)
def two_convolutions(block_three: ModelSpec) -> None:
    """Two convolutions of 128 filters with 3x3 kernels, one after the other."""
    found = convolutions(block_three)
    for convolution in found:
        _fail_if_other(convolution)
    fail_if(
        len(found) == 1 and _total(block_three) == ABOVE,
        f"That is the network above, with its {ABOVE:,} parameters: the second convolution is "
        "missing.",
    )
    fail_if(len(found) == 1, "There is one convolution so far; this block has two.")
    fail_if(
        len(found) > 2,
        f"Your block has {len(found)} convolutions; this one has two.",
    )
    fail_if(
        found[1].side is not None and found[1].side <= SIDE // 2,
        f"Your second convolution gives maps of {found[1].side} × {found[1].side}: something "
        "halves them before the block ends. Both convolutions come first, the pooling last.",
    )


def _fail_if_other(convolution: Convolution) -> None:
    height, width = convolution.kernel
    fail_if(
        (height, width) != (3, 3),
        f"Your kernels are {height} × {width}; those of this block are 3 × 3.",
    )
    fail_if(
        convolution.filters == 64,
        f"You have 64 filters. They double from block to block: 32, 64, {FILTERS}.",
    )
    fail_if(
        convolution.filters != FILTERS,
        f"You have `{convolution.filters}` filters; this block has {FILTERS}.",
    )


@the_third_block.check(points=1, needs=a_block)
def bends_after_each(block_three: ModelSpec) -> None:
    """A ReLU after each convolution."""
    found = convolutions(block_three)
    straight = [place for place, convolution in enumerate(found, 1) if not convolution.bends]
    fail_if(
        len(found) == 1,
        "There is one convolution so far, and it takes two, with a ReLU after each.",
    )
    fail_if(
        bool(straight),
        f"Convolution {straight[0] if straight else ''} has no ReLU. Two convolutions without a "
        "bend between them are one (lesson 2).",
    )


@the_third_block.check(points=1, needs=a_block)
def right_maps(block_three: ModelSpec) -> None:
    """Maps of 16x16 with 128 channels leave it."""
    shape = block_three.outputs.shape if block_three.outputs else ()
    sides = shape[1:3]
    if sides == (16, 16) and shape[3] == FILTERS:
        return
    side = sides[0]
    lost = (
        'You lose pixels at the border of a convolution: `padding="same"`, in both. Your maps '
        f"are {side} × {side} in the end, not 16 × 16."
    )
    mistakes = (
        (14, lost),
        (15, lost),
        (13, lost),
        (12, lost),
        (32, "Your maps are still 32 × 32: the pooling layer is missing, or it halves nothing."),
        (28, f"{lost} And nothing halves them."),
        (30, f"{lost} And nothing halves them."),
        (8, "Your maps are 8 × 8 in the end: halve them once in a block."),
        (4, "Your maps are 4 × 4 in the end: halve them once in a block."),
    )
    said = named(side, mistakes) if sides == (side, side) else ""
    fail_if(said, said)
    raise Failed(
        f"Your maps are {sides[0]} × {sides[1]} with {shape[3]} channels in the end; asked are "
        f"16 × 16 with {FILTERS}."
    )


@the_third_block.check(points=1, needs=a_block)
def right_count(block_three: ModelSpec) -> str:
    """With the blocks above and the head, the network has 438,989 parameters."""
    total = _total(block_three)
    fail_if(
        total == ABOVE,
        f"{total:,} parameters: that is the network above. The second convolution is missing.",
    )
    fail_if(
        total != TOTAL,
        f"With your block the network has {total:,} parameters, not {TOTAL:,}.",
    )
    extra = block_three.parameters - without_normalization(block_three)
    return f"Your normalising layers have {extra:,} parameters more." if extra else ""


def _total(block: ModelSpec) -> int:
    """Count the parameters of the network with this block, but those of layers that normalise."""
    shape = block.outputs.shape if block.outputs else (1, 0, 0, 0)
    flat = shape[1] * shape[2] * shape[3]
    return _BEFORE + without_normalization(block) + (flat + 1) * _HIDDEN + _HIDDEN + 1
