"""Templates and what they fork, for the tests of warm kernels."""

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coursetools.kernels.forked import ForkedKernel, Template
from coursetools.kernels.install import install, kernelspec_file
from coursetools.kernels.provisioner import can_fork

QUICK = ("numpy", "runpy")

if not can_fork():
    collect_ignore_glob = ["test_f*.py", "test_p*.py", "test_w*.py"]


def eventually(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether a process is there and is not a corpse."""
    with contextlib.suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return False


def write_kernelspecs(folder: Path) -> None:
    """Write kernelspecs `warm` and `cold`, otherwise like the environment's own, into a folder."""
    spec = json.loads(kernelspec_file().read_text("utf-8"))
    for name in ("cold", "warm"):
        file = folder / "kernels" / name / "kernel.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(spec), encoding="utf-8")
        install(file, warm=name == "warm")


@pytest.fixture
def template() -> Iterator[Template]:
    """A template that is ready quickly."""
    template = Template(QUICK)
    yield template
    template.stop()


@pytest.fixture
def launcher(tmp_path: Path) -> Path:
    """A folder with a stand-in for ipykernel's launcher: it runs the Python it is handed."""
    (tmp_path / "ipykernel_launcher.py").write_text("import sys\nexec(sys.argv[1])\n", "utf-8")
    return tmp_path


@pytest.fixture
def fork(template: Template, launcher: Path) -> Callable[..., ForkedKernel]:
    """Fork a child that runs some Python where a kernel would start; its output goes to a file."""

    def fork(code: str, **options: object) -> ForkedKernel:
        options = {"env": dict(os.environ), "cwd": launcher} | options
        return template.fork(["ipykernel_launcher", code], **options)

    return fork
