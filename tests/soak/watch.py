"""A run in a session of its own, its memory sampled over the whole process tree. Linux (/proc)."""

import json
import os
import signal
import subprocess
import threading
import time


def members(session):
    """Processes of a session."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        # State, parent, group, session; a zombie holds nothing and waits for its parent.
        if fields[0] != "Z" and int(fields[3]) == session:
            found.append(int(name))
    return found


def held(session):
    """KiB held by all processes of a session; pages that several share count once (PSS)."""
    total = 0
    for pid in members(session):
        try:
            with open(f"/proc/{pid}/smaps_rollup") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total


def phase(out):
    """What a run is at, in its own words."""
    try:
        with open(os.path.join(out, ".yusuan/progress.json")) as file:
            return json.load(file)["phase"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""


class Run:
    """A running command with its memory."""

    def __init__(self, command, out=None, every=0.2):
        self.samples, self.began, self.out = [], time.monotonic(), out
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self.session = self.process.pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, args=(every,), daemon=True)
        self._thread.start()

    def _sample(self, every):
        while not self._ended.wait(every):
            kib = held(self.session)
            if kib:
                self.samples.append((phase(self.out), kib / 1024))

    def wait(self, seconds=None):
        """The exit status, or None where it is still running after so many seconds."""
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        self.seconds = time.monotonic() - self.began
        self._ended.set()
        self._thread.join()
        return status

    def kill(self):
        """Ends the whole process group at once, and waits until nothing of the session is left."""
        os.killpg(self.session, signal.SIGKILL)
        self.wait()
        for _ in range(100):
            if not members(self.session):
                return
            time.sleep(0.05)
        raise SystemExit(f"processes are left 5 s after the kill: {members(self.session)}")

    def peak(self):
        """Most memory of all processes together, in MiB."""
        return max((mib for _, mib in self.samples), default=0.0)

    def course(self, named):
        """Means of the first and the last third of a phase, in MiB."""
        values = [mib for phase, mib in self.samples if phase == named] or [0.0]
        third = max(1, len(values) // 3)
        mean = lambda part: sum(part) / len(part)
        return mean(values[:third]), mean(values[-third:])
