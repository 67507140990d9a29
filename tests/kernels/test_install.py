"""The provisioner's name in a kernelspec."""

import json
import os
from pathlib import Path

import pytest

from coursetools.kernels import PROVISIONER
from coursetools.kernels.install import NoKernelspecError, install, kernelspec_file

SPEC = {"argv": ["python", "-m", "ipykernel_launcher"], "metadata": {"debugger": True}}


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    file = kernelspec_file(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(SPEC), encoding="utf-8")
    return file


def test_installing_names_the_provisioner_once_and_keeps_the_rest(spec: Path) -> None:
    assert install(spec)
    assert not install(spec)
    assert json.loads(spec.read_text("utf-8")) == SPEC | {
        "metadata": {
            "debugger": True,
            "kernel_provisioner": {"provisioner_name": PROVISIONER},
        }
    }


def test_cold_again(spec: Path) -> None:
    install(spec)
    assert install(spec, warm=False)
    assert json.loads(spec.read_text("utf-8")) == SPEC
    assert not install(spec, warm=False)


def test_a_file_shared_with_other_environments_is_not_written_into(spec: Path) -> None:
    other = spec.with_name("other.json")
    os.link(spec, other)
    install(spec)
    assert json.loads(other.read_text("utf-8")) == SPEC


def test_without_a_kernelspec_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoKernelspecError, match="make setup"):
        install(kernelspec_file(tmp_path))
