"""Lesson 4: the sliding window."""

from __future__ import annotations

from coursetools.exercises import Lesson
from coursetools.lessons.lesson_4.fields import any_stack, three_in_a_row
from coursetools.lessons.lesson_4.on_a_line import two_kernels_on_a_line
from coursetools.lessons.lesson_4.sizes import count_the_stops
from coursetools.lessons.lesson_4.small_kernels import why_small_kernels
from coursetools.lessons.lesson_4.stack import a_whole_stack

LESSON = Lesson(
    number=4,
    title="The sliding window",
    exercises=(
        count_the_stops,
        a_whole_stack,
        three_in_a_row,
        any_stack,
        why_small_kernels,
        two_kernels_on_a_line,
    ),
)
