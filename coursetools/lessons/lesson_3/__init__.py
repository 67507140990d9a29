"""Lesson 3: maximum pooling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.exercises import Lesson
from coursetools.lessons.lesson_3 import pictures
from coursetools.lessons.lesson_3.averaging import average_each_map
from coursetools.lessons.lesson_3.condensing import pool_the_map
from coursetools.lessons.lesson_3.invariance import judge_a_claim
from coursetools.lessons.lesson_3.meaning import say_what_it_means
from coursetools.lessons.lesson_3.saving import count_the_savings


def _image_detect(names: Mapping[str, object]) -> Any:
    """Make the detected map as the notebook's cell does: four axes, (1, 200, 200, 1)."""
    return pictures.image_detect()[None, ..., None]


LESSON = Lesson(
    number=3,
    title="Maximum pooling",
    exercises=(
        pool_the_map,
        judge_a_claim,
        average_each_map,
        count_the_savings,
        say_what_it_means,
    ),
    given={"image_detect": _image_detect},
)
