-- zh: 一个或几个行政区划及其下辖区划的代码；可给名称、全称、简称（济南）或代码，几个之间以逗号或顿号分隔。
-- en: Codes of a division and of those below it; by name, full name, short name (济南) or code; several with commas between.
-- 例: 山东省有哪些区划代码？
-- e.g.: from metric_facts where region_adcode in (select adcode from adcodes_of_region('济南'))
create or replace macro adcodes_of_region(region) as table
with asked as (
    select unnest(regexp_split_to_array(region, '[,，、;；\s]+')) as name
),
wanted as (
    select distinct d.adcode[:case d.level when 'province' then 2 when 'city' then 4 else 6 end] as prefix
    from divisions d
    join asked a
        on a.name in (d.adcode, d.name, d.full_name)
        or d.name in (a.name || '省', a.name || '市', a.name || '区', a.name || '县')
)
select distinct d.adcode
from divisions d
join wanted w on starts_with(d.adcode, w.prefix)
