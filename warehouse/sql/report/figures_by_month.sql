-- Counts the figures by month of issue and by what they say: done, targeted, planned.
select printed_date(issue_date, issue_date_precision)[:7] as month, modality, count(*) as figures
from figures where issue_date is not null group by all order by all
