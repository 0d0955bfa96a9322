-- zh: 版面不是以错误编码读出的乱码。
-- en: The page is not text that was decoded with the wrong encoding.
-- name: page_is_no_mojibake
-- table: documents
-- severity: critical
-- scope: document
select d.document_id, c.mojibake || ' of ' || c.printed || ' characters are typical of a wrong encoding' as seen
from documents d
join page_characters c using (document_id)
where d.status = 'loaded' and c.printed >= 50 and c.mojibake > 0.05 * c.printed
