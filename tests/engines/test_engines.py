"""Spark and Ray give the command line's rows: examples/spark_convert.py and examples/ray_convert.py, run as users run them.

Run by `make test-spark`. YUSUAN_BIN is the command to compare with, YUSUAN_KIT a folder with a corpus (../shared beside the
checkout by default); where there is none the samples alone are compared.
"""

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import zipfile
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


def workers():
    """Every worker of the module that there is: its number, and the megabytes that it takes."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes()
            if sys.prefix.encode() in words and b"_worker.py" in words and b"__worker" in words:
                pages = int((process / "statm").read_text().split()[1])
                yield int(process.name), pages * os.sysconf("SC_PAGE_SIZE") >> 20
        except OSError:
            pass


def send(number, process):
    try:
        os.kill(process, number)
    except OSError:
        pass


def kill_workers(over):
    """Kills every worker, until told to stop."""
    while not over.is_set():
        for process, _ in workers():
            send(signal.SIGKILL, process)
        time.sleep(0.01)


def poison_workers(over):
    """Of workers that take much memory every other one is made to abort, and every other one is sent what the system
    sends a process that used up its time: no reader hangs here by itself."""
    met = []
    while not over.is_set():
        for process, megabytes in workers():
            if megabytes > MUCH and process not in met:
                met.append(process)
                send(signal.SIGABRT if len(met) % 2 else signal.SIGXCPU, process)
        time.sleep(0.02)


def heavy(value):
    """A small file that takes 390 MB to read."""
    space = "http://schemas.openxmlformats.org/"
    main, kinds = f"{space}spreadsheetml/2006/main", f"{space}officeDocument/2006/relationships"
    packages = "application/vnd.openxmlformats-"
    book = f"{packages}officedocument.spreadsheetml.sheet.main+xml"
    row = "<row>" + f"<c><v>{value}</v></c>" * 120 + "</row>"

    def leads(to, kind):
        return (
            f'<Relationships xmlns="{space}package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{kinds}/{kind}" Target="{to}"/></Relationships>'
        )

    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{packages}package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{book}"/></Types>',
        "_rels/.rels": leads("xl/workbook.xml", "officeDocument"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kinds}">'
        '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": leads("worksheets/sheet1.xml", "worksheet"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{row * 4000}</sheetData></worksheet>',
    }
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in parts.items():
                package.writestr(name, text)
        return file.getvalue()


def many(work, count):
    """A folder of `count` files: two heavy ones among good ones of which no two are the same."""
    folder = Path(work, "many")
    folder.mkdir()
    good = next(SAMPLES.glob("*.xlsx")).read_bytes()
    for number in range(count - 2):
        (folder / f"{number:03}.xlsx").write_bytes(commented(good, b"%d" % number))
    for number in range(2):
        (folder / f"heavy-{number}.xlsx").write_bytes(heavy(f"{number}.25"))
    return folder


def commented(package, comment):
    """The same package with a comment at its end: another file of the same content."""
    return package[:-2] + len(comment).to_bytes(2, "little") + comment


#: Two executors with a core each.
SPARK = os.environ.get("YUSUAN_SPARK", "local-cluster[2,1,1024]")
#: Megabytes that no good file takes.
MUCH = 250


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
        # A machine may have a name that leads nowhere.
        env = {"SPARK_LOCAL_IP": "127.0.0.1", **os.environ}
        ended = subprocess.run(script, capture_output=True, text=True, timeout=900, env=env)
        self.assertEqual(ended.returncode, 0, ended.stderr[-4000:])
        return out

    @unittest.skipUnless(shutil.which("java"), "Spark needs Java (Debian: apt-get install openjdk-17-jre-headless)")
    def test_spark(self):
        self.same(self.run_example("spark", "--master", SPARK))

    def test_ray(self):
        self.same(self.run_example("ray"))

    def run_beside(self, name, folder, *words, mishap):
        """The documents of a run that has a mishap beside it."""
        over = threading.Event()
        beside = threading.Thread(target=mishap, args=(over,))
        beside.start()
        try:
            out = self.run_example(name, *words, folder=folder)
        finally:
            over.set()
            beside.join()
        return pyarrow.dataset.dataset(out / "documents", format="parquet").to_table().to_pylist()

    def test_workers_that_are_killed_cost_their_files_and_no_task(self):
        folder = Path(self.work.name, "killed")
        shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("*.md"))
        documents = self.run_beside("ray", folder, mishap=kill_workers)
        self.assertEqual(len(documents), 5)
        lost = [row for row in documents if row["status"] == "failed"]
        self.assertTrue(lost and all(row["error"] for row in lost))

    def test_a_reader_that_aborts_and_one_ended_for_its_time_among_200_cost_their_files(self):
        folder = many(self.work.name, 200)
        engines = {"ray": []}
        if shutil.which("java"):
            engines["spark"] = ["--master", SPARK]
        for name, words in engines.items():
            with self.subTest(engine=name):
                documents = self.run_beside(name, folder, *words, mishap=poison_workers)
                lost = {row["source"]: row["error"] for row in documents if row["status"] == "failed"}
                self.assertEqual(sorted(lost), ["heavy-0.xlsx", "heavy-1.xlsx"])
                # Two reasons: that it crashed, and that it took too long.
                self.assertEqual(len(set(lost.values())), 2, lost)
                self.assertEqual(len({row["source"] for row in documents}), 200)
                self.assertEqual(len(documents), 200)


if __name__ == "__main__":
    unittest.main()
