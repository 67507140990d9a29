"""House rules for what a clone holds: sizes, addresses, notebooks."""

import json
import re
from pathlib import Path

import pytest

LONGEST_MODULE = 400  # lines
LARGEST_NOTEBOOK = 2_000_000  # bytes
# A path from somebody's home or scratch folder; "/home/jovyan" and the like in prose are no better.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|tmp|farm|mnt|opt)/\w[\w./-]+")
# The sandbox has folders of its own below /tmp, which are nobody's.
SANDBOX = ("coursetools/sandbox", "tests/sandbox", "tests/adversaries")
IN_THE_SANDBOX = re.compile(r"/tmp/(?:home|work|matplotlib|left|fifo|\.\.)\b")
REGISTRY = re.compile(
    r"https?://|--(?:extra-)?index-url|--find-links|files\.pythonhosted|pypi\.org", re.IGNORECASE
)
TEXT = {".py", ".ipynb", ".md", ".toml", ".yml", ".yaml", ".cfg", ".json", ".txt", ".lock", ""}


def text_files(tracked: list[Path]) -> list[Path]:
    return [path for path in tracked if path.suffix in TEXT and path.stat().st_size < 5_000_000]


def notebooks(tracked: list[Path]) -> list[Path]:
    # What students hand in is broken in many ways, and so are the samples of it.
    handed_in = Path(__file__).parents[1] / "submissions"
    return [p for p in tracked if p.suffix == ".ipynb" and not p.is_relative_to(handed_in)]


def test_no_module_is_long(tracked: list[Path]) -> None:
    long = {
        path.name: lines
        for path in tracked
        if path.suffix == ".py"
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_no_path_of_a_machine(tracked: list[Path], root: Path) -> None:
    found = {
        f"{path.relative_to(root)}: {match.group()}"
        for path in text_files(tracked)
        if path != Path(__file__)
        for match in MACHINE_PATH.finditer(path.read_text(encoding="utf-8"))
        if not (
            path.relative_to(root).as_posix().startswith(SANDBOX)
            and IN_THE_SANDBOX.match(match.group())
        )
    }
    assert found == set()


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "tests/requirements.lock",
        "tests/benchmarks/grading/requirements.lock",
        "environment.yml",
        "pyproject.toml",
    ],
)
def test_no_address_of_a_registry(root: Path, name: str) -> None:
    assert REGISTRY.findall((root / name).read_text(encoding="utf-8")) == []


def test_notebooks_are_small(tracked: list[Path]) -> None:
    large = {
        path.name: path.stat().st_size
        for path in notebooks(tracked)
        if path.stat().st_size > LARGEST_NOTEBOOK
    }
    assert large == {}


def test_notebooks_ask_for_the_kernel_every_jupyter_has(tracked: list[Path]) -> None:
    for path in notebooks(tracked):
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        assert metadata["kernelspec"]["name"] == "python3", path.name


def test_machine_paths_are_recognised() -> None:
    assert MACHINE_PATH.findall("see /home/jovyan/data or `/tmp/lab/x.py`") == [
        "/home/jovyan/data",
        "/tmp/lab/x.py",
    ]
    assert not MACHINE_PATH.search("notebooks/home/x, ~/data, https://site.org/work/x, n/work/y")
