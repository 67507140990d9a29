"""pyproject.toml, the two locks and environment.yml say the same, and the environment is that."""

import re
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = ({"sys_platform": "linux", "os_name": "posix"}, {"sys_platform": "darwin"})


@pytest.fixture(scope="module")
def lock(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("lock")


@pytest.fixture(scope="module")
def runtime(lock: ModuleType) -> dict[str, str]:
    blocks: dict[str, str] = lock.read_lock(lock.RUNTIME_LOCK.read_text(encoding="utf-8"))
    return blocks


@pytest.fixture(scope="module")
def tests_only(lock: ModuleType) -> dict[str, str]:
    blocks: dict[str, str] = lock.read_lock(lock.TESTS_LOCK.read_text(encoding="utf-8"))
    return blocks


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def environment(python: str, system: dict[str, str]) -> dict[str, str]:
    return {"python_version": python, "python_full_version": f"{python}.9", **system}


def pins_for(lines: list[str], python: str, system: dict[str, str]) -> dict[str, Version]:
    """Return name -> version of the lines that count for a Python and a system."""
    where = environment(python, system)
    pins: dict[str, Version] = {}
    for line in lines:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(where):
            name = canonicalize_name(requirement.name)
            assert name not in pins, f"{name} would be installed twice"
            pins[name] = Version(str(requirement.specifier).removeprefix("=="))
    return pins


def assert_satisfied(
    wanted: list[str], pins: dict[str, Version], python: str, system: dict[str, str]
) -> None:
    where = environment(python, system)
    for requirement in map(Requirement, wanted):
        if requirement.marker is not None and not requirement.marker.evaluate(where):
            continue
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin is not None, f"`{requirement}` is missing from the lock: run make lock"
        assert pin in requirement.specifier, f"`{requirement}` but the lock has {pin}: make lock"


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system["sys_platform"])
def test_locks_satisfy_pyproject_and_pin_nothing_twice(
    project: dict[str, Any],
    runtime: dict[str, str],
    tests_only: dict[str, str],
    python: str,
    system: dict[str, str],
) -> None:
    table = project["project"]
    build = project["dependency-groups"]["build"]
    pins = pins_for([*runtime], python, system)
    assert_satisfied(table["dependencies"] + build, pins, python, system)
    both = pins_for([*runtime, *tests_only], python, system)
    assert_satisfied(table["optional-dependencies"]["dev"], both, python, system)


def test_build_group_is_what_the_build_system_asks_for(project: dict[str, Any]) -> None:
    assert project["dependency-groups"]["build"] == project["build-system"]["requires"]


def test_every_requirement_has_hashes_and_no_address(
    runtime: dict[str, str], tests_only: dict[str, str]
) -> None:
    for line, block in (runtime | tests_only).items():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), line
        assert "//" not in block, line


def test_environment_yml_has_the_same_pins(
    root: Path, lock: ModuleType, runtime: dict[str, str], project: dict[str, Any]
) -> None:
    text = (root / "environment.yml").read_text(encoding="utf-8")
    assert text == lock.environment(runtime), "run make lock"
    *conda, pip = yaml.safe_load(text)["dependencies"]
    assert [line.split("=")[0] for line in conda] == ["python", "pip"]
    assert conda[0].removeprefix("python=") in PYTHONS
    assert pip["pip"] == [*runtime, "-e ."]


def test_installed_versions_are_those_of_the_locks(
    runtime: dict[str, str], tests_only: dict[str, str]
) -> None:
    if not (Path(sys.prefix) / "stamps").is_dir():
        pytest.skip("this Python is not the one that `make setup` made")
    counting = [Requirement(line) for line in [*runtime, *tests_only]]
    counting = [line for line in counting if line.marker is None or line.marker.evaluate()]
    wrong = [f"{line}: {installed(line.name)}" for line in counting if not is_met(line)]
    assert wrong == []


def installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def is_met(requirement: Requirement) -> bool:
    found = installed(requirement.name)
    return found is not None and found in requirement.specifier


def test_a_requirement_with_two_versions_is_refused(lock: ModuleType) -> None:
    with pytest.raises(ValueError, match=r"numpy==2\.1"):
        lock.added({"numpy==2.1": "numpy==2.1 \\\n"}, {"numpy==2.0": "numpy==2.0 \\\n"})


def test_only_what_the_tests_add_is_in_their_lock(lock: ModuleType) -> None:
    both = {"a==1": "a==1\n", "b==2 ; os_name == 'nt'": "b\n", "c==3": "c==3\n"}
    assert lock.added(both, {"a==1": "a==1\n", "b==2": "b==2\n"}) == "c==3\n"
