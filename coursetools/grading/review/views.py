"""What the pages show, ready for their templates: texts tamed, names only where they are wanted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from coursetools.answers import AnswerState, Text, read
from coursetools.exercises import Lesson, Outcome
from coursetools.grading.feedback.cells import CellView
from coursetools.grading.feedback.overview import FileView, review_view
from coursetools.grading.feedback.student import AnswerView, rich, rich_line, student_view
from coursetools.grading.plain_text import one_line, tamed
from coursetools.grading.records import ExerciseGrade, Grade, InputFile
from coursetools.grading.review.items import Item
from coursetools.grading.review.tasks import Task, task_of
from coursetools.notebook.words import points_words

_QUOTED = re.compile(r"`[^`]*`")
_BUTTONS = 10
"""So many points have a button each; more are typed."""


@dataclass(frozen=True)
class Around:
    """How one goes through the answers: which ones, and whether with names."""

    only: str = ""
    """The number of the exercise whose answers are gone through; `""` for all."""
    names: bool = False

    def address(self, path: str, **other: object) -> str:
        """Give the address of a page that keeps to this, but for what is named."""
        now = replace(self, **other)  # type: ignore[arg-type]
        said = [f"only={now.only}"] if now.only else []
        said += ["names=1"] if now.names else []
        return path + ("?" + "&".join(said) if said else "")


@dataclass(frozen=True)
class LinkView:
    """An answer in a list."""

    words: str
    address: str
    done: bool


@dataclass(frozen=True)
class GroupView:
    """The answers to one exercise."""

    number: str
    title: Markup
    done: int
    links: tuple[LinkView, ...]
    first: str
    """Address of the first that is not marked, or of the first."""


@dataclass(frozen=True)
class ListView:
    """The list of all that is to be marked."""

    groups: tuple[GroupView, ...]
    done: int
    total: int
    go_on: str
    """Address of the first answer that is not marked; `""` if all are."""
    files: tuple[FileView, ...]
    without_id: int
    """Answers that cannot be marked, since nobody knows whose they are."""


@dataclass(frozen=True)
class TextView:
    """An answer in the student's own words."""

    name: str
    text: str
    words: int


@dataclass(frozen=True)
class AnswerPage:
    """One answer with all that is needed to mark it."""

    key: str
    number: str
    title: Markup
    who: str
    """Name and id; `""` where names are not shown."""
    place: int
    of: int
    reasons: tuple[Markup, ...]
    names_left_out: bool
    task: Task
    texts: tuple[TextView, ...]
    answers: tuple[AnswerView, ...]
    cells: tuple[CellView, ...]
    notes: tuple[Markup, ...]
    machine: str
    """What the machine's part is."""
    machine_points: str
    """What the machine would give for all of it, `""` if it marks only a part or none."""
    most: str
    buttons: tuple[str, ...]
    points: str
    comment: str
    can_be_marked: bool


def list_view(items: Sequence[Item], files: Sequence[InputFile], around: Around) -> ListView:
    """Give what the list shows."""
    numbers = dict.fromkeys(item.exercise.exercise for item in items)
    groups = tuple(
        _group([item for item in items if item.exercise.exercise == number], around)
        for number in numbers
    )
    shown = {item.path for item in items}
    others = [file for file in files if file.path not in shown]
    open_ = [item for item in items if not item.done and item.can_be_marked]
    return ListView(
        groups=groups,
        done=sum(item.done for item in items),
        total=len(items),
        go_on=around.address(f"/answers/{open_[0].key}") if open_ else "",
        files=review_view((), others, "").files,
        without_id=sum(not item.can_be_marked for item in items),
    )


