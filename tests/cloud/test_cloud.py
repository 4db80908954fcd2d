"""Inputs and outputs on object storage and at web addresses, against a local server: what comes out is what a disk run gives.

Run by `make test-cloud`, in an environment that has moto; YUSUAN_BIN is a program built with the feature `cloud`.
"""

import filecmp
import http.server
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

from storages import BIN, ROOT, Amazon

SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in {".pdf", ".xlsx"})
KILLS = int(os.environ.get("KILLS", "10"))
KNOWN, NEW = 300, 10


def files(folder):
    """Everything but the state, which tells of times and places."""
    all_files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in all_files if path.parts[0] != ".yusuan")


class CloudTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="yusuan-cloud-test"))
        cls.cloud = Amazon(cls.folder / "server")
        cls.inputs = cls.folder / "in"
        for place in ("甲市", "a/deep"):
            (cls.inputs / place).mkdir(parents=True)
        for index, path in enumerate(SAMPLES):
            shutil.copy(path, cls.inputs / ("甲市", "a/deep")[index % 2] / path.name)
        (cls.inputs / "a/.hidden.pdf").write_bytes(b"no")
        (cls.inputs / "empty.pdf").write_bytes(b"")
        shutil.make_archive(str(cls.inputs / "packed"), "zip", cls.inputs / "a")
        cls.cloud.put_folder(cls.inputs, "in")

    @classmethod
    def tearDownClass(cls):
        cls.cloud.end()
        shutil.rmtree(cls.folder)

    def assert_same(self, disk, prefix):
        copy = self.folder / "copies" / prefix
        self.cloud.fetch(prefix, copy)
        self.assertEqual(files(disk), files(copy))
        different = [name for name in files(disk) if not filecmp.cmp(disk / name, copy / name, shallow=False)]
        self.assertEqual(different, [])
        shutil.rmtree(copy)

    def disk(self, name, inputs, *words):
        out = self.folder / "disk" / name
        done = subprocess.run([BIN, "convert", str(inputs), "-o", str(out), "-q", *words], capture_output=True, text=True)
        self.assertIn(done.returncode, (0, 3), done.stderr)
        return out

    def convert(self, prefix, *words, source="s3://bucket/in"):
        return self.cloud.run("convert", source, "-o", f"s3://bucket/{prefix}", "-q", *words)

    def test_both_layouts_equal_the_disk_and_know_what_they_did(self):
        for layout, formats in (("single", "xlsx,csv,parquet,sqlite,review"), ("parts", "parquet")):
            words = ("--layout", layout, "-f", formats)
            disk = self.disk(layout, self.inputs, *words)
            for night in range(2):
                done = self.convert(layout, *words)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assert_same(disk, layout)
            before = len(self.cloud.requests())
            self.convert(layout, *words)
            asked = self.cloud.requests()[before:]
            self.assertFalse([one for one in asked if "/bucket/in/" in one[1] and one[0] == "GET" and ".pdf" in one[1]], "known")
        self.assertFalse(any(name.endswith((".yusuan/lock", "pending.json")) for name in self.cloud.names("single")))
        self.assertEqual(self.cloud.run("status", "s3://bucket/single").returncode, 3)

    def test_what_is_gone_or_changed_goes_there_too(self):
        inputs = self.folder / "changing"
        shutil.copytree(self.inputs, inputs)
        self.cloud.put_folder(inputs, "changing")
        disk = self.disk("changing", inputs)
        self.assertEqual(self.convert("out-changing", source="s3://bucket/changing").returncode, 3)
        first, second = sorted(inputs.glob("甲市/*"))[:2]
        first.unlink()
        self.cloud.s3.delete_object(Bucket="bucket", Key=f"changing/甲市/{first.name}")
        shutil.copy(sorted(inputs.glob("a/deep/*"))[0], second)
        self.cloud.s3.upload_file(str(second), "bucket", f"changing/甲市/{second.name}")
        self.disk("changing", inputs, "--prune=force")
        done = self.convert("out-changing", "--prune=force", source="s3://bucket/changing")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assert_same(disk, "out-changing")

    def test_killed_at_random_it_ends_the_same(self):
        for layout in ("single", "parts"):
            words = ("--layout", layout, "-f", "xlsx,csv,parquet" if layout == "single" else "parquet")
            disk = self.disk("killed-" + layout, self.inputs, *words)
            began = time.time()
            self.convert("timed-" + layout, *words)
            seconds, chance = time.time() - began, random.Random(7)
            for _ in range(KILLS):
                command = [BIN, "convert", "s3://bucket/in", "-o", f"s3://bucket/killed-{layout}", "-q", *words]
                process = subprocess.Popen(command, env=self.cloud.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(chance.uniform(0.05, seconds))
                process.send_signal(signal.SIGKILL)
                process.wait()
            done = self.convert("killed-" + layout, *words)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assert_same(disk, "killed-" + layout)

    def test_a_night_costs_what_is_new(self):
        many = self.folder / "many"
        for number in range(KNOWN + NEW):
            place = many / f"{number % 7}" / f"{number:04}.csv"
            place.parent.mkdir(parents=True, exist_ok=True)
            name = f"第{number}局"
            place.write_text(f"{name}2024年部门收支总表\n单位：万元\n项目,预算数\n一般公共预算拨款,{number}.00\n合计,{number}.00\n")
        late = sorted(many.rglob("*.csv"), key=lambda path: path.name)[KNOWN:]
        kept = self.folder / "late"
        kept.mkdir()
        for path in late:
            shutil.move(path, kept / path.name)
        self.cloud.put_folder(many, "many")
        self.convert("night", "--layout", "parts", "-f", "parquet", source="s3://bucket/many")
        costs = []
        for new in ([], late):
            for path in new:
                self.cloud.s3.upload_file(str(kept / path.name), "bucket", f"many/{path.relative_to(many)}")
            before = len(self.cloud.requests())
            done = self.convert("night", "--layout", "parts", "-f", "parquet", source="s3://bucket/many")
            self.assertIn(done.returncode, (0, 3), done.stderr)
            asked = self.cloud.requests()[before:]
            inputs = [one for one in asked if one[1].startswith("/bucket/many") or "prefix=many" in one[1]]
            results = [one for one in asked if "/results/" in one[1]]
            costs.append((len(inputs), len(results), len(asked) - len(inputs) - len(results)))
        print("requests (inputs, results, other) of a night of nothing and of 10 new among 300:", costs, file=sys.stderr)
        nothing, ten = costs
        self.assertLessEqual(nothing[0], 2)
        self.assertEqual(nothing[1], 0)
        self.assertLessEqual(nothing[2], 20)
        self.assertLessEqual(ten[0], 2 + NEW, "a new file is fetched once")

    def test_two_runs_do_not_meet(self):
        self.cloud.s3.put_object(
            Bucket="bucket", Key="held/.yusuan/lock", Body=b'{"host":"elsewhere","pid":1,"at":0}')
        done = self.convert("held")
        self.assertEqual(done.returncode, 11, done.stderr)
        self.assertIn("s3://bucket/held", done.stderr)

    def test_of_two_runs_at_once_one_works(self):
        disk = self.disk("at-once", self.inputs)
        command = [BIN, "convert", "s3://bucket/in", "-o", "s3://bucket/at-once", "-q"]
        runs = [subprocess.Popen(command, env=self.cloud.env, stderr=subprocess.DEVNULL) for _ in range(2)]
        self.assertEqual(sorted(run.wait() for run in runs), [3, 11])
        self.assert_same(disk, "at-once")

    def test_errors_say_what_to_do(self):
        done = self.cloud.run("convert", "s3://nowhere/in", "-o", "s3://bucket/errors")
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no such bucket", done.stderr)
        done = self.cloud.run("convert", "s3://bucket/in", "-o", "s3://nowhere/errors")
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no such bucket", done.stderr)
        done = self.cloud.run("convert", "file:///etc", "-o", "s3://bucket/errors")
        self.assertIn("can't be used", done.stderr)
        done = self.cloud.run("verify", "s3://bucket/errors")
        self.assertIn("copy it here first", done.stderr)

    def test_web_addresses_one_by_one(self):
        sample = SAMPLES[0]

        class Server(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/a/%E7%94%B2.pdf":
                    self.answer(200, sample.read_bytes())
                elif self.path == "/moved.pdf":
                    self.answer(302, b"", Location="/a/%E7%94%B2.pdf")
                elif self.path == "/round.pdf":
                    self.answer(302, b"", Location="/round.pdf")
                elif self.path == "/huge.pdf":
                    self.send_response(200)
                    self.send_header("Content-Length", str(1 << 40))
                    self.end_headers()
                else:
                    self.answer(404, b"")

            do_HEAD = do_GET

            def answer(self, status, body, **headers):
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        names = ["a/%E7%94%B2.pdf", "moved.pdf", "round.pdf", "huge.pdf", "none.pdf"]
        addresses = self.folder / "addresses.txt"
        addresses.write_text("".join(f"{base}/{name}\n" for name in names))
        out = self.folder / "web"
        done = self.cloud.run("convert", "--files-from", str(addresses), "-o", str(out), "-f", "csv")
        self.assertEqual(done.returncode, 3, done.stderr)
        import csv
        with (out / "documents.csv").open(encoding="utf-8-sig") as rows:
            told = {row["source"]: (row["status"], row["error"]) for row in csv.DictReader(rows)}
        self.assertEqual(sorted(told), ["huge.pdf", "moved.pdf", "none.pdf", "round.pdf", "甲.pdf"])
        self.assertEqual({told["moved.pdf"][0], told["甲.pdf"][0]}, {"ok", "duplicate"}, told)
        self.assertIn("上限", told["huge.pdf"][1])
        self.assertIn("转向次数过多", told["round.pdf"][1])
        self.assertIn("那里没有这个文件", told["none.pdf"][1])
        server.shutdown()


if __name__ == "__main__":
    unittest.main()
