-- zh: 一行一个机构，附提及次数、文章数和最近一篇报道。
-- en: One row per organisation, with counts and the latest article.
-- 例: 哪些机构被提及最多？
-- e.g.: Which organisations are named most?
-- column article_count: 提到它的文章数 | Articles that name it
-- column latest_headline: 最近一篇报道的标题 | Headline of the latest article
-- column latest_citation: 最近一篇报道的出处 | Where the latest article was printed
-- column latest_article_id: 最近一篇报道的编号 | Id of the latest article
select
    entity_id,
    name,
    scope,
    mention_count,
    article_count,
    first_seen,
    last_seen,
    latest_headline,
    latest_citation,
    latest_article_id
from names
where type = 'ORG'
