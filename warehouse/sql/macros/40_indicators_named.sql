-- zh: 一个指标在 indicator_name 中的各种名称：有同名（或别名，如 GDP）的取之，否则取名称中含有该词的。
-- en: The values of indicator_name that a word stands for: the indicator of that name or other name (GDP), or else all that hold the word.
-- 例: “GDP”在库里叫什么？
-- e.g.: from metric_facts where indicator_name in (select indicator_name from indicators_named('GDP'))
create or replace macro indicators_named(indicator) as table
with there as (
    select distinct coalesce(i.name, m.indicator) as indicator_name
    from metrics m
    left join indicators i using (indicator_key)
    where m.indicator is not null or i.name is not null
),
exact as (
    select t.indicator_name
    from there t
    where lower(t.indicator_name) = lower(indicator)
        or t.indicator_name in (
            select i.name
            from indicators i
            where lower(indicator) in (lower(i.indicator_key), lower(replace(i.indicator_key, '_', ' ')))
                or len(list_filter(i.aliases, lambda a: lower(a) = lower(indicator))) > 0
        )
)
select indicator_name
from exact
union all
select t.indicator_name
from there t
where not exists (select 1 from exact) and contains(lower(t.indicator_name), lower(indicator))
