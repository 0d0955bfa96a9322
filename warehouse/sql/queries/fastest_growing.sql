-- zh: 一行一个地区的一项已实现增长：各区县增长最快的指标，增幅大者在前。
-- en: One row per region and indicator: what grew fastest in each district, the fastest first.
-- 例: 各区县哪些指标增长最快？
-- e.g.: Which indicators grew fastest, district by district?
-- param per_region: 3 = 每个地区最多几项 | Rows for each region at most
-- param limit: 15 = 最多几行 | Rows at most
with best as (
    select
        coalesce(region, subject) as region,
        indicator_name as indicator,
        growth_pct,
        comparison,
        coalesce(period, '') as period,
        confidence,
        citation,
        row_number() over (partition by coalesce(region_adcode, subject) order by growth_pct desc, metric_id) as place
    from growth_leaders
    where region_adcode is not null
        and growth_pct > 0
        and confidence >= 0.5
)
select
    region,
    indicator,
    growth_pct,
    comparison,
    period,
    citation
from best
where place <= $per_region::int
order by growth_pct desc, region, indicator
limit $limit::int
