"""Rendering many scenes in worker processes, with progress and an estimate.

Pictures are written under a temporary name and then renamed, so a file with its right name is
always whole.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from manifest import write_whole
from plan import SceneTask
from readable import UnreadableSceneError


def be_quiet() -> None:
    """Send Blender's chatter on standard output nowhere; errors still show."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_with_parent() -> None:
    """Leave when the process that started this worker has ended, however it ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _start_worker() -> None:
    """What each worker does first."""
    be_quiet()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def render_scene(task: SceneTask, folder: Path, lights: Path | None = None) -> SceneTask:
    """Make and write the pictures of one scene, in a worker process."""
    # Imported here because Blender may only be loaded in the workers: it rewrites the module
    # search path, which a worker started from this process would then inherit.
    from pictures import make_pictures

    with tempfile.TemporaryDirectory() as temporary:
        pictures = make_pictures(task, lights or Path(temporary))
    for name, picture in zip(task.files, pictures, strict=True):
        write_whole(folder / name, picture.content)
    return task


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds + 0.5), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def render_scenes(
    tasks: list[SceneTask], folder: Path, jobs: int, lights: Path | None = None
) -> int:
    """Render scenes in `jobs` processes with progress; returns how many failed."""
    started, failed = time.monotonic(), 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker) as pool:
        waiting = [pool.submit(render_scene, task, folder, lights) for task in tasks]
        try:
            for done, future in enumerate(as_completed(waiting), start=1):
                fault = future.exception()
                if isinstance(fault, UnreadableSceneError):
                    failed += 1
                    print(f"\n{fault}", file=sys.stderr)
                elif fault is not None:
                    raise fault
                spent = time.monotonic() - started
                left = spent / done * (len(tasks) - done)
                line = f"\rscene {done} of {len(tasks)}, {_clock(spent)}, {_clock(left)} left   "
                print(line, end="", flush=True)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    print()
    return failed
