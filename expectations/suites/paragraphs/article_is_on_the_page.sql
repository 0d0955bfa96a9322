-- zh: 段落与其文章在同一版面。
-- en: A paragraph stands on the page of its article.
-- name: article_is_on_the_page
-- table: paragraphs
-- severity: critical
-- scope: document
-- column: article_id
select p.paragraph_id, p.document_id, p.article_id || ' is on ' || a.document_id as seen
from paragraphs p
join articles a using (article_id)
where a.document_id <> p.document_id
