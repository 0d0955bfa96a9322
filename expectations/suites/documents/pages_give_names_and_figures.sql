-- zh: 足够多的文字不会一个名称、一个数字也读不出来。
-- en: Enough text gives names and figures.
-- name: pages_give_names_and_figures
-- table: documents
-- severity: critical
-- scope: batch
select 'no ' || t.name || ' from ' || sum(d.char_count)::bigint || ' characters' as seen
from documents d
cross join (values ('mentions', (select count(*) from mentions)), ('metrics', (select count(*) from metrics)))
    t (name, n)
where d.status = 'loaded'
group by t.name, t.n
having sum(d.char_count) >= 20000 and t.n = 0
