#!/usr/bin/env python3
"""A month of nights: does a folder mend itself, whatever went wrong the night before?

    tests/soak/month.py --count 300 --nights 30 [--bin target/release/yusuan]

Makes the documents and converts them once undisturbed. Then, night after night over another folder: one thing goes wrong, a run
meets it (its exit status must be one that docs/nightly.md speaks of, its words must not be empty), and a good night follows,
after which every file must be as the undisturbed run made it. Exit status 1 where one night differs. Some things need root (a
full disk, a user without permission): elsewhere they are left out and said to be. Python 3.9 or newer, Linux.

`EVENTS` is the list that docs/nightly.md explains; a test holds the page to it."""

import argparse
import glob
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

import inputs
from soak import files

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# Statuses that a night may end with: see docs/nightly.md.
DOCUMENTED = {0, 1, 3, 11, 129, 130, 143, 134, -signal.SIGKILL, -signal.SIGABRT}


class Month:
    """The folders of the simulation, and the ways to run over them."""

    def __init__(self, args, work):
        self.args, self.work, self.chance = args, work, random.Random(args.seed)
        self.source, self.clean, self.out = (os.path.join(work, name) for name in ("in", "clean", "out"))
        self.said, self.seconds = "", 1.0

    def command(self, *more, out=None, source=None):
        layout = ["--layout", "parts"] if self.args.layout == "parts" else ["-f", self.args.format]
        return [self.args.bin, "convert", source or self.source, "-o", out or self.out, "-q", *layout, *more]

    def run(self, *more, out=None, source=None, shell=None, **how):
        """A run to its end; `shell` is a line of the shell's before it."""
        command = self.command(*more, out=out, source=source)
        if shell:
            command = ["sh", "-c", f'{shell}; exec "$@"', "sh", *command]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", **how)
        self.said = done.stderr
        return done.returncode

    def begin(self, *more):
        return subprocess.Popen(
            self.command(*more), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def any_of(self, pattern, out=None):
        found = sorted(p for p in glob.glob(os.path.join(out or self.out, pattern), recursive=True) if os.path.isfile(p))
        return self.chance.choice(found) if found else None

    def results(self):
        return sorted(glob.glob(os.path.join(self.out, ".yusuan/results/*/*.zst")))

    def forget(self, share=0.3):
        """Takes results away, so that the night has documents to read."""
        for path in self.results():
            if self.chance.random() < share:
                os.remove(path)


def turn_a_bit(path):
    with open(path, "r+b") as file:
        data = bytearray(file.read())
        data[len(data) // 2] ^= 16
        file.seek(0)
        file.write(data)


def cut(path):
    os.truncate(path, os.path.getsize(path) // 2)


def workers(pid):
    told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout
    return [int(word) for word in told.split()]


# Each event makes its night and gives the exit status of the run in it.


def killed(month):
    month.forget()
    run = month.begin()
    time.sleep(month.chance.uniform(0.05, month.seconds / 2))
    if run.poll() is None:
        os.killpg(run.pid, signal.SIGKILL)
    return run.wait()


def ended_by_signal(month):
    month.forget()
    run = month.begin()
    time.sleep(month.chance.uniform(0.05, month.seconds / 2))
    run.send_signal(month.chance.choice([signal.SIGTERM, signal.SIGINT, signal.SIGHUP]))
    return run.wait()


def worker_killed(month):
    month.forget()
    run = month.begin()
    for _ in range(5):
        time.sleep(0.3)
        for worker in workers(run.pid):
            try:
                os.kill(worker, signal.SIGKILL)
            except OSError:
                pass
    return run.wait()


def worker_stopped(month):
    month.forget()
    run = month.begin("--worker-timeout", "3")
    time.sleep(0.4)
    for worker in workers(run.pid):
        try:
            os.kill(worker, signal.SIGSTOP)
        except OSError:
            pass
    return run.wait(300)


def result_damaged(month):
    for path in month.chance.sample(month.results(), 3):
        turn_a_bit(path)
    return month.run()


def results_exchanged(month):
    one, other = month.chance.sample(month.results(), 2)
    shutil.move(one, one + ".x")
    shutil.move(other, one)
    shutil.move(one + ".x", other)
    return month.run()


def state_cut(month):
    for name in ("manifest.jsonl", "outputs.json"):
        cut(os.path.join(month.out, ".yusuan", name))
    return month.run()


def output_changed(month):
    for pattern in ("workbooks/**/*.xlsx", "tables/**/*.csv", "facts/**/*.parquet", "facts.csv"):
        path = month.any_of(pattern)
        if path:
            cut(path)
    return month.run()


def output_changed_under_its_date(month):
    path = month.any_of("workbooks/**/*.xlsx") or month.any_of("facts/**/*.parquet")
    told = os.stat(path)
    turn_a_bit(path)
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    return month.run("--rehash")


def output_removed(month):
    shutil.rmtree(os.path.join(month.out, "workbooks"), ignore_errors=True)
    shutil.rmtree(os.path.join(month.out, "facts"), ignore_errors=True)
    return month.run()


def link_in_output(month):
    far = os.path.join(month.work, "far")
    os.makedirs(far, exist_ok=True)
    place = os.path.join(month.out, "facts" if month.args.layout == "parts" else "workbooks")
    shutil.rmtree(place)
    os.symlink(far, place)
    status = month.run()
    if os.listdir(far):
        return "written through a link"
    return status


def little_memory(month):
    month.forget()
    return month.run(shell=f"ulimit -v {month.chance.choice([150_000, 420_000, 600_000])}")


def few_descriptors(month):
    month.forget()
    return month.run(shell=f"ulimit -n {month.chance.choice([10, 16, 24])}")


def small_files_only(month):
    month.forget()
    return month.run(shell="ulimit -f 8")


def disk_full(month):
    if os.geteuid() != 0:
        return None
    # A folder of its own on a small disk: what is written there must be whole, and complete once there is room.
    place = os.path.join(month.work, "disk")
    os.makedirs(place, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "none", place]).returncode:
        return None
    try:
        out = os.path.join(place, "out")
        status = month.run(out=out)
        said = month.said
        subprocess.run(["mount", "-o", "remount,size=8g", place], check=True)
        month.run(out=out)
        if files(out) != files(month.clean):
            return "not as the undisturbed run once there was room"
        month.said = said
        return status
    finally:
        subprocess.run(["umount", place], check=True)


def inputs_not_there(month):
    away = month.source + ".away"
    os.rename(month.source, away)
    os.mkdir(month.source)
    try:
        status = month.run("--prune")
    finally:
        os.rmdir(month.source)
        os.rename(away, month.source)
    return status if status else "nothing was said"


def folder_not_there(month):
    place = os.path.join(month.source, sorted(os.listdir(month.source))[0])
    os.rename(place, place + ".away")
    os.mkdir(place)
    os.rename(place + ".away", os.path.join(month.work, "away"))
    try:
        status = month.run("--prune")
    finally:
        os.rmdir(place)
        os.rename(os.path.join(month.work, "away"), place)
    return status if status == 3 else f"{status} and not 3"


def folder_without_permission(month):
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return None
    place = os.path.join(month.source, sorted(os.listdir(month.source))[0])
    for path in (month.work, month.out, month.source):
        subprocess.run(["chmod", "-R", "a+rwX", path])
    os.chmod(place, 0o700)
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    done = subprocess.run([*nobody, *month.command("--prune")], capture_output=True, text=True, errors="replace")
    os.chmod(place, 0o755)
    month.said = done.stderr
    return done.returncode if done.returncode in (1, 3) else f"{done.returncode} and neither 1 nor 3"


def many_gone(month):
    away = os.path.join(month.work, "away")
    os.mkdir(away)
    for folder in sorted(os.listdir(month.source)):
        names = sorted(os.listdir(os.path.join(month.source, folder)))
        for name in names[: len(names) // 2]:
            shutil.move(os.path.join(month.source, folder, name), os.path.join(away, f"{folder}!{name}"))
    status = month.run("--prune")
    for name in os.listdir(away):
        shutil.move(os.path.join(away, name), os.path.join(month.source, *name.split("!")))
    os.rmdir(away)
    return status if status == 3 else f"{status} and not 3"


def names_in_another_encoding(month):
    folder = os.path.join(month.source, "names")
    os.mkdir(folder)
    for number, name in enumerate(["财政局.pdf".encode("gbk"), "财政局.pdf".encode(), b"\xff.pdf", b"a\n\x1b.pdf"]):
        with open(os.path.join(folder.encode(), name), "wb") as file:
            file.write(inputs.small_pdf(900_000 + number))
    status = month.run()
    listed = open(os.path.join(month.out, "documents.csv"), encoding="utf-8-sig").read() if month.args.layout != "parts" else ""
    shutil.rmtree(folder)
    # Few went, all of one folder that is gone with them.
    month.run("--prune")
    if listed and listed.count("names/") < 4:
        return "a file is not listed"
    return status


def twice_in_an_archive(month):
    path = os.path.join(month.source, "twice.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2):
            sys.stderr.flush()
            archive.writestr("a.pdf", inputs.small_pdf(910_000 + number))
    status = month.run()
    os.remove(path)
    month.run("--prune")
    return status


def bad_line_in_a_list(month):
    path = os.path.join(month.work, "list.csv")
    with open(path, "w") as file:
        file.write("path,year\nin/none.pdf,20x4\n")
    status = month.run("--manifest", path)
    return status if status == 3 else f"{status} and not 3"


def correction_without_a_file(month):
    path = os.path.join(month.work, "corrections.csv")
    with open(path, "w") as file:
        file.write("doc_id,table_id,row,col,printed,corrected\n0123456789abcdef,t01,1,1,1,2\n")
    status = month.run("--corrections", path)
    return status if status == 3 and "0123456789abcdef" in month.said else f"{status} and not 3, or not told"


def clock_changed(month):
    for folder, _, names in os.walk(month.source):
        for name in names[:3]:
            when = month.chance.choice([86_400, 4_000_000_000])
            os.utime(os.path.join(folder, name), (when, when))
    return month.run()


def inputs_changed_while_read(month):
    month.forget()
    path = os.path.join(month.source, "0000", "changing.pdf")
    run = month.begin()
    for number in range(20):
        with open(path, "wb") as file:
            file.write(inputs.small_pdf(920_000 + number))
        time.sleep(0.02)
    status = run.wait()
    os.remove(path)
    month.run("--prune")
    return status


def two_at_once(month):
    month.forget()
    one, other = month.begin(), month.begin()
    statuses = {one.wait(), other.wait()}
    return max(statuses) if statuses <= {0, 3, 11} else f"{statuses}"


def verified(month):
    turn_a_bit(month.chance.choice(month.results()))
    cut(month.any_of("workbooks/**/*.xlsx") or month.any_of("facts/**/*.parquet"))
    look = lambda *more: subprocess.run([month.args.bin, "verify", month.out, *more], capture_output=True).returncode
    first, second = look(), look("--repair")
    return second if (first, second) == (3, 0) else f"verify gave {first}, with --repair {second}"


# What happens when …: the words of docs/nightly.md, and the event.
EVENTS = {
    "the run is killed": killed,
    "the run is asked to end": ended_by_signal,
    "a worker is killed": worker_killed,
    "a worker is stopped and not let go on": worker_stopped,
    "a stored result is damaged": result_damaged,
    "two stored results are exchanged": results_exchanged,
    "the state is cut off": state_cut,
    "an output is changed or cut": output_changed,
    "an output is changed under its size and date": output_changed_under_its_date,
    "outputs are removed": output_removed,
    "a link stands in the output folder": link_in_output,
    "there is too little memory": little_memory,
    "there are too few descriptors": few_descriptors,
    "files may not grow large": small_files_only,
    "the disk is full": disk_full,
    "the inputs are not there": inputs_not_there,
    "a folder of the inputs is not there": folder_not_there,
    "a folder can't be read": folder_without_permission,
    "more than a third of the files are gone": many_gone,
    "names are no UTF-8, or look alike": names_in_another_encoding,
    "two members of an archive have one name": twice_in_an_archive,
    "a list has a bad line, or names a file twice": bad_line_in_a_list,
    "a correction has no document": correction_without_a_file,
    "the clock is changed": clock_changed,
    "inputs change while they are read": inputs_changed_while_read,
    "two runs meet": two_at_once,
    "somebody asks whether all is well": verified,
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(ROOT, "target/release/yusuan"))
    parser.add_argument("--count", type=int, default=300, help="documents (default 300)")
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--layout", default="single", choices=["single", "parts"])
    parser.add_argument("--format", default="xlsx,csv,parquet", help="formats of the single layout")
    parser.add_argument("--samples", default=os.path.join(ROOT, "samples"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", help="folder to work in (default: a temporary one, removed at the end)")
    return parser.parse_args()


def difference(clean, out):
    """What differs from the undisturbed run, the first of it."""
    one, other = files(clean), files(out)
    names = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return f"{len(names)} of {len(one)} files differ, {', '.join(names[:3])}" if names else ""


def main():
    args = arguments()
    args.bin = os.path.abspath(args.bin)
    work = args.work or tempfile.mkdtemp(prefix="month-")
    month = Month(args, work)
    for folder in (month.source, month.clean, month.out):
        shutil.rmtree(folder, ignore_errors=True)
    inputs.make(month.source, args.count, args.samples)
    began = time.monotonic()
    usual = month.run(out=month.clean)
    month.seconds = time.monotonic() - began
    print(f"clean run: {args.count} documents, {time.monotonic() - began:.1f} s, exit {usual}", flush=True)
    month.run()
    events, wrong = list(EVENTS), 0
    for night in range(args.nights):
        name = events[night % len(events)]
        began = time.monotonic()
        status = EVENTS[name](month)
        if status is None:
            print(f"night {night + 1:2}: {name}: LEFT OUT, it needs root", flush=True)
            continue
        faults = []
        if status not in DOCUMENTED:
            faults.append(f"ended with {status}")
        if status == 1 and not month.said.strip():
            faults.append("ended with 1 and without a word")
        good = month.run()
        if args.layout == "parts":
            # Parts that were current the night before stay for their readers for one night.
            month.run()
        if good != usual:
            faults.append(f"the good night ended with {good}: {month.said.strip()[:200]}")
        faults.extend(filter(None, [difference(month.clean, month.out)]))
        wrong += bool(faults)
        told = "DIFFERENT: " + "; ".join(faults) if faults else "mended"
        print(f"night {night + 1:2}: {name}: exit {status}, {told} ({time.monotonic() - began:.1f} s)", flush=True)
    if not args.work:
        shutil.rmtree(work)
    print(f"FAILED: {wrong} nights" if wrong else "passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
