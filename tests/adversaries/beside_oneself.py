"""Ideas: rewriting what stands in one's own process, so that something there says yes.

A tuple's first words name the idea; what it says at the end shows that it was tried.
"""

from __future__ import annotations

from adversaries.idea import Idea
from coursetools.grading.records import RunStatus

FORGE = """
import json, os, stat, struct
end = next(n for n in range(3, 64) if os.path.exists(f"/dev/fd/{n}")
           and stat.S_ISSOCK(os.fstat(n).st_mode))
def raw(data):
    while data:
        data = data[os.write(end, data):]
def forge(**message):
    body = json.dumps(message).encode()
    raw(struct.pack(">I", len(body)) + body)
"""

GIVEN = "{'first': {'state': 'given', 'kind': 'number', 'content': {'value': 1}, 'score': 9}}"

IDEAS = (
    # ---- the reference answer
    Idea(
        "the fallback in the answer cell",
        "first = ct.use('9.1')\nprint('went on with', first)",
        "went on with ____",
    ),
    Idea(
        "the fallback bound afterwards and checked",
        below=("first = number\nq_1.check()\nprint('checked', first is not ____)",),
        says="NameError",
    ),
    Idea(
        "the fallback bound after the lesson took it",
        "1",
        change=lambda cells: cells.insert(
            next(i for i, c in enumerate(cells) if c["id"] == "between") + 1,
            cells[0] | {"id": "late", "source": "first = number\nq_1.check()\nprint('bound')"},
        ),
        says="bound",
    ),
    Idea(
        "the fallback by a cell before the lesson's",
        below=("first = ct.use('9.1')\nq_1.check()\nprint('was given', first)",),
        says="was given ____",
    ),
    Idea(
        "the fallback from a thread",
        "import threading\nfound = []\n"
        "thread = threading.Thread(target=lambda: found.append(ct.use('9.1')))\n"
        "thread.start(); thread.join(); first = found[0] if found else 0\nprint('threads', found)",
        "threads",
    ),
    Idea(
        "the fallback by a cell within the cell",
        "get_ipython().run_cell('first = ct.use(\"9.1\")')\nprint('ran within')",
        "ran within",
    ),
    Idea(
        "a hook that binds the fallback behind the lesson's back",
        "first = ____\n"
        "def peek(result):\n"
        "    names = get_ipython().user_ns\n"
        "    if 'number' in names: names['first'] = names['number']; names['q_1'].check()\n"
        "get_ipython().events.register('post_run_cell', peek); print('hooked')",
        "hooked",
    ),
    Idea(
        "connect and use written anew",
        "ct.use = lambda exercise: 0\nct.connect = lambda **k: (None,) * 5\nprint('new')",
        "new",
    ),
    # ---- the checks, and what captures
    Idea(
        "the solution from the lesson",
        "from coursetools import lessons\nfirst = lessons.load(9).exercises[0].solve_for('ada')",
        "AttributeError",
    ),
    Idea(
        "the checks from memory",
        "import gc\nkinds = [type(o).__name__ for o in gc.get_objects()]\n"
        "print({'Exercise', 'Lesson', 'Check', 'Grade'} & set(kinds), 'are here')",
        "set() are here",
    ),
    Idea(
        "no answer and a forged check",
        "class Passed:\n"
        "    def check(self): print('All correct: 2 of 2 points')\n"
        "q_1 = Passed()\nfirst = 1",
        "All correct",
    ),
    Idea(
        "capture rewritten",
        before=(
            "import coursetools.answers.capture as module, coursetools.sandbox.runner as runner\n"
            "def lie(*args): return {'first': {'state': 'passed', 'kind': 'number', 'score': 9}}\n"
            "module.capture = runner.capture = lie; print('rewritten')",
        ),
        says="rewritten",
        costs=("9.2", "9.3", "9.4", "9.5"),
    ),
    Idea(
        "the answers' kinds rewritten",
        before=(
            "from coursetools.answers import Number\n"
            "Number.read = lambda self, content: 839\n"
            "Number._content = lambda self, value: {'value': 'all of it'}; print('rewritten')",
        ),
        says="rewritten",
        costs=("9.2", "9.5"),
    ),
    Idea(
        "json rewritten",
        before=(
            "import json\n"
            "real = json.dumps\n"
            "def lie(data, **kw):\n"
            "    if isinstance(data, dict) and data.get('frame') == 'capture':\n"
            "        data = data | {'passed': True, 'score': 1.0, 'earned': 2, 'review': []}\n"
            "    return real(data, **kw)\n"
            "json.dumps = lie; print('rewritten')",
        ),
        says="rewritten",
    ),
    Idea(
        "builtins rewritten",
        before=(
            "import builtins\nbuiltins.isinstance = lambda *a: True\n"
            "builtins.len = lambda a: 42\nprint('rewritten')",
        ),
        says="exit code 97",
        status=RunStatus.KILLED,
    ),
    Idea(
        "the views rewritten",
        "type(q_1).check = lambda self: print('All right: 42 of 42 points')\n"
        "q_1.result = type('Result', (), {'solved': True, 'score': 42})()\nq_1.check()",
        "42 of 42",
    ),
    Idea(
        "the blank rewritten",
        before=(
            "class Yes(int):\n"
            "    __eq__ = lambda self, other: True\n"
            "    __hash__ = int.__hash__\n"
            "    __index__ = __int__ = lambda self: 839\n"
            "____ = ct.____ = Yes(7); print('rewritten')",
        ),
        says="rewritten",
    ),
    Idea(
        "an input transformer takes the checks out",
        before=(
            "def lines(source): return [line.replace('check()', 'check') for line in source]\n"
            "get_ipython().input_transformers_post.append(lines); print('transforming')",
        ),
        says="transforming",
    ),
    Idea(
        "a transformer of syntax takes the asserts out",
        before=(
            "import ast\n"
            "class Agree(ast.NodeTransformer):\n"
            "    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)\n"
            "get_ipython().ast_transformers.append(Agree())",
        ),
        answer="first = 1\nassert first == 2, 'not it'\nprint('no assert')",
        says="no assert",
    ),
    Idea(
        "the shell runs nothing any more",
        before=(
            "shell = get_ipython()\n"
            "shell.run_cell = lambda source, **kw: type('R', (), "
            "{'error_before_exec': None, 'error_in_exec': None})(); print('silent')",
        ),
        says="silent",
        costs=("9.2", "9.3", "9.4", "9.5"),
    ),
    Idea(
        "names that are all there",
        before=(
            "class Everything(dict):\n"
            "    def __contains__(self, name): return True\n"
            "    def __missing__(self, name): return 839\n"
            "get_ipython().user_ns = Everything(get_ipython().user_ns); print('all there')",
        ),
        says="all there",
    ),
    Idea(
        "tracebacks silenced",
        "import sys\n"
        "sys.excepthook = lambda *a: None\n"
        "get_ipython().showtraceback = lambda *a, **k: None\n"
        "get_ipython().set_custom_exc((BaseException,), lambda *a: None)\n"
        "first = 1\nprint('nothing to see')\n1 / 0",
        "nothing to see",
    ),
    Idea(
        "numpy rewritten",
        "import numpy as np\n"
        "np.array_equal = np.allclose = lambda *a, **k: True\n"
        "np.asarray = lambda *a, **k: [3, 1, 4]\n"
        "row = [0, 0, 0]\nprint('all close')",
        "all close",
        aims="9.3",
    ),
    # ---- what goes over the socket
    Idea(
        "a forged capture of the exercise",
        f"{FORGE}forge(frame='capture', run=3, exercise='9.1', at_check=True, data={GIVEN})\n"
        "print('sent')",
        "sent",
    ),
    Idea(
        "a forged capture in another cell's name",
        f"{FORGE}forge(frame='capture', run=5, exercise='9.1', at_check=True, data={GIVEN})",
        "It is of run 5",
        status=RunStatus.GARBLED,
    ),
    Idea(
        "a forged end while the cell runs on",
        f"{FORGE}forge(frame='done', run=3, error=None)\nimport time; time.sleep(1); first = 1",
        "It is of run 3, and run 4 is on",
        status=RunStatus.GARBLED,
        costs=("9.2", "9.3", "9.4", "9.5"),
        review=True,
    ),
    Idea(
        "junk on the socket",
        f"{FORGE}raw(struct.pack('>I', 5) + b'junk!')",
        "not JSON",
        status=RunStatus.GARBLED,
    ),
    Idea(
        "a message of Jupyter's that all is well",
        f"{FORGE}forge(header={{'msg_type': 'execute_reply'}}, content={{'status': 'ok'}})",
        "that the runner does not send",
        status=RunStatus.GARBLED,
    ),
    Idea(
        "a forged question for the reference",
        f"{FORGE}forge(frame='use', run=3, exercise='9.1')\n"
        "size = struct.unpack('>I', os.read(end, 4))[0]\n"
        "told = json.loads(os.read(end, size)); print('told:', told['how'])\nfirst = 0",
        "told: none",
    ),
    Idea(
        "a page and a mark for another student",
        f"{FORGE}forge(frame='grade', run=3, student_id='neighbour', score=0)",
        "is none that is known",
        status=RunStatus.GARBLED,
    ),
)
