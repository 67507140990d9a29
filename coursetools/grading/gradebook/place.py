"""Where a gradebook is: a file, or a database by its URL, named without its password."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url

from coursetools.grading.gradebook.errors import GradebookError, told

_POSTGRESQL = "postgresql+psycopg"
"""With the driver that is installed, which SQLAlchemy has not always taken by itself."""
_SHORT = {"postgres", "postgresql"}
_NO_LONG_KEYS = {"mariadb", "mssql", "mysql", "oracle"}
"""Kinds whose keys cannot hold a text of any length, such as a student's id; making the tables
would fail half-way there."""
_TOLD = {"host", "port"}
"""What is told of what follows a URL's `?`: a password may stand there, too."""


def place_of(place: str | Path) -> tuple[URL, str]:
    """Give the URL of a database and how to call it in a sentence: without its password.

    Args:
        place: A file's path, or an SQLAlchemy URL.

    Raises:
        GradebookError: It is no URL of a database that can be used.
    """
    if isinstance(place, Path) or "://" not in place:
        return URL.create("sqlite", database=str(place)), str(place)
    kind = place.partition("://")[0]
    with told(kind):  # the rest may hold a password
        url = _read(place, kind)
        if why := _why_not(url):
            raise GradebookError(f"`{kind}`: {why}")
    if url.get_backend_name() == "sqlite":
        return url, url.database or ""
    told_of = {name: value for name, value in url.query.items() if name in _TOLD}
    return url, str(url.set(query=told_of))


def _read(place: str, kind: str) -> URL:
    try:
        url = make_url(place)
    except ValueError as error:
        raise GradebookError(f"`{kind}`: after the server's `:` goes a number.") from error
    return url.set(drivername=_POSTGRESQL) if url.drivername in _SHORT else url


def _why_not(url: URL) -> str:
    """Say why no gradebook can be kept there; `""` if it may be tried."""
    backend = url.get_backend_name()
    if "@" in (url.host or ""):
        return (
            "there is more than one `@` in that address. In a password write `%40` for it, and "
            "`%3A` for `:`, `%2F` for `/`."
        )
    if backend in _NO_LONG_KEYS:
        return (
            f"a gradebook needs long texts in its keys, which {backend} does not allow. Take "
            f"PostgreSQL (`{_POSTGRESQL}://user@host/name`), or a file."
        )
    if url.get_dialect().is_async:
        return (
            "that driver is for programs of another kind. Take one that waits for its answers, "
            f"such as `{_POSTGRESQL}`."
        )
    return ""
