"""Exercises 1.5 and 1.6: reading curves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from coursetools.answers import Choice, History, Number
from coursetools.answers.specs import HistorySpec
from coursetools.exercises import Exercise, fail_if

COIN_FLIP = math.log(2)
"""The loss of always saying one half."""

NEAR_COIN_FLIP = 0.005
"""A run whose training losses are all this near to it never started.

The first epoch's is left out: it is a mean over its steps, and a head that dies in the first of
them has answered something else until then.
"""

RISE = 0.03
"""A run whose validation loss ends this far above its least overfits."""

POOR_ACCURACY = 0.80
"""Below this share of right training answers at its end, a run underfits."""

the_flat_line = Exercise(
    number="1.5",
    title="The flat line",
    question=(
        "A classmate trains for 30 epochs. The accuracy is one half and the loss .6931, in the "
        "second epoch and in the last. What happened?"
    ),
    answers={"what_happened": Choice()},
    options={
        "A": (
            "It overfits: it has learned the training pictures by heart.",
            "Overfitting makes the training loss fall. Here it never moves.",
        ),
        "B": (
            "All hidden units answer 0 to every picture, so no slope is left.",
            "Right: .6931 is ln 2, the price of always saying one half.",
        ),
        "C": (
            "It had too little time: more epochs would bring the loss down.",
            "The second epoch and the thirtieth are equal. More of the same changes nothing.",
        ),
        "D": (
            "The pictures were not shuffled, so each batch held one class.",
            "The order changes the way down, but it cannot hold a loss at exactly ln 2.",
        ),
    },
    minutes=2,
    hints=(
        "Let Python tell you: `-np.log(0.5)`.",
        "If a network says one half whatever it sees, what reaches its last unit?",
        "Look at the share of zeros that section 10 prints.",
    ),
)


@the_flat_line.solution
def _flat_line() -> dict[str, Any]:
    return {"what_happened": "B"}


@the_flat_line.check(points=2)
def knows_the_dead_head(what_happened: str) -> str:
    """The right option."""
    fail_if(what_happened != "B", the_flat_line.why(what_happened))
    return the_flat_line.why("B")


read_your_curves = Exercise(
    number="1.6",
    title="Read your curves",
    question=(
        "After which epoch would you have stopped *your* run, which the cell above stored as "
        "`history`? Store it as `best_epoch`, counted from 1. What do your curves say? And what do "
        "those of the three stored runs say? (If yours never started, any epoch will do.)"
        "\n\n{options}"
    ),
    answers={
        "best_epoch": Number(integer=True),
        "diagnosis": Choice(),
        "stored_diagnoses": Choice(parts=("run 1", "run 2", "run 3")),
        "history": History(),
    },
    options={
        "A": (
            "It **overfits**: from some epoch on, the validation loss rises.",
            "its validation loss does not rise again",
        ),
        "B": (
            "It **underfits**: it is still poor on the training pictures.",
            "it does well on its training pictures",
        ),
        "C": (
            "**Neither**, so far: it has learned, and nothing rises yet.",
            "that is not all there is to see",
        ),
        "D": (
            "It **never started**: the loss stays where a coin flip puts it.",
            "its loss does move away from ln 2",
        ),
    },
    minutes=6,
    hints=(
        "Which of the two curves is about pictures that the network has never seen?",
        'The epoch of the least validation loss: see `history.history["val_loss"]`.',
        '`np.argmin(history.history["val_loss"]) + 1`; the `+ 1` because Python counts from 0.',
        "For the letters ask in this order: does the training loss move at all? Does the "
        "validation loss end well above its least value? Is the training accuracy still low?",
    ),
)


@read_your_curves.solution
def _read(given: Mapping[str, Any]) -> dict[str, Any]:
    history = given["history"]
    curves = history.history
    val_loss = curves["val_loss"]
    accuracy = curves.get("binary_accuracy", curves.get("accuracy"))

    best_epoch = val_loss.index(min(val_loss)) + 1
    if all(abs(loss - 0.6931) < 0.005 for loss in curves["loss"][1:]):
        diagnosis = "D"
    elif val_loss[-1] - min(val_loss) > 0.03:
        diagnosis = "A"
    elif accuracy[-1] < 0.80:
        diagnosis = "B"
    else:
        diagnosis = "C"
    return {
        "best_epoch": best_epoch,
        "diagnosis": diagnosis,
        "stored_diagnoses": {"run 1": "B", "run 2": "D", "run 3": "A"},
        "history": history,
    }


def letter_of(history: HistorySpec) -> str:
    """Give the letter that a run's curves stand for; the first that fits, D before A before B."""
    if all(abs(loss - COIN_FLIP) <= NEAR_COIN_FLIP for loss in history.loss[1:]):
        return "D"
    if history.val_loss[-1] - min(history.val_loss) > RISE:
        return "A"
    return "B" if history.accuracy[-1] < POOR_ACCURACY else "C"


