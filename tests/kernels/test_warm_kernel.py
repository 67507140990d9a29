"""Real kernels: what a warm one has, and that it otherwise is a kernel like any other."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

from coursetools.kernels import PROVISIONER, provisioner
from coursetools.kernels.forked import ForkedKernel, Template
from coursetools.kernels.provisioner import forkable
from kernels.conftest import eventually, write_kernelspecs

Answers = Callable[[str], object]
Kernel = tuple[KernelManager, BlockingKernelClient]
SECONDS = 60
LAUNCH = [sys.executable, "-m", "ipykernel_launcher", "-f", "connection.json"]


@pytest.fixture(scope="module")
def kernelspecs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Kernelspecs `warm` and `cold` beside the environment's own."""
    folder = tmp_path_factory.mktemp("jupyter")
    write_kernelspecs(folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("JUPYTER_PATH", str(folder))
    patch.delenv("COURSETOOLS_KERNEL_TEMPLATE", raising=False)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def template(kernelspecs: None) -> Iterator[Template]:
    """The course's own template, with TensorFlow, shared by the tests here."""
    template = Template()
    patch = pytest.MonkeyPatch()
    patch.setattr(provisioner, "_TEMPLATE", template)
    yield template
    patch.undo()
    template.stop()


@pytest.fixture
def kernel(template: Template) -> Iterator[Kernel]:
    """A warm kernel and its client: a second client of one manager would close the first's."""
    manager, client = start_new_kernel(kernel_name="warm", startup_timeout=120)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def answers_of(client: BlockingKernelClient) -> Answers:
    def answer(expression: str) -> object:
        reply = client.execute(
            "",
            user_expressions={"value": f"__import__('json').dumps({expression})"},
            reply=True,
            timeout=SECONDS,
        )
        value = reply["content"]["user_expressions"]["value"]
        assert value["status"] == "ok", value
        return json.loads(eval(value["data"]["text/plain"]))

    return answer


FACTS = {
    "folder": "__import__('os').getcwd()",
    "program": "__import__('sys').argv[0]",
    "path": "[p for p in __import__('sys').path if 'tmp' not in p]",
    "name": "__name__",
    "backend": "__import__('matplotlib').get_backend()",
    "interrupts": "__import__('signal').getsignal(2).__name__",
    "environment": "{k: v for k, v in __import__('os').environ.items() if k not in "
    "('JPY_PARENT_PID', 'PYTEST_CURRENT_TEST')}",
}


def test_a_warm_kernel_is_a_kernel_like_any_other(kernel: Kernel, kernelspecs: None) -> None:
    manager, client = kernel
    warm = answers_of(client)
    assert isinstance(manager.provisioner.process, ForkedKernel)
    cold_manager, cold_client = start_new_kernel(kernel_name="cold", startup_timeout=120)
    try:
        assert not isinstance(cold_manager.provisioner.process, ForkedKernel)
        cold = answers_of(cold_client)
        for fact, expression in FACTS.items():
            assert warm(expression) == cold(expression), fact
    finally:
        cold_client.stop_channels()
        cold_manager.shutdown_kernel(now=True)


def test_it_has_tensorflow_and_the_template_ran_none_of_it(
    kernel: Kernel, template: Template
) -> None:
    answer = answers_of(kernel[1])
    assert answer("'tensorflow' in __import__('sys').modules")
    module = "__import__('importlib').import_module('tensorflow.python.eager.context')"
    context = f"{module}.context()"
    assert answer(f"{context}._context_handle is None"), "an operation ran before the fork"
    assert os.listdir(f"/proc/{template.pid}/task") == [str(template.pid)]
    assert answer("float(__import__('tensorflow').reduce_sum([1.0, 2.0]))") == 3.0


def test_figures_are_shown(kernel: Kernel) -> None:
    _, client = kernel
    shown = []
    client.execute_interactive(
        "import matplotlib.pyplot as plt; _ = plt.plot([1, 2])",
        output_hook=lambda message: shown.append(message["content"].get("data", {})),
        timeout=SECONDS,
    )
    assert any("image/png" in data for data in shown)


def test_nothing_of_the_course_comes_with_it(
    kernel: Kernel,
) -> None:
    answer = answers_of(kernel[1])
    assert answer("[m for m in __import__('sys').modules if m.startswith('coursetools')]") == []


def test_it_is_interrupted_and_goes_on(kernel: Kernel) -> None:
    manager, client = kernel
    threading.Timer(1.0, manager.interrupt_kernel).start()
    reply = client.execute(
        "import time; time.sleep(60)", reply=True, timeout=SECONDS / 2, stop_on_error=False
    )
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert answers_of(client)("1 + 1") == 2


def test_it_is_restarted_warm(template: Template) -> None:
    manager, client = start_new_kernel(kernel_name="warm", startup_timeout=120)
    before = manager.provisioner.process.pid
    client.execute("leftover = 1", reply=True, timeout=SECONDS)
    manager.restart_kernel()
    client.wait_for_ready(timeout=60)
    answer = answers_of(client)
    assert manager.provisioner.process.pid != before
    assert answer("['leftover' in globals(), 'keras' in __import__('sys').modules]") == [
        False,
        True,
    ]
    client.stop_channels()
    manager.shutdown_kernel()
    assert not manager.is_alive()


def test_a_killed_kernel_is_seen_to_be_dead(
    kernel: Kernel,
) -> None:
    manager, _ = kernel
    os.kill(manager.provisioner.process.pid, signal.SIGKILL)
    eventually(lambda: not manager.is_alive())
    assert manager.provisioner.process.returncode == -signal.SIGKILL


def test_a_template_that_fails_means_a_cold_kernel(
    kernelspecs: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(provisioner, "_TEMPLATE", Template(("there_is_no_such_module",)))
    manager, client = start_new_kernel(kernel_name="warm", startup_timeout=120)
    assert isinstance(manager.provisioner.process, subprocess.Popen)
    assert answers_of(client)("6 * 7") == 42
    assert "Starting a cold kernel" in caplog.text
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_only_this_pythons_ipykernel_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert forkable(LAUNCH, {}) == ["ipykernel_launcher", "-f", "connection.json"]
    assert forkable(LAUNCH, {"stdout": 7}) is not None
    assert forkable(["/bin/sh", *LAUNCH[1:]], {}) is None
    assert forkable([LAUNCH[0], "-m", "bash_kernel"], {}) is None
    assert forkable(LAUNCH, {"stdout": subprocess.PIPE}) is None
    monkeypatch.setattr(sys, "platform", "darwin")
    assert forkable(LAUNCH, {}) is None


def test_jupyter_lists_the_kernelspec(kernelspecs: None) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "jupyter", "kernelspec", "list", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    specs = json.loads(found.stdout)["kernelspecs"]
    assert (
        specs["warm"]["spec"]["metadata"]["kernel_provisioner"]["provisioner_name"] == PROVISIONER
    )


def test_the_debugger_attaches(kernel: Kernel) -> None:
    _, client = kernel
    # The template has imported the debugger, as importing it takes as long as all else.
    client.execute("0", reply=True, timeout=SECONDS)
    asked = {"initialize": {"clientID": "test", "adapterID": "python"}, "attach": {}}
    for number, (command, arguments) in enumerate(asked.items(), start=1):
        content = {"type": "request", "seq": number, "command": command, "arguments": arguments}
        message = client.session.msg("debug_request", content)
        client.control_channel.send(message)
        reply = client.control_channel.get_msg(timeout=SECONDS)
        while reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
            reply = client.control_channel.get_msg(timeout=SECONDS)
        assert reply["content"]["success"], reply["content"]
