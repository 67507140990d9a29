"""What platforms give out is graded, and what goes back is read as they would read it."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from typer.testing import CliRunner

from coursetools.cli import app
from grading.intake.handing_in import put
from grading.scripted import handed_in
from grading.test_batch import graded

STUDENTS = {"a1815": "Ada Lovelace", "b1906": "Bob Öz", "c1843": "Ana María López"}
NUMBERS = {"a1815": "4711", "b1906": "4712", "c1843": "4713"}

CANVAS_FILES = {
    "lovelaceada_4711_90001_lesson.ipynb": "a1815",
    "özbob_LATE_4712_90002_lesson-1.ipynb": "b1906",
    "lópezanamaría_4713_90003_lesson.ipynb": "c1843",
}
MOODLE_FILES = {
    f"{name}_{NUMBERS[who]}_assignsubmission_file_/1 - the.ipynb": who
    for who, name in STUDENTS.items()
}
GRADESCOPE_FILES = {f"submission_{NUMBERS[who]}/lesson.ipynb": who for who in STUDENTS}
PEOPLE = "".join(
    f"submission_{NUMBERS[who]}:\n  :submitters:\n  - :name: {name}\n    :sid: {who}\n"
    for who, name in STUDENTS.items()
)

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Exam (9)\n    Points Possible,,,,,4\n"
    + "".join(
        f'"{name.rpartition(" ")[2]}, {name.rpartition(" ")[0]}",{NUMBERS[who]},{who},,A,\n'
        for who, name in STUDENTS.items()
    )
)
MOODLE = "Identifier,Full name,Grade,Maximum Grade,Last modified (grade),Feedback comments\n" + (
    "".join(f"Participant {NUMBERS[who]},{name},,4.00,-,\n" for who, name in STUDENTS.items())
)


@pytest.fixture
def out(request, tmp_path):
    """Grade what a platform gave out, as it is, without a class list."""
    folder = tmp_path / "handed in"
    files = {path: handed_in(written=who).notebook for path, who in request.param.items()}
    if request.param is GRADESCOPE_FILES:
        files["submission_metadata.yml"] = PEOPLE.encode()
    put(folder, files)
    graded(folder, tmp_path / "out")
    return tmp_path / "out"


def export(*words):
    result = CliRunner().invoke(app, ["export", *map(str, words)])
    assert result.exit_code == 0, result.output
    assert "3 of 3 grades written" in result.output
    return result.output


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


@pytest.mark.parametrize("out", [CANVAS_FILES], indirect=True)
def test_canvas(out, tmp_path):
    table, write, feedback = (tmp_path / name for name in ("g.csv", "w.csv", "f.zip"))
    table.write_text(CANVAS, "utf-8")
    words = ("canvas", out, "--columns", table, "--write", write, "--feedback", feedback)
    said = export(*words)
    assert "name alone" not in said
    assert "only there" not in said
    assert write.read_text("utf-8") == CANVAS.replace(",A,\n", ",A,4\n")
    assert set(zipfile.ZipFile(feedback).namelist()) == set(CANVAS_FILES)
    before = feedback.read_bytes()
    export(*words)
    assert feedback.read_bytes() == before
    export("canvas", out, "--write", write)
    assert {row["ID"] for row in rows_of(write)[1:]} == set(NUMBERS.values())


@pytest.mark.parametrize("out", [MOODLE_FILES], indirect=True)
def test_moodle(out, tmp_path):
    table, write, feedback = (tmp_path / name for name in ("g.csv", "w.csv", "f.zip"))
    table.write_text(MOODLE, "utf-8")
    export("moodle", out, "--columns", table, "--write", write, "--feedback", feedback)
    rows = rows_of(write)
    assert [row["Grade"] for row in rows] == ["4"] * 3
    assert all(row["Feedback comments"].startswith("Lesson 9: ") for row in rows)
    archive = zipfile.ZipFile(feedback)
    folders = {path.partition("/")[0] for path in MOODLE_FILES}
    assert set(archive.namelist()) == {f"{folder}/feedback.html" for folder in folders}
    assert all(b"Content-Security-Policy" in archive.read(name) for name in archive.namelist())
    export("moodle", out, "--write", write)
    assert {row["Identifier"] for row in rows_of(write)} == {
        f"Participant {number}" for number in NUMBERS.values()
    }


@pytest.mark.parametrize("out", [GRADESCOPE_FILES], indirect=True)
def test_gradescope(out, tmp_path):
    export("gradescope", out, "--write", tmp_path / "results")
    for path in GRADESCOPE_FILES:
        folder = path.partition("/")[0]
        file = tmp_path / "results" / folder / "results.json"
        assert json.loads(file.read_text("utf-8"))["score"] == 4
    archive = zipfile.ZipFile(tmp_path / "results" / "autograder.zip")
    assert set(json.loads(archive.read("found.json"))) == set(NUMBERS.values())
