-- zh: 单位在单位表中，量纲相符。
-- en: The unit is a known one and has its dimension.
-- name: unit_is_known
-- table: metrics
-- severity: critical
-- scope: row
-- column: unit
select metric_id, document_id, unit || ' as ' || dimension as seen
from metrics
where (unit, dimension) not in (select unit, dimension from units)
