-- zh: 一行一处矛盾：同一主体、指标、时期，报道的数值不同，附各出处。
-- en: One row per contradiction between printed figures of the same subject, indicator and period, with the sources.
-- 例: 哪些数字前后或各报不一？
-- e.g.: Which figures contradict each other?
select
    subject,
    indicator_name as indicator,
    period,
    texts,
    spread_pct,
    citations,
    metric_ids
from conflicts
order by spread_pct desc, subject, indicator, period_start, unit
limit 50
