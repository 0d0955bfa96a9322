-- zh: 一行一个地区：某市（省）及其各区县各有多少数字、涉及多少指标、见于多少篇文章。
-- en: One row per region of a city or province: how many figures, indicators and articles it has.
-- 例: 济南市各区县的数字各有多少？
-- e.g.: How many figures does each district of 济南市 have?
-- param region: 济南市 = 市或省的名称 | Name of the city or province
select
    own_region as region,
    own_adcode as region_adcode,
    count(*) as figures,
    count(distinct indicator_name) as indicators,
    count(distinct article_id) as articles
from region_facts
where region = $region
group by own_region, own_adcode
order by figures desc, region_adcode
