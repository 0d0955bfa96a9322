-- zh: 一行一个人物、机构或地点，附提及次数、文章数和最近一篇报道；people、organisations、places 由此而来。
-- en: One row per person, organisation or place, with counts and the latest article; people, organisations and places come from it.
-- 例: 什么被提及最多，最近一次在哪篇报道？
-- e.g.: What is named most, and where last?
-- column article_count: 提到它的文章数 | Articles that name it
-- column latest_headline: 最近一篇报道的标题 | Headline of the latest article
-- column latest_citation: 最近一篇报道的出处 | Where the latest article was printed
-- column latest_article_id: 最近一篇报道的编号 | Id of the latest article
with articles_naming as (
    select distinct entity_id, article_id
    from mentions
    where entity_id is not null and article_id is not null
),
latest as (
    select
        n.entity_id,
        count(*) as article_count,
        arg_max(a.article_id, (coalesce(d.issue_date, date '0001-01-01'), a.article_id)) as latest_article_id
    from articles_naming n
    join articles a using (article_id)
    join documents d using (document_id)
    group by n.entity_id
)
select
    e.entity_id,
    e.type,
    e.name,
    e.scope,
    e.adcode,
    e.mention_count,
    coalesce(l.article_count, 0) as article_count,
    e.first_seen,
    e.last_seen,
    a.headline as latest_headline,
    citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline) as latest_citation,
    l.latest_article_id
from entities e
left join latest l using (entity_id)
left join articles a on a.article_id = l.latest_article_id
left join documents d using (document_id)
