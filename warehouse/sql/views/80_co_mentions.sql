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
-- There are millions of pairs: they are counted by id and number, names and dates are looked up for what is left.
with dated as (
    select
        a.article_id,
        d.issue_date,
        row_number() over (order by d.issue_date nulls first, a.article_id) as article_no
    from articles a
    join documents d using (document_id)
),
naming as (
    select distinct m.entity_id, t.article_no, m.paragraph_id
    from mentions m
    join dated t using (article_id)
    where m.entity_id is not null
),
in_articles as (select distinct entity_id, article_no from naming),
pairs as (
    select
        entity_id,
        with_entity_id,
        sum(articles)::bigint as articles,
        sum(paragraphs)::bigint as paragraphs,
        max(article_no) as article_no
    from (
        select a.entity_id, b.entity_id as with_entity_id, a.article_no, 1 as articles, 0 as paragraphs
        from in_articles a
        join in_articles b on a.article_no = b.article_no and a.entity_id <> b.entity_id
        union all
        select a.entity_id, b.entity_id as with_entity_id, a.article_no, 0 as articles, 1 as paragraphs
        from naming a
        join naming b on a.paragraph_id = b.paragraph_id and a.entity_id <> b.entity_id
    )
    group by entity_id, with_entity_id
)
select
    e.entity_id,
    e.name,
    e.type,
    w.entity_id as with_entity_id,
    w.name as with_name,
    w.type as with_type,
    p.articles,
    p.paragraphs,
    t.issue_date as last_seen,
    t.article_id as latest_article_id
from pairs p
join entities e on e.entity_id = p.entity_id
join entities w on w.entity_id = p.with_entity_id
join dated t using (article_no)
