"""The pictures of the course: those that come with it, and those that a user imports."""

from __future__ import annotations

from coursetools._lazy import lazy_names

_HOMES = {
    "BrokenPictureError": ".errors",
    "CLASSES": ".folders",
    "ClassMissingError": ".errors",
    "Import": ".importing",
    "LEFT_OUT": ".importing",
    "LayoutError": ".errors",
    "NoPicturesError": ".errors",
    "PROFILES": ".folders",
    "UnknownPartError": ".errors",
    "UnknownProfileError": ".errors",
    "car_or_truck_folder": ".folders",
    "chosen_profile": ".folders",
    "counts": ".folders",
    "files_in": ".folders",
    "import_folder": ".importing",
    "imported_folder": ".folders",
    "load_arrays": ".load",
    "load_car_or_truck": ".load",
    "place_of": ".folders",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
