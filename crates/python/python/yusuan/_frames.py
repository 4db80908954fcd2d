"""Frames of other packages, imported only when they are asked for."""


def arrow(rows):
    import pyarrow

    return pyarrow.table(rows)


def pandas(rows):
    import pandas
    import pyarrow

    # Whole numbers stay whole where some are missing; amounts stay exact as Decimal.
    whole = {pyarrow.int64(): pandas.Int64Dtype()}
    return pyarrow.table(rows).to_pandas(types_mapper=whole.get)


def polars(rows):
    import polars

    return polars.DataFrame(rows)


def pandas_of_rows(table):
    import pandas

    return pandas.DataFrame(table.rows, dtype=object)


def polars_of_rows(table):
    import polars

    count = table.shape[1]
    return polars.DataFrame(table.rows, schema={f"column_{index}": polars.String for index in range(count)}, orient="row")
