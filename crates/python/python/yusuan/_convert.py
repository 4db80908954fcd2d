"""Many files into a folder: a run of the program in a process of its own.

A run holds locks, hears signals and writes a log, which are a process's and not a library's; so it has one, and whatever
ends a run (a full disk, no memory) ends no Python process.
"""

from __future__ import annotations

import os

from . import _native
from ._error import Error

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
    # Who reads one file has no use for what starts and hears a process, which would take half of the module's import.
    from . import _run

    status, said = _run.run(words, progress)
    if status not in (0, 3) and not (status == 1 and _run.has_ended(said.events)):
        message = said.words.strip() or f"exit status {status}"
        raise Error(message, path=os.fspath(out), code=_CODES.get(status, "nothing"))
    return _native.open(out)
