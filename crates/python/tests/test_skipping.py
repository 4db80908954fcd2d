"""What engines read of Parquet files to answer a question: only files and row groups that may hold the answer. Run by `make test-python`.

Files are handed to DuckDB and pyarrow through a file system that notes each read, so that what counts is what was asked of the disk
and not what an engine says of itself.
"""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

import duckdb
import pyarrow.compute as compute
import pyarrow.dataset
import pyarrow.parquet
import yusuan
from fsspec.implementations.local import LocalFileSystem
from pyarrow.fs import FSSpecHandler, PyFileSystem

#: Bytes at a file's end that an engine takes at once with the description: DuckDB 16 KiB, pyarrow 64.
TAIL = 64 << 10
PLACES = {"31": "上海市普陀区", "41": "河南省焦作市", "50": "重庆市渝北区"}
YEARS = (2023, 2024)
#: Documents of a place and a year, and rows of each: files shall be larger than what is read of their end.
DOCUMENTS, ROWS = 2, 12_000


class Watched(LocalFileSystem):
    """The disk, and a note of each read: file, where from, how much."""

    protocol = "watched"
    cachable = False

    def __init__(self):
        super().__init__()
        self.reads = []

    @classmethod
    def _strip_protocol(cls, path):
        return str(path).removeprefix("watched://")

    def _open(self, path, mode="rb", **named):
        return File(super()._open(path, mode=mode, **named), path, self.reads)


class File:
    def __init__(self, file, path, reads):
        self.file, self.path, self.reads = file, path, reads

    def read(self, size=-1):
        at = self.file.tell()
        data = self.file.read(size)
        self.reads.append((self.path, at, len(data)))
        return data

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def __getattr__(self, name):
        return getattr(self.file, name)


def chunks(path):
    """Where the values of each row group stand: number, begin, end."""
    metadata = pyarrow.parquet.ParquetFile(path).metadata
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        columns = [group.column(index) for index in range(group.num_columns)]
        begins = [min(filter(None, (one.dictionary_page_offset, one.data_page_offset))) for one in columns]
        yield number, min(begins), max(begin + one.total_compressed_size for begin, one in zip(begins, columns))


def table(place, number, year):
    lines = [f"项目{row}的支出,{row + number}.00" for row in range(1, ROWS + 1)]
    total = ROWS * (ROWS + 1) // 2 + number * ROWS
    return "\n".join([f"{place}第{number}局{year}年部门预算项目支出表", "单位：元", "项目,预算数", *lines, f"合计,{total}.00"])


