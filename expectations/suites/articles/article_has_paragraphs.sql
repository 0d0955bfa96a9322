-- zh: 文章至少有一个段落。
-- en: An article has at least one paragraph.
-- name: article_has_paragraphs
-- table: articles
-- severity: critical
-- scope: document
select article_id, document_id, headline as seen
from articles
where article_id not in (select article_id from paragraphs where article_id is not null)
