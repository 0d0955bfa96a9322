-- The figures that have an indicator and a subject, newest first, for the search of the report.
select metric_id, article_id, subject, indicator, nullif(indicator_name, indicator) as full_name, period, text,
       value, qualifier, sentence
from figures where indicator is not null and subject is not null order by issue_date desc nulls last, metric_id
