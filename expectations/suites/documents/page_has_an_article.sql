-- zh: 版面上至少有一篇文章。
-- en: A page has at least one article.
-- name: page_has_an_article
-- table: documents
-- severity: warning
-- scope: document
select d.document_id, d.char_count || ' characters and no article' as seen
from documents d
where d.status = 'loaded' and d.document_id not in (select document_id from articles)
