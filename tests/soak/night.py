#!/usr/bin/env python3
"""What does a night cost in the parts layout: many known files, few new ones?

    tests/soak/night.py --known 100000 --new 100 [--bin target/release/yusuan]

Times the first run over the known files, a run with nothing new, one with the new files, and one over as many new files alone
in an empty folder; the peak of all processes' memory (PSS) beside each. Python 3.9 or newer, Linux."""

import argparse
import os
import shutil
import sys
import tempfile

import inputs
from watch import Run

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(ROOT, "target/release/yusuan"))
    parser.add_argument("--known", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=100)
    parser.add_argument("--work", help="folder to work in, kept (default: a temporary one, removed at the end)")
    args = parser.parse_args()
    work = args.work or tempfile.mkdtemp(prefix="night-")
    known, alone, out, fresh = (os.path.join(work, name) for name in ("in", "alone", "out", "fresh"))
    wrong = 0

    def timed(what, source, target):
        nonlocal wrong
        run = Run([args.bin, "convert", source, "-o", target, "-q", "--layout", "parts"])
        status = run.wait()
        wrong += status not in (0, 3)
        print(f"{what}: {run.seconds:.2f} s, exit {status}, peak {run.peak():.0f} MiB", flush=True)

    for folder in (known, alone, out, fresh):
        shutil.rmtree(folder, ignore_errors=True)
    inputs.make(known, args.known, None)
    timed(f"first run over {args.known}", known, out)
    timed("nothing new", known, out)
    timed("nothing new, again", known, out)
    inputs.make(known, args.new, None, first=args.known)
    timed(f"{args.new} new", known, out)
    inputs.make(alone, args.new, None, first=args.known)
    timed(f"{args.new} alone in an empty folder", alone, fresh)
    if not args.work:
        shutil.rmtree(work)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
