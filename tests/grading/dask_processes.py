"""A scheduler and workers as an instructor starts them, each a process that can be killed."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

DASK = str(Path(sys.executable).with_name("dask"))
_ROOT = Path(__file__).parents[2]


class DaskProcesses:
    """They end at the end of a `with`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scheduler: subprocess.Popen | None = None
        self.workers: list[subprocess.Popen] = []
        self.address = ""

    def start_scheduler(self, port: int = 0) -> str:
        """Start a scheduler; gives its address."""
        told = self.folder / "scheduler.json"
        told.unlink(missing_ok=True)
        self.scheduler = self._started(
            "scheduler", "--host=127.0.0.1", f"--port={port}", f"--scheduler-file={told}",
            "--dashboard-address=127.0.0.1:0",
        )  # fmt: skip
        while not (told.exists() and told.read_text()):
            assert self.scheduler.poll() is None
            time.sleep(0.05)
        self.address = json.loads(told.read_text())["address"]
        return self.address

    def start_worker(self, threads: int = 1) -> None:
        worker = self._started(
            "worker", self.address, f"--nthreads={threads}", "--host=127.0.0.1",
            f"--local-directory={self.folder}", "--no-nanny", "--no-dashboard",
        )  # fmt: skip
        self.workers.append(worker)

    def _started(self, *arguments: str) -> subprocess.Popen:
        places = os.pathsep.join([str(_ROOT), str(_ROOT / "tests")])
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [DASK, *arguments],
                env={**os.environ, "PYTHONPATH": places},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def __enter__(self) -> "DaskProcesses":
        return self

    def __exit__(self, *_: object) -> None:
        for process in [*self.workers, self.scheduler]:
            if process is not None:
                process.kill()
                process.wait()
