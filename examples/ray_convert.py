"""Disclosures to Parquet with Ray Data: the steps of spark_convert.py, without a JVM.

    python examples/ray_convert.py samples out

Files are read in yusuan's own workers beside Ray's: one that kills or hangs its reader is a row of `documents` with status
`failed` and the reason, never a failed task.
"""

import argparse
import os

import pyarrow
import pyarrow.parquet
import ray
import yusuan

DATASETS = ["documents", "tables", "facts", "indicators", "prose", "checks", "panel"]

#: A document is some megabytes in memory: few at a time.
FILES_AT_A_TIME = 8


def row(document):
    return {
        "source": document.source,
        "province": document.region_code[:2] or "unknown",
        "document": document.to_bytes(),
    }


def read(batch, root):
    """Reads the files of a batch, each alone."""
    names = [os.path.relpath(path, root) for path in batch["path"].to_pylist()]
    files = batch["bytes"].to_pylist()
    documents = [yusuan.read(content, name=name, errors="keep") for name, content in zip(names, files)]
    return pyarrow.Table.from_pylist([row(document) for document in documents])


def settle(rows):
    """The documents of a province, told of each other."""
    documents = [yusuan.from_bytes(data) for data in rows["document"].to_pylist()]
    return pyarrow.Table.from_pylist([row(document) for document in yusuan.settle(documents)])


def dataset(batch, name):
    """The rows of a dataset."""
    tables = [pyarrow.table(getattr(yusuan.from_bytes(data), name)) for data in batch["document"].to_pylist()]
    is_term = pyarrow.types.is_dictionary
    fields = tables[0].schema
    plain = [(field.name, pyarrow.string() if is_term(field.type) else field.type) for field in fields]
    return pyarrow.concat_tables([table.cast(pyarrow.schema(plain)) for table in tables])


def convert(files, out):
    """Converts the files below a folder into one Parquet folder a dataset."""
    found = ray.data.read_binary_files(files, include_paths=True)
    how = {"batch_format": "pyarrow", "batch_size": FILES_AT_A_TIME}
    documents = found.map_batches(read, fn_kwargs={"root": os.path.abspath(files)}, **how)
    settled = documents.groupby("province").map_groups(settle, batch_format="pyarrow").materialize()
    for name in DATASETS:
        settled.map_batches(dataset, fn_kwargs={"name": name}, **how).write_parquet(os.path.join(out, name))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files")
    parser.add_argument("out")
    args = parser.parse_args()
    ray.init(include_dashboard=False, log_to_driver=False)
    convert(os.path.abspath(args.files), os.path.abspath(args.out))


if __name__ == "__main__":
    main()
