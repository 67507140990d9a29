"""`moved.md`: what each exercise became, what was left out and why, what is other than before."""

from __future__ import annotations

import re

from coursetools.grading.foreign.assignment import Assignment, LeftOut, Marking
from coursetools.grading.foreign.planning import Plan, PlannedExercise
from coursetools.grading.plain_text import one_line

_SIGNS = re.compile(r"[\\<>\[\]*|]")
_OTHER = """\
## What is other than before

- The old tests ran beside the student's code and could be deceived by it. Here a function is
  called with the tests' arguments where the student's code runs, and what it gave is compared
  elsewhere.
- A variable with `"8"` in it is read as the number 8, and a list, a tuple and an array of the same
  numbers are one answer, with or without further brackets around them. What a function gives has
  to be a list where the test has a list; lists inside it may be tuples.
- A hidden test does not tell what it called. Students who get the lesson's file can read it all
  the same: `coursetools release --sealed` keeps it from them.
- An exercise that a person marks asks for a text. Where code is asked for, the text goes with the
  code in the same cell, and whoever marks sees both."""


def moved_page(assignment: Assignment, plan: Plan, files: tuple[str, str]) -> str:
    """Give the report in Markdown.

    Args:
        assignment: What was read.
        plan: What became of it.
        files: The names of the lesson's file and of its notebook.
    """
    lesson, notebook = files
    rows = [
        "| exercise | was | points | marked by |",
        "|---|---|---:|---|",
        *(_row(exercise) for exercise in plan.exercises),
    ]
    left = [*assignment.left_out, *plan.left_out]
    listed = [f"- **{_plain(each.name)}**: {_plain(each.reason, 400)}" for each in left]
    texts = " (without `--text-answers` what a person marks does not count)"
    texts = texts if _by_hand(plan) else ""
    return "\n".join(
        [
            f"# {_plain(assignment.title)}, moved over from {assignment.tool}",
            "",
            f"The exercises are in `{lesson}`, what students get is `{notebook}`. Nothing of the "
            "old assignment was run. Read its cells and solutions in both files before you run "
            "them or hand them out.",
            "",
            *rows,
            "",
            f"Marks: `{how_to_grade(plan, lesson)}`{texts}.",
            "",
            "## What could not be taken over",
            "",
            *(listed or ["Everything was."]),
            "",
            _OTHER,
            "",
        ]
    )


def who_marks(exercise: PlannedExercise) -> str:
    """Say who marks an exercise, in a word or two."""
    by_hand = [check.by_hand for check in exercise.checks]
    if not any(by_hand):
        return "checks"
    if not all(by_hand):
        return "a person, after checks of some of its tests"
    tests = exercise.old.marking is Marking.AUTOMATIC
    return "a person, since its tests could not be taken over" if tests else "a person"


def how_to_grade(plan: Plan, lesson: str) -> str:
    """Give the command that marks the lesson."""
    option = " --text-answers" if _by_hand(plan) else ""
    return f"coursetools grade SUBMISSIONS --lesson {lesson} --out graded{option}"


def left_out(assignment: Assignment, plan: Plan) -> list[LeftOut]:
    """Give all that could not be taken over."""
    return [*assignment.left_out, *plan.left_out]


def _by_hand(plan: Plan) -> bool:
    return any(check.by_hand for exercise in plan.exercises for check in exercise.checks)


def _row(exercise: PlannedExercise) -> str:
    old = exercise.old
    name = _plain(old.name.replace("`", "'"), 60)
    return f"| {old.number} | {name} | {old.points:g} | {who_marks(exercise)} |"


def _plain(text: str, most: int = 120) -> str:
    """Give a text on one line in which nothing but code in backticks is Markdown, and no HTML."""
    parts = one_line(text, most).split("`")
    if len(parts) % 2 == 0:  # a backtick of somebody's own
        parts = ["'".join(parts)]
    parts[::2] = [_SIGNS.sub(r"\\\g<0>", part) for part in parts[::2]]
    return "`".join(parts)
