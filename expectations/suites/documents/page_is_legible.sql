-- zh: 版面上损坏的字符（替换符、私用区、控制字符）不超过百分之二。
-- en: At most two percent of the page are replacement, private-use or control characters.
-- name: page_is_legible
-- table: documents
-- severity: critical
-- scope: document
select d.document_id, c.damaged || ' of ' || c.printed || ' characters are damaged' as seen
from documents d
join page_characters c using (document_id)
where d.status = 'loaded' and c.damaged > 0.02 * c.printed and c.damaged >= 5
