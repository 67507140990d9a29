"""Tools behind the convolutional-network lessons: pictures, training, exercises and their checks."""

__version__ = "0.1.0"
