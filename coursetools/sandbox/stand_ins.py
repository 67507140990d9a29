"""What a notebook finds in place of `connect`, `use` and a few others when it is graded.

The lessons are not there. A view's `check()` captures and judges nothing; `use` asks the host.
Forging any of it earns what typing the answer earns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import coursetools
from coursetools.answers import Kind, ____, blank
from coursetools.answers.packing import unpack
from coursetools.training.axes import tell_missing_axes

CHECKED = "Checked when graded."
_NOT_HERE = "Hints and solutions are in your own notebook."
_PROGRESS = "Your progress is kept beside your own notebook."
_SUBMIT = "Graded from the file that was handed in."


class ReferenceUnavailableError(RuntimeError):
    """The answer that the notebook would go on with is not to be had; the text says why."""


class Note:
    """One line to show."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


class View:
    """Stands for an exercise, such as `q_2`."""

    result = None

    def __init__(self, name: str, number: str, check: Callable[[str], None]) -> None:
        """Name it as the notebook does; `check` captures the exercise of a number."""
        self.name = name
        self.number = number
        self._check = check

    def check(self) -> None:
        """Capture the answer as it is now."""
        self._check(self.number)
        show(CHECKED)

    def hint(self, number: int | None = None) -> None:
        """Say where hints are."""
        show(_NOT_HERE)

    def solution(self) -> None:
        """Say where solutions are."""
        show(_NOT_HERE)

    def __repr__(self) -> str:
        return f"Exercise {self.number}: {CHECKED}"


def show(text: str) -> None:
    """Show a line."""
    import IPython.display as ipython

    display: Any = ipython.display
    display(Note(text))


def install(
    views: Mapping[str, str],
    answers: Mapping[str, Mapping[str, Kind]],
    *,
    check: Callable[[str], None],
    ask: Callable[[str], dict[str, Any]],
    running: Callable[[], str | None],
    names: Mapping[str, object],
) -> None:
    """Put the stand-ins where a notebook looks for them.

    Args:
        views: The number of the exercise by the name of its view, in order.
        answers: What each exercise asks for, by its number.
        check: Captures the exercise of a number.
        ask: Asks the host for an exercise's answer.
        running: Gives the exercise that the running cell answers, None for another cell.
        names: The notebook's names.
    """
    made = tuple(View(name, number, check) for name, number in views.items())

    def connect(lesson: int = 1, student_id: str = "") -> tuple[View, ...]:
        return made

    def use(exercise: str) -> Any:
        number = str(getattr(exercise, "number", exercise))
        if running() is not None:
            return ____
        if number not in answers:
            known = ", ".join(answers)
            raise LookupError(f"There is no exercise `{number}`; this lesson has {known}.")
        handed = ask(number)
        values = _handed(handed, answers[number], names)
        return values if len(values) > 1 else next(iter(values.values()))

    def progress() -> None:
        show(_PROGRESS)

    def submit(model: Any) -> None:
        show(_SUBMIT)

    def start_tensorflow() -> None:
        # What TensorFlow says of processors goes nowhere, so it need not be made to say it here:
        # a notebook that computes little then never starts the whole of it.
        tell_missing_axes()

    for name, stand_in in {
        "connect": connect,
        "start_tensorflow": start_tensorflow,
        "use": use,
        "progress": progress,
        "submit": submit,
    }.items():
        setattr(coursetools, name, stand_in)
    blank.exercise_finder = running


def _handed(
    handed: Mapping[str, Any], asked: Mapping[str, Kind], names: Mapping[str, object]
) -> dict[str, Any]:
    """Give an exercise's answers by name, from what the host handed out."""
    how, sentence = handed.get("how"), str(handed.get("sentence", ""))
    if how == "own":
        missing = [name for name in asked if name not in names]
        if missing:
            raise NameError(f"`{missing[0]}` is not there any more.")
        return {name: names[name] for name in asked}
    if sentence and how != "none":
        show(sentence)
    if how == "data":
        return {name: _writable(unpack(value, name)) for name, value in handed["values"].items()}
    if how == "base":
        base = coursetools.load_pretrained_base(trainable=False)
        return dict.fromkeys(asked, base)
    raise ReferenceUnavailableError(sentence or "This answer is not handed out.")


def _writable(value: Any) -> Any:
    """Give an array that may be written to, as the notebook's own would be."""
    return value.copy() if hasattr(value, "setflags") else value
