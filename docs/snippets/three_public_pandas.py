import pandas as pd

facts = pd.read_parquet("out/facts.parquet")  # 金额是精确的 Decimal
about = facts["row_label"].fillna("") + facts["column_path"].fillna("")
items = facts[
    (facts["table_type"] == "three_public")
    & (facts["document_kind"] == "budget")
    & (facts["entity_scope"] == "department")
    & (facts["period"] == "current")
    & facts["additive"]
    & (facts["column_kind"] == "item")
    & about.str.contains("出国|公务接待|公务用车")
]
ranking = items.groupby(["region", "department", "year"], observed=True)["value"].sum() / 10000
print(ranking.sort_values(ascending=False))
