"""The template and its forks, with a stand-in for the kernel: processes, descriptors, ends."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from coursetools.kernels.forked import SHARED, Template, TemplateError
from kernels.conftest import eventually, is_running

SLEEP = "import time; time.sleep(60)"


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch, launcher: Path) -> None:
    """Let the template find the stand-in for ipykernel's launcher before the real one."""
    monkeypatch.setenv("PYTHONPATH", str(launcher))
    monkeypatch.delenv(SHARED, raising=False)


def tell(expression: str) -> str:
    return f"import json; open('told', 'w').write(json.dumps({expression}))"


def told(launcher: Path) -> object:
    return json.loads((launcher / "told").read_text("utf-8"))


def test_a_fork_runs_what_it_was_asked_to_and_its_exit_code_is_known(fork: Callable) -> None:
    kernel = fork("import sys; sys.exit(7)")
    assert kernel.wait(20) == 7
    assert kernel.poll() == kernel.returncode == 7


def test_a_fork_has_its_own_folder_environment_and_group(fork: Callable, launcher: Path) -> None:
    env = {"ONLY": "this", "PATH": "/bin"}
    code = "import os\n" + tell("[os.getcwd(), dict(os.environ), os.getpgid(0) == os.getpid()]")
    kernel = fork(code, env=env)
    assert kernel.wait(20) == 0
    assert told(launcher) == [str(launcher), env, True]


def test_a_fork_finds_modules_where_its_environment_says(fork: Callable, launcher: Path) -> None:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(["/its/own", str(launcher)])}
    fork("import sys\n" + tell("[sys.path[1], sys.path.count('/its/own')]"), env=env).wait(20)
    assert told(launcher) == ["/its/own", 1]


def test_the_modules_are_there_already(fork: Callable, launcher: Path) -> None:
    fork("import sys\n" + tell("'numpy' in sys.modules")).wait(20)
    assert told(launcher) is True


def test_forks_draw_different_random_numbers(fork: Callable, launcher: Path) -> None:
    drawn = []
    for _ in range(2):
        fork("import random, numpy\n" + tell("[random.random(), numpy.random.rand()]")).wait(20)
        drawn.append(told(launcher))
    assert drawn[0][0] != drawn[1][0]
    assert drawn[0][1] != drawn[1][1]


def test_output_goes_to_the_descriptors_that_were_handed_over(
    fork: Callable, launcher: Path
) -> None:
    with (launcher / "out").open("wb") as out, (launcher / "err").open("wb") as err:
        code = "import sys; print('so'); print('and so', file=sys.stderr)"
        fork(code, outputs=[out.fileno(), err.fileno()]).wait(20)
    assert (launcher / "out").read_text("utf-8") == "so\n"
    assert (launcher / "err").read_text("utf-8") == "and so\n"


def test_signals_reach_the_fork(fork: Callable) -> None:
    kernel = fork(SLEEP)
    with pytest.raises(subprocess.TimeoutExpired):
        kernel.wait(0.1)
    assert kernel.poll() is None
    kernel.send_signal(signal.SIGINT)
    assert kernel.wait(20) == -signal.SIGINT
    killed = fork(SLEEP)
    killed.kill()
    assert killed.wait(20) == -signal.SIGKILL
    killed.terminate()  # one that has ended takes no harm, and no later process of its number


def test_several_forks_end_in_any_order(fork: Callable) -> None:
    kernels = [
        fork(f"import sys, time; time.sleep({wait}); sys.exit({code})")
        for wait, code in ((0.3, 1), (0.0, 2), (0.1, 3))
    ]
    assert [kernel.wait(20) for kernel in kernels] == [1, 2, 3]


def test_a_fork_outlives_its_template_and_the_next_comes_from_a_new_one(
    fork: Callable, template: Template
) -> None:
    first = fork(SLEEP)
    before = template.pid
    os.kill(before, signal.SIGKILL)
    eventually(lambda: not is_running(before))
    assert first.poll() is None
    second = fork("pass")
    assert second.wait(20) == 0
    assert template.pid != before
    first.kill()
    assert first.wait(20) == 1  # the one who knew the code is dead: an error, whatever it was


def test_nothing_outlives_its_owner(launcher: Path) -> None:
    owner = textwrap.dedent(f"""
        import os, sys, time
        from coursetools.kernels.forked import Template
        template = Template(("runpy",))
        code = "import time; time.sleep(60)"
        options = dict(env=dict(os.environ), cwd={str(launcher)!r})
        kernel = template.fork(["ipykernel_launcher", code], **options)
        free = template.fork(["ipykernel_launcher", code], **options, independent=True)
        print(template.pid, kernel.pid, free.pid, flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", owner], stdout=subprocess.PIPE) as process:
        template, kernel, free = map(int, process.stdout.readline().split())
        assert is_running(template)
        assert is_running(kernel)
        process.kill()
    eventually(lambda: not is_running(kernel))
    eventually(lambda: not is_running(template))
    assert is_running(free), "an independent kernel was asked for"
    os.kill(free, signal.SIGKILL)


def test_a_template_with_a_second_thread_refuses(launcher: Path) -> None:
    (launcher / "restless.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
        encoding="utf-8",
    )
    template = Template(("restless",))
    with pytest.raises(TemplateError, match="2 threads"):
        template.fork(["ipykernel_launcher", "pass"], env=dict(os.environ), cwd=launcher)
    template.stop()


def test_a_template_that_cannot_import_is_no_template(launcher: Path) -> None:
    template = Template(("there_is_no_such_module",))
    with pytest.raises(TemplateError, match=r"does not answer|ended before it forked"):
        template.fork(["ipykernel_launcher", "pass"], env=dict(os.environ), cwd=launcher)
    template.stop()


def test_a_template_may_be_shared(
    template: Template, launcher: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template.start()
    monkeypatch.setenv(SHARED, str(template.socket))
    guest = Template(("there_is_no_such_module",))
    code = "import sys; sys.exit(3)"
    kernel = guest.fork(["ipykernel_launcher", code], env=dict(os.environ), cwd=launcher)
    assert kernel.wait(20) == 3
    assert guest.pid is None
    monkeypatch.setenv(SHARED, str(launcher / "nowhere"))
    with pytest.raises(TemplateError, match="nowhere"):
        guest.fork(["ipykernel_launcher", code], env=dict(os.environ), cwd=launcher)


def test_stopping_leaves_no_process_and_no_folder(template: Template, fork: Callable) -> None:
    fork("pass").wait(20)
    pid, folder = template.pid, template.socket.parent
    assert folder.is_dir()
    template.stop()
    assert not is_running(pid)
    assert not folder.exists()
