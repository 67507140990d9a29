"""Taking more than one may: time, memory, processes, disk. Each stops at its limit.

What is stopped at all is among the ideas; here is where. Switched off means: with a limit that is
above what the attack takes, the attack gets it. So it is the limit that stops it, not something
else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import pytest

from coursetools.sandbox import RunStatus, proc
from sandbox.places import Run

MB = 1024 * 1024
Opens = Callable[..., Run]


def test_a_clock_that_is_not_up_lets_it_finish(jailed: Opens) -> None:
    source = "import time\nend = time.time() + 2\nwhile time.time() < end: pass\n'done'"
    assert jailed(cell=1)(source).error == "KeyboardInterrupt"
    assert [s.text for s in jailed(cell=30)(source).shown] == ["'done'"]


def test_all_cells_together_have_a_clock(jailed: Opens) -> None:
    run = jailed(wall=2)
    reports = [run("import time; time.sleep(0.6)") for _ in range(6)]
    assert reports[0].ended is None
    assert reports[-1].ended is RunStatus.TIMED_OUT
    assert reports[-1].sentence == "The notebook took longer than 2 seconds."


def test_processor_time_of_all_processes_has_a_limit(jailed: Opens) -> None:
    source = (
        "import os, time\n"
        "pids = []\n"
        "for _ in range(3):\n"
        "    pid = os.fork()\n"
        "    if pid == 0:\n"
        "        while time.process_time() < 0.5: pass\n"
        "        os._exit(0)\n"
        "    pids.append(pid)\n"
        "for pid in pids: os.waitpid(pid, 0)\n"
        "time.sleep(1)\n"
        "'done'"
    )
    report = jailed(cpu=0.8)(source)
    assert report.ended is RunStatus.TIMED_OUT
    assert "0.8 seconds of processor time" in report.sentence
    assert [s.text for s in jailed(cpu=60)(source).shown] == ["'done'"]


BOMBS = {
    "one process": "kept = []\nfor _ in range(12): kept.append(b'x' * (50 * 2**20))",
    "in the buffers of sockets": (
        "import os, socket\n"
        "pids = []\n"
        "for _ in range(20):\n"
        "    pid = os.fork()\n"
        "    if pid == 0:\n"
        "        ends = [socket.socketpair() for _ in range(90)]\n"
        "        for end in sum(ends, ()):\n"
        "            end.setblocking(False)\n"
        "            try:\n"
        "                while True: end.send(bytes(65536))\n"
        "            except OSError: pass\n"
        "        import time; time.sleep(2); os._exit(0)\n"
        "    pids.append(pid)\n"
        "for pid in pids: os.waitpid(pid, 0)"
    ),
}


@pytest.mark.parametrize("source", BOMBS.values(), ids=BOMBS)
def test_memory_has_a_limit(jailed: Opens, source: str) -> None:
    source += "\nimport time; time.sleep(1)\n'done'"
    run = jailed(memory=300 * MB)
    report = run(source)
    assert report.ended is RunStatus.OUT_OF_MEMORY
    assert report.sentence == "It took more than 300 MB of memory."
    assert run.place.memory > 300 * MB
    assert [s.text for s in jailed(memory=2_000 * MB)(source).shown] == ["'done'"]


FORKS = """
import os, time
forked = 0
try:
    while forked < 400:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        forked += 1
except OSError as error:
    print(error.errno)
forked
"""

THREADS = """
import threading, time
started = 0
try:
    while started < 400:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        started += 1
except RuntimeError as error:
    print(error)
started
"""


@pytest.mark.parametrize("source", [FORKS, THREADS], ids=["processes", "threads"])
def test_processes_and_threads_have_a_limit(jailed: Opens, sandbox: Any, source: str) -> None:
    few, more = jailed(processes=30), jailed(processes=90)
    counted = [int(run(source).shown[-1].text) for run in (few, more)]
    assert counted[0] < 30 <= counted[1] < 90
    assert [s.text for s in few("'goes on'").shown] == ["'goes on'"]
    before = proc.tree(sandbox.pid)
    few.place.close()
    more.place.close()
    assert len(proc.tree(sandbox.pid)) <= len(before) - 4


FILLING = """
written = 0
try:
    for number in range(40):
        with open(f"{place}/{number}", "wb") as file:
            file.write(bytes(2**20))
        written += 1
except OSError as error:
    print(error.strerror)
written
"""


@pytest.mark.parametrize("place", ["/tmp", ".", "~", "/dev/shm", "/tmp/../tmp/work"])
def test_disk_has_a_limit(jailed: Opens, place: str) -> None:
    prepare = f"import os\nplace = os.path.expanduser({place!r})"
    counted = []
    for scratch in (10 * MB, 64 * MB):
        run = jailed(scratch=scratch)
        run(prepare)
        counted.append(int(run(FILLING).shown[-1].text))
    assert counted[0] <= 10
    assert counted[1] == 40


def test_there_is_a_limit_to_the_number_of_files(jailed: Opens) -> None:
    report = jailed()(
        "try:\n"
        "    for n in range(100_000): open(str(n), 'w').close()\n"
        "except OSError as error:\n"
        "    print(error.strerror, n < 100_000)"
    )
    assert report.shown[0].text == "No space left on device True\n"


def test_one_file_has_a_limit(jailed: Opens) -> None:
    source = "open('big', 'wb').write(bytes(3 * 2**20))"
    assert jailed(file=2 * MB)(source).error == "OSError"
    assert jailed(file=4 * MB)(source).error is None


def test_open_files_have_a_limit(jailed: Opens) -> None:
    report = jailed()("kept = []\nwhile True: kept.append(open('/dev/null'))")
    assert report.error == "OSError"
    assert "Too many open files" in report.shown[-1].text


@pytest.mark.parametrize(
    "place", ["/", "/dev", "/etc", "/usr", "/run", "/var/tmp", "/proc", "/mnt", "/home"]
)
def test_nothing_outside_the_scratch_can_be_written(jailed: Opens, place: str) -> None:
    report = jailed()(
        f"import os\nos.makedirs({place!r}, exist_ok=True)\nopen({place + '/x'!r}, 'w')"
    )
    assert report.error in ("OSError", "PermissionError", "FileNotFoundError")


def test_the_package_and_the_environment_cannot_be_written(jailed: Opens) -> None:
    source = (
        "import os, sys, coursetools\n"
        "found = []\n"
        "for place in {os.path.dirname(coursetools.__file__), sys.prefix, sys.base_prefix}:\n"
        "    try: open(place + '/x', 'w'); found.append(place)\n"
        "    except OSError: pass\n"
        "found"
    )
    assert [s.text for s in jailed()(source).shown] == ["[]"]


def test_a_place_leaves_no_file(jailed: Opens) -> None:
    before = set(os.listdir("/tmp")), set(os.listdir("/dev/shm"))
    run = jailed()
    run("open('/tmp/left', 'w'); open('/dev/shm/left', 'w'); __import__('os').mkfifo('/tmp/fifo')")
    run.place.close()
    time.sleep(0.1)
    new = set(os.listdir("/tmp")) - before[0], set(os.listdir("/dev/shm")) - before[1]
    assert not {"left", "fifo"} & (new[0] | new[1])
