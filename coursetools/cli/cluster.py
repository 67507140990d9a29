"""`--scheduler`: who grades, if not this machine."""

from __future__ import annotations

from pathlib import Path

from coursetools.cli.errors import refuse
from coursetools.cli.lesson import Wanted
from coursetools.grading.workers import Workers

HELP = "Grade on the workers of this Dask scheduler, such as tcp://10.0.0.5:8786."

_SCHEMES = ("tcp://", "tls://")


def wanted_workers(
    scheduler: str | None, wanted: Wanted, holdout: Path | None, *, jobs: int, unconfined: bool
) -> Workers | None:
    """Give those who grade, None for this machine; what is wrong ends with exit code 1."""
    if scheduler is None:
        return None
    if not scheduler.startswith(_SCHEMES):
        refuse(
            f"`--scheduler {scheduler}` is no address of a scheduler. It names its own when it "
            "starts, such as `tcp://10.0.0.5:8786`."
        )
    if jobs:
        refuse(
            "`--jobs` is for this machine. How many a worker grades at once is said where it "
            "starts: `dask worker ... --nthreads 2`."
        )
    if unconfined:
        # Without walls a submission could reach the scheduler, and with it every machine.
        refuse(
            "`--let-submissions-do-anything` is for this machine alone. With `--scheduler` "
            "submissions run in the sandbox."
        )
    from coursetools.grading.cluster import Cluster  # Dask takes a second to load

    return Cluster(scheduler, own=wanted.module, holdout=holdout)
