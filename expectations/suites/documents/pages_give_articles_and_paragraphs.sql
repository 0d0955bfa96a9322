-- zh: 有可用版面的批次不会没有文章或段落。
-- en: Pages that hold text give articles and paragraphs.
-- name: pages_give_articles_and_paragraphs
-- table: documents
-- severity: critical
-- scope: batch
select 'no ' || t.name || ' from ' || sum(d.char_count)::bigint || ' characters' as seen
from documents d
cross join (values ('articles', (select count(*) from articles)), ('paragraphs', (select count(*) from paragraphs)))
    t (name, n)
where d.status = 'loaded'
group by t.name, t.n
having sum(d.char_count) >= 1000 and t.n = 0
