"""What holds on every storage, and what goes wrong with one: against local servers of Amazon's, Google's and Microsoft's kind.

Run by `make test-cloud`. A server that is not installed is said to be off.
"""

import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from storages import BIN, Amazon, Google, Microsoft, no_server
from test_cloud import SAMPLES, files

KINDS = [Amazon, *(kind for kind in (Google, Microsoft) if kind.is_there())]
for kind in (Google, Microsoft):
    if kind not in KINDS:
        print(f"{kind.SCHEME}://: OFF, {kind.NAME} is not installed", file=sys.stderr)

#: What leads each to another server, and the words of a run that is told of keys that are none.
ELSEWHERE = {"s3": "AWS_ENDPOINT_URL", "gs": "GOOGLE_BASE_URL", "az": "AZURITE_BLOB_STORAGE_URL"}
#: Rows of a table whose database is sent in parts.
MANY = 70_000


def table(rows):
    lines = [f"项目{number},{number}.00" for number in range(1, rows + 1)]
    return "\n".join(["甲局2024年项目支出表", "单位：万元", "项目,预算数", *lines, f"合计,{rows * (rows + 1) // 2}.00"]).encode()


class Storages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="yusuan-storages"))
        cls.servers = [kind(cls.folder / kind.SCHEME) for kind in KINDS]
        cls.inputs = cls.folder / "in"
        for place in ("甲 市", "a/deep"):
            (cls.inputs / place).mkdir(parents=True)
        for index, path in enumerate(SAMPLES):
            shutil.copy(path, cls.inputs / ("甲 市", "a/deep")[index % 2] / path.name)
        (cls.inputs / "empty.pdf").write_bytes(b"")
        for server in cls.servers:
            server.put_folder(cls.inputs, "in")

    @classmethod
    def tearDownClass(cls):
        for server in cls.servers:
            server.end()
        shutil.rmtree(cls.folder)

    def disk(self, name, inputs, *words):
        out = self.folder / "disk" / name
        if not out.exists():
            done = subprocess.run([BIN, "convert", str(inputs), "-o", str(out), "-q", *words], capture_output=True, text=True)
            self.assertIn(done.returncode, (0, 3), done.stderr)
        return out

    def same(self, disk, server, prefix):
        copy = self.folder / "copies" / server.SCHEME / prefix
        server.fetch(prefix, copy)
        self.assertEqual(files(disk), files(copy))
        self.assertEqual([name for name in files(disk) if not filecmp.cmp(disk / name, copy / name, shallow=False)], [])
        shutil.rmtree(copy)

    def convert(self, server, prefix, *words, source="in", **env):
        return server.run("convert", f"{server.root}/{source}", "-o", f"{server.root}/{prefix}", "-q", *words, **env)

    def begin(self, server, prefix, *words):
        """A run that is in the middle: some of its results are there, the manifest is not."""
        command = [BIN, "convert", f"{server.root}/in", "-o", f"{server.root}/{prefix}", "-q", "-j", "1", "--lang", "en", *words]
        run = subprocess.Popen(command, env=server.env, stderr=subprocess.PIPE, text=True)
        until = time.time() + 60
        while not any("/results/" in name for name in server.names(f"{prefix}/.yusuan")):
            self.assertLess(time.time(), until, "no result is put")
            self.assertIsNone(run.poll(), "it ended before its middle")
        return run

    def test_both_layouts_equal_the_disk(self):
        for server in self.servers:
            for layout, formats in (("single", "xlsx,csv,parquet,sqlite,review"), ("parts", "parquet")):
                with self.subTest(storage=server.NAME, layout=layout):
                    words = ("--layout", layout, "-f", formats)
                    disk = self.disk(layout, self.inputs, *words)
                    for _ in range(2):
                        done = self.convert(server, layout, *words)
                        self.assertEqual(done.returncode, 3, done.stderr)
                        self.same(disk, server, layout)
                    self.assertFalse([name for name in server.names(layout) if name.endswith((".yusuan/lock", "pending.json"))])

    def test_a_file_that_is_sent_in_parts_arrives_whole(self):
        inputs = self.folder / "large"
        inputs.mkdir()
        (inputs / "many.csv").write_bytes(table(MANY))
        disk = self.disk("large-out", inputs, "-f", "sqlite")
        self.assertGreater((disk / "yusuan.sqlite").stat().st_size, 16 << 20)
        for server in self.servers:
            with self.subTest(storage=server.NAME):
                server.put_folder(inputs, "large")
                done = self.convert(server, "large-out", "-f", "sqlite", source="large")
                self.assertIn(done.returncode, (0, 3), done.stderr)
                self.same(disk, server, "large-out")

    def test_a_second_run_is_refused(self):
        for server in self.servers:
            with self.subTest(storage=server.NAME):
                server.put("held/.yusuan/lock", b'{"host":"elsewhere","pid":1,"at":0}')
                done = self.convert(server, "held")
                self.assertEqual(done.returncode, 11, done.stderr)
                self.assertIn(f"{server.root}/held", done.stderr)
                self.assertEqual(server.names("held"), ["held/.yusuan/lock"])

    def test_a_lock_of_which_nothing_was_heard_is_taken_over(self):
        disk = self.disk("single", self.inputs, "-f", "xlsx,csv,parquet,sqlite,review")
        # Minutes that the storage's clock is behind, which is how long ago the lock was written for a run.
        for minutes, status in ((13, 11), (17, 3)):
            with self.subTest(minutes=minutes):
                server = Amazon(self.folder / f"late-{minutes}", late=60 * minutes)
                try:
                    server.put_folder(self.inputs, "in")
                    server.put("stale/.yusuan/lock", b'{"host":"elsewhere","pid":1,"at":0}')
                    done = self.convert(server, "stale", "-f", "xlsx,csv,parquet,sqlite,review")
                    self.assertEqual(done.returncode, status, done.stderr)
                    if status == 3:
                        self.same(disk, server, "stale")
                        self.assertNotIn("stale/.yusuan/lock", server.names("stale"))
                finally:
                    server.end()

    def test_wrong_credentials_are_told_and_cost_nothing(self):
        disk = self.disk("csv", self.inputs, "-f", "csv")
        wrong = {
            "az": {"AZURE_STORAGE_ACCOUNT_KEY": "bm8gc3VjaCBrZXk="},
            "gs": {"GOOGLE_BEARER_TOKEN": "of somebody else"},
            "s3": {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"},
        }
        named = {"s3": "AWS_SECRET_ACCESS_KEY", "gs": "GOOGLE_APPLICATION_CREDENTIALS", "az": "AZURE_STORAGE_ACCOUNT_KEY"}
        for server in self.servers:
            with self.subTest(storage=server.NAME):
                self.assertEqual(self.convert(server, "kept", "-f", "csv").returncode, 3)
                if server.SCHEME == "s3":
                    server.guard()
                try:
                    env = wrong[server.SCHEME]
                    both = self.convert(server, "kept", "-f", "csv", **env)
                    out = server.run("convert", str(self.inputs), "-o", f"{server.root}/kept", "-f", "csv", **env)
                    here = self.folder / f"here-{server.SCHEME}"
                    into = server.run("convert", f"{server.root}/in", "-o", str(here), "-f", "csv", **env)
                    status = server.run("status", f"{server.root}/kept", **env)
                finally:
                    if server.SCHEME == "s3":
                        server.open_to_all()
                for done in (both, out, into, status):
                    self.assertEqual(done.returncode, 1, (done.args, done.stderr))
                    self.assertIn(named[server.SCHEME], done.stderr)
                    self.assertNotIn("panicked", done.stderr)
                    self.assertLessEqual(len(done.stderr.strip().splitlines()), 3, done.stderr)
                self.assertFalse((here / "documents.csv").exists())
                self.same(disk, server, "kept")

    def test_a_server_that_is_not_there_is_told(self):
        for server in self.servers:
            with self.subTest(storage=server.NAME):
                env = {ELSEWHERE[server.SCHEME]: no_server()}
                began = time.time()
                done = self.convert(server, "nowhere", **env)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("can't be reached", done.stderr)
                self.assertIn(server.root, done.stderr)
                self.assertLess(time.time() - began, 90)

    def test_a_storage_that_goes_in_the_middle_costs_no_result(self):
        disk = self.disk("csv", self.inputs, "-f", "csv")
        for server in self.servers:
            # What moto holds is gone with it.
            if server.SCHEME == "s3":
                continue
            with self.subTest(storage=server.NAME):
                run = self.begin(server, "goes", "-f", "csv")
                server.end()
                said = run.communicate(timeout=300)[1]
                self.assertEqual(run.returncode, 1, said)
                self.assertIn("can't be reached", said)
                server.begin()
                # The lock is still there, of a process of this machine that is no more.
                done = self.convert(server, "goes", "-f", "csv")
                self.assertEqual(done.returncode, 3, done.stderr)
                self.same(disk, server, "goes")

    def test_a_storage_that_is_away_for_a_moment_costs_nothing(self):
        disk = self.disk("csv", self.inputs, "-f", "csv")
        # The others are too long away: requests are tried again for some six seconds.
        server = next(server for server in self.servers if server.SCHEME == "gs")
        run = self.begin(server, "moment", "-f", "csv")
        server.end()
        server.begin()
        said = run.communicate(timeout=300)[1]
        self.assertEqual(run.returncode, 3, said)
        self.same(disk, server, "moment")

    def test_credentials_that_end_in_the_middle_cost_no_result(self):
        disk = self.disk("csv", self.inputs, "-f", "csv")
        server = next(server for server in self.servers if server.SCHEME == "s3")
        run = self.begin(server, "ended", "-f", "csv")
        server.guard()
        try:
            said = run.communicate(timeout=300)[1]
        finally:
            server.open_to_all()
        self.assertEqual(run.returncode, 1, said)
        self.assertIn("AWS_SECRET_ACCESS_KEY", said)
        done = self.convert(server, "ended", "-f", "csv")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.same(disk, server, "ended")


if __name__ == "__main__":
    unittest.main()
