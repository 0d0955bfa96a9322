-- zh: 版面附属文字不属于任何文章，其他段落都属于一篇文章。
-- en: Furniture belongs to no article, every other paragraph to one.
-- name: furniture_belongs_to_no_article
-- table: paragraphs
-- severity: critical
-- scope: document
-- column: article_id
select paragraph_id, document_id, role || ' in ' || coalesce(article_id, 'no article') as seen
from paragraphs
where (role = 'furniture') <> (article_id is null)
