"""Makes `assignments` anew with the tools themselves, each in an environment of its own.

    PYTHONPATH=tests python -m grading.foreign.making

nbgrader's environment is the grading benchmark's, `.bench/nbgrader`; Otter's is `.bench/otter`,
installed from `requirements.lock` beside this file, with hashes. What is in the folder: what an
instructor writes (`source`), and what each tool makes of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from benchmarks.grading.environment import ROOT, make_environment
from grading.foreign import sources

HERE = Path(__file__).resolve().parent
ASSIGNMENTS = HERE / "assignments"
OTTER_LOCK = HERE / "requirements.lock"
NBGRADER, OTTER = ROOT / ".bench" / "nbgrader", ROOT / ".bench" / "otter"
_STAMP = "made-from"


def otter_environment() -> Path:
    """Make Otter's environment where it is not there yet, and give its command."""
    command, stamp = OTTER / "bin" / "otter", OTTER / _STAMP
    wanted = OTTER_LOCK.read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(OTTER, ignore_errors=True)
        venv.create(OTTER, with_pip=True)
        install = [OTTER / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps"]
        subprocess.run([*install, "--require-hashes", "-r", OTTER_LOCK], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return command


def there() -> bool:
    """Say whether both environments are there."""
    stamp = OTTER / _STAMP
    made = stamp.exists() and stamp.read_text() == OTTER_LOCK.read_text(encoding="utf-8")
    return made and (NBGRADER / _STAMP).exists()


def make_nbgrader(folder: Path) -> None:
    """Write what nbgrader is given and what it makes: `nbgrader-source`, `nbgrader-released`."""
    source = sources.nbgrader_source()
    with tempfile.TemporaryDirectory() as course:
        place = Path(course, "source", "windows")
        place.mkdir(parents=True)
        (place / "windows.ipynb").write_text(source, encoding="utf-8")
        _run(
            [NBGRADER / "bin" / "python", "-m", "nbgrader", "generate_assignment", "windows"],
            Path(course),
        )
        made = Path(course, "release", "windows", "windows.ipynb").read_text(encoding="utf-8")
    (folder / "nbgrader-source.ipynb").write_text(source, encoding="utf-8")
    (folder / "nbgrader-released.ipynb").write_text(_settled(made), encoding="utf-8")


def make_otter(folder: Path, command: Path) -> None:
    """Write what Otter is given and what it makes, with tests inside the notebook and beside it."""
    for name, files in (("otter", False), ("otter-files", True)):
        source = sources.otter_source(files=files)
        with tempfile.TemporaryDirectory() as course:
            Path(course, "windows.ipynb").write_text(source, encoding="utf-8")
            _run([command, "assign", "windows.ipynb", "dist", "--no-run-tests"], Path(course))
            for whose in ("student", "autograder"):
                made = Path(course, "dist", whose)
                place = folder / f"{name}-{whose}"
                place.mkdir(exist_ok=True)
                text = (made / "windows.ipynb").read_text(encoding="utf-8")
                (place / "windows.ipynb").write_text(_settled(text), encoding="utf-8")
                if (made / "tests").is_dir():
                    shutil.copytree(made / "tests", place / "tests", dirs_exist_ok=True)
        if not files:
            (folder / "otter-source.ipynb").write_text(source, encoding="utf-8")
    config = ("--config", ROOT / "pyproject.toml")  # files of Python are laid out as ours are
    _run([sys.executable, "-m", "ruff", "format", "--quiet", "--no-cache", *config, "."], folder)


def _run(command: list[Any], folder: Path) -> None:
    # nbgrader asks its neighbour `alembic` by its name.
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    told = subprocess.run(
        command, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True
    )
    if told.returncode:
        sys.exit(f"{told.stdout}{told.stderr}")


def _settled(text: str) -> str:
    """Leave out what differs from run to run."""
    content = json.loads(text)
    for place, cell in enumerate(content["cells"], 1):
        cell["id"] = f"cell-{place}"
        said = cell["metadata"].get("nbgrader", {})
        if "checksum" in said:
            said["checksum"] = "0" * 32
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Make all of it."""
    if not (NBGRADER / _STAMP).exists():  # the benchmark keeps it up to date
        make_environment(NBGRADER)
    command = otter_environment()
    ASSIGNMENTS.mkdir(exist_ok=True)
    make_nbgrader(ASSIGNMENTS)
    make_otter(ASSIGNMENTS, command)


if __name__ == "__main__":
    main()
