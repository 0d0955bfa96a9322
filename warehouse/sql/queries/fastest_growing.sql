-- zh: 一行一个地区的一项指标：该指标已实现的最快增长，附原句；增幅大者在前。
-- en: One row per region and indicator: the fastest growth that it reached, with its sentence; the fastest first.
-- 例: 哪个区的哪项指标增长最快？
-- e.g.: Which district grew fastest, and in what?
-- param indicator:  = 指标名称（或别名、其中一部分），空为全部 | The indicator, by name, other name or part of it; empty for all
-- param period:  = 时期：2023、2023Q1、2023-03、2023年一季度、一季度，空为全部 | The period: 2023, 2023Q1, 2023-03, 2023年一季度, 一季度; empty for all
-- param region:  = 地区名称或代码，含其下辖；几个以逗号分隔，空为全部 | Regions with those below them, commas between; empty for all
-- param comparison:  = 比较：yoy 同比、qoq 环比、ytd 较年初、prior 较前期，空为全部 | Against what: yoy, qoq, ytd, prior; empty for all
-- param confidence: 0.5 = 可信度至少 | Confidence at least
-- param per_region: 3 = 每个地区最多几项 | Rows for each region at most
-- param limit: 15 = 最多几行 | Rows at most
with own as (
    select metric_id, region_adcode, coalesce(region, subject) as region, indicator_name, growth_pct, other_texts
    from growth_leaders
    where region_adcode = subject_entity_id
        and growth_pct > 0
        and confidence >= $confidence::double
        and ($indicator = '' or indicator_name in (select indicator_name from indicators_named($indicator)))
        and ($region = '' or region_adcode in (select adcode from adcodes_of_region($region)))
        and ($comparison = '' or comparison = $comparison)
        and period_fits(period, period_start, period_end, $period)
),
one_each as (
    select *
    from own
    qualify row_number() over (partition by region_adcode, indicator_name order by growth_pct desc, metric_id) = 1
),
shown as (
    select *
    from one_each
    qualify row_number() over (partition by region_adcode order by growth_pct desc, metric_id) <= $per_region::int
    order by growth_pct desc, region, indicator_name
    limit $limit::int
)
select
    s.region,
    s.indicator_name as indicator,
    f.text,
    s.growth_pct,
    f.comparison,
    f.period,
    year(coalesce(f.period_end, f.period_start)) as year,
    f.confidence,
    s.other_texts as disputed,
    f.sentence,
    f.citation,
    s.metric_id
from shown s
join metric_facts f using (metric_id)
order by s.growth_pct desc, s.region, s.indicator_name
