"""nbgrader's environment: its own, beside the project's, with the same TensorFlow and coursetools.

What is installed is pinned with hashes: the product's lock, and `requirements.lock` beside this
file for nbgrader. Where it already is what the locks say, nothing is done.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LOCKS = (ROOT / "requirements.lock", HERE / "requirements.lock")
_STAMP = "made-from"


def make_environment(folder: Path) -> Path:
    """Make nbgrader's environment in a folder, and give its Python.

    Raises:
        CalledProcessError: It could not be installed.
    """
    python = folder / "bin" / "python"
    stamp = folder / _STAMP
    wanted = _sum_of(*LOCKS, ROOT / "pyproject.toml", Path(sys.executable).resolve())
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return python
    print(f"making nbgrader's environment in {folder} (some minutes)", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    uv = shutil.which("uv")
    venv.create(folder, with_pip=uv is None)
    install = [uv, "pip", "install", "--quiet", "--python", str(python)] if uv else []
    install = install or [str(python), "-m", "pip", "install", "--quiet"]
    for lock in LOCKS:
        subprocess.run([*install, "--require-hashes", "--no-deps", "-r", str(lock)], check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    stamp.write_text(wanted, encoding="ascii")
    return python


def _sum_of(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()
