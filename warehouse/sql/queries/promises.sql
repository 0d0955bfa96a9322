-- zh: 一行一个目标或计划中的数字：谁、到何时、要达到多少，附原句。
-- en: One row per figure that is targeted or planned: who wants to reach what, by when, with its sentence.
-- 例: 各地提出了哪些目标？
-- e.g.: What has been promised, by whom, for when?
-- param indicator:  = 指标名称（或别名、其中一部分），空为全部 | The indicator, by name, other name or part of it; empty for all
-- param period:  = 时期：2025、2023Q1、2023年一季度、“十四五”，空为全部 | The period: 2025, 2023Q1, 2023年一季度, “十四五”; empty for all
-- param region:  = 地区名称或代码，含其下辖；几个以逗号分隔，空为全部 | Regions with those below them, commas between; empty for all
-- param modality:  = target 目标或 planned 计划，空为两者 | target or planned; empty for both
-- param confidence: 0 = 可信度至少 | Confidence at least
-- param limit: 20 = 最多几行 | Rows at most
select
    subject,
    indicator_name as indicator,
    text,
    qualifier,
    measure,
    modality,
    period,
    year(coalesce(period_end, period_start)) as year,
    confidence,
    sentence,
    citation,
    metric_id
from metric_facts
where modality in ('target', 'planned')
    and indicator_name is not null
    and confidence >= $confidence::double
    and ($indicator = '' or indicator_name in (select indicator_name from indicators_named($indicator)))
    and ($region = '' or region_adcode in (select adcode from adcodes_of_region($region)))
    and ($modality = '' or modality = $modality)
    and period_fits(period, period_start, period_end, $period)
order by indicator_key is null, topic is null, confidence desc, metric_id
limit $limit::int
