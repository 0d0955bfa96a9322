-- The figures of some articles, in the order of the text; there are hundreds of thousands, so no more is asked for.
select article_id, paragraph_id, metric_id, start_char, end_char, text, value, unit, qualifier, sentence, indicator,
       indicator_name, subject, region, topic, period, period_start::varchar as period_start,
       period_end::varchar as period_end, measure, comparison, modality, confidence,
       coalesce(status, 'machine') as status, checked_by, second_reader,
       second_reading
from figures where article_id in (select unnest($1::varchar[])) order by paragraph_id, start_char, metric_id
