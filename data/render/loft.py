"""A body lofted from cross sections, with its windows, lamps and seams as masks.

The outline seen from the side (`top`), the belt line under the windows and the wheel arches give
each cross section; windows, lamps, grilles and door seams are signed distances at the vertices,
which the paint shader cuts at zero, so that they stay sharp on a coarse mesh.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from geometry import Array, Faces, Parts

MASKS = ("glass", "trim", "lamp", "tail", "seam")
# Points of a half section: under the floor, side, window, roof edge, roof.
COUNTS = (4, 16, 14, 5, 14)
FLOOR, SIDE, WINDOW, EDGE, ROOF = range(5)
CAP_COLUMNS = 22


@dataclass(frozen=True)
class Patch:
    """A rectangle on an end of the body: beyond `x`, in a range of heights and half-widths."""

    x: float
    low: float
    high: float
    inner: float
    outer: float


@dataclass(frozen=True)
class SideWindow:
    """A window between two places along the body; a lean moves an end with height."""

    rear: float
    front: float
    lean_rear: float = 0.0
    lean_front: float = 0.0


@dataclass(frozen=True)
class Shell:
    """The measures of a lofted body, in metres.

    rear, front, width, floor: ends, width and height of the underside.
    top, belt: outline points (x, z) of the roof line and of the line under the windows.
    arches, arch_radius, axle_height: wheel arches.
    lean: how far the windows lean inwards for each metre of height.
    taper: how the plan narrows towards the ends, gently and at the corners.
    bow: how far windscreens bow; crown: how far roofs rise in the middle.
    crease, crease_at: a pressed line along the side and its height (0 to 1).
    cladding, arch_trim: widths of dark plastic along the sill and around the arches.
    bed: (rear, front, height) of an open load bed.
    """

    rear: float
    front: float
    width: float
    floor: float
    top: Sequence[tuple[float, float]]
    belt: Sequence[tuple[float, float]]
    arches: Sequence[float]
    arch_radius: float
    axle_height: float
    side_windows: Sequence[SideWindow] = ()
    roof_windows: Sequence[tuple[float, float]] = ()
    screens: Sequence[Patch] = ()
    lamps: Sequence[Patch] = ()
    tail_lamps: Sequence[Patch] = ()
    grilles: Sequence[Patch] = ()
    seams: Sequence[float] = ()
    pillars: Sequence[float] = ()
    lean: float = 0.35
    taper: tuple[float, float] = (0.05, 0.13)
    bow: float = 0.12
    crown: float = 0.03
    edge_radius: float = 0.1
    shoulder: float = 0.02
    lift: float = 0.1
    crease: float = 0.006
    crease_at: float = 0.72
    cladding: float = 0.07
    arch_trim: float = 0.0
    softness: float = 0.06
    stations: int = 110
    bed: tuple[float, float, float] | None = None
    under_height: float = 0.55


@dataclass
class _Grid:
    """Half sections as arrays (stations, points), with the lines they were built from."""

    x: Array
    y: Array
    z: Array
    zone: Array
    top: Array
    belt: Array
    sill: Array
    radius: Array
    roof_half: Array


def _outline(points: Sequence[tuple[float, float]], blur: float) -> Callable[[Array], Array]:
    """A line through the points with its corners rounded by a Gaussian of this width."""
    corners = np.array(sorted(points))
    xs = np.linspace(corners[0, 0] - 0.3, corners[-1, 0] + 0.3, 1200)
    zs = np.interp(xs, corners[:, 0], corners[:, 1])
    step = xs[1] - xs[0]
    reach = int(4 * blur / step) + 1
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / blur) ** 2)
    zs = np.convolve(np.pad(zs, reach, mode="edge"), weights / weights.sum(), mode="valid")
    return lambda x: np.asarray(np.interp(x, xs, zs), float)


def _stations(shell: Shell) -> Array:
    """Places of the cross sections, closer together at the ends and beside the seams."""
    u = np.linspace(-1, 1, shell.stations)
    middle, half = (shell.rear + shell.front) / 2, (shell.front - shell.rear) / 2
    xs = middle + half * np.sign(u) * (1 - (1 - np.abs(u)) ** 1.25)
    extra = [seam + offset for seam in shell.seams for offset in (-0.014, -0.012, 0.012, 0.014)]
    return np.sort(np.concatenate([xs, extra]))


def _sill(shell: Shell, xs: Array, along: Array, belt: Array) -> Array:
    """Height of the lower edge, raised over the wheels."""
    sill = shell.floor + shell.lift * np.abs(along) ** 14
    for arch in shell.arches:
        inside = np.maximum(shell.arch_radius**2 - (xs - arch) ** 2, 0)
        sill = np.where(inside > 0, np.maximum(sill, shell.axle_height + np.sqrt(inside)), sill)
    return np.asarray(np.minimum(sill, belt - 0.06))


def _lower(shell: Shell, half: Array, sill: Array, belt: Array) -> tuple[Array, Array]:
    """Floor and side of all half sections, up to the belt: arrays of y and of z."""
    floor_y, floor_z = half * np.linspace(0, 0.94, COUNTS[FLOOR]), sill * np.ones(COUNTS[FLOOR])
    side_z = sill + 0.02 + (belt - sill - 0.02) * np.linspace(0, 1, COUNTS[SIDE])
    relative = (side_z - shell.floor) / np.maximum(belt - shell.floor, 0.1)
    belly = 0.035 * np.clip((relative - 0.55) / 0.45, -1.2, 1) ** 2
    tuck = 0.02 * np.clip((0.25 - relative) / 0.25, 0, 1) ** 1.5
    press = shell.crease * np.exp(-(((relative - shell.crease_at) / 0.05) ** 2))
    side_y = half * (1 - belly - tuck - press)
    return np.concatenate([floor_y, side_y], 1), np.concatenate([floor_z, side_z], 1)


def _windows(
    shell: Shell, start: Array, half: Array, top: Array, belt: Array
) -> tuple[Array, Array, Array]:
    """Windows and roof edge of all half sections: arrays of y and z, and the edge's radius."""
    glass = top - belt
    radius = np.minimum(np.minimum(shell.edge_radius, glass * 0.6), 0.2)
    shoulder = shell.shoulder * np.minimum(1, glass / 0.1)
    lean = shell.lean * np.maximum(glass - radius, 0)
    upper = np.maximum(start - shoulder - lean, 0.25 * half)
    q = np.linspace(0, 1, COUNTS[WINDOW] + 1)[1:]
    window_y = start - (start - upper) * q**1.15
    window_z = belt + (glass - radius) * q
    q = np.linspace(0, np.pi / 2, COUNTS[EDGE] + 1)[1:]
    edge_y = upper - np.minimum(radius * 1.6, 0.3 * half) * (1 - np.cos(q))
    edge_z = top - radius + radius * np.sin(q)
    return np.concatenate([window_y, edge_y], 1), np.concatenate([window_z, edge_z], 1), radius


