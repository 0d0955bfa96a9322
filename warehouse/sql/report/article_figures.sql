-- The figures of some articles, with no more than an article's page shows, since there are hundreds of thousands.
select
    article_id, paragraph_id, metric_id, start_char, end_char, text, value, unit, qualifier, sentence,
    indicator, subject, period, period_start, period_end, measure, comparison, modality, confidence, status,
    checked_by, second_reader, second_reading
from figures where article_id in (select unnest($1)) order by paragraph_id, start_char
