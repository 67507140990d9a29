"""Ideas: seeing, reaching and changing what is others'; and leaving something behind."""

from __future__ import annotations

import platform
from pathlib import Path

import coursetools
from adversaries.idea import Idea

PACKAGE = str(Path(coursetools.__file__).parent)
HOST = "/proc/1/root"

SEARCH = """
import os
seen = []
for top in {places!r}:
    for folder, folders, files in os.walk(top):
        for name in files:
            try:
                with open(os.path.join(folder, name), 'rb') as file: text = file.read(10**6)
            except OSError: continue
            if b'canary-that-nobody' in text: seen.append(text.decode(errors='replace'))
print('looked', seen)
"""

READING = (
    Idea(
        "other submissions and the gradebook",
        SEARCH.replace(
            "{places!r}", "['/tmp', '/home', '/mnt', '/run', '/var/tmp', '/srv', '/opt']"
        ),
        "looked []",
    ),
    Idea(
        "the environment of whoever grades",
        "import os\nfound = dict(os.environ)\n"
        "for pid in ('self', '1', str(os.getppid())):\n"
        "    try: found[pid] = open(f'/proc/{pid}/environ').read()\n"
        "    except OSError as error: print(type(error).__name__)\n"
        "print([value for value in found.values() if 'canary' in value], 'of', len(found) > 5)",
        "[] of True",
    ),
    Idea(
        "the first process's files", f"first = open('{HOST}/etc/passwd').read()", "PermissionError"
    ),
    Idea(
        "the first process's memory", "first = open('/proc/1/mem', 'rb').read()", "PermissionError"
    ),
    Idea(
        "other processes",
        "import os\nprint(sorted(int(n) for n in os.listdir('/proc') if n.isdigit()))",
        "[1, 2]",
    ),
    Idea(
        "descriptors that were left open",
        "import os\nprint([n for n in range(4, 300) if os.path.exists(f'/proc/self/fd/{n}')])",
        "[]",
    ),
    Idea(
        "the home folder",
        "import os, pwd\nhomes = {os.path.expanduser('~'), *(p.pw_dir for p in pwd.getpwall())}\n"
        "print('home', [h for h in homes if os.path.isdir(h + '/.ssh')])",
        "home []",
    ),
    Idea(
        "solutions and expected values",
        f"import os\nnames = [n for _, _, files in os.walk({PACKAGE!r}) for n in files]\n"
        "print('found', [n for n in names if n.startswith('lesson_') or n == 'thresholds.json'])",
        "found []",
    ),
    Idea(
        "the module of a lesson",
        "import coursetools.lessons.lesson_1\nfirst = 1",
        "ModuleNotFoundError",
    ),
    Idea(
        "the grader's own modules",
        "import coursetools.grading.marking\nx = 1",
        "ModuleNotFoundError",
    ),
    Idea(
        "the lessons' history in the repository",
        f"import os\nprint('git', os.path.exists({PACKAGE!r} + '/../.git'))",
        "git False",
    ),
)

NETWORK = (
    Idea(
        "a web page",
        "import urllib.request\nfirst = urllib.request.urlopen('http://1.1.1.1', timeout=1)",
        "URLError",
    ),
    Idea("a name", "import socket\nfirst = socket.getaddrinfo('example.com', 80)", "gaierror"),
    Idea(
        "a question to a name server of one's own",
        "import socket\nudp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "first = udp.sendto(b'canary', ('1.1.1.1', 53))",
        "OSError",
    ),
    Idea(
        "this machine's own services",
        "import socket\nopen_ports = []\n"
        "for port in (22, 25, 53, 80, 443, 631, 5432, 8000, 8080, 8888):\n"
        "    try: socket.create_connection(('127.0.0.1', port), 0.2); open_ports.append(port)\n"
        "    except OSError: pass\nprint('open', open_ports)",
        "open []",
    ),
    Idea(
        "raw sockets",
        "import socket\nfirst = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
        "PermissionError",
    ),
    Idea(
        "talk between students over loopback",
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "first = socket.create_connection(server.getsockname(), 1)",
        "OSError",
    ),
    Idea(
        "talk between students over local names",
        "import socket\nserver = socket.socket(socket.AF_UNIX)\nserver.bind('\\0left-behind')\n"
        "client = socket.socket(socket.AF_UNIX)\nclient.connect('\\0docker')",
        "ConnectionRefusedError",
    ),
)