def _sections(shell: Shell) -> _Grid:
    """All half sections, from the middle of the floor over the side to the middle of the roof."""
    xs = _stations(shell)
    roof_line, belt_line = _outline(shell.top, shell.softness), _outline(shell.belt, 0.15)
    along = (xs - (shell.rear + shell.front) / 2) / ((shell.front - shell.rear) / 2)
    gentle, corner = shell.taper
    width = shell.width / 2 * (1 - gentle * abs(along) ** 3 - corner * abs(along) ** 18)
    roof = roof_line(xs)
    waist = np.minimum(belt_line(xs), roof - 0.015)
    lower_edge = _sill(shell, xs, along, waist)
    half, top, belt, sill = (line[:, None] for line in (width, roof, waist, lower_edge))

    lower_y, lower_z = _lower(shell, half, sill, belt)
    window_y, window_z, radius = _windows(shell, lower_y[:, -1:], half, top, belt)
    roof_half = window_y[:, -1:]
    roof_y = roof_half * np.linspace(1, 0, COUNTS[ROOF] + 1)[1:]
    towards = np.where(along > 0, 1.0, -1.0)[:, None]
    bowed = xs[:, None] + towards * shell.bow * ((roof_y / half) ** 2 - (roof_half / half) ** 2)
    rise = np.clip(roof_line(bowed) - top, -0.05, 0.25)
    flat = np.minimum(1, (top - belt) / 0.15 + 0.35)
    roof_z = top + rise + shell.crown * (1 - (roof_y / roof_half) ** 2) * flat
    if shell.bed:
        rear, front, height = shell.bed
        inside = ((xs > rear) & (xs < front))[:, None] & (np.abs(roof_y) < half - 0.14)
        roof_z = np.where(inside, height, roof_z)

    y = np.concatenate([lower_y, window_y, roof_y], 1)
    z = np.concatenate([lower_z, window_z, roof_z], 1)
    x = xs[:, None] * np.ones(y.shape[1])
    zone = np.repeat(np.arange(5), COUNTS)[None] * np.ones((len(xs), 1))
    return _Grid(x, y, z, zone, top, belt, sill, radius, roof_half)


