-- Which names stand in the chosen articles.
select distinct m.entity_id, m.article_id, e.type, e.name, e.scope, e.adcode, d.issue_date,
       printed_date(d.issue_date, d.issue_date_precision) as issued
from mentions m semi join chosen using (article_id)
join entities e using (entity_id) join documents d on d.document_id = m.document_id
