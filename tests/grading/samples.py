"""Grades as the grader makes them, for tests of what comes out of grading."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from coursetools.exercises import CheckResult, Outcome
from coursetools.grading.records import (
    ExerciseGrade,
    Grade,
    GradedCell,
    RunStatus,
    Shown,
    Submission,
)

ODD_TEXTS = (
    "Ğülşah Ørsted 李雷",
    "half a pair \ud83d and NUL \0 and \x1b[31mred",
    "\x1fjson:{}",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE grades; --",
    "</pre><script>alert(1)</script>",
    "\u202egnp.exe",
    "",
)


def picture(kind: str = "PNG", size: tuple[int, int] = (320, 200)) -> bytes:
    """Return a picture with something to see: a diagonal on a ground of blue."""
    drawn = Image.new("RGB", size, "#9ecae1")
    ImageDraw.Draw(drawn).line((0, 0, *size), fill="#d9480f", width=6)
    file = io.BytesIO()
    drawn.save(file, kind)
    return file.getvalue()


def check(
    outcome: Outcome = Outcome.PASSED,
    points: float = 1,
    *,
    name: str = "exact",
    description: str = "The count is exact.",
    feedback: str = "",
    note: str = "",
) -> CheckResult:
    return CheckResult(name, description, outcome, points, feedback, note)


def exercise(number: str, title: str, *checks: CheckResult, **more: object) -> ExerciseGrade:
    """Return an exercise's grade with points as its checks say, unless told otherwise."""
    declared = sum(each.points for each in checks)
    available = sum(each.points for each in checks if each.outcome is not Outcome.PENDING)
    earned = sum(each.score for each in checks)
    broken = any(each.outcome is Outcome.ERROR for each in checks)
    score = None if broken or not available else round(earned / available * declared, 2)
    fields: dict[str, object] = {
        "score": score,
        "max_score": declared,
        "earned": earned,
        "available": available,
        "states": {"answer": "given"},
        "shown": {"answer": "7"},
    }
    return ExerciseGrade(number, title, checks=checks, **(fields | more))  # type: ignore[arg-type]


def full_grade(student_id: str = "s-17", name: str = "Ada Byron", path: str = "") -> Grade:
    """Return a grade with one exercise of each kind, outputs and figures."""
    frozen = exercise(
        "1.1",
        "Freeze the base",
        check(points=0, name="same", description="The output is unchanged."),
        check(points=2, name="frozen", note="That is what *transfer* means."),
        answers='{"frozen_base": {"kind": "model"}}',
    )
    head = exercise(
        "1.2",
        "Attach a `head`",
        check(points=1, name="shape", description="The head maps 20,480 numbers to one."),
        check(
            Outcome.FAILED,
            2,
            name="units",
            description="The hidden layer has 16 units.",
            feedback="`Dense(6)` has 6 units, and the question asks for **16**.",
        ),
        check(Outcome.SKIPPED, 1, name="sigmoid", description="The last unit gives a chance."),
        notes=("Changed after the last check: what was stored then is what counts.",),
        states={"head": "given", "optimizer": "blank"},
        shown={"head": "Sequential of 2 layers, 122,893 weights", "optimizer": ""},
    )
    text = exercise(
        "1.3",
        "Say why",
        check(points=1, name="letter", description="The right letter."),
        check(Outcome.PENDING, 2, name="reason", description="The reason is sound."),
    )
    open_one = exercise(
        "1.4",
        "How much is there to learn?",
        check(Outcome.FAILED, 3, feedback="Not answered yet."),
        states={"head_weights": "blank"},
        shown={"head_weights": ""},
    )
    ours = exercise(
        "1.5",
        "Compile",
        check(Outcome.ERROR, 2, feedback="This check did not work, which is our fault."),
        review=("The check `exact` raised KeyError: 'loss'.",),
    )
    cells = (
        GradedCell("1.1", "base.trainable = False\nfrozen_base = base"),
        GradedCell(
            "1.2",
            "# Exercise 1.2: attach a head\nhead = keras.Sequential([\n    layers.Flatten(),\n"
            "    layers.Dense(6, activation='relu'),\n])\nplt.plot(range(3))",
            (
                Shown("stream", "Epoch 1\r 1/16 loss 0.7\r16/16 loss 0.5\n", None, "stdout"),
                Shown("display", "A line that rises from 0 to 2.", picture()),
                Shown("result", "<Figure size 640x480 with 1 Axes>", picture("JPEG", (64, 48))),
            ),
        ),
        GradedCell(
            None,
            "1 / 0",
            (Shown("error", "ZeroDivisionError: division by zero", None, "ZeroDivisionError"),),
            "Interrupted after 60 seconds.",
        ),
    )
    return Grade(
        student_id=student_id,
        name=name,
        path=path or f"{student_id}.ipynb",
        sha256="ab" * 32,
        lesson=1,
        status=RunStatus.FINISHED,
        exercises=(frozen, head, text, open_one, ours),
        cells=cells,
        notes=("A cell without its id was matched by its first line.",),
        review=("The roster says `s-17`, the notebook `s-71`.",),
        seconds=1.25,
        cpu=0.75,
        memory=300_000_000,
    )


def submission(grade: Grade) -> Submission:
    """Return a submission that the grade may be of."""
    return Submission(grade.student_id, grade.name, grade.path, b"{}")
