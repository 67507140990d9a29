"""From files to submissions: read, match with students, let the last try count, pair weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursetools.grading.arrival import HandedIn
from coursetools.grading.aside import Aside, size_of, sum_of
from coursetools.grading.intake.archives import files_of_class
from coursetools.grading.intake.errors import IntakeError
from coursetools.grading.intake.folders import files_below
from coursetools.grading.intake.found import FileKind, FoundFile
from coursetools.grading.intake.gradescope import Person, read_metadata
from coursetools.grading.intake.identifying import Student, identify
from coursetools.grading.intake.names import sender_of
from coursetools.grading.intake.pairing import pair
from coursetools.grading.intake.roster import Roster, RosterEntry
from coursetools.grading.intake.times import by_platform, on_gradescope
from coursetools.grading.intake.tries import Try, last_of
from coursetools.grading.intake.weights import tags_in
from coursetools.grading.notebook import (
    UnreadableNotebookError,
    notebook_id,
    notebook_lesson,
    read_notebook,
)
from coursetools.grading.records import Disposition, InputFile, Submission
from coursetools.paths import DataNotFoundError, notebooks_folder

MOST = 4_000_000_000
"""The most bytes of notebooks that are taken in at once."""


@dataclass(frozen=True)
class Received:
    """What came in."""

    submissions: tuple[Submission, ...]
    """One a student, by id, then path."""
    files: tuple[InputFile, ...]
    """Every file that was handed in, by path."""
    missing: tuple[RosterEntry, ...] = ()
    """Who of the roster has no submission."""
    known_by: Mapping[str, str] = field(default_factory=dict)
    """By a submission's path what told whose it is: `"roster"`, `"platform"` (its own number,
    which students do not know), `"folder"`, `"name"` (of the file), or `""`."""


def receive(source: Path, roster: Roster | None = None, *, lesson: int | None = None) -> Received:
    """Take in all that was handed in.

    Args:
        source: A folder of notebooks and zips in any order, or one zip of them.
        roster: The students of the course; without it nobody can be missing, and students are
            called as the platform or the folder calls them.
        lesson: The lesson that is graded; notebooks of other lessons are then rejected.

    Raises:
        IntakeError: `source` cannot be read, or holds more than can be taken in at once.
    """
    intake = _Intake(roster, lesson)
    intake.take(_files(source))
    return intake.received()


def _files(source: Path) -> Iterable[FoundFile]:
    if source.is_dir():
        return files_below(source)
    if source.is_file():
        return files_of_class(source)
    raise IntakeError(
        f"`{source}` is not there. Name the folder or the zip that holds the submissions."
    )


class _Intake:
    def __init__(self, roster: Roster | None, lesson: int | None) -> None:
        self._roster = roster
        self._aside: Aside | None = None
        self._lesson = lesson
        self._dispositions: list[InputFile] = []
        self._unreadable: list[tuple[FoundFile, str]] = []
        self._tries: list[Try] = []
        self._weights: list[FoundFile] = []
        self._people: dict[str, tuple[Person, ...]] = {}
        self._times: dict[str, HandedIn] = {}
        self._lessons = _lesson_names()

    def take(self, files: Iterable[FoundFile]) -> None:
        """Read each file, without deciding yet which try counts."""
        notebooks, held = [], 0
        for read in files:
            file = self._put_aside(read)
            held += size_of(file.content)
            if held > MOST:
                raise IntakeError(
                    f"The notebooks have more than {MOST / 1e9:.0f} GB together. Grade them in "
                    "parts, into one and the same output folder."
                )
            if file.reason:
                self._say(file.path, Disposition.REJECTED, file.reason)
                if file.kind in (FileKind.NOTEBOOK, FileKind.ARCHIVE):
                    self._unreadable.append((file, file.reason))
            elif file.kind is FileKind.NOTEBOOK:
                notebooks.append(file)
            elif file.kind is FileKind.CAPSTONE:
                self._weights.append(file)
            elif file.kind is FileKind.METADATA:
                self._take_metadata(file)
            else:
                self._say(file.path, Disposition.BESIDE, file.note)
        for file in notebooks:  # once it is known who is who on Gradescope
            self._take_notebook(file)

    def _put_aside(self, file: FoundFile) -> FoundFile:
        """Put what is read again later on disk."""
        if not file.content or file.kind not in (FileKind.NOTEBOOK, FileKind.CAPSTONE):
            return file
        try:
            if self._aside is None:
                self._aside = Aside()
            return replace(file, content=self._aside.put(file.data))
        except OSError as error:
            raise IntakeError(
                "What was handed in cannot be put aside while it is graded: "
                f"{error.strerror or error}. Make room in the folder for temporary files, or name "
                "another one in the variable `TMPDIR`."
            ) from error

    def _take_metadata(self, file: FoundFile) -> None:
        folder = file.path.rpartition("/")[0]
        for name, people in read_metadata(file.data).items():
            self._people[f"{folder}/{name}" if folder else name] = people
        for name, told in on_gradescope(file.data).items():
            self._times[f"{folder}/{name}" if folder else name] = told
        self._say(file.path, Disposition.BESIDE, "Gradescope's list of who handed in what.")

    def _take_notebook(self, file: FoundFile) -> None:
        try:
            notebook = read_notebook(file.data)
        except UnreadableNotebookError as error:
            self._say(file.path, Disposition.REJECTED, str(error))
            self._unreadable.append((file, str(error)))
            return
        lesson = notebook_lesson(notebook)
        if self._lesson is not None and lesson not in (None, self._lesson):
            reason = f"It is a notebook of lesson {lesson}; lesson {self._lesson} is graded."
            self._say(file.path, Disposition.REJECTED, reason)
            return
        sender = sender_of(file.path, self._lessons, self._people)
        written = notebook_id(notebook) or ""
        student = identify(sender, file.path, written, self._roster)
        self._tries.append(Try(file, sender, student, lesson, written, tags_in(notebook)))

    def received(self) -> Received:
        """Decide which try counts, and say what became of every file."""
        counted = []
        for tries in self._by_student().values():
            last, earlier = last_of(tries)
            for path, reason in earlier.items():
                self._say(path, Disposition.SUPERSEDED, reason)
            self._note(last, tries)
            counted.append(last)
        self._note_unreadable(counted)
        _note_copies(counted)
        for verdict in pair(self._weights, counted, self._tries, self._student):
            self._dispositions.append(verdict)
        return self._sorted(counted)

    def _by_student(self) -> Mapping[tuple[str, int | None], list[Try]]:
        """Give the tries of each student; where no lesson was named, of each lesson."""
        by_student: dict[str, list[Try]] = defaultdict(list)
        for one in self._tries:
            by_student[one.student.key].append(one)
        for tries in [list(t) for t in by_student.values() if _is_of_many(t)]:
            for one in tries:
                own = one.sender.hints[-1]
                by_student[one.student.key].remove(one)
                one.student = Student(f"False:{own.casefold()}", own, own, "name")
                by_student[one.student.key].append(one)
        groups: dict[tuple[str, int | None], list[Try]] = defaultdict(list)
        for key, tries in by_student.items():
            lessons = {one.lesson for one in tries} - {None}
            only = next(iter(lessons)) if len(lessons) == 1 else None
            for one in tries:
                groups[key, only if one.lesson is None else one.lesson].append(one)
        return groups

    def _note(self, last: Try, tries: Sequence[Try]) -> None:
        last.review += last.student.review
        if last.sender.late:
            last.notes.append("The platform calls it late.")
        if last.sender.together > 1:
            last.review.append(
                f"{last.sender.together} people handed it in together; it is graded for the first."
            )
        if last.lesson is None:
            last.review.append(
                "No cell of it names a lesson with `ct.connect`: see whether it is the right one."
            )
        written = {one.written.casefold() for one in tries if one.written}
        if len(written) > 1:
            last.review.append(
                f"Its {len(tries)} tries name {len(written)} different ids: see whether they are "
                "all of one student."
            )
        if len(tries) > 1:
            last.notes.append(f"The last of {len(tries)} tries counts.")
        if last.student.known_by == "folder" and len({t.sender.hints[-1] for t in tries}) > 1:
            last.review.append(
                f"The folder `{last.student.id}` holds notebooks of different names: see whether "
                "they are all of one student."
            )

    def _note_unreadable(self, counted: Sequence[Try]) -> None:
        """Say so where a student has handed in something besides that cannot be read."""
        by_key = defaultdict(list)
        for one in counted:
            by_key[one.student.key].append(one)
        for file, reason in self._unreadable:
            for one in by_key.get(self._student(file.path).key, ()):
                one.review.append(f"Another try, `{file.path}`, cannot be read: {reason}")

    def _student(self, path: str) -> Student:
        """Say whose a file is that is no notebook that can be read."""
        return identify(sender_of(path, self._lessons, self._people), path, None, self._roster)

    def _sorted(self, counted: Sequence[Try]) -> Received:
        for one in counted:
            how = Disposition.NEEDS_REVIEW if one.review else Disposition.GRADED
            self._say(one.path, how, " ".join(one.review))
        there = {one.student.entry for one in counted}
        entries = self._roster.entries if self._roster else ()
        return Received(
            submissions=tuple(
                sorted(
                    (_submission(one, self._times) for one in counted),
                    key=lambda s: (s.student_id, s.path),
                )
            ),
            files=tuple(sorted(self._dispositions, key=lambda file: (file.path, file.reason))),
            missing=tuple(entry for entry in entries if entry not in there),
            known_by={one.path: one.student.known_by for one in counted},
        )

    def _say(self, path: str, disposition: Disposition, reason: str) -> None:
        self._dispositions.append(InputFile(path, disposition, reason))


def _is_of_many(tries: Sequence[Try]) -> bool:
    """Say whether a folder that was taken for one student's holds the notebooks of several."""
    written = {one.written.casefold() for one in tries if one.written}
    named = all(len(one.sender.hints) > 1 for one in tries)
    return tries[0].student.known_by == "folder" and len(written) > 1 and named


def _submission(one: Try, times: Mapping[str, HandedIn]) -> Submission:
    on_it = by_platform(one.path, times) if one.sender.known_by == "platform" else None
    return Submission(
        student_id=one.student.id,
        name=one.student.name,
        path=one.path,
        notebook_file=one.file.content,
        capstone_file=one.capstone.content if one.capstone else None,
        notes=tuple(one.notes),
        review=tuple(one.review),
        known_by=one.student.known_by,
        handed_in=on_it or one.file.handed_in,
        called_late=one.sender.late,
    )


def _note_copies(counted: Sequence[Try]) -> None:
    same: dict[str, list[Try]] = defaultdict(list)
    for one in counted:
        same[sum_of(one.file.content)].append(one)
    for several in same.values():
        for one in several if len(several) > 1 else ():
            one.notes.append("Somebody else handed in the very same file, byte for byte.")


def _lesson_names() -> frozenset[str]:
    try:
        return frozenset(path.stem for path in notebooks_folder().glob("*.ipynb"))
    except DataNotFoundError:
        return frozenset()
