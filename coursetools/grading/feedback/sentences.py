"""What a page says in whole sentences: how a run ended, what the numbers mean, what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from coursetools.exercises import ExerciseResult, Outcome
from coursetools.exercises.run import NOT_ANSWERED
from coursetools.grading.records import ExerciseGrade, Grade, RunStatus
from coursetools.notebook import look
from coursetools.notebook.look import Mark
from coursetools.notebook.words import points_words

_LEFT_OUT = "It was left out, and the rest was run without it as far as the time allowed."

RUN_ENDED: dict[RunStatus, str] = {
    RunStatus.FINISHED: "",
    RunStatus.TIMED_OUT: "A cell of your notebook ran longer than it may: look for a loop that "
    f"does not end. {_LEFT_OUT}",
    RunStatus.OUT_OF_MEMORY: "A cell of your notebook took more memory than it may: look for a "
    f"list or an array that grows without end. {_LEFT_OUT}",
    RunStatus.KILLED: "A cell of your notebook ended Python, or made it crash. " + _LEFT_OUT,
    RunStatus.GARBLED: "A cell of your notebook sent something that no notebook sends. "
    + _LEFT_OUT,
    RunStatus.SANDBOX_ERROR: "Your notebook could not be graded, and the fault is ours. It costs "
    "you no points; a person will look.",
}

MARKED_BY_A_PERSON = "Marked by a person, whose points count in place of the machine's."

STATUS_WORDS: dict[RunStatus, str] = {
    RunStatus.FINISHED: "ran to its end",
    RunStatus.TIMED_OUT: "has a cell that ran too long",
    RunStatus.OUT_OF_MEMORY: "has a cell that took too much memory",
    RunStatus.KILLED: "has a cell that ended Python",
    RunStatus.GARBLED: "has a cell that sent what no notebook sends",
    RunStatus.SANDBOX_ERROR: "could not be graded: our error",
}


def score_words(score: float | None, max_score: float) -> str:
    """Give a score as the notebook's cards do."""
    if not max_score:
        return "no points"
    if score is None:
        return f"no mark yet ({points_words(max_score)})"
    return f"{score:g} of {points_words(max_score)}"


def total_words(grade: Grade) -> str:
    """Give a submission's points that count; our own failure is no zero."""
    return score_words(grade.final_score if grade.has_mark else None, grade.max_score)


def numbers_sentence(exercise: ExerciseGrade) -> str:
    """Say how the score came about, where earned, available and declared points differ."""
    if exercise.person is not None:
        return MARKED_BY_A_PERSON
    if exercise.available == exercise.max_score or exercise.score is None:
        return ""
    if not exercise.available:
        return f"All {points_words(exercise.max_score)} are for a person to give."
    return (
        f"Of the {points_words(exercise.max_score)}, a machine marks {exercise.available:g}, and "
        f"you earned {exercise.earned:g} of them. Until a person has marked the rest this counts "
        f"as {exercise.score:g} of {exercise.max_score:g}."
    )


def first_to_fix(result: ExerciseResult) -> str:
    """Give what to tell about the first check that failed."""
    for check in result.checks:
        if check.outcome is Outcome.FAILED:
            return check.feedback or NOT_ANSWERED
    return ""


def to_fix(mark: Mark) -> bool:
    """Say whether a student can do something about an exercise that stands so."""
    return mark in (look.NOT_YET, look.PARTLY, look.UNREADABLE, look.OPEN)


def later_sentences(grade: Grade, ours: Sequence[str]) -> tuple[str, ...]:
    """Say what others did or have to do: our errors, what people mark or look at.

    Why a person looks is for that person alone; it may be a suspicion.

    Args:
        grade: Of the submission.
        ours: Numbers of the exercises where an error is ours.
    """
    said = []
    if ours:
        said.append(
            f"{_numbers(ours)}: the error is ours, not yours, and costs you no points. A person "
            "will look."
        )
    marked = [e.exercise for e in grade.exercises if e.person is not None]
    if marked:
        said.append(f"{_numbers(marked)}: marked by a person.")
    if grade.pending:
        said.append(f"{_numbers(grade.pending)}: a person marks what a machine cannot.")
    told = {*ours, *grade.pending}
    looked_at = [e.exercise for e in grade.exercises if e.review and e.exercise not in told]
    if looked_at:
        said.append(f"{_numbers(looked_at)}: a person will look before the mark counts.")
    elif grade.review:
        said.append("A person will look at what you handed in before the mark counts.")
    return tuple(said)


def _numbers(numbers: Sequence[str]) -> str:
    word = "Exercise" if len(numbers) == 1 else "Exercises"
    return f"{word} {', '.join(numbers)}"
