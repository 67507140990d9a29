"""A lesson outside the package: its file, what lies beside a notebook, and the page about it."""

import pytest

import coursetools as ct
from coursetools.exercises.sealed import declaration_name
from coursetools.grading.release import release
from coursetools.lessons import UnknownLessonError
from coursetools.lessons.own import OwnLessonError, lesson_beside, load_own
from coursetools.lessons.trying import try_answer
from lessons.own_page import MODULE, TEST, write_lesson


def test_the_page_works_as_it_stands(tmp_path, monkeypatch):
    write_lesson(tmp_path, "lesson_100.py")
    monkeypatch.chdir(tmp_path)
    assert TEST.count("\nassert ") >= 4
    exec(compile(TEST, "the page's test", "exec"), {})
    assert not (tmp_path / "__pycache__").exists()


def test_the_pages_test_can_fail(tmp_path, monkeypatch):
    wrong = MODULE.replace('windows != draw["n"] - 2', 'windows != draw["n"] - 1')
    assert wrong != MODULE
    (tmp_path / "lesson_100.py").write_text(wrong)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError):
        exec(compile(TEST, "the page's test", "exec"), {})


def test_a_students_notebook_connects_with_what_lies_beside_it(tmp_path, monkeypatch, capsys):
    write_lesson(tmp_path, "lesson_100.py")
    monkeypatch.chdir(tmp_path)
    (q_1,) = ct.connect(lesson=100)
    q_1.solution()
    assert "windows = " in capsys.readouterr().out


def test_a_sealed_one_comes_before_the_module(tmp_path):
    file = write_lesson(tmp_path, "lesson_100.py")
    assert lesson_beside(100, tmp_path).exercise("100.1").has_solution
    release(load_own(file), tmp_path / "out", sealed=True, source=tmp_path)
    (tmp_path / "out" / declaration_name(100)).rename(tmp_path / declaration_name(100))
    assert lesson_beside(100, tmp_path).sealed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = (", "does not run: SyntaxError in line 1"),
        ("\nimport no_such_module", "ModuleNotFoundError in line 2"),
        ("raise SystemExit(0)", "SystemExit in line 1"),
        ("LESSONS = 3", "defines no `LESSON`"),
        ("LESSON = 3", "no `Lesson`"),
        (MODULE.replace("100", "2"), "is kept for the course"),
        (MODULE.replace('"100.1"', '"101.1"'), "not one of lesson 100"),
        (b"\xff\xfe\x00", "does not run"),
    ],
)
def test_a_broken_file_is_told_in_a_sentence(tmp_path, text, said):
    file = tmp_path / "lesson_100.py"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(OwnLessonError) as told:
        load_own(file)
    assert said in str(told.value)
    assert str(file) in str(told.value)


def test_a_missing_or_another_file_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OwnLessonError, match=r"lesson_100\.py.*is beside the notebook"):
        ct.connect(lesson=100)
    write_lesson(tmp_path, "lesson_101.py")
    with pytest.raises(OwnLessonError, match="defines lesson 100"):
        ct.connect(lesson=101)
    with pytest.raises(UnknownLessonError, match="There is no lesson `99`"):
        ct.connect(lesson=99)
    with pytest.raises(OwnLessonError, match="cannot be read"):
        load_own(tmp_path / "none.py")


def test_a_changed_file_is_read_anew(tmp_path):
    file = write_lesson(tmp_path)
    before = load_own(file).exercise("100.1")
    file.write_text(MODULE.replace('draw["n"] - 2', 'draw["n"] - 4'))
    after = load_own(file).exercise("100.1")
    n = before.draw_for("")["n"]
    assert try_answer(before, windows=n - 2).solved
    assert try_answer(after, windows=n - 4).solved
    assert "- 4" in after.solution_for("")
