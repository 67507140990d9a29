"""The pictures of the course: those that come with it, and those that a user imports."""

from __future__ import annotations

from coursetools._lazy import lazy_names

_HOMES = {
    "BrokenDownloadError": ".errors",
    "BrokenHoldoutError": ".errors",
    "BrokenManifestError": ".errors",
    "BrokenPictureError": ".errors",
    "BusyError": ".errors",
    "CLASSES": ".folders",
    "ClassMissingError": ".errors",
    "DownloadError": ".errors",
    "Holdout": ".holdout",
    "Import": ".new_set",
    "InsideCheckoutError": ".errors",
    "LEFT_OUT": ".new_set",
    "LayoutError": ".errors",
    "NoPicturesError": ".errors",
    "PROFILES": ".folders",
    "PictureShapeError": ".errors",
    "Progress": ".new_set",
    "RenderingError": ".errors",
    "SMALL_PARTS": ".small",
    "SMALL_SIZE": ".small",
    "UnknownPartError": ".errors",
    "UnknownPictureError": ".errors",
    "UnknownProfileError": ".errors",
    "Verification": ".manifest",
    "car_or_truck_folder": ".folders",
    "chosen_profile": ".folders",
    "counts": ".folders",
    "fetch_cifar10": ".cifar10",
    "fetch_kaggle": ".kaggle",
    "files_in": ".folders",
    "import_folder": ".importing",
    "imported_folder": ".folders",
    "lesson_picture": ".pictures",
    "load_arrays": ".load",
    "load_car_or_truck": ".load",
    "load_holdout": ".holdout",
    "load_small": ".small",
    "make_holdout": ".holdout",
    "picture_names": ".pictures",
    "picture_path": ".pictures",
    "place_of": ".folders",
    "read_manifest": ".manifest",
    "render_holdout": ".rendering",
    "verify": ".manifest",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
