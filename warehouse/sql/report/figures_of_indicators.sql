-- All figures of some indicators, the newest periods first.
select article_id, metric_id, text, value, unit, measure, comparison, indicator, indicator_key, indicator_name, topic,
       subject, region_adcode, period, period_start, period_end, modality, qualifier, sentence, confidence, publisher,
       citation from figures where indicator_key in (select unnest($1::varchar[]))
order by indicator_key, period_end desc nulls last, issue_date desc nulls last, metric_id
