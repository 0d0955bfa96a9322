-- The articles that the report is about.
select a.article_id, a.document_id
from articles a
join documents d using (document_id)
where ($1 is null or d.issue_date >= $1)
  and ($2 is null or d.issue_date <= $2)
  and (not $3
       or a.article_id in (select article_id from metrics where region_adcode in (from wanted))
       or a.article_id in (select m.article_id from mentions m join entities e using (entity_id)
                           where e.adcode in (from wanted)))
