"""Exercise 1.4: how many weights does the head learn?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.answers import Number
from coursetools.exercises import Exercise, fail_if, shown

PLACES = 4 * 4
CHANNELS = 1280
INPUTS = PLACES * CHANNELS
BASE_PARAMETERS = 3_413_024
"""Parameters of EfficientNet-Lite0 without its own head."""

count_the_weights = Exercise(
    number="1.4",
    title="How much is there to learn?",
    question=(
        "EfficientNet-Lite0 gives 4 × 4 × 1280 numbers a picture. Say your head is `Flatten`, a "
        "hidden layer of **{h}** units and one output unit. How many weights does training change "
        "in it, biases included?"
    ),
    answers={"head_weights": Number(integer=True)},
    draws={"h": (8, 12, 16, 20, 24)},
    minutes=4,
    hints=(
        "A dense unit has one weight for each number that comes in, and one bias.",
        "The hidden layer gets 4 * 4 * 1280 numbers; `Flatten` itself has no weights.",
        "Hidden layer: (4 * 4 * 1280 + 1) for each of its units. The output unit gets one number "
        "from each of them, and has its own bias.",
    ),
)


@count_the_weights.solution
def _solution(draw: Mapping[str, int]) -> dict[str, Any]:
    hidden = (4 * 4 * 1280 + 1) * draw["h"]
    output = draw["h"] + 1
    return {"head_weights": hidden + output}


def right_count(h: int) -> int:
    """Give the number of weights of a head with `h` hidden units."""
    return (INPUTS + 1) * h + (h + 1)


@count_the_weights.check(points=1)
def hidden_layer_counted(head_weights: int, draw: Mapping[str, int]) -> None:
    """The hidden layer's weights are in it."""
    h = draw["h"]
    near = {INPUTS * h, INPUTS * h + 1, (INPUTS + 1) * h, (INPUTS + 1) * h + 1, (INPUTS + 2) * h}
    if head_weights == right_count(h) or head_weights in near:
        return
    fail_if(
        head_weights in (right_count(h) + BASE_PARAMETERS, BASE_PARAMETERS),
        f"{shown(head_weights)} has the base in it, which is frozen. Count only the head.",
    )
    fail_if(
        head_weights in (INPUTS, INPUTS + 1),
        f"{shown(head_weights)} is what a single unit of the hidden layer has; there are {h}.",
    )
    fail_if(
        head_weights in ((CHANNELS + 1) * h + h + 1, CHANNELS * h, (CHANNELS + 1) * h),
        "You counted a head that gets one number a map. `Flatten` keeps all 16 places of each of "
        "the 1280 maps.",
    )
    for other in count_the_weights.draws["h"]:
        fail_if(
            head_weights == right_count(other),
            f"That is right for {other} hidden units; your question has {h}.",
        )
    fail_if(
        True,
        f"{shown(head_weights)} is not it. Begin with one unit of the hidden layer: how many "
        f"numbers come in, and what is added at the end? Then take it {h} times.",
    )


@count_the_weights.check(points=2, needs=hidden_layer_counted)
def exact_count(head_weights: int, draw: Mapping[str, int]) -> None:
    """The count is exact."""
    h = draw["h"]
    missing = {
        INPUTS * h: f"Those are the weights between the list and the hidden layer. Add the {h} "
        "biases there, and the output unit.",
        INPUTS * h + 1: f"You have the hidden layer's weights and one bias. Its other biases are "
        f"missing ({h} in all), and the output unit's {h} weights.",
        (INPUTS + 1) * h: f"That is the hidden layer, biases and all. The output unit is missing: "
        f"{h} weights and a bias.",
        (INPUTS + 1) * h + 1: f"The hidden layer is right, and so is the last bias. What connects "
        f"the {h} hidden units to the output is missing.",
        (INPUTS + 2) * h: "One short: the output unit has a bias too.",
    }
    fail_if(head_weights in missing, missing.get(head_weights, ""))
