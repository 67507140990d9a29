"""The lessons' own pictures show what the lessons say they show."""

import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

import run
from coursetools.datasets import lesson_picture, picture_names, picture_path
from coursetools.operations import KERNELS, convolve, max_pool, relu
from lesson_pictures import PICTURES, encode
from manifest import file_sum, instructions

Array = npt.NDArray[np.float32]

FOLDER = Path(__file__).resolve().parents[2] / "data" / "pictures"
MOST_BYTES = 700_000
SIDES = {
    "car-front": 512,
    "letter-k": 256,
    "car-drawing": 512,
    "circle-64": 64,
    **{f"flower-{k}": 256 for k in (1, 2, 3)},
    **{f"tile-{k}": 128 for k in (1, 2, 3, 4)},
    "digit-6": 128,
    "digit-9": 128,
}
# Where the car's parts lie in the lessons' 200 by 200 pixels: rows and columns.
GRILLE = (slice(101, 125), slice(102, 163))
LAMPS = ((112.0, 84.0, 13.5), (108.5, 178.0, 12.5))
WHEEL = (slice(118, 156), slice(42, 56))
PLATE = (slice(140, 157), slice(112, 161))


@pytest.fixture(scope="module")
def own_manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def car() -> Array:
    """The picture of lessons 2 and 3."""
    return lesson_picture("car-front", channels=1, size=200)


def detected(picture: Array, kernel: str) -> Array:
    return np.asarray(relu(convolve(picture, KERNELS[kernel], padding="same")))


def inside(field: Array) -> Array:
    """Without the rim, where the zeros of the padding answer."""
    return field[2:-2, 2:-2]


# The files


def test_every_picture_is_listed_and_has_its_sum(own_manifest: dict[str, Any]) -> None:
    files = own_manifest["files"]
    assert list(files) == sorted(picture.file for picture in PICTURES)
    assert set(picture_names()) == set(SIDES) == {picture.name for picture in PICTURES}
    for file, entry in files.items():
        assert entry["sha256"] == file_sum(FOLDER / file), f"`{file}` is not what was made"
    made = {picture.file: "rendered" if picture.rendered else "drawn" for picture in PICTURES}
    assert {file: entry["made"] for file, entry in files.items()} == made
    assert {file: entry["shows"] for file, entry in files.items()} == {
        picture.file: picture.shows for picture in PICTURES
    }


def test_nothing_else_lies_there_and_all_is_small() -> None:
    known = {picture.file for picture in PICTURES} | {"manifest.json", "README.md"}
    assert {path.name for path in FOLDER.iterdir()} == known
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("name", SIDES)
def test_size_and_kind_are_the_card_s(name: str) -> None:
    side = SIDES[name]
    with Image.open(picture_path(name)) as picture:
        assert picture.size == (side, side)
        kind = (picture.format, picture.mode)
    grey = name in ("letter-k", "circle-64", "digit-6", "digit-9")
    assert kind in ((("PNG", "L"),) if grey else (("JPEG", "RGB"), ("PNG", "P")))
    rows = [
        line
        for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| `{name}` ")
    ]
    assert len(rows) == 1
    assert f"| {side}x{side}, {'grey' if grey else 'colour'} |" in rows[0]
    assert rows[0].endswith("| rendered |" if kind[0] == "JPEG" else "| drawn |")


@pytest.mark.parametrize("picture", [p for p in PICTURES if not p.rendered], ids=lambda p: p.name)
def test_drawn_pictures_come_out_the_same(picture: Any, tmp_path: Path) -> None:
    again = tmp_path / picture.file
    again.write_bytes(encode(picture, picture.make()))
    with Image.open(again) as one, Image.open(FOLDER / picture.file) as other:
        first, second = (np.asarray(p.convert("RGB"), int) for p in (one, other))
    assert first.shape == second.shape
    assert (abs(first - second).max(2) > 2).mean() < 0.001


def test_a_rendered_picture_comes_out_the_same(own_manifest: dict[str, Any]) -> None:
    python = run.environment_python()
    if not python.exists():
        pytest.skip("Blender is not installed: `make data` makes its environment.")
    if instructions() != own_manifest["instructions"]:
        pytest.skip("The pictures were rendered on a processor with other vector instructions.")
    script = FOLDER.parent / "render" / "lesson_pictures.py"
    command = [str(python), str(script), "--again", "tile-3"]
    made = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert made.returncode == 0, made.stderr
    assert "tile-3.jpg: the same" in made.stderr


