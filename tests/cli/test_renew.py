"""`coursetools reset` and `coursetools update`: what a student wrote is not lost by either."""

import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from coursetools.cli import app

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LESSON = "2-convolution-and-relu.ipynb"


def said(*arguments):
    result = CliRunner().invoke(app, list(map(str, arguments)))
    return result.exit_code, result.output


def read(path):
    return nbformat.read(path, as_version=4)


def cell_of(notebook, exercise):
    (found,) = (c for c in notebook.cells if c.source.startswith(f"# Exercise {exercise}:"))
    return found


def code(source, cell_id):
    return nbformat.v4.new_code_cell(source, id=cell_id)


@pytest.fixture
def mine(tmp_path):
    """A student's notebook: an id, two answers, a cell and a note added, one cell changed."""
    path = tmp_path / "mine" / LESSON
    path.parent.mkdir()
    notebook = read(NOTEBOOKS / LESSON)
    (connect,) = (c for c in notebook.cells if c.id == "connect")
    connect.source = connect.source.replace('student_id=""', "student_id=\"ada '1'\"")
    for exercise in ("2.1", "2.4"):
        cell = cell_of(notebook, exercise)
        cell.source = cell.source.replace("____", "my_answer", 1)
        cell.outputs = [nbformat.v4.new_output("stream", text=f"mine of {exercise}")]
    place = notebook.cells.index(cell_of(notebook, "2.4"))
    notebook.cells.insert(place + 1, code("my_own = 1", "my-own"))
    notebook.cells.insert(place, nbformat.v4.new_markdown_cell("A note of mine.", id="my-note"))
    nbformat.write(notebook, path)
    return path


@pytest.fixture
def corrected(tmp_path):
    """A release with a text changed, an answer cell changed, and a cell added."""
    folder = tmp_path / "corrected"
    folder.mkdir()
    notebook = read(NOTEBOOKS / LESSON)
    notebook.cells[0].source += "\n\nCorrected."
    cell_of(notebook, "2.2").source += "\n# be careful"
    notebook.cells.insert(3, code("new_of_the_course = 2", "a-new-one"))
    nbformat.write(notebook, folder / LESSON)
    return folder


def backups(path):
    return sorted((path.parent / ".coursetools" / "backups").iterdir())


def test_one_answer_is_as_it_was_and_nothing_else(mine):
    before = mine.read_bytes()
    status, words = said("reset", "2.4", mine)
    assert status == 0, words
    (kept,) = backups(mine)
    assert str(kept) in words.replace("\n", "")
    assert kept.read_bytes() == before
    then, now = nbformat.reads(before.decode(), 4), read(mine)
    was = cell_of(read(NOTEBOOKS / LESSON), "2.4")
    assert cell_of(now, "2.4").source == was.source
    changed = [c.id for c, d in zip(now.cells, then.cells, strict=True) if c != d]
    assert changed == [was.id]


def test_a_cell_that_is_gone_comes_back_where_it_was(mine):
    notebook = read(mine)
    place = notebook.cells.index(cell_of(notebook, "2.4"))
    del notebook.cells[place]
    nbformat.write(notebook, mine)
    assert said("reset", "2.4", mine)[0] == 0
    ids = [cell.id for cell in read(mine).cells]
    was = [cell.id for cell in read(NOTEBOOKS / LESSON).cells]
    gone = cell_of(read(NOTEBOOKS / LESSON), "2.4").id
    assert [i for i in ids if not i.startswith("my-")] == was
    assert ids.index(gone) in (place, place - 1)