class Skipping(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = Path(tempfile.mkdtemp())
        files = cls.work / "in"
        files.mkdir()
        for code, place in PLACES.items():
            for year in YEARS:
                for number in range(DOCUMENTS):
                    # By the names of their files provinces come one after the other, as in an archive's folders.
                    name = f"{code}-{place}第{number}局{year}年部门预算.csv"
                    (files / name).write_text(table(place, number, year), encoding="utf-8")
        out = {layout: cls.work / layout for layout in ("single", "parts")}
        folders = {layout: yusuan.convert(files, out[layout], layout=layout, formats=["parquet"]) for layout in out}
        cls.documents = folders["single"].documents.to_pandas()
        parts = json.loads((out["parts"] / "parts.json").read_text())
        cls.parts = {name: [str(out["parts"] / file) for file in files] for name, files in parts.items()}
        cls.single = {name: [str(out["single"] / f"{name}.parquet")] for name in ("facts", "panel")}
        cls.disk = Watched()
        cls.duckdb = duckdb.connect()
        cls.duckdb.execute("SET threads = 1; SET enable_external_file_cache = false")
        cls.duckdb.register_filesystem(cls.disk)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.work)

    def touched(self):
        """Row groups whose values were read, not only what a file says of itself at its end."""
        found = set()
        for path, at, size in self.disk.reads:
            if at < Path(path).stat().st_size - TAIL:
                found |= {(path, number) for number, begin, end in chunks(path) if at < end and at + size > begin}
        return found

    def holding(self, files, column, *values):
        """Row groups that truly hold one of the values."""
        found = set()
        for path in files:
            file = pyarrow.parquet.ParquetFile(path)
            for number in range(file.metadata.num_row_groups):
                if set(file.read_row_group(number, columns=[column])[column].to_pylist()) & set(values):
                    found.add((path, number))
        return found

    def by_duckdb(self, files, where):
        self.disk.reads.clear()
        [(count, total)] = self.duckdb.read_parquet([f"watched://{file}" for file in files]).filter(where).aggregate("count(*), sum(value)").fetchall()
        return count, self.touched()

    def by_pyarrow(self, files, where):
        dataset = pyarrow.dataset.dataset(files, filesystem=PyFileSystem(FSSpecHandler(self.disk)), format="parquet")
        self.disk.reads.clear()
        count = dataset.to_table(filter=where, columns=["value"]).num_rows
        return count, self.touched()

    def asked(self, files, name):
        """Questions of one value: how DuckDB is asked, how pyarrow is, what the column is and what is sought."""
        first = self.documents.iloc[0]
        known = {"doc_id": first.doc_id, "body_id": first.body_id, "year": 2024, "region_code": first.region_code}
        # Within the range of what is there, so that no smallest and largest value tells; but of the year, and the region.
        absent = {"doc_id": "7f3c1e5a9b2d4860", "body_id": "410800-没有这个局", "year": 1999, "region_code": "650000"}
        names = pyarrow.parquet.read_schema(files[0]).names
        for column in known:
            if column in names:
                for value in (known[column], absent[column]):
                    yield column, value

    def test_files_are_large_enough_to_tell(self):
        self.assertEqual(len(self.parts["facts"]), len(set(self.parts["facts"])))
        self.assertGreaterEqual(len(self.parts["facts"]), len(PLACES) * len(YEARS))
        for path in self.parts["facts"]:
            self.assertGreater(Path(path).stat().st_size, TAIL + 10_000)
        [path] = self.single["facts"]
        self.assertGreater(pyarrow.parquet.ParquetFile(path).metadata.num_row_groups, 1)

    def test_duckdb_reads_the_row_groups_that_hold_a_value(self):
        for layout, files in (("parts", self.parts["facts"]), ("single", self.single["facts"])):
            for column, value in self.asked(files, "facts"):
                with self.subTest(layout=layout, column=column, value=value):
                    count, touched = self.by_duckdb(files, f"{column} = {value!r}")
                    holding = self.holding(files, column, value)
                    self.assertEqual(bool(count), bool(holding))
                    self.assertEqual(touched, holding)

    def test_pyarrow_reads_the_row_groups_that_hold_a_year_or_a_region(self):
        for layout, files in (("parts", self.parts["facts"]), ("single", self.single["facts"])):
            for column, value in self.asked(files, "facts"):
                with self.subTest(layout=layout, column=column, value=value):
                    count, touched = self.by_pyarrow(files, compute.field(column) == value)
                    holding = self.holding(files, column, value)
                    self.assertEqual(bool(count), bool(holding))
                    # It knows no Bloom filters: of hashes it skips what lies outside of the smallest and the largest.
                    if column == "doc_id":
                        self.assertLessEqual(holding, touched)
                    else:
                        self.assertEqual(touched, holding)

    def test_a_province_is_a_range_of_regions(self):
        first, last = "410000", "420000"
        count, touched = self.by_duckdb(self.parts["facts"], f"region_code >= '{first}' AND region_code < '{last}'")
        [code] = {code for code in self.documents.region_code if first <= code < last}
        holding = self.holding(self.parts["facts"], "region_code", code)
        self.assertEqual((touched, bool(count)), (holding, True))
        where = (compute.field("region_code") >= first) & (compute.field("region_code") < last)
        self.assertEqual(self.by_pyarrow(self.parts["facts"], where), (count, holding))

    def test_parts_of_a_province_and_a_year_stand_in_their_folders(self):
        wanted = [file for file in self.parts["facts"] if "/facts/2024/41/" in file]
        rows = pyarrow.dataset.dataset(wanted).to_table(columns=["year", "region_code"]).to_pylist()
        self.assertEqual({(row["year"], row["region_code"][:2]) for row in rows}, {(2024, "41")})
        [[count]] = duckdb.sql(f"SELECT count(*) FROM read_parquet({self.parts['facts']}) WHERE year = 2024 AND region_code LIKE '41%'").fetchall()
        self.assertEqual(len(rows), count)

    def test_a_body_is_found_by_its_filter(self):
        files = self.single["panel"] if self.single["panel"] else []
        body = self.documents.body_id[0]
        probe = "SELECT * FROM parquet_bloom_probe('{}', 'body_id', '{}')"
        for value, absent in ((body, False), ("没有这个机构", True)):
            for file in files:
                groups = duckdb.sql(probe.format(file, value)).fetchall()
                self.assertEqual([group[-1] for group in groups], [absent] * len(groups))


if __name__ == "__main__":
    unittest.main()
