-- zh: 一行一个版面：现在不符合检查的记录最多的版面，附每千字的数目和所涉检查。
-- en: One row per page: those with most rows that do not hold at present, also per 1,000 characters, and the expectations.
-- 例: 哪些版面问题最多？
-- e.g.: Which pages have most problems?
-- param limit: 20 = 最多几个版面 | Pages at most
select
    d.file_name,
    d.publisher,
    d.issue_date,
    d.status,
    count(*) as failures,
    count(*) filter (where f.severity = 'critical') as critical,
    round(1000.0 * count(*) / nullif(d.char_count, 0), 2) as per_1000_characters,
    string_agg(distinct f.expectation, ', ' order by f.expectation) as expectations
from current_failures f
join documents d using (document_id)
group by d.document_id, d.file_name, d.publisher, d.issue_date, d.status, d.char_count
order by failures desc, critical desc, d.file_name
limit $limit::int
