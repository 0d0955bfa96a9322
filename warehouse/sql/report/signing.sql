-- The persons who sign an article anywhere.
select distinct m.entity_id
from mentions m join articles a using (article_id) join entities e using (entity_id)
where m.type = 'PER' and list_contains(a.authors, e.name)
