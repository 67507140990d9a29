"""An assignment of another tool as plain data: what is asked, in which order, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

MOST_EXERCISES = 200
"""The most exercises of an assignment."""


class ForeignError(ValueError):
    """A file cannot be read as an assignment of that tool; the message says why."""


class Marking(StrEnum):
    """Who marks an exercise."""

    AUTOMATIC = "automatic"
    """There are tests."""
    MANUAL = "manual"
    """A person does."""


@dataclass(frozen=True)
class Step:
    """A piece of a test: Python, and what a doctest says that it prints."""

    source: str
    want: str | None = None
    """None where nothing is printed or it is no doctest."""
    hidden: bool = False
    """Whether students did not see it."""
    reason: str = ""
    """Why it cannot be taken over, where its reader knows already."""

    @property
    def shown(self) -> str:
        """The step as a person reads it."""
        if self.want is None:
            return self.source
        return ">>> " + self.source.replace("\n", "\n... ") + f"\n{self.want}"


@dataclass(frozen=True)
class ForeignTest:
    """One test: all that is in it holds, or it earns nothing."""

    name: str
    points: float
    steps: tuple[Step, ...]

    @property
    def source(self) -> str:
        """The test as a person reads it: lines of Python, or a doctest."""
        return "\n".join(step.shown for step in self.steps)


@dataclass(frozen=True)
class ForeignExercise:
    """One thing asked. Nothing of it was run."""

    number: int
    """Its place in the assignment, from 1."""
    name: str
    """As the other tool calls it."""
    marking: Marking
    points: float
    code: bool
    """Whether the answer is code, and not a text."""
    answer: str
    """The answer cell as the file has it; several cells of one exercise are joined."""
    solution: str = ""
    """The whole cell with its solution, `""` where the file has none."""
    question: str = ""
    """The text above it, in Markdown."""
    tests: tuple[ForeignTest, ...] = ()
    guide: str = ""
    """What the file says to whoever marks it."""


@dataclass(frozen=True)
class Passage:
    """A cell that asks nothing."""

    code: bool
    source: str


@dataclass(frozen=True)
class LeftOut:
    """Something that could not be taken over."""

    name: str
    """The exercise, test, cell or setting."""
    reason: str
    """A sentence."""


@dataclass(frozen=True)
class Assignment:
    """An assignment as it was read."""

    tool: str
    """`"nbgrader"` or `"Otter"`."""
    title: str
    parts: tuple[Passage | ForeignExercise, ...]
    """Passages and exercises, in the file's order."""
    left_out: tuple[LeftOut, ...] = field(default=())

    @property
    def exercises(self) -> tuple[ForeignExercise, ...]:
        """What is asked, in order."""
        return tuple(part for part in self.parts if isinstance(part, ForeignExercise))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The cells that ask nothing, in order."""
        return tuple(part for part in self.parts if isinstance(part, Passage))


@dataclass
class Found:
    """What has been found so far, while a file is read from top to bottom."""

    parts: list[Passage | ForeignExercise] = field(default_factory=list)
    _left_out: dict[LeftOut, None] = field(default_factory=dict)
    _exercises: int = 0

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What could not be taken over, in order."""
        return tuple(self._left_out)

    def leave(self, name: str, reason: str) -> None:
        """Note what is not taken over; the same is said once."""
        self._left_out[LeftOut(name, reason)] = None

    def exercise(self, exercise: ForeignExercise) -> None:
        """Take an exercise.

        Raises:
            ForeignError: There are too many.
        """
        self._exercises += 1
        if self._exercises > MOST_EXERCISES:
            raise ForeignError(f"It has more than {MOST_EXERCISES} exercises.")
        self.parts.append(exercise)

    def text(self, source: str) -> None:
        """Take a passage of text."""
        if source.strip():
            self.parts.append(Passage(False, source))

    def code(self, source: str) -> None:
        """Take a passage of code."""
        if source.strip():
            self.parts.append(Passage(True, source))

    def question(self) -> str:
        """Give the texts since the last exercise or code."""
        texts: list[str] = []
        for part in reversed(self.parts):
            if not isinstance(part, Passage) or part.code:
                break
            texts.append(part.source.strip())
        return "\n\n".join(reversed(texts))

    def next_number(self) -> int:
        """Give the number of the next exercise."""
        return self._exercises + 1
