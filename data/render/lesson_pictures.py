"""Make the lessons' own pictures that are missing; `run.py lesson-pictures` calls this.

    python data/render/run.py lesson-pictures [--again [NAME ...]]

They are written to `data/pictures/`, with a manifest of their own. A picture that is there with
the manifest's sum is kept, so remove what is to be made anew; `--again` makes them once more and
compares, writing nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from PIL import Image

import comic_car
import drawings
from manifest import file_sum, instructions, write_whole
from plan import SEED
from workers import be_quiet

FOLDER = Path(__file__).resolve().parent.parent / "pictures"
MANIFEST = FOLDER / "manifest.json"
JPEG_QUALITY = 92
PALETTE = 128


@dataclass(frozen=True)
class LessonPicture:
    """One picture: its file, how it is made, and what it shows in a few words."""

    file: str
    rendered: bool
    make: Callable[[], Image.Image]
    shows: str

    @property
    def name(self) -> str:
        """What a lesson calls it."""
        return self.file.rsplit(".", 1)[0]


def _rendered(name: str, shows: str) -> LessonPicture:
    def make() -> Image.Image:
        # Blender is loaded only when something is to be rendered: the drawings do without it.
        from shots import render

        return render(name)

    return LessonPicture(f"{name}.jpg", True, make, shows)


def _drawn(name: str, make: Callable[[], Image.Image], shows: str) -> LessonPicture:
    return LessonPicture(f"{name}.png", False, make, shows)


PICTURES = (
    _rendered("car-front", "the front of an old-fashioned blue car"),
    _drawn("letter-k", drawings.letter_k, "a bold small letter k"),
    _drawn("car-drawing", comic_car.car_drawing, "a drawn red car from its side"),
    _drawn("circle-64", drawings.circle_64, "a ring one pixel thin"),
    _rendered("flower-1", "a white daisy"),
    _rendered("flower-2", "a red tulip"),
    _rendered("flower-3", "a pink rose"),
    _rendered("tile-1", "fields from above"),
    _rendered("tile-2", "a river from above"),
    _rendered("tile-3", "houses along streets from above"),
    _rendered("tile-4", "a motorway from above"),
    _drawn("digit-6", drawings.digit_6, "a handwritten six"),
    _drawn("digit-9", drawings.digit_9, "a handwritten nine"),
)


def encode(picture: LessonPicture, image: Image.Image) -> bytes:
    """The file's content: JPEG for what is rendered, PNG for what is drawn."""
    buffer = io.BytesIO()
    if picture.rendered:
        image.save(buffer, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    else:
        flat = image if image.mode == "L" else comic_car.palette(image, PALETTE)
        flat.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def read_sums() -> dict[str, str]:
    """The sum of each file that the manifest lists; none without a manifest."""
    if not MANIFEST.exists():
        return {}
    listed: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]
    return {file: entry["sha256"] for file, entry in listed.items()}


def missing() -> list[LessonPicture]:
    """Pictures that are not there, or not with the sum that the manifest names."""
    sums = read_sums()

    def whole(file: str) -> bool:
        path = FOLDER / file
        return path.exists() and sums.get(file) == file_sum(path)

    return [picture for picture in PICTURES if not whole(picture.file)]


def write_manifest() -> None:
    """List every picture with its sum, what it shows and how it was made."""
    files = {
        picture.file: {
            "sha256": file_sum(FOLDER / picture.file),
            "shows": picture.shows,
            "made": "rendered" if picture.rendered else "drawn",
        }
        for picture in sorted(PICTURES, key=lambda picture: picture.file)
    }
    manifest = {
        "about": "Made by data/render/lesson_pictures.py; sha256 sums of the files beside this.",
        "seed": SEED,
        "renderer": f"bpy {metadata.version('bpy')}",
        "instructions": instructions(),
        "files": files,
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    write_whole(MANIFEST, text.encode())


def compare_again(names: Collection[str]) -> int:
    """Make pictures once more, all if none is named; returns how many differ from the manifest."""
    sums, different = read_sums(), 0
    for picture in PICTURES:
        if names and picture.name not in names:
            continue
        again = hashlib.sha256(encode(picture, picture.make())).hexdigest()
        same = again == sums.get(picture.file)
        different += not same
        print(f"{picture.file}: {'the same' if same else 'DIFFERENT'}", file=sys.stderr)
    return different


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make the lessons' own pictures.")
    parser.add_argument(
        "--again",
        nargs="*",
        metavar="NAME",
        choices=[picture.name for picture in PICTURES],
        help="write nothing; make these pictures (or all) again and compare the sums",
    )
    options = parser.parse_args()
    be_quiet()
    if options.again is not None:
        return 1 if compare_again(options.again) else 0
    wanted = missing()
    print(f"{len(PICTURES)} lesson pictures, {len(wanted)} to make", file=sys.stderr)
    for picture in wanted:
        write_whole(FOLDER / picture.file, encode(picture, picture.make()))
        print(f"{picture.file} is made", file=sys.stderr)
    write_manifest()
    return 0


if __name__ == "__main__":
    sys.exit(main())
