-- zh: 区间上限大于下限。
-- en: The upper end of a range of positive figures is above the lower.
-- name: range_ascends
-- table: metrics
-- severity: critical
-- scope: row
-- column: value_high
select metric_id, document_id, text || ': ' || value || ' to ' || value_high as seen
from metrics
where value >= 0 and value_high <= value
