"""Lesson 1: the convolutional classifier."""

from __future__ import annotations

from coursetools.exercises import Lesson
from coursetools.lessons.lesson_1.base_and_head import attach_a_head, freeze_the_base
from coursetools.lessons.lesson_1.compiling import compile_the_model
from coursetools.lessons.lesson_1.counting import count_the_weights
from coursetools.lessons.lesson_1.curves import read_your_curves, the_flat_line
from coursetools.lessons.stored import stored_expected

LESSON = Lesson(
    number=1,
    title="The convolutional classifier",
    exercises=(
        freeze_the_base,
        attach_a_head,
        compile_the_model,
        count_the_weights,
        the_flat_line,
        read_your_curves,
    ),
    expected=stored_expected(1),
)
