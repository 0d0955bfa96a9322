-- zh: 版面上的杂乱符号不超过百分之三。
-- en: At most three percent of the page are symbols that newspapers do not print.
-- name: page_has_little_ocr_rubbish
-- table: documents
-- severity: warning
-- scope: document
select d.document_id, c.symbol || ' of ' || c.printed || ' characters are stray symbols' as seen
from documents d
join page_characters c using (document_id)
where d.status = 'loaded' and c.printed >= 100 and c.symbol > 0.03 * c.printed
