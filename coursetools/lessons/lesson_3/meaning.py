"""Exercise 3.5: what an average says, in the student's own words; a person marks it."""

from __future__ import annotations

from typing import Any

from coursetools.answers import Text
from coursetools.exercises import Exercise

say_what_it_means = Exercise(
    number="3.5",
    title="What does an average mean?",
    question=(
        "In 60 to 120 words: what does a large average in one channel say about a picture? What "
        "has been thrown away? Name one task where that loss would matter, and say why. Write "
        "your text between three quotes, as `answer_3_5`."
    ),
    answers={"answer_3_5": Text()},
    minutes=6,
    for_markers=(
        "Slips that are seen often: the average is called a probability; colour is said to be "
        "lost; the task named does not depend on place. Each costs the point it belongs to."
    ),
    hints=(
        "Look at the pictures of section 10 that light a channel most. What do they share?",
        "Mirror a picture, or cut it up and put its pieces in another order. What happens to the "
        "average of a map?",
        "Think of a question that begins with *where*, or with *in which order*.",
    ),
)


@say_what_it_means.solution
def _solution() -> dict[str, Any]:
    answer_3_5 = """
    Each channel answers to one feature, such as a round edge. A large average says that the
    feature is in the picture: strongly, in many places, or both. It is a score for how much of it
    there is, and no probability. Where in the picture the feature was is gone, and so is how it
    lay to others: a wheel above a roof gives the same averages as a wheel below it. Whoever has to
    say where the car is, for example to steer around it, needs the place, and an average of the
    whole map cannot give it back.
    """
    return {"answer_3_5": answer_3_5}


@say_what_it_means.check(points=1, by_hand=True)
def says_what_it_is(answer_3_5: str) -> None:
    """The average is a score for the presence or the amount of its channel's feature."""


@say_what_it_means.check(points=1, by_hand=True)
def says_what_is_lost(answer_3_5: str) -> None:
    """Position and arrangement are lost."""


@say_what_it_means.check(points=1, by_hand=True)
def names_a_task(answer_3_5: str) -> None:
    """A task that needs position, with a reason: to locate, count, read in order, or outline."""
