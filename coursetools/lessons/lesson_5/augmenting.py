"""Exercise 5.7: layers that change pictures in training, judged by what they do."""

from __future__ import annotations

from typing import Any

from coursetools.answers import Augmentation
from coursetools.answers.augmentation import AugmentationSpec
from coursetools.exercises import Exercise, Failed, fail_if, shown
from coursetools.lessons.lesson_5.turns import turns_of

LEAST_TURN, LARGEST_TURN = 25.0, 36.0
LEAST_CONTRAST, LARGEST_CONTRAST = 0.9, 1.1
LEAST_SPREAD = 0.02

_NEAR_DEGREES = 1.5
"""How exactly a turn is measured: the marks are a few pixels wide."""

_NEAR_CONTRAST = 0.01
_UNCHANGED = 1e-4
_CHANGED = 1e-3
_SOME = 0.15

build_the_augmenter = Exercise(
    number="5.7",
    title="Augmenting layers",
    question=(
        "Build `augment`, a `keras.Sequential` that in training changes each picture at random: "
        "its contrast by up to 10 %, mirrored left to right or not, turned by up to 36 degrees. "
        "The order does not matter. In use, pictures pass unchanged."
    ),
    answers={"augment": Augmentation()},
    minutes=6,
    hints=(
        "Three layers whose names begin with `Random`.",
        "For turns a factor of 1.0 is a full turn, 360 degrees. A mirror from left to right is "
        "called *horizontal*.",
        '`layers.RandomFlip("horizontal")`, `layers.RandomRotation(...)`, and '
        "`layers.RandomContrast((0.1, 0.1), value_range=(0, 1))`.",
    ),
)


@build_the_augmenter.solution
def _solution() -> dict[str, Any]:
    import keras
    from keras import layers

    augment = keras.Sequential(
        [
            keras.Input((128, 128, 3)),
            layers.RandomContrast((0.1, 0.1), value_range=(0, 1)),
            layers.RandomFlip("horizontal"),
            layers.RandomRotation(0.1),
        ]
    )
    return {"augment": augment}


@build_the_augmenter.check(points=0)
def passes_pictures_in_use(augment: AugmentationSpec) -> None:
    """With `training=False` pictures pass unchanged."""
    if augment.error:
        raise Failed(
            "Your layers could not be run on pictures of 128 × 128 "
            f"({shown(augment.error.message)}). Do they give pictures of the same size?"
        )
    fail_if(
        augment.change_in_use > _UNCHANGED,
        "With `training=False` your layers change a pixel by up to "
        f"{augment.change_in_use:.2g}. In use a picture has to pass as it is.",
    )


@build_the_augmenter.check(points=0, needs=passes_pictures_in_use)
def changes_them_in_training(augment: AugmentationSpec) -> None:
    """With `training=True` no two calls give the same."""
    fail_if(
        not augment.layers,
        "There is no layer in it so far. Three are asked for, and their names begin with `Random`.",
    )
    fail_if(
        augment.change_between_calls < _CHANGED,
        "Nothing random happens with `training=True`: two calls give the same picture.",
    )


@build_the_augmenter.check(points=1, needs=changes_them_in_training)
def mirrors_left_to_right(augment: AugmentationSpec) -> None:
    """Pictures are mirrored left to right, and not top to bottom."""
    turns = turns_of(augment)
    fail_if(
        turns.mirrors_top_to_bottom,
        "Some pictures stand on their head: `RandomFlip` also mirrors top to bottom unless you "
        'say `"horizontal"`. Trucks on their roofs are rare.',
    )
    fail_if(
        turns.mirrored == 0 and "RandomFlip" in augment.layers,
        f'In {len(augment.draws)} draws no picture was mirrored. Without `"horizontal"`, '
        "`RandomFlip` here mirrors both ways at once, and that is half a turn.",
    )
    fail_if(
        turns.mirrored == 0,
        f"In {len(augment.draws)} draws no picture was mirrored.",
    )
    fail_if(
        turns.mirrored < _SOME or turns.mirrored > 1 - _SOME,
        f"{turns.mirrored:.0%} of the pictures were mirrored; about half is what is meant.",
    )


@build_the_augmenter.check(points=1, needs=changes_them_in_training)
def turns_far_enough(augment: AugmentationSpec) -> None:
    """Turns go up to 25 to 36 degrees."""
    turns = turns_of(augment)
    widest = turns.widest
    fail_if(widest < _NEAR_DEGREES, f"In {len(augment.draws)} draws no picture was turned.")
    fail_if(
        widest < LEAST_TURN,
        f"The widest turn in {len(augment.draws)} draws was {widest:.0f} degrees; they should go "
        "up to 36. A factor of 1.0 is a full turn.",
    )
    fail_if(
        widest > 2 * LARGEST_TURN + _NEAR_DEGREES,
        f"Your pictures turn by up to {widest:.0f} degrees. The factor counts full turns: 36 "
        "degrees are 0.1.",
    )
    fail_if(
        widest > LARGEST_TURN + _NEAR_DEGREES,
        f"Your pictures turn by up to {widest:.0f} degrees. The factor counts full turns to either "
        "side: 0.2 means up to 72 degrees, 36 are 0.1.",
    )


@build_the_augmenter.check(points=1, needs=changes_them_in_training)
def contrast_varies(augment: AugmentationSpec) -> str:
    """Contrast varies, and stays within .9 to 1.1."""
    turns = turns_of(augment)
    low, high = min(turns.contrasts, default=1.0), max(turns.contrasts, default=1.0)
    moved = max(turns.backgrounds, default=0.0) - min(turns.backgrounds, default=0.0)
    fail_if(
        high - low < LEAST_SPREAD and moved > 2 * LEAST_SPREAD,
        "Your pictures get lighter and darker, but the contrast in them stays: that is brightness. "
        "Contrast is `RandomContrast`.",
    )
    fail_if(
        high - low < LEAST_SPREAD,
        f"In {len(augment.draws)} draws the contrast changed by {high - low:.3f} in all.",
    )
    fail_if(
        low < LEAST_CONTRAST - _NEAR_CONTRAST or high > LARGEST_CONTRAST + _NEAR_CONTRAST,
        f"The contrast goes from {low:.2f} to {high:.2f} of what it was. 10 % are 0.9 to 1.1, a "
        "factor of 0.1.",
    )
    notes = []
    if low > 1 - _NEAR_CONTRAST:
        notes.append(
            "`RandomContrast(0.1)` only raises the contrast in this Keras, from 1.0 to 1.1; with "
            "`(0.1, 0.1)` it goes both ways."
        )
    if augment.largest > 1 + _CHANGED or augment.least < -_CHANGED:
        notes.append(
            f"Your values go from {augment.least:.2f} to {augment.largest:.2f}: "
            "`value_range=(0, 1)` keeps them in 0 to 1."
        )
    return " ".join(notes)
