#!/usr/bin/env python3
"""What do many documents cost on one machine: processor time, memory, bytes, against their number and the number of cores?

    tests/soak/scale.py --counts 1000,10000,200000 [--jobs 1,2] [--new 100] [--real FOLDER] [--bin target/release/yusuan]

Converts so many distinct made documents (nine in ten of one page, samples under other bytes, damaged ones) into parts, and after
the largest number a night of NEW more and a night of none; `--real` is a folder of published files, for what their pages cost. One line a
run, figures for a thousand documents. docs/scale.md is written from it. Python 3.9 or newer, Linux."""

import argparse
import os
import resource
import shutil
import sys
import tempfile

import inputs
from watch import Run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def bytes_below(folder):
    """Bytes and files below a folder."""
    files = [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names]
    return sum(os.path.getsize(file) for file in files), len(files)


def spent():
    """Processor seconds of all ended processes below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def converted(args, what, source, out, count, jobs):
    """Runs a conversion and prints what it cost."""
    before = spent()
    words = [args.bin, "convert", source, "-o", out, "-q", "--layout", "parts", "--jobs", str(jobs)]
    run = Run(words, out, every=0.25)
    status = run.wait()
    if status not in (0, 3):
        raise SystemExit(f"scale: {what}: exit {status}")
    cpu = spent() - before
    state, files = bytes_below(os.path.join(out, ".yusuan"))
    whole, _ = bytes_below(out)
    each = 1000 / count
    print(
        f"{what:28} jobs {jobs}  {run.seconds:9.1f} s  CPU {cpu:9.1f} s  peak {run.peak():6.0f} MiB | for 1,000:"
        f"  {run.seconds * each:8.2f} s  CPU {cpu * each:8.2f} s  state {state * each / 1e6:6.2f} MB"
        f"  parts {(whole - state) * each / 1e6:6.2f} MB  files {files * each:6.0f}",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(ROOT, "target/release/yusuan"))
    parser.add_argument("--counts", default="1000,10000")
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--new", type=int, default=100)
    parser.add_argument("--real", help="a folder of published files")
    parser.add_argument("--work", help="folder to work in (default: a temporary one)")
    args = parser.parse_args()
    work = tempfile.mkdtemp(prefix="scale-", dir=args.work)
    source, out = os.path.join(work, "in"), os.path.join(work, "out")
    counts, jobs = ([int(number) for number in text.split(",")] for text in (args.counts, args.jobs))
    try:
        if args.real:
            known = sum(len(names) for _, _, names in os.walk(args.real))
            for number in jobs:
                shutil.rmtree(out, ignore_errors=True)
                converted(args, f"{known} published", args.real, out, known, number)
        made = 0
        for count in counts:
            inputs.make(source, count - made, os.path.join(ROOT, "samples"), first=made)
            made = count
            # The largest number costs hours: with all cores only.
            for number in jobs if count != max(counts) else jobs[-1:]:
                shutil.rmtree(out, ignore_errors=True)
                converted(args, f"{count} made", source, out, count, number)
        converted(args, "the same, nothing new", source, out, made, jobs[-1])
        inputs.make(source, args.new, None, first=made)
        converted(args, f"{args.new} new", source, out, made + args.new, jobs[-1])
    finally:
        shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
