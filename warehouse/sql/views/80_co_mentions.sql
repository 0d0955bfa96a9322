-- zh: 一行一对在同一篇文章里出现的实体（两个方向各一行），附共同出现的文章数和段落数。
-- en: One row per pair of entities named in the same article, in both directions, with the articles and paragraphs they share.
-- 例: 谁常与某人、某机构一同见报？
-- e.g.: Who appears with whom?
-- column with_entity_id: 一同出现的实体编号 | Id of the other entity
-- column with_name: 一同出现的实体 | The other entity
-- column with_type: 一同出现的实体类型 | Type of the other entity
-- column articles: 共同出现的文章数 | Articles that name both
-- column paragraphs: 共同出现的段落数 | Paragraphs that name both
-- column last_seen: 最近一次共同见报的日期 | Latest issue date on which both are named
-- column latest_article_id: 最近一篇共同出现的文章编号 | Id of the latest article that names both
with naming as (
    select
        m.entity_id,
        m.article_id,
        list(distinct m.paragraph_id) as paragraph_ids
    from mentions m
    where m.entity_id is not null and m.article_id is not null
    group by m.entity_id, m.article_id
),
pairs as (
    select
        a.entity_id,
        b.entity_id as with_entity_id,
        a.article_id,
        len(list_intersect(a.paragraph_ids, b.paragraph_ids)) as paragraphs
    from naming a
    join naming b on a.article_id = b.article_id and a.entity_id <> b.entity_id
),
dated as (
    select p.*, d.issue_date
    from pairs p
    join articles t using (article_id)
    join documents d using (document_id)
)
select
    e.entity_id,
    e.name,
    e.type,
    w.entity_id as with_entity_id,
    w.name as with_name,
    w.type as with_type,
    count(*) as articles,
    sum(p.paragraphs)::bigint as paragraphs,
    max(p.issue_date) as last_seen,
    arg_max(p.article_id, (coalesce(p.issue_date, date '0001-01-01'), p.article_id)) as latest_article_id
from dated p
join entities e on e.entity_id = p.entity_id
join entities w on w.entity_id = p.with_entity_id
group by e.entity_id, e.name, e.type, w.entity_id, w.name, w.type
