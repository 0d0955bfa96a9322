-- Counts the findings by code, those that matter most first; none in a warehouse from before there were any.
select
    f.code,
    min(f.level) as level,
    count(*) as findings,
    count(distinct f.document_id) as pages,
    min(f.message) as message,
    min(f.what_to_do) as what_to_do
from findings f
group by f.code
order by list_position(['error', 'warning', 'info'], min(f.level)), pages, f.code
