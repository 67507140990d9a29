"""Render whatever pictures of the set are missing; `run.py` calls this in its environment.

    python data/render/run.py --jobs 2

Finished pictures are kept, so an interrupted run goes on where it stopped. Pictures are written
under a temporary name and then renamed, so a file with its right name is always whole.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib import metadata
from pathlib import Path

from manifest import file_sum, read_manifest, write_manifest, write_sheet, write_whole
from plan import SceneTask, all_scenes
from readable import UnreadableSceneError

DATA = Path(__file__).resolve().parent.parent


def _quiet() -> None:
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
    _quiet()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _render_scene(task: SceneTask, folder: Path, lights: Path | None = None) -> SceneTask:
    """Make and write the pictures of one scene, in a worker process."""
    # Imported here because Blender may only be loaded in the workers: it rewrites the module
    # search path, which a worker started from this process would then inherit.
    from pictures import make_pictures

    with tempfile.TemporaryDirectory() as temporary:
        pictures = make_pictures(task, lights or Path(temporary))
    for name, picture in zip(task.files, pictures, strict=True):
        write_whole(folder / name, picture.jpeg)
    return task


def _missing(tasks: list[SceneTask], folder: Path) -> list[SceneTask]:
    """Scenes of which a picture is not there, or is not the one the manifest names."""
    sums: dict[str, str] = read_manifest(folder)["files"]

    def whole(name: str) -> bool:
        path = folder / name
        return path.exists() and (name not in sums or file_sum(path) == sums[name])

    return [task for task in tasks if not all(whole(name) for name in task.files)]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds + 0.5), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def render_missing(
    tasks: list[SceneTask], folder: Path, jobs: int, lights: Path | None = None
) -> int:
    """Render scenes in `jobs` processes with progress; returns how many failed."""
    started, failed = time.monotonic(), 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker) as pool:
        waiting = [pool.submit(_render_scene, task, folder, lights) for task in tasks]
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


def compare_again(tasks: list[SceneTask], folder: Path, count: int) -> int:
    """Render scenes spread over the set once more; returns how many pictures differ."""
    sums: dict[str, str] = read_manifest(folder)["files"]
    # One further each time, as parts and classes follow each other in a fixed order.
    chosen = [tasks[(i * len(tasks) // count + i) % len(tasks)] for i in range(1, count + 1)]
    different = 0
    with tempfile.TemporaryDirectory() as again:
        for task in chosen:
            _render_scene(task, Path(again))
            for name in task.files:
                same = file_sum(Path(again) / name) == sums.get(name)
                different += not same
                print(f"{name}: {'the same' if same else 'DIFFERENT'}", file=sys.stderr)
    return different


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Render the car-or-truck pictures.")
    parser.add_argument("--jobs", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--folder", type=Path, default=DATA, help="the data folder")
    parser.add_argument(
        "--again",
        type=int,
        metavar="N",
        help="write nothing; render N scenes again and compare them with the manifest",
    )
    parser.add_argument(
        "--lights",
        type=Path,
        help="keep the renderer's light in this folder, to try another camera chain quickly",
    )
    options = parser.parse_args()
    if options.lights:
        options.lights.mkdir(parents=True, exist_ok=True)
    tasks = all_scenes()
    if options.again:
        _quiet()
        return 1 if compare_again(tasks, options.folder, options.again) else 0
    for unfinished in options.folder.rglob(".*.part"):
        unfinished.unlink()
    missing = _missing(tasks, options.folder)
    print(f"{len(tasks)} scenes, {len(missing)} to render", flush=True)
    if missing and render_missing(missing, options.folder, options.jobs, options.lights):
        return 1
    write_sheet(options.folder, tasks)
    write_manifest(options.folder, tasks, f"bpy {metadata.version('bpy')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
