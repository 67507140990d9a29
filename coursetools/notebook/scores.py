"""`ct.progress()`: how far you are in the lesson."""

from __future__ import annotations

from html import escape

from coursetools.notebook import look, markup, session
from coursetools.notebook.card import Card, card, show
from coursetools.notebook.render import standing, view_name


def progress() -> None:
    """Show a table of the lesson's exercises with your best scores so far.

    Raises:
        NotConnectedError: `connect` has not run yet.
    """
    show(progress_card(session.current()))


def progress_card(now: session.Session) -> Card:
    """Make the card of a lesson's progress."""
    summary = now.progress.summary
    rows, lines = [], []
    for exercise in now.lesson.exercises:
        record = now.progress.record(exercise.number)
        mark = standing(record)
        score = f"{record.best:g} of {exercise.points:g}"
        rows.append(
            f"<tr><td><code>{view_name(exercise)}</code></td>"
            f"<td>{exercise.number} {markup.inline(exercise.title)}</td>"
            f"<td>{escape(mark.sign)} {escape(mark.word)}</td><td>{score}</td></tr>"
        )
        lines.append(
            f"  {mark.sign} {exercise.number} {markup.plain(exercise.title)}: "
            f"{mark.word.lower()}, {score}"
        )
    done = summary.solved == summary.exercises
    head = "<tr><th>Name</th><th>Exercise</th><th>State</th><th>Points</th></tr>"
    return card(
        look.RIGHT if done else look.NOTE,
        summary.sentence,
        word="Done" if done else "So far",
        body=f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>",
        text=lines,
    )
