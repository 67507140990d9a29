"""What the policy makes of one submission: how late it is, what that costs, who has to look."""

from __future__ import annotations

import math
from datetime import datetime

from coursetools.grading.arrival import Arrival, HandedIn, Lateness, TimeFrom
from coursetools.grading.intake import folded
from coursetools.grading.late.policy import LatePolicy

_KNOW_BETTER = (
    "If you know when it was, write that under `[handed_in]` in the late policy and grade again."
)
_UNKNOWN = (
    f"Nothing tells when it was handed in, so nothing is taken off for lateness. {_KNOW_BETTER}"
)
_WEAK = {
    TimeFrom.FILE: "It counts as late only by when its file was last changed, and copying a file "
    f"may change that. {_KNOW_BETTER}",
    TimeFrom.ARCHIVE: "It counts as late only by its time in the zip, which has no zone. "
    f"{_KNOW_BETTER}",
}
_CALLED_LATE = (
    f"The platform calls it late, but by the time that is known of it, it is not. {_KNOW_BETTER}"
)


def arrival_by(
    policy: LatePolicy | None,
    student_id: str,
    handed_in: HandedIn | None,
    *,
    called_late: bool = False,
) -> Arrival:
    """Say how late something came in.

    Args:
        policy: The late policy; None if there is none, and then nothing is late.
        student_id: Whose it is.
        handed_in: What tells when it came in; None if nothing does.
        called_late: Whether the learning platform calls it late.
    """
    if policy is None:
        return Arrival(handed_in)
    own = folded(student_id)
    if own and own in policy.handed_in:
        handed_in = HandedIn(policy.handed_in[own], TimeFrom.INSTRUCTOR)
    due = policy.extensions.get(own, policy.due) if own else policy.due
    if handed_in is None:
        return Arrival(None, Lateness(due, per=policy.per, doubt=_UNKNOWN))
    time = _with_zone(handed_in.time, policy.due)
    after = time - due - policy.grace
    begun = max(0, math.ceil(after / policy.unit))
    closes = None if policy.closed_after is None else policy.closed_after + (due - policy.due)
    closed = closes is not None and time > closes
    percent = 100.0 if closed else min(begun * policy.penalty, policy.most)
    doubt = ""
    if percent and handed_in.source in _WEAK:
        doubt = _WEAK[handed_in.source]
    elif called_late and not begun and handed_in.source.weak and due <= policy.due:
        doubt = _CALLED_LATE
    return Arrival(handed_in, Lateness(due, begun, policy.per, percent, closed, doubt))


def _with_zone(time: datetime, due: datetime) -> datetime:
    return time.replace(tzinfo=due.tzinfo) if time.utcoffset() is None else time
