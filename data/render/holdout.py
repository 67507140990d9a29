"""An instructor's own pictures for marking, rendered from a seed that is nobody else's.

python data/render/run.py --holdout FOLDER --seed N [--pictures 100] [--size 128]
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from manifest import write_whole
from plan import GENERATOR_VERSION, REDUCED, SEED, SMALL, PictureSet, holdout
from workers import render_scenes

SIZES = {REDUCED.size: REDUCED, SMALL.size: SMALL}
MARK = ".made-from"
"""Holds a sum of the seed and the size, so that another set is not mixed into a folder. Not the
seed itself: whoever has that can render the pictures."""

SMALLEST_SEED = 1000
LARGEST_SEED = 2**63


class HoldoutError(ValueError):
    """A held-out set cannot be made as asked; the message says why and what to do."""


def plan_holdout(seed: int, pictures: int, size: int) -> PictureSet:
    """The set for these wishes; the number of pictures of each class is rounded up to whole scenes.

    Raises:
        HoldoutError: The seed is ours or too easy to guess, or no pictures are asked for.
    """
    like = SIZES[size]
    if seed == SEED:
        raise HoldoutError(
            f"The seed `{seed}` is that of the pictures in the repository, which everyone has. "
            "Choose another."
        )
    if not SMALLEST_SEED <= seed < LARGEST_SEED:
        raise HoldoutError(
            f"The seed `{seed}` is not between {SMALLEST_SEED} and {LARGEST_SEED - 1}. Choose a "
            "number that nobody guesses, and keep it to yourself."
        )
    if pictures < 1:
        raise HoldoutError(f"`{pictures}` pictures of each class make no set. Ask for at least 1.")
    return holdout(like, -(-pictures // like.cameras) * like.cameras, seed)


def render_holdout(folder: Path, wanted: PictureSet, jobs: int) -> int:
    """Render what is missing of a held-out set; returns how many scenes failed.

    Raises:
        HoldoutError: The folder holds something else.
    """
    _claim(folder, wanted)
    missing = [
        task for task in wanted.scenes() if not all((folder / name).exists() for name in task.files)
    ]
    scenes, each = len(wanted.scenes()), wanted.pictures[""]
    print(f"{each} pictures of each class: {scenes} scenes, {len(missing)} to render", flush=True)
    return render_scenes(missing, folder, jobs) if missing else 0


def _claim(folder: Path, wanted: PictureSet) -> None:
    """Mark an empty folder for this set, or see that it is marked for it."""
    mark = folder / MARK
    words = f"{GENERATOR_VERSION} {wanted.seed} {wanted.size}"
    mine = hashlib.sha256(words.encode()).hexdigest()
    if folder.is_file():
        raise HoldoutError(f"`{folder}` is a file. Give the name of a new folder.")
    if mark.exists():
        if mark.read_text(encoding="utf-8").strip() != mine:
            raise HoldoutError(
                f"The pictures in `{folder}` are from another seed or have another size. Give a "
                "new folder, or the seed and the size that this one was begun with."
            )
        return
    if folder.is_dir() and any(folder.iterdir()):
        raise HoldoutError(f"There is something else in `{folder}`. Give an empty or a new folder.")
    write_whole(mark, f"{mine}\n".encode())
