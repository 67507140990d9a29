"""The cards of one exercise: its question, the result of a check, a hint, the solution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from coursetools.answers import AnswerState
from coursetools.exercises import Exercise, ExerciseResult
from coursetools.exercises.run import NOT_ANSWERED
from coursetools.notebook import look, markup
from coursetools.notebook.card import Card, card
from coursetools.notebook.highlight import python_html
from coursetools.notebook.look import Mark
from coursetools.notebook.progress import Record, Summary
from coursetools.notebook.words import (
    check_mark,
    check_state,
    checks_said,
    points_words,
    result_mark,
    shared_feedback,
)

_NO_MARK = "Looking at it changes no mark."


def view_name(exercise: Exercise) -> str:
    """Give the name an exercise has in the notebook: `q_2` for 1.2."""
    return f"q_{exercise.number.partition('.')[2]}"


def question_card(exercise: Exercise, student_id: str, record: Record) -> Card:
    """Make the card of a question and of how it stands so far."""
    question = exercise.question_for(student_id)
    asked = [f"`{name}`: {kind.label}" for name, kind in exercise.answers.items()]
    give = f"Give {asked[0]}." if len(asked) == 1 else "\n- ".join(["Give", *asked])
    cost = f"{points_words(exercise.points)} · {_minutes(exercise.minutes)}"
    name = view_name(exercise)
    shown = ("check", "hint", "solution") if exercise.has_solution else ("check", "hint")
    calls = [f"`{name}.{call}()`" for call in shown]
    return card(
        standing(record),
        _title(exercise),
        word=_standing_words(exercise, record),
        points=cost,
        body=markup.blocks(question) + markup.blocks(give),
        foot=f"<span>{markup.inline(' · '.join(calls))}</span>",
        text=[
            *_indented(markup.plain(question)),
            *_indented(give),
            f"  {' · '.join(calls)}",
        ],
    )


def result_card(
    exercise: Exercise,
    result: ExerciseResult,
    summary: Summary | None = None,
    *,
    notes: Sequence[str] = (),
) -> Card:
    """Make the card of a checked answer.

    Args:
        exercise: What was asked.
        result: What came of it.
        summary: How far the student is in the lesson; None leaves that line out.
        notes: Further sentences for the student.
    """
    mark = result_mark(result)
    if mark is look.OPEN:
        return _open_card(exercise, result)
    shared = shared_feedback(result)
    body = markup.blocks(shared) if shared else _checks_html(result)
    text = _indented(markup.plain(shared)) if shared else _checks_text(result)
    body += "".join(markup.blocks(note) for note in notes)
    text = [*text, *(f"  {markup.plain(note)}" for note in notes)]
    if summary is not None:
        text.append(f"  {summary.sentence}")
    return card(
        mark,
        _title(exercise),
        points=_score(result),
        body=body,
        foot=progress_line(summary) if summary else "",
        text=text,
    )


def read_card(exercise: Exercise, data: Mapping[str, Any], notes: Sequence[str] = ()) -> Card:
    """Make the card of an answer that was read and is marked elsewhere, as in a sealed lesson.

    Args:
        exercise: What was asked.
        data: The captured answers.
        notes: Further sentences for the student.
    """
    shown = ", ".join(f"`{name}`: `{data[name]['shown']}`" for name in exercise.answers)
    lines = [f"Read as {shown}. It is marked when your notebook is graded.", *notes]
    return card(
        look.NOTE,
        _title(exercise),
        word="Your answer was read",
        points=points_words(exercise.points),
        body="".join(markup.blocks(line) for line in lines),
        text=[f"  {markup.plain(line)}" for line in lines],
    )


def hint_card(
    exercise: Exercise, place: int, *, student_id: str = "", beyond: bool = False
) -> Card:
    """Make the card of a hint.

    Args:
        exercise: What was asked; it has hints.
        place: Which hint, from 1.
        student_id: Whose numbers stand in it.
        beyond: Whether a hint after the last one was asked for.
    """
    name, many = view_name(exercise), len(exercise.hints)
    after = f"`{name}.hint()` gives the next one."
    if place == many:
        after = f"That was the last hint.{_solution_at(exercise)}"
    if beyond:
        after = f"There are no further hints.{_solution_at(exercise)}"
    text = exercise.hints_for(student_id)[place - 1]
    return card(
        look.HINT,
        _title(exercise),
        word=f"Hint {place} of {many}",
        body=markup.blocks(text),
        foot=f"<span>{markup.inline(after)}</span>",
        text=[*_indented(markup.plain(text)), f"  {after}"],
    )


def no_hint_card(exercise: Exercise) -> Card:
    """Make the card for an exercise that has no hints."""
    text = f"This exercise has no hints.{_solution_at(exercise)}"
    return card(
        look.HINT,
        _title(exercise),
        word="No hint",
        body=markup.blocks(text),
        text=[f"  {text}"],
    )


def solution_card(exercise: Exercise, student_id: str) -> Card:
    """Make the card of the reference solution."""
    source = exercise.solution_for(student_id)
    after = f"{_NO_MARK} Other ways may be as right; type yours into the answer cell and check it."
    return card(
        look.SOLUTION,
        _title(exercise),
        body=f"<pre><code>{python_html(source)}</code></pre>",
        foot=f"<span>{markup.inline(after)}</span>",
        text=[*_indented(source), f"  {after}"],
    )


def note_card(sentence: str, mark: Mark = look.NOTE, *, word: str = "") -> Card:
    """Make a card of one sentence."""
    return card(mark, "", word=word, line=sentence)


def error_card(what: str, error: BaseException) -> Card:
    """Make the card for a failure of ours, in place of a traceback."""
    sentence = (
        f"{what} did not work. The fault is ours and costs you no points; your answer is as it "
        "was. If it happens again, tell your teacher the next line."
    )
    detail = f"{type(error).__name__}: {error}"[:300]
    return card(
        look.OUR_ERROR,
        "",
        body=f"{markup.blocks(sentence)}<pre><code>{escape(detail)}</code></pre>",
        text=[f"  {sentence}", *_indented(detail)],
    )


def progress_line(summary: Summary) -> str:
    """Give a line of HTML that says how far the student is, with a bar."""
    share = summary.score / summary.points if summary.points else 0.0
    return (
        f"<span>{escape(summary.sentence)}</span>"
        f'<span class="ct-bar" aria-hidden="true"><span style="width:{share:.0%}"></span></span>'
    )


def standing(record: Record) -> Mark:
    """Say how an exercise stands by what was done so far."""
    if not record.attempts:
        return look.OPEN
    if record.solved:
        return look.RIGHT if record.best else look.PENDING
    return look.PARTLY if record.best else look.NOT_YET


def _standing_words(exercise: Exercise, record: Record) -> str:
    mark = standing(record)
    if mark in (look.OPEN, look.PENDING):
        return mark.word
    return f"{mark.word}, {record.best:g} of {exercise.points:g} so far"


def _open_card(exercise: Exercise, result: ExerciseResult) -> Card:
    """Make the short, quiet card of an exercise that nobody has answered."""
    reasons = [line.removeprefix(NOT_ANSWERED).strip() for line in result.feedback_lines]
    reason = next((reason for reason in reasons if reason), "")
    given = [name for name, state in result.states.items() if state is AnswerState.GIVEN]
    if given and not reason:
        names = [f"`{name}`" for name in result.states if name not in given]
        reason = f"Still open: {', '.join(names)}."
    return card(
        look.OPEN,
        _title(exercise),
        word=NOT_ANSWERED.rstrip("."),
        points=points_words(result.max_score),
        body=markup.blocks(reason) if reason else "",
        text=_indented(markup.plain(reason)) if reason else [],
    )


def _checks_html(result: ExerciseResult) -> str:
    rows = []
    for check, said in checks_said(result):
        mark = check_mark(check)
        more = f'<div class="ct-said">{markup.inline(said)}</div>' if said else ""
        rows.append(
            f'<li style="--ct-colour:{mark.colour}">'
            f'<span class="ct-sign" aria-hidden="true">{escape(mark.sign)}</span> '
            f"<span>{markup.inline(check.description)}</span>{look.DOT}"
            f'<span class="ct-state">{escape(check_state(check))}</span>{more}</li>'
        )
    return f'<ul class="ct-checks">{"".join(rows)}</ul>'


def _checks_text(result: ExerciseResult) -> list[str]:
    lines = []
    for check, said in checks_said(result):
        description = markup.plain(check.description)
        lines.append(f"  {check_mark(check).sign} {description} ({check_state(check)})")
        lines += [f"      {line}" for line in markup.plain(said).splitlines() if said]
    return lines


def _title(exercise: Exercise) -> str:
    return f"{exercise.number} {exercise.title}"


def _solution_at(exercise: Exercise) -> str:
    """Say where a solution is to be had, if there is one."""
    if not exercise.has_solution:
        return ""
    return f" `{view_name(exercise)}.solution()` shows one way to do it."


def _score(result: ExerciseResult) -> str:
    if result.needs_review:
        return "no mark"
    if result.score is None:  # all of it is for a person to mark
        return points_words(result.max_score)
    return f"{result.score:g} of {points_words(result.max_score)}"


def _minutes(minutes: float) -> str:
    return f"{minutes:g} min"


def _indented(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in text.strip("\n").splitlines()]
