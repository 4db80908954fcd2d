#!/usr/bin/env python3
"""What whole runs of the program cost: processor time against the tables alone, against other libraries, and against the size of
what is read.

    tests/bench/whole.py [--bin target/release/yusuan] [--files FOLDER...] [--times 5] [--peers PYTHON] [--parts PART...] [--write docs]

`--files` are folders of PDF files; the project's samples where none is named. `--peers` is a Python that has PyMuPDF and pdfplumber.
All figures are of one machine and one run; what is worth comparing are their ratios. Prints Markdown; `--write` puts it, with the
curves as pictures, into docs/performance.md below that folder. Python 3.9 or newer, Linux, an idle machine."""

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import made
import peers
from curves import curve

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "soak"))
import inputs
from watch import Run


# What is done one at a time is held to one core, since a file alone would be read on all.
ONE_CORE = ["taskset", "-c", "0"]


def cost(command):
    """Processor seconds of a command and all that it starts, and seconds until it ends."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status not in (0, 3):
        raise SystemExit(f"{command[:4]} …: exit status {status}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - began


def median(costs):
    return tuple(statistics.median(column) for column in zip(*costs))


class Bench:
    def __init__(self, binary, times):
        self.binary, self.times = binary, times

    def tables(self, files):
        """The tables of each file, a process of its own for each."""
        once = lambda: [sum(column) for column in zip(*(cost([*ONE_CORE, self.binary, "tables", file]) for file in files))]
        return median([once() for _ in range(self.times)])

    def convert(self, files, formats, jobs=1, times=None):
        """A conversion into an empty folder."""
        return median([self._convert(files, formats, jobs) for _ in range(times or self.times)])

    def _convert(self, files, formats, jobs):
        with tempfile.TemporaryDirectory() as folder:
            names = os.path.join(folder, "names")
            with open(names, "w") as file:
                file.write("\n".join(files))
            out = os.path.join(folder, "out")
            held = ONE_CORE if jobs == 1 else []
            return cost([*held, self.binary, "convert", "-q", f"-j{jobs}", "-f", formats, "-o", out, "--files-from", names])

    def peak(self, files, formats, jobs=1):
        """Most memory of the program and its workers together, in MiB."""
        with tempfile.TemporaryDirectory() as folder:
            run = Run([self.binary, "convert", "-q", f"-j{jobs}", "-f", formats, "-o", folder, *files], every=0.02)
            run.wait()
            return run.peak()


class Told(list):
    """Lines that are printed as they come: a run takes many minutes."""

    def __iadd__(self, more):
        more = list(more)
        print("\n".join(more), flush=True)
        self.extend(more)
        return self


def pdfs(folders):
    found = [os.path.join(where, name) for top in folders for where, _, names in os.walk(top) for name in names]
    return sorted(os.path.abspath(file) for file in found if file.endswith(".pdf"))


def written(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def row(*cells):
    return "| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"


def ratios(bench, files, python):
    """What is done with the files, against their tables alone."""
    pages = peers.count_pages(python, files) if python else None
    base, _ = bench.tables(files)
    lines = ["| run | processor time, s | against the tables alone |", "|---|---|---|", row("`tables`, file by file", base, 1.0)]
    single = {}
    for name, formats in [("CSV", "csv"), ("workbooks, CSV, Parquet", "xlsx,csv,parquet"), ("review page", "review")]:
        spent, single[formats] = bench.convert(files, formats)
        lines.append(row(f"`convert` to {name}", spent, spent / base))
    if python:
        for name, spent in peers.costs(python, files, bench.times):
            lines.append(row(name, spent, spent / base))
    lines += ["", f"{len(files)} files" + (f", {pages} pages: {pages / base:.0f} a second of processor time." if pages else ".")]
    lines += ["", "| two documents at a time | one at a time, s elapsed | two, s elapsed | ratio |", "|---|---|---|---|"]
    for name, formats in [("CSV", "csv"), ("workbooks, CSV, Parquet", "xlsx,csv,parquet"), ("review page", "review")]:
        _, two = bench.convert(files, formats, jobs=2)
        lines.append(row(name, single[formats], two, single[formats] / two))
    return lines


def long_file(bench, file):
    """One long file on one core and on two."""
    lines = ["| one long file | one core, s elapsed | two cores, s elapsed | ratio |", "|---|---|---|---|"]
    for name, formats in [("CSV", "csv"), ("review page", "review")]:
        (_, one), (_, two) = bench.convert([file], formats, 1), bench.convert([file], formats, 2)
        lines.append(row(name, one, two, one / two))
    held = lambda to: median([cost([*to, bench.binary, "tables", file]) for _ in range(bench.times)])[1]
    one, two = held(ONE_CORE), held([])
    lines.append(row("`tables`", one, two, one / two))
    return lines


def scaling(bench, folder, wanted):
    """Time and memory against size: a name, what grows, the points (size, seconds, MiB), and whether the seconds are those that pass
    while the work is shared, not the processor's."""
    one = lambda name, data: [written(folder, name, data)]
    point = lambda size, files, formats: (size, bench.convert(files, formats, times=3)[0], bench.peak(files, formats))
    if "pages" in wanted:
        points = [point(n, one(f"{n}.pdf", made.book(n)), "csv") for n in (25, 50, 100, 200, 400)]
        yield "pages", "pages of one file", points, False
    if "rectangles" in wanted:
        points = [point(n, one(f"{n}r.pdf", made.drawn(n)), "csv") for n in (2000, 4000, 8000, 16000, 32000)]
        yield "rectangles", "rectangles on one page", points, False
    if "rows" in wanted:
        points = [point(n, one(f"{n}.xlsx", made.sheet(n)), "xlsx,csv,parquet") for n in (2500, 5000, 10000, 20000)]
        yield "rows", "rows of ten amounts, with the workbook", points, False
    if "files" in wanted:
        points = [point(n, many(folder, n), "csv") for n in (100, 200, 400, 800, 1600)]
        yield "files", "files of one page", points, False
    if "cores" in wanted:
        files, cores = many(folder, 400), len(os.sched_getaffinity(0))
        shared = lambda jobs: (jobs, bench.convert(files, "csv", jobs, times=3)[1], bench.peak(files, "csv", jobs))
        yield "cores", "400 files on so many cores", [shared(jobs) for jobs in range(1, cores + 1)], True


