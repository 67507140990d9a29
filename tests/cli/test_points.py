"""`coursetools points`, as an instructor types it."""

import pytest
from typer.testing import CliRunner

from coursetools.cli import app
from coursetools.grading.gradebook import open_gradebook
from coursetools.grading.order import GRADEBOOK
from grading.gradebook.test_book import GRADING, save
from grading.samples import full_grade


@pytest.fixture
def out(tmp_path):
    with open_gradebook(tmp_path / GRADEBOOK) as book:
        save(book, full_grade("ada"))
    return tmp_path


def said(out, *words):
    result = CliRunner().invoke(app, ["points", "--out", str(out), *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def lines(out):
    with open_gradebook(out / GRADEBOOK) as book:
        return [line for line in book.lines() if line.startswith("persons_points")]


def test_one_answer_is_marked(out):
    code, words = said(out, "ada", "1.3", "2.5", "--comment", "Well said.", "--by", "mia")
    assert (code, "1 saved" in words) == (0, True), words
    with open_gradebook(out / GRADEBOOK) as book:
        (ada,) = book.grades(GRADING)
    assert ada.exercises[2].person.comment == "Well said."
    assert '"given_by": "mia"' in lines(out)[0]


def test_the_table_and_the_page_show_it_at_once_and_show_it_taken_back(out):
    said(out, "ada", "1.3", "2.5", "--comment", "Well said.")
    (page,) = (out / "feedback").iterdir()
    assert "Well said." in page.read_text("utf-8")
    assert ",5.5,14," in (out / "gradebook.csv").read_text("utf-8")
    assert (out / "report.html").is_file()
    code, words = said(out, "ada", "1.3", "take-back")
    assert (code, lines(out)) == (0, []), words
    assert "Well said." not in page.read_text("utf-8")
    assert ",6,14," in (out / "gradebook.csv").read_text("utf-8")


def test_points_are_saved_though_the_pages_cannot_be_written(out):
    (out / "feedback").write_text("a file where the pages' folder should be", "utf-8")
    code, words = said(out, "ada", "1.3", "2.5")
    assert (code, "are saved all the same" in words, len(lines(out))) == (1, True, 1), words
    assert "Nothing was saved" not in words


def test_a_table_is_saved_whole_or_not_at_all(out, tmp_path):
    table = tmp_path / "points.csv"
    table.write_text("id,exercise,points\nada,1.3,1\nzoe,1.3,1\nada,1.4,9\n", "utf-8")
    code, words = said(out, "--csv", table)
    assert code == 1
    assert "Line 3: nobody with the id `zoe`" in words
    assert "Line 4: `9` is no number from 0 to 3" in words
    assert words.endswith("Nothing was saved.\n")
    assert lines(out) == []
    table.write_text("id,exercise,points\nada,1.3,1\nada,1.4,2\n", "utf-8")
    assert said(out, "--csv", table)[0] == 0
    assert len(lines(out)) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ada", "1.3"], "Give STUDENT, EXERCISE and POINTS"),
        ([], "--csv FILE"),
        (["ada", "1.3", "7"], "from 0 to 3"),
        (["--csv", "none.csv"], "none.csv"),
        (["ada", "1.3", "1", "--csv", "none.csv"], "Give STUDENT"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(out, arguments, told):
    code, words = said(out, *arguments)
    assert (code, told in words, "Traceback" in words) == (1, True, False), words
    assert lines(out) == []


def test_a_folder_without_a_gradebook_is_not_made_one(tmp_path):
    code, words = said(tmp_path, "ada", "1.3", "1")
    assert (code, "There is no `" in words) == (1, True)
    assert list(tmp_path.iterdir()) == []
