"""Warm kernels: Jupyter kernels forked from a process that has imported TensorFlow already.

`provisioner.py` is what Jupyter finds by name, `template.py` the process that forks, `forked.py`
what asks it to, `install.py` puts the name into a kernelspec.
"""

PROVISIONER = "coursetools-warm"
"""The name under which Jupyter finds the provisioner."""
