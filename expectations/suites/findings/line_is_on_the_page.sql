-- zh: 行号在该版面原始文件之内。
-- en: The line is one of the page's raw lines.
-- name: line_is_on_the_page
-- table: findings
-- severity: critical
-- scope: row
-- column: line
select f.finding_id, f.document_id, f.line || ' of ' || d.line_count as seen
from findings f
join documents d using (document_id)
where f.line < 1 or f.line > d.line_count
