-- zh: 一行一个地区：有多少数字、涉及多少指标、见于多少篇文章；可只看某市（省）及其各区县。
-- en: One row per region: how many figures, indicators and articles it has; of one city or province with all below it, or of all.
-- 例: 济南市各区县的数字各有多少？
-- e.g.: How many figures does each district of 济南市 have?
-- example: region=济南市
-- param region:  = 市或省的名称或代码，空为全国 | Name or code of the city or province; empty for all
select
    region,
    region_adcode,
    count(*) as figures,
    count(distinct indicator_name) as indicators,
    count(distinct article_id) as articles
from metric_facts
where region_adcode is not null
    and ($region = '' or region_adcode in (select adcode from adcodes_of_region($region)))
group by region, region_adcode
order by figures desc, region_adcode
