-- zh: 可信度在 0 与 1 之间。
-- en: Confidence lies between 0 and 1.
-- name: confidence_is_a_probability
-- table: metrics
-- severity: critical
-- scope: row
-- column: confidence
select metric_id, document_id, confidence::varchar as seen
from metrics
where not confidence between 0 and 1
