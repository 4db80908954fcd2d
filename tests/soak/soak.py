#!/usr/bin/env python3
"""Does a run over thousands of documents that is killed again and again end as one that never was? And is its memory flat?

    tests/soak/soak.py --count 5000 --kills 20 [--layout parts] [--bin target/release/yusuan]

Makes the documents, converts them once undisturbed (time and memory are measured), then again with the whole process group
killed (SIGKILL) at random times over the length of the run, and compares every file of the two output folders. Exit status 1
where they differ, a process is left behind, memory grows or exceeds --max-mib. Python 3.9 or newer, Linux."""

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import tempfile

import inputs
from watch import Run

# What a document may leave behind while the folder is written: its line of the comparison in overview.xlsx, and what the
# allocator loses between the workbooks.
WRITING_KIB = 32
# Documents from which on a third of a run is longer than what its processes need to begin.
TELLING = 1000

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(ROOT, "target/release/yusuan"))
    parser.add_argument("--count", type=int, default=5000, help="documents (default 5000)")
    parser.add_argument("--kills", type=int, default=20, help="times that the run is killed (default 20)")
    parser.add_argument("--layout", default="single", choices=["single", "parts"])
    parser.add_argument("--format", default="xlsx,csv,parquet", help="formats of the single layout")
    parser.add_argument("--samples", default=os.path.join(ROOT, "samples"))
    parser.add_argument("--max-mib", type=float, default=1024, help="most memory of all processes together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", help="folder to work in (default: a temporary one, removed at the end)")
    return parser.parse_args()


def files(out):
    """Every file of an output folder with its hash, but for the state of the run and what was kept beside."""
    found = {}
    for folder, folders, names in os.walk(out):
        if folder == out:
            folders.remove(".yusuan")
        for name in names:
            if ".edited-" in name:
                continue
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, out)] = hashlib.sha256(file.read()).hexdigest()
    return found


def progress(out):
    """What the killed run was at, as it had told."""
    try:
        with open(os.path.join(out, ".yusuan/progress.json")) as file:
            said = json.load(file)
        return f"{said['phase']} {said['done']}/{said['total']}"
    except (OSError, ValueError, KeyError):
        return "nothing told yet"


def killed_run(args, command, seconds, out):
    """Converts to `out`, killed at random times. A run that ends before its kill begins again in an empty folder."""
    chance, kills = random.Random(args.seed), 0
    while kills < args.kills:
        run = Run(command(out))
        after = chance.uniform(0, 2 * seconds / args.kills) if chance.random() < 0.5 else chance.uniform(0, seconds)
        if run.wait(after) is None:
            run.kill()
            kills += 1
            print(f"kill {kills} after {after:.1f} s: {progress(out)}", flush=True)
            # What was read stays read, so the later kills all fall into the writing: half of them get a new beginning.
            if kills == args.kills // 2:
                shutil.rmtree(out, ignore_errors=True)
        else:
            print(f"ended before its kill at {after:.1f} s: from the start again", flush=True)
            shutil.rmtree(out)
    run = Run(command(out))
    status = run.wait()
    print(f"last run: {run.seconds:.1f} s, exit {status}")
    return status


def compare(clean, killed):
    """The number of differences, the first of them named."""
    one, other = files(clean), files(killed)
    different = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    for name in different[:10]:
        print("DIFFERENT", name, "only in one" if (name in one) != (name in other) else "")
    print(f"{len(one)} files compared, {len(different)} different")
    return len(different)


def main():
    args = arguments()
    work = args.work or tempfile.mkdtemp(prefix="soak-")
    source, clean, killed = (os.path.join(work, name) for name in ("in", "clean", "killed"))
    for folder in (source, clean, killed):
        shutil.rmtree(folder, ignore_errors=True)
    inputs.make(source, args.count, args.samples)
    layout = ["--layout", "parts"] if args.layout == "parts" else ["-f", args.format]
    command = lambda out: [args.bin, "convert", source, "-o", out, "-q", *layout]
    run = Run(command(clean), out=clean)
    status = run.wait()
    print(f"clean run: {args.count} documents, {run.seconds:.1f} s, exit {status}")
    print(f"memory of all processes (PSS): peak {run.peak():.0f} MiB", flush=True)
    wrong = []
    for name, phase, allowed in (("reading", "转换", 0), ("writing", "写出", WRITING_KIB * args.count / 1024)):
        first, last = run.course(phase)
        print(f"  {name}: first third {first:.0f} MiB, last third {last:.0f} MiB", flush=True)
        if args.count < TELLING:
            print(f"  not judged: below {TELLING} documents the first third is that of processes which begin")
        elif last > 1.25 * first + 16 + allowed:
            wrong.append(f"memory grows while {name}")
    if status not in (0, 3):
        wrong.append(f"the clean run ended with {status}")
    if run.peak() > args.max_mib:
        wrong.append(f"more than {args.max_mib:.0f} MiB")
    if args.kills:
        again = killed_run(args, command, run.seconds, killed)
        if again != status:
            wrong.append(f"the killed run ended with {again}")
        if compare(clean, killed):
            wrong.append("the results differ")
    if not args.work:
        shutil.rmtree(work)
    print("FAILED: " + "; ".join(wrong) if wrong else "passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
