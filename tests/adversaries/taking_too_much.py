"""Ideas: ending what grades, never ending oneself, and taking all there is."""

from __future__ import annotations

from adversaries.idea import Idea
from coursetools.grading.records import RunStatus

CLOCK = 1.0
"""Seconds that a cell may take where what never ends is tried."""

KILLED, OUT = RunStatus.KILLED, RunStatus.TIMED_OUT
INTERRUPTED = "took longer than 1 seconds and was interrupted"
DEAF = "did not end when it was interrupted"

ENDING = (
    Idea("an exit", "first = 1\nq_1.check()\nimport os\nos._exit(0)", "exit code 0", status=KILLED),
    Idea("an exit that looks clean", "first = 1\nraise SystemExit(0)", "SystemExit"),
    Idea("an exit at the end", "import atexit, os\natexit.register(os._exit, 0)\nexit()", "First"),
    Idea(
        "a kill of oneself", "import os\nos.kill(os.getpid(), 9)\nx = 1", "SIGKILL", status=KILLED
    ),
    Idea("a crash", "import ctypes\nctypes.string_at(0)", "SIGSEGV", status=KILLED),
    Idea("a library that gives up", "import os\nos.abort()", "SIGABRT", status=KILLED),
    Idea(
        "a stack without end",
        "import sys\nsys.setrecursionlimit(10**9)\n"
        "class Deep:\n    def __getattr__(self, name): return getattr(self, name + '_')\n"
        "first = repr(Deep().a)",
        "SIGSEGV",
        status=KILLED,
    ),
    Idea(
        "a kill of every process there is",
        "import os, signal\n"
        "for pid in (-1, 1, os.getppid(), *range(3, 3000)):\n"
        "    for number in (signal.SIGSTOP, signal.SIGKILL):\n"
        "        try: os.kill(pid, number)\n"
        "        except OSError: pass\n"
        "os._exit(4)",
        "exit code 4",
        status=KILLED,
    ),
    Idea(
        "no descriptors left to answer with",
        "import os\nos.closerange(0, 4096)\nfirst = 1",
        "exit code 97",
        status=KILLED,
    ),
    Idea(
        "limits of zero",
        "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))\n1/0",
        "ZeroDivisionError",
    ),
)

NEVER_ENDING = (
    Idea("a loop", "while True: pass  # =", INTERRUPTED),
    Idea("a sleep", "import time\ntime.sleep(10_000)", INTERRUPTED),
    Idea(
        "a deadlock",
        "import threading\nlock = threading.Lock()\nlock.acquire(); lock.acquire()",
        INTERRUPTED,
    ),
    Idea(
        "a loop that goes on when interrupted",
        "import time\n"
        "while True:\n"
        "    try:\n"
        "        while True: time.sleep(1)\n"
        "    except BaseException: pass",
        DEAF,
        status=OUT,
    ),
    Idea(
        "a loop that is deaf",
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "while True: time.sleep(1)",
        DEAF,
        status=OUT,
    ),
    Idea("one number that holds the interpreter", "first = 9 ** 9 ** 9", INTERRUPTED),
    Idea(
        "a regular expression",
        "import re\nfirst = re.match('(a+)+$', 'a' * 60 + 'b')",
        INTERRUPTED,
    ),
    Idea(
        "a stop",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        DEAF,
        status=OUT,
    ),
    Idea(
        "threads that never yield",
        "import threading\n"
        "def spin():\n"
        "    while True: pass\n"
        "for _ in range(10): threading.Thread(target=spin, daemon=True).start()\n"
        "import time; time.sleep(10_000)",
        DEAF,
        status=OUT,
    ),
    Idea(
        "an answer that takes for ever to look at",
        "class Never(int):\n"
        "    def __len__(self):\n        while True: pass\n"
        "    __float__ = __index__ = __int__ = __repr__ = __str__ = __len__\n"
        "first = Never(1); row = Never(2); print('look')",
        "look",
    ),
    Idea(
        "a function that never ends when it is tried",
        "def double(n):\n    while n: pass\nprint('look')",
        "look",
        aims="9.4",
    ),
    Idea(
        "output without end",
        "while True: print('x' * 1_000_000)  # =",
        "It showed more than is kept",
    ),
    Idea(
        "a bomb of forks that fork",
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        DEAF,
        status=OUT,
    ),
)

