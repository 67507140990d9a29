"""What a command says of errors: one sentence, what to do, and how things are."""

import errno
import os

import pytest
import typer

from coursetools.cli.errors import OTHER_NAMES, STOPPED, clear_errors
from coursetools.datasets import BusyError, ClassMissingError, DownloadError

KEPT = "All is as it was."
SAID = {
    PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/a/b"): (
        "`/a/b`: You may not write or read there. Name another place, or change who may. "
        "All is as it was."
    ),
    OSError(errno.EDQUOT, os.strerror(errno.EDQUOT), "/a/b"): (
        "`/a/b`: Your share of the disk is used up. Make room, then run the same command again. "
        "All is as it was."
    ),
    OSError(errno.EIO, os.strerror(errno.EIO)): "Input/output error. All is as it was.",
    ClassMissingError("There is no folder `Truck`."): (
        f"There is no folder `Truck`. {OTHER_NAMES} All is as it was."
    ),
    DownloadError("No network. All is as it was. Try again."): (
        "No network. All is as it was. Try again."
    ),
    BusyError("Wait."): "Wait. All is as it was.",
}


@pytest.mark.parametrize(("error", "words"), SAID.items())
def test_an_error_is_told_in_words(error, words, capsys):
    with pytest.raises(typer.Exit) as ended, clear_errors(KEPT, class_missing=OTHER_NAMES):
        raise error
    assert ended.value.exit_code == 1
    assert capsys.readouterr().err == f"coursetools: {words}\n"


def test_ctrl_c_is_told_too(capsys):
    with pytest.raises(typer.Exit) as ended, clear_errors():
        raise KeyboardInterrupt
    assert ended.value.exit_code == STOPPED
    assert capsys.readouterr().err == "\ncoursetools: Stopped.\n"


def test_our_own_faults_are_not_hidden():
    with pytest.raises(KeyError), clear_errors(KEPT):
        raise KeyError("ours")
