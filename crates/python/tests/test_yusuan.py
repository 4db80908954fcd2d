"""The Python module, as it is installed. Run by `make test-python`; by hand: python -m unittest discover crates/python/tests.

YUSUAN_BIN is the command to compare with, by default the one of the module. YUSUAN_KIT is a folder with a corpus, by default
../shared beside the checkout; where there is none the samples alone are compared.
"""

import ast
import doctest
import inspect
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet
import yusuan

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "samples"
KIT = Path(os.environ.get("YUSUAN_KIT") or ROOT.parent / "shared")
COMMAND = [os.environ["YUSUAN_BIN"]] if "YUSUAN_BIN" in os.environ else [sys.executable, "-m", "yusuan"]
DATASETS = ["documents", "tables", "facts", "indicators", "prose", "checks", "panel"]
PDF = SAMPLES / "三门峡市科学技术协会2024年部门预算.pdf"

os.chdir(ROOT)
# Models may stand beside one program and not beside the other: none are used.
os.environ["YUSUAN_MODELS"] = ""


def corpus():
    """Folders to compare: the samples, and what the kit has."""
    folders = [[SAMPLES], [KIT / "corpus/real-dev"], [KIT / "corpus/real-gov"], every_fifth(KIT / "corpus/seeds")]
    return [folder for folder in folders if folder and folder[0].exists()]


def every_fifth(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in (".pdf", ".xls", ".xlsx", ".ods"))[::5]


def command(*words):
    """Runs the command; statuses 0 and 3 are good."""
    ended = subprocess.run([*COMMAND, *map(str, words)], capture_output=True)
    if ended.returncode not in (0, 3):
        raise AssertionError(f"{words}: {ended.returncode}\n{ended.stderr.decode()}")
    return ended.stdout


def rows(table):
    """Rows as tuples, dictionaries taken apart."""
    plain = [pyarrow.field(field.name, pyarrow.string()) if pyarrow.types.is_dictionary(field.type) else field for field in table.schema]
    return table.cast(pyarrow.schema(plain)).to_pylist()


class SameAsTheCommandLine(unittest.TestCase):
    def test_a_converted_folder_row_for_row(self):
        for folder in corpus():
            with self.subTest(folder=folder[0].parent.name), tempfile.TemporaryDirectory() as work:
                by_command, by_module = Path(work, "command"), Path(work, "module")
                command("convert", *folder, "-o", by_command, "-f", "parquet", "-q")
                converted = yusuan.convert(folder, by_module, formats=["parquet"])
                total = 0
                for name in DATASETS:
                    expected = pyarrow.parquet.read_table(by_command / f"{name}.parquet")
                    got = getattr(converted, name).to_arrow()
                    self.assertEqual(got.schema.names, expected.schema.names)
                    self.assertEqual(rows(got), rows(expected), name)
                    self.assertEqual(rows(getattr(yusuan.open(by_command), name).to_arrow()), rows(expected), name)
                    files = [(by / f"{name}.parquet").read_bytes() for by in (by_command, by_module)]
                    self.assertEqual(*files)
                    total += len(rows(expected))
                self.assertGreater(total, 100)

    def test_a_document_read_alone_row_for_row(self):
        for folder in [*corpus()[:2]]:
            files = sorted(path for path in folder[0].iterdir() if path.suffix in (".pdf", ".xls", ".xlsx"))
            self.assertGreater(len(files), 3)
            for file in files:
                with self.subTest(file=file.name), tempfile.TemporaryDirectory() as out:
                    command("convert", file, "-o", out, "-f", "parquet", "-q")
                    document = yusuan.read(file)
                    for name in DATASETS:
                        expected = pyarrow.parquet.read_table(Path(out, f"{name}.parquet"))
                        self.assertEqual(rows(pyarrow.table(getattr(document, name))), rows(expected), name)

    def test_tables_as_they_are_printed(self):
        for file in sorted(SAMPLES.iterdir()):
            if file.suffix == ".md":
                continue
            expected = json.loads(command("tables", file, "--format", "json"))
            found = yusuan.tables(file)
            self.assertEqual(len(found), len(expected))
            for table, other in zip(found, expected):
                self.assertEqual(table.rows, other["rows"])
                spans = [(span["row"], span["col"], span["row_span"], span["col_span"]) for span in other["spans"]]
                self.assertEqual(table.spans, spans)
                self.assertEqual((table.pages, table.sheet), (other["pages"], other.get("sheet")))
                self.assertEqual(table.captions, other["captions"])

    def test_the_command_of_the_wheel_is_the_program(self):
        ended = subprocess.run([Path(sys.executable).with_name("yusuan"), "--version"], capture_output=True, text=True)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(ended.stdout, command("--version").decode())
        ended = subprocess.run([Path(sys.executable).with_name("yusuan"), "konvert"], capture_output=True, text=True)
        self.assertEqual(ended.returncode, 2)


