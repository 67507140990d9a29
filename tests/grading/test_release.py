"""What students get of a lesson, and what they do not."""

import json

import nbformat
import pytest

from coursetools import lessons
from coursetools.answers import Number
from coursetools.exercises import Exercise, Lesson, fail_if
from coursetools.exercises.sealed import (
    SealingError,
    declaration,
    declaration_name,
    sealed_lesson,
)
from coursetools.grading.release import ReleaseError, release
from coursetools.lessons import UnknownLessonError
from grading.small_lesson import CONNECT, answered, file_of, keep, lesson, place_of

SECRET = 4711

number = Exercise(
    number="7.1",
    title="A number",
    question="How much is **{h}** and a little?",
    answers={"number": Number(integer=True)},
    draws={"h": (3, 5)},
    hints=("Count.",),
    minutes=2,
)


@number.solution
def _number():
    return {"number": SECRET}


@number.check(points=3)
def secret_is_found(number):
    """The secret is found."""
    fail_if(number != SECRET, "Not the secret.")


letter = Exercise(number="7.2", title="A letter", question="Which?", answers={"letter": Number()})


@letter.check(points=1)
def any_letter(letter):
    """It is there."""


LESSON = Lesson(number=7, title="A lesson", exercises=(number, letter))


@pytest.fixture
def cells():
    return lesson()


@pytest.fixture
def written(tmp_path, cells):
    """Releases the cells."""

    def make(**more):
        (tmp_path / "7-a-lesson.ipynb").write_bytes(file_of(cells))
        return release(LESSON, tmp_path / "out", source=tmp_path, **more)

    return make


def shown(text):
    return [{"output_type": "stream", "name": "stdout", "text": text}]


@pytest.mark.parametrize("lesson_number", lessons.numbers()[:4])
def test_the_courses_lessons_are_released_as_they_are(root, tmp_path, lesson_number):
    made = release(lesson_number, tmp_path)
    (source,) = (root / "notebooks").glob(f"{lesson_number}-*.ipynb")
    assert made.notebook.name == source.name
    assert made.notebook.read_bytes() == source.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [source.name]


def test_outputs_stay_and_stored_answers_go(written, cells):
    cells[place_of(cells, "load")]["outputs"] = shown("data")
    keep(cells[place_of(cells, "a1")], "7.1", {})
    cells[place_of(cells, "a1")]["outputs"][0]["data"]["text/plain"] = "checked"
    made = nbformat.read(written().notebook, 4)
    by_id = {cell.id: cell for cell in made.cells}
    assert by_id["load"].outputs == shown("data")
    assert by_id["a1"].outputs[0]["data"] == {"text/plain": "checked"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda cells: answered(cells, "7.1", "4"), "of exercise 7.1 .* has no blank"),
        (lambda cells: cells.pop(place_of(cells, "a2")), "no answer cell for exercise 7.2"),
        (lambda cells: cells[place_of(cells, "a1")].pop("id"), "of exercise 7.1 .* has no id"),
        (
            lambda cells: cells[2].update(source=CONNECT.replace('""', '"ada"')),
            "names the student id `ada`",
        ),
    ],
)
def test_a_notebook_that_is_not_open_is_refused(written, cells, tmp_path, change, why):
    change(cells)
    with pytest.raises(ReleaseError, match=why):
        written()
    assert not (tmp_path / "out").exists()


def test_somebodys_work_is_not_written_over(written, tmp_path):
    made = written()
    assert written() == made  # the same again is no harm
    made.notebook.write_bytes(b"my answers")
    with pytest.raises(ReleaseError, match="perhaps with somebody's answers"):
        written()
    assert made.notebook.read_bytes() == b"my answers"


def test_a_lesson_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnknownLessonError):
        release(99, tmp_path)


# ---- sealed


def test_a_sealed_release_holds_what_is_asked_and_nothing_that_is_right(written, cells):
    cells[place_of(cells, "seen")]["outputs"] = shown(str(SECRET))
    cells[place_of(cells, "a1")]["outputs"] = shown("checked")
    cells[place_of(cells, "load")]["outputs"] = shown("data")
    made = written(sealed=True)
    assert made.declaration.name == declaration_name(7) == "lesson-7.json"
    asked = made.declaration.read_text()
    everything = asked + made.notebook.read_text()
    for secret in (str(SECRET), "secret", "checked"):
        assert secret not in everything
    assert "data" in made.notebook.read_text()
    assert json.loads(asked)["exercises"][0]["hints"] == ["Count."]


def test_a_sealed_lesson_asks_the_same(written):
    sealed = sealed_lesson(written(sealed=True).declaration)
    assert (sealed.number, sealed.title, sealed.sealed) == (7, "A lesson", True)
    assert sealed.points == LESSON.points
    for before, after in zip(LESSON.exercises, sealed.exercises, strict=True):
        assert after.answers == before.answers
        assert after.minutes == before.minutes
        assert not after.has_solution
        for student in ("ada", "bob", "cyd"):
            assert after.question_for(student) == before.question_for(student)
            assert after.hints_for(student) == before.hints_for(student)


@pytest.mark.parametrize("lesson_number", [1, 3, 4])
def test_the_courses_own_lessons_can_be_sealed(lesson_number, tmp_path):
    made = release(lesson_number, tmp_path, sealed=True)
    sealed, open_one = sealed_lesson(made.declaration), lessons.load(lesson_number)
    assert declaration(sealed) == declaration(open_one)
    asked = made.declaration.read_text()
    for exercise in open_one.exercises:
        for check in exercise.checks:
            assert check.description not in asked
        for _, why in exercise.options.values():
            assert why not in asked


def test_draws_made_by_code_cannot_be_sealed(tmp_path):
    with pytest.raises(SealingError, match="makes its draws by code of its own"):
        release(2, tmp_path / "out", sealed=True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version": 2}', '{"version": 1, "lesson": 7, "title": "", "exercises": 1}'],
)
def test_a_broken_file_of_a_sealed_lesson_is_told(tmp_path, text):
    file = tmp_path / "lesson-7.json"
    file.write_text(text)
    with pytest.raises(SealingError, match="Take the file anew"):
        sealed_lesson(file)
