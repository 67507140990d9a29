"""Exercises 5.5 and 5.6: which changes of a picture leave its class as it is."""

from __future__ import annotations

from typing import Any

from coursetools.answers import Choice
from coursetools.exercises import Exercise, fail_if

seen_from_above = Exercise(
    number="5.5",
    title="Seen from above",
    question=(
        "Tiles of a satellite's picture are sorted by what the land is used for: field, wood, "
        "water, town. Which of these changes are **safe**, so that a tile still has its class? "
        'Store the letters as a set, such as `safe = {"A", ...}`.\n\n{options}'
    ),
    answers={"safe": Choice(several=True)},
    options={
        "A": ("Mirror the tile, left to right.", "A mirrored wood is a wood."),
        "B": ("Turn it by one, two or three quarters.", "A turned field is a field."),
        "C": ("Mirror the tile, top to bottom.", "A field upside down is a field."),
        "D": (
            "Swap its colour channels at random.",
            "Water and crop differ largely by colour.",
        ),
    },
    minutes=3,
    hints=(
        "Ask of each: would a person who knows maps still give the same label?",
        "Is there an up and a down in a picture that was taken from above?",
        "What tells water from a field in the small pictures above: its shape, or its colour?",
    ),
)


@seen_from_above.solution
def _above() -> dict[str, Any]:
    safe = {"A", "B", "C"}
    return {"safe": safe}


@seen_from_above.check(points=0)
def some_and_not_all(safe: frozenset[str]) -> None:
    """Some are chosen, and not all."""
    fail_if(
        len(safe) == 4,
        "You call every change safe. One of them can turn one class into another: look for it.",
    )


_UP = "From above there is no up and no down: turned or mirrored, a field is a field."


@seen_from_above.check(points=0.5, needs=some_and_not_all)
def left_to_right(safe: frozenset[str]) -> None:
    """Mirroring left to right is safe."""
    fail_if("A" not in safe, f"Mirroring left to right is safe here. {_UP}")


@seen_from_above.check(points=0.5, needs=some_and_not_all)
def quarter_turns(safe: frozenset[str]) -> None:
    """Quarter turns are safe."""
    fail_if("B" not in safe, f"Turning by quarters is safe here. {_UP}")


@seen_from_above.check(points=0.5, needs=some_and_not_all)
def top_to_bottom(safe: frozenset[str]) -> None:
    """Mirroring top to bottom is safe."""
    fail_if("C" not in safe, f"Mirroring top to bottom is safe here. {_UP}")


@seen_from_above.check(points=0.5, needs=some_and_not_all)
def colours_stay(safe: frozenset[str]) -> None:
    """Swapping the colour channels is not."""
    fail_if(
        "D" in safe,
        "Swapping colours is not safe: water against crop is largely a matter of colour, so this "
        "could change the class.",
    )


which_flower = Exercise(
    number="5.6",
    title="Which flower?",
    question=(
        "A network is to tell the species of a flower from a photograph. Which of these changes is "
        "the **riskiest**?"
    ),
    answers={"riskiest": Choice()},
    options={
        "A": ("Mirror it, left to right.", "A mirrored rose is a rose."),
        "B": ("Turn it by up to 15 degrees.", "People tilt their cameras that much anyway."),
        "C": (
            "Zoom in or out by 10 %.",
            "Distances differ anyway from one photograph to the next.",
        ),
        "D": (
            "Change its hue strongly.",
            "Right: colour helps to tell species. A mild change may help, a strong one mixes "
            "classes.",
        ),
    },
    minutes=2,
    hints=(
        "After the change, would the label still be true?",
        "What does a botanist look at?",
        "Two species may have the same shape, and differ in nothing but colour.",
    ),
)


@which_flower.solution
def _flower() -> dict[str, Any]:
    return {"riskiest": "D"}


@which_flower.check(points=2)
def knows_the_riskiest(riskiest: str) -> str:
    """The right option."""
    fail_if(riskiest != "D", which_flower.why(riskiest))
    return which_flower.why("D")
