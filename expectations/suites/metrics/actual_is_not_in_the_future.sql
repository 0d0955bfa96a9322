-- zh: 已完成的数字，其时期在出版之前开始。
-- en: The period of a figure that is reported as done starts before the page was published.
-- name: actual_is_not_in_the_future
-- table: metrics
-- severity: warning
-- scope: row
-- column: period_start
select m.metric_id, m.document_id, m.text || ' for ' || m.period_start || ', page of ' || d.issue_date as seen
from metrics m
join documents d using (document_id)
where
    m.modality = 'actual'
    and m.period_start > case d.issue_date_precision
        when 'year' then d.issue_date + interval 1 year
        when 'month' then d.issue_date + interval 1 month
        else d.issue_date
    end
