"""How soon a kernel has TensorFlow: warm (forked) against cold, in one run.

It starts real kernels one after another, so it runs only with `make bench`.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

from coursetools.kernels import provisioner
from coursetools.kernels.forked import SHARED, Template
from kernels.conftest import write_kernelspecs

ROUNDS = 3
AT_LEAST = 10


@pytest.fixture
def kernelspecs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    write_kernelspecs(tmp_path)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.delenv(SHARED, raising=False)
    template = Template()
    monkeypatch.setattr(provisioner, "_TEMPLATE", template)
    yield
    template.stop()


def seconds_until_tensorflow(name: str) -> float:
    """Start a kernel and wait for its first reply: that it has imported TensorFlow and Keras.

    `start_new_kernel` would add a pause to both: it reads the kernel's output until 0.2 seconds
    pass without any.
    """
    start = time.perf_counter()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    asked = client.execute("import tensorflow, keras")
    reply = client.get_shell_msg(timeout=120)
    seconds = time.perf_counter() - start
    assert reply["parent_header"]["msg_id"] == asked
    assert reply["content"]["status"] == "ok"
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return seconds


@pytest.mark.usefixtures("kernelspecs")
def test_a_warm_kernel_is_ready_sooner(
    request: pytest.FixtureRequest, benchmark: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    if not request.config.getoption("benchmark_only"):
        pytest.skip("a benchmark, run by `make bench`")
    seconds_until_tensorflow("cold")  # files are in the system's cache from here on
    first = seconds_until_tensorflow("warm")  # the template imports meanwhile
    times: dict[str, list[float]] = {"cold": [], "warm": []}
    for _ in range(ROUNDS):
        for name, measured in times.items():
            measured.append(seconds_until_tensorflow(name))
    cold, warm = (statistics.median(times[name]) for name in ("cold", "warm"))
    benchmark.extra_info["ratio"] = cold / warm
    benchmark.pedantic(seconds_until_tensorflow, args=("warm",), rounds=1)
    with capsys.disabled():
        print(
            f"\nkernel with TensorFlow, medians of {ROUNDS}, load {os.getloadavg()[0]:.1f}: cold "
            f"{cold:.2f} s, warm {warm:.2f} s, ratio {cold / warm:.1f}; the first warm one, with "
            f"its template: {first:.2f} s"
        )
    assert cold / warm >= AT_LEAST