class Frames(unittest.TestCase):
    def test_every_package_takes_the_same_rows(self):
        facts = yusuan.read(PDF).facts
        arrow, frame, other = facts.to_arrow(), facts.to_pandas(), facts.to_polars()
        self.assertEqual(arrow.num_rows, len(facts))
        self.assertEqual((len(frame), other.height), (len(facts), len(facts)))
        self.assertIsInstance(frame, pandas.DataFrame)
        self.assertIsInstance(other, polars.DataFrame)
        total = sum(value for value in arrow["value"].to_pylist() if value is not None)
        self.assertEqual(sum(value for value in frame["value"] if value is not None), total)
        self.assertEqual(other["value"].sum(), total)
        self.assertEqual(duckdb.sql("SELECT sum(value) FROM facts").fetchall()[0][0], total)
        self.assertEqual(str(frame["year"].dtype), "Int64")

    def test_memory_is_handed_over_and_not_copied(self):
        facts = yusuan.read(PDF).facts
        addresses = {pyarrow.table(facts)["value_text"].chunk(0).buffers()[2].address for _ in range(3)}
        batch = pyarrow.record_batch(facts)
        self.assertEqual(addresses, {batch["value_text"].buffers()[2].address})
        del facts
        self.assertEqual(batch.num_rows, batch["value_text"].to_pylist().__len__())

    def test_a_folder_is_read_batch_by_batch(self):
        with tempfile.TemporaryDirectory() as out:
            folder = yusuan.convert(SAMPLES, out, formats=["csv"])
            reader = pyarrow.RecordBatchReader.from_stream(folder.facts)
            self.assertEqual(reader.schema.names, folder.facts.columns)
            self.assertEqual(sum(batch.num_rows for batch in reader), folder.facts.to_polars().height)
            facts = folder.facts
            self.assertGreater(duckdb.sql("SELECT count(DISTINCT source) FROM facts").fetchall()[0][0], 3)


    def test_engines_skip_what_they_are_not_asked_for(self):
        with tempfile.TemporaryDirectory() as out:
            yusuan.convert(SAMPLES, out, formats=["parquet"])
            for name in DATASETS:
                file = str(Path(out, f"{name}.parquet"))
                columns = "path_in_schema, bloom_filter_offset, stats_min_value, row_group_num_rows"
                found = duckdb.sql(f"SELECT {columns} FROM parquet_metadata('{file}')").fetchall()
                filtered = {column for column, offset, _, _ in found if offset is not None}
                names = pyarrow.parquet.read_schema(file).names
                self.assertEqual(filtered, {"doc_id", "body_id"} & set(names), name)
                counted = {column for column, _, least, _ in found if least is not None}
                self.assertEqual({"year", "region_code"} & set(names) - counted, set(), name)
                group = pyarrow.parquet.ParquetFile(file).metadata.row_group(0)
                for index in range(group.num_columns):
                    self.assertTrue(group.column(index).has_column_index and group.column(index).has_offset_index)
            probe = f"SELECT * FROM parquet_bloom_probe('{Path(out, 'facts.parquet')}', 'doc_id', '%s')"
            known = yusuan.read(PDF).doc_id
            excluded = [duckdb.sql(probe % value).fetchall()[0][-1] for value in (known, "0123456789abcdef")]
            self.assertEqual(excluded, [False, True])


