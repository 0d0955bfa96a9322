-- zh: 段落不是空的。
-- en: A paragraph holds printed characters.
-- name: paragraph_is_printed
-- table: paragraphs
-- severity: warning
-- scope: row
-- column: text
select paragraph_id, document_id, role as seen
from paragraphs
where regexp_full_match(text, '\s*')
