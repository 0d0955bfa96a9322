-- zh: 百分比和百分点在合理范围内。
-- en: Percentages stay within ±1000, percentage points within ±100.
-- name: percent_is_sane
-- table: metrics
-- severity: warning
-- scope: row
-- column: value
select metric_id, document_id, text as seen
from metrics
where
    (dimension = 'percent' and abs(value) > 1000)
    or (dimension = 'percentage_point' and abs(value) > 100)
