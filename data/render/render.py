"""Render whatever pictures of the sets are missing; `run.py` calls this in its environment.

    python data/render/run.py --jobs 2

Finished pictures are kept, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import numpy as np
from PIL import Image

from contact import contact_name, write_contact_sheet
from holdout import SIZES, HoldoutError, plan_holdout, render_holdout
from manifest import file_sum, read_manifest, write_manifest
from packed import list_name, pack, read_packed, sheet_name
from plan import REDUCED, SMALL, PictureSet, SceneTask
from workers import be_quiet, render_scene, render_scenes

DATA = Path(__file__).resolve().parent.parent
SETS = (REDUCED, SMALL)


def missing_scenes(wanted: PictureSet, folder: Path) -> list[SceneTask]:
    """Scenes of which a picture is not there, or is not the one the manifest names."""
    sums: dict[str, str] = read_manifest(folder)["files"]
    packed = read_packed(folder, wanted)

    def whole(name: str) -> bool:
        path = folder / name
        if not path.exists():
            return name in packed
        return name not in sums or file_sum(path) == sums[name]

    return [task for task in wanted.scenes() if not all(whole(name) for name in task.files)]


def _files(wanted: PictureSet) -> list[str]:
    """What a finished set consists of."""
    if wanted.packed:
        names = [name(wanted, part) for part in wanted.parts for name in (sheet_name, list_name)]
    else:
        names = [name for task in wanted.scenes() for name in task.files]
    return [*names, contact_name(wanted)]


def make_set(wanted: PictureSet, folder: Path, jobs: int, lights: Path | None = None) -> int:
    """Render what is missing of a set and put it together; returns how many scenes failed."""
    missing = missing_scenes(wanted, folder)
    scenes = len(wanted.scenes())
    print(f"{wanted.folder}: {scenes} scenes, {len(missing)} to render", flush=True)
    failed = render_scenes(missing, folder, jobs, lights) if missing else 0
    if failed:
        return failed
    if wanted.packed:
        pack(folder, wanted)
    _list_files(folder)
    write_contact_sheet(folder, wanted)
    _list_files(folder)
    return 0


def _list_files(folder: Path) -> None:
    """Write the manifest of what is there of the sets."""
    names = [name for wanted in SETS for name in _files(wanted) if (folder / name).exists()]
    write_manifest(folder, names, f"bpy {metadata.version('bpy')}")


def compare_again(folder: Path, count: int) -> int:
    """Render scenes spread over each set once more; returns how many pictures differ."""
    different = 0
    for wanted in SETS:
        tasks = wanted.scenes()
        packed = read_packed(folder, wanted)
        sums: dict[str, str] = read_manifest(folder)["files"]
        # One further each time, as parts and classes follow each other in a fixed order.
        chosen = [tasks[(i * len(tasks) // count + i) % len(tasks)] for i in range(1, count + 1)]
        with tempfile.TemporaryDirectory() as again:
            for task in chosen:
                render_scene(task, Path(again))
                for name in task.files:
                    path = Path(again) / name
                    if name in packed:
                        same = np.array_equal(np.asarray(Image.open(path)), packed[name])
                    else:
                        same = file_sum(path) == sums.get(name)
                    different += not same
                    print(f"{name}: {'the same' if same else 'DIFFERENT'}", file=sys.stderr)
    return different


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py", description="Render the car-or-truck pictures.")
    parser.add_argument("--jobs", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--folder", type=Path, default=DATA, help="the data folder")
    parser.add_argument(
        "--again",
        type=int,
        metavar="N",
        help="write nothing; render N scenes of each set again and compare them with what is there",
    )
    parser.add_argument(
        "--lights",
        type=Path,
        help="keep the renderer's light in this folder, to try another camera chain quickly",
    )
    own = parser.add_argument_group("a held-out set of your own")
    own.add_argument("--holdout", type=Path, metavar="FOLDER", help="where it goes")
    own.add_argument("--seed", type=int, help="what it is drawn from: yours alone")
    own.add_argument("--pictures", type=int, default=100, help="of each class (100)")
    own.add_argument("--size", type=int, choices=sorted(SIZES), default=128, help="pixels a side")
    options = parser.parse_args()
    if options.holdout and options.seed is None:
        parser.error("--holdout needs --seed")
    return options


def main() -> int:
    """The command line."""
    options = _options()
    if options.holdout:
        try:
            wanted = plan_holdout(options.seed, options.pictures, options.size)
            return 1 if render_holdout(options.holdout, wanted, options.jobs) else 0
        except HoldoutError as fault:
            print(fault, file=sys.stderr)
            return 2
    if options.lights:
        options.lights.mkdir(parents=True, exist_ok=True)
    if options.again:
        be_quiet()
        return 1 if compare_again(options.folder, options.again) else 0
    for unfinished in options.folder.rglob(".*.part"):
        unfinished.unlink()
    # Both, though the first has failed: one scene that cannot be read stops nothing else.
    failed = [make_set(wanted, options.folder, options.jobs, options.lights) for wanted in SETS]
    return 1 if any(failed) else 0


if __name__ == "__main__":
    sys.exit(main())
