"""Runs a notebook's cells where nothing that they do matters."""

from __future__ import annotations

from coursetools.sandbox.frames import GarbledError
from coursetools.sandbox.place import Place
from coursetools.sandbox.process import SandboxError
from coursetools.sandbox.reports import (
    AskedExercise,
    Capture,
    Cell,
    CellReport,
    Handed,
    Limits,
    Opening,
    RunStatus,
    Shown,
)
from coursetools.sandbox.unconfined import Unconfined

__all__ = [
    "AskedExercise",
    "Capture",
    "Cell",
    "CellReport",
    "GarbledError",
    "Handed",
    "Limits",
    "Opening",
    "Place",
    "RunStatus",
    "SandboxError",
    "Shown",
    "Unconfined",
]