SHOWING = (
    Idea(
        "a GB of output",
        "for _ in range(100): print('x' * 10_000_000)\nprint('all of it', flush=True)",
        "It showed more than is kept",
    ),
    Idea(
        "a million outputs",
        "import sys\nfor n in range(1_000_000): sys.stdout.write('x')\nfirst = 1",
        "It showed more than is kept",
    ),
    Idea(
        "displays without end",
        "from IPython.display import display\nfor n in range(20_000): display('x')\nfirst = 1",
        "It showed more than is kept",
    ),
    Idea(
        "an error of 5 MB",
        "first = 1\nraise ValueError('x' * 5_000_000)",
        "It showed more than is kept",
    ),
)

FORKS = """
import os, time
try:
    for n in range(1000):
        if os.fork() == 0:
            time.sleep(60); os._exit(0)
except OSError as error:
    print('no more', type(error).__name__)
"""

BOMBS = (
    Idea(
        "a memory bomb",
        "kept = []\nfor _ in range(100): kept.append(b'x' * (50 * 2**20))",
        "more than 300 MB of memory",
        status=RunStatus.OUT_OF_MEMORY,
    ),
    Idea(
        "memory of many processes",
        "import os, time\n"
        "for _ in range(6):\n"
        "    if os.fork() == 0:\n"
        "        kept = b'x' * (100 * 2**20); time.sleep(60); os._exit(0)\n"
        "time.sleep(60)",
        "more than 300 MB of memory",
        status=RunStatus.OUT_OF_MEMORY,
    ),
    Idea(
        "memory that is shared",
        "import mmap, time\nkept = mmap.mmap(-1, 600 * 2**20)\n"
        "for place in range(0, 600 * 2**20, 4096): kept[place] = 1\ntime.sleep(60)",
        "more than 300 MB of memory",
        status=RunStatus.OUT_OF_MEMORY,
    ),
    Idea(
        "memory without an owner by memfd",
        "import os\nfirst = os.memfd_create('left-behind')",
        "PermissionError",
    ),
    Idea(
        "memory without an owner by System V",
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "print('shm', libc.shmget(0, 2**20, 0o1600), libc.msgget(0, 0o1600), "
        "libc.semget(0, 1, 0o1600))",
        "shm -1",
    ),
    Idea("a fork bomb", f"{FORKS}first = 1", "no more BlockingIOError"),
    Idea(
        "a thread bomb",
        "import threading, time\n"
        "try:\n"
        "    for n in range(1000):\n"
        "        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "except RuntimeError as error: print('no more threads')\nfirst = 1",
        "no more threads",
    ),
    Idea(
        "a bomb of file descriptors",
        "import os\nkept = []\n"
        "try:\n"
        "    while True: kept.append(os.open('/dev/null', 0))\n"
        "except OSError as error: print('no more files', len(kept) < 1000)\nfirst = 1",
        "no more files True",
    ),
    Idea(
        "a full disk",
        "import os\ntried = []\n"
        "for place in ('/tmp', '.', os.path.expanduser('~'), '/dev/shm'):\n"
        "    try:\n"
        "        for n in range(100): open(f'{place}/{n}', 'wb').write(bytes(2**20))\n"
        "    except OSError as error: tried.append(error.errno)\n"
        "print('full', tried)",
        "full [28, 28, 28, 28]",
    ),
    Idea(
        "a file for each number",
        "try:\n    for n in range(200_000): open(f'/dev/shm/{n}', 'w').close()\n"
        "except OSError as error: print('no more files', error.errno)",
        "no more files 28",
    ),
    Idea(
        "one file that is too large",
        "import os\nos.truncate(os.open('big', os.O_CREAT | os.O_RDWR), 2**40)",
        "OSError",
    ),
)

IDEAS = (*ENDING, *SHOWING, *BOMBS)
