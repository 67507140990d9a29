"""`coursetools review` says what is wrong before it serves anything."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from typer.testing import CliRunner

from coursetools.cli import app
from coursetools.grading.gradebook import open_gradebook
from coursetools.grading.order import GRADEBOOK


def said(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["review", *map(str, arguments), "--no-browser"])
    return result.exit_code, " ".join(result.output.split())


def test_a_folder_without_a_gradebook(tmp_path: Path) -> None:
    code, words = said(tmp_path)
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert "name the folder that `coursetools grade` wrote into." in words


def test_a_gradebook_in_which_nothing_is_graded(tmp_path: Path) -> None:
    open_gradebook(tmp_path / GRADEBOOK).close()
    code, words = said(tmp_path)
    assert code == 1
    assert "Run `coursetools grade` into it once more" in words


def test_a_file_that_is_no_gradebook(tmp_path: Path) -> None:
    (tmp_path / GRADEBOOK).write_text("text " * 200)
    code, words = said(tmp_path)
    assert code == 1
    assert "that file is something else" in words


def test_a_port_that_is_taken(out: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, ThreadPoolExecutor(1) as thread:
        port = other.getsockname()[1]
        # In a thread of its own: a browser's tests leave a loop running in this one.
        code, words = thread.submit(said, out, "--port", port).result()
    assert code == 1
    assert "cannot be served at port" in words
    assert "Name another `--port`" in words
