"""A notebook in this process: cells that run one after the other, and what each of them shows."""

from __future__ import annotations

import atexit
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from coursetools.answers import blank
from coursetools.notebook import session

FOLDER = Path(__file__).parent


@dataclass
class Ran:
    """What came of a cell."""

    bundles: list[dict[str, Any]]
    result: Any
    error: BaseException | None

    @property
    def text(self) -> str:
        """All plain text it showed."""
        return "\n".join(bundle["text/plain"] for bundle in self.bundles)

    @property
    def html(self) -> str:
        return "\n".join(bundle["text/html"] for bundle in self.bundles)


class Notebook:
    """Runs cells in an IPython shell of its own."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell

    def __getitem__(self, name: str) -> Any:
        return self.shell.user_ns[name]

    def run(self, source: str, *, fails: bool = False) -> Ran:
        with capture_output() as captured:
            result = self.shell.run_cell(source, store_history=True)
        error = result.error_before_exec or result.error_in_exec
        if error is not None and not fails:
            raise error
        return Ran([output.data for output in captured.outputs], result.result, error)


@pytest.fixture(scope="session")
def practice() -> ModuleType:
    """The practice lesson, importable as `practice_lesson`."""
    name = "practice_lesson"
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, practice: ModuleType) -> Iterator[Any]:
    """A notebook in an empty folder that is not connected to anything."""
    monkeypatch.chdir(tmp_path)
    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=config)
    yield Notebook(shell)
    shell.history_manager.end_session()
    InteractiveShell.clear_instance()
    # At exit each shell would clear itself and collect garbage, through all that tests left.
    atexit.unregister(shell.atexit_operations)
    session._current = None
    blank.exercise_finder = None


@pytest.fixture
def notebook(bare: Notebook) -> Notebook:
    """A notebook that is connected to the practice lesson, for nobody in particular."""
    bare.run(
        "import practice_lesson\n"
        "import coursetools as ct\n"
        "from coursetools.answers import ____\n"
        "q_1, q_2, q_3, q_4 = ct.open_lesson(practice_lesson.LESSON)"
    )
    return bare
