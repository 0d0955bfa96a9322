-- zh: 未入库的版面写明原因。
-- en: A page that is not loaded says why.
-- name: rejection_has_a_reason
-- table: documents
-- severity: critical
-- scope: document
-- column: reason
select document_id, status as seen
from documents
where status = 'rejected' and coalesce(trim(reason), '') = ''
