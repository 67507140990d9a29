"""The jail: the same cells as without one, several at once, and all of it gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from coursetools.sandbox import (
    AskedExercise,
    Handed,
    Limits,
    Opening,
    RunStatus,
    Sandbox,
    SandboxError,
    Unconfined,
    available,
    bwrap,
    linux,
    proc,
)
from sandbox.conftest import needs_walls
from sandbox.places import CONNECT, OPENING, Run


@pytest.fixture(scope="module")
def warm() -> Any:
    """A sandbox whose template has imported TensorFlow."""
    needs_walls()
    with Sandbox() as sandbox:
        sandbox.start()
        yield sandbox


def texts(report: Any) -> list[str]:
    return [shown.text for shown in report.shown]


def gone(pid: int, seconds: float = 5.0) -> bool:
    until = time.monotonic() + seconds
    while _state(pid) not in ("", "Z", "X"):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_cells_run_as_without_a_jail(
    jailed: Callable[..., Run], opened: Callable[..., Run]
) -> None:
    sources = [
        (CONNECT, None),
        ("print('a'); [1, 2]", None),
        ("n = 4\nq_1.check()", "7.1"),
        ("row = [1, 2]\n1 / 0", "7.2"),
        ("def f(x):\n    return x ** 2\nk = 3", "7.3"),
        ("import asyncio\nawait asyncio.sleep(0, 'x')", None),
        ("ct.use('7.1')", None),
    ]
    walls, none = jailed(), opened()
    for source, exercise in sources:
        one, other = walls(source, exercise), none(source, exercise)
        assert (one.shown, one.error, one.captures) == (other.shown, other.error, other.captures)


def test_several_places_at_once_know_nothing_of_each_other(sandbox: Sandbox) -> None:
    def work(number: int) -> list[str]:
        with sandbox.open(OPENING) as place:
            run = Run(place)
            run(f"open('mine', 'w').write('{number}')\nvalue = {number}")
            return texts(run("import os, time; time.sleep(0.2)\nvalue, os.listdir(), os.getpid()"))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(work, range(8)))
    assert found == [[f"({number}, ['mine'], 2)"] for number in range(8)]


def test_use_and_captures_cross_the_wall(jailed: Callable[..., Run]) -> None:
    run = jailed()
    run(CONNECT)
    report = run("n = ct.use('7.2')['m'] + 1", None, lambda e: Handed("data", {"row": [1], "m": 2}))
    assert report.error is None
    assert run("", "7.1").captures[0].data["n"]["content"] == {"value": 3}


def test_the_clock_interrupts_inside_the_jail(jailed: Callable[..., Run]) -> None:
    run = jailed(cell=1)
    assert run("while True: pass").error == "KeyboardInterrupt"
    assert texts(run("'goes on'")) == ["'goes on'"]


def test_exit_codes_and_signals_are_told(jailed: Callable[..., Run]) -> None:
    report = jailed()("import os; os._exit(3)")
    assert (report.ended, report.sentence) == (
        RunStatus.KILLED,
        "The process ended by itself, with exit code 3.",
    )
    report = jailed()("import ctypes; ctypes.string_at(0)")
    assert report.ended is RunStatus.KILLED
    assert "SIGSEGV" in report.sentence


def test_what_it_took_is_told(jailed: Callable[..., Run]) -> None:
    run = jailed()
    run("x = b'x' * 50_000_000\nimport time\nwhile time.process_time() < 1: pass")
    run.place.close()
    assert 50e6 < run.place.memory < 500e6
    assert 0.9 < run.place.cpu < 3


def test_closing_a_place_leaves_no_process(sandbox: Sandbox) -> None:
    sandbox.start()
    assert sandbox.pid is not None
    before = set(proc.tree(sandbox.pid))
    place = sandbox.open(OPENING)
    Run(place)("import subprocess; subprocess.Popen(['sleep', '60'])")
    inside = set(proc.tree(sandbox.pid)) - before
    assert len(inside) >= 4  # warden, init, runner, sleep
    place.close()
    assert all(gone(pid) for pid in inside)


def test_no_descriptor_is_left(sandbox: Sandbox) -> None:
    def held() -> int:
        return len(os.listdir("/proc/self/fd"))

    sandbox.open(OPENING).close()
    before = held()
    for _ in range(3):
        with sandbox.open(OPENING) as place:
            Run(place)("1")
    assert held() == before


def test_closing_the_sandbox_ends_every_place() -> None:
    needs_walls()
    sandbox = Sandbox(modules=())
    place = sandbox.open(OPENING)
    assert sandbox.pid is not None
    inside = proc.tree(sandbox.pid)
    sandbox.close()
    assert all(gone(pid) for pid in inside)
    report = Run(place)("1 + 1")
    assert report.ended in (RunStatus.SANDBOX_ERROR, RunStatus.KILLED)
    place.close()


def test_a_killed_template_is_our_fault_and_a_new_one_is_started() -> None:
    needs_walls()
    with Sandbox(modules=()) as sandbox:
        first = sandbox.open(OPENING)
        _kill_template(sandbox)
        report = Run(first)("import time; time.sleep(5)")
        assert report.ended is RunStatus.SANDBOX_ERROR
        first.close()
        with sandbox.open(OPENING) as second:
            assert texts(Run(second)("6 * 7")) == ["42"]


def test_a_killed_template_is_replaced_while_one_of_its_jails_stands() -> None:
    needs_walls()
    with Sandbox(modules=()) as sandbox:
        for _ in range(3):
            with sandbox.open(OPENING):
                _kill_template(sandbox)
                with sandbox.open(OPENING) as another:
                    assert texts(Run(another)("6 * 7")) == ["42"]


def test_a_checkout_below_the_scratch_is_seen(tmp_path: Path) -> None:
    """As a clone in a temporary folder is; the scratch is mounted over all of it."""
    needs_walls()
    root = Path(__file__).parents[2]
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(root / "coursetools", tmp_path / "coursetools")
    (tmp_path / "data").mkdir()
    shutil.copy(root / "data" / "manifest.json", tmp_path / "data")
    assert tmp_path.is_relative_to("/tmp")
    program = (
        "import coursetools; from coursetools.sandbox import why_not\n"
        "print(coursetools.__file__, why_not())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.stdout == f"{tmp_path}/coursetools/__init__.py None\n", done.stderr


def _kill_template(sandbox: Sandbox) -> None:
    """Kill it and all that was forked from it, and wait until none of them is there."""
    below = proc.tree(sandbox.pid or 0)
    killed = [pid for pid in below if "coursetools.sandbox.template" in _command(pid)]
    for pid in reversed(killed):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 9)
    deadline = time.monotonic() + 20
    while any(_state(pid) not in ("", "Z") for pid in killed):
        assert time.monotonic() < deadline, "they did not end"
        time.sleep(0.02)


def _state(pid: int) -> str:
    """The letter that Linux has for what a process does, `""` if it is not there."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return ""


