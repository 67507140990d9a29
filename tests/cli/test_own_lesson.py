"""An instructor's own lesson with every command, from its file to the marks."""

import csv

import pytest
from typer.testing import CliRunner

from coursetools.cli import app
from coursetools.cli import grade as grade_command
from coursetools.lessons.own import load_own
from coursetools.sandbox import why_not
from lessons.own_page import MODULE, cell, notebook, write_lesson

needs_sandbox = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")

LOOK = """
import importlib, pathlib, re, sys

def found(pattern):  # a pattern, since the text itself would find itself
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb") as memory:
        for line in maps:
            place, rights, *rest = line.split()
            if "r" not in rights or rest[-1] in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            if end - start > 1 << 28:
                continue
            try:
                memory.seek(start)
                if re.search(pattern, memory.read(end - start)):
                    return True
            except OSError:
                pass
    return False

def imports(name):
    sys.path.insert(0, FOLDER)
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True

control = "".join(["a control", " that is there"])
print("file", pathlib.Path(FOLDER, "my_lesson.py").exists(), pathlib.Path(FOLDER).exists())
print("import", imports("my_lesson"), imports("lesson_100"))
print("own", any("own_lesson" in name for name in sys.modules))
print("memory", found(b"last two begin non[e]"), found(b"a control that is ther[e]"))
"""


def said(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture
def lesson(tmp_path):
    return write_lesson(tmp_path / "mine")


def right(lesson, student):
    return str(load_own(lesson).exercise("100.1").draw_for(student)["n"] - 2)


def test_its_scheme_is_printed(lesson):
    code, words = said("scheme", lesson)
    assert code == 0
    assert "100 Windows" in words
    assert "Every window that fits" in words


def test_it_is_released_with_its_file(lesson, tmp_path):
    out = tmp_path / "out"
    code, words = said("release", "--lesson", lesson, "--out", out)
    assert code == 0, words
    assert sorted(p.name for p in out.iterdir()) == ["100-windows.ipynb", "lesson_100.py"]
    assert (out / "lesson_100.py").read_text() == MODULE
    assert "with their solutions" in words


def test_it_is_released_sealed(lesson, tmp_path):
    out = tmp_path / "out"
    code, words = said("release", "--lesson", lesson, "--sealed", "--out", out)
    assert code == 0, words
    assert sorted(p.name for p in out.iterdir()) == ["100-windows.ipynb", "lesson-100.json"]
    assert "begin none" not in (out / "lesson-100.json").read_text()
    assert "are public" not in words


@pytest.mark.parametrize("command", ["scheme", "release", "grade"])
def test_a_broken_one_is_told_in_a_sentence(command, tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("import no_such_module")
    out = tmp_path / "out"
    for named, words in (
        (broken, "does not run"),
        ("two", "neither a lesson's number"),
        (99, "99"),
    ):
        arguments = {
            "scheme": ["scheme", named],
            "release": ["release", "--lesson", named, "--out", out],
            "grade": ["grade", tmp_path, "--lesson", named, "--out", out],
        }[command]
        code, told = said(*arguments)
        assert code == 1
        assert told.startswith("coursetools: ")
        assert words in told
    assert not out.exists()


def test_a_student_checks_it(lesson, tmp_path):
    out = tmp_path / "out"
    said("release", "--lesson", lesson, "--out", out)
    mine = out / "100-windows.ipynb"
    mine.write_bytes(notebook(right(lesson, "anna"), "anna"))
    code, words = said("check", mine)
    assert code == 0, words
    assert "Score: 2 of 2 for the id anna" in words
    (out / "lesson_100.py").unlink()
    code, words = said("check", mine)
    assert code == 1
    assert "is beside the notebook" in words


def test_of_a_sealed_one_a_check_says_only_that_answers_were_read(lesson, tmp_path):
    out = tmp_path / "out"
    said("release", "--lesson", lesson, "--sealed", "--out", out)
    mine = out / "100-windows.ipynb"
    for answer, words in (("4711", "was read"), ("____", "is still blank"), ("'x'", "cannot be")):
        mine.write_bytes(notebook(answer, "anna"))
        code, told = said("check", mine)
        assert code == 0, told
        assert f"`windows` {words}" in told
        assert "Nothing is marked here" in told
        assert "Score" not in told
        assert "person" not in told


@needs_sandbox
def test_it_is_graded_and_no_submission_can_look_at_it(lesson, tmp_path):
    handed_in = tmp_path / "handed-in"
    handed_in.mkdir()
    assert "last two begin none" in MODULE
    look = f"FOLDER = {str(lesson.parent)!r}\n{LOOK}"
    (handed_in / "anna.ipynb").write_bytes(notebook(right(lesson, "anna"), "anna"))
    (handed_in / "ben.ipynb").write_bytes(notebook("3", "ben", cell("look", look)))
    out = tmp_path / "graded"
    code, words = said("grade", handed_in, "--lesson", lesson, "--out", out, "--jobs", 1)
    assert code == 0, words
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        scores = {line["id"]: line["score"] for line in csv.DictReader(file)}
    assert scores == {"anna": "2", "ben": "0"}
    page = next(p for p in (out / "feedback").iterdir() if "ben" in p.name).read_text()
    assert "file False False" in page
    assert "import False False" in page
    assert "own False" in page
    assert "memory False True" in page


def test_a_lesson_where_submissions_could_read_it_is_refused(lesson, tmp_path, monkeypatch):
    monkeypatch.setattr(grade_command, "why_not", lambda: None)
    monkeypatch.setattr(grade_command, "inside", lambda file: file == lesson)
    code, words = said("grade", tmp_path, "--lesson", lesson, "--out", tmp_path / "out")
    assert code == 1
    assert "where submissions can read it" in words
