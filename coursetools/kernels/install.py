"""Puts the warm provisioner into this environment's `python3` kernelspec.

python -m coursetools.kernels.install            warm
python -m coursetools.kernels.install --cold     as ipykernel left it
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from coursetools.kernels import PROVISIONER

KERNEL = "python3"


class NoKernelspecError(FileNotFoundError):
    """This Python has no kernelspec: ipykernel is not installed in it."""


def kernelspec_file(prefix: Path | None = None) -> Path:
    """Return the file that describes the environment's kernel."""
    return (prefix or Path(sys.prefix)) / "share" / "jupyter" / "kernels" / KERNEL / "kernel.json"


def install(file: Path, *, warm: bool = True) -> bool:
    """Name the provisioner in a kernelspec, or take its name out; returns whether that changed it.

    Raises:
        NoKernelspecError: There is no such file.
    """
    if not file.is_file():
        raise NoKernelspecError(
            f"There is no kernelspec at `{file}`. Install the course first: make setup."
        )
    spec = json.loads(file.read_text(encoding="utf-8"))
    before = json.dumps(spec)
    metadata = spec.setdefault("metadata", {})
    metadata.pop("kernel_provisioner", None)
    if warm:
        metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER}
    if json.dumps(spec) == before:
        return False
    # Hard links: an installer may share this file with other environments.
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(spec, indent=1) + "\n", encoding="utf-8")
    fresh.replace(file)
    return True


def main() -> None:
    """Change the kernelspec of the Python that runs this."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cold", action="store_true", help="take the provisioner out again")
    install(kernelspec_file(), warm=not parser.parse_args().cold)


if __name__ == "__main__":
    main()