class Failures(unittest.TestCase):
    def failure(self, call, *args, **named):
        with self.assertRaises(yusuan.Error) as caught:
            call(*args, **named)
        return caught.exception

    def test_reasons_are_told_apart(self):
        with tempfile.TemporaryDirectory() as work:
            absent, empty, other = (Path(work, name) for name in ("a.pdf", "b.pdf", "c.pdf"))
            empty.write_bytes(b"")
            other.write_bytes(b"GIF89a" + bytes(100))
            for call in (yusuan.read, yusuan.tables):
                found = [self.failure(call, file) for file in (absent, empty, other)]
                self.assertEqual([error.code for error in found], ["not_found", "empty", "unsupported"])
                self.assertEqual([error.path for error in found], [str(absent), str(empty), str(other)])
                self.assertEqual(self.failure(call, b"%PDF-1.7\n").code, "damaged")
        error = self.failure(yusuan.tables, PDF, pages=[6, 400])
        self.assertEqual((error.code, error.page, error.path), ("no_page", 400, str(PDF)))
        self.assertIn("400", str(error))
        same = pickle.loads(pickle.dumps(error))
        self.assertEqual((same.code, same.page, same.path, str(same)), (error.code, error.page, error.path, str(error)))
        with self.assertRaises(TypeError):
            yusuan.read(3)

    def test_a_folder_that_is_none_and_words_that_are_wrong(self):
        with tempfile.TemporaryDirectory() as work:
            self.assertEqual(self.failure(yusuan.open, work).code, "not_finished")
            self.assertEqual(self.failure(yusuan.convert, SAMPLES, Path(work, "out"), formats=["csx"]).code, "usage")
            self.assertEqual(self.failure(yusuan.convert, Path(work, "none"), Path(work, "out")).code, "nothing")

    def test_a_file_that_is_too_much_for_its_reader_costs_itself_alone(self):
        with tempfile.TemporaryDirectory() as work:
            out = Path(work, "out")
            folder = Path(work, "in")
            folder.mkdir()
            (folder / "hard.pdf").write_bytes(endless())
            (folder / "good.xlsx").write_bytes((SAMPLES / "焦作市科学技术协会2023年部门预算.xlsx").read_bytes())
            documents = yusuan.convert(folder, out, options=["--worker-memory", "1024"]).documents.to_pandas().set_index("source")
            self.assertEqual(documents.loc["good.xlsx", "status"], "ok")
            self.assertIn(documents.loc["hard.pdf", "status"], ["failed", "partial"])
            self.assertTrue(documents.loc["hard.pdf", "error"])

    def test_a_worker_that_is_killed_is_an_exception_and_the_next_call_has_another(self):
        before = yusuan.read(PDF).doc_id
        killed = threading.Event()

        def kill():
            while not killed.is_set():
                for worker in workers():
                    try:
                        os.kill(worker, 9)
                    except ProcessLookupError:
                        pass
                time.sleep(0.002)

        killer = threading.Thread(target=kill)
        killer.start()
        error = self.failure(yusuan.read, PDF)
        kept = yusuan.read(PDF, errors="keep")
        killed.set()
        killer.join()
        self.assertEqual(error.code, "machine")
        self.assertEqual((kept.status, len(kept.documents), len(kept.facts)), ("failed", 1, 0))
        self.assertTrue(kept.loss)
        self.assertEqual(yusuan.read(PDF).doc_id, before)


