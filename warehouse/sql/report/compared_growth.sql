-- Growth that several divisions have of one indicator in one period.
with own as (
    select metric_id, count(*) over (partition by indicator_name, period_start, period_end) as regions
    from growth where is_own and period_end is not null
)
select g.*, o.regions from growth g join own o using (metric_id) where o.regions > 1
order by o.regions desc, g.period_end desc, g.indicator_name, g.value desc, g.metric_id
