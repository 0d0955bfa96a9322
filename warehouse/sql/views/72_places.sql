-- zh: 一行一个地点，行政区划附代码与级别，并有提及次数、数字条数和最近一篇报道。
-- en: One row per place, divisions with code and level, with counts of mentions and figures and the latest article.
-- 例: 哪些区县见报最多，有多少数字？
-- e.g.: Which districts are in the papers most, and with how many figures?
-- column region_full: 行政区划全称 | Name of the division with those above it
-- column region_level: 行政区划级别 | Level of the division
-- column article_count: 提到它的文章数 | Articles that name it
-- column metric_count: 属于该区划的数字条数 | Figures that belong to the division
-- column latest_headline: 最近一篇报道的标题 | Headline of the latest article
-- column latest_citation: 最近一篇报道的出处 | Where the latest article was printed
-- column latest_article_id: 最近一篇报道的编号 | Id of the latest article
with articles_naming as (
    select distinct entity_id, article_id
    from mentions
    where type = 'LOC' and entity_id is not null and article_id is not null
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
),
figures as (
    select region_adcode, count(*) as metric_count
    from metrics
    where region_adcode is not null
    group by region_adcode
)
select
    e.entity_id,
    e.name,
    e.scope,
    e.adcode,
    r.region_full,
    r.region_level,
    e.mention_count,
    coalesce(l.article_count, 0) as article_count,
    coalesce(f.metric_count, 0) as metric_count,
    e.first_seen,
    e.last_seen,
    a.headline as latest_headline,
    citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline) as latest_citation,
    l.latest_article_id
from entities e
left join latest l using (entity_id)
left join articles a on a.article_id = l.latest_article_id
left join documents d using (document_id)
left join regions r on r.region_adcode = e.adcode
left join figures f on f.region_adcode = e.adcode
where e.type = 'LOC'