def test_the_project_s_command_hands_over_to_the_maker(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def start(command: list[str]) -> subprocess.CompletedProcess[str]:
        started.append(command)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(run, "ensure_environment", lambda: Path("python"))
    monkeypatch.setattr(run.subprocess, "run", start)
    scripts = ((["lesson-pictures", "--again"], "lesson_pictures.py"), ([], "render.py"))
    for arguments, script in scripts:
        monkeypatch.setattr(run.sys, "argv", ["run.py", *arguments])
        assert run.main() == 3
        assert Path(started[-1][1]).name == script
        assert started[-1][2:] == arguments[1:]


def test_no_two_pictures_are_alike() -> None:
    small = {name: lesson_picture(name, size=16).ravel() for name in SIDES}
    for one, other in itertools.combinations(small, 2):
        assert abs(small[one] - small[other]).mean() > 0.04, (one, other)


# The car


def test_the_car_has_contrast_and_uses_the_whole_range(car: Array) -> None:
    assert car.std() > 0.15
    assert np.quantile(car, 0.02) < 0.2
    assert np.quantile(car, 0.98) > 0.8


@pytest.mark.parametrize("kernel", ["bottom_sobel", "top_sobel"])
def test_the_grille_is_where_level_edges_answer_most(car: Array, kernel: str) -> None:
    answers = detected(car, kernel)
    assert answers[GRILLE].mean() > 6 * inside(answers).mean()
    assert answers[GRILLE].mean() > 4 * detected(car, "right_sobel")[GRILLE].mean()


def test_the_largest_answers_to_brighter_below_are_the_grille_s(car: Array) -> None:
    answers = inside(detected(car, "bottom_sobel"))
    rows, columns = np.unravel_index(np.argsort(answers, axis=None)[-100:], answers.shape)
    in_grille = (abs(rows + 2 - 113) < 18) & (abs(columns + 2 - 133) < 36)
    assert in_grille.mean() > 0.8


def test_each_of_the_grille_s_bars_is_a_line_of_its_own(car: Array) -> None:
    answers = detected(car, "bottom_sobel")
    for column in (108, 120, 132, 144, 158):
        line = answers[92:130, column]
        peak = (line[1:-1] > line[:-2]) & (line[1:-1] >= line[2:]) & (line[1:-1] > 0.8)
        assert 5 <= peak.sum() <= 7  # four bars, the frame's two sides, the bonnet's edge


def test_lamps_are_round_and_bright(car: Array) -> None:
    down, across = (
        convolve(car, KERNELS[name], padding="same") for name in ("bottom_sobel", "right_sobel")
    )
    strength = np.hypot(down, across)
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    for row, column, radius in LAMPS:
        reach = np.arange(radius - 5, radius + 3)
        rows = (row + np.outer(np.sin(angles), reach)).round().astype(int)
        columns = (column + 0.92 * np.outer(np.cos(angles), reach)).round().astype(int)
        assert (strength[rows, columns].max(1) > 0.5).mean() > 0.9
        assert car[int(row) - 3 : int(row) + 4, int(column) - 3 : int(column) + 4].min() > 0.75


def test_the_front_wheel_is_a_bright_rim_in_a_dark_tyre(car: Array) -> None:
    wheel = car[WHEEL]
    assert wheel.min() < 0.2
    assert np.quantile(wheel, 0.95) > 0.6
    answers = detected(car, "edge")
    assert answers[WHEEL].mean() > 2 * inside(answers).mean()


def test_the_plate_is_blank_and_framed(car: Array) -> None:
    rows, columns = PLATE
    middle = car[rows.start + 6 : rows.stop - 6, columns.start + 7 : columns.stop - 7]
    assert middle.min() > 0.7
    assert middle.std() < 0.05
    assert detected(car, "bottom_sobel")[PLATE].max() > 1.5
    assert detected(car, "right_sobel")[PLATE].max() > 1.5


def test_road_and_houses_behind_stay_quiet(car: Array) -> None:
    answers = detected(car, "edge")
    assert answers[GRILLE].mean() > 8 * answers[180:198, 2:198].mean()
    assert answers[GRILLE].mean() > 8 * answers[2:35, 2:198].mean()


def test_most_of_the_car_s_map_is_dead_space(car: Array) -> None:
    assert (inside(detected(car, "edge")) < 0.1).mean() > 0.8


# The drawn ones


def test_the_ring_pools_as_the_lesson_says() -> None:
    ring = lesson_picture("circle-64", channels=1)
    assert set(np.unique(ring)) == {0.0, 1.0}
    shares = []
    for _ in range(5):
        shares.append(f"{(ring > 0).mean():.3f}")
        ring = np.asarray(max_pool(ring))
    assert shares == ["0.038", "0.098", "0.203", "0.438", "0.750"]


def test_the_ring_is_one_pixel_thin_and_closed() -> None:
    ring = lesson_picture("circle-64", channels=1) > 0
    rows, columns = np.nonzero(ring)
    radius = np.hypot(rows - 31.5, columns - 31.5)
    assert radius.min() > 26.9
    assert radius.max() < 28.0
    np.testing.assert_array_equal(ring, ring[::-1])
    np.testing.assert_array_equal(ring, ring.T)
    for row, column in zip(rows, columns, strict=True):
        assert ring[row - 1 : row + 2, column - 1 : column + 2].sum() == 3  # itself and two more


def test_the_ring_s_shifts_merge_as_the_lesson_says() -> None:
    ring = lesson_picture("circle-64", channels=1)
    maps = [np.roll(ring, shift, (0, 1)) for shift in itertools.product(range(-3, 4), repeat=2)]
    distinct = []
    for _ in range(4):
        maps = [np.asarray(max_pool(one)) for one in maps]
        distinct.append(len({one.tobytes() for one in maps}))
    assert distinct == [49, 49, 45, 1]


def test_the_letter_has_upright_and_slanted_edges_and_flat_areas() -> None:
    letter = lesson_picture("letter-k", channels=1)
    assert letter[128, 82] > 0.85  # the stem
    assert letter[20, 128] < 0.15
    answers = {
        name: detected(letter, name)
        for name in ("left_sobel", "right_sobel", "bottom_sobel", "top_sobel")
    }
    stem = slice(60, 130), slice(58, 66)
    assert answers["right_sobel"][stem].max() > 3
    assert answers["bottom_sobel"][stem].max() < 1e-4
    arm = slice(100, 130), slice(104, 150)  # its upper left edge rises to the right
    assert answers["right_sobel"][arm].max() > 1.5
    assert answers["bottom_sobel"][arm].max() > 1.5
    total = sum(inside(field) for field in answers.values())
    assert (total < 1e-4).mean() > 0.9


def test_the_nine_is_nearly_the_six_turned() -> None:
    six, nine = (lesson_picture(f"digit-{k}", channels=1) for k in (6, 9))

    def likeness(one: Array, other: Array) -> float:
        return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])

    assert 0.8 < likeness(nine, six[::-1, ::-1]) < 0.999
    assert likeness(nine, six) < 0.5
    assert six[64:].sum() > 1.3 * six[:64].sum()  # the loop is below in a six
    assert nine[64:].sum() < nine[:64].sum() / 1.3


