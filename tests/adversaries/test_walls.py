"""Looking at and reaching what is outside: each attack is held, and works where its wall is not."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coursetools.sandbox import proc
from sandbox.places import Run

Opens = Callable[..., Run]


def texts(report: Any) -> list[str]:
    return [shown.text for shown in report.shown]


# ---- ending the process


def test_without_a_process_of_its_own_it_takes_the_grader_along() -> None:
    pid = os.fork()
    if pid == 0:  # a grader that runs student code in itself
        with contextlib.suppress(BaseException):
            exec("import os; os._exit(7)")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7


# ---- processes

DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(3, 64):
            try: os.close(number)
            except OSError: pass
        time.sleep(120)
    os._exit(0)
os.wait()
"""


def test_a_daemon_ends_with_its_place(jailed: Opens, sandbox: Any) -> None:
    run = jailed()
    before = set(proc.tree(run.place._process.pid))
    run(DAEMON)
    time.sleep(0.3)
    daemons = set(proc.tree(run.place._process.pid)) - before
    assert daemons
    run.place.close()
    _until(lambda: not daemons & set(proc.tree(sandbox.pid)))


def test_without_a_namespace_a_daemon_lives_on(opened: Opens, tmp_path: Path) -> None:
    run = opened()
    note = tmp_path / "pid"
    run(
        DAEMON.replace(
            "time.sleep(120)",
            f"open({str(note)!r}, 'w').write(str(os.getpid()))\n        time.sleep(120)",
        )
    )
    _until(lambda: note.exists() and note.read_text())
    run.place.close()
    os.kill(int(note.read_text()), signal.SIGKILL)  # it was there


def test_other_processes_are_not_there(jailed: Opens, opened: Opens) -> None:
    source = "import os\nsorted(int(name) for name in os.listdir('/proc') if name.isdigit())"
    assert texts(jailed()(source)) == ["[1, 2]"]
    assert str(os.getpid()) in texts(opened()(source))[0]


@pytest.mark.parametrize("name", ["environ", "mem", "fd/0", "root/etc", "cwd/x", "maps"])
def test_the_first_process_cannot_be_looked_into(jailed: Opens, name: str) -> None:
    assert jailed()(f"open('/proc/1/{name}').read()").error == "PermissionError"


def test_without_a_namespace_the_graders_environment_is_read(opened: Opens) -> None:
    report = opened()("import os\nb'PATH' in open(f'/proc/{os.getppid()}/environ', 'rb').read()")
    assert texts(report) == ["True"]


def test_only_its_own_socket_is_open(jailed: Opens) -> None:
    source = (
        "import os, stat\n"
        "ends = {os.readlink(f'/proc/self/fd/{n}') for n in range(3)}\n"
        "ends, [n for n in range(3, 64) if os.path.exists(f'/proc/self/fd/{n}')]"
    )
    assert texts(jailed()(source)) == ["({'/dev/null'}, [3])"]


# ---- network


