-- Counts the figures by month of issue and by what they say: done, targeted, planned.
select c.issued[:7] as month, m.modality, count(*) as figures
from metrics m join content c using (article_id)
where m.status is distinct from 'rejected' and c.issue_date is not null group by all order by all
