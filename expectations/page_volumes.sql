-- 一行一个已入库版面的一项体量。
-- One row per loaded page and measure of its volume.
with counted as (
    select
        c.document_id,
        c.printed,
        c.number as numbers,
        coalesce(p.n, 0) as paragraphs,
        coalesce(n.n, 0) as mentions,
        coalesce(m.n, 0) as metrics
    from page_characters c
    left join (select document_id, count(*) as n from paragraphs group by document_id) p using (document_id)
    left join (select document_id, count(*) as n from mentions group by document_id) n using (document_id)
    left join (select document_id, count(*) as n from metrics group by document_id) m using (document_id)
    where c.printed > 0
)

select document_id, printed, 'paragraphs_per_1000' as measure, 1000.0 * paragraphs / printed as amount
from counted
union all
select document_id, printed, 'mentions_per_1000' as measure, 1000.0 * mentions / printed as amount
from counted
union all
select document_id, printed, 'metrics_per_1000' as measure, 1000.0 * metrics / printed as amount
from counted
union all
select document_id, printed, 'metrics_per_100_numbers' as measure, 100.0 * metrics / numbers as amount
from counted
where numbers >= 30
