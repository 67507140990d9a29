"""`coursetools export`, as an instructor types it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from coursetools.cli import app
from coursetools.grading.arrival import Arrival, Lateness
from coursetools.grading.gradebook import Grading, open_gradebook
from coursetools.grading.order import GRADEBOOK
from grading.export.a_class import ADA, BOB, failed_by_us, student
from grading.gradebook.test_book import GRADING, save
from grading.samples import submission

PLATFORMS = ("canvas", "moodle", "gradescope")


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    doubted = replace(BOB, review=("Whose is it?",))
    steering = student("e", "\x1b[2J\u202eEve", "", review=("Odd.",))
    with open_gradebook(folder / GRADEBOOK) as book:
        save(book, ADA, doubted, steering, failed_by_us())
    return folder


def said(*words):
    result = CliRunner().invoke(app, ["export", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_held_back_is_told_by_name(out, tmp_path, platform):
    code, words = said(platform, out, "--write", tmp_path / "w")
    assert code == 0, words
    assert "1 of 4 grades written" in words
    assert "3 held back" in words
    assert "b1906 Bob Öz: a person has still to look at it." in words
    assert "zoe Zoe: grading failed on our side" in words
    assert all(sign.isprintable() or sign == "\n" for sign in words)
    code, words = said(platform, out, "--write", tmp_path / "w", "--unreviewed")
    assert (code, "3 of 4 grades written" in words) == (0, True), words


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--lesson", "2"], "Lesson 2 is not graded there; graded are: 1."),
        (["--lesson", "nowhere.txt"], "neither a lesson's number"),
        (["--database", "sqlite:////nowhere/at/all.sqlite"], "cannot be opened"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(out, tmp_path, platform, more, told):
    code, words = said(platform, out, "--write", tmp_path / "w", *more)
    assert (code, told in words, "Traceback" in words) == (1, True, False), words
    assert not (tmp_path / "w").exists()


def test_a_table_that_is_none_or_not_there_is_told(out, tmp_path):
    table = tmp_path / "g.csv"
    for how, told in ((None, "g.csv"), ("id,name\n", "no gradebook of Canvas's")):
        if how is not None:
            table.write_text(how, "utf-8")
        code, words = said("canvas", out, "--columns", table, "--write", tmp_path / "w")
        assert (code, told in words, "Nothing was written" in words) == (1, True, True), words
    code, words = said("canvas", out, "--columns", table, "--write", table)
    assert (code, "Two files have the same name" in words) == (1, True)
    assert table.read_text("utf-8") == "id,name\n"


def test_of_several_lessons_one_is_named(out, tmp_path):
    with open_gradebook(out / GRADEBOOK) as book:
        save(book, replace(ADA, lesson=2), grading=Grading(2, "0.1", {}))
    code, words = said("canvas", out, "--write", tmp_path / "w")
    assert (code, "`--lesson`; graded there: 1, 2." in words) == (1, True), words
    assert said("canvas", out, "--write", tmp_path / "w", "--lesson", "2")[0] == 0
    assert "Convolution and ReLU" in (tmp_path / "w").read_text("utf-8")


def test_a_folder_without_a_gradebook_is_not_made_one(tmp_path):
    code, words = said("moodle", tmp_path, "--write", tmp_path / "w")
    assert (code, "There is no `" in words) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_taken_off_for_lateness_is_told_so_that_it_is_not_taken_twice(tmp_path):
    late = Lateness(datetime(2026, 11, 23, tzinfo=UTC), begun=1, percent=50)
    with open_gradebook(tmp_path / GRADEBOOK) as book:
        save(book, ADA)
        key = GRADING.key_of(submission(ADA))
        book.make_count(GRADING, {key: Arrival(lateness=late)})
    code, words = said("canvas", tmp_path, "--write", tmp_path / "w")
    assert (code, "taken off of 1 of them already" in words) == (0, True), words
    assert ",1.5\r\n" in (tmp_path / "w").read_bytes().decode()
