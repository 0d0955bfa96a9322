-- zh: 占比在 0 与 100% 之间。
-- en: A share in percent lies between 0 and 100.
-- name: share_is_part_of_a_whole
-- table: metrics
-- severity: warning
-- scope: row
-- column: value
select metric_id, document_id, text as seen
from metrics
where measure = 'share' and dimension = 'percent' and not value between 0 and 100
