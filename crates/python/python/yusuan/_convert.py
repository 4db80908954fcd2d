"""Many files into a folder: a run of the program in a process of its own.

A run holds locks, hears signals and writes a log, which are a process's and not a library's; so it has one, and whatever
ends a run (a full disk, no memory) ends no Python process. Its events come over a pipe.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

from . import _native
from ._error import Error
from ._program import WORDS

#: What the exit status of a run that wrote nothing says.
_CODES = {2: "usage", 11: "locked", 101: "crash", 129: "interrupted", 130: "interrupted", 143: "interrupted"}


def convert(
    paths,
    out,
    *,
    formats=("csv", "parquet"),
    progress=None,
    jobs=None,
    password=None,
    layout="single",
    options=(),
):
    """Converts files, folders, patterns and zip archives into the folder `out`, and opens it.

    A second run reads only what is new or changed. `formats` are those of the command line: `csv`, `parquet`, `xlsx`,
    `sqlite`, `review`. `options` are further words of it, as in `["--manifest", "list.csv"]`.

    `progress` is called with a dict for every event: `{"event": "file", "done": 3, "total": 5, "source": …, "status": …,
    "error": …, "tables": …, "facts": …, "milliseconds": …}` for a file that was read, `{"event": "working", "source": …}` for
    one that is begun, `{"event": "page", "source": …, "page": 12, "pages": 40}` now and then while a long one is read, others with
    `event` `begin`, `reading`, `writing`, `end`. What it raises ends the run, and is raised here.

    Files that can't be read are rows of `documents` with status `failed` and a reason; they raise nothing.

    >>> import tempfile, yusuan
    >>> out = tempfile.mkdtemp()
    >>> seen = []
    >>> folder = yusuan.convert("samples", out, formats=["parquet"], progress=lambda event: seen.append(event))
    >>> [event["event"] for event in seen if event["event"] not in ("working", "page", "file")]
    ['begin', 'reading', 'writing', 'end']
    >>> folder.documents.to_arrow()["status"].to_pylist().count("ok")
    5
    >>> import duckdb
    >>> panel = folder.panel
    >>> duckdb.sql("SELECT count(DISTINCT body_id) FROM panel").fetchall()
    [(4,)]

    Raises `Error` with `code` `usage`, `locked` (another run writes there), `nothing` (nothing to convert, no room, no
    permission), `interrupted` or `crash`.
    """
    several = [paths] if isinstance(paths, (str, bytes, os.PathLike)) else list(paths)
    words = ["convert", "--output", os.fspath(out), "--format", ",".join(formats), "--layout", layout, "--quiet"]
    words += ["--message-format", "json"]
    if jobs is not None:
        words += ["--jobs", str(jobs)]
    if password is not None:
        words += ["--password", password]
    words += [*options, "--", *(os.fspath(path) for path in several)]
    status, said = _run(words, progress)
    if status not in (0, 3) and not (status == 1 and _has_ended(said.events)):
        message = said.words.strip() or f"exit status {status}"
        raise Error(message, path=os.fspath(out), code=_CODES.get(status, "nothing"))
    return _native.open(out)


class _Said:
    """What a run said."""

    def __init__(self):
        self.words = ""
        self.events = []


def _has_ended(events):
    # A folder in which nothing could be read is finished too, and says so file by file.
    return any(event.get("event") == "end" and "error" not in event for event in events)


def _run(words, progress):
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