CALLS = (
    "libc.umount2(cover, 2), libc.unshare(0x10000000), libc.unshare(0x20000), libc.chroot(b'/'), "
    "libc.mount(b'none', cover, b'tmpfs', 0, None), libc.setns(3, 0), libc.ptrace(16, 1, 0, 0)"
)

PRIVILEGED = (248, 249, 250, 425, 298, 321, 323, 310, 304, 303, 438, 447, 430, 300, 103, 167, 246)
"""Of x86-64: key rings, io_uring, perf, BPF, faults, others' memory and files, the system's log."""

if platform.machine() != "x86_64":
    PRIVILEGED = ()

CHANGING = (
    Idea(
        "files outside the scratch",
        "import os\nmade = []\n"
        f"for place in ('/', '/etc', '/usr', '/run', '/var/tmp', '/home', {PACKAGE!r}, "
        "os.__file__ + '/..'):\n"
        "    try: open(place + '/left-behind', 'w'); made.append(place)\n"
        "    except OSError: pass\nprint('made', made)",
        "made []",
    ),
    Idea(
        "the package's own files",
        f"import os\nfirst = os.chmod({PACKAGE!r}, 0o777)",
        "OSError",
    ),
    Idea("privileges", "import os\nos.setuid(0)\nfirst = 1", "Error"),
    Idea(
        "mounts and namespaces",
        f"import ctypes\nlibc = ctypes.CDLL(None)\ncover = {PACKAGE!r}.encode()\nprint(({CALLS}))",
        "(-1, -1, -1, -1, -1, -1, -1)",
    ),
    Idea(
        "keys, rings, handles and probes of the system",
        "import ctypes\nlibc = ctypes.CDLL(None)\nblock = bytes(4096)\n"
        f"print([n for n in {PRIVILEGED} if libc.syscall(n, b'user', b'left', block, 7, 0) >= 0])",
        "[]",
    ),
    Idea(
        "device files",
        "import os, stat\nos.mknod('disk', 0o600 | stat.S_IFBLK, os.makedev(8, 0))\nfirst = 1",
        "PermissionError",
    ),
    Idea(
        "files of the machine under another name",
        "import os\nos.link('/etc/passwd', 'left-behind')\nfirst = 1",
        "OSError",
    ),
    Idea(
        "settings of the machine",
        "open('/proc/sys/kernel/hostname', 'w').write('left-behind')\nfirst = 1",
        "Error",
    ),
)

DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for n in range(3, 64):
            try: os.close(n)
            except OSError: pass
        os.execvp('sleep', ['sleep', '4711'])
    os._exit(0)
os.wait()
print('gone under')
"""

LEAVING = (
    Idea("a daemon", f"{DAEMON}first = 1", "gone under"),
    Idea(
        "links",
        "import os\nos.chdir('/tmp')\nos.symlink('/etc/passwd', 'left-behind')\n"
        "os.symlink('left-a-loop', 'left-a-loop')\nopen('left', 'w').write('x')\n"
        "os.link('left', 'left-hard'); print('linked', os.path.exists('left-behind'))",
        "linked True",
    ),
    Idea(
        "sockets and pipes",
        "import os, socket\nos.mkfifo('/tmp/left-fifo')\nos.mkfifo('/dev/shm/left-fifo')\n"
        "socket.socket(socket.AF_UNIX).bind('/tmp/left-socket'); print('bound')",
        "bound",
    ),
    Idea(
        "files with names of all kinds",
        "import os\n"
        "for name in (b'left-\\xff\\n', b'left--rf', b'left-\\x1b[2J', b'left-' + b'x' * 200):\n"
        "    open(b'/tmp/' + name, 'w').close()\nprint('left them')",
        "left them",
    ),
    Idea(
        "folders deeper than any path",
        "import os\nos.chdir('/tmp')\n"
        "for n in range(3000): os.mkdir('left-deep'); os.chdir('left-deep')\nprint('deep')",
        "deep",
    ),
    Idea(
        "folders that nobody may enter",
        "import os\nos.makedirs('/tmp/left-locked/inner')\nos.chmod('/tmp/left-locked', 0)\n"
        "print('locked')",
        "locked",
    ),
)

IDEAS = (*READING, *NETWORK, *CHANGING, *LEAVING)
