library(arrow)
library(dplyr)

read_parquet("out/facts.parquet") |>
  filter(
    table_type == "three_public", document_kind == "budget", entity_scope == "department",
    period == "current", additive, column_kind == "item",
    grepl("出国|公务接待|公务用车", paste0(coalesce(row_label, ""), coalesce(column_path, "")))
  ) |>
  group_by(region, department, year) |>
  summarise(wan_yuan = sum(as.numeric(value)) / 10000, .groups = "drop") |>
  arrange(desc(wan_yuan)) |>
  print()
