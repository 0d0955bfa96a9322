-- zh: 常用字在汉字中占应有的比例。
-- en: Frequent characters make up the share of the Chinese characters that they should.
-- name: page_reads_like_chinese
-- table: documents
-- severity: warning
-- scope: document
select d.document_id, c.common || ' of ' || c.hanzi || ' Chinese characters are frequent ones' as seen
from documents d
join page_characters c using (document_id)
where d.status = 'loaded' and c.hanzi >= 200 and c.common < 0.2 * c.hanzi