def _patches(
    patches: Sequence[Patch], shell: Shell, x: Array, y: Array, z: Array, end: int = 0
) -> Array:
    """Distance into the nearest patch; with `end` 1 or -1 only patches of that end, at any x."""
    best = np.full(x.shape, -1.0)
    middle = (shell.rear + shell.front) / 2
    for patch in patches:
        front = patch.x > middle
        if end and front != (end > 0):
            continue
        inner = patch.inner if patch.inner > 0 else -1.0
        sides = [z - patch.low, patch.high - z, np.abs(y) - inner, patch.outer - np.abs(y)]
        if not end:
            sides.append(x - patch.x if front else patch.x - x)
        best = np.maximum(best, np.minimum.reduce(sides))
    return best


def _glass(shell: Shell, grid: _Grid) -> Array:
    """Side windows, windscreen, rear window and upright screens."""
    x, y, z = grid.x, grid.y, grid.z
    upright = np.minimum(z - grid.belt - 0.035, grid.top - grid.radius * 0.7 - 0.015 - z)
    between = np.full(x.shape, -1.0)
    for window in shell.side_windows:
        rear = x - (window.rear + window.lean_rear * (z - grid.belt))
        front = window.front + window.lean_front * (z - grid.belt) - x
        between = np.maximum(between, np.minimum(rear, front))
    glass = np.full(x.shape, -1.0)
    glass = np.where(grid.zone == WINDOW, np.minimum(upright, between), glass)
    glass = np.where(grid.zone == SIDE, -0.02, glass)
    glass = np.where(grid.zone == EDGE, -0.03, glass)
    for rear_x, front_x in shell.roof_windows:
        inside = np.minimum(np.minimum(x - rear_x, front_x - x), grid.roof_half - 0.015 - np.abs(y))
        glass = np.where(grid.zone == ROOF, np.maximum(glass, inside), glass)
    return np.asarray(np.maximum(glass, _patches(shell.screens, shell, x, y, z)))


def _trim(shell: Shell, grid: _Grid) -> Array:
    """Dark plastic: sills, arches, grilles and the pillars between windows."""
    x, z = grid.x, grid.z
    trim = shell.floor + shell.cladding - z
    if shell.arch_trim:
        for arch in shell.arches:
            ring = shell.arch_radius + shell.arch_trim - np.hypot(x - arch, z - shell.axle_height)
            trim = np.maximum(trim, np.where(grid.zone <= SIDE, ring, -1))
    upright = np.minimum(z - grid.belt - 0.03, grid.top - grid.radius * 0.7 - 0.01 - z)
    for pillar in shell.pillars:
        strip = np.minimum(0.06 - np.abs(x - pillar), upright)
        trim = np.maximum(trim, np.where(grid.zone == WINDOW, strip, -1))
    return np.maximum(trim, _patches(shell.grilles, shell, x, grid.y, z))


