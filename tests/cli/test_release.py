"""`coursetools release`, as it is typed."""

from typer.testing import CliRunner

from coursetools.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["release", *map(str, arguments)])


def test_a_lesson_is_written_and_where_is_said(tmp_path):
    ran = run("--lesson", 1, "--out", tmp_path / "handout")
    assert ran.exit_code == 0
    (made,) = (tmp_path / "handout").iterdir()
    assert ran.stdout.split("\n")[0] == f"notebook: {made}"


def test_a_sealed_one_comes_with_what_is_asked(tmp_path):
    ran = run("--lesson", 1, "--sealed", "--out", tmp_path)
    assert ran.exit_code == 0
    assert (tmp_path / "lesson-1.json").is_file()
    assert "to be put beside the notebook" in ran.stdout
    assert "are public" in ran.stdout


def test_what_cannot_be_released_is_told_in_a_sentence(tmp_path):
    for arguments in (
        ("--lesson", 99),
        ("--lesson", 2, "--sealed"),
        ("--lesson", 1, "--source", "."),
    ):
        ran = run(*arguments, "--out", tmp_path / "out")
        assert ran.exit_code == 1
        assert ran.stderr.startswith("coursetools: ")
        assert "Traceback" not in ran.stderr


def test_help_shows_an_example_and_the_exit_codes():
    text = run("--help").stdout
    assert "coursetools release --lesson 1 --out handout" in text
    assert "Exit codes" in text
