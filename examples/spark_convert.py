"""Disclosures to Parquet with Spark: one row a document first, then what documents tell of each other, then the datasets.

    spark-submit examples/spark_convert.py s3a://bucket/files s3a://bucket/datasets
    python examples/spark_convert.py samples out --master 'local-cluster[2,1,1024]'

Every executor needs `pip install yusuan`. Files are read in yusuan's own workers beside Spark's: a file that kills or hangs its
reader is a row of `documents` with status `failed` and the reason, never a failed task. Spark itself leaves out files of no
bytes, and names that begin with `_` or a dot. The steps:

1. `binaryFile` → `mapInArrow`: each file is read alone; its document travels as bytes (`_documents`, which also lets the next
   steps begin anew without reading).
2. Grouped by province: copies, sister files, last year's documents, the units of a department and versions are told of each
   other (`yusuan.settle`). Nothing of the output contract looks over a province's border.
3. Each document taken apart once, into one row with a list for each dataset (`_rows`).
4. Seven datasets as Parquet, partitioned by province and year, sorted by source: the rows of `yusuan convert`. No Python has a
   part in it.
"""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath

from pyspark.sql import SparkSession

DATASETS = ["documents", "tables", "facts", "indicators", "prose", "checks", "panel"]
#: What the datasets are parted by.
PARTITION = ["partition_province", "partition_year"]
DOCUMENT = "source string, province string, year int, document binary"

#: A document is some megabytes in memory: few at a time.
FILES_AT_A_TIME = 8


def read(root):
    """Reads the files of a batch, each alone."""

    def batches(files):
        import pyarrow
        import yusuan

        for batch in files:
            rows = []
            for path, content in zip(batch["path"].to_pylist(), batch["content"].to_pylist()):
                name = name_below(root, path)
                document = yusuan.read(content, name=name, errors="keep")
                rows.append(row(document))
            yield pyarrow.RecordBatch.from_pylist(rows, schema=schema())

    return batches


def settle(rows):
    """The documents of a province, told of each other."""
    import pyarrow
    import yusuan

    documents = [yusuan.from_bytes(data) for data in rows["document"].to_pylist()]
    return pyarrow.Table.from_pylist([row(document) for document in yusuan.settle(documents)], schema=schema())


def rows_of(documents):
    """The rows of each document, a list for each dataset, with the partition that they go to."""
    import pyarrow
    import yusuan

    for batch in documents:
        for province, year, data in zip(*(batch[column].to_pylist() for column in ("province", "year", "document"))):
            document = yusuan.from_bytes(data)
            columns = [pyarrow.array([text], pyarrow.string()) for text in (province, str(year or "unknown"))]
            for name in DATASETS:
                rows = pyarrow.table(getattr(document, name))
                rows = rows.cast(plain(rows.schema)).combine_chunks().to_batches()
                rows = rows[0].to_struct_array() if rows else pyarrow.array([], rows_type(name, document))
                columns.append(pyarrow.ListArray.from_arrays([0, len(rows)], rows))
            yield pyarrow.RecordBatch.from_arrays(columns, [*PARTITION, *DATASETS])


def row(document):
    return {
        "source": document.source,
        "province": document.region_code[:2] or "unknown",
        "year": document.year,
        "document": document.to_bytes(),
    }


def schema():
    import pyarrow

    fields = {"source": "string", "province": "string", "year": "int32", "document": "binary"}
    return pyarrow.schema([(name, pyarrow.type_for_alias(kind)) for name, kind in fields.items()])


def plain(schema):
    """The same columns without dictionaries."""
    import pyarrow

    is_term = pyarrow.types.is_dictionary
    return pyarrow.schema([(field.name, pyarrow.string() if is_term(field.type) else field.type) for field in schema])


def name_below(root, path):
    """A file's name in the results: as the command line names it, below the folder that was given."""
    path, root = (str(PurePosixPath("/" + text.split(":", 1)[-1].lstrip("/"))) for text in (path, root))
    return path[len(root) :].lstrip("/") if path.startswith(root) else path.lstrip("/")


def rows_type(name, document):
    """A row of a dataset."""
    import pyarrow

    return pyarrow.struct(list(plain(pyarrow.schema(getattr(document, name)))))


def rows_schema():
    """The columns of all datasets as Spark names them."""
    import pyarrow
    import yusuan
    from pyspark.sql.pandas.types import from_arrow_schema

    empty = yusuan.read(b"", errors="keep")
    partition = [(name, pyarrow.string()) for name in PARTITION]
    return from_arrow_schema(pyarrow.schema([*partition, *((name, pyarrow.list_(rows_type(name, empty))) for name in DATASETS)]))


def convert(spark, files, out, partitions=None):
    """Converts the files below a folder into datasets below another."""
    # Files are dealt out by size, some parts to a core; a shuffle would send all their bytes about.
    partitions = partitions or 4 * spark.sparkContext.defaultParallelism
    spark.conf.set("spark.sql.files.minPartitionNum", partitions)
    found = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(files).select("path", "content")
    root = spark.sparkContext._jvm.org.apache.hadoop.fs.Path(files)
    root = root.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()).makeQualified(root).toString()
    found.mapInArrow(read(root), DOCUMENT).write.mode("overwrite").parquet(f"{out}/_documents")
    read_alone = spark.read.parquet(f"{out}/_documents")
    settled = read_alone.groupBy("province").applyInArrow(settle, DOCUMENT)
    settled.write.mode("overwrite").parquet(f"{out}/_settled")
    settled = spark.read.parquet(f"{out}/_settled")
    # Provinces are of all sizes; from here on no document needs another one.
    settled.repartition(partitions).mapInArrow(rows_of, rows_schema()).write.mode("overwrite").parquet(f"{out}/_rows")
    all_rows = spark.read.parquet(f"{out}/_rows")

    def write(name):
        rows = all_rows.selectExpr(*PARTITION, f"inline({name})")
        rows = rows.repartition(*PARTITION).sortWithinPartitions("source")
        rows.write.mode("overwrite").partitionBy(*PARTITION).parquet(f"{out}/{name}")

    # Beside each other, so that no core waits for the last task of one of them.
    with ThreadPoolExecutor(len(DATASETS)) as at_once:
        list(at_once.map(write, DATASETS))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files")
    parser.add_argument("out")
    parser.add_argument("--master", help="local-cluster[2,1,1024] for two executors on this machine")
    parser.add_argument("--partitions", type=int)
    args = parser.parse_args()
    if args.master:
        # On this machine executors run the Python that runs this.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("yusuan")
    builder = builder.master(args.master) if args.master else builder
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", FILES_AT_A_TIME)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        convert(spark, args.files, args.out, args.partitions)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