def test_a_corrected_release_takes_everything_of_the_students_along(mine, corrected):
    before = mine.read_bytes()
    status, words = said("update", mine, "--release", corrected)
    assert status == 0, words
    assert "2 answers and 2 cells of your own" in words.replace("\n", " ")
    assert backups(mine)[0].read_bytes() == before
    now, new = read(mine), read(corrected / LESSON)
    assert now.cells[0].source.endswith("Corrected.")
    assert cell_of(now, "2.2").source.endswith("# be careful")
    for exercise in ("2.1", "2.4"):
        assert "my_answer" in cell_of(now, exercise).source
        assert cell_of(now, exercise).outputs[0].text == f"mine of {exercise}"
    (connect,) = (c for c in now.cells if c.id == "connect")
    assert "student_id=\"ada '1'\"" in connect.source
    ids = [cell.id for cell in now.cells]
    assert len(set(ids)) == len(ids)
    sources = [cell.source for cell in now.cells]
    place = sources.index(cell_of(now, "2.4").source)
    assert sources[place - 1 : place + 2 : 2] == ["A note of mine.", "my_own = 1"]
    assert [i for i in ids if i in {c.id for c in new.cells}] == [c.id for c in new.cells]
    nbformat.validate(now)


def test_an_update_is_made_once(mine, corrected):
    said("update", mine, "--release", corrected)
    first = mine.read_bytes()
    status, words = said("update", mine, "--release", corrected / LESSON)
    assert status == 0
    assert "nothing was changed" in words
    assert mine.read_bytes() == first
    assert len(backups(mine)) == 1


def test_an_earlier_answer_is_kept_beside_the_one_that_counts(mine, corrected):
    notebook = read(mine)
    notebook.cells.append(code(cell_of(notebook, "2.4").source + "\n# later", "later"))
    nbformat.write(notebook, mine)
    assert said("update", mine, "--release", corrected)[0] == 0
    assert [c.source.endswith("# later") for c in read(mine).cells if "# Exercise 2.4" in c.source]
    assert sum(c.source.startswith("# Exercise 2.4") for c in read(mine).cells) == 2


def test_in_a_clone_the_release_is_what_was_committed(mine, tmp_path):
    clone = tmp_path / "clone"
    clone.mkdir()
    shutil.copy(NOTEBOOKS / LESSON, clone)
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@b", "-C", str(clone))
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "release")):
        subprocess.run([*git, *command], check=True)
    shutil.copy(mine, clone / LESSON)
    assert said("reset", "2.1", clone / LESSON, "--release", clone)[0] == 0
    assert "my_answer" not in cell_of(read(clone / LESSON), "2.1").source
    shutil.rmtree(clone / ".git")
    status, words = said("reset", "2.1", clone / LESSON, "--release", clone)
    assert status == 1
    assert "--release FILE" in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("reset", "2.9"), "There is no exercise 2.9 in this lesson; it has 2.1, 2.2"),
        (("reset", "two"), "There is no exercise two"),
    ],
)
def test_what_is_asked_wrongly_changes_nothing(mine, arguments, words):
    before = mine.read_bytes()
    status, told = said(*arguments, mine)
    assert status == 1
    assert words in told
    assert mine.read_bytes() == before
    assert not (mine.parent / ".coursetools").exists()


def test_which_notebook_is_asked_for(tmp_path, monkeypatch, mine):
    monkeypatch.chdir(tmp_path)
    status, words = said("reset", "2.4")
    assert status == 1
    assert "Which notebook?" in words
    monkeypatch.chdir(mine.parent)
    assert said("reset", "2.4")[0] == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"cells": [], "nbformat": 4}'])
def test_what_is_no_notebook_stays_as_it_is(tmp_path, content):
    path = tmp_path / LESSON
    path.write_bytes(content)
    for arguments in (("update", path), ("reset", "2.1", path)):
        status, words = said(*arguments)
        assert status == 1
        assert "coursetools: " in words
    assert path.read_bytes() == content


def test_a_full_disk_loses_nothing(mine, corrected, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device", str(path))

    before = mine.read_bytes()
    monkeypatch.setattr("coursetools.cli.renew.write_whole", full)
    status, words = said("update", mine, "--release", corrected)
    assert status == 1
    assert "disk is full" in words
    assert mine.read_bytes() == before
