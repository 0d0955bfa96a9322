-- zh: 数字互不重叠（被人剔除的不算）；一个完全包含另一个时，扣下较短的。
-- en: No two figures overlap, rejected ones aside; where one holds the other whole, the shorter one is kept back.
-- name: metrics_do_not_overlap
-- table: metrics
-- severity: critical
-- scope: row
-- column: start_char
with crowded as (
    select metric_id, document_id, paragraph_id, start_char, end_char, text
    from metrics
    where status is distinct from 'rejected'
    qualify
        start_char < max(end_char) over (
            partition by paragraph_id
            order by start_char, end_char, metric_id
            rows between unbounded preceding and 1 preceding
        )
        or end_char > min(start_char) over (
            partition by paragraph_id
            order by start_char, end_char, metric_id
            rows between 1 following and unbounded following
        )
)

select distinct a.metric_id, a.document_id, a.text || ' overlaps ' || b.text as seen
from crowded a
join crowded b
    on a.paragraph_id = b.paragraph_id
    and a.metric_id <> b.metric_id
    and a.start_char < b.end_char
    and b.start_char < a.end_char
where not (
    a.start_char <= b.start_char and a.end_char >= b.end_char and a.end_char - a.start_char > b.end_char - b.start_char
)
