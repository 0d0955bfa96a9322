-- zh: 一行一条现在仍不符合某项检查的记录或版面：最后一次处理该版面时所见；与版面无关的取最近一次检查。
-- en: One row per row or page that does not hold to an expectation as things stand: as of when its page was last worked on; what concerns no page, as of the last check.
-- 例: 现在有哪些记录不符合检查？
-- e.g.: Which rows do not hold to the checks at present?
-- column severity: 严重程度 | critical or warning
-- column scope: 未通过时的作用范围 | What is kept back when it fails
-- column source_uri: 版面来源 | Where the page came from
-- column status: 版面状态 | Whether the page is in the tables
with last_run as (select arg_max(run_id, checked_at) as run_id from checks)

select
    f.failure_id,
    f.run_id,
    f.table_name,
    f.expectation,
    f.column_name,
    c.severity,
    c.scope,
    f.row_id,
    f.document_id,
    d.source_uri,
    d.status,
    f.lines,
    f.seen
from check_failures f
join checks c
    on c.run_id = f.run_id
    and c.batch_id = f.batch_id
    and c.table_name = f.table_name
    and c.expectation = f.expectation
    and c.column_name is not distinct from f.column_name
left join documents d on d.document_id = f.document_id
where
    (d.document_id is null and f.run_id = (select run_id from last_run))
    or (d.run_id = f.run_id and d.status in ('loaded', 'rejected'))
