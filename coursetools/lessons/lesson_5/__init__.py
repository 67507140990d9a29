"""Lesson 5: custom convnets and data augmentation."""

from __future__ import annotations

from coursetools.exercises import Lesson
from coursetools.lessons.lesson_5.augmenting import build_the_augmenter
from coursetools.lessons.lesson_5.capstone import judge_file, the_capstone
from coursetools.lessons.lesson_5.experiment import did_it_help
from coursetools.lessons.lesson_5.parameters import the_missing_parameters
from coursetools.lessons.lesson_5.repair import repair_the_model
from coursetools.lessons.lesson_5.safe_changes import seen_from_above, which_flower
from coursetools.lessons.lesson_5.third_block import the_third_block
from coursetools.lessons.lesson_5.troubles import name_the_trouble

LESSON = Lesson(
    number=5,
    title="Custom convnets and data augmentation",
    exercises=(
        the_third_block,
        repair_the_model,
        the_missing_parameters,
        name_the_trouble,
        seen_from_above,
        which_flower,
        build_the_augmenter,
        did_it_help,
        the_capstone,
    ),
    judge=judge_file,
)
