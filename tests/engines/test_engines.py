"""Spark and Ray give the command line's rows: examples/spark_convert.py and examples/ray_convert.py, run as users run them.

Run by `make test-spark`. YUSUAN_BIN is the command to compare with, YUSUAN_KIT a folder with a corpus (../shared beside the
checkout by default); where there is none the samples alone are compared.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

import pyarrow
import pyarrow.dataset
import pyarrow.parquet

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "crates/python/tests"))
from test_yusuan import COMMAND, DATASETS, KIT, SAMPLES, endless, rows  # noqa: E402


def corpus(work):
    """A folder with everything that is compared: a file that is hard to draw, one that is cut off, a copy."""
    folder = Path(work, "in")
    folder.mkdir()
    for place in [SAMPLES, KIT / "corpus/real-dev", KIT / "corpus/real-gov"]:
        if place.is_dir():
            shutil.copytree(place, folder / place.name, ignore=shutil.ignore_patterns("*.md", "*.json", "*.tsv"))
    (folder / "hard.pdf").write_bytes(endless())
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "copy.xls").write_bytes(next(SAMPLES.glob("*.xls")).read_bytes())
    return folder


def kill_workers(over):
    """Kills every worker of the module that there is, until told to stop."""
    while not over.is_set():
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes()
                if sys.prefix.encode() in words and b"_worker.py" in words and b"__worker" in words:
                    os.kill(int(process.name), 9)
            except OSError:
                pass
        time.sleep(0.01)


def key(row):
    return sorted((name, str(value)) for name, value in row.items())


class Engines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory()
        cls.folder = corpus(cls.work.name)
        cls.expected = Path(cls.work.name, "command")
        words = [*COMMAND, "convert", str(cls.folder), "-o", str(cls.expected), "-f", "parquet", "-q"]
        assert subprocess.run(words).returncode == 3

    @classmethod
    def tearDownClass(cls):
        cls.work.cleanup()

    def same(self, out):
        for name in DATASETS:
            expected = rows(pyarrow.parquet.read_table(self.expected / f"{name}.parquet"))
            got = pyarrow.dataset.dataset(out / name, format="parquet", exclude_invalid_files=True).to_table()
            self.assertEqual(sorted(rows(got), key=key), sorted(expected, key=key), name)
        documents = pyarrow.dataset.dataset(out / "documents", format="parquet").to_table().to_pylist()
        lost = {row["source"]: row for row in documents if row["status"] == "failed"}
        self.assertIn("cut.pdf", lost)

    def run_example(self, name, *words, folder=None):
        folder = folder or self.folder
        out = Path(self.work.name, f"{name}-{folder.name}")
        script = [sys.executable, str(ROOT / "examples" / f"{name}_convert.py"), str(folder), str(out), *words]
        ended = subprocess.run(script, capture_output=True, text=True, timeout=900)
        self.assertEqual(ended.returncode, 0, ended.stderr[-4000:])
        return out

    @unittest.skipUnless(shutil.which("java"), "Spark needs Java (Debian: apt-get install openjdk-17-jre-headless)")
    def test_spark(self):
        self.same(self.run_example("spark", "--master", os.environ.get("YUSUAN_SPARK", "local-cluster[2,1,1024]")))

    def test_ray(self):
        self.same(self.run_example("ray"))

    def test_workers_that_are_killed_cost_their_files_and_no_task(self):
        folder = Path(self.work.name, "killed")
        shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("*.md"))
        over = threading.Event()
        killer = threading.Thread(target=kill_workers, args=(over,))
        killer.start()
        try:
            out = self.run_example("ray", folder=folder)
        finally:
            over.set()
            killer.join()
        documents = pyarrow.dataset.dataset(out / "documents", format="parquet").to_table().to_pylist()
        self.assertEqual(len(documents), 5)
        lost = [row for row in documents if row["status"] == "failed"]
        self.assertTrue(lost and all(row["error"] for row in lost))


if __name__ == "__main__":
    unittest.main()
