-- zh: 版面上几乎没有损坏的字符（不超过千分之一）。
-- en: At most one character in a thousand is damaged.
-- name: page_has_few_damaged_characters
-- table: documents
-- severity: warning
-- scope: document
select d.document_id, c.damaged || ' of ' || c.printed || ' characters are damaged' as seen
from documents d
join page_characters c using (document_id)
where d.status = 'loaded' and c.damaged > 0.001 * c.printed
