-- zh: 文章有正文。
-- en: An article has a text besides its headline.
-- name: article_has_text
-- table: articles
-- severity: warning
-- scope: row
-- column: paragraph_count
select article_id, document_id, headline as seen
from articles
where char_count = 0
