"""The notebook with every blank filled by the solution it shows: full marks."""

from pathlib import Path

import pytest

from coursetools.exercises import Lesson
from notebooks.runs import (
    Mark,
    answer_cells,
    leave_out_what_is_only_shown,
    read,
    run,
    solve,
    tell_scores,
    told_scores,
    trained_answers,
)


@pytest.fixture(scope="module")
def marks(path: Path, lesson: Lesson, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mark]:
    folder = tmp_path_factory.mktemp("solved")
    notebook = read(path)
    solve(notebook, lesson)
    leave_out_what_is_only_shown(notebook, lesson)
    tell_scores(notebook)
    run(notebook, folder)
    return told_scores(folder)


def test_solutions_earn_full_marks(marks: dict[str, Mark], path: Path, lesson: Lesson) -> None:
    # What a person marks is pending. An exercise in which a person marks everything has no score.
    # An answer that is trained takes a minute and is left out; its checks have tests of their own.
    trained = trained_answers(read(path))
    exercises = [exercise for exercise in lesson.exercises if exercise.number not in trained]
    outcomes = {
        number: [(outcome, words) for outcome, _, words in mark.checks]
        for number, mark in marks.items()
    }
    assert outcomes == {
        exercise.number: [("pending" if c.by_hand else "passed", "") for c in exercise.checks]
        for exercise in exercises
    }
    assert {number: mark.score for number, mark in marks.items()} == {
        exercise.number: None if all(c.by_hand for c in exercise.checks) else exercise.points
        for exercise in exercises
    }


def test_no_blank_is_left(path: Path, lesson: Lesson) -> None:
    notebook = read(path)
    solve(notebook, lesson)
    for cell in answer_cells(notebook).values():
        assert "____" not in cell.source
        assert cell.source.rstrip().endswith(".check()")
