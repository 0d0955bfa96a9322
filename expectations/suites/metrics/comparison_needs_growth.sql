-- zh: 只有增长才有比较对象。
-- en: Only growth is compared with an earlier period.
-- name: comparison_needs_growth
-- table: metrics
-- severity: warning
-- scope: row
-- column: comparison
select metric_id, document_id, measure || ' ' || comparison as seen
from metrics
where comparison is not null and measure not in ('growth', 'contribution')
