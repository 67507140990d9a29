"""A disk that is full and one that can only be read: real ones, a few hundred kilobytes large.

They are mounted in a name space of the process's own, which some systems do not allow; there the
tests with made-up errors must do.
"""

import errno
import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coursetools.datasets import fetch_kaggle, import_folder, new_set, read_manifest
from datasets.conftest import content
from datasets.test_kaggle import command

COURSETOOLS = "from coursetools.cli import app; app()"

SCRIPT = """
mount -t tmpfs -o size="$1" none "$2" && cp -r "$3/." "$2" || exit 99
[ "$4" = full ] || mount -o remount,ro "$2" || exit 99
place="$2"; shift 4
"$@"; code=$?
cd "$place" && find . -type f | sort | xargs sha256sum
exit $code
"""


@functools.cache
def may_mount():
    tried = "mount -t tmpfs -o size=100k none /mnt"
    unshare = shutil.which("unshare")
    return bool(unshare) and not subprocess.run([unshare, "-rm", "sh", "-c", tried]).returncode


def run_on(disk, size, place, holding, words):
    """Run a command where `place` is such a disk with what `holding` has; gives its end and files.

    The disk is gone afterwards, so its files come as sums by name.
    """
    if not may_mount():
        pytest.skip("this system lets nobody mount a small disk")
    place.mkdir(parents=True, exist_ok=True)
    arguments = [size, place, holding, disk, *words]
    ended = subprocess.run(
        ["unshare", "-rm", "sh", "-c", SCRIPT, "sh", *map(str, arguments)],
        capture_output=True,
        text=True,
    )
    assert ended.returncode != 99, ended.stderr
    lines = [line.split(maxsplit=1) for line in ended.stdout.splitlines() if "  ./" in line]
    return ended, {name.removeprefix("./"): digest for digest, name in lines}


@pytest.fixture
def earlier(write_set, tmp_path):
    """A data folder with a set that was imported earlier, to be copied onto a disk."""
    import_folder(write_set(each=1), target=tmp_path / "earlier" / "car-or-truck")
    return tmp_path / "earlier"


@pytest.mark.parametrize(
    ("disk", "size", "words"),
    [
        ("full", "400k", "The disk is full. Make room there, then run the same command again."),
        ("ro", "4m", "That place can only be read. Name another one."),
    ],
)
def test_an_import_onto_such_a_disk(write_set, home, earlier, disk, size, words):
    more = write_set(each=9, where="more")
    imports = [sys.executable, "-c", COURSETOOLS, "data", "import", str(more)]
    ended, files = run_on(disk, size, home / "store", earlier, imports)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"coursetools: `{home / 'store'}")
    assert ended.stderr.endswith(f"`: {words} What was there before is still there.\n")
    assert ended.stderr.count("\n") == 1
    assert files == content(earlier)
    if disk == "full":
        _, files = run_on(disk, "4m", home / "store", earlier, imports)
        assert "car-or-truck/train/Truck/00008.jpg" in files


@pytest.mark.parametrize(
    ("disk", "size", "words"),
    [("full", "1m", "The disk is full"), ("ro", "8m", "That place can only be read")],
)
def test_a_download_onto_such_a_disk(kaggle, home, disk, size, words):
    (home / "nothing").mkdir()
    fetch = command(kaggle, "data", "fetch", "kaggle")
    ended, _ = run_on(disk, size, home / "cache", home / "nothing", fetch)
    assert ended.returncode == 1
    said = ended.stderr.splitlines()[-1]
    assert said.startswith(f"coursetools: `{home / 'cache'}")
    assert words in said
    assert said.endswith("What was there before is still there.")
    assert not (home / "store" / "car-or-truck").exists()
    if disk == "full":
        ended, _ = run_on(disk, "8m", home / "cache", home / "nothing", fetch)
        assert ended.returncode == 0
        assert read_manifest(home / "store" / "car-or-truck").source.startswith("Kaggle")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_an_error_half_way_names_the_place_and_leaves_what_was_there(
    write_set, home, monkeypatch, number
):
    folder = import_folder(write_set()).folder
    was = content(folder)
    write = Path.write_bytes

    def fail_at_last(path, data):
        if path.match("valid/Truck/*2.jpg"):
            raise OSError(number, os.strerror(number))
        return write(path, data)

    monkeypatch.setattr(new_set.Path, "write_bytes", fail_at_last)
    with pytest.raises(OSError, match=os.strerror(number)) as caught:
        import_folder(write_set(where="more"))
    assert caught.value.errno == number
    assert caught.value.filename == str(folder.parent)
    assert content(folder) == was
    assert list(folder.parent.iterdir()) == [folder]


def test_an_error_while_downloading_names_the_place(kaggle, home, monkeypatch):
    import kagglehub.clients

    def fail(*arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(kagglehub.clients, "_download_file", fail)
    with pytest.raises(OSError, match="No space left") as caught:
        fetch_kaggle()
    assert caught.value.filename == str(home / "cache")
