-- zh: 起始日期不晚于截止日期。
-- en: A period does not end before it starts.
-- name: period_is_in_order
-- table: metrics
-- severity: critical
-- scope: row
-- column: period_start
select metric_id, document_id, period_start || ' to ' || period_end as seen
from metrics
where period_start > period_end
