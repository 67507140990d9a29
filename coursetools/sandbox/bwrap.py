"""The bubblewrap command that the template runs in: what can be seen there, and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import coursetools
from coursetools import paths
from coursetools.sandbox import settings

COVERED = ("lessons", "exercises", "grading")
"""Parts of the package that an empty folder covers: solutions, checks, expected values."""

NOBODY = 65534
"""Who the template is if root started it."""

_PACKED_DATA = (
    "README.md",
    "car-or-truck",
    "car-or-truck-32",
    "histories",
    "manifest.json",
    "pictures",
    "trained",
)
"""What of the checkout's data comes with an installed package too; the rest stays outside."""

_PACKAGES = ("site-packages", "dist-packages")
"""What folders of installed packages are called; others on the path are somebody's work."""

_SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_ETC = ("ld.so.cache", "fonts", "localtime", "alternatives")
_ACCOUNTS = {
    "/etc/passwd": "student:x:1000:1000::/tmp/home:/bin/sh\n",
    "/etc/group": "student:x:1000:\n",
}


def visible() -> list[Path]:
    """Give the folders and files, beside the system's, that have to be seen inside."""
    package = Path(coursetools.__file__).resolve().parent
    found = []
    # By both names: the interpreter looks for itself under one, and links lead to the other.
    for name in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.executable):
        found += [Path(name), Path(name).resolve()]
    found += _other_packages()
    if not _below(package, found):
        found.append(package)
        checkout = paths.checkout_folder()
        if checkout is not None:
            found.append(checkout / "pyproject.toml")
            found += [checkout / "data" / name for name in _PACKED_DATA]
    kept: list[Path] = []
    for path in found:
        if path.exists() and not _below(path, [*kept, Path("/usr")]):
            kept.append(path)
    return kept


def inside(file: Path) -> bool:
    """Say whether a file lies in what can be seen inside, the system's folders among it."""
    return _below(file.resolve(), [*(path.resolve() for path in visible()), Path("/usr")])


def command(
    program: Sequence[str],
    *,
    binary: str,
    accounts: dict[str, int],
    covered: Iterable[str] = COVERED,
    as_root: bool = False,
) -> list[str]:
    """Give the whole command.

    Args:
        program: What runs inside.
        binary: Bubblewrap.
        accounts: By path, descriptors to read the files of `account_files` from.
        covered: Parts of the package that are hidden.
        as_root: Whether the caller is root: mounts are made as root, and the program has to give
            that up. Otherwise they are made in a namespace of one's own.
    """
    line = [binary, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    line += ["--unshare-cgroup-try", "--new-session", "--clearenv", "--hostname", "sandbox"]
    if as_root:
        line += ["--cap-drop", "ALL"]
        for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_SYS_ADMIN"):
            line += ["--cap-add", capability]
    else:
        line += ["--unshare-user"]
    line += [*_system(), *_accounts(accounts), "--proc", "/proc", "--dev", "/dev"]
    line += ["--perms", "1777", "--tmpfs", "/tmp"]
    for path in visible():
        line += [*_parents(path), "--ro-bind", str(path), str(path)]
    line += _covers(covered)
    # Both are in memory, one for all submissions, and would have no limit.
    line += ["--remount-ro", "/dev", "--remount-ro", "/"]
    for name, value in environment().items():
        line += ["--setenv", name, value]
    return [*line, "--chdir", "/tmp", "--", *program]


def environment() -> dict[str, str]:
    """Give all environment variables that are there inside."""
    top = Path(coursetools.__file__).resolve().parent.parent
    return {
        **settings.ENVIRONMENT,
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": "/tmp/matplotlib",
        "PATH": f"{Path(sys.prefix) / 'bin'}:/usr/bin:/bin",
        "PYTHONPATH": os.pathsep.join(map(str, dict.fromkeys([top, *_other_packages()]))),
    }


def account_files() -> dict[str, str]:
    """Give the files that name the one user there is, by path."""
    return dict(_ACCOUNTS)


def _other_packages() -> list[Path]:
    """Give folders of installed packages outside the environment, such as a user's own."""
    folders = (Path(entry) for entry in sys.path if entry)
    prefixes = (Path(sys.prefix), Path(sys.base_prefix))
    return [
        folder
        for folder in folders
        if folder.name in _PACKAGES and folder.is_dir() and not _below(folder, prefixes)
    ]


def _system() -> list[str]:
    line = ["--ro-bind", "/usr", "/usr"]
    for name in _SYSTEM:
        path = Path("/", name)
        if path.is_symlink():
            line += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            line += ["--ro-bind", str(path), str(path)]
    line += ["--dir", "/etc"]
    for name in _ETC:
        line += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return line


def _accounts(accounts: dict[str, int]) -> list[str]:
    line = []
    for path, descriptor in accounts.items():
        line += ["--perms", "0644", "--ro-bind-data", str(descriptor), path]
    return line


def _parents(path: Path) -> list[str]:
    """Name each parent: those that bubblewrap makes on its own are closed to all but its owner."""
    line = []
    for parent in reversed(path.parents[:-1]):
        line += ["--dir", str(parent)]
    return line


def _covers(names: Iterable[str]) -> list[str]:
    line = []
    for package in _copies():
        for folder in (str(package / name) for name in names if (package / name).is_dir()):
            line += ["--perms", "0555", "--tmpfs", folder, "--remount-ro", folder]
    return line


def _copies() -> list[Path]:
    """Give every copy of this package that is seen inside: another version has solutions too."""
    package = Path(coursetools.__file__).resolve().parent
    found = [package]
    for folder in (*visible(), Path("/usr"), Path("/usr/local")):
        homes = [folder, *(home for name in _PACKAGES for home in folder.glob(f"lib*/*/{name}"))]
        found += [home / package.name for home in homes if (home / package.name).is_dir()]
    return list(dict.fromkeys(copy.resolve() for copy in found))


def _below(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
