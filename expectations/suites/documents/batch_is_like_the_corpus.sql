-- zh: 本批的平均体量与已入库版面相近。
-- en: The mean volume of these pages is near that of the pages loaded before.
-- name: batch_is_like_the_corpus
-- table: documents
-- severity: warning
-- scope: batch
select v.measure || ' is ' || round(avg(v.amount), 2) || ' on average, ' || round(any_value(h.mean), 2) || ' so far' as seen
from documents d
join page_volumes v using (document_id)
join volume_history h using (measure)
where d.status = 'loaded'
group by v.measure
having abs(avg(v.amount) - any_value(h.mean)) > 3 * greatest(any_value(h.deviation), 1) / sqrt(count(*))
    and abs(avg(v.amount) - any_value(h.mean)) > 0.5 * any_value(h.mean)
