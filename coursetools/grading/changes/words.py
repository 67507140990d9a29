"""What is told of a change, in the terminal, on the page and in the table alike."""

from __future__ import annotations

from coursetools.exercises import Outcome
from coursetools.grading.changes.comparing import Change, Changes

_OUTCOMES: dict[Outcome | None, str] = {
    None: "not there",
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.SKIPPED: "skipped",
    Outcome.ERROR: "our error",
    Outcome.PENDING: "for a person",
}


def outcome_words(outcome: Outcome | None) -> str:
    """Give the word for how a check came out; None where there was none."""
    return _OUTCOMES[outcome]


def mark_words(points: float | None) -> str:
    """Give points, or that there is no mark."""
    return "no mark" if points is None else f"{points:g}"


def signed(difference: float | None) -> str:
    """Give a difference with its sign: `+2`, `−0.5`, `0`; `""` where there is none."""
    if difference is None:
        return ""
    return f"{difference:+g}".replace("-", "\N{MINUS SIGN}") if difference else "0"


def summary_sentence(changes: Changes) -> str:
    """Say how many go up and down, and where the mean goes."""
    parts = [f"{changes.up} up", f"{changes.down} down", f"{changes.unchanged} unchanged"]
    others = changes.marks - changes.up - changes.down
    if others:
        parts.append(f"{others} with a mark only before or only now")
    said = ", ".join(parts)
    if changes.means is not None:
        old, new = changes.means
        said += f"; the mean goes from {old:.2f} to {new:.2f} points"
    if changes.most is not None and changes.most[0] != changes.most[1]:
        was, now = changes.most
        said += f", of {now:g} in all where there were {was:g}"
    return f"{said}."


def notes_on(change: Change) -> tuple[str, ...]:
    """Say what differs of a student besides exercises."""
    if change.before is None:
        return ("Not graded before.",)
    if change.after is None:
        return ("Not handed in now.",)
    notes = ["Another file was handed in."] if change.handed_in_anew else []
    old, new = change.before.deduction, change.after.deduction
    if old != new:
        notes.append(f"Taken off for lateness: {old:g} → {new:g}.")
    return tuple(notes)