def answer_page(
    item: Item, grade: Grade, lesson: Lesson | None, of: int, around: Around
) -> AnswerPage:
    """Give what the page of one answer shows.

    Args:
        item: As it is now.
        grade: That it is part of, with its cells.
        lesson: Of the exercise; None if it is not at hand.
        of: How many answers to this exercise there are.
        around: How one goes through the answers.
    """
    exercise = item.exercise
    cells = tuple(cell for cell in grade.cells if cell.exercise == exercise.exercise)
    shown = student_view(replace(grade, exercises=(exercise,), cells=cells)).exercises[0]
    told = [*item.reasons, *exercise.review]
    reasons = tuple(rich_line(reason if around.names else _unnamed(reason)) for reason in told)
    texts = _texts(exercise)
    written = {text.name for text in texts}
    mark = exercise.person
    return AnswerPage(
        key=item.key,
        number=one_line(exercise.exercise, 40),
        title=shown.title,
        who=_who(item) if around.names else "",
        place=item.place,
        of=of,
        reasons=reasons,
        names_left_out=not around.names and any(_QUOTED.search(reason) for reason in told),
        task=task_of(lesson, exercise, grade.numbers_of or item.student_id),
        texts=texts,
        answers=tuple(each for each in shown.answers if each.name not in written),
        cells=shown.cells,
        notes=tuple(map(rich, exercise.notes)),
        machine=_machine(exercise),
        machine_points=_machine_points(exercise),
        most=f"{exercise.max_score:g}",
        buttons=_buttons(exercise.max_score),
        points="" if mark is None else f"{mark.points:g}",
        comment="" if mark is None else tamed(mark.comment),
        can_be_marked=item.can_be_marked,
    )


def _group(items: Sequence[Item], around: Around) -> GroupView:
    number = items[0].exercise.exercise
    here = replace(around, only=number)
    left = [item for item in items if not item.done] or items
    return GroupView(
        number=one_line(number, 40),
        title=rich_line(items[0].exercise.title),
        done=sum(item.done for item in items),
        links=tuple(
            LinkView(
                words=_who(item) if around.names else f"{item.place}",
                address=here.address(f"/answers/{item.key}"),
                done=item.done,
            )
            for item in items
        ),
        first=here.address(f"/answers/{left[0].key}"),
    )


def _who(item: Item) -> str:
    name, student_id = one_line(item.name, 80), one_line(item.student_id, 80)
    if not name or name == student_id:
        return student_id or one_line(item.path, 80)
    return f"{name} ({student_id})" if student_id else name


def _unnamed(reason: str) -> str:
    """Leave out what a reason quotes: ids, names and files stand there."""
    return _QUOTED.sub("`…`", reason)


def _texts(exercise: ExerciseGrade) -> tuple[TextView, ...]:
    """Give the texts among the answers as they were captured; the cell may hold others."""
    found = []
    for name, data in json.loads(exercise.answers).items():
        if isinstance(data, Mapping) and data.get("kind") == Text.name:
            answer = read(Text(), data)
            if answer.state is AnswerState.GIVEN:
                text = tamed(str(answer.value))
                found.append(TextView(one_line(name, 80), text, len(text.split())))
    return tuple(found)


def _machine(exercise: ExerciseGrade) -> str:
    """Say what the machine has marked, and what is left."""
    if not exercise.available:
        return ""
    earned, available, most = exercise.earned, exercise.available, exercise.max_score
    if available < most:
        return (
            f"The machine marks {points_words(available)} of this and gives {earned:g}; "
            f"{points_words(most - available)} are yours. Give both together: from {earned:g} to "
            f"{earned + most - available:g}, unless you see more."
        )
    return f"The machine's checks give {earned:g} of {points_words(most)}."


def _machine_points(exercise: ExerciseGrade) -> str:
    broken = any(check.outcome is Outcome.ERROR for check in exercise.checks)
    whole = exercise.checks and exercise.available == exercise.max_score
    return f"{exercise.earned:g}" if whole and not broken else ""


def _buttons(most: float) -> tuple[str, ...]:
    if most > _BUTTONS:
        return ()
    steps = [*range(int(most) + 1), *([] if most == int(most) else [most])]
    return tuple(f"{step:g}" for step in steps)
