-- What each article says where they differ.
with each as (select number, unnest(metric_ids) as metric_id from clash)
select c.subject, c.indicator_name, c.period_start, c.period_end, c.spread_pct,
       list(struct_pack(text := f.text, value := f.value, qualifier := f.qualifier, sentence := f.sentence,
                        unit := f.unit, article_id := f.article_id,
                        metric_id := f.metric_id, citation := f.citation) order by f.metric_id)[:6] as said
from clash c join each e using (number) join figures f using (metric_id)
where f.confidence >= $1
group by c.number, c.subject, c.indicator_name, c.period_start, c.period_end, c.spread_pct, c.confidence,
         c.first_id
order by c.confidence desc, c.spread_pct desc, c.subject, c.indicator_name, c.first_id
