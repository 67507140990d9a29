"""Which students' code is alike beyond what the task, the release and the solutions explain.

A reason for a person to look, no proof, and no part of any mark: students work together, ask the
same assistant and read the same pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import combinations

from coursetools.exercises import Lesson
from coursetools.grading.notebook import Notebook
from coursetools.grading.records import Grade
from coursetools.grading.report.fingerprints import numbers, tokens, winnowed

ADDED = ""
"""In place of an exercise's number: cells that students added."""

LEAST = 40
"""Fingerprints of one's own that an answer must have, some hundred tokens. In fewer lines, two
who think alike write alike."""

ALIKE = 0.8
"""Share of the shorter one's fingerprints from which on two are named. Different right answers
to exercise 2.6 that the tests have share 0.58 at most, one in disguise 0.94."""

_COMMON = 10
_COMMON_SHARE = 20
_LONGEST = 60_000
"""Characters of a student's code for one exercise that are looked at."""


@dataclass(frozen=True)
class Pair:
    """Two students whose code is alike."""

    first: Grade
    """Without cells."""
    second: Grade
    exercise: str
    """Its number, or `ADDED`."""
    shared: int
    """Fingerprints that both have."""
    share: float
    """Of the fingerprints of the one who has fewer; from `ALIKE` to 1."""


class Similarity:
    """Takes one grade after another, keeps fingerprints of its code, and names the pairs."""

    def __init__(self, known: Iterable[str]) -> None:
        """Say what everybody has been given.

        Args:
            known: Code; what is like it is nobody's own.
        """
        self._known = {number for source in known for number in numbers(tokens(source))}
        self._grades: list[Grade] = []
        self._parts: dict[str, dict[int, frozenset[int]]] = defaultdict(dict)
        """By exercise and place of the student, the fingerprints."""

    def add(self, grade: Grade) -> None:
        """Take a grade with its cells; they are not kept."""
        place = len(self._grades)
        self._grades.append(replace(grade, cells=(), exercises=()))
        found: dict[str, set[int]] = defaultdict(set)
        left: Counter[str] = Counter()
        for cell in grade.cells:
            part = ADDED if cell.exercise is None else cell.exercise
            source = cell.source[: _LONGEST - left[part]]
            left[part] += len(source)
            found[part] |= winnowed(numbers(tokens(source))) - self._known
        for part, prints in found.items():
            self._parts[part][place] = frozenset(prints)

    def pairs(self) -> tuple[Pair, ...]:
        """Give those that are alike, most alike first."""
        found = [pair for part, prints in self._parts.items() for pair in self._in(part, prints)]
        found.sort(key=lambda pair: (-pair.share, -pair.shared, pair.exercise, *_who(pair)))
        return tuple(found)

    def _in(self, part: str, prints: dict[int, frozenset[int]]) -> Iterable[Pair]:
        """Give the pairs of one exercise; what many have, the task or a lecture gave them."""
        most = max(_COMMON, len(self._grades) // _COMMON_SHARE)
        holders: dict[int, list[int]] = defaultdict(list)
        for place, own in prints.items():
            for number in own:
                holders[number].append(place)
        rare = {number: places for number, places in holders.items() if len(places) <= most}
        sizes = Counter(place for places in rare.values() for place in places)
        both: Counter[tuple[int, int]] = Counter()
        for places in rare.values():
            both.update(combinations([place for place in places if sizes[place] >= LEAST], 2))
        for (one, other), shared in both.items():
            share = shared / min(sizes[one], sizes[other])
            if share >= ALIKE:
                yield Pair(self._grades[one], self._grades[other], part, shared, share)


def known_code(released: Notebook, lesson: Lesson) -> list[str]:
    """Give the code that students have been given: the release, and solutions that are public."""
    code = [cell.source for cell in released.cells if cell.kind == "code"]
    for exercise in lesson.exercises:
        if exercise.has_solution:
            # Of a lesson from elsewhere the source may be out of reach; grades do not hang on it.
            with suppress(OSError, StopIteration, SyntaxError, TypeError):
                code.append(exercise.solution_for(""))
    return code


def _who(pair: Pair) -> tuple[str, ...]:
    return tuple(text for one in (pair.first, pair.second) for text in (one.student_id, one.path))
