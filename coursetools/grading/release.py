"""What students get of a lesson: its notebook, and for a sealed one what is asked, as data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursetools import lessons
from coursetools.answers.stored import STORED_TYPE
from coursetools.exercises import Lesson
from coursetools.exercises.sealed import declaration, declaration_name
from coursetools.grading.notebook.connecting import notebook_id
from coursetools.grading.notebook.pieces import marker
from coursetools.grading.notebook.reading import Notebook, read_notebook
from coursetools.grading.notebook.released import release_file
from coursetools.lessons.own import own_name

_BLANK = "____"
_HANDED_ON = "use("


class ReleaseError(ValueError):
    """A lesson cannot be released as it is, or not to this place."""


@dataclass(frozen=True)
class Release:
    """The files that students get."""

    notebook: Path
    declaration: Path | None = None
    """What a sealed lesson asks, to be put beside the notebook."""
    module: Path | None = None
    """The exercises of an instructor's own lesson that is not sealed, for beside the notebook."""


def release(
    lesson: int | Lesson,
    out: Path,
    *,
    sealed: bool = False,
    source: Path | None = None,
    module: Path | None = None,
) -> Release:
    """Write what students get of a lesson.

    The notebook is the released one: its answer cells blank, no id in it, no stored answer. Its
    outputs stay, since they are read; of a sealed lesson those go that an answer could be seen in.

    Args:
        lesson: The lesson, or its number in the course.
        out: The folder to write into; it is made if it is not there.
        sealed: Whether to write what is asked as a file beside the notebook, which `connect`
            reads in place of the lesson's module: no solution, expected value or check is in it.
        source: The folder of the lesson's notebook; None for the course's own.
        module: The file of an instructor's own lesson, which goes with the notebook unless it is
            sealed.

    Raises:
        UnknownLessonError: The course has no such lesson.
        ReleaseNotFoundError: There is no notebook of the lesson.
        ReleaseError: Its notebook is not one to hand out, or `out` holds something else.
        SealingError: The lesson cannot be written as data.
        OSError: The files cannot be written.
    """
    asked = lessons.load(lesson) if isinstance(lesson, int) else lesson
    file = release_file(asked.number, source)
    data = file.read_bytes()
    _fail_unless_open(read_notebook(data), asked, file)
    files = {file.name: _cleaned(data, sealed)}
    if sealed:
        text = json.dumps(declaration(asked), ensure_ascii=False, indent=1)
        files[declaration_name(asked.number)] = f"{text}\n".encode()
    elif module is not None:
        files[own_name(asked.number)] = module.read_bytes()
    for name, content in files.items():
        _fail_if_another(out / name, content)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    written = [out / name for name in files]
    beside = written[1] if len(written) > 1 else None
    return Release(written[0], *((beside, None) if sealed else (None, beside)))


def _fail_unless_open(notebook: Notebook, lesson: Lesson, file: Path) -> None:
    """Refuse a notebook that gives an answer away or leaves no place for one."""
    if found := notebook_id(notebook):
        raise ReleaseError(
            f'`{file}` names the student id `{found}`. Write `student_id=""` in its cell with '
            "`ct.connect`, so that nobody hands in as somebody else."
        )
    cells = {marker(cell.source): cell for cell in notebook.cells if cell.kind == "code"}
    for exercise in lesson.exercises:
        cell = cells.get(exercise.number)
        if cell is None:
            raise ReleaseError(
                f"`{file}` has no answer cell for exercise {exercise.number}: a code cell whose "
                f"first line begins with `# Exercise {exercise.number}`."
            )
        if _BLANK not in cell.source:
            raise ReleaseError(
                f"The answer cell of exercise {exercise.number} in `{file}` has no blank: put "
                f"`{_BLANK}` in place of the answer."
            )
        if cell.id is None:
            raise ReleaseError(
                f"The answer cell of exercise {exercise.number} in `{file}` has no id. Save the "
                "notebook with a current Jupyter, which gives each cell one."
            )


def _cleaned(data: bytes, sealed: bool) -> bytes:
    """Take stored answers out, and of a sealed lesson outputs that may show an answer."""
    content = json.loads(data)
    changed = False
    for cell in content["cells"]:
        outputs = cell.get("outputs")
        if not outputs:
            continue
        kept = [] if sealed and _may_show_an_answer(cell) else [_open(o) for o in outputs]
        if kept != outputs:
            cell["outputs"], changed = kept, True
    if not changed:
        return data
    return f"{json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def _may_show_an_answer(cell: dict[str, Any]) -> bool:
    source = "".join(cell["source"])
    return marker(source) is not None or _HANDED_ON in source


def _open(output: dict[str, Any]) -> dict[str, Any]:
    bundle = output.get("data", {})
    if STORED_TYPE not in bundle:
        return output
    return output | {"data": {name: of for name, of in bundle.items() if name != STORED_TYPE}}


def _fail_if_another(file: Path, content: bytes) -> None:
    """Refuse to write over anything but the same: it may be somebody's work."""
    if file.is_symlink() or (file.exists() and file.read_bytes() != content):
        raise ReleaseError(
            f"`{file}` is there already and is another one, perhaps with somebody's answers in "
            "it. Name a new folder with `--out`."
        )
