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
with figures as (
    select region_adcode, count(*) as metric_count
    from metrics
    where region_adcode is not null and status is distinct from 'rejected'
    group by region_adcode
)
select
    n.entity_id,
    n.name,
    n.scope,
    n.adcode,
    r.region_full,
    r.region_level,
    n.mention_count,
    n.article_count,
    coalesce(f.metric_count, 0) as metric_count,
    n.first_seen,
    n.last_seen,
    n.latest_headline,
    n.latest_citation,
    n.latest_article_id
from names n
left join regions r on r.region_adcode = n.adcode
left join figures f on f.region_adcode = n.adcode
where n.type = 'LOC'
