"""Exercise 5.2: the network whose summary does not add up."""

from __future__ import annotations

from typing import Any

from coursetools.answers import Choice, Model
from coursetools.answers.specs import ModelSpec
from coursetools.exercises import Exercise, Failed, fail_if, shown
from coursetools.lessons.lesson_5.reading import convolutions, pools, side_of

PRINTED = 291_405
"""The parameters that the printed summary names."""

UNREPAIRED = 245_325
"""The parameters of the code as it stands."""

_KERNELS = ((5, 3, 32), (3, 32, 64), (3, 64, 128))
_SIDES = (128, 64, 32)

repair_the_model = Exercise(
    number="5.2",
    title="The model that does not add up",
    question=(
        "Notes from a class show the code above, and below it a summary with 291,405 parameters "
        "whose last maps are 16 × 16. The code makes another network. What is wrong with it, as "
        "`diagnosis`? Then write the network that the summary belongs to, as `repaired`: copy "
        "the code and mend it.\n\n{options}"
    ),
    answers={"diagnosis": Choice(), "repaired": Model()},
    options={
        "A": ("Its convolutions have no padding.", "Right: without padding each loses a border."),
        "B": (
            "A kernel has the wrong size.",
            "A kernel of another size would change the parameters of its own layer. In both "
            "summaries those of the convolutions are equal.",
        ),
        "C": (
            "A layer has too few filters.",
            "The last entry of each shape is the number of filters: 32, 64, 128 in both summaries.",
        ),
        "D": (
            "Its pictures are too small.",
            "Both begin at 128 × 128. Look at what comes out of the first convolution.",
        ),
    },
    minutes=5,
    hints=(
        "Call `summary()` of the code above and compare it with the printed one, line by line.",
        "After the first convolution it is 124 × 124 in one and 128 × 128 in the other.",
        "Which argument of `Conv2D` keeps the size of the maps?",
    ),
)


@repair_the_model.solution
def _solution() -> dict[str, Any]:
    import keras
    from keras import layers

    diagnosis = "A"
    repaired = keras.Sequential(
        [
            keras.Input((128, 128, 3)),
            layers.Conv2D(32, 5, activation="relu", padding="same"),
            layers.MaxPool2D(),
            layers.Conv2D(64, 3, activation="relu", padding="same"),
            layers.MaxPool2D(),
            layers.Conv2D(128, 3, activation="relu", padding="same"),
            layers.MaxPool2D(),
            layers.Flatten(),
            layers.Dense(6, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    return {"diagnosis": diagnosis, "repaired": repaired}


@repair_the_model.check(points=1)
def finds_the_fault(diagnosis: str) -> str:
    """The fault is found."""
    fail_if(diagnosis != "A", repair_the_model.why(diagnosis))
    return repair_the_model.why("A")


@repair_the_model.check(points=1)
def adds_up(repaired: ModelSpec) -> None:
    """The network has 291,405 parameters and the sizes of the printed summary."""
    if repaired.outputs is None:
        reason = f" ({shown(repaired.error.message)})" if repaired.error else ""
        raise Failed(f"Your `repaired` could not be run on pictures of 128 × 128{reason}.")
    found = convolutions(repaired)
    fail_if(
        repaired.parameters == UNREPAIRED and [c.side for c in found] == [124, 60, 28],
        f"It still has {UNREPAIRED:,} parameters, and its first maps are still 124 × 124. Which "
        "argument of a convolution keeps the size?",
    )
    fail_if(not found, "There is no convolution in your `repaired`; copy the code above first.")
    kinds = tuple((c.kernel[0], c.channels, c.filters) for c in found)
    fail_if(
        kinds != _KERNELS,
        f"The summary has convolutions of 32, 64 and 128 filters with kernels of 5, 3 and 3; yours "
        f"have {_listed([c.filters for c in found])} filters with kernels of "
        f"{_listed([c.kernel[0] for c in found])}. Leave those as they are.",
    )
    for place, (convolution, side, pool) in enumerate(
        zip(found, _SIDES, pools(repaired), strict=False), 1
    ):
        _fail_if_smaller(place, convolution.side, side, side_of(pool))
    fail_if(
        repaired.parameters != PRINTED,
        f"All maps have the right size, and yet it has {repaired.parameters:,} parameters, not "
        f"{PRINTED:,}. Compare the head: 6 units, then 1.",
    )


def _fail_if_smaller(place: int, found: int | None, asked: int, pooled: int | None) -> None:
    """Look at where a block ends; a border may also be added in a layer before its convolution."""
    fail_if(
        found is not None and found != asked,
        f"Convolution {place} gives maps of {found} × {found}; in the summary they are "
        f"{asked} × {asked}. This is the first layer that differs.",
    )
    fail_if(
        pooled is not None and pooled != asked // 2,
        f"Pooling {place} gives maps of {pooled} × {pooled}; in the summary they are "
        f"{asked // 2} × {asked // 2}. This is the first layer that differs.",
    )


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)
