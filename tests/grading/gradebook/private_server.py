"""A PostgreSQL server of a test's own, from Debian's package, that nobody else can reach."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

REQUIRED = "COURSETOOLS_REQUIRE_POSTGRES"
_VERSIONS = Path("/usr/lib/postgresql")
_SOON = 30.0
_DIE_WITH_PARENT = 1

HURRIED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""A test's server may lose all when the machine goes down."""

SORTED = ("--locale-provider=icu", "--icu-locale=en")
"""Letters are sorted as in a dictionary, which is where databases differ."""

WHO = "local all {user} scram-sha-256\nlocal all all trust\n"
"""Who may come in: one user with a password, and all others without one."""

USER, PASSWORD = "grader", "open-sesame"


class Server:
    """PostgreSQL in a folder of its own, reached through a socket there and by no network."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._as: dict[str, Any] = {"env": {"PATH": os.defpath, "LC_ALL": "C"}, "cwd": folder}
        if os.geteuid() == 0:  # it does not run as root
            user = pwd.getpwnam("nobody")
            os.chown(folder, user.pw_uid, user.pw_gid)
            self._as |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make its files, and the users that `WHO` names."""
        made = ["--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", *SORTED]
        done = subprocess.run(
            [self._programs / "initdb", "--pgdata=data", "--auth=trust", *made],
            capture_output=True,
            text=True,
            **self._as,
        )
        if done.returncode:
            pytest.fail(done.stderr)
        (self.folder / "data" / "pg_hba.conf").write_text(WHO.format(user=USER), "utf-8")
        self.start()
        self.run(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", *HURRIED]
        options = [word for setting in settings for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", "data", *options],
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,
                **self._as,
            )
        end = time.monotonic() + _SOON
        while True:
            try:
                return self.run("SELECT 1")
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > end:
                    pytest.fail((self.folder / "log").read_text("utf-8", "replace")[-2000:])
                time.sleep(0.02)

    def stop(self) -> None:
        """Stop it at once; whoever is connected is thrown out."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_SOON)
            self._process = None

    def run(self, command: str, database: str = "postgres") -> None:
        """Run a command as the one who may do all."""
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            connection.execute(command.encode())

    def url(self, database: str, user: str = "postgres") -> str:
        """Give a database's address, as `--database` takes it."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"


@contextmanager
def private_server() -> Iterator[Server]:
    """Start a server, and stop and remove it at the end; skip the tests where there is none."""
    found = [folder / "bin" for folder in _VERSIONS.glob("*") if (folder / "bin/initdb").is_file()]
    if not found:
        words = "no PostgreSQL was found. Install one (Debian: apt-get install postgresql)."
        if os.environ.get(REQUIRED):
            pytest.fail(f"{words} {REQUIRED} is set, so its tests may not be skipped.")
        pytest.skip(words)
    # Not among pytest's own folders: those can be read by their owner alone, who may be root.
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    server = Server(max(found, key=lambda path: int(path.parent.name)), folder)
    try:
        server.prepare()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _end_with_parent() -> None:
    """Have the server stopped also when a test is killed."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGINT)