def many(folder, count):
    """So many files of one page."""
    top = os.path.join(folder, f"many{count}")
    if not os.path.exists(top):
        inputs.make(top, count, None)
    return pdfs([top])


PARTS = ["ratios", "long", "pages", "rectangles", "rows", "files", "cores"]


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--bin", default=os.path.join(ROOT, "target/release/yusuan"))
    parse.add_argument("--files", nargs="*", default=[os.path.join(ROOT, "samples")])
    parse.add_argument("--long", help="a long PDF file; a made one of 300 pages where none is named")
    parse.add_argument("--times", type=int, default=5)
    parse.add_argument("--peers", help="a Python with PyMuPDF and pdfplumber")
    parse.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS, help="all where none is named")
    parse.add_argument("--write", help="the folder of performance.md; where parts are named, only their curves")
    args = parse.parse_args()
    bench, files = Bench(os.path.abspath(args.bin), args.times), pdfs(args.files)
    if not files:
        raise SystemExit("no PDF files")
    shown = [os.path.basename(os.path.normpath(folder)) for folder in args.files]
    lines = Told()
    lines += [f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {len(os.sched_getaffinity(0))} cores; medians of {args.times};"]
    lines += [f"files: {', '.join(shown)}. `tests/bench/whole.py`", ""]
    if "ratios" in args.parts:
        lines += [*ratios(bench, files, args.peers), ""]
    with tempfile.TemporaryDirectory() as folder:
        if "long" in args.parts:
            lines += long_file(bench, args.long or written(folder, "long.pdf", made.book(300)))
        for name, grows, points, shared in scaling(bench, folder, args.parts):
            measure, each = ("s elapsed", "times so many") if shared else ("processor time, s", "a thousand, s")
            lines += ["", f"| {grows} | {measure} | {each} | peak, MiB |", "|---|---|---|---|"]
            of = lambda n, seconds: seconds * n if shared else seconds / n * 1000
            lines += [row(n, seconds, of(n, seconds), f"{mib:.0f}") for n, seconds, mib in points]
            if args.write:
                os.makedirs(os.path.join(args.write, "performance"), exist_ok=True)
                with open(os.path.join(args.write, "performance", f"{name}.svg"), "w") as file:
                    file.write(curve(grows, points, shared))
                lines += ["", f"![{grows}](performance/{name}.svg)"]
    if args.write and args.parts == PARTS:
        page = os.path.join(args.write, "performance.md")
        with open(page) as file:
            head = file.read().split(MARK)[0]
        with open(page, "w") as file:
            file.write("\n".join([head + MARK, "", *lines, ""]))


MARK = "## The last run\n"

if __name__ == "__main__":
    main()
