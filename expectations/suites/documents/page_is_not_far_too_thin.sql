-- zh: 版面的段落、提及、数字不至于少得离谱。
-- en: The page does not give far too few paragraphs, names or figures for its length.
-- name: page_is_not_far_too_thin
-- table: documents
-- severity: critical
-- scope: document
select d.document_id, v.measure || ' is ' || round(v.amount, 2) || ', below ' || b.fails_below as seen
from documents d
join page_volumes v using (document_id)
join volume_bounds b using (measure)
where d.status = 'loaded' and v.printed >= b.from_characters and v.amount < b.fails_below
