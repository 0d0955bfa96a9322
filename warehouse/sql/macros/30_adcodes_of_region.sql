-- zh: 一个行政区划及其下辖区划的代码；可给名称、全称、简称（济南）或代码。
-- en: Codes of a division and of those below it; by name, full name, short name (济南) or code.
-- 例: 山东省有哪些区划代码？
-- e.g.: from metric_facts where region_adcode in (select adcode from adcodes_of_region('济南'))
create or replace macro adcodes_of_region(region) as table
with wanted as (
    select distinct adcode[:case level when 'province' then 2 when 'city' then 4 else 6 end] as prefix
    from divisions
    where region in (adcode, name, full_name)
        or name in (region || '省', region || '市', region || '区', region || '县')
)
select distinct d.adcode
from divisions d
join wanted w on starts_with(d.adcode, w.prefix)