@pytest.fixture
def port() -> Iterator[int]:
    """A port of this machine's loopback on which somebody answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)

        def answer() -> None:
            with contextlib.suppress(OSError):
                while True:
                    server.accept()[0].close()

        threading.Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1]


def test_this_machines_services_are_out_of_reach(jailed: Opens, opened: Opens, port: int) -> None:
    source = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)\n'reached'"
    assert jailed()(source).error in ("ConnectionRefusedError", "OSError")
    assert texts(opened()(source)) == ["'reached'"]


def test_local_sockets_of_this_machine_are_out_of_reach(jailed: Opens, opened: Opens) -> None:
    name = f"\0coursetools-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        source = f"import socket\nsocket.socket(socket.AF_UNIX).connect({name!r})\n'reached'"
        assert jailed()(source).error == "ConnectionRefusedError"
        assert texts(opened()(source)) == ["'reached'"]


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("socket.create_connection(('2606:4700:4700::1111', 53), 2)", "OSError"),
        ("socket.socket(socket.AF_PACKET, socket.SOCK_RAW)", "OSError"),
        ("socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)", "OSError"),
    ],
)
def test_there_is_no_network(jailed: Opens, source: str, error: str) -> None:
    assert jailed()(f"import socket\n{source}").error == error


# ---- files


def test_files_of_whoever_grades_are_not_there(
    jailed: Opens, opened: Opens, tmp_path: Path
) -> None:
    secret = tmp_path / "gradebook.sqlite"
    secret.write_text("marks")
    source = f"open({str(secret)!r}).read()"
    assert jailed()(source).error == "FileNotFoundError"
    assert texts(opened()(source)) == ["'marks'"]


def test_the_home_folder_is_not_there(jailed: Opens) -> None:
    home = Path.home()
    names = {name for name in os.listdir(home) if not name.startswith(".pyenv")}
    report = jailed()(
        f"import os\nos.listdir({str(home)!r}) if os.path.exists({str(home)!r}) else []"
    )
    seen = set(eval(texts(report)[0]))
    assert not seen & names


def test_another_submission_is_not_there(jailed: Opens, opened: Opens) -> None:
    def tried(opens: Opens) -> str:
        one, other = opens(), opens()
        place = texts(one("import os\nopen('answer', 'w').write('42')\nos.getcwd()"))[-1]
        source = (
            "import os\nplace = " + place + "\n"
            "print(open(place + '/answer').read()) if os.path.exists(place + '/answer') else None"
        )
        return "".join(texts(other(source)))

    assert tried(jailed) == ""
    assert tried(opened) == "42\n"


LOOK = """
import os, sys, coursetools
roots = {os.path.dirname(os.path.dirname(coursetools.__file__)), *filter(os.path.isdir, sys.path)}
found = sorted({
    name
    for root in roots
    for folder, folders, files in os.walk(root)
    for name in (*folders, *files)
    if name.startswith("lesson_1") or name == "thresholds.json"
})
found
"""


def test_solutions_and_expected_values_are_not_there(jailed: Opens, uncovered: Opens) -> None:
    assert texts(jailed(cell=60)(LOOK)) == ["[]"]
    found = texts(uncovered(cell=60)(LOOK))[0]
    assert "lesson_1" in found
    assert "lesson_1.json" in found


SOLVE = """
from coursetools import lessons
lessons.load(1).exercise("1.4").solve_for("ada")
"""


def test_a_lesson_module_cannot_be_imported(jailed: Opens, uncovered: Opens) -> None:
    assert jailed()(SOLVE).error == "AttributeError"  # the folder is there, and empty
    assert jailed()("import coursetools.lessons.lesson_1").error == "ModuleNotFoundError"
    assert jailed()("import coursetools.exercises.run").error == "ModuleNotFoundError"
    assert jailed()("import coursetools.grading.records").error == "ModuleNotFoundError"
    assert "head_weights" in texts(uncovered()(SOLVE))[0]


COVERS = """
import ctypes, os, coursetools
libc = ctypes.CDLL(None, use_errno=True)
cover = os.path.join(os.path.dirname(coursetools.__file__), "lessons").encode()
def tried(call, *arguments):
    return call(*arguments), ctypes.get_errno()
"""


@pytest.mark.parametrize("filtered", [True, False], ids=["filtered", "unfiltered"])
@pytest.mark.parametrize(
    "call",
    [
        "libc.umount2, cover, 2",
        "libc.unshare, 0x10000000",  # a user namespace of one's own, with all capabilities in it
        "libc.unshare, 0x00020000",
        "libc.mount, b'none', cover, b'tmpfs', 0, None",
        "libc.mount, b'none', b'/', None, 4096 | 32, None",
        "libc.chroot, b'/'",
        "libc.setns, 3, 0",
        "libc.ptrace, 16, 1, 0, 0",
    ],
)
def test_covers_and_namespaces_cannot_be_changed(
    request: pytest.FixtureRequest, call: str, filtered: bool
) -> None:
    run = request.getfixturevalue("jailed" if filtered else "unfiltered")()
    run(COVERS)
    code, number = eval(texts(run(f"tried({call})"))[0])
    assert code == -1
    assert number in (1, 22, 28)  # EPERM, EINVAL, and ENOSPC for one namespace too many


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.memfd_create('x')\n'got it'",
        "import ctypes\nctypes.CDLL(None).shmget(0, 4096, 0o1600) >= 0 and 'got it'",
    ],
)
def test_memory_that_nobody_owns_is_not_given(
    jailed: Opens, unfiltered: Opens, source: str
) -> None:
    assert "'got it'" not in texts(jailed()(source))
    assert texts(unfiltered()(source)) == ["'got it'"]


def test_privileges_cannot_be_had_back(jailed: Opens) -> None:
    source = (
        "import os\n"
        "lines = open('/proc/self/status').read().splitlines()\n"
        "status = dict(line.split(':', 1) for line in lines)\n"
        "[int(status['Cap' + name], 16) for name in ('Inh', 'Prm', 'Eff', 'Bnd', 'Amb')], "
        "status['NoNewPrivs'].strip(), os.getuid()"
    )
    assert texts(jailed()(source)) == ["([0, 0, 0, 0, 0], '1', 1000)"]
    assert jailed()("import os\nos.setuid(0)").error in ("OSError", "PermissionError")


def _until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
