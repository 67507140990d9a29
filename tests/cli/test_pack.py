"""`coursetools pack`: one zip that the grader takes as one submission."""

import pytest
from typer.testing import CliRunner

from coursetools.cli import app
from coursetools.grading.intake import receive
from grading.scripted import handed_in


def packed(*arguments):
    return CliRunner().invoke(app, ["pack", *map(str, arguments)])


@pytest.mark.parametrize("capstone", [None, b"weights"])
def test_what_was_packed_is_one_submission(tmp_path, capstone):
    notebook = tmp_path / "mine" / "lesson.ipynb"
    notebook.parent.mkdir()
    notebook.write_bytes(handed_in().notebook)
    if capstone is not None:
        (notebook.parent / "capstone.npz").write_bytes(capstone)
    out = tmp_path / "handed in" / "ada.zip"
    out.parent.mkdir()
    result = packed(notebook, "--out", out)
    assert result.exit_code == 0
    first = out.read_bytes()
    packed(notebook, "--out", out)
    assert out.read_bytes() == first
    (submission,) = receive(out.parent).submissions
    assert submission.notebook == notebook.read_bytes()
    assert submission.capstone == capstone
    assert sorted(path.name for path in out.parent.iterdir()) == ["ada.zip"]


def test_what_is_no_notebook_is_not_packed(tmp_path):
    notebook = tmp_path / "lesson.ipynb"
    notebook.write_bytes(b"{")
    result = packed(notebook)
    assert result.exit_code == 1
    assert not notebook.with_suffix(".zip").exists()
