-- zh: 标题长短像标题（不超过八十字），不含句号结尾的整段文字。
-- en: A headline is as short as a headline: at most 80 characters.
-- name: headline_is_a_headline
-- table: articles
-- severity: warning
-- scope: row
-- column: headline
select article_id, document_id, headline as seen
from articles
where length(headline) > 80 or trim(headline) = ''
