"""The feedback in short: a few lines of plain text, in the words of the student's page."""

from __future__ import annotations

from coursetools.grading.feedback.lateness import lateness_sentence
from coursetools.grading.feedback.sentences import (
    RUN_ENDED,
    first_to_fix,
    later_sentences,
    score_words,
    to_fix,
    total_words,
)
from coursetools.grading.feedback.student import mark_of, result_of
from coursetools.grading.plain_text import one_line
from coursetools.grading.records import ExerciseGrade, Grade
from coursetools.notebook import look

LONGEST = 2_000
"""Characters of a comment; a platform's field is no place for more."""

_MORE = "The rest is on your feedback page."
_SAID = 300


def comment_of(grade: Grade, title: str) -> str:
    """Give the score, each exercise's, and what to do next; at most `LONGEST` characters.

    Texts in it that come from a student (a value that was found, an odd name) are of one line and
    tamed. It begins with `opening`, never with what a spreadsheet takes for a formula.

    Args:
        grade: Its cells are not needed.
        title: Of the lesson.
    """
    lines = [f"{opening(grade.lesson)} {one_line(title, 100)}. {total_words(grade)}."]
    lines += [said for said in (lateness_sentence(grade), RUN_ENDED[grade.status]) if said]
    lines += [exercise_line(exercise) for exercise in grade.exercises]
    return _capped([*lines, *later_words(grade)])


def opening(lesson: int) -> str:
    """Give what a comment begins with, by which it is known again."""
    return f"Lesson {lesson}:"


def later_words(grade: Grade) -> tuple[str, ...]:
    """Say what others did or have still to do."""
    ours = [e.exercise for e in grade.exercises if mark_of(e) is look.OUR_ERROR]
    return later_sentences(grade, ours)


def exercise_line(exercise: ExerciseGrade) -> str:
    """Give an exercise's score, and what is said of it."""
    line = f"{exercise.exercise} {one_line(exercise.title, 100)}: "
    line += score_words(exercise.score, exercise.max_score)
    said = said_of(exercise)
    return f"{line}. {said}" if said else f"{line}."


def said_of(exercise: ExerciseGrade) -> str:
    """Give what a person said of an exercise, or what to do next, as one line; `""` if nothing."""
    mark = mark_of(exercise)
    if exercise.person is not None:
        return one_line(exercise.person.comment, _SAID)
    return one_line(first_to_fix(result_of(exercise)) or mark.word, _SAID) if to_fix(mark) else ""


def _capped(lines: list[str]) -> str:
    kept: list[str] = []
    left = LONGEST - len(_MORE) - 1
    for line in lines:
        if len(line) + 1 > left:
            return "\n".join([*kept, _MORE])
        kept.append(line)
        left -= len(line) + 1
    return "\n".join(kept)
