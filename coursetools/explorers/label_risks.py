"""Which transformations may change the class of a picture, by what the pictures show.

These are judgements, not measurements: each rule says why, so that one can disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coursetools.operations import Augmentation

SUBJECTS = ("vehicles", "digits", "seen from above", "flowers")
"""What the pictures of a problem can show."""


@dataclass(frozen=True)
class Risk:
    """A rule.

    name: The transformation it is about.
    from_: Whether it applies to an augmentation.
    why: A sentence for the reader.
    """

    name: str
    from_: Callable[[Augmentation], bool]
    why: str


_RULES: dict[str, tuple[Risk, ...]] = {
    "vehicles": (
        Risk(
            "upside_down",
            lambda asked: asked.upside_down,
            "Top to bottom puts a truck on its roof: a picture that nobody will ever classify.",
        ),
        Risk(
            "rotation",
            lambda asked: asked.rotation > 45,
            "Turned by more than 45 degrees a vehicle lies on its side: roads are not that steep.",
        ),
        Risk(
            "zoom",
            lambda asked: asked.zoom > 0.5,
            "Enlarged that much, what makes it a truck may lie outside the picture.",
        ),
        Risk(
            "shift",
            lambda asked: asked.shift > 0.3,
            "Shifted that far, what makes it a truck may lie outside the picture.",
        ),
    ),
    "digits": (
        Risk(
            "mirror",
            lambda asked: asked.mirror,
            "A mirrored digit is none, or another: a mirrored 2 is close to a 5.",
        ),
        Risk(
            "upside_down",
            lambda asked: asked.upside_down,
            "Top to bottom, a 6 comes close to a 9 and a 2 to a 5.",
        ),
        Risk(
            "rotation",
            lambda asked: asked.rotation > 90,
            "Half a turn makes a 9 of a 6: its label would be false.",
        ),
        Risk(
            "rotation",
            lambda asked: 30 < asked.rotation <= 90,
            "Turned by more than 30 degrees, a 1 comes close to a 7 or a dash.",
        ),
        Risk(
            "shift",
            lambda asked: asked.shift > 0.25,
            "Shifted that far, a part of the digit leaves the picture.",
        ),
    ),
    "seen from above": (
        Risk(
            "hue",
            lambda asked: asked.hue > 0.05,
            "Water, crop and bare earth differ mainly in colour: turned hues mix them up.",
        ),
        Risk(
            "zoom",
            lambda asked: asked.zoom > 0.5,
            "Size tells a road from a river here, and the pictures have one scale.",
        ),
    ),
    "flowers": (
        Risk(
            "hue",
            lambda asked: asked.hue > 0.05,
            "Colour tells species apart: another hue may be another species.",
        ),
        Risk(
            "zoom",
            lambda asked: asked.zoom > 0.6,
            "Enlarged that much, the flower's outline may lie outside the picture.",
        ),
    ),
}
_ANY = (
    Risk(
        "contrast",
        lambda asked: asked.contrast > 0.9,
        "With next to no contrast left, nobody could tell what it shows.",
    ),
    Risk(
        "brightness",
        lambda asked: asked.brightness > 0.5,
        "So bright or so dark, most pixels end at white or black.",
    ),
)


def risks(subject: str, augmentation: Augmentation) -> tuple[str, ...]:
    """Return why an augmentation may change the class of pictures; nothing if it hardly can.

    Args:
        subject: One of `SUBJECTS`.
        augmentation: What is done to the pictures.

    Raises:
        KeyError: The subject is another.
    """
    return tuple(rule.why for rule in (*_RULES[subject], *_ANY) if rule.from_(augmentation))
