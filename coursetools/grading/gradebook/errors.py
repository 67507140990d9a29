"""What can be wrong with a gradebook, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from coursetools.grading.gradebook.reasons import first_line, reason

_PACKAGES = {"psycopg2": "psycopg2-binary"}
"""Drivers whose package has another name than their module."""


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
        raise GradebookError(f"The gradebook `{place}`: {reason(error)}") from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise GradebookError(
            f"`{place}` is no address of a database: {first_line(error)}. A file's path will do, "
            "or one like `postgresql+psycopg://user@host/name`."
        ) from error
    except ModuleNotFoundError as error:
        raise GradebookError(
            f"The gradebook `{place}` needs a driver that is not installed: `pip install "
            f"{_PACKAGES.get(error.name or '', error.name)}`, and run the same again."
        ) from error
