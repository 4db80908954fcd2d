"""The command `yusuan`, and `python -m yusuan`."""

import signal
import sys

from . import _native


def main() -> int:
    # A first Ctrl-C ends the run orderly, a second one at once: the program hears both itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _native.run(["yusuan", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
