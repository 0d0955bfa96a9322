-- zh: 一行一个数字：某地区自身的已完成数字，按领域与指标排列，附出处。
-- en: One row per figure that a region has reached, by field and indicator, with its citation.
-- 例: 槐荫区都有哪些数字？
-- e.g.: What figures are printed of 槐荫区?
-- param region: 槐荫区 = 地区名称或代码 | Name or code of the region
-- param topic:  = 领域，空为全部 | Field; empty for all
select
    topic,
    indicator_name as indicator,
    text,
    measure,
    comparison,
    period,
    citation
from metric_facts
where region_adcode in (select region_adcode from regions where $region in (region, region_full, region_adcode))
    and modality = 'actual'
    and indicator_name is not null
    and ($topic = '' or topic = $topic)
order by topic nulls last, indicator, issue_date, metric_id
