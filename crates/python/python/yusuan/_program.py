"""What starts the program in a process of its own."""

import os.path

from . import _native

#: Words behind the interpreter.
WORDS = ["-I", "-S", os.path.join(os.path.dirname(os.path.realpath(__file__)), "_worker.py"), os.path.realpath(_native.__file__)]
