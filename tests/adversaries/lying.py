"""Ideas: answers that are not what they look like."""

from __future__ import annotations

from adversaries.idea import Idea
from coursetools.grading.records import RunStatus

ANSWERS = (
    Idea(
        "an answer that is equal to everything",
        "class Any(int):\n"
        "    def __eq__(self, other): return True\n"
        "    def __ne__(self, other): return False\n"
        "    __lt__ = __gt__ = __le__ = __ge__ = __eq__\n"
        "    __hash__ = int.__hash__\n"
        "    def __sub__(self, other): return 0\n"
        "    __rsub__ = __sub__\n"
        "first = Any(1)",
        "Any",
    ),
    Idea(
        "an answer that says it is a number",
        "class Liar:\n"
        "    __class__ = int\n"
        "    def __eq__(self, other): return True\n"
        "    def __getattr__(self, name): return 1\n"
        "    def __repr__(self): return '839'\n"
        "first = Liar()\nprint('lied')",
        "lied",
    ),
    Idea(
        "an answer that raises when it is looked at",
        "class Raises:\n"
        "    def __getattribute__(self, name): raise SystemExit(name)\n"
        "first = Raises()\nprint('raises')",
        "raises",
    ),
    Idea("NaN", "float('nan')", "not finite"),
    Idea("infinity", "float('inf')", "not finite"),
    Idea("an integer of a million digits", "10 ** 1_000_000", "larger than any answer"),
    Idea("an integer written out at length", "'9' * 1_000_000", "text"),
    Idea("True for a number", "True", "True"),
    Idea("a text for a text of ours", '\'{"state": "given"}\'', "state"),
    Idea(
        "a list that holds itself",
        "row = []\nrow.append(row)\nprint('round')",
        "nested",
        aims="9.3",
    ),
    Idea(
        "an array of 4 TB that takes no memory",
        "import numpy as np\nrow = np.broadcast_to(np.float32(3), (10**6, 10**6))\nprint(row.size)",
        "1000000000000",
        aims="9.3",
    ),
    Idea(
        "an array that lies about its shape",
        "import numpy as np\n"
        "class Liar(np.ndarray):\n"
        "    shape = (3,)\n    size = 3\n    dtype = np.dtype(float)\n"
        "    def tobytes(self, *a): return bytes(10**6)\n"
        "    def tolist(self): return [3, 1, 4]\n"
        "row = np.zeros((2, 2)).view(Liar)\nprint('lied')",
        "lied",
        aims="9.3",
    ),
    Idea(
        "an array out of whatever lies in memory",
        "class Pointer:\n"
        "    __array_interface__ = dict(shape=(3,), typestr='<f8', data=(8, False), version=3)\n"
        "row = Pointer()\nprint('pointed')",
        "pointed",
        aims="9.3",
    ),
    Idea(
        "an array of objects",
        "import numpy as np\n"
        "class Any:\n    def __eq__(self, other): return True\n"
        "row = np.array([Any(), Any(), Any()], object)\nprint('objects')",
        "objects",
        aims="9.3",
    ),
    Idea("rows of NaN", "[float('nan')] * 3", "NaN", aims="9.3"),
    Idea("a row without end", "row = iter(int, 1)\nprint('endless')", "endless", aims="9.3"),
    Idea(
        "a list that is another each time",
        "import random\n"
        "class Other(list):\n"
        "    def __iter__(self): return iter([random.random()] * 3)\n"
        "    def __len__(self): return 3\n"
        "    def __getitem__(self, n): return random.random()\n"
        "row = Other([0, 0, 0])\nprint('another')",
        "another",
        aims="9.3",
    ),
    Idea(
        "a function whose results are equal to everything",
        "class Any(float):\n"
        "    def __eq__(self, other): return True\n"
        "    __hash__ = float.__hash__\n"
        "def double(n): return Any(0)\nprint('equal')",
        "equal",
        aims="9.4",
    ),
    Idea(
        "a function that raises what ends processes",
        "def double(n): raise SystemExit(0)\nprint('raises')",
        "raises",
        aims="9.4",
    ),
    Idea(
        "a function that looks for what is compared with",
        "import sys\n"
        "def double(n):\n"
        "    frame, seen = sys._getframe(), []\n"
        "    while frame:\n"
        "        seen += [v for v in frame.f_locals.values() if str(v) in ('42', '-8', '3.0')]\n"
        "        frame = frame.f_back\n"
        "    return seen[0] if seen else None\nprint('looks')",
        "looks",
        aims="9.4",
    ),
)