def _command(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def test_nothing_outlives_a_grader_that_is_killed(tmp_path: Path) -> None:
    needs_walls()
    program = (
        "import sys, time\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
        "from sandbox.places import OPENING, Run\n"
        "from coursetools.sandbox import Sandbox\n"
        "sandbox = Sandbox(modules=())\n"
        "place = sandbox.open(OPENING)\n"
        "print(sandbox.pid, flush=True)\n"
        "Run(place)('while True: pass')\n"
    )
    grader = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert grader.stdout is not None
    inside = proc.tree(int(grader.stdout.readline()))
    assert len(inside) >= 6
    grader.kill()
    grader.wait()
    assert all(gone(pid) for pid in inside)


def test_a_module_that_is_not_there_is_named() -> None:
    needs_walls()
    told = pytest.raises(SandboxError, match="No module named 'no_such_module'")
    with Sandbox(modules=("no_such_module",)) as sandbox, told:
        sandbox.start()


def test_a_runner_that_does_not_start_is_named() -> None:
    with pytest.raises(SandboxError, match=r"did not start\. The process ended by itself"):
        Unconfined(modules=("no_such_module",)).open(OPENING)


@pytest.mark.skipif(not linux.may_become(bwrap.NOBODY), reason="whoever runs this may not unmount")
def test_root_gives_itself_up(jailed: Callable[..., Run]) -> None:
    run = jailed()
    status = Path(f"/proc/{run.place._process.pid}/status").read_text()
    ids = next(line.split()[1:] for line in status.splitlines() if line.startswith("Uid:"))
    assert ids == [str(bwrap.NOBODY)] * 4


def test_what_is_seen_is_what_is_meant() -> None:
    needs_walls()
    with Sandbox(modules=()) as sandbox, sandbox.open(OPENING) as place:
        run = Run(place)
        run("import os")
        checkout = bwrap.paths.checkout_folder()
        if checkout is not None:
            seen = texts(run(f"sorted(os.listdir('{checkout}'))"))[0]
            wanted = {"coursetools", "data", "pyproject.toml"}
            allowed = wanted | {part for path in bwrap.visible() for part in path.parts}
            assert wanted <= set(eval(seen)) <= allowed
            assert "render" not in texts(run(f"os.listdir('{checkout / 'data'}')"))[0]
        assert texts(run("os.listdir(os.path.expanduser('~')), os.listdir(), os.getcwd()")) == [
            "(['.ipython'], [], '/tmp/work')"
        ]


def test_machines_without_user_namespaces_are_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(self: Any, opening: Any, limits: Any = None) -> Any:
        raise SandboxError("bwrap: setting up uid map: Permission denied")

    monkeypatch.setattr(Sandbox, "open", refused)
    monkeypatch.setattr(available, "_setting", {available._SETTINGS[0][0]: "1"}.get)
    told = available.why_not.__wrapped__()
    assert told is not None
    assert "setting up uid map" in told
    assert "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0" in told
    monkeypatch.setattr(available, "_setting", {}.get)
    assert "--security-opt seccomp=unconfined" in (available.why_not.__wrapped__() or "")
    monkeypatch.setattr(available.sys, "platform", "darwin")
    assert "Grade on Linux" in (available.why_not.__wrapped__() or "")


# ---- with TensorFlow

NETWORK = """
import hashlib, keras, numpy as np
x = np.random.rand(64, 8, 8, 3).astype("float32")
y = (x.mean((1, 2, 3)) > 0.5).astype("float32")
model = keras.Sequential([
    keras.layers.Input((8, 8, 3)), keras.layers.Conv2D(4, 3, activation="relu"),
    keras.layers.Flatten(), keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy")
history = model.fit(x, y, epochs=2, batch_size=16, verbose=0)
hashlib.sha256(b"".join(w.tobytes() for w in model.get_weights())).hexdigest()
"""


def test_a_place_has_tensorflow_at_once_and_trains_the_same_each_time(warm: Sandbox) -> None:
    from coursetools.answers import History, Model

    asked = AskedExercise("1.2", "q_2", {"model": Model(), "history": History()})
    opening = Opening(1, "ada", (asked,))
    found = []
    for _ in range(2):
        began = time.perf_counter()
        with warm.open(opening, Limits()) as place:
            run = Run(place)
            report = run("import sys\n'tensorflow' in sys.modules, 'keras' in sys.modules")
            seconds = time.perf_counter() - began
            assert texts(report) == ["(True, True)"]
            found.append(run(NETWORK, "1.2"))
            assert seconds < 3  # cold it takes longer than that to import TensorFlow alone
    first, second = found
    assert first.error is None
    assert first.shown == second.shown
    assert first.captures == second.captures
    assert {d["state"] for d in first.captures[0].data.values()} == {"given"}


def test_the_template_knows_no_lesson(warm: Sandbox) -> None:
    with warm.open(OPENING) as place:
        run = Run(place)
        source = (
            "import sys\n"
            "sorted(m for m in sys.modules if m.startswith('coursetools.') and m.split('.')[1] in "
            f"{bwrap.COVERED})"
        )
        assert texts(run(source)) == ["[]"]


def test_figures_come_with_picture_and_words(warm: Sandbox) -> None:
    with warm.open(OPENING) as place:
        run = Run(place)
        run("import matplotlib.pyplot as plt")
        report = run("plt.plot([1, 2]); plt.title('Two points')")
        pictures = [s for s in report.shown if s.image]
        assert len(pictures) == 1
        assert "Two points" in pictures[0].text


def test_a_base_is_loaded_inside(warm: Sandbox) -> None:
    with warm.open(OPENING) as place:
        run = Run(place)
        run(CONNECT)
        report = run("base = ct.use('7.1')\nbase.trainable, base.output_shape", None, _base)
        assert texts(report)[-1] == "(False, (None, 4, 4, 1280))"


def _base(exercise: str) -> Handed:
    return Handed("base", sentence="Going on with a frozen base.")


def test_explorers_show_something_without_a_front_end(warm: Sandbox) -> None:
    with warm.open(OPENING, Limits(cell=60)) as place:
        run = Run(place)
        run(CONNECT)
        report = run("ct.explore.ring()")
        assert (report.error, report.ended) == (None, None)
        assert report.shown
