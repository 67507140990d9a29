"""Sample submissions to lesson 2, as they come from platforms and people.

    python tests/submissions/make.py

writes `handed-in/` and `roster.csv` beside this file anew. They are made from the shipped
notebook, without its text and outputs, so that the repository stays small; the same notebook
gives the same files. A test holds that they are what this script makes.
"""

import io
import json
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from coursetools import lessons
from coursetools.exercises import Lesson

HERE = Path(__file__).resolve().parent
FOLDER = "handed-in"
ROSTER = "roster.csv"
NUMBER = 2
DATE = (2026, 11, 24, 12, 0, 0)

STUDENTS = {
    "a1815": "Ada Lovelace",
    "b1906": "Bob Öz",
    "c1843": "Cyd Karlsson",
    "d1882": "Dan Brown",
    "e1912": "Eve Ito",
    "f1903": "Finn O'Neil",
    "g1923": "Gül Şahin",
    "h1878": "José Núñez",
    "i1887": "Ida Berg",
    "j1900": "Jon Kim",
}
"""By id. Jon hands in nothing; of Finn and Gül nothing can be read."""

WRONG = {
    "2.1": "my_kernel = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]",
    "2.2": "image_filter = image",
    "2.3": "image_detect = line_map",
    "2.4": "filtered = 1000\ndetected = 1000",
    "2.5": "what_it_finds = {wrong_letter!r}",
    "2.6": "def my_conv(image, kernel):\n    return image",
}

Notebook = dict[str, Any]


def main() -> None:
    """Write all files anew."""
    shutil.rmtree(HERE / FOLDER, ignore_errors=True)
    for name, data in files().items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def files() -> dict[str, bytes]:
    """Give every file by its path below this folder."""
    file = next((HERE.parents[1] / "notebooks").glob(f"{NUMBER}-*.ipynb"))
    shipped = json.loads(file.read_bytes())
    lesson = lessons.load(NUMBER)
    every = [exercise.number for exercise in lesson.exercises]

    def of(student: str, right: Iterable[str] = (), wrong: Iterable[str] = ()) -> Notebook:
        return filled(shipped, lesson, student, right, wrong)

    name = file.name
    failing = written(careless(of("e1912", right=every)))
    solved = written(of("a1815", right=every))
    handed_in = {
        # Canvas: two tries of Ada's, the second one late and right
        f"lovelaceada_4711_90001_{name}": written(of("a1815", right=every[:2], wrong=every[2:])),
        f"lovelaceada_LATE_4711_90002_{file.stem}-1.ipynb": solved,
        # Moodle; Bob has written another id than the roster's, so 2.4 has other numbers
        f"Bob Öz_5012_assignsubmission_file_/{name}": written(of("bob", right=every[:4])),
        # a share: one folder a student, or one file
        f"c1843/{name}": written(of("c1843")),
        "c1843/notes.txt": b"Is this right?\n",
        "d1882.ipynb": written(of("d1882", wrong=every)),
        # a zip in a zip, made on a Mac; the cell of 2.3 fails
        "e1912.zip": zipped({"homework.zip": zipped({name: failing, f"__MACOSX/._{name}": b""})}),
        # cut off, empty, in the format of 2014, and without ids and order
        "f1903.ipynb": written(of("f1903", right=every))[:-2_000],
        "g1923.ipynb": b"",
        "José Núñez.ipynb": old(of("h1878", right=every)),
        "Ida Berg - Copy (2).ipynb": written(untidy(of("i1887", right=every))),
    }
    roster = "".join(f"{student};{who}\n" for student, who in STUDENTS.items())
    return {f"{FOLDER}/{path}": data for path, data in handed_in.items()} | {
        ROSTER: f"id;name\n{roster}".encode()
    }


def filled(
    shipped: Notebook, lesson: Lesson, student: str, right: Iterable[str], wrong: Iterable[str]
) -> Notebook:
    """Give the notebook as a student hands it in, exercises neither right nor wrong left open."""
    right, wrong = set(right), set(wrong)
    cells = []
    for cell in shipped["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        first, _, _ = source.partition("\n")
        for exercise in lesson.exercises:
            if not first.startswith(f"# Exercise {exercise.number}"):
                continue
            view = f"q_{exercise.number.partition('.')[2]}"
            if exercise.number in right:
                source = f"{first}\n{exercise.solution_for(student)}\n\n{view}.check()"
            elif exercise.number in wrong:
                letter = wrong_letter(lesson, student)
                answer = WRONG[exercise.number].format(wrong_letter=letter)
                source = f"{first}\n{answer}\n\n{view}.check()"
        source = source.replace('student_id=""', f'student_id="{student}"')
        cells.append(cell | {"source": source, "outputs": [], "execution_count": None})
    return shipped | {"cells": cells}


def wrong_letter(lesson: Lesson, student: str) -> str:
    """Give a letter that is not the student's right one in exercise 2.5."""
    right = lesson.exercise("2.5").solve_for(student)["what_it_finds"]
    return next(letter for letter in "ABCD" if letter != right)


def careless(notebook: Notebook) -> Notebook:
    """Let the cell of 2.3 fail before it answers."""
    for cell in notebook["cells"]:
        if cell["source"].startswith("# Exercise 2.3"):
            first, _, rest = cell["source"].partition("\n")
            cell["source"] = f"{first}\n1 / 0\n{rest}"
    return notebook


def untidy(notebook: Notebook) -> Notebook:
    """Take the cells' ids, join two answer cells, add a cell and change one of ours."""
    cells = [{k: v for k, v in c.items() if k != "id"} for c in notebook["cells"]]
    places = {
        number: place
        for place, cell in enumerate(cells)
        for number in WRONG
        if cell["source"].startswith(f"# Exercise {number}")
    }
    cells[places["2.4"]]["source"] += "\n\n" + cells[places["2.5"]]["source"]
    del cells[places["2.5"]]
    added = cells[0] | {"source": "mine = [n**2 for n in range(5)]\nmine", "metadata": {}}
    cells.insert(places["2.2"], added)
    return notebook | {"cells": cells, "nbformat_minor": 2}


def old(notebook: Notebook) -> bytes:
    """Write a notebook in Jupyter's format of 2014."""
    upgraded = nbformat.from_dict(notebook)
    text: str = nbformat.v3.writes_json(nbformat.convert(upgraded, 3))
    return f"{text}\n".encode()


def written(notebook: Notebook) -> bytes:
    """Write a notebook as Jupyter does."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Make a zip that is the same every time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, DATE)
            archive.writestr(info, data)  # stored: packers differ in their bytes
    return stream.getvalue()


if __name__ == "__main__":
    main()
