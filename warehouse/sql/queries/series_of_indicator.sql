-- zh: 一行一个主体的一项指标在一个时期的数值（单位不同则分行）：水平与同比并列，附一致的文章数、其他说法和原句。
-- en: One row per subject, indicator, unit and period: the level and beside it the yearly growth, with how many articles agree, what else is printed, and the sentence.
-- 例: 某项指标各地各期是多少？
-- e.g.: How does an indicator go, by place and period?
-- example: indicator=工业总产值
-- param indicator:  = 指标名称（或别名、其中一部分），空为全部 | The indicator, by name, other name or part of it; empty for all
-- param period:  = 时期：2023、2023Q1、2023-03、2023年一季度、一季度，空为全部 | The period: 2023, 2023Q1, 2023-03, 2023年一季度, 一季度; empty for all
-- param region:  = 地区名称或代码，含其下辖；几个以逗号分隔，空为全部 | Regions with those below them, commas between; empty for all
-- param confidence: 0 = 可信度至少 | Confidence at least
-- param limit: 100 = 最多几行 | Rows at most
select
    s.subject,
    s.indicator_name as indicator,
    s.period,
    year(coalesce(s.period_end, s.period_start)) as year,
    s.period_start,
    s.period_end,
    s.level,
    s.unit,
    s.yoy_pct,
    s.articles_agreeing,
    list_concat(coalesce(s.other_texts, []), coalesce(s.other_yoy_texts, [])) as disputed,
    s.confidence,
    f.sentence,
    f.citation,
    s.metric_id
from indicator_series s
join metric_facts f using (metric_id)
where s.confidence >= $confidence::double
    and ($indicator = '' or s.indicator_name in (select indicator_name from indicators_named($indicator)))
    and ($region = '' or s.region_adcode in (select adcode from adcodes_of_region($region)))
    and period_fits(s.period, s.period_start, s.period_end, $period)
order by s.subject, s.indicator_name, s.period_start nulls first, s.period_end, s.unit
limit $limit::int
