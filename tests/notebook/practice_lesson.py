"""A small lesson for tests: one exercise of each sort that the notebook treats differently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursetools.answers import Choice, History, Number
from coursetools.exercises import Exercise, Lesson, fail_if

times = Exercise(
    number="7.1",
    title="Times `h`",
    question="How much is 100 times **{h}**?\n\nUse `*` if you like.",
    answers={"product": Number(integer=True)},
    draws={"h": (3, 5, 7)},
    minutes=2,
    hints=("A zero at the end.", "Or two zeros.", "`100 * h`"),
)


@times.solution
def _times(draw: Mapping[str, int]) -> dict[str, Any]:
    product = 100 * draw["h"]
    return {"product": product}


@times.check(points=1)
def is_a_hundred(product: int) -> None:
    """It is a multiple of 100."""
    fail_if(product % 100, f"`{product}` does not end in two zeros. Is <b>this</b> escaped?")


@times.check(points=3, needs=is_a_hundred)
def is_exact(product: int, draw: Mapping[str, int]) -> str:
    """The product is exact."""
    fail_if(product != 100 * draw["h"], f"`{product // 100}` is not your number.")
    return "Well multiplied."


letter = Exercise(
    number="7.2",
    title="A letter",
    question="Which one?\n\n{options}",
    answers={"which": Choice()},
    options={
        "A": ("The first.", "Not the first."),
        "B": ("The second.", "Right, the second."),
        "C": ("The third.", "Not the third."),
        "D": ("The last.", "Not the last."),
    },
    minutes=1,
)


@letter.solution
def _letter() -> dict[str, Any]:
    return {"which": "B"}


@letter.check(points=2)
def is_second(which: str) -> str:
    """The right option."""
    fail_if(which != "B", letter.why(which))
    return letter.why("B")


curves = Exercise(
    number="7.3",
    title="Two answers",
    question="Give the curves, and the epoch of the least loss.",
    answers={"history": History(), "best": Number(integer=True)},
    minutes=3,
    hints=("Look.",),
)


@curves.solution
def _curves(given: Mapping[str, Any]) -> dict[str, Any]:
    loss = [float(value) for value in given["losses"]]
    return {"history": {"loss": loss}, "best": loss.index(min(loss)) + 1}


@curves.check(points=1)
def has_loss(history: Any) -> None:
    """There is a loss."""
    fail_if(not history.loss, "No loss.")


@curves.check(points=1, needs=has_loss)
def is_best(best: int, history: Any) -> None:
    """The epoch is the best one."""
    fail_if(best != history.loss.index(min(history.loss)) + 1, f"Not `{best}`.")


broken = Exercise(
    number="7.4",
    title="Broken",
    question="Anything.",
    answers={"anything": Number()},
    minutes=1,
)


@broken.solution
def _broken() -> dict[str, Any]:
    return {"anything": 1}


@broken.check(points=1)
def crashes(anything: float) -> None:
    """It is checked by something broken."""
    raise ZeroDivisionError("ours")


LESSON = Lesson(number=7, title="Practice", exercises=(times, letter, curves, broken))
