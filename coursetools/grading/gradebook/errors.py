"""What can be wrong with a gradebook, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

_WHAT_TO_DO = {
    3: "it may not be written or read there. Name another place, or change who may",
    5: "another program is writing to it. Wait for that, or end it, and run the same again",
    6: "another program is writing to it. Wait for that, or end it, and run the same again",
    8: "it can only be read. Change who may write to it and its folder, or name another place",
    10: "its disk does not answer as it should. Check the disk or its network, and run the same "
    "again",
    11: "the file is damaged. Move it away, or put a copy of yours in its place",
    13: "the disk is full. Make room there, and run the same again; what was saved before is there",
    14: "it cannot be opened. Is its folder there, and may you write in it?",
    26: "that file is something else. Move it away, or name another place",
}
"""By SQLite's primary result code: https://www.sqlite.org/rescode.html"""


class GradebookError(Exception):
    """A gradebook cannot be opened, read or written; the message says why and what to do."""


class NotAGradebookError(GradebookError):
    """It is a database, but holds something else."""


class NewerGradebookError(GradebookError):
    """A later version of this package made it."""


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn the errors of a database into sentences.

    Args:
        place: Where the gradebook is, without a password.

    Raises:
        GradebookError: The database did not do what it was asked.
    """
    try:
        yield
    except DBAPIError as error:
        raise GradebookError(f"The gradebook `{place}`: {_reason(error.orig)}.") from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise GradebookError(
            f"`{place}` is no address of a database: {_one_line(error)}. A file's path will do, or "
            "one like `postgresql+psycopg://user@host/name`."
        ) from error
    except ModuleNotFoundError as error:
        raise GradebookError(
            f"The gradebook `{place}` needs a driver: `pip install {error.name}`, and run the same "
            "again."
        ) from error


def _reason(error: BaseException | None) -> str:
    code: object = getattr(error, "sqlite_errorcode", None)
    known = _WHAT_TO_DO.get(code & 0xFF) if isinstance(code, int) else None
    return known or f"the database says `{_one_line(error)}`"


def _one_line(error: BaseException | None) -> str:
    return " ".join(str(error).split()).rstrip(".")[:300]
