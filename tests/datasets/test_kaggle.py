"""Kaggle's set, by Kaggle's own client from a server here: what arrives, and what goes wrong."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coursetools.datasets import (
    BrokenDownloadError,
    BusyError,
    DownloadError,
    LayoutError,
    fetch_kaggle,
    load_arrays,
    read_manifest,
)
from datasets.bombs import too_large
from datasets.conftest import content
from datasets.kaggle_server import DOWNLOAD, STORAGE, VERSION, zipped

PIECE = 1024**2
"""The client writes pieces of this many bytes."""

FOUR = {part: {"Car": 4, "Truck": 4} for part in ("train", "valid")}


def fails(before, error, words):
    was = before()
    with pytest.raises(error, match=words) as caught:
        fetch_kaggle()
    assert before() == was
    assert "is still there" in str(caught.value)
    return str(caught.value)


def test_the_set_arrives_and_is_kept(kaggle, home):
    told = []
    result = fetch_kaggle(progress=lambda done, of: told.append((done, of)))
    assert result.counts == FOUR
    assert result.folder == home / "store" / "car-or-truck"
    assert read_manifest(result.folder).source == "Kaggle's set `ryanholbrook/car-or-truck`"
    assert told == [(n, 16) for n in range(1, 17)]
    images, labels, _ = load_arrays("valid", profile="full")
    assert images.shape == (8, 128, 128, 3)
    assert labels.tolist() == [0] * 4 + [1] * 4
    kaggle.asked.clear()
    assert fetch_kaggle().counts == FOUR
    assert kaggle.paths() == [VERSION]


def test_a_download_that_breaks_off_goes_on_where_it_was(kaggle, before):
    kaggle.only = 1_500_000
    fails(before, DownloadError, "The download from Kaggle broke off")
    kaggle.only = None
    kaggle.asked.clear()
    assert fetch_kaggle().counts == FOUR
    assert kaggle.asked[-1] == (STORAGE, f"bytes={PIECE}-")


def test_where_the_server_cannot_go_on_it_begins_anew(kaggle, before):
    kaggle.with_ranges, kaggle.only = False, 1_500_000
    fails(before, DownloadError, "broke off")
    kaggle.only = None
    assert fetch_kaggle().counts == FOUR
    assert [wanted for _, wanted in kaggle.asked] == [None] * 6


def wrong_sum(kaggle):
    kaggle.wrong_sum = True


def damaged(kaggle):
    kaggle.with_sum = False
    middle = len(kaggle.archive) - 60_000
    flipped = bytes(255 - byte for byte in kaggle.archive[middle : middle + 50])
    kaggle.archive = kaggle.archive[:middle] + flipped + kaggle.archive[middle + 50 :]


def page_for_the_archive(kaggle):
    kaggle.page = {STORAGE}


SPOILT = {
    wrong_sum: "its sum is another",
    damaged: "Bad CRC-32 for file",
    page_for_the_archive: "Unsupported archive type",
}


@pytest.mark.parametrize(("spoil", "reason"), SPOILT.items())
def test_what_is_not_the_archive_is_deleted_and_loaded_anew(kaggle, before, spoil, reason):
    archive = kaggle.archive
    spoil(kaggle)
    fails(before, BrokenDownloadError, rf"What came from Kaggle is not the set \({reason}")
    kaggle.archive, kaggle.wrong_sum, kaggle.page = archive, False, set()
    assert fetch_kaggle().counts == FOUR


def test_a_network_that_wants_a_log_in_loses_nothing_that_has_come(kaggle, before):
    kaggle.only = 1_500_000
    fails(before, DownloadError, "broke off")
    kaggle.page = {VERSION, DOWNLOAD, STORAGE}
    fails(before, DownloadError, "What answered cannot be Kaggle.* log in there first")
    kaggle.only, kaggle.page = None, set()
    assert fetch_kaggle().counts == FOUR
    assert kaggle.asked[-1] == (STORAGE, f"bytes={PIECE}-")


STATUS = {
    401: "(`401`). It wants to know who you are. Public sets need no account",
    403: "(`403`). It does not give this set to you. Public sets need no account",
    404: "(`404`). There is no such set any more.",
    429: "(`429`). There were too many requests",
    500: "(`500`). Try again later.",
}


@pytest.mark.parametrize("question", [VERSION, DOWNLOAD])
@pytest.mark.parametrize(("status", "words"), STATUS.items())
def test_a_refusal_says_what_to_do(kaggle, before, question, status, words):
    kaggle.status = {question: status}
    fails(before, DownloadError, re.escape(words))


def test_offline_the_error_says_what_to_do(home, before, monkeypatch):
    from kagglesdk import kaggle_env

    prod = kaggle_env.KaggleEnv.PROD
    monkeypatch.setitem(kaggle_env._env_to_endpoint, prod, "http://127.0.0.1:9")
    said = fails(before, DownloadError, "Kaggle cannot be reached")
    assert "Connect to the internet, then run the same command again" in said
    assert "coursetools data fetch cifar10" in said


def test_a_credentials_file_that_is_none_is_named(kaggle, before, home):
    (home / "home" / ".kaggle").mkdir()
    (home / "home" / ".kaggle" / "kaggle.json").write_text("no json")
    fails(before, DownloadError, r"Invalid Kaggle credentials file at .*kaggle\.json")


def test_a_class_that_is_missing_is_named_and_the_set_is_loaded_anew(kaggle, before, kaggle_files):
    whole = kaggle.archive
    kaggle.archive = zipped({n: c for n, c in kaggle_files.items() if "valid/Truck" not in n})
    fails(before, BrokenDownloadError, "no folder `Truck` for the class Truck in")
    kaggle.archive = whole
    assert fetch_kaggle().counts == FOUR


def test_pictures_that_cannot_be_used_are_left_out_and_listed(kaggle, kaggle_files):
    cut = kaggle_files["train/Car/00000_05.jpg"][:3000]
    more = {"train/Car/cut.jpg": cut, "train/Truck/large.png": too_large()}
    kaggle.archive = zipped(kaggle_files | more)
    result = fetch_kaggle()
    assert result.counts == FOUR
    reasons = {path.name: reason for path, reason in result.rejected}
    assert set(reasons) == {"cut.jpg", "large.png"}
    assert "image file is truncated" in reasons["cut.jpg"]
    assert reasons["large.png"] == "it has far too many pixels"


def test_somebody_s_own_pictures_are_never_replaced(kaggle, home, write_set):
    own = write_set(where="store/car-or-truck")
    was = content(own)
    with pytest.raises(LayoutError, match="no import has put there"):
        fetch_kaggle()
    assert content(own) == was
    assert kaggle.asked == []


def command(kaggle, *words):
    script = Path(__file__).with_name("command.py")
    return [sys.executable, str(script), kaggle.address, *words]


@pytest.fixture
def waiting(kaggle):
    """The command in a process of its own that has half of the archive and waits for the rest."""
    go_on = threading.Event()
    kaggle.only, kaggle.wait = 1_500_000, go_on
    process = subprocess.Popen(
        command(kaggle, "data", "fetch", "kaggle"), stderr=subprocess.PIPE, text=True
    )
    assert kaggle.sent.wait(20)
    yield process
    go_on.set()
    process.kill()
    process.wait()


def test_ctrl_c_leaves_what_was_there_and_a_second_try_goes_on(kaggle, before, waiting, home):
    was = before()
    archive = home / "cache" / "datasets" / "ryanholbrook" / "car-or-truck" / "2.archive"
    while not archive.exists() or archive.stat().st_size < PIECE:  # still on its way
        assert waiting.poll() is None
    waiting.send_signal(signal.SIGINT)
    _, said = waiting.communicate(timeout=20)
    assert waiting.returncode == 130
    assert said.endswith("coursetools: Stopped. What was there before is still there.\n")
    assert "Traceback" not in said
    assert before() == was
    kaggle.only = kaggle.wait = None
    assert fetch_kaggle().counts == FOUR
    assert kaggle.asked[-1] == (STORAGE, f"bytes={PIECE}-")


def test_two_at_once_do_not_meet(kaggle, before, waiting):
    fails_with = pytest.raises(BusyError, match=rf"process `{waiting.pid}`\) is at work in")
    with fails_with:
        fetch_kaggle()
    kaggle.wait.set()
    waiting.communicate(timeout=20)
    assert waiting.returncode == 0
    assert read_manifest(Path(os.environ["COURSETOOLS_DATA"], "car-or-truck")).source.startswith(
        "Kaggle"
    )
