-- The figures of some divisions by topic; of one with more than are shown, the newest of each indicator.
with told as (
    select metric_id, region_adcode, indicator_name, confidence, row_number() over (
        partition by region_adcode, indicator_name order by period_end desc nulls last, metric_id
    ) as newness
    from figures where region_adcode in (select unnest($1::varchar[]))
),
shown as (
    select metric_id from told qualify row_number() over (
        partition by region_adcode order by indicator_name is null, newness, confidence desc, metric_id
    ) <= $2
)
select article_id, metric_id, text, value, unit, measure, comparison, indicator, indicator_key, indicator_name, topic,
       subject, region_adcode, period, period_start, period_end, modality, qualifier, sentence, confidence, publisher,
       citation from figures semi join shown using (metric_id)
order by region_adcode, topic nulls last, indicator_name, period_end desc nulls last, metric_id
