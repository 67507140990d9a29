"""The bubblewrap command: what is bound, what is covered, and nothing of anybody's home."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import coursetools
from coursetools.sandbox import bwrap

PACKAGE = Path(coursetools.__file__).resolve().parent


def line(**more: Any) -> list[str]:
    return bwrap.command(["python"], binary="bwrap", accounts={"/etc/passwd": 9}, **more)


def bound(command: list[str]) -> list[str]:
    return [command[place + 1] for place, word in enumerate(command) if word == "--ro-bind"]


def test_nothing_is_bound_for_writing() -> None:
    words = set(line())
    assert not words & {"--bind", "--dev-bind", "--bind-try", "--share-net"}
    assert {"--unshare-net", "--unshare-pid", "--clearenv", "--unshare-user"} <= words


def test_root_makes_the_mounts_itself_and_keeps_what_it_needs_to_stop_being_root() -> None:
    command = line(as_root=True)
    assert "--unshare-user" not in command
    kept = {command[place + 1] for place, word in enumerate(command) if word == "--cap-add"}
    assert kept == {"CAP_SETUID", "CAP_SETGID", "CAP_SYS_ADMIN"}


def test_covers_come_after_what_they_cover_and_stay() -> None:
    command = line()
    for name in bwrap.COVERED:
        folder = str(PACKAGE / name)
        cover = command.index(folder)
        assert command[cover - 3 : cover + 3] == [
            "--perms", "0555", "--tmpfs", folder, "--remount-ro", folder,
        ]  # fmt: skip
        below = [path for path in bound(command) if PACKAGE.is_relative_to(path)]
        assert all(command.index(path) < cover for path in below)
    assert str(PACKAGE / "lessons") not in line(covered=())


def test_a_checkout_is_not_seen_as_a_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    checkout = tmp_path / "home" / "course"
    for folder in ("coursetools/lessons", "data/pictures", "data/render", "tests", "notebooks"):
        (checkout / folder).mkdir(parents=True)
    (checkout / "pyproject.toml").touch()
    monkeypatch.setattr(bwrap.coursetools, "__file__", str(checkout / "coursetools/__init__.py"))
    monkeypatch.setattr(bwrap.paths, "checkout_folder", lambda: checkout)
    seen = [path for path in bwrap.visible() if path.is_relative_to(tmp_path)]
    names = {str(path.relative_to(checkout)) for path in seen}
    assert names == {"coursetools", "pyproject.toml", "data/pictures"}
    command = line()
    parent = command.index(str(checkout.parent))
    assert command[parent - 1] == "--dir"  # else bubblewrap would make it for its owner only
    assert parent < command.index(str(checkout / "coursetools"))


def test_packages_outside_the_environment_are_seen_and_other_folders_are_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "lib" / "site-packages"
    work = tmp_path / "marks"
    own.mkdir(parents=True)
    work.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(own), str(work)])
    assert own in bwrap.visible()
    assert not any(work.is_relative_to(path) for path in bwrap.visible())
    assert str(own) in bwrap.environment()["PYTHONPATH"].split(":")


def test_other_copies_of_the_package_are_covered_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "site-packages"
    (other / "coursetools" / "lessons").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(other)])
    assert str(other / "coursetools" / "lessons") in line()


def test_no_variable_of_ours_is_handed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSETOOLS_SECRET", "x")
    assert "--clearenv" in line()
    assert "COURSETOOLS_SECRET" not in line()
    assert bwrap.environment()["PYTHONHASHSEED"] == "0"
