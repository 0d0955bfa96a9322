-- zh: 数值是有限的数。
-- en: Values are finite numbers.
-- name: value_is_finite
-- table: metrics
-- severity: critical
-- scope: row
-- column: value
select metric_id, document_id, concat_ws(' ', value, value_high, value_base) as seen
from metrics
where not (isfinite(value) and isfinite(coalesce(value_high, 0)) and isfinite(coalesce(value_base, 0)))
