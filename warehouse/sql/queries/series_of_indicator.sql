-- zh: 一行一个主体与时期：某指标的数值与同比，附一致的文章数。
-- en: One row per subject and period of one indicator: its level and yearly growth, and how many articles agree.
-- 例: 工业总产值各地各期是多少？
-- e.g.: What is industrial output, by place and period?
-- param indicator: 工业总产值 = 指标（统一名或原文，可为一部分） | The indicator or a part of its name
select
    subject,
    indicator_name as indicator,
    period,
    period_start,
    period_end,
    level,
    unit,
    yoy_pct,
    articles_agreeing
from indicator_series
where contains(indicator_name, $indicator)
order by subject, indicator, period_start nulls first, period_end, unit
limit 100
