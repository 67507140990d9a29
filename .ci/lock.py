"""`make lock`: pyproject.toml resolved into the lock files, and environment.yml from them.

Runtime, what the tests have more, and what nbgrader needs more: it is graded against in a benchmark
and lives in an environment of its own. So does Otter, which makes assignments for tests.

Pins that stand in the lock files are kept; arguments (`--upgrade`) are handed to `uv pip compile`.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME_LOCK = ROOT / "requirements.lock"
TESTS_LOCK = ROOT / "tests" / "requirements.lock"
BENCHMARK = ROOT / "tests" / "benchmarks" / "grading"
BENCHMARK_LOCK = BENCHMARK / "requirements.lock"
OTTER = ROOT / "tests" / "grading" / "foreign"
ENVIRONMENT = ROOT / "environment.yml"

# Universal: one file for every system and for Python 3.11 to 3.13. No header and no index address:
# the file says what is installed, whoever installs it knows from where.
COMPILE = ["uv", "pip", "compile", "--quiet"]
COMPILE += ["--universal", "--python-version", "3.11"]
COMPILE += ["--generate-hashes", "--no-header", "--no-annotate"]

ENVIRONMENT_HEAD = """\
# For conda, mamba and Binder: the pins of requirements.lock. Made by `make lock`.
# (pip takes hashes for all or for none, and a folder has none: hence pins alone.)
name: coursetools
channels:
  - conda-forge
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def read_lock(text: str) -> dict[str, str]:
    """Split a lock file into its requirements.

    Returns:
        The first line of each requirement without the continuation ("numpy==2.4.6 ; sys_platform
        == 'linux'") -> its whole text with the hashes, in the file's order.
    """
    blocks = re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    return {block.split("\\\n", 1)[0].strip(): block for block in blocks}


def pin(line: str) -> str:
    """Return the "numpy==2.4.6" of a requirement's first line, without its marker."""
    return line.split(";", 1)[0].strip()


def added(both: Mapping[str, str], runtime: Mapping[str, str]) -> str:
    """Return the lock text of the requirements that only `both` has.

    One that both have under other markers (psutil, which ipykernel asks for outside browsers only)
    is left to the runtime's lock: the markers differ on systems where the course does not run.

    Raises:
        ValueError: If a requirement of `runtime` has another version in `both`.
    """
    pins = {pin(line) for line in runtime}
    names = {line.split("==")[0] for line in pins}
    rest = {line: block for line, block in both.items() if pin(line) not in pins}
    twice = sorted(line for line in rest if line.split("==")[0] in names)
    if twice:
        raise ValueError(
            f"the two locks disagree about `{twice}`: run `make lock LOCK_ARGS=--upgrade`"
        )
    return "".join(rest.values())


def environment(runtime: Mapping[str, str]) -> str:
    """Return environment.yml for the requirements of a lock."""
    lines = [f'      - "{line}"' if ";" in line else f"      - {line}" for line in runtime]
    return ENVIRONMENT_HEAD + "\n".join([*lines, "      - -e ."]) + "\n"


def compile_lock(output: Path, *arguments: str, source: str = "pyproject.toml") -> dict[str, str]:
    """Run `uv pip compile`, which keeps the pins in its output file, and read what it wrote."""
    command = [*COMPILE, source, *arguments, "--output-file", str(output)]
    subprocess.run(command, cwd=ROOT, check=True)
    return read_lock(output.read_text(encoding="utf-8"))


def beside(runtime: Mapping[str, str], lock: Path, *arguments: str) -> dict[str, str]:
    """Write the lock of what `arguments` ask for beside the runtime's, and read it."""
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "both.lock"
        kept = lock.read_text(encoding="utf-8") if lock.exists() else ""
        pins.write_text(RUNTIME_LOCK.read_text(encoding="utf-8") + kept, encoding="utf-8")
        constraint = ("--constraint", str(RUNTIME_LOCK))
        both = compile_lock(pins, "--group", "build", *constraint, *arguments)
    lock.write_text(added(both, runtime), encoding="utf-8")
    return read_lock(lock.read_text(encoding="utf-8"))


def main(arguments: list[str]) -> None:
    """Write the files."""
    if not shutil.which("uv"):
        sys.exit(
            "lock: `uv` is not on the PATH; `pip install uv` brings it. Only `make lock` needs it."
        )
    runtime = compile_lock(RUNTIME_LOCK, "--group", "build", *arguments)
    tests = beside(runtime, TESTS_LOCK, "--extra", "dev", *arguments)
    nbgrader = beside(runtime, BENCHMARK_LOCK, str(BENCHMARK / "requirements.in"), *arguments)
    otter = compile_lock(
        OTTER / "requirements.lock", *arguments, source=str(OTTER / "requirements.in")
    )
    ENVIRONMENT.write_text(environment(runtime), encoding="utf-8")
    print(
        f"lock: {len(runtime)} requirements, {len(tests)} more for the tests, "
        f"{len(nbgrader)} for nbgrader, {len(otter)} for Otter"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
