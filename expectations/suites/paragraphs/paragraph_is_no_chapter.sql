-- zh: 段落不超过三千字。
-- en: A paragraph is not longer than three thousand characters.
-- name: paragraph_is_no_chapter
-- table: paragraphs
-- severity: warning
-- scope: row
-- column: text
select paragraph_id, document_id, length(text) || ' characters' as seen
from paragraphs
where length(text) > 3000
