-- zh: 一行一个人物，附职务、是否署名作者、引语条数、提及次数、文章数和最近一篇报道。
-- en: One row per person, with title, whether he signs articles, quotes, counts and the latest article.
-- 例: 哪些人物见报最多，什么职务，最近一次在哪篇报道？
-- e.g.: Who is in the papers most, with what title, and where last?
-- column title: 最近所见的职务（原文） | Title that was printed last, as printed
-- column titles: 所有见过的职务（原文） | All titles seen, as printed
-- column is_author: 是否为文章署名的作者、记者 | Whether the person signs articles
-- column quotes: 引语条数 | How often he is quoted
-- column article_count: 提到它的文章数 | Articles that name it
-- column latest_headline: 最近一篇报道的标题 | Headline of the latest article
-- column latest_citation: 最近一篇报道的出处 | Where the latest article was printed
-- column latest_article_id: 最近一篇报道的编号 | Id of the latest article
with titled as (
    select
        m.entity_id,
        arg_max(m.title, (coalesce(d.issue_date, date '0001-01-01'), length(m.title), m.mention_id)) as title,
        list(distinct m.title order by m.title) as titles
    from mentions m
    join documents d using (document_id)
    where m.title is not null and m.entity_id is not null
    group by m.entity_id
),
signing as (
    select distinct m.entity_id
    from mentions m
    join articles a using (article_id)
    join entities e using (entity_id)
    where m.type = 'PER' and list_contains(a.authors, e.name)
),
quoted as (select entity_id, count(*) as quotes from quotes group by entity_id)
select
    n.entity_id,
    n.name,
    n.scope,
    t.title,
    coalesce(t.titles, []) as titles,
    s.entity_id is not null as is_author,
    coalesce(q.quotes, 0) as quotes,
    n.mention_count,
    n.article_count,
    n.first_seen,
    n.last_seen,
    n.latest_headline,
    n.latest_citation,
    n.latest_article_id
from names n
left join titled t using (entity_id)
left join signing s using (entity_id)
left join quoted q using (entity_id)
where n.type = 'PER'
