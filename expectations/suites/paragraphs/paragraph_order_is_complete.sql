-- zh: 版面上的段落从一起连续编号。
-- en: The paragraphs of a page are numbered from one without a gap.
-- name: paragraph_order_is_complete
-- table: paragraphs
-- severity: critical
-- scope: document
-- column: seq
select document_id, count(*) || ' paragraphs numbered ' || min(seq) || ' to ' || max(seq) as seen
from paragraphs
group by document_id
having min(seq) <> 1 or max(seq) <> count(*) or count(distinct seq) <> count(*)
