-- Growth that several divisions have of one indicator in one period.
with own as (
    select *, count(*) over (partition by indicator_name, period_start, period_end) as regions
    from growth where is_own and period_end is not null
)
select * from own where regions > 1
order by regions desc, period_end desc, indicator_name, value desc, metric_id
