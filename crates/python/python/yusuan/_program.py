"""What starts the program in a process of its own."""

from pathlib import Path

from . import _native

#: Words behind the interpreter.
WORDS = ["-I", "-S", str(Path(__file__).with_name("_worker.py").resolve()), str(Path(_native.__file__).resolve())]
