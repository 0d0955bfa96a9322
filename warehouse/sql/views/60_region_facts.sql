-- zh: 一行一个数字与一个包含它的地区：区县的数字也列在所属市、省之下。
-- en: One row per figure and region that contains it: a county's figures stand under its city and its province too.
-- 例: 济南市及其各区县都有哪些数字？
-- e.g.: What figures are there for 济南市 and all its districts?
-- column region_adcode: 汇总到的地区代码 | Code of the region it is rolled up to
-- column region: 汇总到的地区 | The region it is rolled up to
-- column region_level: 该地区的级别 | Level of that region
-- column is_own: 数字是否就是该地区自身的（而非下辖地区、其中单位的） | Whether the figure is the region's own, not one of a place below it or of a body in it
-- column own_adcode: 数字自身的地区代码 | Code of the region that the figure itself belongs to
-- column own_region: 数字自身的地区 | The region that the figure itself belongs to
-- column citation: 出处：报纸、日期、版次、标题 | Newspaper, date, page and headline, ready to quote
with above as (
    select region_adcode as own_adcode, region_adcode as rolled_adcode from regions
    union
    select region_adcode, city_adcode from regions where city_adcode is not null
    union
    select region_adcode, province_adcode from regions where province_adcode is not null
)
select
    r.region_adcode,
    r.region,
    r.region_level,
    r.region_adcode = u.own_adcode and f.subject_entity_id = f.region_adcode as is_own,
    u.own_adcode,
    f.region as own_region,
    f.subject,
    f.indicator,
    f.indicator_key,
    f.indicator_name,
    f.topic,
    f.measure,
    f.comparison,
    f.modality,
    f.text,
    f.value,
    f.unit,
    f.period,
    f.period_start,
    f.period_end,
    f.confidence,
    f.status,
    f.issue_date,
    f.sentence,
    f.citation,
    f.metric_id,
    f.article_id,
    f.document_id
from metric_facts f
join above u on u.own_adcode = f.region_adcode
join regions r on r.region_adcode = u.rolled_adcode
