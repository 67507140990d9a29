"""Grading on several machines, over Dask: `coursetools grade --scheduler tcp://…`.

Theory of operation. The client is the process of the command. It reads what was handed in, hands
it out in small numbers, and is the only one that writes the gradebook. A worker is a process of
Dask's on any machine. It keeps one warm template, grades as many submissions at once as it has
threads, each in the sandbox as on the client's own machine, and sends back a grade, which is
plain data. The scheduler, Dask's too, hands a submission to another worker if its worker is lost.

What goes where
---------------
* client - worker, once: the assignment (`wire`): the lesson's number or the text of an
  instructor's own, the released cells, limits, ids of the class, held-out pictures. A worker that
  comes later, or again, gets it from the scheduler.
* client - worker, for each submission: its bytes as they were handed in.
* worker - client: the grade, or why a notebook cannot be read.

A worker whose marks might be others (another version of the course, of what marks, or of a
library), or that has no sandbox, is named and refused.

What is trusted
---------------
Dask sends Python objects, and reading such an object can run code. All three are our own
processes: what students wrote is text and bytes in those objects, never run in any of them, and
cells run in the sandbox, which has no network. So nothing of a student's reaches what is trusted.
But whoever reaches the scheduler's or a worker's port may run anything there. They belong on a
network of one's own, or behind certificates: an address `tls://…` takes them from Dask's own
configuration, which is the same on each machine.
"""

from __future__ import annotations

from coursetools.grading.cluster.client import Cluster

__all__ = ["Cluster"]
