"""What comes in: a folder or an archive of anything, to one submission a student.

Nothing is unpacked to disk and nothing is followed out of the folder; every file that was handed
in is accounted for, with a reason where it is not graded.
"""

from coursetools.grading.intake.errors import IntakeError, RosterError
from coursetools.grading.intake.receiving import Received, receive
from coursetools.grading.intake.roster import Roster, RosterEntry, folded, read_roster

__all__ = [
    "IntakeError",
    "Received",
    "Roster",
    "RosterEntry",
    "RosterError",
    "folded",
    "read_roster",
    "receive",
]
