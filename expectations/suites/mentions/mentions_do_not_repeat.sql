-- zh: 同一处不重复标注同类名称。
-- en: No two names of one type overlap.
-- name: mentions_do_not_repeat
-- table: mentions
-- severity: warning
-- scope: row
-- column: start_char
select mention_id, document_id, text as seen
from (
    select
        mention_id,
        document_id,
        text,
        start_char < max(end_char) over (
            partition by paragraph_id, type
            order by start_char, end_char, mention_id
            rows between unbounded preceding and 1 preceding
        ) as is_overlapping
    from mentions
)
where is_overlapping
