"""A class of lesson 3 with answers for a person, graded into a folder without running a cell."""

from __future__ import annotations

from pathlib import Path

from coursetools import lessons
from coursetools.answers import capture
from coursetools.grading.gradebook import Gradebook, Grading, open_gradebook
from coursetools.grading.grader import unmarked
from coursetools.grading.ids import settle
from coursetools.grading.marking import Marking
from coursetools.grading.order import GRADEBOOK
from coursetools.grading.records import ExerciseGrade, Grade, GradedCell, RunStatus, Shown
from coursetools.sandbox.reports import Capture
from grading.samples import picture, submission

LESSON = lessons.load(3)
GRADING, LATER = Grading(3, "0.1"), Grading(3, "0.2")

TEXTS = {
    "ada": "It says how much of the feature is there.\n\nWhere it was is lost.",
    "bob": "It is the probability that the picture shows a car.",
    "cleo": "</div><script>window.ran = true</script><img src=http://example.org/x.png>",
}
NAMES = {"ada": "Ada Byron", "bob": "Bob Roe", "cleo": "Cleo <b>Dee</b>", "dora": "Dora Ek"}


def answered(student_id: str, **answers: str) -> tuple[ExerciseGrade, ...]:
    """Return the marks of 3.4 and 3.5, whose answers are what is given."""
    marking = Marking(LESSON, settle(student_id, student_id))
    exercises = [LESSON.exercise(number) for number in ("3.4", "3.5")]
    for exercise in exercises:
        given = {name: answers[name] for name in exercise.answers if name in answers}
        marking.take(Capture(exercise.number, capture(exercise.answers, given)))
    return tuple(marking.grade(exercise) for exercise in exercises)


def grade_of(student_id: str, *, review: tuple[str, ...] = ()) -> Grade:
    text = TEXTS[student_id]
    shown = (Shown("stream", text, None, "stdout"), Shown("display", "A line.", picture()))
    return Grade(
        student_id=student_id,
        name=NAMES[student_id],
        path=f"{NAMES[student_id]}.ipynb",
        sha256="ab" * 32,
        lesson=3,
        status=RunStatus.FINISHED,
        exercises=answered(student_id, answer_3_5=text),
        cells=(
            GradedCell("3.5", f'answer_3_5 = """{text}"""\nplt.plot([1, 2])', shown),
            GradedCell(None, "# a cell of their own\n1 + 1"),
        ),
        review=review,
    )


def failed(student_id: str) -> Grade:
    """Return the grade of a submission that we failed on."""
    return Grade(
        student_id=student_id,
        name=NAMES[student_id],
        path=f"{NAMES[student_id]}.ipynb",
        sha256="cd" * 32,
        lesson=3,
        status=RunStatus.SANDBOX_ERROR,
        exercises=unmarked(LESSON, "It was not marked, because the sandbox failed.")[3:],
        review=("The sandbox failed, which is our fault. No room in `/tmp`.",),
        numbers_of=f"{student_id} in her notebook",
    )


def class_of_four() -> list[Grade]:
    """Return three who wrote texts, one of them under another id, and one that we failed on."""
    other = "It came in as that of `bob`, but the notebook names the id `eve`."
    return [grade_of("ada"), grade_of("bob", review=(other,)), grade_of("cleo"), failed("dora")]


def graded_into(out: Path, *grades: Grade, grading: Grading = GRADING) -> None:
    """Put grades into the gradebook of a folder, as those that count."""
    out.mkdir(exist_ok=True)
    with open_gradebook(out / GRADEBOOK) as book:
        save(book, *grades, grading=grading)


def save(book: Gradebook, *grades: Grade, grading: Grading = GRADING) -> None:
    book.begin(grading, [submission(grade) for grade in grades])
    for grade in grades:
        book.save(grading.key_of(submission(grade)), grade)
