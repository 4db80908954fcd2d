import polars as pl

ranking = (
    pl.scan_parquet("out/facts.parquet")
    .filter(
        pl.col("table_type") == "three_public",
        pl.col("document_kind") == "budget",
        pl.col("entity_scope") == "department",
        pl.col("period") == "current",
        pl.col("additive"),
        pl.col("column_kind") == "item",
        pl.concat_str("row_label", "column_path", ignore_nulls=True).str.contains("出国|公务接待|公务用车"),
    )
    .group_by("region", "department", "year")
    .agg(wan_yuan=pl.col("value").sum() / 10000)
    .sort("wan_yuan", descending=True)
    .collect()
)
print(ranking)
