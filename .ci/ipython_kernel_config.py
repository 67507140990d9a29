"""`make setup` puts this into .venv/etc/ipython, where every kernel of the environment reads it.

TensorFlow's C++ code writes half a screen about missing graphics cards to the process's standard
error before it can be told not to. A kernel shows that to the student in red; this one lets it
go to the terminal. What Python writes is shown as ever.
"""

c.IPKernelApp.capture_fd_output = False  # noqa: F821 - `c` is how IPython hands its settings in
