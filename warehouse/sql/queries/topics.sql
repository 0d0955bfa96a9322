-- zh: 一行一个领域：数字有多少，其中增长、目标各多少，最常见的指标是什么。
-- en: One row per field: how many figures, how many of them growths and targets, and its most frequent indicator.
-- 例: 报纸上的数字主要讲哪些领域？
-- e.g.: What fields do the figures speak of?
with counted as (
    select
        topic,
        indicator_name as indicator,
        count(*) as figures,
        count(*) filter (where measure = 'growth') as growths,
        count(*) filter (where modality <> 'actual') as targets
    from metric_facts
    group by topic, indicator_name
)
select
    coalesce(topic, '（未归类）') as topic,
    sum(figures)::bigint as figures,
    sum(growths)::bigint as growths,
    sum(targets)::bigint as targets,
    arg_max(indicator, (figures, indicator)) as most_frequent
from counted
group by topic
order by figures desc, topic
