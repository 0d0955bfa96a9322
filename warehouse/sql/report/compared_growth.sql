-- Growth on the year before that several divisions have of one indicator in one period.
with own as (
    select f.*, count(*) over (partition by f.indicator_name, f.period_start, f.period_end) as regions
    from growth_leaders g join figures f using (metric_id)
    where g.comparison = 'yoy' and g.confidence >= $1 and f.region_adcode = f.subject_entity_id
      and f.period_end is not null
)
select * from own where regions > 1
order by regions desc, period_end desc, indicator_name, value desc, metric_id
