"""Files of trained weights to notebooks: by the random word in both, else by who handed them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from coursetools.capstone.weights_file import tag_of
from coursetools.grading.intake.found import FoundFile
from coursetools.grading.intake.identifying import Student
from coursetools.grading.intake.tries import Try
from coursetools.grading.records import Disposition, InputFile


def pair(
    weights: Sequence[FoundFile],
    counted: Sequence[Try],
    tries: Sequence[Try],
    student_of: Callable[[str], Student],
) -> Iterator[InputFile]:
    """Give each counted try the file that belongs to it, and say what became of every file.

    Args:
        weights: The files, which may be anything.
        counted: The tries that count; their `capstone` is set.
        tries: All tries.
        student_of: Says whose a file is, by its path.
    """
    offers: dict[str, list[tuple[bool, float, str, FoundFile]]] = {}
    for file in weights:
        tag = tag_of(file.data)
        student = student_of(file.path)
        near = [t for t in counted if _near(t, file, student)]
        tagged = [t for t in counted if tag and tag in t.tags]
        wanted = [t for t in tagged if t in near] or tagged or near
        if len(wanted) == 1:
            right = bool(tagged)
            offers.setdefault(wanted[0].path, []).append((right, file.time, file.path, file))
        elif wanted:
            for one in wanted:
                one.review.append(
                    f"`{file.path}` may belong to it, and to {len(wanted) - 1} more: see whose it "
                    "is."
                )
            yield InputFile(
                file.path,
                Disposition.NEEDS_REVIEW,
                f"It may belong to {len(wanted)} notebooks: see to which.",
            )
        elif any(tag and tag in t.tags for t in tries):
            yield InputFile(file.path, Disposition.SUPERSEDED, "It belongs to an earlier try.")
        else:
            yield InputFile(file.path, Disposition.REJECTED, "It belongs to no notebook.")
    for one in counted:
        yield from _last_of(one, sorted(offers.get(one.path, ()), key=lambda offer: offer[:3]))


def _near(one: Try, file: FoundFile, student: Student) -> bool:
    """Say whether a file comes from the same student, or lies beside a notebook of nobody's."""
    if student.known_by:
        return one.student.key == student.key
    folder = file.path.rpartition("/")[0]
    return folder == one.folder and folder != ""


def _last_of(one: Try, offers: list[tuple[bool, float, str, FoundFile]]) -> Iterator[InputFile]:
    for *_, file in offers[:-1]:
        reason = f"Another file for the same notebook; `{offers[-1][2]}` counts."
        yield InputFile(file.path, Disposition.SUPERSEDED, reason)
    for right, _, path, file in offers[-1:]:
        one.capstone = file
        if one.tags and not right:
            one.notes.append("Its weights are other ones than those that were last checked.")
        yield InputFile(path, Disposition.BESIDE, f"It belongs to `{one.path}`.")