@read_your_curves.check(points=0)
def history_is_whole(history: HistorySpec) -> None:
    """The history has loss and accuracy, for training and validation, over at least 5 epochs."""
    curves = {
        "loss": history.loss,
        "val_loss": history.val_loss,
        "binary_accuracy": history.accuracy,
        "val_binary_accuracy": history.val_accuracy,
    }
    absent = [name for name, curve in curves.items() if not curve]
    fail_if(
        bool(absent),
        f"Your `history` has no `{absent[0] if absent else ''}`. Run the training cell above "
        "again: it needs the metric of 1.3 and `validation_data`.",
    )
    fail_if(
        history.epochs < 5,
        f"Your run has `{history.epochs}` epochs, too few to read. Let the cell above run to its "
        "end.",
    )


@read_your_curves.check(points=1, needs=history_is_whole)
def stops_in_time(best_epoch: int, diagnosis: str, history: HistorySpec) -> None:
    """The epoch is one where the validation loss is least, or within .01 of it."""
    if letter_of(history) == "D":
        fail_if(diagnosis != "D", "Your loss never moved, so no epoch is better than another.")
        return
    good = history.epochs_near_least("val_loss", within=0.01)
    if best_epoch in good:
        return
    least = history.val_loss.index(min(history.val_loss)) + history.first_epoch
    last = history.first_epoch + history.epochs - 1
    least_training = history.loss.index(min(history.loss)) + history.first_epoch
    fail_if(
        not history.first_epoch <= best_epoch <= last,
        f"There is no epoch `{best_epoch}`: your run goes from {history.first_epoch} to {last}.",
    )
    fail_if(
        best_epoch + 1 == least,
        f"`{best_epoch}` is one too low: Python counts from 0 and epochs count from 1.",
    )
    fail_if(
        best_epoch == last,
        f"You stop at the very end, but your validation loss was least at epoch {least}. After "
        "that the network only got surer of its training pictures.",
    )
    fail_if(
        best_epoch == least_training,
        f"At epoch {best_epoch} the *training* loss is least, and it nearly always falls to the "
        "end. Which curve is about pictures that were never trained on?",
    )
    at_answer = history.val_loss[best_epoch - history.first_epoch]
    fail_if(
        True,
        f"At epoch {best_epoch} your validation loss is {at_answer:.3f}; its least value is "
        f"{min(history.val_loss):.3f}. Look for that one.",
    )


@read_your_curves.check(points=1, needs=history_is_whole)
def reads_own_run(diagnosis: str, history: HistorySpec) -> None:
    """The letter fits the student's own curves."""
    right = letter_of(history)
    if diagnosis == right:
        return
    least, last = min(history.val_loss), history.val_loss[-1]
    evidence = {
        "A": f"its validation loss ends at {last:.3f}, after {least:.3f} at its best",
        "B": f"even on its training pictures it ends with only {history.accuracy[-1]:.0%} right",
        "C": f"it ends with {history.accuracy[-1]:.0%} of its training pictures right, and its "
        f"validation loss, {last:.3f}, is hardly above its least, {least:.3f}",
        "D": "its training loss stays at ln 2, .693, from the second epoch to the last",
    }
    fail_if(
        True,
        f"Not quite: {read_your_curves.why(diagnosis)}. What decides here is that "
        f"{evidence[right]}.",
    )


@read_your_curves.check(points=1)
def reads_stored_runs(stored_diagnoses: Mapping[str, str], expected: Mapping[str, Any]) -> None:
    """The letters fit all three stored runs."""
    asked = expected["stored_diagnoses"]
    wrong = [run for run, letter in stored_diagnoses.items() if letter != asked[run]]
    if not wrong:
        return
    evidence = {
        "A": "its validation loss turns up again while its training loss goes on falling",
        "B": "its training accuracy is still low at the end",
        "C": "it has learned, and no curve turns up",
        "D": "its loss does not move at all",
    }
    right = len(stored_diagnoses) - len(wrong)
    fail_if(
        True,
        f"{right} of 3 stored runs are right. Look at {wrong[0]} again: "
        f"{evidence[asked[wrong[0]]]}.",
    )
