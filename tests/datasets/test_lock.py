"""One at a time, and no lock that outlives its holder."""

import os
import signal
import subprocess
import sys

import pytest

from coursetools.datasets import BusyError
from coursetools.datasets.lock import only_one

HOLD = (
    "import sys, pathlib\n"
    "from coursetools.datasets.lock import only_one\n"
    "with only_one(pathlib.Path(sys.argv[1]), 'pictures'):\n"
    "    print('here', flush=True)\n"
    "    sys.stdin.read()\n"
)


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "here\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_is_told_who_is_there(holder, tmp_path):
    words = rf"process `{holder.pid}`\) is at work in `{tmp_path}`"
    with pytest.raises(BusyError, match=words), only_one(tmp_path, "pictures"):
        pass
    with only_one(tmp_path, "others"):
        pass


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_the_lock_goes_with_its_holder(holder, tmp_path, end):
    holder.send_signal(end)
    holder.wait()
    with only_one(tmp_path, "pictures"):
        assert (tmp_path / ".pictures.lock").read_text() == f"{os.getpid()}\n"
    assert list(tmp_path.iterdir()) == []


def test_the_lock_is_free_after_an_error(tmp_path):
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), only_one(tmp_path, "pictures"):
            _ = 1 / 0


def test_a_file_that_its_last_holder_deletes_is_not_taken(tmp_path, monkeypatch):
    path, real = tmp_path / ".pictures.lock", os.open
    deleted = []

    def open_and_lose(name, *arguments):
        file = real(name, *arguments)
        if not deleted:
            deleted.append(path.unlink())
        return file

    monkeypatch.setattr("coursetools.datasets.lock.os.open", open_and_lose)
    with only_one(tmp_path, "pictures"):
        assert path.exists()
        with pytest.raises(BusyError), only_one(tmp_path, "pictures"):
            pass
