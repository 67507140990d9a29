"""`make expected`: run the reference solutions that need Keras, and store their answers as data.

Checks that compare with a solution read these files, so that nothing of Keras is needed where
marks are given. A test captures the answers again and compares.
"""

from __future__ import annotations

import json
from typing import Any

from coursetools import lessons
from coursetools.exercises import Lesson
from coursetools.lessons.stored import file_of
from coursetools.probes import PROBES

DECIMALS = 6


def capture_lesson(lesson: Lesson) -> dict[str, Any]:
    """Give the answers of a lesson's solutions, as plain data, by exercise."""
    given = _given(lesson)
    answers = {
        exercise.number: exercise.expected_for("", given, PROBES)
        for exercise in lesson.exercises
        if not exercise.solves_alone and any("expected" in c.wants for c in exercise.checks)
    }
    rounded: dict[str, Any] = _rounded(answers)
    return rounded


def _given(lesson: Lesson) -> dict[str, object]:
    """Make what the solutions ask for: what the lesson hands in, and a run to read."""
    from coursetools.training import load_runs, set_seed

    set_seed(31415)
    given = {name: provide({}) for name, provide in lesson.given.items()}
    if "base" in given:
        frozen = lesson.given["base"]({})
        frozen.trainable = False  # type: ignore[attr-defined]
        given["frozen"] = frozen
    given["history"] = load_runs("ten-seeds")[0]
    return given


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DECIMALS}g}")
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value


def main() -> None:
    """Write the file of every lesson."""
    for number in lessons.numbers():
        file = file_of(number)
        file.parent.mkdir(exist_ok=True)
        answers = capture_lesson(lessons.load(number))
        if not answers:
            continue
        text = json.dumps(answers, indent=None, sort_keys=True)
        file.write_text(text + "\n", encoding="utf-8")
        print(f"Wrote {file.name}, {len(text) // 1024} kB.")


if __name__ == "__main__":
    main()
