-- zh: 出版日期在首份近代中文报刊（1815年）之后，且不晚于入库后一周。
-- en: The issue date lies between the first modern Chinese periodical (1815) and a week after loading.
-- name: issue_date_is_plausible
-- table: documents
-- severity: warning
-- scope: document
-- column: issue_date
select document_id, issue_date::varchar as seen
from documents
where issue_date < date '1815-08-05' or issue_date > loaded_at::date + 7
