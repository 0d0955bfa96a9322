-- zh: 已完成的数字，其时期在出版之前开始；没有起点的（年末）看终点。
-- en: The period of a figure that is reported as done starts before the page was published; of a time without a start (年末) the end counts.
-- name: actual_is_not_in_the_future
-- table: metrics
-- severity: critical
-- scope: row
-- column: period_start
select m.metric_id, m.document_id, m.text || ' for ' || coalesce(m.period_start, m.period_end) || ', page of ' || d.issue_date as seen
from metrics m
join documents d using (document_id)
where
    m.modality = 'actual'
    and coalesce(m.period_start, m.period_end) > case d.issue_date_precision
        when 'year' then d.issue_date + interval 1 year
        when 'month' then d.issue_date + interval 1 month
        else d.issue_date
    end
