-- zh: 一行一个行政区划代码，附现用（或最后使用的）名称及上级市、省。
-- en: One row per division code, with its present (or last) name and the city and province above it.
-- 例: 槐荫区属于哪个市、哪个省？
-- e.g.: Which city and province does 槐荫区 belong to?
-- column region_adcode: 行政区划代码 | Code of the division
-- column region: 名称 | Its name
-- column region_full: 全称 | Its name with those above it
-- column region_level: 级别：province、city、county | province, city or county
-- column city_adcode: 所属市的代码 | Code of its city
-- column city: 所属市 | Its city
-- column province_adcode: 所属省级区划的代码 | Code of its province
-- column province: 所属省级区划 | Its province
with present as (
    select
        adcode,
        arg_max(name, coalesce(valid_to, date '9999-12-31')) as name,
        arg_max(full_name, coalesce(valid_to, date '9999-12-31')) as full_name,
        arg_max(level, coalesce(valid_to, date '9999-12-31')) as level,
        arg_max(coalesce(parent_adcode, ''), coalesce(valid_to, date '9999-12-31')) as parent_adcode
    from divisions
    group by adcode
),
placed as (
    select
        p.*,
        case p.level when 'city' then p.adcode when 'county' then above.adcode end as above_adcode,
        above.level as above_level,
        above.parent_adcode as above_parent
    from present p
    left join present above on above.adcode = p.parent_adcode
),
coded as (
    select
        adcode,
        name,
        full_name,
        level,
        case
            when level = 'city' then adcode
            when level = 'county' and above_level = 'city' then above_adcode
        end as city_adcode,
        case
            when level = 'province' then adcode
            when level = 'city' then nullif(parent_adcode, '')
            when above_level = 'province' then above_adcode
            else nullif(above_parent, '')
        end as province_adcode
    from placed
)
select
    c.adcode as region_adcode,
    c.name as region,
    c.full_name as region_full,
    c.level as region_level,
    c.city_adcode,
    city.name as city,
    c.province_adcode,
    province.name as province
from coded c
left join present city on city.adcode = c.city_adcode
left join present province on province.adcode = c.province_adcode
