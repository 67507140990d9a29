"""What lies before whoever marks: the answers, and where points are put down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coursetools import lessons
from coursetools.exercises import Lesson
from coursetools.grading.gradebook import Given, Gradebook, give_points
from coursetools.grading.gradebook.points import TAKE_BACK
from coursetools.grading.records import Grade, InputFile, PersonsMark
from coursetools.grading.review.items import Item, items_of, unsure_when, whole_reasons
from coursetools.grading.review.marks import Sent, mark_sum
from coursetools.grading.written import rewrite, shown_in


class UnknownAnswerError(LookupError):
    """No such answer waits for a person; it may be that the class was graded again."""


@dataclass(frozen=True)
class Saved:
    """What came of putting a mark down."""

    now: PersonsMark | None
    """None if the mark was taken back."""
    before: PersonsMark | None
    """What stood there until now."""
    changed: bool
    """Whether that is another than whoever gave the new one had seen."""


class Desk:
    """The answers of one lesson that wait for a person; to be used by one thread."""

    def __init__(self, book: Gradebook, out: Path, by: str, own: Lesson | None = None) -> None:
        """Read what waits.

        Args:
            book: Where the submissions are graded; it stays the caller's to close.
            out: The folder that they were graded into.
            by: Who marks.
            own: A lesson that is none of the course's, to show what it asks.

        Raises:
            NothingShownError: It is not known which lesson the folder shows.
            GradebookError: The gradebook cannot be read.
        """
        self._book = book
        self._out = out
        self._by = by
        self._own = own
        self.marked: set[str] = set()
        """Keys of the answers that were marked here."""
        self._stale: set[str] = set()
        self.unsure_when = 0
        """Submissions of which somebody has to settle when they came in, which no points do."""
        self.refresh()

    def refresh(self) -> None:
        """Read the gradebook anew: the class may have been graded again, or marked elsewhere."""
        self._grading = shown_in(self._book, self._out)
        grades = tuple(self._book.grades(self._grading, full=False))
        self._items = {item.key: item for item in items_of(grades)}
        self.unsure_when = sum(map(unsure_when, grades))

    @property
    def items(self) -> Sequence[Item]:
        """All of it, in the order in which it is marked."""
        return tuple(self._items.values())

    @property
    def files(self) -> Sequence[InputFile]:
        """What became of the files that were handed in."""
        return self._book.files(self._grading)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson; None if it is an instructor's own that was not named."""
        number = self._grading.lesson
        if self._own is not None and self._own.number == number:
            return self._own
        try:
            return lessons.load(number)
        except lessons.UnknownLessonError:
            return None

    @property
    def title(self) -> str:
        """The lesson's title."""
        return self._book.title(self._grading)

    def item(self, key: str) -> Item:
        """Give one answer as it was last read, without its cells.

        Raises:
            UnknownAnswerError: There is none with this key.
        """
        try:
            return self._items[key]
        except KeyError:
            raise UnknownAnswerError(key) from None

    def grade(self, key: str, *, full: bool = True) -> Grade:
        """Give the whole grade that an answer is part of, as it is in the gradebook now.

        Args:
            key: Of the answer.
            full: Whether with cells and captured answers.

        Raises:
            UnknownAnswerError: There is no such answer, or its submission does not count any more.
        """
        item = self.item(key)
        for grade in self._book.grades(self._grading, full=full, students=[item.student_id]):
            for exercise in grade.exercises:
                if (grade.path, exercise.exercise) == (item.path, item.exercise.exercise):
                    self._items[key] = replace(
                        item, exercise=exercise, reasons=whole_reasons(grade)
                    )
                    return grade
        raise UnknownAnswerError(key)

    def give(self, key: str, sent: Sent) -> Saved:
        """Put points down, or take them back; the last who does so wins, and is told over what.

        Args:
            key: Of the answer.
            sent: The mark; without points and comment, the one that is there is taken back.

        Raises:
            UnknownAnswerError: There is no such answer.
            PointsError: They cannot be given; nothing is saved.
            GradebookError: The gradebook cannot be written.
        """
        self.grade(key, full=False)
        item = self.item(key)
        before, number = item.exercise.person, item.exercise.exercise
        points = sent.points if sent.points or sent.comment else TAKE_BACK
        given = Given(item.student_id, number, points, sent.comment)
        give_points(self._book, [given], self._by)
        self._stale.add(item.student_id)
        self.grade(key, full=False)
        now = self.item(key).exercise.person
        (self.marked.discard if now is None else self.marked.add)(key)
        return Saved(now, before, changed=mark_sum(before) != sent.seen)

    def write(self) -> None:
        """Write the pages of those who were marked anew, and the lists that name everybody.

        Raises:
            NothingShownError: It is not known any more which lesson the folder shows.
            OSError: Something cannot be written.
            GradebookError: The gradebook cannot be read.
        """
        if self._stale:
            rewrite(self._book, self._out, self._stale)
            self._stale.clear()