def workers():
    """Processes that this one started."""
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [int(word) for file in children for word in file.read_text().split()]


def endless():
    """A PDF whose page draws forty forms inside each of its forms, ten times over."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    objects += [page, stream(b"", b"/F Do " * 40)]
    depth = 12
    for level in range(depth):
        inside = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level) if level + 1 < depth else b""
        content = b"/F Do " * 40 if level + 1 < depth else b"0 0 m 9 9 l S"
        objects.append(stream(b"/Type/XObject/Subtype/Form/BBox[0 0 500 500]" + inside, content))
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
    return body + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)


def stream(entries, content):
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


class Running(unittest.TestCase):
    def test_the_lock_is_released_while_files_are_read(self):
        yusuan.read(PDF)
        counted, over = 0, threading.Event()

        def read():
            yusuan.read(PDF)
            over.set()

        thread = threading.Thread(target=read)
        thread.start()
        while not over.is_set():
            counted += 1
            time.sleep(0)
        thread.join()
        self.assertGreater(counted, 50)

    def test_many_threads_read_the_same(self):
        found = []
        threads = [threading.Thread(target=lambda: found.append(pyarrow.table(yusuan.read(PDF).facts))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(found), 4)
        self.assertTrue(all(table.equals(found[0]) for table in found))

    def test_in_this_process_and_in_a_fork_it_is_the_same(self):
        expected = rows(pyarrow.table(yusuan.read(PDF).facts))
        self.assertEqual(rows(pyarrow.table(yusuan.read(PDF, isolate=False).facts)), expected)
        script = (
            "import os, sys, yusuan\n"
            "one = len(yusuan.read(sys.argv[1]).facts)\n"
            "child = os.fork()\n"
            "two = len(yusuan.read(sys.argv[1]).facts)\n"
            "if child == 0: os._exit(0 if one == two else 1)\n"
            "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) or one != two)\n"
        )
        self.assertEqual(subprocess.run([sys.executable, "-c", script, str(PDF)], timeout=120).returncode, 0)

    def test_documents_read_apart_are_settled_as_in_a_run(self):
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work, "in")
            shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("*.md"))
            (folder / "again.xls").write_bytes(next(SAMPLES.glob("*.xls")).read_bytes())
            changed = next(SAMPLES.glob("重庆市渝北区*.pdf"))
            (folder / f"{changed.stem}-重新公布.pdf").write_bytes(changed.read_bytes() + b"\n")
            (folder / "none.pdf").write_bytes(b"")
            run = yusuan.convert(folder, Path(work, "out"), formats=["csv"])
            apart = [yusuan.read(file, errors="keep") for file in folder.iterdir()]
            apart = yusuan.settle(pickle.loads(pickle.dumps(apart)))
            for name in DATASETS:
                together = [row for document in apart for row in rows(pyarrow.table(getattr(document, name)))]
                self.assertEqual(together, rows(getattr(run, name).to_arrow()), name)
            self.assertEqual({document.status for document in apart}, {"ok", "failed", "duplicate"})

    def test_progress_is_told_and_what_it_raises_ends_the_run(self):
        class Enough(Exception):
            pass

        with tempfile.TemporaryDirectory() as work:
            seen = []
            yusuan.convert([SAMPLES], Path(work, "a"), formats=["csv"], progress=seen.append)
            files = [event for event in seen if event["event"] == "file"]
            self.assertEqual([event["done"] for event in files], list(range(1, len(files) + 1)))
            self.assertEqual({event["total"] for event in files}, {len(files)})
            self.assertEqual(sum(event["status"] == "ok" for event in files), 5)

            def enough(event):
                if event["event"] == "file":
                    raise Enough

            with self.assertRaises(Enough):
                yusuan.convert([SAMPLES], Path(work, "b"), formats=["csv"], progress=enough)
            folder = yusuan.convert([SAMPLES], Path(work, "b"), formats=["csv"])
            self.assertEqual(rows(folder.facts.to_arrow()), rows(yusuan.open(Path(work, "a")).facts.to_arrow()))

    def test_ctrl_c_ends_a_call(self):
        script = (
            "import signal, sys, threading, os, time, yusuan\n"
            "threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n"
            "try:\n"
            "    while True: yusuan.read(sys.argv[1])\n"
            "except KeyboardInterrupt: sys.exit(42)\n"
        )
        self.assertEqual(subprocess.run([sys.executable, "-c", script, str(PDF)], timeout=120).returncode, 42)


class Pages(unittest.TestCase):
    """What is said of the module is so."""

    def test_examples_of_the_docstrings(self):
        parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
        named = {"yusuan": yusuan, **{f"yusuan.{name}": getattr(yusuan, name) for name in yusuan.__all__}}
        found = 0
        for name, of in named.items():
            self.assertTrue(inspect.getdoc(of), name)
            test = parser.get_doctest(inspect.getdoc(of), {}, name, None, None)
            found += len(test.examples)
            result = runner.run(test)
            self.assertEqual(result.failed, 0, name)
        self.assertGreater(found, 30)

    def test_every_member_is_documented_and_in_the_stubs(self):
        stub = ast.parse(Path(yusuan.__file__).with_name("__init__.pyi").read_text("utf-8"))
        classes = {node.name: node for node in stub.body if isinstance(node, ast.ClassDef)}
        functions = {node.name: node for node in stub.body if isinstance(node, ast.FunctionDef)}
        self.assertEqual(set(classes) | set(functions), set(yusuan.__all__))
        for name, node in classes.items():
            typed = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
            cls = getattr(yusuan, name)
            public = {member for member in vars(cls) if not member.startswith("_")}
            if name != "Error":
                self.assertEqual({member for member in typed if not member.startswith("_")}, public, name)
                self.assertTrue(all(inspect.getdoc(vars(cls)[member]) for member in public), name)
            self.assertTrue(all(hasattr(cls, member) for member in typed), name)
        for name, node in functions.items():
            parameters = list(inspect.signature(getattr(yusuan, name)).parameters)
            typed = [argument.arg for argument in node.args.posonlyargs + node.args.args + node.args.kwonlyargs]
            self.assertEqual(parameters, typed, name)
        self.assertTrue(Path(yusuan.__file__).with_name("py.typed").is_file())

    def test_python_of_the_readme(self):
        pages = [ROOT / "README.md", ROOT / "docs/python.md"]
        for page in pages:
            blocks = page.read_text("utf-8").split("```python\n")[1:]
            codes = [block.split("```")[0] for block in blocks]
            codes = [code for code in codes if "import yusuan" in code]
            self.assertTrue(codes, page.name)
            for code in codes:
                with tempfile.TemporaryDirectory() as work:
                    os.symlink(SAMPLES, Path(work, "samples"))
                    ended = subprocess.run([sys.executable, "-c", code], cwd=work, capture_output=True, text=True)
                    self.assertEqual(ended.returncode, 0, f"{code}\n{ended.stderr}")
                    self.assertTrue(ended.stdout, code)

    def test_the_notebook_runs(self):
        notebook = json.loads((ROOT / "examples/three_public.ipynb").read_text("utf-8"))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        self.assertGreater(len(cells), 3)
        code = "\n\n".join("".join(cell["source"]) for cell in cells)
        environment = {**os.environ, "MPLBACKEND": "agg"}
        with tempfile.TemporaryDirectory() as work:
            environment["YUSUAN_NOTEBOOK_OUT"] = work
            where = {"cwd": ROOT / "examples", "env": environment}
            ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, **where)
            self.assertEqual(ended.returncode, 0, ended.stderr)
            self.assertGreater(Path(work, "three_public.png").stat().st_size, 10_000)


if __name__ == "__main__":
    unittest.main()
