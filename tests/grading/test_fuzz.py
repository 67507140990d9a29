"""Whatever is handed in, and whatever comes of it: none crashes the grader, and none is lost."""

import csv
import json
import random
import shutil
import tempfile
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adversaries.attacked import inert, whole
from coursetools import lessons
from coursetools.grading.batch import grade_folder
from coursetools.grading.feedback import page_name
from coursetools.grading.notebook import read_notebook
from coursetools.grading.notebook.released import release_file
from coursetools.grading.order import FEEDBACK, TABLE, Order
from coursetools.grading.records import Disposition, RunStatus
from grading.damage import DamagedRunner, damaged_bytes, damaged_json, made, right_data, written
from grading.feedback.page import Page
from grading.long import LONG, counted, examples
from grading.scripted import RELEASED, handed_in
from grading.test_grader import LESSON

AT_ONCE = 6
RIGHT = right_data(LESSON)

often = settings(
    deadline=None,
    database=None,
    derandomize=not LONG,
    phases=(Phase.generate,),  # a seed is as small as its damage can be told
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module", autouse=True)
def _same_version():
    """Whoever works on the package meanwhile changes no key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coursetools.grading.batch.version_of", lambda *_: "1")
        yield


def graded(files, lesson, released, right, seed):
    """Grade files and see that each ends as something, and that what is written is whole."""
    folder = Path(tempfile.mkdtemp())
    try:
        for number, data in enumerate(files):
            place = folder / "in" / f"s{number}" / "lesson.ipynb"
            place.parent.mkdir(parents=True)
            place.write_bytes(data)
        order = Order(lesson, released, folder / "out", jobs=1)
        summary = grade_folder(folder / "in", order, lambda: DamagedRunner(right, seed))
        accounted(summary, len(files), lesson, folder / "out")
        again = grade_folder(folder / "in", order, lambda: DamagedRunner(right, seed))
        assert (again.graded_now, again.files) == (0, summary.files)
    finally:
        shutil.rmtree(folder)
    counted("notebooks", len(files))
    counted("of them graded", len(summary.grades))


def accounted(summary, count, lesson, out):
    fates = {file.path: file for file in summary.files}
    assert list(fates) == sorted(f"s{number}/lesson.ipynb" for number in range(count))
    grades = {grade.path: grade for grade in summary.grades}
    for path, file in fates.items():
        assert (file.disposition is Disposition.REJECTED) == (path not in grades)
        assert file.reason or file.disposition is Disposition.GRADED
    for grade in grades.values():
        assert grade.status is not RunStatus.SANDBOX_ERROR, grade.review
        assert [e.exercise for e in grade.exercises] == [e.number for e in lesson.exercises]
        for exercise in grade.exercises:
            assert exercise.score is None or 0 <= exercise.score <= exercise.max_score
            assert "did not work" not in " ".join(exercise.review)
        assert inert(Page(out / FEEDBACK / page_name(grade)))
    assert len(list((out / FEEDBACK).iterdir())) == len(grades) if grades else True
    assert inert(Page(out / "index.html"))
    assert inert(Page(out / "review" / "index.html"))
    assert inert(Page(out / "report.html"), but=["svg"])
    with (out / TABLE).open(encoding="utf-8-sig", newline="") as table:
        assert len(list(csv.DictReader(table))) == len(grades) == whole(out)


@settings(often, max_examples=examples(8, 200))
@given(st.lists(made, min_size=AT_ONCE, max_size=AT_ONCE), st.integers(0, 10**9))
def test_made_notebooks(notebooks, seed):
    graded(
        [written(one) for one in notebooks],
        LESSON,
        read_notebook(RELEASED),
        right_data(LESSON),
        seed,
    )


@settings(often, max_examples=examples(5, 150))
@given(st.integers(0, 10**9))
def test_damaged_notebooks(seed):
    chance = random.Random(seed)
    right = handed_in(written="ada").notebook
    files = [damaged_bytes(right, chance) for _ in range(AT_ONCE)]
    files += [written(damaged_json(json.loads(right), chance, 12)) for _ in range(AT_ONCE)]
    graded(files, LESSON, read_notebook(RELEASED), RIGHT, seed)


@pytest.fixture(scope="module", params=[1, 4])
def real(request):
    """Gives a lesson of the course, its notebook without outputs, and what its answers are."""
    lesson = lessons.load(request.param)
    content = json.loads(release_file(request.param).read_bytes())
    for cell in content["cells"]:
        cell |= {"outputs": []} if cell["cell_type"] == "code" else {}
    content["cells"] = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    right = right_data(lesson) if request.param == 4 else expected_data(request.param)
    return lambda: (lesson, content, right)


def expected_data(number):
    text = resources.files("coursetools.lessons").joinpath(f"expected/lesson_{number}.json")
    return json.loads(text.read_text("utf-8"))


@settings(often, max_examples=examples(2, 25))
@given(seed=st.integers(0, 10**9))
def test_damaged_notebooks_of_a_real_lesson(real, seed):
    lesson, content, right = real()
    chance = random.Random(seed)
    file = written(content)
    files = [file, damaged_bytes(file, chance)]
    files += [written(damaged_json(content, chance, 12)) for _ in range(3)]
    graded(files, lesson, read_notebook(file), right, seed)
