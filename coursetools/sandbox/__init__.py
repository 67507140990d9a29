"""Runs a notebook's cells where nothing that they do matters.

Theory of operation
===================

A submission is a program by somebody we do not know. It is run to see what it answers, and what
it says of itself is never believed.

Which processes there are
-------------------------
::

    host ─ grader, one thread a submission                          trusted
     │      place: clocks, frames read as hostile, a watch on memory and processor
     │
     └─ bubblewrap                              no network, no home, files read-only
         └─ template                            Python with TensorFlow imported, one thread
             └─ warden                          one a submission, outside its jail
                 └─ init ─────────────── jail: namespaces of its own ────────────────
                     └─ runner                  runs the cells: student code
                         └─ ...                 whatever it starts

* The **host** never imports what a student wrote, nor TensorFlow. It reads, checks and keeps the
  time.
* The **template** imports what notebooks need and forks; a fork costs a tenth of a second where
  an import costs several. Whatever is in its memory is in every student's, so it imports no
  lesson and no check, and nobody could: an empty folder is mounted over `lessons`, `exercises`
  and `grading`. It has one thread, since a fork copies no other.
* The **warden** makes the namespaces and waits. It stays in the namespaces around the jail, so
  nobody inside can see or signal it; it alone says how the run ended.
* **init** is process 1 of the jail. It mounts a fresh `/proc` and a scratch of limited size, sets
  limits, gives up every privilege, filters system calls, and only then starts the runner. It
  cannot be looked into or killed from inside, and when it ends Linux ends all that is in the jail,
  daemons too.
* The **runner** runs cells with IPython and captures answers. It has no capabilities, can gain
  none, and holds `/dev/null` three times and its socket.

Which sockets join them
-----------------------
* host - template, datagrams: "fork", with two descriptors. The host's end closed ends the template,
  and with it all.
* host - warden, datagrams: the request with its limits goes in, read after the fork so that no
  later fork finds it; handles (pidfds) on init and the runner and the exit code come out. Init
  closes its copy before student code runs.
* host - runner, a stream of frames (`frames`): cells go in; what was shown, captured and asked for
  comes out. Student code holds this socket, so a frame is worth what its author is worth.
  `receiving` asks of each that it be small, plain, known, of the running cell and in its place;
  anything else ends the run as *garbled*.

What is believed
----------------
That a cell ended, timed out, ran out of memory or died: from the host's clock, from `/proc` as the
host sees it, and from the warden. Answers: only as data that `coursetools.answers.read` reads with
the same suspicion. A student who takes over the runner altogether can send any answer, which is
what typing it does.

Who is who
----------
Started by an ordinary user, bubblewrap and everything in it are that user in namespaces of their
own. Started by root, bubblewrap mounts as root and the template becomes *nobody* before it imports
anything. Inside a jail everybody is number 1000.

`Unconfined` has the same interface and no walls, for a notebook of one's own. `why_not` says what a
machine lacks.
"""

from __future__ import annotations

from coursetools.run_status import RunStatus
from coursetools.sandbox.available import why_not
from coursetools.sandbox.confined import Sandbox
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
    Shown,
)
from coursetools.sandbox.unconfined import Unconfined

__all__ = [
    "AskedExercise",
    "Capture",
    "Cell",
    "CellReport",
    "Handed",
    "Limits",
    "Opening",
    "Place",
    "RunStatus",
    "Sandbox",
    "SandboxError",
    "Shown",
    "Unconfined",
    "why_not",
]