def _seams(shell: Shell, grid: _Grid) -> Array:
    seam = np.full(grid.x.shape, -1.0)
    doors = ((grid.zone == SIDE) & (grid.z > shell.floor + 0.12)) | (grid.zone == WINDOW)
    for place in shell.seams:
        seam = np.where(doors & (np.abs(grid.x - place) < 0.0125), 1.0, seam)
    return seam


def _end_cap(
    shell: Shell, grid: _Grid, end: int, first: int
) -> tuple[Array, Faces, dict[str, Array]]:
    """The front (end 1) or back (end -1): a slightly bulging grid across the width."""
    row = -1 if end > 0 else 0
    t = np.linspace(1, -1, CAP_COLUMNS + 1)
    x = (grid.x[row][:, None] + end * 0.035 * (1 - t**2)[None]).ravel()
    y = (grid.y[row][:, None] * t[None]).ravel()
    z = np.repeat(grid.z[row][:, None], CAP_COLUMNS + 1, 1).ravel()
    sill = shell.floor + shell.cladding - z
    masks = {
        "glass": _patches(shell.screens, shell, x, y, z, end),
        "trim": np.maximum(sill, _patches(shell.grilles, shell, x, y, z, end)),
        "lamp": _patches(shell.lamps, shell, x, y, z, end),
        "tail": _patches(shell.tail_lamps, shell, x, y, z, end),
        "seam": np.full(len(x), -1.0),
    }
    faces, wide = [], CAP_COLUMNS + 1
    for j in range(grid.x.shape[1] - 1):
        for i in range(CAP_COLUMNS):
            corner = first + j * wide + i
            face = [corner, corner + wide, corner + wide + 1, corner + 1]
            faces.append(face if end < 0 else face[::-1])
    return np.stack([x, y, z], 1), faces, masks


def loft(parts: Parts, shell: Shell) -> None:
    """Add the body of these measures, and a dark block that closes it underneath."""
    grid = _sections(shell)
    x, y, z = grid.x, grid.y, grid.z
    half_masks = {
        "glass": _glass(shell, grid),
        "trim": _trim(shell, grid),
        "lamp": _patches(shell.lamps, shell, x, y, z),
        "tail": _patches(shell.tail_lamps, shell, x, y, z),
        "seam": _seams(shell, grid),
    }

    def closed(values: Array, sign: float = 1.0) -> Array:
        return np.concatenate([values, sign * values[:, -2:0:-1]], 1)

    ring = 2 * x.shape[1] - 2
    vertices = np.stack([closed(x).ravel(), closed(y, -1).ravel(), closed(z).ravel()], 1)
    masks = {name: closed(values).ravel() for name, values in half_masks.items()}
    faces: Faces = [
        [i * ring + j, (i + 1) * ring + j, (i + 1) * ring + k, i * ring + k]
        for i in range(len(x) - 1)
        for j, k in ((j, (j + 1) % ring) for j in range(ring))
    ]
    for end in (-1, 1):
        cap, cap_faces, cap_masks = _end_cap(shell, grid, end, len(vertices))
        vertices = np.vstack([vertices, cap])
        faces += cap_faces
        masks = {name: np.concatenate([masks[name], cap_masks[name]]) for name in MASKS}
    parts.add(vertices, faces, "shell", True, masks)
    length, middle = shell.front - shell.rear, (shell.front + shell.rear) / 2
    height = shell.under_height - shell.floor + 0.08
    centre = (middle, 0, (shell.floor + 0.1 + shell.under_height) / 2)
    parts.box(centre, (length * 0.8, shell.width * 0.62, height), "dark", bevel=0)
