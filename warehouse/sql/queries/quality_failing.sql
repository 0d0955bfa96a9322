-- zh: 一行一项现在没有做到的检查：多少条记录、多少个版面不符，举一例；严重的在前。
-- en: One row per expectation that does not hold at present: how many rows and pages, with an example; critical ones first.
-- 例: 哪些检查没有通过？
-- e.g.: Which expectations do not hold?
select
    severity,
    table_name,
    expectation,
    column_name,
    count(*) as failures,
    count(distinct document_id) as pages,
    arg_min(seen, (row_id, failure_id)) as example
from current_failures
group by severity, table_name, expectation, column_name
order by severity, failures desc, table_name, expectation, column_name
