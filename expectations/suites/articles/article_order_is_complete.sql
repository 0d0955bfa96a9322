-- zh: 版面上的文章从一起连续编号。
-- en: The articles of a page are numbered from one without a gap.
-- name: article_order_is_complete
-- table: articles
-- severity: critical
-- scope: document
-- column: seq
select document_id, count(*) || ' articles numbered ' || min(seq) || ' to ' || max(seq) as seen
from articles
group by document_id
having min(seq) <> 1 or max(seq) <> count(*) or count(distinct seq) <> count(*)
