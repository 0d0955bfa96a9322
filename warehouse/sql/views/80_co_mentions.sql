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
-- There are millions of pairs: they are counted by numbers, names and dates are looked up for what is left. Materialized,
-- so that everybody sees the same numbers.
with numbered as materialized (select entity_id, name, type, row_number() over ()::uinteger as entity_no from entities),
dated as (
    select
        a.article_id,
        d.issue_date,
        row_number() over (order by d.issue_date nulls first, a.article_id)::uinteger as article_no
    from articles a
    join documents d using (document_id)
),
naming as materialized (
    select distinct n.entity_no, t.article_no, p.paragraph_no
    from mentions m
    join numbered n using (entity_id)
    join dated t using (article_id)
    join (select paragraph_id, row_number() over ()::uinteger as paragraph_no from paragraphs) p using (paragraph_id)
),
in_articles as (select distinct entity_no, article_no from naming),
pairs as (
    select
        entity_no,
        with_entity_no,
        count(in_article) as articles,
        count(in_paragraph) as paragraphs,
        max(article_no) as article_no
    from (
        select
            a.entity_no,
            b.entity_no as with_entity_no,
            a.article_no,
            true as in_article,
            null::boolean as in_paragraph
        from in_articles a
        join in_articles b on a.article_no = b.article_no and a.entity_no <> b.entity_no
        union all
        select a.entity_no, b.entity_no, a.article_no, null, true
        from naming a
        join naming b on a.paragraph_no = b.paragraph_no and a.entity_no <> b.entity_no
    )
    group by entity_no, with_entity_no
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
join numbered e on e.entity_no = p.entity_no
join numbered w on w.entity_no = p.with_entity_no
join dated t on t.article_no = p.article_no
