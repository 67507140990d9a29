"""`coursetools move-over`, as an instructor sees it."""

from typer.testing import CliRunner

from coursetools.cli import app
from grading.foreign.test_reading import MADE


def said(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_it_lists_exercises_and_what_could_not_be_taken_over(tmp_path):
    code, words = said("move-over", MADE / "nbgrader-source.ipynb", "--out", tmp_path / "mine")
    assert code == 0, words
    assert "Windows, from nbgrader" in words
    assert "  test-roll: A person marks" in words
    assert "it loops." in words
    assert "--text-answers" in words.splitlines()[-1]
    files = sorted(file.name for file in (tmp_path / "mine").iterdir())
    assert files == ["100-windows.ipynb", "lesson_100.py", "moved.md"]
    assert "**test-roll**" in (tmp_path / "mine" / "moved.md").read_text()
    code, words = said("scheme", tmp_path / "mine" / "lesson_100.py")
    assert code == 0
    assert "What the test `test-stops` asks." in words


def test_what_goes_wrong_is_one_sentence(tmp_path):
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{}")
    for file, number, words in (
        (broken, 100, "cannot be read"),
        (tmp_path / "none.ipynb", 100, "No such file"),
        (MADE / "otter-source.ipynb", 7, "kept for the course"),
    ):
        out = tmp_path / "out"
        code, told = said("move-over", file, "--out", out, "--number", number)
        assert code == 1
        assert told.startswith("coursetools: ")
        assert words in told
        assert not out.exists()
