"""Make the rendering environment if it is missing, then render what is missing.

    python data/render/run.py [--jobs 2]
    python data/render/run.py lesson-pictures

Needs only the standard library. The environment stands in `data/render/.venv`: Blender as a
module (`bpy`, a wheel of 374 MB) wants Python 3.11 exactly and an older NumPy than TensorFlow.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
REQUIREMENTS = HERE / "requirements.txt"
# Holds the sum of the requirements once they are installed, so that a broken start is repaired.
COMPLETE = ENVIRONMENT / "complete"


class PythonNotFoundError(FileNotFoundError):
    """No Python 3.11 to make the environment with."""


class InstallError(RuntimeError):
    """The package installer failed."""


def _python_311() -> str:
    """Path of a Python 3.11."""
    if sys.version_info[:2] == (3, 11):
        return sys.executable
    found = shutil.which("python3.11")
    if found is None:
        raise PythonNotFoundError(
            f"Rendering needs Python 3.11, and this is `{sys.version.split()[0]}`. Install "
            "Python 3.11 so that `python3.11` starts it, or use the pictures in the repository."
        )
    return found


def environment_python() -> Path:
    """Path of the environment's own Python."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return ENVIRONMENT / folder / name


def ensure_environment() -> Path:
    """Make and fill the environment unless it is complete; returns its Python."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    python = environment_python()
    if python.exists() and COMPLETE.exists() and COMPLETE.read_text() == wanted:
        return python
    print("Making data/render/.venv (Blender's wheel is 374 MB)", flush=True)
    if sys.version_info[:2] == (3, 11):
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    else:
        subprocess.run([_python_311(), "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)]
    if subprocess.run(install, check=False).returncode:
        raise InstallError(
            "Installing `data/render/requirements.txt` failed; see the lines above. Check the "
            "network and free disk (about 1.5 GB), then run the command again."
        )
    COMPLETE.write_text(wanted)
    return python


def main() -> int:
    """Make the environment, then hand over to the script asked for with the same arguments."""
    try:
        python = ensure_environment()
    except (PythonNotFoundError, InstallError) as fault:
        print(fault, file=sys.stderr)
        return 2
    script, arguments = "render.py", sys.argv[1:]
    if arguments[:1] == ["lesson-pictures"]:
        script, arguments = "lesson_pictures.py", arguments[1:]
    return subprocess.run([str(python), str(HERE / script), *arguments]).returncode


if __name__ == "__main__":
    sys.exit(main())
