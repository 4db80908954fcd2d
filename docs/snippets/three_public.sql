-- “三公”经费排名（万元）：有下级的行、合计栏不加，免得重复计算
SELECT region, department, year, sum(value) / 10000 AS wan_yuan
FROM 'out/facts.parquet'
WHERE table_type = 'three_public' AND document_kind = 'budget' AND entity_scope = 'department'
  AND period = 'current' AND additive AND column_kind = 'item'
  AND regexp_matches(concat(row_label, column_path), '出国|公务接待|公务用车')
GROUP BY ALL
ORDER BY wan_yuan DESC;
