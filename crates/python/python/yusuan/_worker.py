"""The program in an interpreter of its own: a worker, or a whole run.

Run by path in Python's isolated mode without site packages (`python -I -S _worker.py MODULE WORD...`), so that nothing of
the environment, of the current folder or of other packages decides what a worker is; it is there in 15 milliseconds.
"""

import _imp
import _signal
import sys


def main() -> int:
    module = sys.argv[1]
    # Who is to end is for the program to decide, not for Python.
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    # All that is asked of a specification; the class of that name would have to be imported.
    spec = type(sys.implementation)(name="yusuan._native", origin=module)
    native = _imp.create_dynamic(spec)
    _imp.exec_dynamic(native)
    native.run_again_as(sys.executable, ["-I", "-S", __file__, module])
    return native.run(["yusuan", *sys.argv[2:]])


if __name__ == "__main__":
    status = main()
    # All is said that there was to say: Python need not take itself apart.
    if "posix" in sys.builtin_module_names:
        import posix

        posix._exit(status)
    sys.exit(status)
