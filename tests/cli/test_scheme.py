"""`coursetools scheme`, as somebody types it; and what the README says of points."""

import re

import pytest
from typer.testing import CliRunner

from coursetools import lessons
from coursetools.cli import app


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words: CliRunner().invoke(app, ["scheme", *words])


@pytest.mark.parametrize("number", lessons.numbers())
def test_every_check_has_its_row(run, number):
    shown = run(str(number))
    assert shown.exit_code == 0
    for exercise in lessons.load(number).exercises:
        assert re.search(
            rf"{re.escape(exercise.number)} {re.escape(exercise.title)} +│ +{exercise.points:g} ",
            shown.stdout,
        )
        for check in exercise.checks:
            assert check.description in shown.stdout


def test_what_a_person_marks_and_what_is_drawn_is_told(run):
    assert "marked by a person" in run("3").stdout
    assert "the numbers differ by student id" in run("3").stdout
    assert "the numbers and the order of the options differ by student id" in run("3").stdout
    assert "the order of the options differs by student id" in run("1").stdout
    assert re.search(r"│ needed +│ The history has loss", run("1").stdout)


def test_all_lessons_in_short(run):
    shown = run()
    for number in lessons.numbers():
        lesson = lessons.load(number)
        assert re.search(
            rf"{number} {lesson.title} +│ {len(lesson.exercises)} +│ {lesson.points:g} ",
            shown.stdout,
        )


def test_an_unknown_lesson_is_one_sentence(run):
    shown = run("99")
    assert shown.exit_code == 1
    assert "There is no lesson `99`" in shown.stderr


def test_the_readme_has_the_lessons_and_their_points(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        lesson = lessons.load(int(path.name.partition("-")[0]))
        row = f"| [{lesson.number} {lesson.title}](notebooks/{path.name}) |"
        (line,) = [line for line in text.splitlines() if line.startswith(row)]
        assert line.endswith(f"| {len(lesson.exercises)} | {lesson.points:g} |")
