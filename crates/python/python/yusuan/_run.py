"""A run of the program in a process of its own, and what it says: its events come over a pipe."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading

from ._program import WORDS


class _Said:
    """What a run said."""

    def __init__(self):
        self.words = ""
        self.events = []


def has_ended(events):
    # A folder in which nothing could be read is finished too, and says so file by file.
    return any(event.get("event") == "end" and "error" not in event for event in events)


def run(words, progress):
    said = _Said()
    with subprocess.Popen(
        [sys.executable, *WORDS, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Ctrl-C is heard here and handed on once: a second one would end the run at once.
        start_new_session=True,
    ) as process:
        reads_words = threading.Thread(target=_read_words, args=(process.stderr, said), daemon=True)
        reads_words.start()
        try:
            _read_events(process.stdout, said, progress)
        except BaseException:
            process.send_signal(signal.SIGINT)
            process.stdout.close()
            process.wait()
            raise
        finally:
            reads_words.join()
    return process.returncode, said


def _read_words(stream, said):
    said.words = stream.read().decode("utf-8", "replace")


def _read_events(stream, said, progress):
    done, total = 0, 0
    for line in stream:
        event = json.loads(line)
        total = event.get("documents", total) if event["event"] == "reading" else total
        if event["event"] == "file":
            done += 1
            event.update(done=done, total=total)
        elif event["event"] != "page":
            said.events.append(event)
        if progress is not None:
            progress(event)
