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
from coursetools.operations import relu


def _image(names: Mapping[str, object]) -> Any:
    return maps.picture()


def _line_kernel(names: Mapping[str, object]) -> Any:
    return names.get("line_kernel", maps.REFERENCE)


def _line_map(names: Mapping[str, object]) -> Any:
    return names.get("line_map", maps.filtered(maps.REFERENCE))


def _filtered(earlier: Mapping[str, Any]) -> Any:
    return earlier.get("image_filter", maps.filtered(earlier.get("my_kernel", maps.REFERENCE)))


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
    hands_out={
        "2.1": lambda earlier: {"my_kernel": maps.REFERENCE},
        "2.2": lambda earlier: {"image_filter": _filtered(earlier)},
        "2.3": lambda earlier: {"image_detect": relu(_filtered(earlier))},
    },
    given={"image": _image, "line_kernel": _line_kernel, "line_map": _line_map},
)
