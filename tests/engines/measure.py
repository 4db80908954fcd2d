"""What Python costs over the program, and what a second Spark executor brings. Prints; nothing depends on it.

Run by `make measure-python` on an idle machine. YUSUAN_BIN is the command to compare with; a file as first argument is read instead of
the sample of 35 pages.
"""

import ctypes
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "crates/python/tests"))
from test_yusuan import SAMPLES  # noqa: E402

TIMES = 21
FILES = int(os.environ.get("YUSUAN_MEASURE_FILES", "300"))


def adopt():
    """Workers outlive who started them for a moment; what they spent is told to who waits for them, which is this process then."""
    PR_SET_CHILD_SUBREAPER = 36
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def spent(work):
    """Wall seconds of a call, and processor seconds of it and of all processes below it."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    begun = time.perf_counter()
    work()
    wall = time.perf_counter() - begun
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        pass
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return wall, sum(a.ru_utime + a.ru_stime - b.ru_utime - b.ru_stime for a, b in zip(after, usage))


def processes(name):
    """Ways to read one file, each in a process of its own, so that all of it is counted."""
    program = os.environ["YUSUAN_BIN"]
    read = "import sys, yusuan; document = yusuan.read(sys.argv[1], isolate={}); assert len(document.facts)"
    yield "program (check)", [program, "check", name]
    yield "module, worker", [sys.executable, "-c", read.format(True), name]
    yield "module, in process", [sys.executable, "-c", read.format(False), name]
    yield "Python alone", [sys.executable, "-c", "import sys, yusuan", name]


def overhead(file):
    ways = dict(processes(str(file)))
    measured = {way: [] for way in ways}
    for _ in range(TIMES):
        # In turns, so that what else the machine does falls on all of them.
        for way, words in ways.items():
            call = lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: E731
            measured[way].append(spent(call))
    print(f"{file.name}: medians of {TIMES}, wall and processor seconds")
    medians = {way: [statistics.median(values) for values in zip(*found)] for way, found in measured.items()}
    for way, (wall, processor) in medians.items():
        print(f"  {way:<20} {wall:6.3f} {processor:6.3f}")
    program, worker, inside, alone = medians.values()
    more = [(taken[1] - alone[1]) / program[1] - 1 for taken in (worker, inside)]
    print("beyond the program's processor time, Python's own start apart: {:+.0%} in a worker, {:+.0%} in its process".format(*more))


def spark(executors, files, out):
    words = [sys.executable, ROOT / "examples/spark_convert.py", files, out, "--master", f"local-cluster[{executors},1,1024]"]
    return spent(lambda: subprocess.run(list(map(str, words)), check=True, stderr=subprocess.DEVNULL))[0]


def executors():
    with tempfile.TemporaryDirectory() as work:
        folders = {}
        for count in (2, FILES):
            folders[count] = Path(work, str(count))
            folders[count].mkdir()
            files = [path for path in sorted(SAMPLES.iterdir()) if path.suffix == ".pdf"]
            for number in range(count):
                data = files[number % len(files)].read_bytes()
                (folders[count] / f"{number:04}.pdf").write_bytes(data + b"\n%% %d\n" % number)
        taken = {}
        for count, folder in folders.items():
            for number in (1, 2):
                taken[number, count] = spark(number, folder, Path(work, "out"))
                print(f"Spark, {number} executor(s), {count} files: {taken[number, count]:.1f} s", flush=True)
        alone, both = (taken[number, FILES] - taken[number, 2] for number in (1, 2))
        print(f"two executors are {alone / both:.2f} times one, what {FILES - 2} files take; start-up subtracted")


def main():
    adopt()
    named = [Path(word) for word in sys.argv[1:]]
    overhead(named[0] if named else next(SAMPLES.glob("重庆市渝北区*.pdf")))
    if shutil.which("java"):
        executors()


if __name__ == "__main__":
    main()
