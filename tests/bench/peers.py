"""What other libraries take for the same files: a Python of their own, all files in one process, its start taken off."""

import resource
import statistics
import subprocess

COUNT = "import sys, fitz; print(sum(len(fitz.open(f)) for f in sys.argv[1:]))"
START = {"fitz": "import fitz", "pdfplumber": "import pdfplumber"}
TASKS = [
    ("PyMuPDF, glyphs alone (`rawdict`)", "fitz", "[p.get_text('rawdict') for f in sys.argv[1:] for p in fitz.open(f)]"),
    ("PyMuPDF `find_tables`", "fitz", "[t.extract() for f in sys.argv[1:] for p in fitz.open(f) for t in p.find_tables()]"),
    (
        "pdfplumber `extract_tables`",
        "pdfplumber",
        "[(p.extract_tables(), p.close()) for f in sys.argv[1:] for p in pdfplumber.open(f).pages]",
    ),
]


def count_pages(python, files):
    return int(subprocess.run([python, "-c", COUNT, *files], check=True, capture_output=True, text=True).stdout.split()[-1])


def costs(python, files, times):
    """Name and processor seconds of each library that the Python has; slow ones are run once."""
    for name, module, task in TASKS:
        start = min(spent(python, f"import sys; {START[module]}", files) for _ in range(3))
        first = spent(python, f"import sys; {START[module]}; {task}", files)
        more = [spent(python, f"import sys; {START[module]}; {task}", files) for _ in range(times - 1 if first < 10 else 0)]
        yield name, statistics.median([first, *more]) - start


def spent(python, program, files):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([python, "-c", program, *files], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