LAYER = "import keras\nfrom keras import layers\n"
SEQUENTIAL = "net = keras.Sequential([layers.Input((4,)), {layer}])\nprint('made', net.built)"

MODELS = (
    Idea(
        "a lambda layer in place of the layer",
        LAYER + SEQUENTIAL.format(layer="layers.Lambda(lambda x: x[:, :1], output_shape=(16,))"),
        '"class": "Lambda"',
        aims="8.1",
    ),
    Idea(
        "a lambda layer that ends the process when it is run",
        LAYER
        + "def end(x):\n    import os\n    if x.shape[0]: os._exit(3)\n    return x\n"
        + SEQUENTIAL.format(layer="layers.Lambda(end)"),
        "exit code 3",
        aims="8.1",
        status=RunStatus.KILLED,
    ),
    Idea(
        "a class of one's own that says it has the units",
        LAYER + "class Dense(layers.Layer):\n"
        "    units = 16\n"
        "    def call(self, x): return x\n"
        "    def count_params(self): return 80\n"
        "    def get_config(self): return {'units': 16, 'activation': 'relu'}\n"
        + SEQUENTIAL.format(layer="Dense()"),
        "made True",
        aims="8.1",
    ),
    Idea(
        "a layer that says it is another",
        LAYER + "class Liar(layers.Dense):\n"
        "    __class__ = layers.Dense\n"
        "    units = property(lambda self: 16, lambda self, value: None)\n"
        "    def build(self, shape): self.built = True\n"
        "    def call(self, x): return x\n" + SEQUENTIAL.format(layer="Liar(1)"),
        '"class": "Liar"',
        aims="8.1",
    ),
    Idea(
        "a model whose layers are made up",
        LAYER + "class Model(keras.Model):\n"
        "    layers = property(lambda self: [keras.layers.Dense(16)] * 10**6)\n"
        "    weights = property(lambda self: 'none of yours')\n"
        "    def call(self, x): return x\n"
        "    def get_config(self): raise SystemExit('no')\n"
        "net = Model()\nprint('made up')",
        "made up",
        aims="8.1",
    ),
    Idea(
        "a model that runs for ever when it is tried",
        LAYER + "class Model(keras.Model):\n"
        "    def call(self, x):\n        while True: pass\n"
        "net = Model()\nprint('tried')",
        "tried",
        aims="8.1",
    ),
    Idea(
        "Keras rewritten",
        LAYER + "layers.Dense.units = 16\n"
        "keras.Model.count_params = lambda self: 80\n"
        "keras.Sequential.weights = property(lambda self: [])\n"
        "net = keras.Sequential([layers.Input((4,)), layers.Dense(3)])\nprint('rewritten')",
        "rewritten",
        aims="8.1",
    ),
    Idea(
        "an activation that raises when it is looked at",
        LAYER + "class Bad:\n"
        "    def __call__(self, x): raise MemoryError\n"
        "    def __getattr__(self, name): raise KeyboardInterrupt\n"
        "dense = layers.Dense(3); dense.activation = Bad()\n"
        "net = keras.Sequential([layers.Input((4,))])\nnet._layers = [dense] * 3\nprint('bad')",
        "bad",
        aims="8.1",
    ),
)
IDEAS = ANSWERS
