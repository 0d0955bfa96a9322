-- Where sure figures of several articles differ about one subject, indicator and period.
with named_so as (
    select row_number() over () as number, subject, indicator_name, period_start, period_end, spread_pct,
           metric_ids
    from conflicts where articles > 1
),
each as (select number, unnest(metric_ids) as metric_id from named_so),
sure as (
    select e.number, min(m.confidence) as confidence, min(m.metric_id) as first_id
    from each e join metrics m using (metric_id) semi join chosen using (article_id)
    where m.confidence >= $1 group by e.number
    having min(m.value) < max(m.value) and min(m.article_id) < max(m.article_id)
)
from named_so join sure using (number)
order by confidence desc, spread_pct desc, subject, indicator_name, first_id limit $2
