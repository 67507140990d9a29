"""Lesson 2: convolution and ReLU."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.exercises import Lesson
from coursetools.lessons.lesson_2 import maps
from coursetools.lessons.lesson_2.by_hand import compute_by_hand
from coursetools.lessons.lesson_2.designing import design_a_kernel
from coursetools.lessons.lesson_2.detecting import detect
from coursetools.lessons.lesson_2.filtering import run_the_convolution
from coursetools.lessons.lesson_2.finding import say_what_it_finds
from coursetools.lessons.lesson_2.sliding import write_the_sliding_sum


def _image(names: Mapping[str, object]) -> Any:
    return maps.picture()


def _line_kernel(names: Mapping[str, object]) -> Any:
    return names.get("line_kernel", maps.REFERENCE)


def _line_map(names: Mapping[str, object]) -> Any:
    return names.get("line_map", maps.filtered(maps.REFERENCE))


LESSON = Lesson(
    number=2,
    title="Convolution and ReLU",
    exercises=(
        design_a_kernel,
        run_the_convolution,
        detect,
        compute_by_hand,
        say_what_it_finds,
        write_the_sliding_sum,
    ),
    given={"image": _image, "line_kernel": _line_kernel, "line_map": _line_map},
)
