"""What is told of a change, in the terminal, on the page and in the table alike."""

from __future__ import annotations

from coursetools.exercises import Outcome
from coursetools.grading.changes.comparing import Changes

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
    counted = ", ".join(parts)
    if changes.means is None:
        return f"{counted}."
    old, new = changes.means
    return f"{counted}; the mean goes from {old:.2f} to {new:.2f} points."
