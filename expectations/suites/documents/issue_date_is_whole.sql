-- zh: 出版日期、精度和依据要么都有，要么都没有。
-- en: Issue date, its precision and its source are there together or not at all.
-- name: issue_date_is_whole
-- table: documents
-- severity: critical
-- scope: document
-- column: issue_date
select document_id, concat_ws(' ', issue_date, issue_date_precision, issue_date_source) as seen
from documents
where
    (issue_date is null) <> (issue_date_precision is null)
    or (issue_date is null) <> (issue_date_source is null)
