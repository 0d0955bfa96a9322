-- The newest articles that belong to each division.
select p.adcode, a.article_id, coalesce(a.headline, b.beginning) as headline, d.publisher, d.page_label,
       printed_date(d.issue_date, d.issue_date_precision) as issued
from places p join articles a using (article_id) left join begins b using (article_id)
join documents d using (document_id)
qualify row_number() over (partition by p.adcode order by d.issue_date desc nulls last, article_id) <= $1
order by d.issue_date desc nulls last, article_id
