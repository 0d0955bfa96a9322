-- Where articles differ about one subject, indicator and period.
with each_figure as (
    select c.*, unnest(c.metric_ids) as metric_id from conflicts c
)
select c.subject, c.indicator_name, c.period_start, c.period_end, c.spread_pct,
       list(struct_pack(text := f.text, value := f.value, qualifier := f.qualifier, sentence := f.sentence,
                        unit := f.unit, article_id := f.article_id,
                        metric_id := f.metric_id, citation := f.citation) order by f.metric_id)[:6] as said
from each_figure c join figures f using (metric_id)
where f.confidence >= $1
group by c.subject, c.indicator_name, c.measure, c.comparison, c.unit, c.period_start, c.period_end,
         c.spread_pct
having count(distinct f.value) > 1 and count(distinct f.article_id) > 1
order by min(f.confidence) desc, c.spread_pct desc, c.subject,
         c.indicator_name
limit $2
