-- zh: 一行一个数字：地区自身的已完成数字，按地区、领域与指标排列，附原句与出处。
-- en: One row per figure that a region has reached, by region, field and indicator, with its sentence and citation.
-- 例: 槐荫区都有哪些数字？
-- e.g.: What figures are printed of 槐荫区?
-- example: region=槐荫区
-- param region:  = 地区名称或代码，不含其下辖；空为全部 | Name or code of the region, without those below it; empty for all
-- param topic:  = 领域，空为全部 | Field; empty for all
-- param limit: 1000 = 最多几行 | Rows at most
select
    region,
    topic,
    indicator_name as indicator,
    text,
    measure,
    comparison,
    period,
    confidence,
    sentence,
    citation,
    metric_id
from metric_facts
where region_adcode is not null
    and (
        $region = ''
        or region_adcode in (
            select region_adcode
            from regions
            where $region in (region, region_full, region_adcode)
                or region in ($region || '省', $region || '市', $region || '区', $region || '县')
        )
    )
    and modality = 'actual'
    and indicator_name is not null
    and ($topic = '' or topic = $topic)
order by region, topic nulls last, indicator, issue_date, metric_id
limit $limit::int
