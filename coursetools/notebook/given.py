"""What a reference solution is handed: the names that it would find in the notebook.

A solution says `given["base"]` where a student would write `base`. Such a name is, in this
order, what the lesson itself provides, the answer of an earlier exercise (the student's own if
it is right), or what the notebook has under that name. The lesson provides what a solution
changes, such as a base of its own to freeze: the student's would otherwise be changed too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coursetools.exercises import Exercise, Lesson


class NotGivenError(KeyError):
    """A reference solution needs a name that neither the lesson nor the notebook has yet."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"the notebook has no `{self.name}` so far"


class Given(Mapping[str, object]):
    """The names a solution may ask for, each made when it is first asked for."""

    def __init__(
        self,
        lesson: Lesson,
        exercise: Exercise,
        names: Mapping[str, object],
        answers_of: Callable[[Exercise], Mapping[str, object]],
    ) -> None:
        """Say whose solution asks and where names come from.

        Args:
            lesson: Its `given` provides by name.
            exercise: Whose solution it is.
            names: The notebook's names.
            answers_of: Gives the answers of an earlier exercise.
        """
        self._names = names
        self._answers_of = answers_of
        self._providers = lesson.given
        place = lesson.exercises.index(exercise)
        # Only earlier ones: a solution that asked for its own answer would never end.
        self._earlier = {
            name: earlier for earlier in lesson.exercises[:place] for name in earlier.answers
        }
        self._made: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> object:
        if name in self._providers:
            return self._providers[name](self._names)
        if name in self._earlier:
            return self._answers_of(self._earlier[name])[name]
        if name in self._names:
            return self._names[name]
        raise NotGivenError(name)

    def _known(self) -> dict[str, Any]:
        return dict.fromkeys([*self._providers, *self._earlier, *self._names])

    def __contains__(self, name: object) -> bool:
        return name in self._known()

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())
