"""Exercises made up for these tests, each with the shape of one that a lesson has."""

from collections.abc import Mapping
from typing import Any

from coursetools.answers import Choice, Number, Text
from coursetools.exercises import Exercise, fail_if, named

LETTERS = {
    "A": ("It overfits.", "Overfitting lowers the training loss."),
    "B": ("It never started.", "Right: the loss is ln 2 throughout."),
    "C": ("Too few epochs.", "More of the same changes nothing."),
    "D": ("No shuffling.", "Order changes the path only."),
}


def counting() -> Exercise:
    """Give an exercise on one drawn number with a partial point and known mistakes."""
    q = Exercise(
        number="1.4",
        title="How much is there to learn?",
        question="A dense layer of {h} units on {n} inputs, in `{{braces}}` and {other}.",
        answers={"weights": Number(integer=True)},
        hints=("One weight an input.", "There are {h} units."),
        minutes=4,
        draws={"h": (8, 12, 16, 20, 24), "n": (100, 200)},
    )

    @q.solution
    def solve(draw: Mapping[str, int]) -> dict[str, Any]:
        h, n = draw["h"], draw["n"]
        return {"weights": n * h + h}

    @q.check(points=1)
    def has_the_big_part(weights: int, draw: Mapping[str, int]) -> None:
        """The weights of all inputs are in it."""
        fail_if(weights < draw["h"] * draw["n"], "Some inputs are left out.")

    @q.check(points=2, needs=has_the_big_part)
    def exact(weights: int, draw: Mapping[str, int], expected: Mapping[str, int]) -> str:
        """The count is exact."""
        h, n = draw["h"], draw["n"]
        mistakes = (
            (n * h, "{value} has no biases."),
            (lambda w: w % h, "{value} is no multiple of the units."),
        )
        fail_if(weights != expected["weights"], named(weights, mistakes) or "Not quite.")
        return "All of them."

    return q


def diagnosing() -> Exercise:
    """Give an exercise with letters of every kind, and a text for a person."""
    q = Exercise(
        number="1.5",
        title="The flat line",
        question="What happened?",
        answers={
            "letter": Choice(),
            "several": Choice(several=True),
            "runs": Choice(parts=("one", "two")),
            "why": Text(),
        },
        options=LETTERS,
    )

    @q.solution
    def solve() -> dict[str, Any]:
        letter = "B"
        return {
            "letter": letter,
            "several": {"A", "C"},
            "runs": {"one": "A", "two": "D"},
            "why": "A",
        }

    @q.check(points=2)
    def the_letter(letter: str) -> None:
        """The letter is right."""
        fail_if(letter != "B", q.why(letter))

    @q.check(points=1)
    def the_set(several: frozenset[str]) -> None:
        """The set is right."""
        fail_if(several != {"A", "C"}, "Another set.")

    @q.check(points=1)
    def both_runs(runs: Mapping[str, str]) -> None:
        """Both runs are right."""
        fail_if(runs != {"one": "A", "two": "D"}, "Another letter.")

    @q.check(points=4, by_hand=True)
    def the_reason(why: str) -> None:
        """The reason names the loss."""

    return q