def test_the_drawn_car_is_flat_and_colourful() -> None:
    picture = lesson_picture("car-drawing")
    still = np.abs(np.diff(picture, axis=1)).max(2) < 1e-6
    assert still.mean() > 0.9
    assert share(picture, "red") > 0.1


# The flowers and the tiles


def share(picture: Array, colour: str) -> float:
    """Share of pixels of a colour."""
    red, green, blue = np.moveaxis(picture, 2, 0)
    found = {
        "white": picture.min(2) > 0.65,
        "yellow": (red > 0.6) & (green > 0.45) & (blue < 0.35),
        "red": (red > 0.6) & (red - green > 0.25) & (red - blue > 0.3),
        "pink": (red > 0.45) & (red - green > 0.15) & (blue - green > 0.03),
        "blue": (blue - red > 0.05) & (blue > green),
        "green": (green - red > 0.03) & (green - blue > 0.03),
        "grey": (np.ptp(picture, axis=2) < 0.06) & (picture.max(2) > 0.3),
    }
    return float(found[colour].mean())


@pytest.mark.parametrize(
    ("name", "colour", "others"),
    [
        ("flower-1", "white", ("red", "pink")),
        ("flower-2", "red", ("white", "pink")),
        ("flower-3", "pink", ("white", "yellow")),
    ],
)
def test_flowers_are_told_apart_by_colour(name: str, colour: str, others: tuple[str, str]) -> None:
    picture = lesson_picture(name)
    assert share(picture, colour) > 0.05
    assert max(share(picture, other) for other in others) < share(picture, colour) / 4
    assert share(picture, "green") > 0.25
    middle = picture[64:192, 64:192]
    assert share(middle, colour) > share(picture, colour)


def test_tiles_hold_what_they_are_called_after() -> None:
    fields, river, houses, motorway = (lesson_picture(f"tile-{k}") for k in (1, 2, 3, 4))
    assert share(river, "blue") > 0.25
    assert max(share(tile, "blue") for tile in (fields, houses, motorway)) < 0.12
    assert share(motorway, "grey") > 0.2
    assert share(fields, "grey") < 0.05
    roofs = (houses[..., 0] - houses[..., 1] > 0.12).mean()
    assert 0.02 < roofs < 0.2
    assert share(houses, "green") > 0.5
