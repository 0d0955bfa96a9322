-- zh: 数字互不重叠。
-- en: No two figures overlap.
-- name: metrics_do_not_overlap
-- table: metrics
-- severity: critical
-- scope: row
-- column: start_char
select metric_id, document_id, text as seen
from (
    select
        metric_id,
        document_id,
        text,
        start_char < max(end_char) over earlier or end_char > min(start_char) over later as is_overlapping
    from metrics
    window
        earlier as (
            partition by paragraph_id
            order by start_char, end_char, metric_id
            rows between unbounded preceding and 1 preceding
        ),
        later as (
            partition by paragraph_id
            order by start_char, end_char, metric_id
            rows between 1 following and unbounded following
        )
)
where is_overlapping
