-- The newest articles that belong to some divisions.
select p.adcode, a.article_id, a.headline, d.publisher, d.page_label, a.issued
from places p join content a using (article_id) join documents d using (document_id)
where p.adcode in (select unnest($2::varchar[]))
qualify row_number() over (partition by p.adcode order by d.issue_date desc nulls last, article_id) <= $1
order by d.issue_date desc nulls last, article_id
