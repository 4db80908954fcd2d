"""What Python costs over the program, and what a second Spark executor brings. Prints; nothing depends on it.

Run by `make measure-python` on an idle machine. YUSUAN_BIN is the command to compare with; a file as first argument is read instead of
the sample of 35 pages.
"""

import ctypes
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "crates/python/tests"))
from test_engines import commented  # noqa: E402
from test_yusuan import SAMPLES  # noqa: E402

TIMES = 21
SPARK_TIMES = 3
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


#: Java as Spark starts it. What an executor starts (its Python and the readers) stays on the core that it was given, as on a
#: cluster, where who asked for one core has one: Kubernetes' limit, YARN's control groups.
JAVA = """#!/bin/sh
case "$*" in *CoarseGrainedExecutorBackend*)
  number=$(printf '%s\\n' "$@" | sed -n '/^--executor-id$/{{n;p;}}')
  echo $$ > "{work}/executor-$number"
  exec taskset -c $((number % {cores})) "{java}" "$@" ;;
esac
exec "{java}" "$@"
"""


def pinned(work):
    """A folder that Spark takes for Java's."""
    home = Path(work, "java")
    (home / "bin").mkdir(parents=True)
    java = os.path.realpath(shutil.which("java"))
    (home / "bin/java").write_text(JAVA.format(work=work, java=java, cores=os.cpu_count()))
    (home / "bin/java").chmod(0o755)
    return home


def below(process, children):
    yield process
    for child in children.get(process, []):
        yield from below(child, children)


def watch(work, over, found):
    """Processor seconds of each executor with all that it started, while it runs; those of processes that ended are in their parents'."""
    tick = os.sysconf("SC_CLK_TCK")
    while not over.wait(0.5):
        children, seconds = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(words[1]), []).append(int(stat.parent.name))
            seconds[int(stat.parent.name)] = sum(map(int, words[11:15])) / tick
        for file in Path(work).glob("executor-*"):
            number = int(file.read_text() or 0)
            found[file.name] = max(found.get(file.name, 0), sum(seconds.get(one, 0) for one in below(number, children)))


def told(events):
    """What Spark's own log says: seconds from the first task to the end of the last job, those in which no task ran, and the
    seconds that each job took, in their order."""
    begun, ended, jobs, tasks = None, 0, {}, []
    for line in events.read_text().splitlines():
        event = json.loads(line)
        if event["Event"] == "SparkListenerTaskEnd":
            info = event["Task Info"]
            tasks.append((info["Launch Time"], info["Finish Time"]))
        elif event["Event"] == "SparkListenerJobStart":
            jobs[event["Job ID"]] = [event["Submission Time"], None]
        elif event["Event"] == "SparkListenerJobEnd":
            jobs[event["Job ID"]][1] = ended = event["Completion Time"]
    idle, until = 0, min(begin for begin, _ in tasks)
    begun = until
    for begin, end in sorted(tasks):
        idle, until = idle + max(0, begin - until), max(until, end)
    return (ended - begun) / 1000, (idle + max(0, ended - until)) / 1000, [(end - begin) / 1000 for begin, end in jobs.values()]


def spark(executors, files, work):
    """One conversion: what the log says, and the processor seconds of its executors."""
    for old in Path(work).glob("executor-*"):
        old.unlink()
    log = Path(work, "log")
    shutil.rmtree(log, ignore_errors=True)
    log.mkdir()
    settings = {"eventLog.enabled": "true", "eventLog.rolling.enabled": "false", "eventLog.compress": "false", "eventLog.dir": log.as_uri()}
    words = " ".join(f"--conf spark.{name}={value}" for name, value in settings.items())
    env = {**os.environ, "JAVA_HOME": str(Path(work, "java")), "PYSPARK_SUBMIT_ARGS": f"{words} pyspark-shell", "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, ROOT / "examples/spark_convert.py", files, Path(work, "out"), "--master", f"local-cluster[{executors},1,1024]"]
    over, found = threading.Event(), {}
    beside = threading.Thread(target=watch, args=(work, over, found))
    beside.start()
    try:
        subprocess.run(list(map(str, command)), check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=env)
    finally:
        over.set()
        beside.join()
    return (*told(next(log.iterdir())), [found[name] for name in sorted(found)])


def archive(folder):
    """FILES files of which no two are the same, the samples in turns, in as many provinces as there are: Spark settles a province in
    one task."""
    folder.mkdir()
    files = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".pdf", ".xlsx")]
    for number in range(FILES):
        path = files[number % len(files)]
        data = path.read_bytes()
        data = commented(data, b"%d" % number) if path.suffix == ".xlsx" else data + b"\n%% %d\n" % number
        (folder / f"{number:04}{path.suffix}").write_bytes(data)


def executors():
    with tempfile.TemporaryDirectory() as work:
        pinned(work)
        archive(Path(work, "in"))
        runs = {1: [], 2: []}
        for turn in range(SPARK_TIMES):
            for number, found in runs.items():
                seconds, idle, jobs, processor = spark(number, Path(work, "in"), work)
                found.append((seconds, idle, max(processor)))
                busy = " + ".join(f"{one:.1f}" for one in processor)
                print(f"Spark, {number} executor(s), {FILES} files: {seconds:.1f} s, {idle:.1f} of them without a task; "
                      f"processor {busy} s; jobs " + " ".join(f"{one:.1f}" for one in jobs), flush=True)
        one, two = ([statistics.median(values) for values in zip(*runs[number])] for number in (1, 2))
        print(f"medians of {SPARK_TIMES}: two executors are {one[0] / two[0]:.2f} times one, from the first task to the end of the last job; "
              f"{(one[0] - one[1]) / (two[0] - two[1]):.2f} times while tasks run; "
              f"by the processor time of the executor that worked longest {one[2] / two[2]:.2f} times")


def main():
    adopt()
    named = [Path(word) for word in sys.argv[1:] if word != "--spark"]
    if "--spark" not in sys.argv:
        overhead(named[0] if named else next(SAMPLES.glob("重庆市渝北区*.pdf")))
    if shutil.which("java") and shutil.which("taskset"):
        executors()


if __name__ == "__main__":
    main()
