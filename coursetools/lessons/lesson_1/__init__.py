"""Lesson 1: the convolutional classifier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.exercises import FROZEN_BASE, Lesson
from coursetools.lessons.lesson_1.base_and_head import attach_a_head, freeze_the_base
from coursetools.lessons.lesson_1.compiling import compile_the_model
from coursetools.lessons.lesson_1.counting import count_the_weights
from coursetools.lessons.lesson_1.curves import read_your_curves, the_flat_line
from coursetools.lessons.stored import stored_expected

STORED_BASE = "efficientnet-lite0"
"""The base that the stored answers were made with."""


def _base_named_in(names: Mapping[str, object]) -> str:
    return str(names.get("BASE", STORED_BASE))


def _fresh_base(names: Mapping[str, object]) -> Any:
    """Load a base for a solution to freeze: the student's own must stay as it is."""
    from coursetools.pretrained import load_pretrained_base

    return load_pretrained_base(_base_named_in(names), fallback=STORED_BASE)


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
    stored_fits=lambda names: _base_named_in(names) == STORED_BASE,
    given={"base": _fresh_base},
    hands_out={"1.1": FROZEN_BASE},
)
